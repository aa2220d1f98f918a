"""Reads of commitments: the page, the documents and the calendars call these."""

from dataclasses import dataclass
from datetime import date, timedelta

from alianzas.models import CalendarFeed, Commitment
from alianzas.names import looks_like

from . import hooks

CLOSED = (Commitment.Status.DONE, Commitment.Status.CANCELLED)
GROUPS = {
    "late": "Vencidos",
    "week": "Esta semana",
    "later": "Después",
    "undated": "Sin fecha",
    "closed": "Hechos y cancelados",
}


@dataclass(frozen=True)
class Entry:
    """A commitment as it may be shown: protected names are already behind their alias."""

    commitment: Commitment
    title: str
    responsible: str
    source: hooks.Source
    group: str

    @property
    def is_closed(self):
        return self.group == "closed"


@dataclass(frozen=True)
class Group:
    key: str
    label: str
    entries: list[Entry]


def entries(today: date) -> list[Entry]:
    """Every commitment in scope, soonest first. One query, and those of the veils."""
    hide, sources = hooks.veil(), {}
    found = []
    for one in Commitment.objects.all():
        if one.source not in sources:
            sources[one.source] = hooks.source_of(one.source)
        found.append(Entry(one, hide(one.title), hide(one.responsible), sources[one.source], group_of(one, today)))
    return sorted(found, key=lambda entry: (entry.commitment.due_date or date.max, entry.commitment.pk))


def entry(commitment: Commitment, today: date) -> Entry:
    """One of them."""
    hide = hooks.veil()
    source = hooks.source_of(commitment.source)
    return Entry(commitment, hide(commitment.title), hide(commitment.responsible), source, group_of(commitment, today))


def group_of(commitment: Commitment, today: date) -> str:
    """The group of `GROUPS` that it belongs to today; a week ends on Sunday."""
    if commitment.status in CLOSED:
        return "closed"
    if commitment.due_date is None:
        return "undated"
    if commitment.due_date < today:
        return "late"
    return "week" if commitment.due_date <= today + timedelta(days=6 - today.weekday()) else "later"


def grouped(found: list[Entry]) -> list[Group]:
    """The groups that have something, in order; what is closed, the latest first."""
    groups = [Group(key, label, [one for one in found if one.group == key]) for key, label in GROUPS.items()]
    groups[-1].entries.reverse()
    return [group for group in groups if group.entries]


def matching(found: list[Entry], *, text="", responsible="", status="", source="") -> list[Entry]:
    """Those that fit every filter given; text is looked for without regard to accents and capitals."""
    words = looks_like(text).split()
    return [
        one
        for one in found
        if (not responsible or one.responsible == responsible)
        and (not status or one.commitment.status == status)
        and (not source or one.source.label == source)
        and all(word in looks_like(f"{one.title} {one.responsible} {one.source.label}") for word in words)
    ]


def feeds() -> list[CalendarFeed]:
    """The calendars that can still be read, newest first."""
    return list(CalendarFeed.objects.filter(revoked_at=None).select_related("by"))
