"""What an ally's file hands over: its Ruta Crítica and its table of resources, here, and the drafts for the ally."""

from collections.abc import Iterable, Iterator

from alianzas.commitments.hooks import veil
from alianzas.exports.base import Deliverable
from alianzas.exports.blocks import Block, Callout, Column, Document, Heading, KeyValues, Paragraph, Row, Table
from alianzas.identity import cover_of, document_of
from sessions_app.worksheets.blocks import value_blocks

from . import queries
from .closing_document import closing_document
from .communication_document import communication_document
from .drafts import NO_ALLIES
from .models import Ally
from .mou_document import mou_document
from .report_document import report_document
from .route_queries import file_steps
from .steps import DUE_DILIGENCE, RESOURCES

RESOURCE_COLUMNS = (
    Column("name", "Recurso o activo", 4, row_header=True),
    Column("ours", "Nuestro", 1.4, align="center"),
    Column("theirs", "Del aliado", 1.4, align="center"),
    Column("hint", "Para qué sirve saberlo", 3),
)


# ── Ruta Crítica específica ─────────────────────────────────────────────────────────────────────────────────────────


def route_document(org, allies: Iterable[Ally] | None = None) -> Document:
    """The Ruta Crítica of each ally: all of them, or those given.

    Whoever only reads the organisation may take it: of due diligence it says the decision alone, of what is confirmed
    only since when.
    """
    chosen = list(queries.allies_in_order() if allies is None else allies)
    title = "Ruta Crítica específica"
    subtitle = str(chosen[0]) if len(chosen) == 1 else ""
    blocks: list[Block] = [cover_of(org, title=title, subtitle=subtitle)]
    steps = file_steps(veil())
    teams, known = queries.teams_of(chosen), queries.answers_in(steps)
    for ally in chosen:
        blocks += _route(ally, steps, teams[ally.pk], known)
    if not chosen:
        blocks.append(Paragraph(NO_ALLIES))
    return document_of(org, title, blocks)


def _route(ally, steps, team, known) -> Iterator[Block]:
    answers, marks = known
    yield Heading(1, str(ally), page_break=True)
    yield KeyValues(tuple((label, value) for label, value in _facts(ally, team) if value))
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
                yield Paragraph(_sure(marks.get(kept.pk)), "note")
        if step.key == RESOURCES and (table := resources_table(ally)).rows:
            said = True
            yield Heading(3, "Tabla de recursos y activos")
            yield table
        if step.key == DUE_DILIGENCE and ally.decision:
            said = True
            yield Callout("Decisión", ally.get_decision_display())
        if not said:
            yield Paragraph("Sin respuestas todavía.", "note")


def _facts(ally, team):
    yield "Estado", ally.get_state_display()
    yield "Razón", ally.state_reason
    yield "Lo trabaja", team
    if ally.actor_id:
        yield "Relación hoy", ally.actor.get_relation_display()
        yield "Relación que buscamos", ally.actor.get_desired_relation_display()


def _sure(mark):
    if mark is None or mark.status == mark.Status.ASSUMED:
        return "Supuesto: falta confirmarlo con el aliado."
    changed = " La respuesta cambió después." if mark.is_outdated else ""
    return f"Confirmado el {mark.confirmed_on:%d/%m/%Y}.{changed}"


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


DOCUMENTS = {
    one.key: one
    for one in (
        Deliverable("ruta-aliado", "Ruta Crítica específica", ("pdf", "docx"), route_document),
        Deliverable("recursos-aliado", "Recursos y activos", ("xlsx",), resources_document),
        Deliverable("mou", "Borrador del MoU", ("docx", "pdf"), mou_document),
        Deliverable("comunicacion", "Estrategia de comunicación", ("docx", "pdf"), communication_document),
        Deliverable("reporte-plantilla", "Plantilla del reporte de alianzas", ("docx", "xlsx"), report_document),
        Deliverable("cierre-aliado", "Carta y hoja de ruta de cierre", ("docx", "pdf"), closing_document),
    )
}
