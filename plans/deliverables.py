"""The Plan de Alianzas Estratégicas, section by section (domain §9), from the same query as the screens."""

from dataclasses import replace

from django.utils import timezone

from alianzas.dates import show_date
from alianzas.exports.base import Deliverable, register
from alianzas.exports.blocks import (
    Bullets,
    Callout,
    Column,
    Contents,
    Document,
    Heading,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Table,
)
from alianzas.identity import cover_of, document_of
from sysmap.deliverables import map_figure

from . import queries
from .ballots.document import TITLE, ranking_document
from .editor.drafts import SECTIONS
from .outcomes import documents as documents
from .reports import documents as report_documents  # noqa: F401 (registers its deliverable)
from .words import filled, number_name, words

OUTCOME_COLUMNS = (
    Column("horizon", "Plazo", 2.3, row_header=True),
    Column("markers", "Indicador", 5),
    Column("activity", "Actividad", 5),
    Column("responsible", "Responsable", 3),
    Column("due_date", "Fecha", 2.4),
)
NEXT_STEP_COLUMNS = (
    Column("what", "Qué haremos", 6, row_header=True),
    Column("horizon", "Plazo", 2.3),
    Column("responsible", "Responsable", 3),
    Column("due_date", "Fecha", 2.4),
)

DRAFT = "Borrador"
# The activities whose photos stand in a section; all others come at the end.
PICTURED = {"participants": ("S6.1", "S6.2"), "axes": ("S6.3", "S6.4", "S6.5"), "next_steps": ("S6.7",)}


def plan_document(org, data=None, *, stamp="") -> Document:
    """The whole Plan as it is today; `data` when the caller has read it already.

    `stamp` says on the cover and on every page what it is: the draft of today, unless the caller knows better.
    """
    data, stamp = data or queries.plan_data(org), stamp or draft_stamp()
    blocks = [block for key in SECTIONS for block in section_blocks(data, key, stamp)]
    return stamped(document_of(org, words()["title"], [blocks[0], Contents("Contenido"), *blocks[1:]]), stamp)


def draft_stamp() -> str:
    """«Borrador · 5 mar 2027»: the state of what was not issued."""
    return f"{DRAFT} · {show_date(timezone.localdate())}"


def stamped(document: Document, stamp: str) -> Document:
    """The document with its state on top of every page, before what the organisation's paper says."""
    letterhead = " · ".join(filter(None, (stamp, document.brand.letterhead)))
    return replace(document, brand=replace(document.brand, letterhead=letterhead))


def section_blocks(data, key: str, stamp="") -> list:
    """The blocks of one section; none where its data say nothing."""
    if key == "cover":
        org = data.organization
        return [cover_of(org, title=words()["title"], subtitle=org.place, date_text=stamp)]
    return list(_BUILDERS[key](data))


def _title(key, page_break=False):
    """The method's name of a section and, where there is one, a friendlier line under it."""
    yield Heading(1, words()[key]["title"], page_break=page_break)
    if line := words()[key].get("line"):
        yield Paragraph(line, "note")


def _semblanza(data):
    yield from _title("semblanza", page_break=True)
    first, *rest = data.texts["semblanza"].shown.split("\n\n", 1)
    yield Paragraph(first, "lead")
    if rest:
        yield Paragraph(rest[0])


def _purpose(data):
    yield from _title("purpose")
    yield Paragraph(data.texts["purpose"].shown)


def _participants(data):
    if data.participants:
        yield Heading(1, words()["participants"]["title"])
        yield Paragraph(data.texts["participants"].shown)
        yield Bullets(tuple(str(person) for person in data.participants))
        yield from _photos_of(data, "participants")


def _objectives(data):
    yield Heading(1, words()["objectives"]["title"])
    lines = (line.strip() for line in data.texts["objectives"].shown.splitlines())
    yield Bullets(tuple(filter(None, lines)), numbered=True)


def _axes(data):
    text, count = words()["axes"], len(data.axes)
    many = filled(text["title_many"], data.organization, ejes=number_name(count))
    yield Heading(1, {0: text["name"], 1: text["title_one"]}.get(count, many))
    if not data.axes:
        yield Paragraph(text["none"], "note")
        return
    yield Paragraph(data.texts["axes"].shown)
    yield Bullets(tuple(axis.strategy.text for axis in data.axes), numbered=True)
    yield from _photos_of(data, "axes")


def _map(data):
    if data.actors:
        text, sought = words()["map"], data.organization.desired_result
        yield from _title("map", page_break=True)
        yield Paragraph(data.texts["map"].shown + (f" {text['result']}: {sought}" if sought else ""))
        yield map_figure(data.organization, data.actors)


def _lines(data):
    text = words()["lines"]
    yield from _title("lines", page_break=True)
    for one in data.diagnosis:
        yield Heading(2, one.line.name)
        if one.line.description:
            yield Paragraph(one.line.description)
        if not (one.works or one.did_not or one.could):
            yield Paragraph(text["none"], "note")
        for state, strategies in one.columns:
            if strategies:
                yield Heading(3, text[state.value])
                yield from _told(f"linea-{one.line.pk}-{state.value}", strategies, text[f"{state.value}_why"])


def _told(key, strategies, reasons):
    """Strategies with the reasons of each beside it, then those that another line tells."""
    here = [strategy for strategy in strategies if strategy.whys or not strategy.told_in]
    elsewhere = [strategy for strategy in strategies if strategy not in here]
    if any(strategy.whys for strategy in here):
        columns = (Column("strategy", "Estrategia", 5, row_header=True), Column("whys", reasons, 6))
        rows = (Row(str(strategy.pk), (_as_said(strategy), tuple(strategy.whys))) for strategy in here)
        yield Table(key, columns, tuple(rows))
    elif here:
        yield Bullets(tuple(map(_as_said, here)))
    if elsewhere:
        yield Bullets(tuple(map(_as_said, elsewhere)))


def _as_said(strategy):
    """The words of a strategy; of a cross-cutting one, also that it is, or which line tells it."""
    text = words()["lines"]
    if strategy.told_in:
        return f"{strategy.text} ({text['told_in'].format(linea=strategy.told_in.name)})"
    return f"{strategy.text} ({text['serves']})" if strategy.is_cross_cutting else strategy.text


def _outcomes(data):
    text = words()["outcomes"]
    yield Heading(1, text["title"], page_break=True)
    yield Paragraph(data.texts["outcomes"].shown)
    if data.organization.mission:
        yield Callout("Misión", data.organization.mission)
    for number, axis in enumerate(data.axes, 1):
        yield Heading(2, f"{text['strategy']} {number}: {axis.strategy.text}")
        if not axis.allies:
            yield Paragraph(text["none"], "note")
        for ally in axis.allies:
            yield Heading(3, f"{text['ally']}: {ally.row.ally}")
            yield Paragraph(f"{text['objective']}: {ally.row.objective}")
            yield outcome_table(ally)


def outcome_table(ally: queries.AllyPlan) -> Table:
    """`plazo | indicador | actividad | responsable | fecha` of one ally (K-19): one row per activity."""
    rows = []
    for one in ally.horizons:
        markers = tuple(marker.said for marker in one.markers)
        for number, activity in enumerate(one.activities or [None]):
            rows.append(
                Row(
                    f"{ally.row.pk}-{one.horizon.value}-{activity.pk if activity else 0}",
                    (
                        one.label,
                        markers if number == 0 else (),
                        activity.title if activity else "",
                        activity.responsible if activity else "",
                        activity.due_date if activity else None,
                    ),
                )
            )
    return Table(key=f"resultados-{ally.row.pk}", columns=OUTCOME_COLUMNS, rows=tuple(rows))


def _next_steps(data):
    if data.next_steps:
        yield Heading(1, words()["next_steps"]["title"])
        yield Paragraph(data.texts["next_steps"].shown)
        yield Table(
            key="siguientes-pasos",
            columns=NEXT_STEP_COLUMNS,
            rows=tuple(_next_step(step, data.organization.horizon_labels) for step in data.next_steps),
        )
        yield from _photos_of(data, "next_steps")


def _next_step(step, labels):
    return Row(str(step.pk), (step.title, labels.get(step.horizon, ""), step.responsible, step.due_date))


def _conclusions(data):
    yield Heading(1, words()["conclusions"]["title"])
    yield Paragraph(data.texts["conclusions"].shown)
    yield from _lessons(data)


def _lessons(data):
    text = words()["lessons"]
    for title, items in ((text["successes"], data.lessons.successes), (text["mistakes"], data.lessons.mistakes)):
        if items:
            yield Heading(2, title)
            yield Bullets(items)


def _photos(data):
    """Those that show no section that is in the document."""
    placed = {photo for key in PICTURED if _is_there(data, key) for photo in _shown_in(data, key)}
    photos = [photo for photo in data.photos if photo not in placed]
    if grid := _grid(photos):
        yield Heading(1, words()["photos"]["title"], page_break=True)
        yield grid


def _photos_of(data, key):
    """The photos of what a section tells, where it tells it."""
    if grid := _grid(_shown_in(data, key)):
        yield grid


def _shown_in(data, key):
    return [photo for photo in data.photos if photo.activity_key in PICTURED[key]]


def _is_there(data, key):
    return bool({"participants": data.participants, "axes": data.axes, "next_steps": data.next_steps}[key])


def _grid(photos):
    found = tuple(filter(None, map(_photo, photos)))
    return PhotoGrid(found) if found else None


def _photo(photo):
    try:
        with photo.image.open("rb") as file:
            return Photo(data=file.read(), mime="image/jpeg", alt=photo.caption, caption=photo.caption)
    except FileNotFoundError:
        return None


_BUILDERS = {
    "semblanza": _semblanza,
    "purpose": _purpose,
    "participants": _participants,
    "objectives": _objectives,
    "axes": _axes,
    "map": _map,
    "lines": _lines,
    "outcomes": _outcomes,
    "next_steps": _next_steps,
    "conclusions": _conclusions,
    "photos": _photos,
}

register(Deliverable("plan-de-alianzas", words()["title"], ("pdf", "docx", "xlsx"), plan_document))
register(Deliverable("ranking", TITLE, ("pdf", "docx", "xlsx"), ranking_document))
