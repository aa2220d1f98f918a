"""Reads of the plan de trabajo: the page, the documents, the calendar and the comparison with Excel call these."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from alianzas.commitments.hooks import veil
from alianzas.exports.colours import readable
from alianzas.numbers import show_number
from sessions_app.models import WorkPlanItem

from . import gantt
from .cartas import Said, said_of
from .periods import reach, show, span


@dataclass(frozen=True)
class PlanRow:
    """A row with what follows from its place: the code, and the period, own or that of its sub-activities."""

    item: WorkPlanItem
    code: str
    start: date | None
    end: date | None
    is_span: bool
    children: int
    is_first: bool
    is_last: bool
    carta: Said | None = None  # what the carta of the session says, when the row is one

    @property
    def responsibles(self) -> str:
        """Its own, else who facilitates by the carta."""
        return self.item.responsibles or (self.carta.facilitators if self.carta else "")

    @property
    def own_days(self) -> tuple[date | None, date | None]:
        """Start and end as somebody wrote them here; where nobody did, those of the carta."""
        return _days(self.item, self.carta)

    @property
    def omitted(self) -> str:
        return self.carta.omitted if self.carta else ""

    @property
    def differences(self) -> list[str]:
        """What the carta says otherwise, in words."""
        item, carta = self.item, self.carta
        if carta is None:
            return []
        said = [f"Se omite: {carta.omitted}"] if carta.omitted else []
        if carta.start and (item.start or item.end) and (self.start, self.end) != (carta.start, carta.end):
            said.append(f"La carta dice {show(carta.start, carta.end)}.")
        if carta.facilitators and item.responsibles and item.responsibles != carta.facilitators:
            said.append(f"La carta dice que facilita {carta.facilitators}.")
        return said

    @property
    def is_child(self):
        return self.item.parent_id is not None

    @property
    def length(self):
        """The duration as people say it: «1 semana», «4.5 horas»."""
        if not self.item.duration:
            return ""
        unit = self.item.get_unit_display()
        if self.item.duration == 1:
            unit = "mes" if self.item.unit == WorkPlanItem.Unit.MONTHS else unit.removesuffix("s")
        return f"{show_number(self.item.duration)} {unit}"


def plan_rows() -> list[PlanRow]:
    """The whole plan in order, each activity followed by its sub-activities. Two queries."""
    children = defaultdict(list)
    for item in WorkPlanItem.objects.all():
        children[item.parent_id].append(item)
    said = said_of({item.organization_id for items in children.values() for item in items})
    rows = []
    for number, item in enumerate(children[None], 1):
        under = children[item.pk]
        below = [_row(child, said, f"{number}.{place}", place, under) for place, child in enumerate(under, 1)]
        rows += [_row(item, said, str(number), number, children[None], below), *below]
    return rows


def row_of(item: WorkPlanItem, said: Mapping[UUID, Said]) -> PlanRow:
    """One row by itself, with what its carta says. No queries."""
    return _row(item, said, "", 1, [item])


def _days(item, carta):
    if carta and carta.start and not (item.start or item.end):
        return carta.start, carta.end
    return item.start, item.end


def _row(item, said, code, place, siblings, below=()):
    carta = said.get(item.key)
    start, end = reach(*_days(item, carta), item.duration, item.unit)
    is_span = start is None and any(row.start for row in below)
    if is_span:
        start, end = span((row.start, row.end) for row in below)
    return PlanRow(item, code, start, end, is_span, len(below), place == 1, place == len(siblings), carta)


def bars(rows: list[PlanRow]) -> list[gantt.Bar]:
    return [gantt.Bar(row.code, row.item.title, row.start, row.end, row.is_child, row.is_span) for row in rows]


def drawing(organization, rows: list[PlanRow], *, today: date | None = None) -> str:
    """The Gantt of all rows, "" while none has a date."""
    chart = gantt.lay_out(bars(rows))
    return _draw(organization, chart, "gantt", today) if chart.bars else ""


def drawings(organization, rows: list[PlanRow], *, at_most: int) -> list[str]:
    """The Gantt in parts of `at_most` rows that share their months, for paper: protected names are hidden."""
    hide = veil()
    dated = [replace(bar, title=hide(bar.title)) for bar in bars(rows) if bar.start]
    months = gantt.months_of(dated)
    charts = [gantt.lay_out(part, months) for part in gantt.parts(dated, at_most)]
    return [_draw(organization, chart, f"gantt{n}") for n, chart in enumerate(charts, 1) if chart.bars]


def _draw(organization, chart, prefix, today=None):
    title = f"Gantt del plan de trabajo de {organization.name}"
    return gantt.draw(chart, title=title, colour=readable(organization.primary_color), id_prefix=prefix, today=today)
