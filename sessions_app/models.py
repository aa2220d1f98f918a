"""What is prepared and recorded of the sessions: cartas descriptivas, worksheets, attendance, level and work plan."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from alianzas.fields import MEDIUM, SHORT, NameKey, Words
from alianzas.models import InCalendar, Level, Modality, OrgModel, Positioned, User

from .live.models import (
    ActivityRun,
    AppliedWrite,
    Board,
    BoardSnapshot,
    Note,
    Participant,
    PitchTake,
    Rating,
    SessionRun,
)

__all__ = [
    "ActivityRun", "AgendaItem", "Answer", "AnswerFile", "AnswerRevision", "AppliedWrite", "Attendance", "Board",
    "BoardSnapshot", "LevelAssessment", "Note", "PartReview", "Participant", "PitchTake", "ProductMark", "Rating",
    "SessionDesign", "SessionRun", "SuccessCase", "WorkPlanItem",
]  # fmt: skip

MAX_MINUTES = 720

minutes_validators = [
    MinValueValidator(1, "Los minutos van de 1 a 720."),
    MaxValueValidator(MAX_MINUTES, "Los minutos van de 1 a 720."),
]


def answer_file_path(answer_file, filename):
    return f"{answer_file.organization_id}/respuestas/{uuid.uuid4().hex}"


class Attendance(Positioned):
    """Somebody expected in a session or present, with post and, where naming is safe, name or alias (`attend`)."""

    session_key = models.CharField("sesión", max_length=2)
    name = models.CharField("nombre o alias", max_length=SHORT, blank=True)
    post = models.CharField("puesto", max_length=SHORT)
    person_key = NameKey(of=("name", "post"))
    affiliation = models.CharField("organización de donde viene", max_length=SHORT, blank=True)
    is_present = models.BooleanField("asistió", default=True)

    class Meta(Positioned.Meta):
        verbose_name = "persona participante"
        verbose_name_plural = "personas participantes"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "session_key", "person_key"],
                name="one_attendance_per_person_and_session",
                violation_error_message="Ya hay alguien con ese puesto y ese nombre en la lista.",
            )
        ]

    def __str__(self):
        return f"{self.name} – {self.post}" if self.name else self.post


class LevelAssessment(OrgModel):
    """One round of Recuperación de aprendizajes: what was answered, what it suggests, what was decided and why.

    Rows are only added: together they are the history (domain §1.7, K-06).
    """

    answers = models.JSONField(default=dict)
    suggested = models.CharField("nivel sugerido", max_length=20, choices=Level)
    decided = models.CharField("nivel decidido", max_length=20, choices=Level)
    reason = Words("razón", limit=MEDIUM)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "diagnóstico de nivel"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.get_decided_display()} ({timezone.localdate(self.at):%d/%m/%Y})"


class SessionDesign(InCalendar, OrgModel):
    """The carta descriptiva of a session as this organisation will live it (domain §3).

    `participants` holds, for each of "guests", "facilitators" and "experts": {"who": str, "count": int|null,
    "profiles": str}. `sittings` holds one {"date": iso|"", "start": "HH:MM", "place": str} per sitting, in order.
    """

    SHOWN = ("sittings", "is_skipped")

    session_key = models.CharField("sesión", max_length=2)
    objective = Words("objetivo y alcance", limit=MEDIUM * 2)
    modality = models.CharField("modalidad", max_length=20, choices=Modality, default=Modality.IN_PERSON)
    participants = models.JSONField("participantes", default=dict, blank=True)
    sittings = models.JSONField("jornadas", default=list, blank=True)
    private_notes = Words("notas privadas de facilitación")
    is_skipped = models.BooleanField("se omite", default=False)
    skip_reason = Words("razón para omitirla", limit=MEDIUM)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "carta descriptiva"
        verbose_name_plural = "cartas descriptivas"
        constraints = [
            models.UniqueConstraint(fields=["organization", "session_key"], name="one_design_per_session"),
            models.CheckConstraint(
                condition=models.Q(is_skipped=False) | ~models.Q(skip_reason=""), name="skipped_session_says_why"
            ),
        ]

    def __str__(self):
        return f"Carta de la Sesión {self.session_key}"


class AgendaItem(Positioned):
    """One block of the orden del día. `activity_key` is empty for what this organisation added."""

    design = models.ForeignKey(SessionDesign, models.CASCADE, related_name="items")
    activity_key = models.CharField("actividad del método", max_length=20, blank=True)
    title = models.CharField("actividad", max_length=SHORT)
    minutes = models.PositiveIntegerField("minutos", validators=minutes_validators)
    least_minutes = models.PositiveIntegerField("minutos mínimos", null=True, blank=True, validators=minutes_validators)
    is_break = models.BooleanField("es un receso", default=False)
    is_optional = models.BooleanField("se puede omitir si hay retraso", default=False)
    is_close = models.BooleanField("es el cierre", default=False)
    locked_start = models.TimeField("hora fija", null=True, blank=True)
    is_skipped = models.BooleanField("se omite", default=False)
    skip_reason = Words("razón para omitirla", limit=MEDIUM)
    track = models.CharField("equipo en paralelo", max_length=40, blank=True)
    sitting = models.PositiveSmallIntegerField("jornada", default=1)
    methodology = Words("metodología")
    responsibles = models.CharField("responsables", max_length=SHORT, blank=True)
    materials = Words("materiales", limit=MEDIUM * 2)

    class Meta(Positioned.Meta):
        verbose_name = "bloque de la agenda"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_skipped=False) | ~models.Q(skip_reason=""), name="skipped_item_says_why"
            )
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if self.least_minutes and self.minutes and self.least_minutes > self.minutes:
            raise ValidationError({"least_minutes": "El mínimo no puede ser mayor que los minutos de la actividad."})


class Answer(OrgModel):
    """What the organisation answered to one prompt. `subject` says for whom: "" the organisation, "equipo-2", …

    `version` grows with every write; a write that names an older one is refused with both texts.
    """

    prompt_key = models.CharField("pregunta", max_length=60)
    subject = models.CharField("sobre quién", max_length=60, blank=True)
    value = models.JSONField("respuesta", null=True)
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "respuesta"
        constraints = [
            models.UniqueConstraint(fields=["organization", "prompt_key", "subject"], name="one_answer_per_subject")
        ]

    def __str__(self):
        return f"{self.prompt_key} {self.subject}".strip()


class AnswerRevision(OrgModel):
    """An earlier text of an answer: nothing that was saved is lost."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="revisions")
    value = models.JSONField(null=True)
    version = models.PositiveIntegerField()
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "versión anterior"
        ordering = ["-version"]

    def __str__(self):
        return f"{self.answer} v{self.version}"


class AnswerFile(OrgModel):
    """A file or drawing that answers a prompt; pictures are already without metadata."""

    prompt_key = models.CharField("pregunta", max_length=60)
    subject = models.CharField("sobre quién", max_length=60, blank=True)
    file = models.FileField("archivo", upload_to=answer_file_path)
    name = models.CharField("nombre", max_length=SHORT)
    media_type = models.CharField(max_length=100)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "archivo de respuesta"
        ordering = ["pk"]

    def __str__(self):
        return self.name


class ProductMark(OrgModel):
    """A product of a session that the organisation declares done. `product` is its place in the session's list."""

    session_key = models.CharField("sesión", max_length=2)
    product = models.PositiveSmallIntegerField("producto")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "producto hecho"
        constraints = [
            models.UniqueConstraint(fields=["organization", "session_key", "product"], name="one_mark_per_product")
        ]

    def __str__(self):
        return f"S{self.session_key} producto {self.product}"


class PartReview(OrgModel):
    """That somebody looked at a part of the method and leaves it as it is, though it is not whole.

    `part` is the key of an activity, or `plan.` and that of a section of the Plan.
    """

    part = models.CharField("parte del método", max_length=40)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "parte revisada sin completar"
        constraints = [models.UniqueConstraint(fields=["organization", "part"], name="one_review_per_part")]

    def __str__(self):
        return self.part


class WorkPlanItem(InCalendar, Positioned):
    """A row of the plan de trabajo: an activity, or a sub-activity of one (domain §1.11)."""

    class Unit(models.TextChoices):
        HOURS = "hours", "horas"
        DAYS = "days", "días"
        WEEKS = "weeks", "semanas"
        MONTHS = "months", "meses"

    SHOWN = ("title", "responsibles", "start", "end", "duration", "unit")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    title = models.CharField("actividad", max_length=SHORT)
    duration = models.DecimalField("duración", max_digits=6, decimal_places=1, null=True, blank=True)
    unit = models.CharField("unidad", max_length=10, choices=Unit, default=Unit.DAYS)
    responsibles = models.CharField("responsables", max_length=SHORT, blank=True)
    org_team = models.CharField("equipo de la organización", max_length=SHORT, blank=True)
    product = models.CharField("producto", max_length=SHORT, blank=True)
    start = models.DateField("inicio", null=True, blank=True)
    end = models.DateField("fin", null=True, blank=True)

    class Meta(Positioned.Meta):
        verbose_name = "actividad del plan de trabajo"
        verbose_name_plural = "plan de trabajo"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start=None) | models.Q(end=None) | models.Q(end__gte=models.F("start")),
                name="work_ends_after_it_starts",
                violation_error_message="El fin no puede ser antes del inicio.",
            ),
            models.CheckConstraint(
                condition=models.Q(duration=None) | models.Q(duration__gt=0),
                name="work_takes_time",
                violation_error_message="La duración es mayor que cero.",
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if self.parent and (self.parent.parent_id or self.parent_id == self.pk):
            raise ValidationError({"parent": "Una subactividad cuelga de una actividad, no de otra subactividad."})


class SuccessCase(Positioned):
    """A case of the organisation's own, beside the three of Annex 2 (domain S1.4, K-07)."""

    title = models.CharField("título", max_length=SHORT)
    country = models.CharField("país", max_length=80, default="México")
    story = Words("qué pasó", blank=False)
    lesson = Words("qué enseña", limit=MEDIUM)

    class Meta(Positioned.Meta):
        verbose_name = "caso de éxito"

    def __str__(self):
        return self.title
