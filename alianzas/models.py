"""What every floor stands on: people, organisations and the rows that all of them share.

Rows of an organisation inherit `OrgModel`: its manager raises outside a scope, so that no query can forget whose data
it reads (docs/decisiones/0002-un-solo-candado.md).
"""

import uuid
from copy import deepcopy
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django_scopes import ScopedManager

from . import horizons, zones
from .fields import MEDIUM, SHORT, NameKey, Words, hex_colour


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **extra):
        """A person who can log in; without a password they must ask for one by e-mail."""
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """Somebody with an account. What they may do is said by memberships, never by flags here."""

    email = models.EmailField("correo electrónico", unique=True)
    name = models.CharField("nombre o puesto", max_length=SHORT, blank=True)
    is_active = models.BooleanField("cuenta activa", default=True)
    date_joined = models.DateTimeField("alta", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "cuenta"
        verbose_name_plural = "cuentas"
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_case_insensitive")]

    def __str__(self):
        return self.name or self.email


class ProgramRole(models.TextChoices):
    MANAGER = "manager", "Coordinación del programa"
    FACILITATOR = "facilitator", "Facilitación"


class OrgRole(models.TextChoices):
    FACILITATOR = "facilitator", "Facilitación"
    EDITOR = "editor", "Equipo de la organización"
    VIEWER = "viewer", "Solo lectura"


class Program(models.Model):
    """A programme that accompanies organisations; its identity is configurable."""

    name = models.CharField("nombre", max_length=SHORT)
    slug = models.SlugField(unique=True)
    funder_text = Words("texto de quien financia", limit=MEDIUM)
    time_zone = models.CharField(
        "zona horaria", max_length=zones.LONGEST, choices=zones.CHOICES, blank=True, default="", db_default=""
    )

    class Meta:
        verbose_name = "programa"

    def __str__(self):
        return self.name

    @property
    def usual_zone(self) -> str:
        """The zone of its organisations that name no other."""
        return self.time_zone or settings.TIME_ZONE


class ProgramMembership(models.Model):
    """Who coordinates a programme, and who facilitates in it and so may register organisations."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="program_memberships")
    role = models.CharField("función", max_length=20, choices=ProgramRole)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "user"], name="one_program_role_per_person")]

    def __str__(self):
        return f"{self.user} · {self.program}"


def logo_path(organization, filename):
    return f"{organization.pk}/identidad/{uuid.uuid4().hex}.png"


def photo_path(photo, filename):
    return f"{photo.organization_id}/fotos/{uuid.uuid4().hex}.jpg"


class Typeface(models.TextChoices):
    """The pairs of typefaces that documents carry inside; `exports.fonts.PAIRS` says which."""

    CLASSIC = "clasica", "Clásica: Source Serif y Source Sans"
    LEGIBLE = "legible", "Muy legible: Atkinson Hyperlegible, para quien ve poco"
    WARM = "calida", "Cálida: Lora y Figtree"
    PLAIN = "llana", "Llana: Figtree en todo"


class CoverStyle(models.TextChoices):
    RINGS = "anillos", "Anillos: la organización en medio de sus aliados"
    WEAVE = "tejido", "Tejido: franjas que se cruzan"
    PAPER = "papel", "Papel: fondo blanco y título en color, gasta poca tinta"


class Organization(models.Model):
    """An OSC under a programme, with its ficha and its visual identity (domain §9, sections 0 to 2)."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="organizations")
    slug = models.SlugField("dirección corta", unique=True, max_length=60)
    name = models.CharField("nombre de la organización", max_length=SHORT)
    field = models.CharField(
        "tema en que trabaja", max_length=SHORT, help_text="Por ejemplo: derechos humanos, educación, salud."
    )
    place = models.CharField("lugar", max_length=SHORT, blank=True, help_text="Municipio o región y estado.")
    time_zone = models.CharField(
        "zona horaria",
        max_length=zones.LONGEST,
        choices=zones.CHOICES,
        blank=True,
        default="",
        db_default="",
        help_text="Con ella van el reloj del taller, los plazos, «hoy» y las horas que se imprimen.",
    )
    mission = Words("misión", help_text="Qué hacen, con quién y para qué.")
    vision = Words("visión", help_text="Cómo se ve el mundo cuando lo logran.")
    desired_result = Words(
        "resultado que buscamos",
        limit=MEDIUM,
        help_text="Lo que quieren cambiar, en una frase. Va al centro del mapa.",
    )
    logo = models.ImageField("logotipo", upload_to=logo_path, blank=True)
    primary_color = models.CharField("color principal", max_length=7, default="#55398a", validators=[hex_colour])
    accent_color = models.CharField("color de acento", max_length=7, default="#c8553d", validators=[hex_colour])
    typeface = models.CharField("tipografía", max_length=10, choices=Typeface, default=Typeface.CLASSIC)
    cover_style = models.CharField("estilo de la portada", max_length=10, choices=CoverStyle, default=CoverStyle.RINGS)
    letterhead = models.CharField(
        "texto del membrete",
        max_length=SHORT,
        blank=True,
        help_text="Va arriba de cada página. Por ejemplo: sitio web, correo y teléfono de la organización.",
    )
    short_months = models.PositiveSmallIntegerField("corto plazo, hasta el mes", default=6)
    medium_months = models.PositiveSmallIntegerField("mediano plazo, hasta el mes", default=18)
    long_months = models.PositiveSmallIntegerField("largo plazo, hasta el mes", default=36)
    created_at = models.DateTimeField("alta", auto_now_add=True)

    class Meta:
        verbose_name = "organización"
        verbose_name_plural = "organizaciones"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    short_months__gt=0,
                    medium_months__gt=models.F("short_months"),
                    long_months__gt=models.F("medium_months"),
                    long_months__lte=horizons.MOST,
                ),
                name="horizons_follow_each_other",
                violation_error_message=horizons.OUT_OF_ORDER,
            )
        ]

    def __str__(self):
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """Its clocks: its own zone, else that of its programme, which should be there already."""
        return ZoneInfo(self.time_zone or self.program.usual_zone)

    @property
    def look(self):
        """Changes with what documents look like: for addresses of what a browser keeps."""
        return f"{self.primary_color}{self.accent_color}-{self.typeface}-{self.cover_style}".replace("#", "")

    @property
    def horizon_labels(self):
        """{value of `Horizon`: its name with the months of this organisation}."""
        limits = (self.short_months, self.medium_months, self.long_months)
        return horizons.labels(dict(Horizon.choices), limits)


class Membership(models.Model):
    """What a person may do in one organisation."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField("función", max_length=20, choices=OrgRole)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "user"], name="one_role_per_person")]

    def __str__(self):
        return f"{self.user} · {self.organization}"


class Invitation(models.Model):
    """Somebody who has an account is asked into one organisation, and has not answered yet."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="invitations")
    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    role = models.CharField("función", max_length=20, choices=OrgRole)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "invitación"
        verbose_name_plural = "invitaciones"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["organization", "user"], name="one_invitation_per_person")]

    def __str__(self):
        return f"{self.user} · {self.organization}"


class OrgModel(models.Model):
    """A row of one organisation. Children carry their own `organization` too, so every query can be scoped."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")

    objects = ScopedManager(organization="organization")

    class Meta:
        abstract = True

    def clean(self):
        """No row may point at a row of another organisation."""
        for field in self._meta.concrete_fields:
            if field.is_relation and issubclass(field.related_model, OrgModel):
                other = getattr(self, field.name, None)
                if other is not None and other.organization_id != self.organization_id:
                    raise ValidationError({field.name: "No existe en esta organización."})


class Level(models.TextChoices):
    BASIC = "basic", "Básico"
    INTERMEDIATE = "intermediate", "Intermedio"
    ADVANCED = "advanced", "Avanzado"


class Modality(models.TextChoices):
    IN_PERSON = "in_person", "Presencial"
    ONLINE = "online", "En línea"
    HYBRID = "hybrid", "Híbrida"


class Horizon(models.TextChoices):
    SHORT = "short", "Corto plazo"
    MEDIUM = "medium", "Mediano plazo"
    LONG = "long", "Largo plazo"


def default_weights():
    """Share in percent of Recuperación, Capacidades, Trabajo and Cierre (domain §1.5)."""
    return [15, 30, 40, 15]


class Process(OrgModel):
    """The accompaniment of one organisation through the method (domain §1.5 to §1.8)."""

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="process")
    level = models.CharField("nivel", max_length=20, choices=Level, blank=True)
    modality = models.CharField("modalidad", max_length=20, choices=Modality, default=Modality.IN_PERSON)
    started_on = models.DateField("inicio", null=True, blank=True)
    moment_weights = models.JSONField("peso de los cuatro momentos", default=default_weights)

    class Meta:
        verbose_name = "proceso"

    def __str__(self):
        return f"Proceso de {self.organization}"


class Positioned(OrgModel):
    """A row that people put in order."""

    position = models.PositiveIntegerField("orden", default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class ActionLine(Positioned):
    """Línea de acción of the organisation's strategic plan (domain §8, S6.3)."""

    name = models.CharField("línea de acción", max_length=SHORT)
    name_key = NameKey(of=("name",))
    description = Words("en qué consiste", limit=MEDIUM)

    class Meta(Positioned.Meta):
        verbose_name = "línea de acción"
        verbose_name_plural = "líneas de acción"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name_key"],
                name="one_line_per_name",
                violation_error_message="Ya hay una línea de acción con ese nombre.",
            )
        ]

    def __str__(self):
        return self.name


class InCalendar(models.Model):
    """A row that calendars show, with what they need to know a newer version of it (RFC 5545, 3.8.7).

    `services.save` counts a version when one of the fields in `SHOWN` changes.
    """

    SHOWN: tuple[str, ...] = ()
    shown_before: list | None = None  # as it was read

    sequence = models.PositiveIntegerField(default=0, editable=False)
    modified_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        row = super().from_db(db, field_names, values)
        row.shown_before = row.shown()
        return row

    def shown(self) -> list:
        """What a calendar shows of it, to compare."""
        return deepcopy([self.__dict__.get(name) for name in self.SHOWN])

    def count_version(self):
        """A newer version than the one that calendars have, even when the clock of the server was put back."""
        self.sequence, self.modified_at = self.sequence + 1, max(self.modified_at, timezone.now())


class Commitment(InCalendar, OrgModel):
    """Who does what by when: one row for every promise of the method (domain §6.5).

    `source` is the key of the activity or prompt it was born in, such as "S6.6".
    """

    class Status(models.TextChoices):
        PENDING = "pending", "Pendiente"
        IN_PROGRESS = "in_progress", "En curso"
        IN_REVIEW = "in_review", "En validación"
        DONE = "done", "Hecho"
        CANCELLED = "cancelled", "Cancelado"

    SHOWN = ("title", "responsible", "due_date")

    title = Words("qué se hará", limit=MEDIUM, blank=False)
    responsible = models.CharField("responsable", max_length=SHORT, blank=True)
    due_date = models.DateField("fecha", null=True, blank=True)
    horizon = models.CharField("plazo", max_length=10, choices=Horizon, blank=True)
    status = models.CharField("estado", max_length=20, choices=Status, default=Status.PENDING)
    source = models.CharField("origen", max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "compromiso"
        ordering = ["due_date", "pk"]

    def __str__(self):
        return self.title


class CalendarFeed(OrgModel):
    """A secret address from which a calendar reads the organisation's commitments until it is revoked."""

    token = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "calendario compartido"
        ordering = ["-pk"]

    def __str__(self):
        return f"Calendario de {self.organization}"


class SharedLink(OrgModel):
    """A secret address that shows chosen products to whoever has it, without an account, until it ends or is revoked.

    Only the SHA-256 of its token is kept. `shows` are keys of products; `key` is that of the form in which it was
    asked for: sent twice, it is one.
    """

    class PlanState(models.TextChoices):
        ISSUED = "issued", "La última versión emitida"
        DRAFT = "draft", "El borrador de cada día"

    label = models.CharField("para quién", max_length=SHORT, help_text="Solo lo ven ustedes: consejo, fundación…")
    digest = models.CharField(max_length=64, unique=True)
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    shows = models.JSONField("qué muestra", default=list)
    plan_state = models.CharField("del Plan, qué muestra", max_length=10, choices=PlanState, default=PlanState.ISSUED)
    expires_at = models.DateTimeField("hasta cuándo")
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField("último uso", null=True, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "enlace para compartir"
        verbose_name_plural = "enlaces para compartir"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="one_shared_link_per_form")]

    def __str__(self):
        return self.label

    @property
    def is_open(self):
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def last_day(self):
        """The last day on which it opens."""
        return timezone.localdate(self.expires_at - timedelta(seconds=1))


class Photo(Positioned):
    """A picture taken in the process, already without metadata; `activity_key` says what it shows."""

    image = models.ImageField("foto", upload_to=photo_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    caption = models.CharField("pie de foto", max_length=SHORT, help_text="Qué se ve, sin nombrar a personas.")
    activity_key = models.CharField("actividad", max_length=20, blank=True)
    in_plan = models.BooleanField("incluir en el Plan", default=True)
    has_consent = models.BooleanField("las personas que aparecen dieron su consentimiento", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(Positioned.Meta):
        verbose_name = "foto"

    def __str__(self):
        return self.caption


class Event(OrgModel):
    """Append-only trace of the reads and changes that matter: who took which document out, and so on."""

    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "evento"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.verb}"


class AppliedForm(models.Model):
    """A form that a browser sent and that was applied (`alianzas.once`): a digest, and where it led."""

    LONGEST = 2000

    digest = models.CharField(max_length=64, primary_key=True)
    location = models.CharField(max_length=LONGEST, blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "formulario aplicado"
        verbose_name_plural = "formularios aplicados"

    def __str__(self):
        return self.location
