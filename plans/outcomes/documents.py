"""The outcome map as documents: PDF and Excel with every fact, and the poster that hangs on the wall (S6.6)."""

from alianzas.exports.base import Deliverable, register
from alianzas.exports.blocks import Callout, Column, Document, Heading, Paragraph, Row, Table
from alianzas.identity import document_of
from alianzas.models import Horizon
from plans import queries
from plans.words import words

TITLE = "Mapa de resultados"
COLUMNS = (
    Column("ally", "Potencial aliado", 2.4, row_header=True),
    Column("objective", "Objetivo de la alianza", 3.6),
    Column("horizon", "Plazo", 1.9),
    Column("markers", "¿Cómo sabremos que avanzamos?", 4),
    Column("activity", "Actividad", 3.6),
    Column("responsible", "Responsable", 2.2),
    Column("due_date", "Fecha", 1.8),
)


def outcome_document(org) -> Document:
    """Mission on top, then a table for each priority strategy."""
    blocks = [Heading(1, TITLE), *_mission(org)]
    axes = _axes(org)
    for number, axis in enumerate(axes, 1):
        rows = [row for ally in axis.allies for row in _rows(ally)]
        blocks.append(Heading(2, f"{number}. {axis.strategy.text}"))
        blocks.append(Table(key=f"resultados-{axis.strategy.pk}", columns=COLUMNS, rows=tuple(rows)))
    blocks += _nothing_yet(axes)
    return document_of(org, TITLE, blocks, orientation="landscape")


def poster_document(org) -> Document:
    """The flipchart of the session: a column for each term, to be read from three metres."""
    labels = org.horizon_labels
    columns = (
        Column("ally", "Potencial aliado", 2, row_header=True),
        Column("objective", "Objetivo de la alianza", 3),
        *(Column(horizon.value, labels[horizon], 3.2) for horizon in Horizon),
    )
    blocks = [Heading(1, f"{TITLE} de {org.name}"), *_mission(org)]
    axes = _axes(org)
    for number, axis in enumerate(axes, 1):
        rows = tuple(
            Row(
                str(ally.row.pk),
                (str(ally.row.ally), ally.row.objective, *(_markers(one) for one in ally.horizons)),
            )
            for ally in axis.allies
        )
        blocks.append(Heading(2, f"{number}. {axis.strategy.text}"))
        blocks.append(Table(key=f"cartel-{axis.strategy.pk}", columns=columns, rows=rows))
    blocks += _nothing_yet(axes)
    return document_of(org, f"{TITLE}, cartel", blocks, page_size="Poster", bare=True)


def _axes(org):
    return queries.outcome_map(org, queries.ranking(queries.strategies())[0])


def _mission(org):
    return [Callout("Misión", org.mission)] if org.mission else []


def _nothing_yet(axes):
    return [] if axes else [Paragraph(words()["axes"]["none"], "note")]


def _rows(ally):
    """One row for each activity; the ally and the objective are said once, the markers once for each term."""
    is_first = True
    for one in ally.horizons:
        for number, activity in enumerate(one.activities or [None]):
            yield Row(
                f"{ally.row.pk}-{one.horizon.value}-{activity.pk if activity else 0}",
                (
                    str(ally.row.ally),
                    ally.row.objective if is_first else "",
                    one.label,
                    _markers(one) if number == 0 else (),
                    activity.title if activity else "",
                    activity.responsible if activity else "",
                    activity.due_date if activity else None,
                ),
            )
            is_first = False


def _markers(one):
    return tuple(marker.said for marker in one.markers)


register(Deliverable("mapa-de-resultados", TITLE, ("pdf", "xlsx"), outcome_document))
register(Deliverable("mapa-de-resultados-cartel", f"{TITLE} para la pared", ("pdf",), poster_document))
