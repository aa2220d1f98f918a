"""Strategies, outcome map and Plan (domain §8 and §9)."""

from django.db import models

from alianzas.fields import MEDIUM, Words
from alianzas.models import ActionLine, Commitment, Horizon, OrgModel, Positioned
from ruta_critica.models import Ally

from .editor.models import PlanText as PlanText
from .versions.models import PlanFile as PlanFile
from .versions.models import PlanVersion as PlanVersion


class Strategy(Positioned):
    """A strategy named in the diagnosis (S6.3), under the line where somebody wrote it.

    It is cross-cutting (S6.4) when it also serves other lines. `priority` is its place in the ranking (S6.5),
    1 = first; null = not ranked.
    """

    class Status(models.TextChoices):
        WORKS = "works", "Ha funcionado"
        DID_NOT = "did_not", "No dio lo previsto"
        COULD = "could", "Podría sumarse"

    line = models.ForeignKey(ActionLine, models.PROTECT, related_name="strategies", verbose_name="línea de acción")
    text = Words("estrategia", limit=MEDIUM, blank=False)
    status = models.CharField("estado", max_length=10, choices=Status)
    why = Words("por qué", limit=MEDIUM)
    author = models.CharField("quién la aportó", max_length=200, blank=True)
    priority = models.PositiveIntegerField("prioridad", null=True, blank=True)

    class Meta(Positioned.Meta):
        verbose_name = "estrategia"

    def __str__(self):
        return self.text

    @property
    def is_candidate(self):
        """Only what failed or could be added is put to the vote (domain §8, S6.5)."""
        return self.status != self.Status.WORKS


class StrategyLine(OrgModel):
    """One more line that a cross-cutting strategy serves, besides its own."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="also_serves")
    line = models.ForeignKey(ActionLine, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["strategy", "line"], name="a_line_once_per_strategy")]

    def __str__(self):
        return f"{self.strategy} · {self.line}"


class OutcomeRow(Positioned):
    """Priority strategy × ally: what the alliance solves (S6.6)."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="outcome_rows", verbose_name="estrategia")
    ally = models.ForeignKey(Ally, models.PROTECT, related_name="outcome_rows", verbose_name="potencial aliado")
    objective = Words("objetivo de la alianza en relación con la estrategia", limit=MEDIUM, blank=False)

    class Meta(Positioned.Meta):
        verbose_name = "renglón del mapa de resultados"
        constraints = [models.UniqueConstraint(fields=["strategy", "ally"], name="an_ally_once_per_strategy")]

    def __str__(self):
        return f"{self.strategy} × {self.ally}"


class OutcomeMarker(Positioned):
    """How we will know that the alliance advances, for one horizon."""

    row = models.ForeignKey(OutcomeRow, models.CASCADE, related_name="markers")
    horizon = models.CharField("plazo", max_length=10, choices=Horizon)
    text = Words("indicador", limit=MEDIUM, blank=False)
    who_changes = Words("¿quién hará qué de otra manera?", limit=MEDIUM)

    class Meta(Positioned.Meta):
        verbose_name = "indicador"

    def __str__(self):
        return self.text

    @property
    def said(self):
        """The marker as documents say it, with who does differently where people wrote it."""
        return f"{self.text} Quién lo hace distinto: {self.who_changes}" if self.who_changes else self.text


class OutcomeActivity(Positioned):
    """An activity that consolidates the alliance; who and when are its commitment's."""

    row = models.ForeignKey(OutcomeRow, models.CASCADE, related_name="activities")
    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="outcome_activity")

    class Meta(Positioned.Meta):
        verbose_name = "actividad"

    def __str__(self):
        return str(self.commitment)
