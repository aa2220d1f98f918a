"""Sensitive actors keep their alias in the list of commitments and in calendars, whoever typed their name."""

import re

from alianzas.commitments.hooks import veils

from .models import Actor


@veils
def of_sensitive_actors():
    """One query."""
    aliases = {
        " ".join(actor.name.split()).casefold(): actor.alias for actor in Actor.objects.filter(is_sensitive=True)
    }
    if not aliases:
        return lambda text: text
    longest_first = sorted(aliases, key=len, reverse=True)
    names = re.compile(
        r"(?<!\w)(?:" + "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first) + r")(?!\w)",
        re.IGNORECASE,
    )
    return lambda text: names.sub(lambda found: aliases.get(" ".join(found[0].split()).casefold(), "…"), text)
