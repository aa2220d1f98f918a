"""The plan de trabajo as rows of a workbook: what is written, and what is read back. Pure.

Each row carries its hidden stable key and a mark of what it said when it was written, so that a row that nobody
touched in Excel is never a change, and one that was changed in both places is told.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from alianzas.exports.text import clean_text
from alianzas.fields import SHORT
from alianzas.spreadsheets import CellProblem, TableRow, as_date, as_decimal, as_text
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
MARK = "marca"
EMPTY = "Sin registros todavía"
MAX_DURATION = Decimal("99999.9")
UNITS = {value: str(label) for value, label in WorkPlanItem.Unit.choices}
_ONE = {"hora": "hours", "dia": "days", "semana": "weeks", "mes": "months"}
_UNIT_WORDS = {**{label.replace("í", "i"): value for value, label in UNITS.items()}, **_ONE}


@dataclass(frozen=True)
class Line:
    """What a row says, in the form that both sides compare."""

    code: str = ""
    title: str = ""
    duration: Decimal | None = None
    unit: str = ""
    responsibles: str = ""
    org_team: str = ""
    product: str = ""
    start: date | None = None
    end: date | None = None

    @property
    def mark(self) -> str:
        said = "\x1f".join(str(getattr(self, field.name)) for field in fields(self))
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    def differences(self, other: "Line") -> list[str]:
        """The names of the fields in which they differ."""
        return [field.name for field in fields(self) if getattr(self, field.name) != getattr(other, field.name)]


@dataclass(frozen=True)
class SheetLine:
    """A row that came back: `mark` and `known` are what the row and the whole plan were when it was written."""

    number: int
    key: str
    line: Line
    mark: str
    known: int


def line_of(row) -> Line:
    """What a `PlanRow` says."""
    item = row.item
    return Line(
        code=row.code,
        title=_plain(item.title),
        duration=normal(item.duration),
        unit=item.unit if item.duration else "",
        responsibles=_plain(item.responsibles),
        org_team=_plain(item.org_team),
        product=_plain(item.product),
        start=item.start,
        end=item.end,
    )


def normal(number: Decimal | None) -> Decimal | None:
    """One way to write each number, so that 2 and 2.0 are equal in words too."""
    return None if number is None else Decimal(f"{number.normalize():f}")


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
        mark, known = _read_mark(row.cells.get(MARK))
        lines.append(SheetLine(row.number, row.key, line, mark, known))
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
    return normal(number)


def _unit(cell):
    text = as_text(cell, 40)
    word = text.casefold().replace("í", "i")
    if word and word not in _UNIT_WORDS:
        raise CellProblem(cell.ref, f"«{text}» no es una unidad: usa horas, días, semanas o meses.")
    return _UNIT_WORDS.get(word, "")


def _read_mark(cell):
    mark, _, known = str(cell.value if cell and cell.value else "").partition("-")
    return mark, int(known) if known.isascii() and known.isdigit() and len(known) < 19 else 0


def mark_of(line: Line, known: int) -> str:
    """What goes into the hidden column: the mark of the row, and the newest row that the plan had."""
    return f"{line.mark}-{known}"
