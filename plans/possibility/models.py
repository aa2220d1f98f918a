"""Readings of the Línea de Posibilidad. Positions belong to a mark, not to a person, and only while it is open."""

import uuid

from django.db import models

from alianzas.models import OrgModel
from sessions_app.models import SessionRun


class Reading(OrgModel):
    """One time that the group stood on the line. `spread` are the positions of each question, sorted apart."""

    class Moment(models.TextChoices):
        START = "start", "Al inicio"
        END = "end", "Al final"

    class State(models.TextChoices):
        OPEN = "open", "Abierta"
        CLOSED = "closed", "Cerrada"
        CANCELLED = "cancelled", "Cancelada"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    moment = models.CharField("cuándo", max_length=10, choices=Moment)
    state = models.CharField("estado", max_length=10, choices=State, default=State.OPEN)
    opened_on = models.DateField("se abrió")
    closed_on = models.DateField("se cerró", null=True, blank=True)
    room = models.JSONField("posiciones que se tomaron en el salón", default=dict, blank=True)
    spread = models.JSONField("cómo se repartió el grupo", default=dict, blank=True)
    rehearsal = models.ForeignKey(SessionRun, models.CASCADE, null=True, blank=True, related_name="+")  # goes with it

    class Meta:
        verbose_name = "toma de la Línea de Posibilidad"
        ordering = ["opened_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=models.Q(state="open"), name="one_open_reading_per_organization"
            )
        ]

    def __str__(self):
        return f"{self.get_moment_display()} · {self.opened_on:%d/%m/%Y}"

    @property
    def is_open(self):
        return self.state == self.State.OPEN


class Position(OrgModel):
    """Where somebody stands in the three questions of an open reading, under a keyed digest of who."""

    mark = models.CharField(max_length=64, primary_key=True)
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="positions")
    values = models.JSONField()

    class Meta:
        verbose_name = "posición en la línea"

    def __str__(self):
        return self.mark[:8]
