"""The ranking as a document: the order, every round with its votes and decisions, and the Línea de Posibilidad."""

from alianzas.exports.blocks import Callout, Column, Document, Figure, Heading, Paragraph, Row, Table
from alianzas.exports.text import show
from alianzas.identity import document_of
from sysmap.words import counted

from .. import queries
from ..models import Strategy
from ..possibility import queries as possibility
from . import queries as votes
from .models import Round

TITLE = "Priorización de estrategias"
ORDER_COLUMNS = (
    Column("priority", "N.º", 1, align="right"),
    Column("strategy", "Estrategia", 5.6, row_header=True),
    Column("lines", "Líneas a las que sirve", 3.6),
    Column("status", "Estado", 2),
    Column("source", "De dónde salió", 2),
)
RESULT_COLUMNS = (
    Column("rank", "Lugar", 1.4, align="right"),
    Column("strategy", "Estrategia", 5.6, row_header=True),
    Column("lines", "Líneas a las que sirve", 3.6),
    Column("status", "Estado", 2),
    Column("votes", "Votos", 1.4, align="right"),
    Column("place", "Prioridad", 1.9, align="right"),
)
LIST_COLUMNS = RESULT_COLUMNS[1:4]


def ranking_document(org) -> Document:
    """What was voted and decided. Of an open round it says how many have voted and nothing more."""
    found = queries.strategies()
    sheets = sorted(votes.sheets(), key=lambda sheet: sheet.round.number)
    blocks = [*_order(queries.ranking(found)[0], sheets)]
    for sheet in sheets:
        blocks += _round(sheet)
    blocks += _possibility(org)
    return document_of(org, TITLE, blocks)


def _order(ranked, sheets):
    yield Heading(1, "Orden de las estrategias")
    if not ranked:
        yield Paragraph("Todavía no hay estrategias con lugar.", "note")
        return
    source = {
        placed.candidate.strategy_id: str(sheet.round)
        for sheet in sheets
        for placed in sheet.placed
        if placed.candidate.place
    }
    rows = [
        Row(
            str(one.pk),
            (
                one.priority,
                one.text,
                ", ".join(line.name for line in one.served),
                one.get_status_display(),
                source.get(one.pk, "Acuerdo del grupo"),
            ),
        )
        for one in ranked
    ]
    yield Table("prioridades", ORDER_COLUMNS, tuple(rows), caption="Estrategias prioritarias, en orden")


def _round(sheet):
    row = sheet.round
    yield Heading(1, f"{row}: {row.get_kind_display().lower()}")
    yield Paragraph(_facts(row))
    if row.state == Round.State.CANCELLED:
        yield Callout("Por qué se canceló", row.reason)
    if sheet.placed:
        yield Table(
            f"ronda-{row.number}", RESULT_COLUMNS, _results(sheet), caption=f"Resultado de la ronda {row.number}"
        )
    else:
        rows = tuple(Row(str(one.position), (one.text, ", ".join(one.lines), _status(one))) for one in sheet.candidates)
        yield Table(f"ronda-{row.number}", LIST_COLUMNS, rows, caption=f"Candidatas de la ronda {row.number}")
    for tie in sheet.ties:
        if tie.decision:
            yield Callout(f"Desempate del lugar {tie.rank}", _decision(tie))


def _facts(row):
    """The round in a few sentences."""
    until = f" y terminó el {show(row.closed_on)}" if row.closed_on else ""
    each = "un voto" if row.votes_each == 1 else f"{row.votes_each} votos"
    told = f"{row.get_state_display()}. Se abrió el {show(row.opened_on)}{until}, con {each} por persona."
    if row.is_counted:
        return f"{told} Votos de {_people(row.people)}" + (f", {row.papers} en papel." if row.papers else ".")
    return f"{told} Hasta ahora hay votos de {_people(votes.voted(row))}." if row.is_open else told


def _people(count):
    return counted(count, "persona", "personas")


def _results(sheet):
    return tuple(
        Row(
            str(one.candidate.position),
            (
                one.rank,
                one.candidate.text,
                ", ".join(one.candidate.lines),
                _status(one.candidate),
                one.candidate.votes,
                one.candidate.place,
            ),
        )
        for one in sheet.placed
    )


def _status(candidate):
    return Strategy.Status(candidate.status).label


def _decision(tie):
    order = "\n".join(f"{place}.º {one.text}" for place, one in tie.numbered)
    return f"{order}\n\n{tie.decision.reason}\n\n{tie.decision.by or 'Quien facilitaba'}"


def _possibility(org):
    shown = possibility.comparison(org, possibility.readings())
    if not shown:
        return
    yield Heading(1, "Línea de Posibilidad", page_break=True)
    moments = " y ".join(f"{row.get_moment_display().lower()} ({show(row.closed_on)})" for row in shown.readings)
    yield Paragraph(f"Dónde se colocó cada persona {moments}. No se guarda quién dijo qué.")
    yield Figure(shown.svg, f"Línea de Posibilidad de {org.name}")
    for number, one in enumerate(shown.told, 1):
        yield Heading(2, one.line.text)
        yield Paragraph("\n".join(one.sentences))
        moments = [
            Column(f"toma-{place}", row.get_moment_display(), 1.5, align="right")
            for place, row in enumerate(shown.readings, 1)
        ]
        rows = tuple(Row(str(place), cells) for place, cells in enumerate(one.table))
        columns = (Column("place", "Lugar en la línea", 3, row_header=True), *moments)
        yield Table(f"posibilidad-{number}", columns, rows, caption=f"Personas por lugar: {one.line.text}")
