"""The organisation's own Ruta Crítica: the method's six steps as it renamed, ordered and completed them. Pure.

Its one source is the answer to «¿Cómo adaptamos cada paso?» (`PROMPT`); while there is none, the route is the method's.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alianzas.content import repeated
from alianzas.content_loader import Loader
from alianzas.exports.text import is_seen
from alianzas.names import same_name

CONTENT = Path(__file__).parent / "content" / "pasos.toml"
PROMPT = "S3.2.pasos"
UNNAMED = "Paso sin nombre"
NOT_NOW = "no por ahora"
KEPT = frozenset({"key", "step"})  # of a Stop: nothing in them was written by people


@dataclass(frozen=True, kw_only=True)
class Element:
    """A part of a step, such as the MoU."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of the method (domain §6.1)."""

    key: str
    label: str
    meaning: str
    elements: tuple[Element, ...]

    def problems(self) -> Iterator[str]:
        for key in repeated(element.key for element in self.elements):
            yield f'"elements" repite la clave "{key}"'


@dataclass(frozen=True)
class Stop:
    """A step of the organisation's route; `step` is None for one that the method does not have."""

    key: str
    step: Step | None = None
    own_name: str = ""
    is_active: bool = True
    today: str = ""
    people: tuple[str, ...] = ()
    contacts: str = ""
    own_elements: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_named(self) -> bool:
        """Whether the name of its own has anything to read in it."""
        return is_seen(self.own_name)

    @property
    def name(self) -> str:
        """Its own name or else the method's: never empty."""
        return self.own_name if self.is_named else self.step.label if self.step else UNNAMED

    @property
    def canonical(self) -> str:
        """The method's name, where it is another one."""
        label = self.step.label if self.step else ""
        return "" if same_name(label) == same_name(self.name) else label

    @property
    def meaning(self) -> str:
        return self.step.meaning if self.step else ""

    @property
    def elements(self) -> tuple[str, ...]:
        """What the method puts into the step; the organisation's own are apart."""
        return tuple(element.label for element in self.step.elements) if self.step else ()


@dataclass(frozen=True)
class Route:
    """The steps in the order of the organisation; `is_own` once it has adapted them."""

    stops: tuple[Stop, ...]
    is_own: bool = False

    @property
    def active(self) -> tuple[Stop, ...]:
        return tuple(stop for stop in self.stops if stop.is_active)

    @property
    def unnamed(self) -> tuple[tuple[int, Stop], ...]:
        """(place, step) of those that nobody gave a name of their own."""
        return tuple((place, stop) for place, stop in enumerate(self.stops, 1) if self.is_own and not stop.is_named)


def load(path: Path = CONTENT) -> tuple[Step, ...]:
    """Read the steps afresh. Raises ContentError with every problem found."""
    loader = Loader()
    found = loader.entries(path, Step, "steps")
    loader.finish()
    return found


@cache
def steps() -> tuple[Step, ...]:
    """The six steps of the method, in its order."""
    return load()


def route_of(rows: Iterable[dict] | None) -> Route:
    """The route that the rows of the answer tell, or the method's when there are none."""
    if not rows:
        return Route(tuple(Stop(step.key, step) for step in steps()))
    method = {step.key: step for step in steps()}
    return Route(tuple(_stop(row, method) for row in _in_order(rows)), is_own=True)


def _in_order(rows):
    """By their number; a row without one stays behind the row above it, and equal numbers as they were written."""
    numbered, latest = [], -math.inf
    for place, row in enumerate(rows):
        number = row.get("order")
        latest = latest if number is None else number
        numbered.append((latest, place, row))
    return [row for *_, row in sorted(numbered, key=lambda one: one[:2])]


def _stop(row, method):
    return Stop(
        key=row["id"],
        step=method.get(row.get("step")),
        own_name=" ".join((row.get("own_name") or "").split()),
        is_active=row.get("active") is not False,
        today=row.get("what_we_do_today") or "",
        people=tuple(row.get("people") or ()),
        contacts=row.get("contacts") or "",
        own_elements=tuple(row.get("own_elements") or ()),
        note=row.get("adaptation_note") or "",
    )


def remarks(route: Route) -> tuple[str, ...]:
    """What to say where steps are edited: which ones have no name of their own, and how they are called then."""
    return tuple(
        f"El paso {place} no tiene nombre propio: se queda con el del método, «{stop.name}»."
        if stop.step
        else f"El paso {place} no tiene nombre: escríbelo en «Nuestro nombre para el paso», o elige en «Paso» cuál del "
        "método es."
        for place, stop in route.unnamed
    )
