"""The list of commitments as Excel and PDF."""

from django.utils import timezone

from alianzas.dates import show_date
from alianzas.exports.base import Deliverable, register
from alianzas.exports.blocks import Column, Document, Heading, Paragraph, Row, Table
from alianzas.identity import document_of

from . import queries

KEY, TITLE = "compromisos", "Compromisos"
COLUMNS = (
    Column("title", "Qué se hará", 6, row_header=True),
    Column("responsible", "Responsable", 3),
    Column("due_date", "Fecha", 2),
    Column("status", "Estado", 2),
    Column("source", "De dónde viene", 3),
)


def document(org) -> Document:
    today = timezone.localdate()
    rows = []
    for group in queries.grouped(queries.entries(today)):
        rows.append(Row(f"grupo-{group.key}", (f"{group.label} ({len(group.entries)})", "", None, "", ""), header=True))
        rows += [_row(one) for one in group.entries]
    table = Table(key=KEY, columns=COLUMNS, rows=tuple(rows)) if rows else Paragraph("Todavía no hay compromisos.")
    blocks = (Heading(1, TITLE), Paragraph(f"Como estaban el {show_date(today)}.", "note"), table)
    return document_of(org, TITLE, blocks, orientation="landscape")


def _row(one):
    row = one.commitment
    return Row(str(row.pk), (one.title, one.responsible, row.due_date, row.get_status_display(), one.source.label))


register(Deliverable(KEY, TITLE, ("xlsx", "pdf"), document))
