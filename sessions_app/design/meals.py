"""Where a long sitting should stop to eat (K-37). No Django here."""

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app.agenda import Slot

LONG = 4 * 60
NOON, LUNCH = 12 * 60, 14 * 60
NEAR = 60
REST = 30  # a break that long counts as a meal
ROUND = 5


@dataclass(frozen=True)
class Meal:
    """Stop before the item `key`, or, when `after` says so, that many minutes after it began."""

    key: str
    after: int = 0


def missing_meal(slots: Sequence[Slot]) -> Meal | None:
    """The meal that a sitting of more than four hours lacks when it goes on past two in the afternoon.

    Between two items if one ends near that hour; otherwise inside the item that goes through it.
    """
    if not slots:
        return None
    start, end = min(slot.start for slot in slots), max(slot.end for slot in slots)
    has_meal = any(slot.item.is_break and slot.item.minutes >= REST for slot in slots)
    if has_meal or end - start <= LONG or not start < NOON < LUNCH < end:
        return None
    between = [slot for slot in slots[1:] if abs(slot.start - LUNCH) <= NEAR and not slot.item.track]
    if between:
        return Meal(min(between, key=lambda slot: abs(slot.start - LUNCH)).item.key)
    for slot in slots:
        if slot.start < LUNCH < slot.end and not slot.item.track and not slot.item.is_break:
            after = (LUNCH - slot.start) // ROUND * ROUND
            return Meal(slot.item.key, after) if 0 < after < slot.item.minutes else None
    return None
