"""What people agreed about strategies: which lines they serve, and which ones only look alike."""

from django.db import models

from alianzas.fields import MEDIUM, Words
from alianzas.models import OrgModel, User


class Agreement(OrgModel):
    """The consensus that a strategy serves its lines (S6.4): who agreed, when, and who wrote it down."""

    strategy = models.OneToOneField("plans.Strategy", models.CASCADE, related_name="agreement")
    note = Words(
        "quiénes lo acordaron",
        limit=MEDIUM,
        help_text="Puestos, equipos o «todo el grupo», y lo que convenga recordar del acuerdo.",
    )
    agreed_on = models.DateField("fecha", null=True, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "acuerdo"

    def __str__(self):
        return self.note


class ToldApart(OrgModel):
    """Two strategies that look alike and are not the same: nobody is asked about them again. `one` is the lower key."""

    one = models.ForeignKey("plans.Strategy", models.CASCADE, related_name="+")
    other = models.ForeignKey("plans.Strategy", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "par distinto"
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="two_strategies_are_told_apart_once")]

    def __str__(self):
        return f"{self.one} ≠ {self.other}"
