"""A session as it is held: who is in the room."""

from django.db import models
from django.utils import timezone

from alianzas.fields import SHORT
from alianzas.models import OrgModel, User


class SessionRun(OrgModel):
    """One time that a session is held, or rehearsed. Its code and its token live as long as the run is open.

    `version` grows with every change that somebody in the room may have to see.
    """

    session_key = models.CharField("sesión", max_length=2)
    code = models.CharField("código", max_length=10, blank=True)
    token = models.CharField("llave del QR", max_length=32, blank=True)
    is_rehearsal = models.BooleanField("es un ensayo", default=False)
    is_locked = models.BooleanField("la puerta está cerrada", default=False)
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
    def spoken_code(self):
        """The code as people read it aloud: «AB3-K7M»."""
        return f"{self.code[:3]}-{self.code[3:]}"


class Participant(OrgModel):
    """Somebody in the room without an account, under the name they chose. The phone holds the key of `key_digest`."""

    run = models.ForeignKey(SessionRun, models.CASCADE, related_name="participants")
    key_digest = models.CharField(max_length=64, editable=False)
    name = models.CharField("nombre o alias", max_length=60)
    post = models.CharField("puesto u ocupación", max_length=SHORT, blank=True)
    joined_at = models.DateTimeField("entró", default=timezone.now)  # with it, accepted the privacy notice
    expelled_at = models.DateTimeField("salió", null=True, blank=True)

    class Meta:
        verbose_name = "persona en el taller"
        verbose_name_plural = "personas en el taller"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "key_digest"], name="one_participant_per_key"),
        ]

    def __str__(self):
        return self.name
