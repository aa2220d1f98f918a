"""The issued versions, with what changed from each one to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import Max

from alianzas.names import looks_like
from plans.models import PlanSource, PlanVersion
from sysmap.queries import veil
from sysmap.veil import Veil

from .changes import Change, changes
from .frozen import hidden
from .handing import tells_too_much
from .sources import people_today, today


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


def issued(tell: Callable[[dict], dict]) -> list[Issued]:
    """Every version as it may be read today, the latest first; `tell` is what `facts_today` gave."""
    rows = list(PlanVersion.objects.select_related("by").prefetch_related("files"))
    now, found, hide = today(), dict(PlanSource.objects.values_list("version", "data")), veil()
    facts = [tell(row.facts) for row in rows]
    return [
        Issued(
            row,
            hide(row.note),
            [hide(gap) for gap in row.gaps],
            changes(before, after) if before else [],
            before is None,
            tells_too_much(row, found.get(row.pk), now),
            row.pk in found,
        )
        for row, after, before in zip_longest(rows, facts, facts[1:])
    ]


def facts_today() -> Callable[[dict], dict]:
    """What masks facts as of today: names protected since, and people who stood on the list of some version and
    stand on none today. Four queries."""
    hide, names = veil(), people_today()
    lists = PlanVersion.objects.values_list("facts__participants", flat=True)
    people = dict(line.split(" – ", 1) for lines in lists for line in lines or () if " – " in line)
    gone = {name: post for name, post in people.items() if looks_like(name) not in names}
    posts = Veil({name: post for name, post in gone.items() if " " in name.strip()})

    def told(facts):
        listed = [gone.get(line.split(" – ", 1)[0], line) for line in facts["participants"]]
        return hidden(facts | {"participants": listed}, lambda text: posts(hide(text)))

    return told
