"""Drafts to take to an ally: the fixed words of a content file, what people answered, and a visible blank for the rest.

A section of a content file has a `title` and any of these, printed in this order: `text` (fixed words), `answers` (keys
of questions, each under its label of `labels`), `checks` (keys of check lists: the items that are there), `part` (the
name of a function of the document), `blank` (said only when nothing above was known) and `blanks` (always said).
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alianzas.content import Prompt
from alianzas.exports.blocks import (
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    Row,
    Table,
)
from alianzas.identity import document_of
from alianzas.models import Commitment, Organization
from sessions_app import curriculum
from sessions_app.worksheets.blocks import value_blocks
from sessions_app.worksheets.queries import ANY_ALLY, Answers, answers_to

from . import closing, queries
from .goals import Goal, goals_of
from .models import Ally

CONTENT = Path(__file__).parent / "content"
NO_ALLIES = "Todavía no hay aliados: elijan al primero en el mapa o escriban su nombre."
CONTACT = "S5.7.contacto"
LINE, SHORT_LINE = "______________________", "________"
PROMISE_COLUMNS = (
    Column("what", "Qué se hará", 5, row_header=True),
    Column("responsible", "Responsable", 3),
    Column("due_date", "Fecha", 1.8),
)


@cache
def words(name: str) -> dict:
    """The fixed words of a document."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Draft:
    """All that the draft about one ally is made from."""

    org: Organization
    ally: Ally
    answers: Answers
    goals: tuple[Goal, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """What the fixed words call each party."""
        return {"organizacion": self.org.name, "aliado": str(self.ally)}

    def value(self, key: str):
        """What is answered to a question about this ally, or for the whole organisation; None while it is not."""
        kept = queries.kept_for(self.answers, prompt_of(key), self.ally)
        return kept.value if kept else None

    def said(self, key: str) -> list[Block]:
        """The answer to a question as blocks; [] while there is none. A list has no names of who said what."""
        prompt, value = prompt_of(key), self.value(key)
        if prompt.kind == "list":
            return [Bullets(row["text"] for row in value)] if value else []
        return value_blocks(prompt, value, self.answers.frame(prompt))


def prompt_of(key: str) -> Prompt:
    """The question with that key, of the method or of the closing of an alliance."""
    return closing.prompts().get(key) or curriculum.prompt(key)


Part = Callable[[Draft], Iterable[Block]]


def drafts(org: Organization, allies: Iterable[Ally] | None, keys: Iterable[str]) -> list[Draft]:
    """A draft for each ally, all of them by default, with the answers to `keys`. As many queries for one as for all."""
    chosen = list(queries.allies_in_order() if allies is None else allies)
    answers, goals = answers_to(map(prompt_of, keys), about=ANY_ALLY), goals_of(chosen)
    return [Draft(org, ally, answers, goals[ally.pk]) for ally in chosen]


def drafted(org, name: str, allies: Iterable[Ally] | None, parts: Mapping[str, Part], *more: str) -> Document:
    """The document `name` with each ally, section by section; `more` are the questions that its parts read besides."""
    said, blocks = words(name), []
    for number, draft in enumerate(drafts(org, allies, [*keys_of(name), *more])):
        blocks.append(Heading(1, said["heading"].format_map(draft.names), page_break=number > 0))
        blocks.append(Callout(said["note_title"], said["note"]))
        for place, one in enumerate(said["sections"], 1):
            blocks += [Heading(2, f"{place}. {one['title']}"), *section(draft, name, one, parts)]
    return document_of(org, said["title"], blocks or [Heading(1, said["title"]), Paragraph(NO_ALLIES)])


def keys_of(name: str) -> list[str]:
    """The questions whose answers the sections of a document print."""
    sections = words(name)["sections"]
    return [key for one in sections for key in (*one.get("answers", ()), *one.get("checks", ()))]


def section(draft: Draft, name: str, one: Mapping, parts: Mapping[str, Part]) -> Iterator[Block]:
    """One section of the document `name`, without its title."""
    said = [*_said(draft, one), *(parts[one["part"]](draft) if "part" in one else ())]
    if "text" in one:
        yield Paragraph(one["text"].format_map(draft.names))
    yield from said
    known = () if said or "blank" not in one else (one["blank"],)
    for what in (*known, *one.get("blanks", ())):
        yield blank(name, what.format_map(draft.names))


def _said(draft, one):
    keys = one.get("answers", ())
    for key, label in zip(keys, one.get("labels", [""] * len(keys)), strict=True):
        if blocks := draft.said(key):
            yield from _labelled(label.format_map(draft.names), blocks) if label else blocks
    for key in one.get("checks", ()):
        if texts := queries.present(draft.answers, key, draft.ally):
            yield Bullets(texts)


def _labelled(label, blocks):
    """Blocks under a label, or beside it when they are a few words."""
    label = label if label.endswith("?") else f"{label}:"
    if all(isinstance(block, Paragraph) for block in blocks):
        return [Paragraph(f"{label} {'. '.join(block.text.rstrip('.') for block in blocks)}")]
    return [Paragraph(label), *blocks]


def blank(name: str, what: str) -> Paragraph:
    """What nobody has said yet, to be seen."""
    return Paragraph(words(name)["blank"].format(que=what))


def contacts(draft: Draft) -> Iterator[Block]:
    """Who talks to whom: ours is who keeps in touch with the ally, or the team that works it."""
    (kept,) = draft.value(CONTACT) or [{}]
    ours = kept.get("responsible") or draft.ally.team or LINE
    people = zip(draft.names.values(), (ours, LINE), strict=True)
    yield KeyValues(tuple((f"Enlace de {name}", f"{who}\nCorreo o teléfono: {LINE}") for name, who in people))


# ── Promises ────────────────────────────────────────────────────────────────────────────────────────────────────────


def promises_table(key: str, promises: Iterable[Commitment], caption: str, spare: int = 0) -> Table:
    """What, who and when; `spare` empty rows to write in. Who or when nobody said is a blank."""
    rows = [
        Row(str(one.pk), (one.title, one.responsible or SHORT_LINE, one.due_date or SHORT_LINE)) for one in promises
    ]
    return Table(key, PROMISE_COLUMNS, (*rows, *blank_rows(spare, len(PROMISE_COLUMNS))), caption=caption)


def blank_rows(count: int, columns: int, first: Cell = LINE) -> tuple[Row, ...]:
    """Empty rows to write in."""
    return tuple(Row(f"espacio-{number}", (first, *[SHORT_LINE] * (columns - 1))) for number in range(count))
