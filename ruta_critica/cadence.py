"""How long an ally may go without contact, and when it has gone too long. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from alianzas.dates import months_after

WEEK = "weekly"
MONTHS = {"monthly": 1, "bimonthly": 2, "quarterly": 3, "semiannual": 6, "annual": 12}
SOON_DAYS = 14
NONE, ON_TIME, SOON, QUIET = "none", "on_time", "soon", "quiet"


@dataclass(frozen=True)
class Standing:
    """How the contact with an ally stands: `days` since the day it was due when quiet, until it when not.

    `last` is the day of the last contact, None when nobody noted any: then time runs from the day it became an ally.
    """

    state: str
    last: date | None = None
    due: date | None = None
    days: int = 0

    @property
    def is_quiet(self) -> bool:
        return self.state == QUIET

    @property
    def is_soon(self) -> bool:
        return self.state == SOON


def standing(every: str, last: date | None, since: date, today: date) -> Standing:
    """How the contact stands today, with the recurrence `every` that was agreed; without one there is no warning."""
    if every != WEEK and every not in MONTHS:
        return Standing(NONE, last)
    start = last or since
    due = next_contact(every, start)
    if today > due:
        return Standing(QUIET, last, due, (today - due).days)
    left = (due - today).days
    soon = left <= min(SOON_DAYS, (due - start).days // 4)
    return Standing(SOON if soon else ON_TIME, last, due, left)


def next_contact(every: str, last: date) -> date:
    """The day by which the next contact is due."""
    return last + timedelta(days=7) if every == WEEK else months_after(last, MONTHS[every])
