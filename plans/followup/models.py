"""The journal of a marker: one row each time somebody looked how it goes."""

import uuid

from django.db import models

from alianzas.fields import MEDIUM, Words
from alianzas.models import Commitment, OrgModel, User
from sessions_app.models import AnswerFile


class MarkerCheck(OrgModel):
    """How a marker stood on a day, by what it is known, and what comes next.

    `key` is that of the form in which it was written: sent twice, it is one. `next_step` is the commitment itself,
    wherever else it is read. One that is withdrawn counts for nothing and can be put back.
    """

    class State(models.TextChoices):
        NOT_YET = "not_yet", "Todavía no"
        PARTLY = "partly", "En parte"
        ACHIEVED = "achieved", "Se logró"
        DROPPED = "dropped", "Ya no aplica"

    marker = models.ForeignKey("plans.OutcomeMarker", models.PROTECT, related_name="checks")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    state = models.CharField("cómo va", max_length=10, choices=State)
    checked_on = models.DateField("fecha")
    evidence = Words("en qué se nota", limit=MEDIUM)
    link = models.URLField("enlace", blank=True, max_length=500)
    file = models.ForeignKey(AnswerFile, models.SET_NULL, null=True, blank=True, related_name="+")
    helped = Words("qué ayudó o qué estorbó", limit=MEDIUM)
    surprise = Words("qué nos sorprendió", limit=MEDIUM)
    lesson = Words("qué aprendimos", limit=MEDIUM)
    next_step = models.OneToOneField(
        Commitment, models.PROTECT, null=True, blank=True, related_name="marker_check", verbose_name="siguiente acción"
    )
    version = models.PositiveIntegerField(default=1)
    is_withdrawn = models.BooleanField("se retiró", default=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "avance de un indicador"
        verbose_name_plural = "avances de indicadores"
        ordering = ["-checked_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="one_check_per_form")]

    def __str__(self):
        return f"{self.get_state_display()} · {self.checked_on:%d/%m/%Y}"

    @property
    def has_evidence(self):
        """Whether anybody could verify it."""
        return bool(self.evidence or self.link or self.file_id)
