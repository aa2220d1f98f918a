"""The issued versions, with what changed from each one to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import Max

from alianzas.folding import folded
from plans.models import PlanSource, PlanVersion
from sessions_app.models import Attendance
from sysmap.queries import veil
from sysmap.veil import Veil

from .changes import Change, changes
from .frozen import hidden
from .handing import tells_too_much


@dataclass(frozen=True)
class Issued:
    """A version, and what changed in it since the one before; `is_first` when there is none.

    It `tells_too_much` where its files say names that were protected since; `has_source` where they can be masked.
    """

    version: PlanVersion
    note: str
    gaps: list[str]
    changes: list[Change]
    is_first: bool
    tells_too_much: bool
    has_source: bool


def last_numbers() -> dict[int, int]:
    """The number of the last version of each organisation in scope that has one. One query."""
    found = PlanVersion.objects.order_by().values("organization").annotate(last=Max("number"))
    return dict(found.values_list("organization", "last"))


def issued() -> list[Issued]:
    """Every version as it may be read today, the latest first."""
    rows = list(PlanVersion.objects.select_related("by").prefetch_related("files"))
    found, tell = dict(PlanSource.objects.values_list("version", "data")), facts_today()
    facts, hide = [tell(row.facts) for row in rows], veil()
    return [
        Issued(
            row,
            hide(row.note),
            [hide(gap) for gap in row.gaps],
            changes(before, now) if before else [],
            before is None,
            tells_too_much(row, found.get(row.pk)),
            row.pk in found,
        )
        for row, now, before in zip_longest(rows, facts, facts[1:])
    ]


def facts_today() -> Callable[[dict], dict]:
    """What masks the facts of a version as of today: names protected since, people whose name is on no list any more.

    Three queries.
    """
    hide, names = veil(), {folded(name) for name in Attendance.objects.exclude(name="").values_list("name", flat=True)}

    def told(facts):
        pairs = [line.split(" – ", 1) for line in facts["participants"] if " – " in line]
        gone = {name: post for name, post in pairs if folded(name) not in names}
        posts = Veil({name: post for name, post in gone.items() if " " in name.strip()})
        people = [gone.get(line.split(" – ", 1)[0], line) if " – " in line else line for line in facts["participants"]]
        return hidden(facts | {"participants": people}, lambda text: posts(hide(text)))

    return told
