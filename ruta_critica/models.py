"""Allies: whom the organisation works its Ruta Crítica with (domain §6)."""

from django.core.exceptions import ValidationError
from django.db import models

from alianzas.fields import SHORT
from alianzas.models import Positioned
from sysmap.models import Actor


class Ally(Positioned):
    """A potential ally: an actor of the map, or somebody new."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", "Potencial"
        ACTIVE = "active", "Activo"
        PAUSED = "paused", "En pausa"
        CLOSED = "closed", "Cerrado"

    actor = models.OneToOneField(Actor, models.PROTECT, null=True, blank=True, related_name="ally")
    name = models.CharField("aliado", max_length=SHORT, blank=True, help_text="Vacío si viene del mapa.")
    state = models.CharField("estado", max_length=20, choices=State, default=State.CANDIDATE)

    class Meta(Positioned.Meta):
        verbose_name = "aliado"
        verbose_name_plural = "aliados"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor__isnull=False, name="") | models.Q(actor__isnull=True) & ~models.Q(name=""),
                name="ally_is_an_actor_or_has_a_name",
            ),
            models.UniqueConstraint(
                fields=["organization", "name"], condition=~models.Q(name=""), name="one_new_ally_per_name"
            ),
        ]

    def __str__(self):
        return self.public_name

    @property
    def public_name(self):
        return self.actor.public_name if self.actor_id else self.name

    def clean(self):
        super().clean()
        if bool(self.actor_id) == bool(self.name.strip()):
            raise ValidationError("Elige un actor del mapa o escribe el nombre de un aliado nuevo, no ambos.")
