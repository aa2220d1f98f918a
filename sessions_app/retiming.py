"""«¿Quién paga el retraso?»: how the rest of a sitting can still end on time. No Django here.

What never gives: what is past, locked starts and locked items, the close (held at its planned start), the planned
end, other sittings. What gives, in this order: slack, which the clock uses up by itself; minutes down to the declared
minimum; optional items. A delay that reaches a locked item is over there, so only what comes before it can pay.

An agenda is feasible if no lock overlaps more than it already did in the plan and the sitting does not end later.
Whatever is shortened or dropped, nothing starts later than before; so a delay is payable if and only if it is once
everything has given all it can, and taking step after step until it fits, then giving back what was not needed,
always ends well. All times and minutes are those of `agenda`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sessions_app.agenda import Item, Schedule, Slot, lanes_of, schedule

ROUND = 5  # shortened items end up with a multiple of so many minutes, unless their minimum is not one
MOST = 3  # proposals
MARK = "\0"  # begins the key of a mark: an item without minutes, locked at the hour it really is

# From the items and the minutes that are missing: the place of an item and what to put there; None if nothing is left.
Step = Callable[[Sequence[Item], int], tuple[int, Item] | None]


@dataclass(frozen=True)
class Change:
    """What happens to one item; `after` are its new minutes, None if it is dropped."""

    item: Item
    after: int | None

    @property
    def minutes(self) -> int:
        """Minutes that it gives."""
        return self.item.minutes - (self.after or 0)

    def __str__(self):
        if self.after is None:
            return f"Se quita «{self.item.label}» ({self.item.minutes} min)"
        return f"{self.item.label}: de {self.item.minutes} a {self.after} min"


@dataclass(frozen=True)
class Proposal:
    """A way to end on time. `items` is the whole agenda, changed, with the close locked where it was planned."""

    items: tuple[Item, ...]
    changes: tuple[Change, ...]
    words: tuple[str, ...]  # what changes, one thing each
    schedule: Schedule  # as things now stand: see `running`

    @property
    def title(self) -> str:
        shortened = [change for change in self.changes if change.after is not None]
        kinds = {change.item.is_break for change in shortened}
        names = {frozenset([True]): "recesos", frozenset([False]): "actividades"}
        short = f"Acortar {names.get(frozenset(kinds), 'recesos y actividades')}" if shortened else ""
        drop = "Quitar lo opcional" if len(shortened) < len(self.changes) else ""
        if short and drop:
            return f"{drop} y {short.lower()}"
        return short or drop or "Usar la holgura"

    @property
    def harm(self) -> tuple[int, int, int]:
        """Minutes taken from activities, minutes taken from breaks, number of changes."""
        of_breaks = sum(change.minutes for change in self.changes if change.item.is_break)
        return sum(change.minutes for change in self.changes) - of_breaks, of_breaks, len(self.changes)


@dataclass(frozen=True)
class NoFit:
    """Even if everything gives all it can, so many minutes are missing; with a delay that much smaller it fits."""

    missing_minutes: int

    def __str__(self):
        lack = "falta 1 min" if self.missing_minutes == 1 else f"faltan {self.missing_minutes} min"
        return (
            f"No cabe: aun acortando y quitando todo lo que se puede, {lack}. "
            "Habría que mover una hora fija o terminar más tarde."
        )


def running(items: Sequence[Item], start: int | Mapping[int, int], now_key: str, actual_start: int) -> Schedule:
    """The times of everything if `now_key`, which is not skipped, begins at `actual_start`.

    When a block of parallel teams is about to begin, all teams that come later in the list begin with it; once the
    block is going, only the team of `now_key`. The delay counts as slack.
    """
    plan = schedule(items, start)
    return _told(items, start, _late(plan, _now(plan, now_key), actual_start), actual_start)


def proposals(
    items: Sequence[Item],
    start: int | Mapping[int, int],
    now_key: str,
    *,
    delay: int | None = None,
    actual_start: int | None = None,
) -> list[Proposal] | NoFit:
    """Up to three ways to pay the delay with which `now_key` is about to begin, the least harmful first.

    Give either `delay`, against the start that the agenda derives, or `actual_start`. An item that has already begun
    should come with its real start as `locked_start`, for otherwise a delay that was paid before is charged again.
    No delay gives no proposal; a delay that slack absorbs, one without changes. Raises ValueError, in Spanish, if
    `now_key` is not among the items that are not skipped.
    """
    if (delay is None) == (actual_start is None):
        raise TypeError("proposals() takes either delay or actual_start")
    plan = schedule(items, start)
    now = _now(plan, now_key)
    at = now.start + delay if actual_start is None else actual_start
    if at <= now.start:
        return []
    late, sitting, coming = _late(plan, now, at), now.item.sitting, _coming(plan, now)
    closes = {slot.item.key: slot.start for slot in coming if slot.item.is_close}
    held = [replace(item, locked_start=closes[item.key]) if item.key in closes else item for item in items]
    places = [place for place, item in enumerate(held) if item.sitting == sitting]

    def missing(trial: Sequence[Item]) -> int:
        told = _told(trial, start, late, at)
        over = (slot.overlap - plan.by_key[slot.item.key].overlap for slot in told.slots)
        return max(0, told.ends[sitting] - plan.ends[sitting], *over)

    found: dict[tuple[Item, ...], Proposal] = {}
    rest = [held[place] for place in places]
    for steps in _strategies(rest, _givers(coming)):
        paid = _pay(rest, steps, missing)
        if isinstance(paid, NoFit):
            return paid
        whole = list(held)
        for place, item in zip(places, paid, strict=True):
            whole[place] = item
        found[tuple(whole)] = _proposal(items, whole, plan, _told(whole, start, late, at))
    return sorted(found.values(), key=lambda proposal: proposal.harm)[:MOST]


def _now(plan: Schedule, now_key: str) -> Slot:
    if now_key not in plan.by_key:
        raise ValueError("La actividad que va a empezar no está en la agenda o se omitió.")
    return plan.by_key[now_key]


def _told(items: Sequence[Item], start: int | Mapping[int, int], late: set[str], at: int) -> Schedule:
    """The clock with a mark before each item that is late, which says what time it is even if the item is dropped."""
    marked = []
    for item in items:
        if item.key in late:
            marked.append(Item(MARK + item.key, 0, locked_start=at, track=item.track, sitting=item.sitting))
        marked.append(item)
    told = schedule(marked, start)
    return replace(told, slots=tuple(slot for slot in told.slots if not slot.item.key.startswith(MARK)))


def _late(plan: Schedule, now: Slot, at: int) -> set[str]:
    """The items before which the delay occurs."""
    lanes = next(lanes for lanes in lanes_of(plan.slots) if any(now in lane for lane in lanes))
    firsts = [lane[0] for lane in lanes]
    later = firsts[firsts.index(now) :] if now in firsts else []
    return {now.item.key, *(slot.item.key for slot in later if now.start <= slot.start < at)}


def _coming(plan: Schedule, now: Slot) -> list[Slot]:
    """What has not begun by the plan, in the sitting; in a block, other teams may be ahead of the list."""
    slots = [slot for slot in plan.slots if slot.item.sitting == now.item.sitting]
    return [slot for slot in slots[slots.index(now) :] if slot.block > now.block or slot.start >= now.start]


def _givers(coming: Sequence[Slot]) -> set[str]:
    """The items that may pay: those to come before the next fixed item of the whole room."""
    found = set()
    for slot in coming:
        fixed = slot.item.is_close or slot.item.locked_start is not None
        if fixed and not slot.item.track:
            break
        if not fixed:
            found.add(slot.item.key)
    return found


def _strategies(items: Sequence[Item], givers: set[str]) -> Iterator[tuple[Step, ...]]:
    """Who pays first, second and so on. In the end each of them has asked everybody."""
    able = [place for place, item in enumerate(items) if item.key in givers]
    breaks, activities = ([place for place in able if items[place].is_break is kind] for kind in (True, False))
    rest, work, all_alike, drop = (
        _shorten(items, breaks),
        _shorten(items, activities),
        _shorten(items, able),
        _drop(able),
    )
    yield rest, work, drop
    yield all_alike, drop
    yield drop, all_alike
    yield rest, drop, work


def _shorten(full: Sequence[Item], able: Sequence[int]) -> Step:
    """Take some minutes from whoever has then given the smallest share of what it can give."""

    def step(items: Sequence[Item], missing: int) -> tuple[int, Item] | None:
        choices = []
        for place in able:
            item, least = items[place], items[place].least
            if not item.skipped and least is not None and item.minutes > least:
                after = max(least, (item.minutes - 1) // ROUND * ROUND)
                choices.append(((full[place].minutes - after) / (full[place].minutes - least), place, after))
        if not choices:
            return None
        _, place, after = min(choices)
        return place, replace(items[place], minutes=after)

    return step


def _drop(able: Sequence[int]) -> Step:
    """Drop the shortest optional item that is enough, or else the longest."""

    def step(items: Sequence[Item], missing: int) -> tuple[int, Item] | None:
        left = [(items[place].minutes, not items[place].is_break, place) for place in able]
        left = [one for one in left if items[one[2]].optional and not items[one[2]].skipped and one[0]]
        if not left:
            return None
        place = min((one for one in left if one[0] >= missing), default=max(left))[2]
        return place, replace(items[place], skipped=True)

    return step


def _pay(
    items: Sequence[Item], steps: Sequence[Step], missing: Callable[[Sequence[Item]], int]
) -> tuple[Item, ...] | NoFit:
    """Take step after step until nothing is missing; then give back, last taken first, whatever was not needed."""
    items, taken = list(items), []
    short = missing(items)
    for step in steps:
        while short and (change := step(items, short)):
            place, item = change
            taken.append((place, items[place]))
            items[place] = item
            short = missing(items)
    if short:
        return NoFit(short)
    for place, before in reversed(taken):
        trial = [*items[:place], before, *items[place + 1 :]]
        items = items if missing(trial) else trial
    return tuple(items)


def _proposal(items: Sequence[Item], changed: Sequence[Item], plan: Schedule, told: Schedule) -> Proposal:
    changes = tuple(
        Change(before, None if after.skipped else after.minutes)
        for before, after in zip(items, changed, strict=True)
        if (before.minutes, before.skipped) != (after.minutes, after.skipped)
    )
    used = ((slot, plan.by_key[slot.item.key].slack_before - slot.slack_before) for slot in told.slots)
    slack = [f"Se usan {minutes} min de holgura antes de «{slot.item.label}»" for slot, minutes in used if minutes > 0]
    words = (*slack, *map(str, changes)) or ("No hace falta cambiar nada",)
    return Proposal(tuple(changed), changes, words, told)
