"""What people write in a report of alliances; everything else comes from data each time it is read."""

from django.core.exceptions import ValidationError
from django.db import models

from alianzas.dates import FIRST_YEAR, LAST_YEAR
from alianzas.fields import LONG, TooLong, Words
from alianzas.models import OrgModel, User

from .period import LONGEST, Period
from .words import names


def validate_contents(value):
    """{id of a minimum content of S5.6: its text}."""
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise ValidationError("Los contenidos del reporte no se entienden: recarga la página.")
    for text in value.values():
        TooLong(LONG)(text)


def validate_sdgs(value):
    if not isinstance(value, list) or not set(value) <= set(names()):
        raise ValidationError("Elige objetivos del 1 al 17.")


class AllianceReport(OrgModel):
    """The report of one period. One that is withdrawn can be put back."""

    class Kind(models.TextChoices):
        ANNUAL = "annual", "Anual"
        SEMIANNUAL = "semiannual", "Semestral"

    kind = models.CharField("tipo", max_length=12, choices=Kind, default=Kind.ANNUAL)
    starts_on = models.DateField("desde")
    ends_on = models.DateField("hasta")
    introduction = Words("introducción")
    lessons = Words("aprendizajes")
    upcoming = Words("lo que sigue")
    contents = models.JSONField("contenidos mínimos", default=dict, blank=True, validators=[validate_contents])
    sdgs = models.JSONField("objetivos de desarrollo sostenible", default=list, blank=True, validators=[validate_sdgs])
    tells_journal = models.BooleanField(
        "incluir acuerdos y aprendizajes de la bitácora de aliados",
        default=False,
        help_text="La bitácora la lee solo quien edita; lo que incluyas lo leerá quien reciba el reporte.",
    )
    version = models.PositiveIntegerField(default=1)
    is_withdrawn = models.BooleanField("se retiró", default=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "reporte de alianzas"
        verbose_name_plural = "reportes de alianzas"
        ordering = ["-ends_on", "-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "starts_on", "ends_on"],
                condition=models.Q(is_withdrawn=False),
                name="one_report_per_period",
                violation_error_message="Ya hay un reporte de ese periodo: ábrelo en la lista.",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="report_ends_after_it_starts",
                violation_error_message="El periodo termina antes de empezar: revisa las fechas.",
            ),
        ]

    def __str__(self):
        return f"Reporte {self.get_kind_display().lower()} de alianzas · {self.period.label}"

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)

    def clean(self):
        super().clean()
        if not (self.starts_on and self.ends_on):
            return
        if not (self.starts_on.year >= FIRST_YEAR and self.ends_on.year <= LAST_YEAR):
            raise ValidationError(f"Revisa el año: va de {FIRST_YEAR} a {LAST_YEAR}.")
        if self.period.days > LONGEST:
            raise ValidationError("Un reporte cuenta un año a lo más: acorta el periodo o haz dos reportes.")
