"""Actors and their row of the 5Rs matrix (domain §4)."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models

from alianzas.fields import MEDIUM, SHORT, Words, validate_list_of_texts
from alianzas.models import Positioned

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


def at_most_three_roles(roles):
    if len(roles) > MAX_ROLES:
        raise ValidationError("Un actor lleva a lo más tres roles: deja los que de verdad juega.")


class Actor(Positioned):
    """Somebody who matters for the result sought, and their 5Rs."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("actor", max_length=SHORT)
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

    class Meta(Positioned.Meta):
        verbose_name = "actor"
        verbose_name_plural = "actores"
        constraints = [
            models.UniqueConstraint(fields=["organization", "name"], name="one_actor_per_name"),
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
    def is_placed(self):
        """Whether the map has a place for it (K-25)."""
        return bool(self.relation and self.result)

    def clean(self):
        super().clean()
        if self.is_sensitive and not self.alias.strip():
            raise ValidationError({"alias": "Un actor sensible necesita un alias para aparecer en el mapa."})
