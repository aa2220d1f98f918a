"""Rows of a plan de trabajo for tests, and the workbook that comes out of one."""

from datetime import date

from django_scopes import scope

from alianzas import spreadsheets
from alianzas.exports import xlsx
from alianzas.exports.blocks import Document, Heading
from alianzas.identity import brand_of
from sessions_app.models import WorkPlanItem
from sessions_app.workplan import services
from sessions_app.workplan.deliverables import table_of
from sessions_app.workplan.queries import plan_rows
from sessions_app.workplan.sheet import LABELS, MARK, read_lines
from sessions_app.workplan.sheet_import import compare


def make_item(organization, title="Actividad", parent=None, **facts):
    with scope(organization=organization):
        return services.save_item(item=WorkPlanItem(organization=organization, title=title, parent=parent, **facts))


def make_plan(organization):
    """Two activities, the first with two sub-activities; «2» has no date."""
    facts = {"responsibles": "Facilitación", "org_team": "Dirección", "product": "Un producto"}
    first = make_item(organization, "Preparar", start=date(2026, 3, 2), end=date(2026, 4, 30), **facts)
    child = make_item(organization, "Leer", first, duration=2, unit="weeks", start=date(2026, 3, 2), **facts)
    other = make_item(organization, "Escribir", first, start=date(2026, 4, 1), end=date(2026, 4, 15))
    second = make_item(organization, "Cerrar", duration=3, unit="days")
    return first, child, other, second


def workbook(organization) -> bytes:
    """The sheet of the plan as the Excel document has it, without the drawing."""
    with scope(organization=organization):
        blocks = (Heading(1, "Plan de trabajo"), table_of(plan_rows()))
    return xlsx.write(Document("Plan de trabajo", brand_of(organization), blocks))


FIRST, COLUMNS = 5, dict(zip(LABELS, "BCDEFGHIJ", strict=True))


def review_of(organization, data: bytes):
    rows = spreadsheets.table(spreadsheets.parse(data), tuple(LABELS), (MARK,))
    with scope(organization=organization):
        return compare(plan_rows(), *read_lines(rows))


def titles(organization):
    with scope(organization=organization):
        return [f"{row.code} {row.item.title}" for row in plan_rows()]
