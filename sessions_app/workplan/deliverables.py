"""The plan de trabajo as Excel (which can come back), PDF and Word."""

from alianzas.exports.base import Deliverable, register
from alianzas.exports.blocks import Bullets, Column, Document, Figure, Heading, Paragraph, Row, Table
from alianzas.identity import document_of
from alianzas.numbers import normal
from alianzas.roundtrip.review import MARK, mark_of

from . import queries
from .sheet import LABELS, UNITS, line_of

KEY, TITLE = "plan-de-trabajo", "Plan de trabajo"
ROWS_A_PAGE = 17
_WIDTHS = {"code": 1.7, "title": 5, "duration": 2.1, "unit": 2.1, "start": 2.4, "end": 2.4, "product": 3.6}

COLUMNS = (
    *(
        Column(name, label, _WIDTHS.get(name, 3), row_header=name == "title", is_code=name == "code")
        for name, label in LABELS.items()
    ),
    Column(MARK, "Marca", hidden=True),
)


def table_of(rows: list[queries.PlanRow]) -> Table:
    """The plan with its hidden keys; see `sheet` for the marks."""
    known = max((row.item.pk for row in rows), default=0)
    return Table(
        key=KEY,
        columns=COLUMNS,
        rows=tuple(Row(str(row.item.key), (*_cells(row), mark_of(line_of(row), known))) for row in rows),
    )


def _cells(row):
    item = row.item
    duration = normal(item.duration)
    if duration is not None:
        duration = int(duration) if duration == int(duration) else float(duration)
    unit = UNITS[item.unit] if item.duration else ""
    texts = (row.responsibles, item.org_team, item.product)
    return (row.code, item.title, duration, unit, *texts, *row.own_days)


def document(org) -> Document:
    rows = queries.plan_rows()
    blocks = [Heading(1, TITLE), table_of(rows)]
    if differs := [f"{row.code} {row.item.title}: {said}" for row in rows for said in row.differences]:
        blocks += [Heading(2, "Donde la carta descriptiva dice otra cosa"), Bullets(tuple(differs))]
    pictures = queries.drawings(org, rows, at_most=ROWS_A_PAGE)
    if pictures:
        blocks.append(Heading(1, "Gantt", page_break=True))
    for number, picture in enumerate(pictures, 1):
        part = f", parte {number} de {len(pictures)}" if len(pictures) > 1 else ""
        blocks.append(Figure(picture, f"Gantt del plan de trabajo de {org.name}{part}"))
    if pictures:
        blocks.append(Paragraph("Barra llena: actividad. Barra rayada: subactividad. Rombo: unos pocos días.", "note"))
    if pictures and (undated := [f"{row.code} {row.item.title}" for row in rows if not row.start]):
        blocks += [Heading(2, "Sin fechas todavía"), Bullets(tuple(undated))]
    return document_of(org, TITLE, blocks, orientation="landscape")


register(Deliverable(KEY, TITLE, ("xlsx", "pdf", "docx"), document, comes_back=("xlsx",)))
