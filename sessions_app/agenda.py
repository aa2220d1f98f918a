"""The one clock of an agenda: when each item starts, and what deserves a warning. No Django here.

Nobody types a start time. It follows from three things: the order of the items, their minutes, and the starts that
are locked (lunch, the close). A locked start is always honoured: who arrives early has slack before it, who arrives
late has an overlap, and whatever comes after goes on from the locked item. Hence, for each sitting,

    end - start = planned + slack - overlap

Sittings are separate days or half-days, each with its own start. Within one, items with a track belong to a team; a
run of them that no item of the whole room interrupts is one lane per team, and the lanes run side by side. Such a
block lasts as long as the lane that ends last, and counts once in the sums, with the lane that has most minutes.
An item that is skipped takes no time and changes nothing else: one of the whole room still parts two blocks.

All times are minutes after the midnight with which the day of the sitting begins. A sitting may go on past the next
midnight: 1460 is a valid time, written «00:20 (+1)».
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import count, groupby
from typing import Literal

from alianzas.numbers import NotANumber, TwoReadings, read_number

DAY = 24 * 60
LONGEST = 720  # minutes of one item
UNBROKEN = 90  # minutes that people can work without a break
REST = 10  # minutes of waiting that are as good as a break

# fmt: off
NoticeKind = Literal["over", "under", "overlap", "lock_before_start", "locks_out_of_order", "unbroken", "long_item",
                     "close_not_last", "past_midnight"]
# fmt: on


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the agenda. `minutes` may be 0: the toolkit names some breaks without saying how long they are."""

    key: str
    minutes: int
    is_break: bool = False
    locked_start: int | None = None  # minutes after midnight
    skipped: bool = False
    optional: bool = False
    least: int | None = None  # minutes to which it may be shortened; None: it may not
    is_close: bool = False
    track: str = ""  # team that works on it while others do something else
    sitting: int = 1
    title: str = ""  # what texts call it; without one, the key

    def __post_init__(self):
        if not 0 <= self.minutes <= LONGEST:
            raise ValueError(f"«{self.label}»: los minutos van de 0 a {LONGEST}.")
        if self.least is not None and not 1 <= self.least <= LONGEST:
            raise ValueError(f"«{self.label}»: el mínimo va de 1 a {LONGEST} minutos.")
        if self.locked_start is not None and self.locked_start < 0:
            raise ValueError(f"«{self.label}»: la hora fija no puede ser anterior a la medianoche.")

    @property
    def label(self) -> str:
        return self.title or self.key


@dataclass(frozen=True, slots=True)
class Slot:
    """An item in time. Slack and overlap, in minutes, only occur at a locked start, and never both."""

    item: Item
    start: int
    end: int
    slack_before: int = 0
    overlap: int = 0
    block: int = 0  # those that share it run side by side, a lane for each track


@dataclass(frozen=True)
class Notice:
    """Something about an agenda that the facilitator should know. It never forbids anything."""

    kind: NoticeKind
    text: str
    minutes: int = 0  # by how much, or for how long
    key: str = ""  # item concerned
    start: int | None = None
    end: int | None = None
    sitting: int | None = None


@dataclass(frozen=True)
class Schedule:
    """All minutes. Slots are in the order of the items, sitting by sitting, without those that are skipped."""

    slots: tuple[Slot, ...]
    starts: Mapping[int, int]  # by sitting
    ends: Mapping[int, int]
    work: int
    breaks: int
    slack: int
    overlap: int

    @property
    def planned(self) -> int:
        return self.work + self.breaks

    @property
    def end(self) -> int:
        """End of the last sitting."""
        return self.ends[max(self.ends)]

    @cached_property
    def by_key(self) -> Mapping[str, Slot]:
        return {slot.item.key: slot for slot in self.slots}

    def warnings(self, limit_hours: float | None = None) -> tuple[Notice, ...]:
        """What to say about the sum (against the hours of the temario, if it has any), then by sitting, in order."""
        found = list(_against(self.planned, limit_hours))
        for sitting, start in self.starts.items():
            slots = [slot for slot in self.slots if slot.item.sitting == sitting]
            found += sorted((*_locks(slots, start), *_long(slots, start)), key=lambda notice: notice.start)
            found += (*_closes(slots), *_midnight(self.ends[sitting], sitting))
        return tuple(found)


def schedule(items: Iterable[Item], start: int | Mapping[int, int]) -> Schedule:
    """When everything happens. `start` is that of every sitting, or a mapping from sitting to start.

    Raises ValueError if two items share a key or a sitting has no start.
    """
    items = list(items)
    if len({item.key for item in items}) < len(items):
        raise ValueError("La agenda repite la clave de una actividad.")
    slots, starts, ends, numbers = [], {}, {}, count(1)
    work = breaks = slack = overlap = 0
    for sitting in sorted({item.sitting for item in items}) or [1]:
        mine = [item for item in items if item.sitting == sitting]
        clock_now = starts[sitting] = _start_of(sitting, start)
        placed = {}
        for lanes in _blocks(mine):
            block = next(numbers)
            runs = [list(_place(lane, clock_now, block)) for lane in lanes]
            placed |= {slot.item.key: slot for run in runs for slot in run}
            longest = max(lanes, key=_minutes)
            planned, rest = _minutes(longest), _minutes(item for item in longest if item.is_break)
            end = max(run[-1].end for run in runs)
            waiting = end - clock_now - planned
            work += planned - rest
            breaks += rest
            slack += max(waiting, 0)
            overlap += max(-waiting, 0)
            clock_now = end
        slots += (placed[item.key] for item in mine if not item.skipped)
        ends[sitting] = clock_now
    return Schedule(tuple(slots), starts, ends, work, breaks, slack, overlap)


def lanes_of(slots: Iterable[Slot]) -> Iterator[list[list[Slot]]]:
    """What happens one after another: each time a single slot, or the lanes of teams that work side by side."""
    for _, block in groupby(slots, key=lambda slot: slot.block):
        lanes: dict[str, list[Slot]] = {}
        for slot in block:
            lanes.setdefault(slot.item.track, []).append(slot)
        yield list(lanes.values())


def clock(minutes: int) -> str:
    """«09:05»; after midnight, «00:20 (+1)»."""
    if minutes < 0:
        raise ValueError("La hora no puede ser anterior a la medianoche.")
    days, rest = divmod(minutes, DAY)
    return f"{rest // 60:02}:{rest % 60:02}" + (f" (+{days})" if days else "")


def parse_clock(text: str) -> int:
    """Minutes after midnight of «9:05», «09:05» or whatever else `clock` writes; ValueError, in Spanish, if none."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?: ?\(\+([1-9][0-9]{0,2})\))?", text.strip())
    if not found:
        raise ValueError("Escribe la hora como 9:05 o 14:30, de 0:00 a 23:59.")
    hours, minutes, days = (int(part or 0) for part in found.groups())
    return days * DAY + hours * 60 + minutes


def validate_minutes(value: object) -> int:
    """The minutes that somebody gave to an item, as a number or in digits; ValueError, in Spanish, if it cannot be."""
    try:
        minutes = read_number(value) if isinstance(value, str) else value
    except TwoReadings:
        raise
    except NotANumber:
        minutes = None
    if isinstance(minutes, bool) or not isinstance(minutes, int | Decimal) or minutes != int(minutes):
        raise ValueError("Escribe los minutos con un número entero, por ejemplo 45.")
    if not 1 <= minutes <= LONGEST:
        raise ValueError(f"Los minutos van de 1 a {LONGEST} (12 horas).")
    return int(minutes)


def duration(minutes: int) -> str:
    """«4 h 45 min», «7 h», «50 min»."""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (hours and f"{hours} h", (rest or not hours) and f"{rest} min") if part)


def _minutes(items: Iterable[Item]) -> int:
    return sum(item.minutes for item in items)


def _start_of(sitting: int, start: int | Mapping[int, int]) -> int:
    if isinstance(start, int):
        return start
    if sitting not in start:
        raise ValueError(f"Falta la hora de inicio de la jornada {sitting}.")
    return start[sitting]


def _blocks(items: Iterable[Item]) -> Iterator[list[list[Item]]]:
    for _, run in groupby(items, key=lambda item: bool(item.track)):
        lanes: dict[str, list[Item]] = {}
        for item in run:
            if not item.skipped:
                lanes.setdefault(item.track, []).append(item)
        if len(lanes) > 1:
            yield list(lanes.values())
        else:
            yield from ([[item]] for lane in lanes.values() for item in lane)


def _place(lane: Iterable[Item], clock_now: int, block: int) -> Iterator[Slot]:
    for item in lane:
        start = clock_now if item.locked_start is None else item.locked_start
        end = start + item.minutes
        yield Slot(item, start, end, max(start - clock_now, 0), max(clock_now - start, 0), block)
        clock_now = end


def _against(planned: int, limit_hours: float | None) -> Iterator[Notice]:
    limit = round(60 * (limit_hours or 0))
    gap = planned - limit
    if limit and gap:
        kind, word = ("over", "más") if gap > 0 else ("under", "menos")
        text = f"El plan dura {duration(planned)}: {abs(gap)} min {word} que el temario ({duration(limit)})."
        yield Notice(kind, text, abs(gap))


def _locks(slots: Sequence[Slot], start: int) -> Iterator[Notice]:
    """One notice for each lock that cannot be kept, with its first cause."""
    latest = None  # of the locked items so far
    for lanes in lanes_of(slots):
        reached = []
        for lane in lanes:
            before = latest
            for slot in (slot for slot in lane if slot.item.locked_start is not None):
                says = f"«{slot.item.label}» tiene hora fija a las {clock(slot.start)}"
                found = None
                if slot.start < start:
                    found = "lock_before_start", f"{says}, antes de que empiece la jornada ({clock(start)})."
                elif before and slot.start < before.start:
                    other = f"«{before.item.label}», fijada a las {clock(before.start)}"
                    found = "locks_out_of_order", f"{says}, pero va después de {other}."
                elif slot.overlap:
                    late = clock(slot.start + slot.overlap)
                    found = "overlap", f"{says} y lo anterior termina a las {late}: se enciman {slot.overlap} min."
                if found:
                    yield Notice(*found, slot.overlap, slot.item.key, slot.start, slot.end, slot.item.sitting)
                before = max(before or slot, slot, key=lambda one: one.start)
            reached.append(before)
        latest = max((slot for slot in reached if slot), key=lambda one: one.start, default=None)


def _long(slots: Sequence[Slot], start: int) -> Iterator[Notice]:
    """Items and stretches of several items that ask for more work on end than people can do."""
    long = [slot for slot in slots if slot.item.minutes > UNBROKEN and not slot.item.is_break]
    for slot in long:
        text = (
            f"«{slot.item.label}» dura {slot.item.minutes} min seguidos: conviene dividirla o darle un receso dentro."
        )
        yield Notice("long_item", text, slot.item.minutes, slot.item.key, slot.start, slot.end, slot.item.sitting)
    for since, until in _stretches(slots, start):
        if until - since > UNBROKEN and (since, until) not in {(slot.start, slot.end) for slot in long}:
            text = f"De {clock(since)} a {clock(until)} no hay receso: son {until - since} min seguidos."
            first = next((slot.item.key for slot in slots if slot.start == since), "")
            yield Notice("unbroken", text, until - since, first, since, until, slots[0].item.sitting)


def _stretches(slots: Sequence[Slot], start: int) -> Iterator[tuple[int, int]]:
    """From when to when somebody works without a break; of those that begin together, the longest."""
    found, going = [], {start: start}  # going: until when so far -> since when; teams may differ
    for lanes in lanes_of(slots):
        after: dict[int, int] = {}
        for lane in lanes:
            for until, since in going.items():
                for slot in lane:
                    if slot.item.is_break and slot.item.minutes:
                        found.append((since, min(until, slot.start)))
                        since = until = slot.end
                        continue
                    if slot.start - until >= REST:
                        found.append((since, until))
                        since = slot.start
                    until = max(until, slot.end)
                after[until] = min(since, after.get(until, since))
        going = after
    found += ((since, until) for until, since in going.items())
    yield from dict(sorted(found)).items()


def _closes(slots: Sequence[Slot]) -> Iterator[Notice]:
    for place, slot in enumerate(slots):
        later = next((other for other in slots[place + 1 :] if not other.item.is_close), None)
        if slot.item.is_close and later:
            text = f"«{slot.item.label}» no es lo último: después viene «{later.item.label}»."
            yield Notice("close_not_last", text, 0, slot.item.key, slot.start, slot.end, slot.item.sitting)


def _midnight(end: int, sitting: int) -> Iterator[Notice]:
    if end > DAY:
        text = f"La jornada termina después de medianoche: {clock(end)}."
        yield Notice("past_midnight", text, end - DAY, end=end, sitting=sitting)
