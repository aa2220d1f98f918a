"""What an ally's file hands over: its Ruta Crítica, the table of resources, the draft of the MoU."""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from alianzas.commitments.hooks import veil
from alianzas.exports.base import Deliverable
from alianzas.exports.blocks import Block, Bullets, Callout, Column, Document, Heading, KeyValues, Paragraph, Row, Table
from alianzas.identity import cover_of, document_of
from sessions_app.worksheets.blocks import value_blocks
from sessions_app.worksheets.queries import Answers

from . import queries
from .models import Ally
from .route_queries import file_steps
from .steps import DUE_DILIGENCE, RESOURCES

CONTENT = Path(__file__).parent / "content" / "mou.toml"
NO_ALLIES = "Todavía no hay aliados: elijan al primero en el mapa o escriban su nombre."
LINE, SHORT_LINE = "______________________", "________"
RESOURCE_COLUMNS = (
    Column("name", "Recurso o activo", 4, row_header=True),
    Column("ours", "Nuestro", 1.4, align="center"),
    Column("theirs", "Del aliado", 1.4, align="center"),
    Column("hint", "Para qué sirve saberlo", 3),
)
CONTRIBUTION_COLUMNS = (
    Column("who", "Parte", 2.4, row_header=True),
    Column("what", "Aportación o responsabilidad", 4),
    Column("kind", "Dinero o especie", 2),
    Column("value", "Valor", 1.6),
    Column("when", "Fecha", 1.6),
)


# ── Ruta Crítica específica ─────────────────────────────────────────────────────────────────────────────────────────


def route_document(org, allies: Iterable[Ally] | None = None) -> Document:
    """The Ruta Crítica of each ally: all of them, or those given. Due diligence stays in the house but its decision."""
    chosen = list(queries.allies_in_order() if allies is None else allies)
    title = "Ruta Crítica específica"
    subtitle = str(chosen[0]) if len(chosen) == 1 else ""
    blocks: list[Block] = [cover_of(org, title=title, subtitle=subtitle)]
    steps = file_steps(veil())
    for ally in chosen:
        blocks += _route(ally, steps)
    if not chosen:
        blocks.append(Paragraph(NO_ALLIES))
    return document_of(org, title, blocks)


def _route(ally, steps) -> Iterator[Block]:
    answers, marks = queries.answers_about(ally, steps)
    yield Heading(1, str(ally), page_break=True)
    yield KeyValues(tuple((label, value) for label, value in _facts(ally) if value))
    for step in steps:
        yield Heading(2, f"{step.number}. {step.name}")
        said = False
        for prompt in step.prompts(queries.about(ally)):
            if prompt.confidential or prompt.private or not (kept := queries.kept_for(answers, prompt, ally)):
                continue
            said = True
            yield Heading(3, prompt.text)
            yield from value_blocks(prompt, kept.value, answers.frame(prompt))
            if prompt.assumption:
                yield Paragraph(_sure(marks.get(prompt.key)), "note")
        if step.key == RESOURCES and (table := resources_table(ally)).rows:
            said = True
            yield Heading(3, "Tabla de recursos y activos")
            yield table
        if step.key == DUE_DILIGENCE and ally.decision:
            said = True
            yield Callout(ally.get_decision_display(), ally.decision_reason or "Sin condiciones anotadas.")
        if not said:
            yield Paragraph("Sin respuestas todavía.", "note")


def _facts(ally):
    yield "Estado", ally.get_state_display()
    yield "Razón", ally.state_reason
    yield "Lo trabaja", ally.team
    if ally.actor_id:
        yield "Relación hoy", ally.actor.get_relation_display()
        yield "Relación que buscamos", ally.actor.get_desired_relation_display()


def _sure(mark):
    if mark is None or mark.status == mark.Status.ASSUMED:
        return "Supuesto: falta confirmarlo con el aliado."
    changed = " La respuesta cambió después." if mark.is_outdated else ""
    return f"Confirmado el {mark.confirmed_on:%d/%m/%Y}. {mark.evidence}{changed}".strip()


# ── Resources ───────────────────────────────────────────────────────────────────────────────────────────────────────


def resources_document(org, allies: Iterable[Ally] | None = None) -> Document:
    """The table of resources and assets of each ally, one sheet each."""
    chosen = list(queries.allies_in_order() if allies is None else allies)
    blocks: list[Block] = []
    for ally in chosen:
        blocks += [Heading(1, str(ally)), resources_table(ally)]
    return document_of(org, "Recursos y activos", blocks or [Heading(1, "Recursos y activos"), Paragraph(NO_ALLIES)])


def resources_table(ally) -> Table:
    rows = [
        Row(f"{number}", (one.name, "Sí" if one.ours else "", "Sí" if one.theirs else "", one.hint))
        for number, one in enumerate(queries.resources(ally), 1)
    ]
    return Table(f"recursos-{ally.pk}", RESOURCE_COLUMNS, tuple(rows), caption=f"Recursos y activos: {ally}")


# ── MoU ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _mou():
    return tomllib.loads(CONTENT.read_text("utf-8"))


def mou_document(org, allies: Iterable[Ally] | None = None) -> Document:
    """The draft of the memorandum with each ally; what nobody said yet is a visible blank."""
    chosen = list(queries.allies_in_order() if allies is None else allies)
    words = _mou()
    blocks: list[Block] = []
    for number, ally in enumerate(chosen):
        answers, _ = queries.answers_about(ally)
        blocks += [
            Heading(1, f"{words['title']} entre {org.name} y {ally}", page_break=number > 0),
            Callout(words["note_title"], words["note"]),
        ]
        for place, section in enumerate(words["sections"], 1):
            blocks.append(Heading(2, f"{place}. {section['title']}"))
            blocks += _section(org, ally, answers, section)
    return document_of(org, words["title"], blocks or [Heading(1, words["title"]), Paragraph(NO_ALLIES)])


def _section(org, ally, answers: Answers, section) -> Iterator[Block]:
    names = {"organizacion": org.name, "aliado": str(ally)}
    said = False
    if "text" in section:
        said = True
        yield Paragraph(section["text"].format_map(names))
    labels = section.get("labels", [""] * len(section.get("answers", [])))
    for key, label in zip(section.get("answers", []), labels, strict=True):
        if texts := queries.texts(answers, key, ally):
            said = True
            if label:
                yield Paragraph(f"{label.format_map(names)}:")
            yield Bullets(texts)
    for key in section.get("checks", []):
        if texts := queries.present(answers, key, ally):
            said = True
            yield Bullets(texts)
    if section.get("contributions"):
        said = True
        yield _contributions(org, ally)
    if section.get("signatures"):
        said = True
        yield KeyValues(tuple((f"Por {name}", f"{LINE} Nombre, cargo, firma y fecha") for name in names.values()))
    if "blank" in section and (section.get("always_blank") or not said):
        yield Paragraph(_mou()["blank"].format(que=section["blank"]))


def _contributions(org, ally):
    rows = [
        Row(f"{has}-{number}", (who, one.name, SHORT_LINE, SHORT_LINE, SHORT_LINE))
        for who, has in ((org.name, "ours"), (str(ally), "theirs"))
        for number, one in enumerate(queries.resources(ally))
        if getattr(one, has)
    ]
    blank = (SHORT_LINE,) * 4
    rows = rows or [Row(f"{number}", (who, *blank)) for number, who in enumerate((org.name, str(ally)))]
    return Table(f"aportaciones-{ally.pk}", CONTRIBUTION_COLUMNS, tuple(rows), caption="Aportaciones de cada parte")


DOCUMENTS = {
    one.key: one
    for one in (
        Deliverable("ruta-aliado", "Ruta Crítica específica", ("pdf", "docx"), route_document),
        Deliverable("recursos-aliado", "Recursos y activos", ("xlsx",), resources_document),
        Deliverable("mou", "Borrador del MoU", ("docx", "pdf"), mou_document),
    )
}
