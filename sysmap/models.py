"""Actors and their row of the 5Rs matrix (domain §4), the ideal system (§5) and the moments of the map (§4.4)."""

import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models

from alianzas.fields import MEDIUM, SHORT, NameKey, Words, validate_list_of_texts
from alianzas.models import OrgModel, Positioned, User
from alianzas.names import looks_like

MAX_ROLES = 3


class Sector(models.TextChoices):
    """Closed list of domain §4.2 (K-14)."""

    PERSON = "person", "Persona"
    OSC = "osc", "OSC"
    GOVERNMENT = "government", "Gobierno"
    PRIVATE_SECTOR = "private_sector", "Sector privado"
    ACADEMIA = "academia", "Academia o investigación"
    INTERNATIONAL = "international", "Organismo internacional o agencia"
    NETWORK = "network", "Red o grupo"
    RELIGIOUS = "religious", "Grupo religioso"
    MEDIA = "media", "Medio de comunicación"
    DONOR = "donor", "Donante o fundación"
    COMMUNITY = "community", "Ciudadanía o comunidad"
    INFORMAL = "informal", "Actor informal"
    OTHER = "other", "Otro"


class Relation(models.TextChoices):
    """Type of relation with the organisation, from the centre of the map outwards."""

    STRONG = "strong", "Fuerte"
    COLLABORATIVE = "collaborative", "Colaborativa"
    WEAK = "weak", "Débil"
    CONFLICTIVE = "conflictive", "Conflictiva"


class Result(models.TextChoices):
    """Effect of the actor on the result that the organisation seeks."""

    POSITIVE = "positive", "Positivo"
    NEGATIVE = "negative", "Negativo"


class Held(models.TextChoices):
    """Whether somebody already plays the role that the ideal system asks for (domain §5 b)."""

    YES = "yes", "Sí"
    NO = "no", "No"


def at_most_three_roles(roles):
    if len(roles) > MAX_ROLES:
        raise ValidationError("Un actor lleva a lo más tres roles: deja los que de verdad juega.")


class Actor(Positioned):
    """Somebody who matters for the result sought, and their 5Rs."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("actor", max_length=SHORT)
    name_key = NameKey(of=("name",))
    sector = models.CharField("sector", max_length=20, choices=Sector, blank=True)
    is_informal = models.BooleanField("es un actor informal", default=False)
    is_sensitive = models.BooleanField(
        "es un actor sensible",
        default=False,
        help_text="Fuera de esta ficha aparece solo con su alias, también en el mapa y en los documentos.",
    )
    alias = models.CharField("alias", max_length=SHORT, blank=True)
    roles = models.JSONField(
        "roles", default=list, blank=True, validators=[validate_list_of_texts, at_most_three_roles]
    )
    primary_resource = models.CharField("recurso predominante", max_length=SHORT, blank=True)
    secondary_resources = models.JSONField(
        "otros recursos", default=list, blank=True, validators=[validate_list_of_texts]
    )
    relation = models.CharField("relación con la organización", max_length=20, choices=Relation, blank=True)
    rules = Words("reglas", limit=MEDIUM, help_text="Qué dicta cómo funciona la relación.")
    result = models.CharField("efecto en nuestro resultado", max_length=10, choices=Result, blank=True)
    notes = Words("notas")
    in_matrix = models.BooleanField(
        "está en la matriz", default=True, help_text="Los más relevantes llevan un renglón de la matriz (Fase 2)."
    )
    desired_role = models.CharField("papel que tendría que jugar", max_length=SHORT, blank=True)
    role_is_held = models.CharField("¿alguien lo cumple ya?", max_length=3, choices=Held, blank=True)
    role_holder = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="a quién le tocaría"
    )
    role_holder_name = models.CharField("a quién más le tocaría", max_length=SHORT, blank=True)
    desired_relation = models.CharField("relación que buscamos", max_length=20, choices=Relation, blank=True)
    desired_result = models.CharField("efecto que buscamos", max_length=10, choices=Result, blank=True)
    ideal_note = Words("por qué y qué tendría que pasar", limit=MEDIUM)

    class Meta(Positioned.Meta):
        verbose_name = "actor"
        verbose_name_plural = "actores"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name_key"],
                name="one_actor_per_name",
                violation_error_message="Ya está en el mapa un actor con ese nombre.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_sensitive=False) | ~models.Q(alias=""), name="sensitive_actor_has_alias"
            ),
        ]

    def __str__(self):
        return self.public_name

    @property
    def public_name(self):
        """The only name that leaves the actor's own record."""
        return self.alias if self.is_sensitive else self.name

    @property
    def resources(self):
        """All resources, the predominant one first."""
        return [resource for resource in [self.primary_resource, *self.secondary_resources] if resource]

    @property
    def held_by(self):
        """Who would take the role that the ideal system asks for, under the name that may leave the record."""
        return self.role_holder.public_name if self.role_holder_id else self.role_holder_name

    @property
    def is_placed(self):
        """Whether the map has a place for it (K-25)."""
        return bool(self.relation and self.result)

    def clean(self):
        super().clean()
        if not self.is_sensitive:
            return
        if not looks_like(self.alias):
            raise ValidationError({"alias": "Un actor sensible necesita un alias para aparecer en el mapa."})
        require_telling_nothing(self.alias, [self.name])


def require_telling_nothing(alias: str, names: Iterable[str]):
    """ValidationError when the alias says one of the `names`, with or without accents and marks that nobody sees."""
    told = looks_like(alias)
    if any(looks_like(name) and looks_like(name) in told for name in names):
        raise ValidationError({"alias": "El alias no puede decir el nombre: elige uno que no lo delate."})


class MissingRole(Positioned):
    """A role that the system lacks today (domain §5 d): a ghost card of the ideal map, and who could take it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    role = models.CharField("papel que hace falta", max_length=SHORT)
    relation = models.CharField(
        "relación que buscamos", max_length=20, choices=Relation, default=Relation.COLLABORATIVE
    )
    result = models.CharField("efecto que buscamos", max_length=10, choices=Result, default=Result.POSITIVE)
    resource = models.CharField("recurso que aportaría", max_length=SHORT, blank=True)
    holder = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="a quién le tocaría"
    )
    holder_name = models.CharField("a quién más le tocaría", max_length=SHORT, blank=True)

    class Meta(Positioned.Meta):
        verbose_name = "papel que falta"
        verbose_name_plural = "papeles que faltan"

    def __str__(self):
        return self.role

    @property
    def held_by(self):
        """Who could take it, under the name that may leave the record; "" while nobody is proposed."""
        return self.holder.public_name if self.holder_id else self.holder_name


class MapSnapshot(OrgModel):
    """The map as it was at one moment, taken once and never changed (domain §4.4).

    `data` is what `states.pack` makes; it holds real names beside aliases, so it is shown through `states.unpack` only.
    """

    class Kind(models.TextChoices):
        BASELINE = "baseline", "Línea base"
        MIDTERM = "midterm", "Mediano plazo"
        FINAL = "final", "Final"

    kind = models.CharField("momento", max_length=10, choices=Kind)
    taken_on = models.DateField("fecha")
    people = Words("quiénes participaron", limit=MEDIUM, help_text="Puestos o alias, uno por renglón.")
    note = Words("nota", limit=MEDIUM)
    data = models.JSONField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    is_withdrawn = models.BooleanField("se retiró", default=False)

    class Meta:
        verbose_name = "momento del mapa"
        verbose_name_plural = "momentos del mapa"
        ordering = ["taken_on", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.taken_on:%d/%m/%Y}"


class MoveReason(OrgModel):
    """Why something of an actor changed since a moment: the answer to what the comparison asks."""

    before = models.ForeignKey(MapSnapshot, models.CASCADE, related_name="reasons")
    change = models.CharField(max_length=120)  # Change.ref
    text = Words("por qué cambió", limit=MEDIUM, blank=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "razón de un cambio"
        constraints = [models.UniqueConstraint(fields=["before", "change"], name="one_reason_per_change")]

    def __str__(self):
        return self.text


class Removal(OrgModel):
    """An actor that was deleted, or merged into `kept`; it can be brought back for `KEPT_DAYS` days.

    `data` are its fields; `before` and `after` those of `kept` that the merge changed; `moved` names the rows that
    pointed at it as [model label, field, pk].
    """

    data = models.JSONField()
    kept = models.ForeignKey(Actor, models.CASCADE, null=True, blank=True, related_name="+")
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    moved = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "actor que se quitó"
        ordering = ["-at", "-pk"]

    def __str__(self):
        if self.kept_id and self.kept.is_sensitive and not self.data["is_sensitive"]:
            return self.kept.alias
        return self.data["alias"] if self.data["is_sensitive"] else self.data["name"]


class KnownName(OrgModel):
    """A name that an actor (by key) has or had. With an alias it is hidden wherever words leave the house.

    It outlives the actor: earlier moments, worksheets and commitments may still say the name.
    """

    key = models.UUIDField()
    name = models.CharField(max_length=SHORT)
    alias = models.CharField(max_length=SHORT, blank=True)

    class Meta:
        verbose_name = "nombre conocido"
        constraints = [models.UniqueConstraint(fields=["organization", "key", "name"], name="one_name_once_per_actor")]

    def __str__(self):
        return self.alias or self.name


class NotSame(OrgModel):
    """Two actors that look alike and that people said are not the same; `one` is the lower key."""

    one = models.UUIDField()
    other = models.UUIDField()

    class Meta:
        verbose_name = "par distinto"
        constraints = [models.UniqueConstraint(fields=["organization", "one", "other"], name="a_pair_is_told_once")]

    def __str__(self):
        return f"{self.one} ≠ {self.other}"
