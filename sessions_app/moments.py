"""How far an organisation is in each of the four momentos and in all of them (domain §1.5, §1.6, K-05). No Django here.

Progress is computed, never typed. What is counted:

- Recuperación: the level is decided, and the questionnaire behind it is answered. Half each.
- Capacidades (Sessions 1–3) and Trabajo (4–6): the sessions that count, each with the weight of its temario hours.
  Inside a session every part that it has weighs the same: carta prepared, session held, worksheets answered, products
  marked. A session counts when it is on the path of the level and is not skipped.
- Cierre: the final products that are asked of this organisation, all alike.

What does not count leaves the sum: a momento without anything to do has no share (None), and its weight leaves the
total. The weights are percentages of the bar, never hours (K-05).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

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
class SessionFacts:
    """What is known of one session. Counts of 0 mean that there is nothing of the kind to do."""

    key: str
    hours: int
    on_path: bool = True  # recommended for the level; every session while the level is undecided
    skip_reason: str = ""  # not empty: the session is skipped, for this reason
    has_carta: bool = False
    was_held: bool = False  # somebody's attendance is noted, or a run exists
    prompts: int = 0
    answered: int = 0
    products: int = 0
    products_done: int = 0

    @property
    def counts(self) -> bool:
        return self.on_path and not self.skip_reason

    @property
    def has_begun(self) -> bool:
        return bool(self.has_carta or self.was_held or self.answered or self.products_done)


@dataclass(frozen=True)
class ClosingProduct:
    """A final product of the process; `share` 0–1 says how finished, `asked` whether this organisation owes it."""

    key: str
    title: str
    share: float = 0.0
    asked: bool = True

    @property
    def state(self) -> str:
        if self.share >= 1:
            return "Listo"
        return "En curso" if self.share > 0 else "Pendiente"


@dataclass(frozen=True)
class Part:
    label: str
    share: float


@dataclass(frozen=True)
class SessionProgress:
    facts: SessionFacts
    share: float
    parts: tuple[Part, ...]

    @property
    def percent(self) -> int:
        return round(100 * self.share)

    @property
    def state(self) -> str:
        """The session in a word."""
        if self.facts.skip_reason:
            return "Omitida"
        if self.share >= 1:
            return "Lista"
        if self.facts.has_begun:
            return "En curso"
        return "Recomendada" if self.facts.on_path else "Abierta"


@dataclass(frozen=True)
class MomentProgress:
    """One momento. `share` is None when there is nothing to do in it."""

    key: Momento
    title: str
    weight: int
    share: float | None
    sessions: tuple[SessionProgress, ...] = ()
    products: tuple[ClosingProduct, ...] = ()

    @property
    def percent(self) -> int | None:
        return None if self.share is None else round(100 * self.share)


@dataclass(frozen=True)
class ProcessProgress:
    moments: tuple[MomentProgress, ...]
    share: float

    @property
    def percent(self) -> int:
        """Whole percentage; 100 only when everything is done."""
        return 100 if self.share >= 1 else min(round(100 * self.share), 99)


def closing_products(
    level: str, *, route=0.0, system_map=0.0, ally_routes=0.0, plan=0.0, goes_on=False
) -> tuple[ClosingProduct, ...]:
    """The four products of the Cierre with their shares; which are asked follows from the level (domain §1.6).

    `goes_on`: a básico or intermedio that chose to go on to Session 6. While the level is undecided all are asked.
    """
    advanced = level == "advanced"
    return (
        ClosingProduct("ruta", "Ruta Crítica adaptada a la organización", route),
        ClosingProduct("mapa", "Mapa de sistema detallado", system_map),
        ClosingProduct(
            "rutas-de-aliados", "Ruta Crítica aplicada a los aliados potenciales", ally_routes, asked=not advanced
        ),
        ClosingProduct(
            "plan",
            "Mapeo de Resultados y Plan de Alianzas Estratégicas",
            plan,
            asked=advanced or goes_on or not level,
        ),
    )


def session_progress(facts: SessionFacts) -> SessionProgress:
    """How far one session is: the mean of the parts that it has."""
    parts = [Part("Carta descriptiva", float(facts.has_carta)), Part("Sesión realizada", float(facts.was_held))]
    if facts.prompts:
        parts.append(Part("Planillas", _ratio(facts.answered, facts.prompts)))
    if facts.products:
        parts.append(Part("Productos", _ratio(facts.products_done, facts.products)))
    return SessionProgress(facts, sum(part.share for part in parts) / len(parts), tuple(parts))


def progress(
    *,
    level_decided: bool,
    level_assessed: bool,
    sessions: Iterable[SessionFacts],
    products: Iterable[ClosingProduct],
    weights=DEFAULT_WEIGHTS,
) -> ProcessProgress:
    """The four momentos and their weighted total. Raises WeightsError."""
    weights = checked_weights(weights)
    measured = tuple(session_progress(facts) for facts in sessions)
    products = tuple(products)
    shares = {"recuperacion": (level_decided + level_assessed) / 2, "cierre": _closing_share(products)}
    own = {}
    for momento, keys in COMPONENT_SESSIONS.items():
        own[momento] = tuple(one for one in measured if one.facts.key in keys)
        shares[momento] = _sessions_share(own[momento])
    moments = tuple(
        MomentProgress(
            key,
            title,
            weight,
            shares[key],
            sessions=own.get(key, ()),
            products=products if key == "cierre" else (),
        )
        for (key, title), weight in zip(TITLES.items(), weights, strict=True)
    )
    return ProcessProgress(moments, _weighted((one.share, one.weight) for one in moments if one.share is not None) or 0)


def _sessions_share(sessions):
    return _weighted((one.share, one.facts.hours) for one in sessions if one.facts.counts)


def _closing_share(products):
    return _weighted((min(max(one.share, 0.0), 1.0), 1) for one in products if one.asked)


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
