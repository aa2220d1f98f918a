"""Rounds of voting, and the box from which no ballot can be taken out (docs/threat-model.md, «Secret votes»)."""

import uuid

from django.db import models

from alianzas.fields import MEDIUM, Words
from alianzas.models import OrgModel, Positioned, User
from sessions_app.models import SessionRun


class Round(OrgModel):
    """One vote on a list that is frozen when it opens. Days, not moments, are kept of it."""

    class Kind(models.TextChoices):
        CROSS = "cross", "Estrategias transversales"
        SPECIFIC = "specific", "Estrategias de una sola línea"

    class State(models.TextChoices):
        OPEN = "open", "Abierta"
        CLOSED = "closed", "Cerrada"
        ACCEPTED = "accepted", "Aceptada"
        CANCELLED = "cancelled", "Cancelada"

    PENDING = (State.OPEN, State.CLOSED)  # it still has to give places or be cancelled

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveSmallIntegerField("ronda")
    kind = models.CharField("qué se vota", max_length=10, choices=Kind)
    state = models.CharField("estado", max_length=10, choices=State, default=State.OPEN)
    votes_each = models.PositiveSmallIntegerField("votos por persona", default=3)
    places = models.PositiveSmallIntegerField("lugares que se trabajan", default=3)
    opened_on = models.DateField("se abrió")
    closed_on = models.DateField("se cerró", null=True, blank=True)
    ballots = models.PositiveIntegerField("personas que votaron con su cuenta o su teléfono", null=True, blank=True)
    papers = models.PositiveIntegerField("papeletas", null=True, blank=True)
    reason = Words("por qué se canceló", limit=MEDIUM)
    rehearsal = models.ForeignKey(SessionRun, models.CASCADE, null=True, blank=True, related_name="+")  # goes with it

    class Meta:
        verbose_name = "ronda de votación"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="one_round_per_number"),
            models.UniqueConstraint(
                fields=["organization"], condition=models.Q(state="open"), name="one_open_round_per_organization"
            ),
        ]

    def __str__(self):
        return f"Ronda {self.number}"

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def is_pending(self):
        return self.state in self.PENDING

    @property
    def is_counted(self):
        """Whether its votes may be read."""
        return self.ballots is not None

    @property
    def people(self):
        """How many voted, once that is counted."""
        return (self.ballots or 0) + (self.papers or 0)


class Candidate(Positioned):
    """A strategy as it was when the round opened; `votes` are counted when it closes."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="candidates")
    strategy = models.ForeignKey("plans.Strategy", models.SET_NULL, null=True, related_name="candidacies")
    text = Words("estrategia", limit=MEDIUM, blank=False)
    lines = models.JSONField("líneas a las que sirve", default=list)
    status = models.CharField("estado", max_length=10)
    votes = models.PositiveIntegerField("votos", null=True, blank=True)
    place = models.PositiveIntegerField("prioridad que obtuvo", null=True, blank=True)

    class Meta(Positioned.Meta):
        verbose_name = "candidata"
        constraints = [models.UniqueConstraint(fields=["round", "position"], name="one_candidate_per_position")]

    def __str__(self):
        return self.text


class BallotBox(OrgModel):
    """Everything voted in an open round, as two lists of counts in the order of its candidates. There are no ballots.

    It is one row, written anew by each vote, and it is gone once the round is counted.
    """

    round = models.OneToOneField(Round, models.CASCADE, primary_key=True, related_name="box")
    counts = models.JSONField(default=list)
    ballots = models.PositiveIntegerField(default=0)
    paper_counts = models.JSONField(default=list)
    papers = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "urna"

    def __str__(self):
        return f"Urna de la {self.round}"


class VoterMark(OrgModel):
    """That somebody has voted in a round: a keyed digest of who, without time. Gone once the round is counted."""

    mark = models.CharField(max_length=64, primary_key=True)
    round = models.ForeignKey(Round, models.CASCADE, related_name="marks")

    class Meta:
        verbose_name = "marca de que alguien votó"

    def __str__(self):
        return self.mark[:8]


class TieBreak(OrgModel):
    """How whoever facilitates settled a shared rank, and why. The last one of a rank holds; the others stay as read."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="breaks")
    rank = models.PositiveSmallIntegerField("lugar compartido")
    order = models.JSONField("orden acordado")  # positions of the candidates that share the rank, best first
    reason = Words("razón", limit=MEDIUM, blank=False)
    decided_on = models.DateField("fecha")
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "desempate"
        ordering = ["pk"]

    def __str__(self):
        return self.reason
