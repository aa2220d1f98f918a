"""What the Plan still lacks, and where to fill it in. Pure: reads a `PlanData`, asks nothing of the database."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Missing:
    """`url_name` and `args` (after the organisation's slug) say where it is filled in."""

    text: str
    url_name: str
    args: tuple = ()


def missing(data) -> list[Missing]:
    """In the order of the document; empty when the Plan can be handed over."""
    return [*_of_the_record(data), *_of_the_diagnosis(data), *_of_the_outcomes(data)]


def _of_the_record(data):
    org = data.organization
    if not org.logo:
        yield Missing("Falta el logotipo para la portada.", "organizacion")
    if not data.plan.semblanza and not (org.mission and org.vision):
        yield Missing("Faltan la misión y la visión, o una semblanza propia.", "organizacion")
    if not data.participants:
        yield Missing("Falta decir quiénes participaron en la Sesión 6.", "participantes")
    if not data.actors:
        yield Missing("El mapa todavía no tiene actores.", "mapa")
    unplaced = sum(not actor.is_placed for actor in data.actors)
    if unplaced:
        yield Missing(f"Actores sin relación o sin resultado, fuera del mapa: {unplaced}.", "mapa")


def _of_the_diagnosis(data):
    if not data.diagnosis:
        yield Missing("Faltan las líneas de acción.", "organizacion")
    for one in data.diagnosis:
        if not (one.works or one.did_not or one.could):
            yield Missing(f"La línea «{one.line}» no tiene estrategias.", "resultados")
        unexplained = sum(not strategy.whys for strategy in [*one.works, *one.did_not])
        if unexplained:
            yield Missing(f"En «{one.line}» hay estrategias sin su porqué: {unexplained}.", "resultados")


def _of_the_outcomes(data):
    if not data.axes:
        yield Missing("Faltan las estrategias prioritarias.", "prioridades")
    for axis in data.axes:
        if not axis.allies:
            yield Missing(f"«{axis.strategy}» no tiene potenciales aliados.", "mapa-de-resultados")
        for ally in axis.allies:
            where = ("renglon", (ally.row.pk,))
            for one in ally.horizons:
                if not one.markers:
                    yield Missing(f"{ally.row.ally}: falta un indicador a {one.horizon.label.lower()}.", *where)
                open_ended = sum(not (activity.responsible and activity.due_date) for activity in one.activities)
                if open_ended:
                    yield Missing(
                        f"{ally.row.ally}: actividades a {one.horizon.label.lower()} sin responsable o sin fecha: "
                        f"{open_ended}.",
                        *where,
                    )
