"""Allies: whom the organisation works its Ruta Crítica with (domain §6)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from alianzas.fields import MEDIUM, SHORT, NameKey, Words
from alianzas.models import OrgModel, Positioned, User
from sessions_app.models import Answer, AnswerFile
from sysmap.models import Actor

from .relation.models import HealthCheck, JournalEntry, TrustCheck

__all__ = ["Ally", "AnswerMark", "HealthCheck", "JournalEntry", "TrustCheck"]


class Ally(Positioned):
    """A potential ally: an actor of the map, or somebody new."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", "Potencial"
        ACTIVE = "active", "Activo"
        PAUSED = "paused", "En pausa"
        CLOSED = "closed", "Cerrado"

    class Decision(models.TextChoices):
        GO = "go", "Adelante"
        CONDITIONS = "conditions", "Adelante, con condiciones"
        NO_GO = "no_go", "No por ahora"

    actor = models.OneToOneField(Actor, models.PROTECT, null=True, blank=True, related_name="ally")
    name = models.CharField("aliado", max_length=SHORT, blank=True, help_text="Vacío si viene del mapa.")
    name_key = NameKey(of=("name",))
    state = models.CharField("estado", max_length=20, choices=State, default=State.CANDIDATE)
    state_reason = Words("razón", limit=MEDIUM, help_text="Al pausar o cerrar la alianza, por qué.")
    team = models.CharField("equipo que lo trabaja", max_length=SHORT, blank=True, help_text="Puestos o alias.")
    decision = models.CharField("decisión de debida diligencia", max_length=12, choices=Decision, blank=True)
    decision_reason = Words("condiciones o razón", limit=MEDIUM)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_on = models.DateField("fecha de la decisión", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(Positioned.Meta):
        verbose_name = "aliado"
        verbose_name_plural = "aliados"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor__isnull=False, name="") | models.Q(actor__isnull=True) & ~models.Q(name=""),
                name="ally_is_an_actor_or_has_a_name",
            ),
            models.UniqueConstraint(
                fields=["organization", "name_key"],
                condition=~models.Q(name=""),
                name="one_new_ally_per_name",
                violation_error_message="Ya hay un aliado con ese nombre.",
            ),
        ]

    def __str__(self):
        return self.public_name

    @property
    def public_name(self):
        return self.actor.public_name if self.actor_id else self.name

    def clean(self):
        super().clean()
        if bool(self.actor_id) == bool(self.name.strip()):
            raise ValidationError("Elige un actor del mapa o escribe el nombre de un aliado nuevo, no ambos.")


class AnswerMark(OrgModel):
    """Whether an answer is only assumed or was confirmed with the ally, when and by what (K-36)."""

    class Status(models.TextChoices):
        ASSUMED = "assumed", "Supuesto"
        CONFIRMED = "confirmed", "Confirmado"

    answer = models.OneToOneField(Answer, models.CASCADE, related_name="mark")
    status = models.CharField("estado", max_length=10, choices=Status, default=Status.ASSUMED)
    confirmed_on = models.DateField("fecha", null=True, blank=True)
    evidence = Words("evidencia", limit=MEDIUM, help_text="Con quién se confirmó, en qué reunión o documento.")
    link = models.URLField("enlace", blank=True, max_length=500)
    file = models.OneToOneField(AnswerFile, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)  # of the answer that was marked
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "marca de una respuesta"

    @property
    def is_outdated(self):
        """Whether the answer changed since it was confirmed."""
        return self.status == self.Status.CONFIRMED and self.version != self.answer.version

    def __str__(self):
        return f"{self.answer}: {self.get_status_display()}"
