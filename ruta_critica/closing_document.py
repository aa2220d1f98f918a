"""The closing letter to an ally and the roadmap of the closing. What is confidential never goes into them."""

from collections.abc import Iterable, Iterator
from datetime import date

from alianzas.exports.blocks import Block, Column, Document, Heading, KeyValues, Paragraph, Row, Table
from alianzas.identity import document_of
from sessions_app.models import Answer

from . import closing, queries
from .drafts import LINE, SHORT_LINE, Draft, blank, blank_rows, drafts, keys_of, prompt_of, section, words
from .models import Ally

NAME = "carta_cierre"
ROAD, ANNOUNCEMENT, OF_THE_ORGANISATION = "cierre.hoja", "cierre.anuncio", "S4.10.anuncio"
SPARE_ROWS = 3
ROAD_COLUMNS = (
    Column("step", "Paso", 5, row_header=True),
    Column("responsible", "Responsable", 3),
    Column("due_date", "Fecha", 1.9),
    Column("done", "Hecho", 1.2, align="center"),
)


def closing_document(org, allies: Iterable[Ally] | None = None) -> Document:
    """The letter and the roadmap for each ally: those given, or all whose closing somebody began to work on."""
    said = words(NAME)
    chosen = _in_closing() if allies is None else allies
    keys = [*keys_of(NAME), ROAD, ANNOUNCEMENT, OF_THE_ORGANISATION]
    blocks: list[Block] = []
    for number, draft in enumerate(drafts(org, chosen, keys)):
        blocks += _letter(draft, page_break=number > 0)
        blocks += _road(draft)
    return document_of(org, said["title"], blocks or [Heading(1, said["title"]), Paragraph(said["none"])])


def _in_closing() -> list[Ally]:
    begun = Answer.objects.filter(prompt_key__in=closing.prompts()).exclude(value=None)
    subjects = set(begun.values_list("subject", flat=True))
    every = queries.allies_in_order()
    return [one for one in every if one.state == Ally.State.CLOSED or queries.about(one) in subjects]


def _letter(draft: Draft, page_break: bool) -> Iterator[Block]:
    said = words(NAME)
    yield Heading(1, f"{said['title']} para {draft.ally}", page_break=page_break)
    for what in said["head"]:
        yield blank(NAME, what)
    yield Paragraph(said["greeting"].format_map(draft.names))
    yield Paragraph(said["opening"].format_map(draft.names))
    for one in said["sections"]:
        yield Heading(2, one["title"])
        yield from section(draft, NAME, one, PARTS)
    yield Paragraph(said["signed"])
    yield KeyValues(((f"Por {draft.org.name}", f"{LINE}\nNombre, cargo y firma"),))


def _announcement(draft: Draft) -> list[Block]:
    return draft.said(ANNOUNCEMENT) or draft.said(OF_THE_ORGANISATION)


PARTS = {"announcement": _announcement}


def _road(draft: Draft) -> Iterator[Block]:
    """The roadmap; while nobody wrote it, the steps that the organisation agreed for any closing."""
    said = words(NAME)
    yield Heading(1, f"{said['road']}: {draft.ally}", page_break=True)
    yield Paragraph(said["road_note"])
    steps = draft.value(ROAD) or draft.answers.frame(prompt_of(ROAD)).seeds
    rows = [
        Row(f"paso-{number}", (one["step"], one["responsible"] or SHORT_LINE, _day(one["due_date"]), ""))
        for number, one in enumerate(steps)
    ]
    spare = blank_rows(SPARE_ROWS, len(ROAD_COLUMNS))
    yield Table(f"cierre-{draft.ally.pk}", ROAD_COLUMNS, (*rows, *spare), caption=said["road"])


def _day(text):
    return date.fromisoformat(text) if text else SHORT_LINE
