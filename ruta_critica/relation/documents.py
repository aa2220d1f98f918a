"""What the relation with an ally hands over: its journal, and the blank sheet of its health. Health and trust never."""

from collections.abc import Iterable, Iterator

from alianzas.exports.base import Deliverable
from alianzas.exports.blocks import Block, Column, Document, Heading, Paragraph, Row, Table
from alianzas.identity import document_of
from ruta_critica.drafts import LINE, NO_ALLIES
from ruta_critica.models import Ally
from ruta_critica.queries import allies_in_order

from . import health, queries

JOURNAL_COLUMNS = (
    Column("on", "Fecha", 1.6, row_header=True),
    Column("kind", "Qué es", 1.7),
    Column("medium", "Medio", 1.5),
    Column("text", "Qué pasó", 5),
    Column("responsible", "Responsable", 2),
    Column("due", "Para cuándo", 1.6),
    Column("status", "Cómo va", 1.5),
)
HEALTH_COLUMNS = (
    Column("domain", "Punto", 2.8, row_header=True),
    *(Column(state, f"{health.SHAPES[state]} {health.WORDS[state]}", 2) for state in health.STATES),
    Column("why", "Por qué", 3.2),
)
NOTHING_YET = "Todavía no hay nada anotado en su bitácora."
HOW_TO = (
    "Cada parte contesta por su lado: encierren la frase que más se parezca a lo que viven y digan por qué. "
    "Después comparen las dos hojas para entenderse, no para buscar culpables."
)


def journal_document(org, allies: Iterable[Ally] | None = None) -> Document:
    """The journal of each ally, newest first; one sheet each in Excel."""
    chosen = list(allies_in_order() if allies is None else allies)
    blocks: list[Block] = []
    for ally in chosen:
        rows = [_journal_row(one) for one in queries.with_promises(queries.journal(ally))]
        table = Table(f"bitacora-{ally.pk}", JOURNAL_COLUMNS, tuple(rows), caption=f"Bitácora: {ally}")
        blocks += [Heading(1, f"{ally}"), table if rows else Paragraph(NOTHING_YET)]
    return document_of(
        org, "Bitácora de aliados", blocks or [Heading(1, "Bitácora"), Paragraph(NO_ALLIES)], orientation="landscape"
    )


def _journal_row(entry):
    promise = getattr(entry, "promise", None)
    return Row(
        f"{entry.key}",
        (
            entry.on,
            entry.get_kind_display(),
            entry.get_medium_display(),
            entry.text,
            entry.responsible,
            entry.due_date,
            promise.get_status_display() if promise else "",
        ),
    )


def blank_document(org, allies: Iterable[Ally] | None = None) -> Document:
    """A sheet to look at the alliance for each side, to fill in by hand."""
    blocks: list[Block] = []
    for ally in [None] if allies is None else allies:
        whose = f"{ally}" if ally else "El aliado"
        for side in (org.name, whose):
            other = whose if side == org.name else org.name
            blocks += _blank(side, other, page_break=bool(blocks))
    return document_of(org, "Salud de la alianza", blocks)


def _blank(side, other, page_break) -> Iterator[Block]:
    yield Heading(1, f"Cómo la ve {side}", page_break=page_break)
    yield Paragraph(HOW_TO)
    yield Paragraph(f"Alianza con: {other}\nFecha: {LINE}  Quién contesta: {LINE}")
    rows = [
        Row(f"{one.key}", (f"{one.title}. {one.question}", one.green, one.amber, one.red, ""))
        for one in health.domains()
    ]
    yield Table(f"salud-{'despues' if page_break else 'antes'}", HEALTH_COLUMNS, tuple(rows))


DOCUMENTS = {
    one.key: one
    for one in (
        Deliverable("bitacora-aliado", "Bitácora de aliados", ("docx", "xlsx"), journal_document, editors_only=True),
        Deliverable("salud-aliado", "Hoja de salud de la alianza", ("pdf",), blank_document),
    )
}
