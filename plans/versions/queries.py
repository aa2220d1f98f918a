"""The issued versions, with what changed from each one to the next."""

from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import Max

from plans.models import PlanVersion

from .changes import Change, changes


@dataclass(frozen=True)
class Issued:
    """A version, and what changed in it since the one before; `is_first` when there is none."""

    version: PlanVersion
    changes: list[Change]
    is_first: bool


def last_numbers() -> dict[int, int]:
    """The number of the last version of each organisation in scope that has one. One query."""
    found = PlanVersion.objects.order_by().values("organization").annotate(last=Max("number"))
    return dict(found.values_list("organization", "last"))


def issued() -> list[Issued]:
    """Every version, the latest first. Two queries."""
    rows = list(PlanVersion.objects.select_related("by").prefetch_related("files"))
    return [
        Issued(row, changes(before.facts, row.facts) if before else [], before is None)
        for row, before in zip_longest(rows, rows[1:])
    ]
