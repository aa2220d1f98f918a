"""The plan de trabajo as rows of a workbook: what is written, and what is read back. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alianzas.dates import show_date
from alianzas.exports.text import clean_text
from alianzas.fields import SHORT
from alianzas.names import looks_like
from alianzas.numbers import normal, show_number
from alianzas.roundtrip.review import EMPTY, MARK, SheetLine, read_mark
from alianzas.roundtrip.review import Line as SheetWords
from alianzas.spreadsheets import CellProblem, TableRow, as_date, as_decimal, as_text
from alianzas.written import says_nothing
from sessions_app.models import WorkPlanItem

LABELS = {
    "code": "Código",
    "title": "Actividad",
    "duration": "Duración",
    "unit": "Unidad",
    "responsibles": "Responsables",
    "org_team": "Equipo de la organización",
    "product": "Producto",
    "start": "Inicio",
    "end": "Fin",
}
MAX_DURATION = Decimal("99999.9")
UNITS = {value: str(label) for value, label in WorkPlanItem.Unit.choices}
_ONE = {"hora": "hours", "dia": "days", "semana": "weeks", "mes": "months"}
_UNIT_WORDS = {**{looks_like(label): value for value, label in UNITS.items()}, **_ONE}


@dataclass(frozen=True)
class Line(SheetWords):
    """What an activity says."""

    LABELS = LABELS
    code: str = ""
    title: str = ""
    duration: Decimal | None = None
    unit: str = ""
    responsibles: str = ""
    org_team: str = ""
    product: str = ""
    start: date | None = None
    end: date | None = None

    def __str__(self):
        return f"{self.code} {self.title}".strip()

    def said(self, name):
        value = getattr(self, name)
        if name == "unit":
            return UNITS[value] if value else ""
        if isinstance(value, Decimal):
            return show_number(value)
        return show_date(value) if isinstance(value, date) else super().said(name)

    @classmethod
    def unpack(cls, values):
        made = dict(zip(LABELS, values, strict=True))
        for name, make in (("duration", Decimal), ("start", date.fromisoformat), ("end", date.fromisoformat)):
            made[name] = make(made[name]) if made[name] else None
        return cls(**made)


def line_of(row) -> Line:
    """What a `PlanRow` says."""
    item, (start, end) = row.item, row.own_days
    return Line(
        code=row.code,
        title=_plain(item.title),
        duration=normal(item.duration),
        unit=item.unit if item.duration else "",
        responsibles=_plain(row.responsibles),
        org_team=_plain(item.org_team),
        product=_plain(item.product),
        start=start,
        end=end,
    )


def _plain(text):
    return " ".join(clean_text(text).split())


def read_lines(rows: Sequence[TableRow]) -> tuple[list[SheetLine], list[str]]:
    """The rows of an uploaded table and everything that is wrong with them, each with its cell."""
    lines, problems = [], []
    for row in rows:
        visible = [row.cells[name] for name in LABELS]
        if all(cell.value in (None, "") for cell in visible) or row.cells["code"].value == EMPTY:
            continue
        line = _read_line(row, problems)
        lines.append(SheetLine(row.number, row.key, line, *read_mark(row.cells.get(MARK)), row.key_ref))
    return lines, problems


def _read_line(row, problems):
    def take(name, function, *more):
        try:
            return function(row.cells[name], *more)
        except CellProblem as problem:
            problems.append(str(problem))
            return None

    duration = take("duration", _duration)
    unit = take("unit", _unit)
    start, end = take("start", as_date), take("end", as_date)
    title = take("title", as_text, SHORT)
    if title == "":
        problems.append(f"Celda {row.cells['title'].ref}: falta la actividad.")
    if duration and unit == "":
        problems.append(f"Celda {row.cells['unit'].ref}: falta la unidad: horas, días, semanas o meses.")
    if start and end and end < start:
        problems.append(f"Celda {row.cells['end'].ref}: el fin no puede ser antes del inicio.")
    return Line(
        code=take("code", _code) or "",
        title=title or "",
        duration=duration,
        unit=(unit or "") if duration else "",
        responsibles=take("responsibles", as_text, SHORT) or "",
        org_team=take("org_team", as_text, SHORT) or "",
        product=take("product", as_text, SHORT) or "",
        start=start,
        end=end,
    )


def _code(cell):
    text = as_text(cell, 20).rstrip(".")
    if cell.kind == "number" and re.fullmatch(r"\d+\.\d", text):
        twofold = f"Excel guardó el número {text}, que también puede ser {text}0"
        raise CellProblem(cell.ref, f"{twofold}; escríbelo como texto: '{text}0 o '{text}.")
    parts = text.split(".")
    if text and not (len(parts) <= 2 and all(part.isascii() and part.isdigit() and int(part) for part in parts)):
        raise CellProblem(cell.ref, f"«{text}» no es un código: usa 1, 2… para actividades y 1.1, 1.2… para lo demás.")
    return ".".join(str(int(part)) for part in parts) if text else ""


def _duration(cell):
    number = as_decimal(cell)
    if number is None:
        return None
    if number <= 0:
        raise CellProblem(cell.ref, "la duración es mayor que cero.")
    if number > MAX_DURATION or number != round(number, 1):
        raise CellProblem(cell.ref, "la duración lleva a lo más un decimal y llega a 99,999.9.")
    return number


def _unit(cell):
    text = as_text(cell, 40)
    word = looks_like(text)
    if word not in _UNIT_WORDS and not says_nothing(text):
        raise CellProblem(cell.ref, f"«{text}» no es una unidad: usa horas, días, semanas o meses.")
    return _UNIT_WORDS.get(word, "")
