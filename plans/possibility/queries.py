"""Reads of the Línea de Posibilidad. Of an open reading, only how many have answered."""

from dataclasses import dataclass
from functools import cache

from django.utils import timezone

from alianzas.secrecy import mark_of
from sessions_app import curriculum
from sessions_app.models import SessionRun
from sysmap.marks import palette_of

from .drawing import NARROW, Row, picture
from .models import Position, Reading
from .spread import QUESTIONS, Line


@dataclass(frozen=True)
class Told:
    """One question of the picture in words and numbers."""

    line: Line
    sentences: list[str]
    table: list[tuple]  # (what is called, count in each reading…)


@dataclass(frozen=True)
class Comparison:
    """The last reading at the start and, when there is one after it, the reading at the end."""

    readings: list[Reading]
    svg: str
    narrow_svg: str  # the same for a phone
    told: list[Told]


@cache
def lines() -> tuple[Line, ...]:
    """The three questions, from the content of the method."""
    prompts = [curriculum.prompt(key) for key in QUESTIONS]
    return tuple(
        Line(prompt.key, prompt.text, tuple((int(option.value), option.label) for option in prompt.options))
        for prompt in prompts
    )


def readings() -> list[Reading]:
    """All but those of rehearsals, in order. One query."""
    return list(Reading.objects.filter(rehearsal=None))


def readings_of(run: SessionRun) -> list[Reading]:
    """Those that a workshop has to show: in a rehearsal its own. One query."""
    return list(Reading.objects.filter(rehearsal=run.rehearsal))


def current_of(run: SessionRun, found: list[Reading]) -> Reading | None:
    """The reading that a workshop is at: an open one, else the last that it opened. No query."""
    since = timezone.localdate(run.opened_at)
    own = [row for row in found if row.is_open or (row.state == Reading.State.CLOSED and row.opened_on >= since)]
    return own[-1] if own else None


def comparison(organization, found: list[Reading]) -> Comparison | None:
    """The picture of before and after with its text; None while no reading is closed. No query."""
    shown = _pair([row for row in found if row.state == Reading.State.CLOSED])
    if not shown:
        return None
    rows = [Row(row.get_moment_display(), row.spread, row.moment == Reading.Moment.END) for row in shown]
    look = {"title": f"Línea de Posibilidad de {organization.name}", "palette": palette_of(organization)}
    return Comparison(
        shown,
        picture(lines(), rows, **look),
        picture(lines(), rows, width=NARROW, id_prefix="posibilidad-angosta", **look),
        [_told(line, rows) for line in lines()],
    )


def _pair(closed):
    start = next((row for row in reversed(closed) if row.moment == Reading.Moment.START), None)
    ends = [row for row in closed if row.moment == Reading.Moment.END]
    if start is None:
        return ends[-1:]
    after = [row for row in ends if closed.index(row) > closed.index(start)]
    return [start, *after[-1:]]


def _told(line, rows):
    spreads = [row.spread.get(line.key, []) for row in rows]
    sentences = [f"{row.label}: {line.told(values)}" for row, values in zip(rows, spreads, strict=True)]
    if len(rows) == 2 and (moved := line.moved(*spreads)):
        sentences.append(moved)
    names = [name for _, _, name in line.boxes]
    return Told(line, sentences, list(zip(names, *(line.counts(values) for values in spreads), strict=True)))


def answered(row: Reading) -> int:
    """How many have answered an open reading, on screen or in the room. One query."""
    in_room = max(map(len, row.room.values()), default=0)
    return Position.objects.filter(reading=row).count() + in_room


def position_of(row: Reading, person_key: str) -> dict | None:
    """What somebody answered themselves, to correct it."""
    return Position.objects.filter(pk=mark_of(row.key, person_key)).values_list("values", flat=True).first()
