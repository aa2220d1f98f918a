"""A session as it is held: who is in the room, what was asked and what people wrote."""

import uuid

from django.db import models
from django.utils import timezone

from alianzas.fields import MEDIUM, SHORT, NameKey, Words
from alianzas.models import OrgModel, Positioned, User


class SessionRun(OrgModel):
    """One time that a session is held, or rehearsed. Its code and its token live as long as the run is open.

    `version` grows with every change that somebody in the room may have to see.
    """

    COLLECTING = "recoleccion"  # the stage in which people write before the session

    session_key = models.CharField("sesión", max_length=2)
    code = models.CharField("código", max_length=10, blank=True)
    token = models.CharField("llave del QR", max_length=32, blank=True)
    sitting = models.PositiveSmallIntegerField("jornada", default=1)
    is_rehearsal = models.BooleanField("es un ensayo", default=False)
    is_locked = models.BooleanField("la puerta está cerrada", default=False)
    collects_until = models.DateTimeField("se recoge hasta", null=True, blank=True)  # before the session begins
    stage = models.CharField("lo que se hace en la pantalla", max_length=20, blank=True)  # when it is no question
    rated = models.JSONField("cuántas personas dijeron cada valor, de 1 a 5", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    opened_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField("se abrió")
    closed_at = models.DateTimeField("se cerró", null=True, blank=True)

    class Meta:
        verbose_name = "sesión impartida"
        verbose_name_plural = "sesiones impartidas"
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="one_open_run_per_code"),
            models.UniqueConstraint(fields=["token"], condition=~models.Q(token=""), name="one_open_run_per_token"),
            models.UniqueConstraint(
                fields=["organization", "session_key"],
                condition=models.Q(closed_at=None),
                name="one_open_run_per_session",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(code="", token=""), name="code_dies_with_its_run"
            ),
        ]

    def __str__(self):
        return f"{'Ensayo' if self.is_rehearsal else 'Taller'} de la Sesión {self.session_key}"

    @property
    def is_open(self):
        return self.closed_at is None

    @property
    def rehearsal(self):
        """Itself when it is one: whose votes and positions go with it."""
        return self if self.is_rehearsal else None

    @property
    def average(self):
        """Of what people said of it, from 1 to 5; None where nobody was asked."""
        people = sum(self.rated or ())
        return (people and sum(value * many for value, many in enumerate(self.rated, 1)) / people) or None

    @property
    def is_collected(self):
        """Whether the time to write before the session is over, and the session has not begun."""
        return bool(self.stage == self.COLLECTING and self.collects_until and self.collects_until < timezone.now())

    @property
    def spoken_code(self):
        """The code as people read it aloud: «AB3-K7M»."""
        return f"{self.code[:3]}-{self.code[3:]}"


class Participant(OrgModel):
    """Somebody in the room without an account, under the name they chose. The phone holds the key of `key_digest`."""

    run = models.ForeignKey(SessionRun, models.CASCADE, related_name="participants")
    key_digest = models.CharField(max_length=64, editable=False)
    name = models.CharField("nombre o alias", max_length=60)
    name_key = NameKey(of=("name",))
    post = models.CharField("puesto u ocupación", max_length=SHORT, blank=True)
    team = models.PositiveSmallIntegerField("equipo", default=0)  # 0: none yet
    joined_at = models.DateTimeField("entró", default=timezone.now)  # with it, accepted the privacy notice
    expelled_at = models.DateTimeField("salió", null=True, blank=True)

    class Meta:
        verbose_name = "persona en el taller"
        verbose_name_plural = "personas en el taller"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "key_digest"], name="one_participant_per_key"),
            models.UniqueConstraint(
                fields=["run", "name_key"],
                condition=models.Q(expelled_at=None),
                name="one_name_inside_a_run",
                violation_error_message="Ya hay alguien en el taller con ese nombre.",
            ),
        ]

    def __str__(self):
        return self.name


class Board(OrgModel):
    """A question put to the room, and its phase. The policy is settled when it is asked: nobody is unveiled later.

    With `teams` the room writes in so many of them, and each sees its own notes until all are shown. `handed` is what
    the worksheet took when it last closed.
    """

    class Phase(models.TextChoices):
        WRITE = "write", "Escribir"
        SHOWN = "shown", "Mostrar"
        GROUPED = "grouped", "Agrupar"
        CLOSED = "closed", "Cerrar"

    run = models.ForeignKey(SessionRun, models.CASCADE, related_name="boards")
    prompt_key = models.CharField("pregunta", max_length=60)
    about = models.CharField("sobre qué", max_length=40, blank=True)  # as its `sources.Source` says it
    about_name = models.CharField("cómo se llama eso", max_length=SHORT, blank=True)
    teams = models.PositiveSmallIntegerField("equipos", default=0)  # 0: all together
    phase = models.CharField("fase", max_length=10, choices=Phase, default=Phase.WRITE)
    is_hidden = models.BooleanField("las notas se muestran todas juntas", default=True)
    is_anonymous = models.BooleanField("las notas van sin nombre", default=False)
    is_on_screen = models.BooleanField("está en la pantalla", default=True)
    handed = models.JSONField(default=None, null=True, blank=True)

    class Meta:
        verbose_name = "pregunta al salón"
        verbose_name_plural = "preguntas al salón"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "prompt_key", "about"], name="one_board_per_question"),
            models.UniqueConstraint(
                fields=["run"], condition=models.Q(is_on_screen=True), name="one_board_on_the_screen"
            ),
        ]

    def __str__(self):
        return f"{self.prompt_key} ({self.get_phase_display()})"

    @property
    def is_closed(self):
        return self.phase == self.Phase.CLOSED

    @property
    def shows_notes(self):
        """Whether the room sees the notes of everybody."""
        return self.phase != self.Phase.WRITE or not (self.is_hidden or self.teams)


class PitchTake(OrgModel):
    """How long a pitch took (S4.6); while it is counted, since when."""

    LEAST, MOST, LONGEST = 40, 60, 600  # seconds: the ideal ones, and when nobody counts any more (K-16)

    board = models.OneToOneField(Board, models.CASCADE, related_name="take")
    started_at = models.DateTimeField("empezó", null=True, blank=True)
    seconds = models.PositiveSmallIntegerField("segundos", null=True, blank=True)

    class Meta:
        verbose_name = "presentación"
        verbose_name_plural = "presentaciones"

    def __str__(self):
        return f"{self.board.about_name}: {self.seconds} s"

    @property
    def is_running(self):
        return self.started_at is not None and self.seconds is None

    @property
    def elapsed(self) -> int:
        """Seconds until now, or those that it took."""
        return self.elapsed_at(timezone.now())

    def elapsed_at(self, now) -> int:
        """Seconds from the start to `now`, or those that it took; a clock that jumps gives none below zero."""
        if self.seconds is not None or self.started_at is None:
            return self.seconds or 0
        return min(max(0, int((now - self.started_at).total_seconds())), self.LONGEST)

    @property
    def words(self):
        """How it stands, for who has no running clock."""
        if self.is_running:
            return "Presentando"
        if self.seconds is None:
            return "Por empezar"
        return "En el tiempo ideal" if self.LEAST <= self.seconds <= self.MOST else "Fuera del tiempo ideal"


class Note(Positioned):
    """What somebody wrote under a question. Joined and removed ones stay, and come back.

    `key` was made where it was written. `participant` lets people mend their own; of a question without names it is
    taken away when the question closes.
    """

    board = models.ForeignKey(Board, models.CASCADE, related_name="notes")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="notes")
    author = models.CharField("de quién", max_length=SHORT, blank=True)
    team = models.PositiveSmallIntegerField("equipo", default=0)  # of a question in teams
    text = Words("nota", limit=MEDIUM, blank=False)
    group = models.CharField("tema", max_length=SHORT, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Positioned.Meta):
        verbose_name = "nota"
        constraints = [models.UniqueConstraint(fields=["board", "key"], name="one_note_per_key")]

    def __str__(self):
        return self.text


class BoardSnapshot(OrgModel):
    """The notes of a question when its phase changed: going back and forth loses nothing."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="snapshots")
    phase = models.CharField("fase que terminó", max_length=10, choices=Board.Phase)
    notes = models.JSONField(default=list)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "estado de una pregunta"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.board_id} {self.phase}"


class AppliedWrite(OrgModel):
    """The key of a write that was applied: when it arrives again, nothing happens."""

    run = models.ForeignKey(SessionRun, models.CASCADE, related_name="+")
    key = models.UUIDField()

    class Meta:
        verbose_name = "escritura aplicada"
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="one_write_per_key")]

    def __str__(self):
        return str(self.key)


class ActivityRun(OrgModel):
    """How a block of the carta went: `minutes` are those it had when it began, with what was added on the way."""

    run = models.ForeignKey(SessionRun, models.CASCADE, related_name="activities")
    ref = models.CharField("bloque de la carta", max_length=40)
    title = models.CharField("actividad", max_length=SHORT)
    minutes = models.PositiveIntegerField("minutos")
    started_at = models.DateTimeField("empezó")
    ended_at = models.DateTimeField("terminó", null=True, blank=True)
    paused_at = models.DateTimeField("en pausa desde", null=True, blank=True)
    paused_seconds = models.PositiveIntegerField("segundos en pausa", default=0)

    class Meta:
        verbose_name = "actividad impartida"
        verbose_name_plural = "actividades impartidas"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "ref"], name="one_activity_run_per_block"),
            models.UniqueConstraint(fields=["run"], condition=models.Q(ended_at=None), name="one_activity_at_a_time"),
        ]

    def __str__(self):
        return self.title

    @property
    def real_minutes(self):
        """What it took, pauses left out; None while it goes on."""
        if self.ended_at is None:
            return None
        return max(0, round(((self.ended_at - self.started_at).total_seconds() - self.paused_seconds) / 60))


class Rating(OrgModel):
    """What somebody says of the session while that is open, under a keyed digest of who (`rating`)."""

    run = models.ForeignKey(SessionRun, models.CASCADE, related_name="ratings")
    mark = models.CharField(max_length=64)
    value = models.PositiveSmallIntegerField("de 1 a 5")

    class Meta:
        verbose_name = "valoración"
        verbose_name_plural = "valoraciones"
        constraints = [models.UniqueConstraint(fields=["run", "mark"], name="one_rating_per_person")]

    def __str__(self):
        return self.mark[:8]
