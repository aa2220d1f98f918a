"""Reads of the diagnosis: look-alikes within a line, look-alikes across lines, and the agreements."""

from dataclasses import dataclass

from ..models import Strategy
from .alike import likenesses
from .models import Agreement, ToldApart

MOST = 30  # pairs on one page; the closest come first


@dataclass(frozen=True)
class Pair:
    """Two strategies that look alike, and why."""

    one: Strategy
    other: Strategy
    why: str

    @property
    def both(self):
        return (self.one, self.other)


def look_alikes(found: list[Strategy], *, across: bool) -> list[Pair]:
    """Pairs to think about: of one line and state (they may be equal), or of different lines (cross-cutting).

    Answers of one line with different states are views that stand side by side (S6.3 asks for no consensus). One query.
    """
    by_key = {strategy.pk: strategy for strategy in found}
    lines = {strategy.pk: {line.pk for line in strategy.served} for strategy in found}

    def may_pair(one, other):
        if lines[one].isdisjoint(lines[other]):
            return across
        return not across and by_key[one].status == by_key[other].status

    alike = likenesses(
        {strategy.pk: strategy.text for strategy in found},
        may_pair=may_pair,
        apart=ToldApart.objects.values_list("one_id", "other_id"),
    )
    return [Pair(by_key[one.one], by_key[one.other], one.why) for one in alike[:MOST]]


def told_apart(found: list[Strategy]) -> list[tuple[ToldApart, Strategy, Strategy]]:
    """The pairs that were told apart and still stand. One query."""
    by_key = {strategy.pk: strategy for strategy in found}
    return [
        (row, by_key[row.one_id], by_key[row.other_id])
        for row in ToldApart.objects.all()
        if row.one_id in by_key and row.other_id in by_key
    ]


def agreements(hide=None) -> dict[int, Agreement]:
    """What was agreed, by strategy. One query."""
    found = {row.strategy_id: row for row in Agreement.objects.select_related("by")}
    for row in found.values() if hide else ():
        row.note = hide(row.note)
    return found
