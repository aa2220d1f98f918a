"""Sensitive actors keep their alias in the list of commitments and in calendars, whoever typed their name."""

from alianzas.commitments.hooks import veils

from .models import Actor
from .veil import Veil


@veils
def of_sensitive_actors():
    """One query."""
    return Veil(dict(Actor.objects.filter(is_sensitive=True).values_list("name", "alias")))
