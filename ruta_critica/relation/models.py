"""What is told of an ally over time. Only those who edit read it."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from alianzas.fields import MEDIUM, SHORT, TooLong, Words
from alianzas.models import OrgModel, User
from sessions_app.worksheets.trust import PARTS, trust

from . import health


class Told(OrgModel):
    """Something told of an ally on a day. What is deleted can be brought back for some weeks."""

    ally = models.ForeignKey("ruta_critica.Ally", models.CASCADE, related_name="+")
    on = models.DateField("fecha")
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    key = models.UUIDField(default=uuid.uuid4, editable=False)  # of the form it came in: sent twice, kept once
    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="%(class)s_sent_once")]


class JournalEntry(Told):
    """One entry of an ally's Bitácora."""

    class Kind(models.TextChoices):
        CONTACT = "contact", "Contacto"
        AGREEMENT = "agreement", "Acuerdo"
        SURPRISE = "surprise", "Sorpresa"
        LESSON = "lesson", "Aprendizaje"
        NEXT_ACTION = "next_action", "Siguiente acción"

    class Medium(models.TextChoices):
        EMAIL = "email", "Correo"
        CALL = "call", "Llamada"
        MEETING = "meeting", "Reunión"
        COFFEE = "coffee", "Café informal"
        OTHER = "other", "Otro"

    kind = models.CharField("qué es", max_length=12, choices=Kind, default=Kind.CONTACT)
    text = Words("qué pasó", blank=False)
    medium = models.CharField("por qué medio", max_length=10, choices=Medium, blank=True)
    responsible = models.CharField("responsable", max_length=SHORT, blank=True)
    due_date = models.DateField("para cuándo", null=True, blank=True)
    promise_status = models.CharField(max_length=20, blank=True)  # how its commitment stood when this was deleted

    class Meta(Told.Meta):
        verbose_name = "entrada de la bitácora"
        verbose_name_plural = "entradas de la bitácora"

    def __str__(self):
        return f"{self.get_kind_display()} del {self.on:%d/%m/%Y}"


class HealthCheck(Told):
    """How one side sees the alliance on a day: {domain: {"state", "note"}} in `marks`."""

    class Side(models.TextChoices):
        US = "us", "Nosotros"
        ALLY = "ally", "El aliado"

    class Kind(models.TextChoices):
        LIGHT = "light", "Ligera"
        FORMAL = "formal", "Formal"

    side = models.CharField("parte", max_length=4, choices=Side)
    kind = models.CharField("clase", max_length=6, choices=Kind, default=Kind.LIGHT)
    marks = models.JSONField("puntos", default=dict)

    class Meta(Told.Meta):
        verbose_name = "revisión de salud"
        verbose_name_plural = "revisiones de salud"

    def clean(self):
        super().clean()
        known = {one.key for one in health.domains()}
        for key, mark in self.marks.items():
            if key not in known or mark.get("state") not in health.STATES or not isinstance(mark["note"], str):
                raise ValidationError("Un punto de la revisión no se entiende: recarga la página.")
            TooLong(MEDIUM)(mark["note"])

    def __str__(self):
        return f"Revisión {self.get_kind_display().lower()} del {self.on:%d/%m/%Y}: {self.get_side_display().lower()}"


def _component(label):
    limits = [MinValueValidator(1, "Va de 1 a 10."), MaxValueValidator(10, "Va de 1 a 10.")]
    return models.PositiveSmallIntegerField(label, validators=limits)


class TrustCheck(Told):
    """The four components of the trust equation on a day."""

    credibility = _component("credibilidad")
    reliability = _component("confiabilidad")
    intimacy = _component("cercanía")
    self_orientation = _component("interés propio")

    class Meta(Told.Meta):
        verbose_name = "medición de confianza"
        verbose_name_plural = "mediciones de confianza"

    @property
    def result(self):
        """T = (C + R + I) / S."""
        return trust(*(getattr(self, part) for part in PARTS))

    def __str__(self):
        return f"Confianza del {self.on:%d/%m/%Y}: {self.result}"
