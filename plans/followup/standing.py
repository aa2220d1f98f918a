"""How a marker stands, from its journal, and when its term ends. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

ACHIEVED, DROPPED = "achieved", "dropped"
SETTLED = (ACHIEVED, DROPPED)


class Check(Protocol):
    pk: int
    state: str
    checked_on: date


@dataclass(frozen=True)
class Standing:
    """`state` "" is nobody noted anything; `since` the first day of the present state; `latest` the last check."""

    state: str = ""
    since: date | None = None
    latest: Check | None = None

    def is_late(self, ends_on: date, today: date) -> bool:
        """Whether its term is over and it is neither achieved nor given up."""
        return ends_on < today and self.state not in SETTLED


def standing(checks: Iterable[Check]) -> Standing:
    """How it stands after these checks, in whatever order they come."""
    journal = sorted(checks, key=lambda one: (one.checked_on, one.pk), reverse=True)
    if not journal:
        return Standing()
    latest = since = journal[0]
    for one in journal:
        if one.state != latest.state:
            break
        since = one
    return Standing(latest.state, since.checked_on, latest)
