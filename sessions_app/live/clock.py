"""The clock of a run: the plan against what happens. Pure; all times are seconds after the midnight of the day.

The plan is the carta as it is now, so whoever re-times the carta re-times the run. What is past is as it was; what
goes on takes the minutes it was given, or longer; what comes starts after it, and waits for what has a fixed hour.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from sessions_app import agenda
from sessions_app.agenda import Item

ON_TIME = 1  # minutes that nobody calls a delay
FAR = 180  # who begins further than this from the hour of the carta holds the workshop at another hour, or day


@dataclass(frozen=True)
class Real:
    """How a block went, or goes. `minutes` are those it had when it began, with what was added."""

    ref: str
    minutes: int
    started: float
    ended: float | None = None
    paused_since: float | None = None
    paused: float = 0

    def taken(self, now: float) -> float:
        """Seconds of work so far. A clock that is set back takes nothing away."""
        until = self.ended if self.ended is not None else self.paused_since if self.paused_since is not None else now
        return max(0, until - self.started - self.paused)


@dataclass(frozen=True)
class Block:
    """A block of the day, planned and real."""

    ref: str
    title: str
    is_break: bool
    planned: int  # minutes
    starts: int  # minutes after midnight, by the plan
    state: str  # "done", "now" or "next"
    real: int | None = None  # minutes taken, when it is done

    @property
    def at(self) -> str:
        return agenda.clock(self.starts)


@dataclass(frozen=True)
class Clock:
    blocks: tuple[Block, ...]
    now: Block | None
    left: int  # seconds of the block that goes on; negative when it takes longer
    is_paused: bool
    coming: Block | None
    planned_end: int
    projected_end: int

    @property
    def delay(self) -> int:
        """Minutes by which the day will end later than planned; negative when earlier."""
        return self.projected_end - self.planned_end

    @property
    def has_begun(self) -> bool:
        return any(block.state != "next" for block in self.blocks)

    @property
    def may_go_back(self) -> bool:
        return any(block.state == "done" for block in self.blocks)

    @property
    def left_words(self) -> str:
        """«12:05», or «+3:20» when it takes longer."""
        minutes, seconds = divmod(abs(self.left), 60)
        return f"{'+' if self.left < 0 else ''}{minutes}:{seconds:02}"

    @property
    def ends(self) -> str:
        return agenda.clock(self.projected_end)

    @property
    def planned_ends(self) -> str:
        return agenda.clock(self.planned_end)

    @property
    def words(self) -> str:
        """How the day goes."""
        if not self.has_begun:
            return f"Empieza a las {self.blocks[0].at}" if self.blocks else "La carta no tiene actividades"
        if abs(self.delay) <= ON_TIME:
            return "A tiempo"
        return f"{agenda.duration(abs(self.delay))} {'tarde' if self.delay > 0 else 'antes'}"


def clock_of(items: Sequence[Item], start: int, reals: Sequence[Real], now: float) -> Clock:
    """The clock at `now` of the blocks `items`, planned to begin at `start` (minutes after midnight).

    Blocks that ran and are no longer in the plan count for what they took, and are shown where the plan begins.
    """
    items = [item for item in items if not item.skipped]
    if reals and abs(reals[0].started / 60 - start) > FAR:
        start, items = int(reals[0].started // 60), [replace(item, locked_start=None) for item in items]
    plan = agenda.schedule([replace(item, sitting=1) for item in items], start)
    ran = {real.ref: real for real in reals}
    going = next((real for real in reals if real.ended is None), None)
    blocks = tuple(_block(slot, ran.get(slot.item.key), now) for slot in plan.slots)
    coming = next((block for block in blocks if block.state == "next"), None)
    left = ceil(60 * going.minutes - going.taken(now)) if going else 0
    rest = [replace(item, sitting=1) for item in items if item.key not in ran]
    free = _free_at(going, left, reals, start, now)
    return Clock(
        blocks=blocks,
        now=next((block for block in blocks if block.state == "now"), None),
        left=left,
        is_paused=going is not None and going.paused_since is not None,
        coming=coming,
        planned_end=plan.end,
        projected_end=_end_of(rest, free),
    )


def _end_of(rest: list[Item], free: int) -> int:
    """When the blocks that remain end. A fixed hour that is past by then is not waited for: days run forward."""
    told = agenda.schedule(rest, free)
    while late := {slot.item.key for slot in told.slots if slot.overlap}:
        rest = [replace(item, locked_start=None) if item.key in late else item for item in rest]
        told = agenda.schedule(rest, free)
    return told.end


def _free_at(going, left, reals, start, now) -> int:
    """The minute in which the next block may begin."""
    if going:
        return ceil((now + max(left, 0)) / 60)
    if reals:
        ended = max(real.ended for real in reals)
        return ceil(max(ended, now) / 60)
    return start if now / 60 < start else int(now // 60)


def _block(slot, real, now) -> Block:
    state = "next" if real is None else "now" if real.ended is None else "done"
    taken = round(real.taken(now) / 60) if state == "done" else None
    item = slot.item
    return Block(item.key, item.label, item.is_break, item.minutes, slot.start, state, taken)
