"""The communication strategy with each ally (domain §6.4), from what is agreed and what still has to be."""

from collections.abc import Iterable, Iterator

from alianzas.exports.blocks import Block, Bullets, Column, Document, Paragraph, Row, Table
from alianzas.models import Commitment
from sessions_app import curriculum
from sessions_app.worksheets.merging import STATE_LABELS

from . import queries
from .drafts import CONTACT, SHORT_LINE, Draft, contacts, drafted, promises_table, words
from .models import Ally
from .promises import promises_to_share

NAME = "comunicacion"
CHECKLIST, CHANNELS, DRAFTED_BY = "S5.5.e", "S5.5.b_canales", "S5.5.e_borrador"
CHANNEL_STATES = ("works", "needs_attention", "to_implement")
SPARE_ROWS = 4
CHECKLIST_COLUMNS = (
    Column("point", "Punto", 4.4, row_header=True),
    Column("state", "Estado", 1.7),
    Column("note", "Qué falta o qué se acordó", 3),
    Column("responsible", "Responsable", 2.2),
    Column("due_date", "Fecha", 1.9),
)


def communication_document(org, allies: Iterable[Ally] | None = None) -> Document:
    """The communication strategy with each ally; what nobody said yet is a visible blank."""
    return drafted(org, NAME, allies, PARTS, CONTACT, CHECKLIST, CHANNELS, DRAFTED_BY)


def _checklist(draft: Draft) -> Iterator[Block]:
    prompt = curriculum.prompt(CHECKLIST)
    kept = queries.kept_for(draft.answers, prompt, draft.ally)
    items = kept.value["items"] if kept else {}
    gaps = _gaps(kept) if kept else {}
    rows = []
    for option in prompt.options:
        item, gap = items.get(option.key, {}), gaps.get(option.key)
        who_and_when = (gap.responsible or SHORT_LINE, gap.due_date or SHORT_LINE) if gap else ("", "")
        state = STATE_LABELS.get(item.get("state", ""), "Por revisar")
        rows.append(Row(option.key, (option.label, state, item.get("note", ""), *who_and_when)))
    yield Table(f"puntos-{draft.ally.pk}", CHECKLIST_COLUMNS, tuple(rows))
    if drafted := draft.said(DRAFTED_BY):
        yield Paragraph("El borrador de lo que falta:")
        yield from drafted


def _gaps(answer):
    """The commitment of each item that is missing."""
    begins = f"{CHECKLIST}:{answer.subject}:"
    found = Commitment.objects.filter(source__startswith=begins).exclude(status=Commitment.Status.DONE)
    return {one.source.removeprefix(begins): one for one in found}


def _channels(draft: Draft) -> Iterator[Block]:
    rows = draft.value(CHANNELS) or []
    for state in CHANNEL_STATES:
        if names := tuple(row["channel"] for row in rows if row["state"] == state and row["channel"]):
            yield Paragraph(f"{words(NAME)[state]}:")
            yield Bullets(names)


def _brand(draft: Draft) -> Iterator[Block]:
    item = (draft.value(CHECKLIST) or {}).get("items", {}).get("branding", {})
    if item.get("note"):
        yield Paragraph(item["note"])


def _work_plan(draft: Draft) -> Iterator[Block]:
    key, caption = f"entregas-{draft.ally.pk}", "Compromisos abiertos, y espacio para las entregas que se acuerden"
    yield promises_table(key, promises_to_share(draft.ally, draft.goals), caption, spare=SPARE_ROWS)


def _division(draft: Draft) -> Iterator[Block]:
    columns = (
        Column("task", "Tarea", 4, row_header=True),
        *(Column(side, name, 3) for side, name in draft.names.items()),
    )
    rows = [Row(f"tarea-{number}", (task, SHORT_LINE, SHORT_LINE)) for number, task in enumerate(words(NAME)["tasks"])]
    yield Table(f"reparto-{draft.ally.pk}", columns, tuple(rows), caption="Quién hace qué")


PARTS = {
    "checklist": _checklist,
    "channels": _channels,
    "brand": _brand,
    "work_plan": _work_plan,
    "division": _division,
    "contacts": contacts,
}
