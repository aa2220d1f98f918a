"""The one next step of an organisation, for whoever asks. No queries.

Steps are told in order: what is open now (a vote, a workshop), the ficha, the level, the sessions as their day comes,
the thread that leads to the Plan, what the Plan lacks, and what sessions and final products still lack. There is none
only when nothing more is expected of anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from alianzas.dates import show_date

from .evidence import Step
from .moments import Measure, SessionProgress
from .states import PartState

EDITS = frozenset({"facilitator", "editor"})
FACILITATES = frozenset({"facilitator"})
WHO = {"edit": "quien facilita o edita", "facilitate": "quien facilita"}
FIRST_STOP = "ficha"


@dataclass(frozen=True)
class NextStep:
    """What comes next for somebody. `is_mine` says whether they may do it; else `whose` says who does."""

    title: str
    detail: str
    url: str
    is_mine: bool
    whose: str


def next_step(measure: Measure, role: str, done: frozenset[str] = frozenset()) -> NextStep | None:
    """The first step that somebody with this role may do; whoever may do none is told the first and who does it.

    `role` is an `OrgRole` value or "manager"; `done` are the keys of steps that this person has done, such as their
    vote. None when nothing is left to do.
    """
    first = None
    for step in steps(measure):
        if step.key in done:
            continue
        if role in (FACILITATES if step.who == "facilitate" else EDITS):
            return _told(step, measure.facts.slug, is_mine=True)
        first = first or step
    return _told(first, measure.facts.slug, is_mine=False) if first else None


def _told(step, slug, is_mine):
    url_name, args = (step.url_name, step.args) if is_mine or not step.seen_at else step.seen_at
    url = reverse(url_name, args=[slug, *args]) + (f"#{step.anchor}" if step.anchor else "")
    return NextStep(step.title, step.detail, url, is_mine, WHO[step.who])


def steps(measure: Measure) -> Iterator[Step]:
    """Everything that is left to do, the most urgent first."""
    yield from measure.facts.now
    stops = measure.stops_open
    yield from (_of_stop(stop) for stop in stops if stop.key == FIRST_STOP)
    yield from _of_the_level(measure)
    counted = [one for one in measure.sessions if one.facts.counts]
    for one in counted:
        yield from _of_a_session(one, measure.facts.today)
    yield from (_of_stop(stop) for stop in stops if stop.key != FIRST_STOP)
    if measure.asks_plan:
        yield from measure.facts.plan
    for one in counted:
        yield from _of_its_papers(one)
    yield from _of_the_close(measure)


def _of_stop(stop):
    return Step(stop.title, stop.detail, stop.url_name)


def _of_the_level(measure):
    facts = {"url_name": "nivel", "who": "facilitate"}
    if not measure.level:
        detail = "Con seis preguntas se sugiere el nivel y el camino de sesiones."
        yield Step("Recuperación de aprendizajes", detail, **facts)
    elif not measure.facts.level_assessed:
        detail = "El nivel ya está decidido: responde las seis preguntas que lo sostienen."
        yield Step("Recuperación de aprendizajes", detail, **facts)


def _of_a_session(one: SessionProgress, today) -> Iterator[Step]:
    """What its day asks for: before it, to be prepared; on it, to be held; after it, to be written down."""
    facts, key = one.facts, one.facts.key
    if facts.was_held:
        return
    prepare = f"Prepara la Sesión {key}"
    if not facts.has_carta:
        yield Step(prepare, "Ajusta tiempos, lugar y participantes de la carta descriptiva.", "carta", (key,))
    elif facts.day is None:
        detail = "Ponle fecha en la carta descriptiva; si ya fue, anota quiénes asistieron en su registro."
        yield Step(prepare, detail, "carta", (key,))
    elif facts.day > today:
        detail = f"Es el {show_date(facts.day)}: descarga el kit y revisa la carta."
        yield Step(prepare, detail, "sesion", (key,))
    elif facts.day == today:
        detail = "Abre el taller en vivo cuando llegue el grupo."
        seen = ("sesion", (key,))
        yield Step(f"Hoy es la Sesión {key}", detail, "taller", (key,), who="facilitate", seen_at=seen)
        yield Step(f"Hoy es la Sesión {key}", "Ten a la mano sus planillas.", "planillas", (key,))
    else:
        detail = "Anota quiénes asistieron, las fotos y los siguientes pasos."
        yield Step(f"Registra la Sesión {key}", detail, "registro", (key,))


def _of_its_papers(one: SessionProgress) -> Iterator[Step]:
    """What of a session still lacks something, and nobody called reviewed."""
    key = one.facts.key
    if not one.facts.has_carta:
        detail = "La sesión ya se realizó: guarda su carta descriptiva como fue."
        yield Step(f"Completa la carta de la Sesión {key}", detail, "carta", (key,))
    for sheet in one.facts.worksheets:
        if sheet.counts and not sheet.state.is_settled:
            detail = f"{sheet.title}: {sheet.answered} de {sheet.asked}. Si así se queda, márcala como revisada."
            yield Step(f"Completa las planillas de la Sesión {key}", detail, "planilla", (key, sheet.key))
    for product in one.facts.products:
        if not product.state.is_settled:
            detail = f"{product.title}: falta {product.missing}." if product.missing else f"{product.title}."
            yield Step(f"Revisa los productos de la Sesión {key}", detail, "registro", (key,), anchor="productos")


def _of_the_close(measure):
    places = {"ruta": "ruta", "mapa": "mapa", "rutas-de-aliados": "aliados"}
    for product in measure.facts.products:
        if product.is_asked and product.key in places and product.state is not PartState.DONE:
            detail = f"Falta {product.missing}." if product.missing else "Es un producto final del proceso."
            yield Step(product.title, detail, places[product.key])
