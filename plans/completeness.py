"""What the Plan still lacks, and where to fill it in. Pure: reads a `PlanData`, asks nothing of the database."""

from dataclasses import dataclass

WORKED = ("participants", "map", "lines", "axes", "outcomes", "next_steps")


@dataclass(frozen=True)
class Missing:
    """`section` is the key of the part of the Plan; `url_name` and `args` (after the organisation's slug) say where
    it is filled in, and `anchor` at which place of that page."""

    section: str
    text: str
    url_name: str
    args: tuple = ()
    anchor: str = ""


def missing(data) -> list[Missing]:
    """In the order of the document; empty when the Plan can be handed over."""
    return [
        *_of_the_organization(data),
        *_of_the_map(data),
        *_of_the_diagnosis(data),
        *_of_the_outcomes(data),
        *_of_the_close(data),
        *_of_the_texts(data),
    ]


def share(data) -> float:
    """How much of the Plan is there, 0 to 1: the parts that are worked in sessions, all alike. 1 only when whole."""
    lacking = missing(data)
    if not lacking:
        return 1.0
    without = incomplete(data, lacking)
    return min(sum(key not in without for key in WORKED) / len(WORKED), 0.99)


def incomplete(data, lacking: list[Missing]) -> set[str]:
    """The parts that are not whole: those that lack something, and the outcome map while there is nothing to map."""
    return {one.section for one in lacking} | (set() if data.axes else {"outcomes"})


def begun(data) -> set[str]:
    """The parts that hold something of the organisation's own, whole or not."""
    org, texts = data.organization, data.texts
    there = {
        "cover": org.logo,
        "semblanza": org.mission or org.vision,
        "participants": data.participants,
        "map": data.actors,
        "lines": data.diagnosis,
        "axes": data.axes,
        "outcomes": any(axis.allies for axis in data.axes),
        "next_steps": data.next_steps,
    }
    return {key for key, is_there in there.items() if is_there} | {key for key, text in texts.items() if text.is_own}


def _of_the_organization(data):
    org = data.organization
    if not org.logo:
        yield Missing("cover", "Falta el logotipo para la portada.", "organizacion")
    if not data.texts["semblanza"].is_own and not (org.mission and org.vision):
        yield Missing("semblanza", "Faltan la misión y la visión, o una semblanza propia.", "organizacion")
    if not data.participants:
        yield Missing("participants", "Falta decir quiénes participaron en la Sesión 6.", "participantes")


def _of_the_map(data):
    if not data.actors:
        yield Missing("map", "El mapa todavía no tiene actores.", "mapa")
    unplaced = sum(not actor.is_placed for actor in data.actors)
    if unplaced:
        yield Missing("map", f"Actores sin relación o sin resultado, fuera del mapa: {unplaced}.", "mapa")


def _of_the_diagnosis(data):
    if not data.diagnosis:
        yield Missing("lines", "Faltan las líneas de acción.", "organizacion")
    for one in data.diagnosis:
        if not (one.works or one.did_not or one.could):
            yield Missing("lines", f"La línea «{one.line}» no tiene estrategias.", "resultados")
        unexplained = sum(not (strategy.whys or strategy.told_in) for strategy in [*one.works, *one.did_not])
        if unexplained:
            yield Missing("lines", f"En «{one.line}» hay estrategias sin su porqué: {unexplained}.", "resultados")


def _of_the_outcomes(data):
    if not data.axes:
        yield Missing("axes", "Faltan las estrategias prioritarias.", "prioridades")
    for axis in data.axes:
        if not axis.allies:
            yield Missing("outcomes", f"«{axis.strategy}» no tiene potenciales aliados.", "mapa-de-resultados")
        for ally in axis.allies:
            for text in _of_an_ally(ally):
                yield Missing("outcomes", f"{ally.row.ally}: {text}", "renglon", (ally.row.pk,))


def _of_an_ally(ally):
    if not ally.row.objective.strip():
        yield "falta el objetivo de la alianza."
    if not any(one.activities for one in ally.horizons):
        yield "falta al menos una actividad para consolidar la alianza."
    for one in ally.horizons:
        term = one.horizon.label.lower()
        if not one.markers:
            yield f"falta un indicador a {term}."
        open_ended = sum(not (activity.responsible and activity.due_date) for activity in one.activities)
        if open_ended:
            yield f"actividades a {term} sin responsable o sin fecha: {open_ended}."


def _of_the_close(data):
    where = ("registro", ("6",))
    if not data.next_steps:
        yield Missing("next_steps", "Faltan los siguientes pasos que acordó el equipo.", *where)
    open_ended = sum(not (step.responsible and step.due_date) for step in data.next_steps)
    if open_ended:
        yield Missing("next_steps", f"Siguientes pasos sin responsable o sin fecha: {open_ended}.", *where)


def _of_the_texts(data):
    for key, text in data.texts.items():
        if text.has_changed:
            said = "Los datos cambiaron desde que escribieron este texto: revísenlo."
            yield Missing(key, said, "plan", anchor=f"seccion-{key}")
