"""The draft of the memorandum of understanding with each ally (domain §6.3)."""

from collections.abc import Iterable, Iterator

from alianzas.exports.blocks import Block, Bullets, Callout, Column, Document, Heading, KeyValues, Paragraph, Row, Table
from alianzas.identity import document_of

from . import queries
from .drafts import (
    LINE,
    NO_ALLIES,
    SHORT_LINE,
    Draft,
    drafts,
    keys_of,
    promises_table,
    section,
    words,
)
from .models import Ally

NAME = "mou"
BLANK = (SHORT_LINE,) * 3
CONTACT = "S5.7.contacto"
CONTRIBUTION_COLUMNS = (
    Column("what", "Aportación", 4, row_header=True),
    Column("kind", "Dinero o especie", 2.2),
    Column("value", "Valor", 1.6),
    Column("when", "Fecha", 1.6),
)


def mou_document(org, allies: Iterable[Ally] | None = None) -> Document:
    """The draft of the memorandum with each ally; what nobody said yet is a visible blank."""
    said = words(NAME)
    blocks: list[Block] = []
    for number, draft in enumerate(drafts(org, allies, [*keys_of(NAME), CONTACT])):
        blocks += [
            Heading(1, f"{said['title']} entre {org.name} y {draft.ally}", page_break=number > 0),
            Callout(said["note_title"], said["note"]),
        ]
        for place, one in enumerate(said["sections"], 1):
            blocks += [Heading(2, f"{place}. {one['title']}"), *section(draft, NAME, one, PARTS)]
    return document_of(org, said["title"], blocks or [Heading(1, said["title"]), Paragraph(NO_ALLIES)])


def _objectives(draft: Draft) -> Iterator[Block]:
    for goal in draft.goals:
        yield Callout(goal.strategy, goal.objective)
        yield KeyValues(tuple((f"A {horizon.label.lower()}", texts) for horizon, texts in goal.markers if texts))


def _activities(draft: Draft) -> Iterator[Block]:
    activities = [one for goal in draft.goals for one in goal.activities]
    if activities:
        yield promises_table(f"actividades-{draft.ally.pk}", activities, "Actividades acordadas, por fecha")


def _roles(draft: Draft) -> Iterator[Block]:
    pairs = [(name, f"{LINE} (qué hace y de qué responde)") for name in draft.names.values()]
    yield KeyValues(tuple(pairs))
    yield _contributions(draft)


def _contributions(draft):
    resources, rows = queries.resources(draft.ally), []
    for has, who in zip(("ours", "theirs"), draft.names.values(), strict=True):
        rows.append(Row(has, (who, "", "", ""), header=True))
        names = [one.name for one in resources if getattr(one, has)]
        rows += [Row(f"{has}-{number}", (name, *BLANK)) for number, name in enumerate((*names, LINE))]
    caption = "Aportaciones de cada parte"
    return Table(f"aportaciones-{draft.ally.pk}", CONTRIBUTION_COLUMNS, tuple(rows), caption=caption)


def contacts(draft: Draft) -> Iterator[Block]:
    """Who talks to whom: ours is who keeps in touch with the ally, or the team that works it."""
    (kept,) = draft.value(CONTACT) or [{}]
    ours = kept.get("responsible") or draft.ally.team or LINE
    people = zip(draft.names.values(), (ours, LINE), strict=True)
    yield KeyValues(tuple((f"Enlace de {name}", f"{who}\nCorreo o teléfono: {LINE}") for name, who in people))


def _signatures(draft: Draft) -> Iterator[Block]:
    signed = f"{LINE}\nNombre, cargo, firma y fecha"
    yield KeyValues(tuple((f"Por {name}", signed) for name in draft.names.values()))


def _annexes(draft: Draft) -> Iterator[Block]:
    yield Bullets(tuple(f"{one}: {LINE}" for one in words(NAME)["annexes"]), numbered=True)


PARTS = {
    "objectives": _objectives,
    "activities": _activities,
    "roles": _roles,
    "contacts": contacts,
    "annexes": _annexes,
    "signatures": _signatures,
}
