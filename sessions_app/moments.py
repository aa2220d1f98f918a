"""How far an organisation is: momentos, sessions, products, thread and percentage (domain §1.5, §1.6, K-05). No Django.

Progress is computed, never typed, and every page that shows it shows what `measure` gives. What is counted:

- Recuperación: the level is decided, and the questionnaire behind it is answered. Half each.
- Capacidades (Sessions 1–3) and Trabajo (4–6): the sessions that count, each with the weight of its temario hours.
  Inside a session every part that it has weighs the same: carta prepared, session held, worksheets answered, products
  there. A session counts when it is on the path of the level and is not omitted; of it, the activities that are not.
- Cierre: the final products that are asked of this organisation, all alike.

What does not count leaves the sum: a momento without anything to do has no share (None), and its weight leaves the
total. The weights are percentages of the bar, never hours (K-05). A part that somebody calls reviewed without being
whole counts for what is there, and asks for nothing more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from .curriculum import LEVELS
from .evidence import Step, Stop
from .states import PartState, joined, state_of

Momento = Literal["recuperacion", "capacidades", "trabajo", "cierre"]
TITLES: dict[Momento, str] = {
    "recuperacion": "Recuperación de aprendizajes",
    "capacidades": "Creación de capacidades",
    "trabajo": "Sesiones de trabajo",
    "cierre": "Cierre",
}
DEFAULT_WEIGHTS = (15, 30, 40, 15)
COMPONENT_SESSIONS = {"capacidades": ("1", "2", "3"), "trabajo": ("4", "5", "6")}
WRONG_WEIGHTS = "Los pesos son cuatro números enteros, de 0 en adelante, que suman 100."
RECOMMENDED, OPTIONAL = "Recomendada", "Opcional"


class WeightsError(ValueError):
    """The weights of the momentos cannot be used; the message says why."""


def checked_weights(weights) -> tuple[int, int, int, int]:
    """The four weights as a tuple. Raises WeightsError unless they are integers of 0 or more that add up to 100."""
    if not isinstance(weights, list | tuple) or len(weights) != len(TITLES):
        raise WeightsError(WRONG_WEIGHTS)
    if any(type(weight) is not int or weight < 0 for weight in weights):
        raise WeightsError(WRONG_WEIGHTS)
    if (total := sum(weights)) != 100:
        raise WeightsError(f"{WRONG_WEIGHTS} Ahora suman {total}.")
    return tuple(weights)


@dataclass(frozen=True)
class Worksheet:
    """An activity that asks something. `done` counts what is answered, in part where another page holds it."""

    key: str
    title: str
    asked: int
    done: float = 0.0
    is_reviewed: bool = False
    omitted: str = ""  # why, when the carta leaves it out

    @property
    def share(self) -> float:
        return _ratio(self.done, self.asked) if self.asked else 0.0

    @property
    def answered(self) -> int:
        """Whole questions, for words such as «3 de 5»."""
        return int(self.done + 1e-9)

    @property
    def counts(self) -> bool:
        return bool(self.asked) and not self.omitted

    @property
    def state(self) -> PartState:
        return state_of(self.share, is_reviewed=self.is_reviewed, omitted=self.omitted)


@dataclass(frozen=True)
class Product:
    """A product of a session. `share` is what the data prove, None where only people can tell; `is_marked`, their tick.

    A tick where the data say otherwise is kept and shown, and proves nothing: the product is reviewed, not there.
    """

    number: int
    title: str
    share: float | None = None
    missing: str = ""
    is_marked: bool = False
    omitted: str = ""

    @property
    def is_by_hand(self) -> bool:
        return self.share is None

    @property
    def counted(self) -> float:
        return float(self.is_marked) if self.share is None else self.share

    @property
    def is_done(self) -> bool:
        return self.counted >= 1 and not self.omitted

    @property
    def state(self) -> PartState:
        return state_of(self.counted, is_reviewed=self.is_marked, omitted=self.omitted)

    @property
    def disagreement(self) -> str:
        """What to say when somebody ticked it and the data say that something is missing."""
        if not self.is_marked or self.state is not PartState.REVIEWED:
            return ""
        return f"Marcado a mano; los datos dicen que falta {self.missing or 'algo'}."


@dataclass(frozen=True)
class SessionFacts:
    """What is known of one session: dates and who facilitates are those of its carta."""

    key: str
    hours: int
    on_path: bool = True  # recommended for the level; every session while the level is undecided
    skip_reason: str = ""  # not empty: the session is omitted, for this reason
    has_carta: bool = False
    day: date | None = None  # its first
    facilitators: str = ""
    was_held: bool = False  # somebody's attendance is noted, and its day has come
    worksheets: tuple[Worksheet, ...] = ()
    products: tuple[Product, ...] = ()
    omitted: Mapping[str, str] = field(default_factory=dict)  # {activity: reason} of what the carta leaves out

    @property
    def counts(self) -> bool:
        return self.on_path and not self.skip_reason


@dataclass(frozen=True)
class ClosingProduct:
    """A final product of the process; `share` 0–1 says how finished, `is_asked` whether this organisation owes it."""

    key: str
    title: str
    share: float = 0.0
    is_asked: bool = True
    missing: str = ""

    @property
    def state(self) -> PartState:
        return state_of(self.share)


@dataclass(frozen=True)
class Part:
    label: str
    share: float
    state: PartState


@dataclass(frozen=True)
class SessionProgress:
    facts: SessionFacts
    share: float
    parts: tuple[Part, ...]
    level_decided: bool = True

    @property
    def percent(self) -> int:
        return _percent(self.share)

    @property
    def state(self) -> PartState:
        if self.facts.skip_reason:
            return PartState.OMITTED
        return joined(part.state for part in self.parts)

    @property
    def place(self) -> str:
        """What the session is for the level, beside its state; nothing while the level is undecided."""
        if not self.level_decided:
            return ""
        return RECOMMENDED if self.facts.on_path else OPTIONAL

    @property
    def products_done(self) -> int:
        return sum(product.is_done for product in self.facts.products)

    @property
    def products_asked(self) -> int:
        return sum(not product.omitted for product in self.facts.products)

    @property
    def products_words(self) -> str:
        """«2 de 3 productos listos», or «sin productos» where all are omitted."""
        asked = self.products_asked
        return f"{self.products_done} de {asked} {'producto listo' if asked == 1 else 'productos listos'}"

    def worksheet(self, key: str) -> Worksheet | None:
        return next((one for one in self.facts.worksheets if one.key == key), None)


@dataclass(frozen=True)
class MomentProgress:
    """One momento. `share` is None when there is nothing to do in it."""

    key: Momento
    title: str
    weight: int
    share: float | None
    state: PartState
    sessions: tuple[SessionProgress, ...] = ()
    products: tuple[ClosingProduct, ...] = ()

    @property
    def percent(self) -> int | None:
        return None if self.share is None else _percent(self.share)


@dataclass(frozen=True)
class Facts:
    """All that `measure` looks at, gathered by `measuring.py`."""

    slug: str = ""  # of the organisation, for the addresses of steps
    level: str = ""
    level_assessed: bool = False
    weights: Sequence[int] = DEFAULT_WEIGHTS
    sessions: tuple[SessionFacts, ...] = ()
    guide: SessionFacts | None = None  # Annex 3, a way to do Session 2: shown, never counted
    products: tuple[ClosingProduct, ...] = ()
    thread: tuple[Stop, ...] = ()
    now: tuple[Step, ...] = ()
    plan: tuple[Step, ...] = ()
    today: date | None = None


@dataclass(frozen=True)
class Measure:
    """How far an organisation is, in everything that any page shows of it."""

    facts: Facts
    moments: tuple[MomentProgress, ...]
    share: float
    guide: SessionProgress | None = None

    @property
    def percent(self) -> int:
        """Whole percentage; 100 only when everything is done."""
        return _percent(self.share)

    @property
    def level(self) -> str:
        return self.facts.level

    @property
    def level_label(self) -> str:
        return LEVELS.get(self.facts.level, "")

    @property
    def state(self) -> PartState:
        return joined(moment.state for moment in self.moments)

    @property
    def asks_plan(self) -> bool:
        """Whether this organisation owes a Plan: by its level, or because it went on to Session 6."""
        return self.product("plan").is_asked

    @property
    def thread(self) -> tuple[Stop, ...]:
        return self.facts.thread

    @property
    def stops_asked(self) -> int:
        return sum(stop.is_asked for stop in self.thread)

    @property
    def stops_done(self) -> int:
        return sum(stop.is_asked and stop.is_done for stop in self.thread)

    @property
    def stops_open(self) -> tuple[Stop, ...]:
        """Those of the thread that are asked and not done, but for what was omitted or called reviewed as it is."""
        settled = {one.key for each in self.sessions for one in each.facts.worksheets if one.state.is_settled}
        return tuple(
            stop for stop in self.thread if stop.is_asked and not stop.is_done and stop.activity not in settled
        )

    @property
    def stop_next(self) -> Stop | None:
        return next(iter(self.stops_open), None)

    @property
    def sessions(self) -> tuple[SessionProgress, ...]:
        return tuple(one for moment in self.moments for one in moment.sessions)

    def session(self, key: str) -> SessionProgress | None:
        """One of the six sessions or the guide «M»."""
        every = (*self.sessions, *filter(None, (self.guide,)))
        return next((one for one in every if one.facts.key == key), None)

    def product(self, key: str) -> ClosingProduct:
        return next(one for one in self.facts.products if one.key == key)


def closing_products(
    level: str, *, route=0.0, system_map=0.0, ally_routes=0.0, plan=0.0, goes_on=False, missing=None
) -> tuple[ClosingProduct, ...]:
    """The four products of the Cierre with their shares; which are asked follows from the level (domain §1.6).

    `goes_on`: a básico or intermedio that chose to go on to Session 6. While the level is undecided all are asked.
    `missing` says in words what each lacks, by its key.
    """
    advanced, said = level == "advanced", missing or {}
    asks_plan = advanced or goes_on or not level
    rows = (
        ("ruta", "Ruta Crítica adaptada a la organización", route, True),
        ("mapa", "Mapa de sistema detallado", system_map, True),
        ("rutas-de-aliados", "Ruta Crítica aplicada a potenciales aliados", ally_routes, not advanced),
        ("plan", "Mapeo de Resultados y Plan de Alianzas Estratégicas", plan, asks_plan),
    )
    return tuple(ClosingProduct(*row, missing=said.get(row[0], "")) for row in rows)


def session_progress(facts: SessionFacts, level_decided: bool = True) -> SessionProgress:
    """How far one session is: the mean of the parts that it has."""
    parts = [_plain("Carta descriptiva", facts.has_carta), _plain("Sesión realizada", facts.was_held)]
    if sheets := [one for one in facts.worksheets if one.counts]:
        share = _ratio(sum(one.done for one in sheets), sum(one.asked for one in sheets))
        parts.append(Part("Planillas", share, joined(one.state for one in sheets)))
    if products := [one for one in facts.products if not one.omitted]:
        share = _ratio(sum(one.counted for one in products), len(products))
        parts.append(Part("Productos", share, joined(one.state for one in products)))
    return SessionProgress(facts, _weighted((part.share, 1) for part in parts), tuple(parts), level_decided)


def _plain(label, is_there):
    return Part(label, float(is_there), state_of(float(is_there)))


def measure(facts: Facts) -> Measure:
    """Everything that is shown of how far an organisation is. Raises WeightsError."""
    weights, decided = checked_weights(facts.weights), bool(facts.level)
    every = tuple(session_progress(one, decided) for one in facts.sessions)
    own = {
        momento: tuple(one for one in every if one.facts.key in keys) for momento, keys in COMPONENT_SESSIONS.items()
    }
    shares = {"recuperacion": (decided + facts.level_assessed) / 2, "cierre": _closing_share(facts.products)}
    shares |= {momento: _sessions_share(sessions) for momento, sessions in own.items()}
    states = {"recuperacion": state_of(shares["recuperacion"])}
    states["cierre"] = joined(one.state for one in facts.products if one.is_asked)
    states |= {momento: _sessions_state(sessions) for momento, sessions in own.items()}
    moments = tuple(
        MomentProgress(
            key,
            title,
            weight,
            shares[key],
            states[key],
            sessions=own.get(key, ()),
            products=facts.products if key == "cierre" else (),
        )
        for (key, title), weight in zip(TITLES.items(), weights, strict=True)
    )
    share = _weighted((one.share, one.weight) for one in moments if one.share is not None) or 0.0
    guide = session_progress(facts.guide, level_decided=False) if facts.guide else None
    return Measure(facts, moments, share, guide)


def _sessions_share(sessions):
    return _weighted((one.share, one.facts.hours) for one in sessions if one.facts.counts)


def _sessions_state(sessions):
    """Of those that count; where none does, all are omitted."""
    counted = [one.state for one in sessions if one.facts.counts]
    return joined(counted) if counted else PartState.OMITTED


def _closing_share(products: Iterable[ClosingProduct]):
    return _weighted((min(max(one.share, 0.0), 1.0), 1) for one in products if one.is_asked)


def _weighted(pairs) -> float | None:
    """Mean of shares by weight; None when nothing weighs."""
    pairs = [(share, weight) for share, weight in pairs if weight]
    total = sum(weight for _, weight in pairs)
    if not total:
        return None
    if all(share >= 1 for share, _ in pairs):
        return 1.0  # a float sum could stop just below
    return min(sum(share * weight for share, weight in pairs) / total, 1.0)


def _ratio(done, of):
    return min(max(done / of, 0.0), 1.0)


def _percent(share):
    return 100 if share >= 1 else min(round(100 * share), 99)
