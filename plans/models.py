"""Strategies, outcome map and Plan (domain §8 and §9)."""

from django.db import models
from django_scopes import ScopedManager

from alianzas.dates import long_date
from alianzas.fields import MEDIUM, Words
from alianzas.models import ActionLine, Commitment, Horizon, OrgModel, Positioned, User
from ruta_critica.models import Ally

from .ballots.models import BallotBox, Candidate, Round, TieBreak, VoterMark
from .diagnosis.models import Agreement, ToldApart
from .editor.models import PlanText
from .followup.models import MarkerCheck
from .possibility.models import Position, Reading
from .reports.models import AllianceReport
from .versions.models import PlanFile, PlanSource, PlanVersion

__all__ = [
    "Agreement", "AllianceReport", "BallotBox", "Candidate", "MarkerCheck", "OutcomeActivity", "OutcomeMarker",
    "OutcomeRow", "PlanFile", "PlanSource", "PlanText", "PlanVersion", "Position", "Reading", "Round", "Strategy",
    "StrategyLine", "TieBreak", "ToldApart", "VoterMark",
]  # fmt: skip


class StandingManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(merged_into=None)


class Strategy(Positioned):
    """A strategy as one person said it in the diagnosis (S6.3), under the line of which they said it.

    Equal ones are joined: those that were `merged_into` another stay with their own words, why and author, and come
    back when the merge is undone. `objects` are the strategies that stand; `said`, all that was said.

    It is cross-cutting (S6.4) when it also serves other lines. `priority` is its place in the ranking (S6.5),
    1 = first; null = not ranked.
    """

    objects = ScopedManager(_manager_class=StandingManager, organization="organization")
    said = ScopedManager(organization="organization")

    class Status(models.TextChoices):
        WORKS = "works", "Ha funcionado"
        DID_NOT = "did_not", "No dio lo previsto"
        COULD = "could", "Podría sumarse"

    class Origin(models.TextChoices):
        DESK = "desk", "escrita en la mesa de trabajo"
        ROOM = "room", "dictada en la sesión"
        OWN = "own", "escrita por quien la aporta"

    line = models.ForeignKey(ActionLine, models.PROTECT, related_name="strategies", verbose_name="línea de acción")
    text = Words("estrategia", limit=MEDIUM, blank=False)
    status = models.CharField("estado", max_length=10, choices=Status)
    why = Words("por qué", limit=MEDIUM)
    author = models.CharField("quién la aportó", max_length=200, blank=True)
    priority = models.PositiveIntegerField("prioridad", null=True, blank=True)
    origin = models.CharField("cómo llegó", max_length=10, choices=Origin, default=Origin.DESK)
    said_on = models.DateField("cuándo se dijo", null=True, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")  # only of who signed it
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="merged")

    class Meta(Positioned.Meta):
        verbose_name = "estrategia"

    def __str__(self):
        return self.text

    @property
    def is_candidate(self):
        """Only what failed or could be added is put to the vote (domain §8, S6.5)."""
        return self.status != self.Status.WORKS

    @property
    def provenance(self):
        """Where it comes from, in words."""
        day = self.said_on and long_date(self.said_on)
        return f"Sesión 6, diagnóstico (S6.3): {self.get_origin_display()}" + (f", el {day}" if day else "")


class StrategyLine(OrgModel):
    """One more line that a cross-cutting strategy serves, besides its own."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="also_serves")
    line = models.ForeignKey(ActionLine, models.PROTECT, related_name="+")
    came_from = models.ForeignKey(Strategy, models.CASCADE, null=True, blank=True, related_name="+")  # by a merge

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
