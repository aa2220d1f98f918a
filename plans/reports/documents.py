"""The report of alliances as PDF, Word and Excel."""

from collections.abc import Iterator

from django.utils import timezone

from alianzas.dates import long_date
from alianzas.exports.base import Deliverable, register
from alianzas.exports.blocks import (
    Block,
    Bullets,
    Column,
    Contents,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    Row,
    Table,
)
from alianzas.identity import cover_of, document_of

from . import cluni
from .queries import ReportData, latest_or_draft, report_data
from .words import names, words

KEY, TITLE = "reporte-anual", "Reporte de alianzas"
ALLIANCE_COLUMNS = (
    Column("ally", "Aliado", 3, row_header=True),
    Column("sector", "Sector", 2),
    Column("state", "Estado", 1.5),
    Column("objective", "Para qué", 6),
)
TALLY_COLUMNS = (
    Column("term", "Plazo", 3, row_header=True),
    Column("total", "Indicadores", 1.4, align="right"),
    Column("achieved", "Se lograron", 1.4, align="right"),
    Column("partly", "En parte", 1.2, align="right"),
    Column("dropped", "Ya no aplican", 1.4, align="right"),
    Column("late", "Con retraso", 1.4, align="right"),
)
ADVANCE_COLUMNS = (
    Column("marker", "Indicador", 4.2, row_header=True),
    Column("ally", "Aliado", 2.6),
    Column("term", "Plazo", 1.8),
    Column("state", "Cómo va", 1.9),
    Column("day", "Desde", 2),
    Column("evidence", "En qué se nota", 4.2),
)
PROMISE_COLUMNS = (
    Column("what", "Qué", 6, row_header=True),
    Column("responsible", "Responsable", 3),
    Column("day", "Fecha", 1.8),
)


def report_document(org, report=None, data: ReportData | None = None) -> Document:
    """A report; without one, the latest, or a draft of the current period. `data` when the caller has read it."""
    today = timezone.localdate()
    report = report or latest_or_draft(org, today)
    data = data or report_data(report, today)
    said = words()
    stamp = "Borrador" if report.pk is None or data.as_of < report.ends_on else ""
    date_text = f"{stamp} al {long_date(data.as_of)}" if stamp else f"Al {long_date(data.as_of)}"
    title = f"Reporte {report.get_kind_display().lower()} de alianzas"
    blocks = [
        cover_of(org, title=title, subtitle=report.period.label.capitalize(), date_text=date_text),
        Contents("Contenido", depth=1),
        *_introduction(data, said["introduction"]),
        *_alliances(data, said["alliances"]),
        *_agreements(data, said["agreements"]),
        *_advances(data, said["advances"]),
        *_commitments(data, said["commitments"]),
        *_moves(data, said["map"]),
        *_contents(data, said["contents"]),
        *_lessons(data, said["lessons"]),
        *_upcoming(data, said["upcoming"]),
        *_cluni(data, said["cluni"]),
        *_sdgs(data, said["sdgs"]),
    ]
    return document_of(org, title, blocks)


def introduction_draft(report) -> str:
    """What the introduction says while nobody writes another one."""
    facts = {"organizacion": report.organization.name, "periodo": report.period.phrase}
    return words()["introduction"]["draft"].strip().format_map(facts)


def _introduction(data, said) -> Iterator[Block]:
    yield Heading(1, said["title"], page_break=True)
    yield Paragraph(data.report.introduction or introduction_draft(data.report), "lead")
    total, achieved = (sum(getattr(one, name) for one in data.tallies) for name in ("total", "achieved"))
    yield KeyValues(
        (
            ("Alianzas", f"{len(data.alliances)}"),
            ("Indicadores que se lograron", f"{achieved} de {total}"),
            ("Compromisos cumplidos en el periodo", f"{len(data.done)}"),
        )
    )


def _alliances(data, said):
    yield Heading(1, said["title"])
    if not data.alliances:
        yield Paragraph(said["none"], "note")
        return
    rows = tuple(
        Row(f"{number}", (one.name, one.sector, one.state, one.objectives))
        for number, one in enumerate(data.alliances, 1)
    )
    yield Table("alianzas", ALLIANCE_COLUMNS, rows)
    yield Heading(2, said["changed"])
    yield Bullets(data.changes) if data.changes else Paragraph(said["same"], "note")


def _agreements(data, said):
    if data.agreements:
        yield Heading(1, said["title"])
        yield Bullets(data.agreements)


def _advances(data, said):
    yield Heading(1, said["title"])
    if any(one.total for one in data.tallies):
        yield Heading(2, said["tally"].format(dia=long_date(data.as_of)))
        rows = tuple(
            Row(f"{number}", (one.label, one.total, one.achieved, one.partly, one.dropped, one.late))
            for number, one in enumerate(data.tallies, 1)
        )
        yield Table("indicadores-por-plazo", TALLY_COLUMNS, rows)
    if data.advances:
        yield Heading(2, said["list"])
        rows = tuple(
            Row(f"{one.pk}", (one.text, one.ally, one.term, one.label, one.day, one.evidence)) for one in data.advances
        )
        yield Table("avances", ADVANCE_COLUMNS, rows)
    else:
        yield Paragraph(said["none"], "note")
    if data.late_markers:
        yield Heading(2, said["late"])
        yield Bullets(data.late_markers)


def _commitments(data, said):
    yield Heading(1, said["title"])
    if not (data.done or data.late):
        yield Paragraph(said["none"], "note")
    for key, promises in (("done", data.done), ("late", data.late)):
        if promises:
            yield Heading(2, f"{said[key]} ({len(promises)})")
            yield _promises(f"compromisos-{key}", promises)


def _promises(key, promises):
    rows = tuple(Row(f"{one.pk}", (one.title, one.responsible, one.day)) for one in promises)
    return Table(key, PROMISE_COLUMNS, rows)


def _moves(data, said):
    if data.moves:
        yield Heading(1, said["title"])
        yield Paragraph(data.moves.label, "note")
        yield Paragraph(data.moves.summary)
        if data.moves.sentences:
            yield Bullets(data.moves.sentences)


def _contents(data, said):
    for one in data.contents:
        yield Heading(1, one.title)
        yield Paragraph(one.text) if one.text else Paragraph(said["empty"], "note")


def _lessons(data, said):
    yield Heading(1, said["title"])
    if data.report.lessons:
        yield Paragraph(data.report.lessons)
    elif not (data.lessons or data.ally_lessons):
        yield Paragraph(said["none"], "note")
    for title, lessons in ((said["journal"], data.lessons), (said["relation"], data.ally_lessons)):
        if lessons:
            yield Heading(2, title)
            yield Bullets(lessons)


def _upcoming(data, said):
    yield Heading(1, said["title"])
    if data.report.upcoming:
        yield Paragraph(data.report.upcoming)
    elif not data.upcoming:
        yield Paragraph(said["none"], "note")
    if data.upcoming:
        yield Heading(2, said["steps"])
        yield _promises("por-venir", data.upcoming)


def _cluni(data: ReportData, said):
    yield Heading(1, said["title"], page_break=True)
    yield Paragraph(said["hint"], "note")
    for part in cluni.parts(data):
        yield Heading(2, part.title)
        if part.text:
            yield Paragraph(part.text)
        if part.items:
            yield Bullets(part.items)


def _sdgs(data, said):
    if data.report.sdgs:
        yield Heading(1, said["title"])
        yield Paragraph(said["text"])
        yield Bullets(tuple(f"ODS {number}. {names()[number]}" for number in data.report.sdgs))


register(Deliverable(KEY, TITLE, ("pdf", "docx", "xlsx"), report_document))
