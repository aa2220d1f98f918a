"""The closing letter to an ally and the roadmap of the closing. What is confidential never goes into them."""

from collections.abc import Iterable, Iterator
from datetime import date

from alianzas.exports.blocks import Block, Column, Document, Heading, KeyValues, Paragraph, Row, Table
from alianzas.identity import document_of
from sessions_app.models import Answer
from sessions_app.worksheets.queries import frame

from . import closing, queries
from .drafts import LINE, SHORT_LINE, Draft, blank, blank_rows, drafts, keys_of, prompt_of, section, words
from .models import Ally

NAME = "carta_cierre"
PENDING, ROAD, ANNOUNCEMENT, OF_THE_ORGANISATION = "cierre.pendientes", "cierre.hoja", "cierre.anuncio", "S4.10.anuncio"
SPARE_ROWS = 3
PENDING_COLUMNS = (
    Column("what", "Qué", 4, row_header=True),
    Column("kind", "Tipo", 1.8),
    Column("side", "Le toca a", 2.6),
    Column("due_date", "Fecha", 1.7),
)
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
    keys = [*keys_of(NAME), PENDING, ROAD, ANNOUNCEMENT, OF_THE_ORGANISATION]
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
    yield Paragraph("\n".join(blank(NAME, what).text for what in said["head"]))
    yield Paragraph(said["greeting"].format_map(draft.names))
    yield Paragraph(said["opening"].format_map(draft.names))
    for one in said["sections"]:
        yield Heading(2, one["title"])
        yield from section(draft, NAME, one, PARTS)
    yield KeyValues(((f"{said['signed']} {draft.org.name}", f"{LINE}\n{said['signature']}"),))


def _pending(draft: Draft) -> Iterator[Block]:
    """What each side still owes; who follows it inside the organisation is not for the letter."""
    labels = draft.answers.frame(prompt_of(PENDING)).labels
    sides = {"ours": draft.org.name, "theirs": str(draft.ally), "both": "Las dos partes"}
    rows = [
        Row(
            f"pendiente-{number}",
            (
                one["what"],
                labels("kind").get(one["kind"], SHORT_LINE),
                sides.get(one["side"], SHORT_LINE),
                _day(one["due_date"]),
            ),
        )
        for number, one in enumerate(draft.value(PENDING) or ())
    ]
    if rows:
        yield Table(f"pendientes-{draft.ally.pk}", PENDING_COLUMNS, tuple(rows))


def _announcement(draft: Draft) -> list[Block]:
    return draft.said(ANNOUNCEMENT) or draft.said(OF_THE_ORGANISATION)


PARTS = {"pending": _pending, "announcement": _announcement}


def _road(draft: Draft) -> Iterator[Block]:
    """The roadmap; while nobody wrote it, the steps that the organisation agreed for any closing."""
    said = words(NAME)
    yield Heading(1, f"{said['road']}: {draft.ally}", page_break=True)
    yield Paragraph(said["road_note"])
    steps = draft.value(ROAD) or frame(prompt_of(ROAD), queries.about(draft.ally)).seeds
    rows = [
        Row(f"paso-{number}", (one["step"], one["responsible"] or SHORT_LINE, _day(one["due_date"]), ""))
        for number, one in enumerate(steps)
    ]
    spare = [Row(one.key, (*one.cells, "")) for one in blank_rows(SPARE_ROWS, len(ROAD_COLUMNS) - 1)]
    yield Table(f"cierre-{draft.ally.pk}", ROAD_COLUMNS, (*rows, *spare), caption=said["road"])


def _day(text):
    return date.fromisoformat(text) if text else SHORT_LINE
