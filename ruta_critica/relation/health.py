"""The health of an alliance: its domains, what both sides last said of each, and what follows. No queries."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from alianzas.dates import months_after

CONTENT = Path(__file__).parents[1] / "content" / "salud.toml"
US, ALLY = SIDES = ("us", "ally")
GREEN, AMBER, RED = STATES = ("green", "amber", "red")
WORDS = {GREEN: "Verde", AMBER: "Ámbar", RED: "Rojo"}
SHAPES = {GREEN: "●", AMBER: "▲", RED: "■"}
LIGHT_MONTHS, FORMAL_MONTHS = 2, (6, 12)


@dataclass(frozen=True)
class Domain:
    """One thing to look at, with what each colour means there."""

    key: str
    title: str
    question: str
    green: str
    amber: str
    red: str


class Coloured:
    """Something with a `state`, which is never told by its colour alone."""

    state: str

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def shape(self) -> str:
        return SHAPES[self.state]


@dataclass(frozen=True)
class Mark(Coloured):
    """What one side said of one domain on a day."""

    domain: Domain
    side: str
    state: str
    note: str
    on: date


@dataclass(frozen=True)
class Look:
    """All that one side said on one day. `kind` is "light" or "formal"."""

    side: str
    kind: str
    on: date
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Overall(Coloured):
    """The state of the alliance: the worst of what counts today, and the marks that make it so."""

    state: str
    because: tuple[Mark, ...]


@dataclass(frozen=True)
class Due:
    """When the next checks are due: the light one, and the formal one between two days. None: as soon as possible."""

    light: date | None
    formal: tuple[date, date] | None
    is_late: bool


@cache
def domains() -> tuple[Domain, ...]:
    """The domains in order."""
    return tuple(Domain(**one) for one in tomllib.loads(CONTENT.read_text("utf-8"))["domains"])


def look(side: str, kind: str, on: date, marks: dict) -> Look:
    """A check as it is kept."""
    said = [(one, marks[one.key]) for one in domains() if one.key in marks]
    return Look(side, kind, on, tuple(Mark(one, side, mark["state"], mark["note"], on) for one, mark in said))


def latest(looks: Iterable[Look]) -> dict[tuple[str, str], Mark]:
    """What counts today by (side, domain): the last thing that each side said of each. `looks` are newest first."""
    found: dict[tuple[str, str], Mark] = {}
    for one in looks:
        for mark in one.marks:
            found.setdefault((one.side, mark.domain.key), mark)
    return found


def overall(looks: Iterable[Look]) -> Overall | None:
    """The worst colour of what counts today, whoever gave it; None while nobody said anything."""
    marks = list(latest(looks).values())
    if not marks:
        return None
    worst = max((mark.state for mark in marks), key=STATES.index)
    return Overall(worst, tuple(mark for mark in marks if mark.state == worst) if worst != GREEN else ())


def differences(looks: Iterable[Look]) -> list[tuple[Mark, Mark]]:
    """Where the two sides do not see the same today: what we say, what the ally says."""
    marks = latest(looks)
    pairs = [(marks.get((US, one.key)), marks.get((ALLY, one.key))) for one in domains()]
    return [(us, ally) for us, ally in pairs if us and ally and us.state != ally.state]


def due(looks: Iterable[Look], today: date) -> Due:
    """A formal check counts as a light one too."""
    found = list(looks)
    formal = max((one.on for one in found if one.kind == "formal"), default=None)
    light = months_after(max(one.on for one in found), LIGHT_MONTHS) if found else None
    between = tuple(months_after(formal, months) for months in FORMAL_MONTHS) if formal else None
    return Due(light, between, bool((light and light < today) or (between and between[1] < today)))


def lacks(kind: str, marks: dict) -> dict[str, str]:
    """Why a check cannot be kept yet, by the name of its field; "" for what is of all of it.

    A light check says something of at least one domain. A formal one looks at all, and says why where not all is well.
    """
    if not marks and kind != "formal":
        return {"": "Elige el color de al menos un punto."}
    if kind != "formal":
        return {}
    found = {}
    for one in domains():
        mark = marks.get(one.key)
        if mark is None:
            found[f"{one.key}-estado"] = "La revisión formal mira todos los puntos."
        elif mark["state"] != GREEN and not mark["note"]:
            found[f"{one.key}-nota"] = "En una revisión formal, di por qué no está en verde."
    return found
