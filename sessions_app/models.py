from django.db import models

from alianzas.fields import SHORT
from alianzas.models import Positioned


class Attendance(Positioned):
    """Somebody who took part in a session, with post and, where naming is safe, name or alias (domain §2, `attend`)."""

    session_key = models.CharField("sesión", max_length=2)
    name = models.CharField("nombre o alias", max_length=SHORT, blank=True)
    post = models.CharField("puesto", max_length=SHORT)

    class Meta(Positioned.Meta):
        verbose_name = "persona participante"
        verbose_name_plural = "personas participantes"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "session_key", "name", "post"],
                name="one_attendance_per_person_and_session",
            )
        ]

    def __str__(self):
        return f"{self.name} – {self.post}" if self.name else self.post
