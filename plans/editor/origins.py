"""Where each variable line of the Plan comes from: the place where people said it, wrote it, voted it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from alianzas.dates import long_date
from plans.words import words
from sessions_app import curriculum

from .drafts import SECTIONS

NEXT_STEPS = "S6.7"


@dataclass(frozen=True)
class Origin:
    label: str
    url: str


@dataclass(frozen=True)
class Line:
    """One line of the Plan, in the section `section`."""

    section: str
    text: str
    origin: Origin


class _Places:
    """Makes the origins of a Plan: `votes` are the candidates that got their place by vote, by their strategy.

    Who may only read has no page of one strategy: `edits` says whether this person has.
    """

    def __init__(self, slug, votes, edits):
        self.slug, self.votes, self.edits = slug, votes, edits

    def __call__(self, label, name, *args, anchor="") -> Origin:
        return Origin(label, reverse(name, args=[self.slug, *args]) + (f"#{anchor}" if anchor else ""))


def origins(data, votes: dict, *, edits: bool) -> list[Line]:
    """Every variable line of a `PlanData`, in the order of the document."""
    at, lines = _Places(data.organization.slug, votes, edits), []
    for key in SECTIONS:
        if key in data.texts:
            lines += [Line(key, text, origin) for text, origin in _of_a_text(data, key, at)]
        if key in _SECTIONS:
            lines += [Line(key, text, origin) for text, origin in _SECTIONS[key](data, at) if text]
    return lines


def by_section(lines: Iterable[Line]) -> dict[str, list[Line]]:
    return {key: found for key in SECTIONS if (found := [line for line in lines if line.section == key])}


def _of_a_text(data, key, at):
    text = data.texts[key]
    title = words()[key].get("name") or words()[key]["title"]
    if text.is_own:
        who = f" por {text.author}" if text.author else ""
        when = f" el {long_date(timezone.localdate(text.updated_at))}" if text.updated_at else ""
        origin = at(f"Escrito en el Plan{who}{when}", "plan", anchor=f"seccion-{key}")
        yield from ((part, origin) for part in text.shown.splitlines() if part.strip())
        return
    drafted_from = {
        "semblanza": ("Propuesto con la visión, la misión y el resultado de la ficha", "organizacion", ()),
        "purpose": ("Propuesto con el nombre y el tema de la ficha", "organizacion", ()),
        "conclusions": ("Propuesto con lo que suma el mapa de resultados", "mapa-de-resultados", ()),
    }
    label, name, args = drafted_from.get(key, (f"Texto del método para «{title}», sin cambios", "plan", ()))
    origin = at(label, name, *args, anchor="" if key in drafted_from else f"seccion-{key}")
    yield from ((part, origin) for part in text.shown.splitlines() if part.strip())


def _cover(data, at):
    ficha = at("Ficha de la organización", "organizacion")
    yield from ((text, ficha) for text in (data.organization.name, data.organization.place))


def _participants(data, at):
    came = at("Asistencia a la Sesión 6 (S6.1)", "participantes")
    yield from ((str(person), came) for person in data.participants)


def _axes(data, at):
    for place, axis in enumerate(data.axes, 1):
        label = f"Priorización de la Sesión 6 (S6.5): lugar {place}"
        if won := at.votes.get(axis.strategy.pk):
            yield (
                axis.strategy.text,
                at(f"{label}, con {won.votes} votos en la ronda {won.round.number}", "votacion", won.round_id),
            )
        else:
            yield axis.strategy.text, at(label, "prioridades")


def _map(data, at):
    yield data.organization.desired_result, at("Ficha de la organización", "organizacion")
    matrix = at("Matriz de las 5R (M.3 a M.7)", "matriz")
    yield from ((actor.name, matrix) for actor in data.actors)


def _lines(data, at):
    for one in data.diagnosis:
        ficha = at("Línea de acción de la ficha", "linea", one.line.pk)
        yield one.line.name, ficha
        yield one.line.description, ficha
        for strategy in [*one.works, *one.did_not, *one.could]:
            yield strategy.text, _of_a_voice(strategy, strategy, at)
            yield from ((voice.why, _of_a_voice(voice, strategy, at)) for voice in strategy.voices)


def _of_a_voice(voice, strategy, at):
    """What one person said, on the page of the strategy that it was joined into."""
    label = f"{voice.provenance}; la aportó {voice.author}" if voice.author else voice.provenance
    if at.edits:
        return at(label, "estrategia", strategy.pk)
    return at(label, "resultados", anchor=f"linea-{strategy.line_id}")


def _outcomes(data, at):
    yield data.organization.mission, at("Ficha de la organización", "organizacion")
    for axis in data.axes:
        yield axis.strategy.text, _of_a_voice(axis.strategy, axis.strategy, at)
        for ally in axis.allies:
            yield from _of_an_ally(ally, at)


def _of_an_ally(ally, at):
    row = ally.row
    if row.ally.actor_id:
        yield str(row.ally), at("Actor del mapa elegido como potencial aliado", "actor", row.ally.actor_id)
    else:
        yield str(row.ally), at("Aliado nuevo, que no está en el mapa", "aliado", row.ally_id)
    there = at(f"Mapa de resultados (S6.6), renglón de {row.ally}", "renglon", row.pk)
    yield row.objective, there
    for one in ally.horizons:
        for marker in one.markers:
            yield marker.text, there
            yield marker.who_changes, there
        for activity in one.activities:
            yield activity.title, there
            yield activity.responsible, there


def _next_steps(data, at):
    for step in data.next_steps:
        written = step.source == NEXT_STEPS
        place = ("registro", "6") if written else ("planilla", "6", NEXT_STEPS)
        origin = at("Cierre de la Sesión 6 (S6.7)", *place)
        yield step.title, origin
        yield step.responsible, origin


def _conclusions(data, at):
    said = at("Aprendizajes del análisis del mapa (M.8)", "planilla", "M", "M.8")
    yield from ((text, said) for text in (*data.lessons.successes, *data.lessons.mistakes))


def _photos(data, at):
    for photo in data.photos:
        yield photo.caption, at(_of_a_photo(photo), "cambiar-foto", photo.pk)


def _of_a_photo(photo):
    try:
        return f"Foto de «{curriculum.activity(photo.activity_key).title}» ({photo.activity_key})"
    except KeyError:
        return "Foto del proceso"


_SECTIONS = {
    "cover": _cover,
    "participants": _participants,
    "axes": _axes,
    "map": _map,
    "lines": _lines,
    "outcomes": _outcomes,
    "next_steps": _next_steps,
    "conclusions": _conclusions,
    "photos": _photos,
}
