"""Reading a workbook that somebody uploads. Nothing in it is trusted.

`read` looks at the container first (size, entries, how far it would grow), then parses in a process of its own with
limits of memory and time (`workbook_process`). What comes back is plain: sheets of cells that know their own address,
so that every message can name the cell. `fill` writes values into such a workbook in the same kind of process.
"""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from . import workbook_process
from .dates import PLANNED, NotADate, read_date
from .exports.text import clean_text
from .numbers import NotANumber, normal, read_number
from .workbook_process import MAX_BYTES, SECONDS, TOO_SLOW, UnreadableWorkbook, packed

MAX_ENTRIES, MAX_GROWN, MAX_RATIO, FREE_GROWTH = 300, 60 * 1024 * 1024, 150, 1024 * 1024
KEY_COLUMN = "clave"  # what our own workbooks write above the hidden keys; see exports.xlsx

NOT_A_WORKBOOK = (
    "Ese archivo no es un libro de Excel (.xlsx). Si lo guardaste con contraseña o en otro formato, "
    "guárdalo como «Libro de Excel» y vuelve a subirlo."
)
_TOO_BIG_INSIDE = "El archivo se hace demasiado grande al abrirlo. Copia solo la tabla a un libro nuevo y súbelo."
# What cannot be seen yet changes what is read: control characters, and marks that turn the direction of the text.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069]"
)
_ESCAPED = re.compile(r"_x00[01][0-9A-Fa-f]_")


class CellProblem(ValueError):
    """One cell cannot be used; the message names it."""

    def __init__(self, ref: str, message: str):
        self.ref = ref
        super().__init__(f"Celda {ref}: {message}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: where it is, what kind of thing it holds, and that."""

    ref: str
    kind: str = "empty"  # text, number, yesno, date, time, formula, error
    value: str | int | float | bool | date | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that hold something, by number, and the ranges of merged cells."""

    name: str
    rows: dict[int, dict[int, Cell]]
    merged: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of one of our tables: its number in the sheet, its hidden key ("" for a new one), a cell per column."""

    number: int
    key: str
    cells: dict[str, Cell]
    key_ref: str = ""

    @property
    def is_empty(self) -> bool:
        return all(cell.value in (None, "") for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class FoundTable:
    """One of our tables in an uploaded workbook; `places` says in which column each of its columns is now."""

    sheet: Sheet
    number: int  # of the hidden row with the column keys
    places: dict[str, int]
    rows: tuple[TableRow, ...]


def read(data: bytes) -> list[Sheet]:
    """The sheets of an uploaded .xlsx. Raises `UnreadableWorkbook`."""
    _check_container(data)
    answer, _ = _in_a_process(data)
    return [_sheet(*one) for one in answer["sheets"]]


def parse(data: bytes) -> list[Sheet]:
    """What `read` does, in this process: for files that we have just written ourselves."""
    _check_container(data)
    return [_sheet(*one) for one in packed(data)]


def fill(data: bytes, **order) -> bytes:
    """An uploaded .xlsx with new values in it; `order` as in `workbook_process.filled`. Raises `UnreadableWorkbook`."""
    _check_container(data)
    return _in_a_process(data, order)[1]


def _in_a_process(data: bytes, order: dict | None = None) -> tuple[dict, bytes]:
    """What the limited process answers, and the workbook that it wrote if it was ordered to."""
    try:
        # Our own interpreter and file; the upload goes in as bytes.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", workbook_process.__file__],
            input=json.dumps(order).encode() + b"\n" + data,
            capture_output=True,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableWorkbook(TOO_SLOW) from None
    if done.returncode:
        raise UnreadableWorkbook(TOO_SLOW)
    answer, _, book = done.stdout.partition(b"\n")
    answer = json.loads(answer)
    if "error" in answer:
        raise UnreadableWorkbook(answer["error"])
    return answer, book


def table(sheets: Sequence[Sheet], columns: Sequence[str], optional: Sequence[str] = ()) -> tuple[TableRow, ...]:
    """The rows of `find_table`."""
    return find_table(sheets, columns, optional).rows


def find_table(sheets: Sequence[Sheet], columns: Sequence[str], optional: Sequence[str] = ()) -> FoundTable:
    """The table that our own workbooks mark with a hidden row of column keys, without its empty rows.

    Raises `UnreadableWorkbook` when there is none, when a column is missing, or when cells in it are merged.
    """
    missing = []
    for sheet in sheets:
        for number, cells in sheet.rows.items():
            places = {}  # of a column that was copied, the first one counts
            for column, cell in cells.items():
                places.setdefault(cell.value, column)
            if KEY_COLUMN not in places or not set(columns) & set(places):
                continue
            if absent := [key for key in columns if key not in places]:
                missing = missing or absent
                continue
            wanted = {key: places[key] for key in (KEY_COLUMN, *columns, *optional) if key in places}
            _refuse_merged(sheet, number, wanted)
            return FoundTable(sheet, number, wanted, tuple(_table_rows(sheet, number + 2, wanted)))
    if missing:
        raise UnreadableWorkbook(
            f"A la tabla le faltan columnas ({', '.join(missing)}). Descarga el Excel otra vez y copia ahí "
            "tus cambios, sin borrar columnas."
        )
    raise UnreadableWorkbook(
        "No encontramos la tabla en el archivo. Descarga el Excel de esta página, haz ahí tus cambios y súbelo."
    )


def as_text(cell: Cell, limit: int) -> str:
    """The cell as one line of text. Raises `CellProblem`."""
    if cell.kind == "number":
        return str(int(cell.value) if cell.value == int(cell.value) else round(cell.value, 6))
    if cell.kind in ("date", "time"):
        raise CellProblem(cell.ref, "Excel la convirtió en fecha. Dale formato de texto y vuelve a escribirla.")
    if cell.kind == "yesno":
        raise CellProblem(cell.ref, "es un valor lógico; escribe un texto.")
    return _fitting(cell, _plain(cell), limit)


def as_lines(cell: Cell, limit: int) -> list[str]:
    """The lines of the cell that say something, each of them no longer than `limit`. Raises `CellProblem`."""
    if cell.kind != "text":
        return [text] if (text := as_text(cell, limit)) else []
    _plain(cell)
    lines = (" ".join(line.split()) for line in clean_text(cell.value).splitlines())
    return [_fitting(cell, line, limit) for line in lines if line]


def as_long_text(cell: Cell, limit: int) -> str:
    """The cell as text with its line breaks. Raises `CellProblem`."""
    return _fitting(cell, "\n".join(as_lines(cell, sys.maxsize)), limit)


def _fitting(cell, text, limit):
    if len(text) > limit:
        raise CellProblem(cell.ref, f"el texto tiene {len(text)} caracteres y caben {limit}.")
    return text


def as_date(cell: Cell) -> date | None:
    """The cell as a date of a plan: a date of Excel, or what `dates.read_date` reads. Raises `CellProblem`."""
    try:
        return read_date(cell.value.isoformat() if cell.kind == "date" else _words(cell), PLANNED)
    except NotADate as problem:
        raise CellProblem(cell.ref, str(problem)) from None


def as_decimal(cell: Cell) -> Decimal | None:
    """The cell as a number: one of Excel, or what `numbers.read_number` reads. Raises `CellProblem`."""
    if cell.kind == "number":
        return normal(Decimal(str(round(cell.value, 6))))
    try:
        return read_number(_words(cell))
    except NotANumber as problem:
        raise CellProblem(cell.ref, str(problem)) from None


def _words(cell: Cell) -> str:
    """What the cell shows, for a reader of words; a yes/no and an hour are words that it will refuse."""
    return _plain(cell) if cell.kind in ("empty", "text", "formula", "error") else _short(cell)


def _plain(cell: Cell) -> str:
    if cell.kind == "formula":
        raise CellProblem(cell.ref, "tiene una fórmula; pega solo su valor.")
    if cell.kind == "error":
        raise CellProblem(cell.ref, f"tiene el error {_short(cell)}; corrígelo o bórralo.")
    text = "" if cell.value is None else str(cell.value)
    if _UNSEEN.search(text) or _ESCAPED.search(text):
        raise CellProblem(cell.ref, "tiene caracteres de control que no se ven; vuelve a escribir el texto.")
    return " ".join(clean_text(text).split())


def _short(cell: Cell) -> str:
    return _UNSEEN.sub("", str(cell.value))[:40]


def _refuse_merged(sheet: Sheet, first_row: int, places: dict[str, int]) -> None:
    columns = set(places.values())
    for start, end in sheet.merged:
        (_, column), (last_row, last_column) = _place(start), _place(end)
        if last_row >= first_row and columns & set(range(column, last_column + 1)):
            raise UnreadableWorkbook(
                f"Las celdas {start}:{end} están combinadas. Sepáralas para que cada dato quede en su celda."
            )


def _table_rows(sheet, first_row, places):
    for number, cells in sheet.rows.items():
        if number < first_row:
            continue
        found = {key: cells.get(column) or Cell(f"{_letters(column)}{number}") for key, column in places.items()}
        key = found.pop(KEY_COLUMN)
        row = TableRow(number, str(key.value).strip() if key.kind == "text" else "", found, key.ref)
        if row.key or not row.is_empty:
            yield row


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _place(ref: str) -> tuple[int, int]:
    letters = ref.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(ref[len(letters) :]), column


def _sheet(name, rows, merged) -> Sheet:
    def cell(number, column, kind, value):
        value = date.fromisoformat(value) if kind == "date" else value
        return Cell(f"{_letters(column)}{number}", kind, value)

    found = {
        number: {column: cell(number, column, kind, value) for column, kind, value in cells} for number, cells in rows
    }
    return Sheet(name, found, tuple(map(tuple, merged)))


# ── The container ───────────────────────────────────────────────────────────────────────────────────────────────────


def _check_container(data: bytes) -> None:
    """Refuse what is too large, what would grow too much, and what is no workbook, before anything is unpacked."""
    if len(data) > MAX_BYTES:
        raise UnreadableWorkbook("El archivo pesa más de 5 MB. Copia solo la tabla a un libro nuevo y súbelo.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except Exception:
        raise UnreadableWorkbook(NOT_A_WORKBOOK) from None
    names = {entry.filename for entry in entries}
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise UnreadableWorkbook(NOT_A_WORKBOOK)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableWorkbook(NOT_A_WORKBOOK)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableWorkbook("El archivo tiene macros. Guárdalo como «Libro de Excel (.xlsx)» y súbelo.")
    grown = sum(entry.file_size for entry in entries)
    steep = any(
        entry.file_size > FREE_GROWTH and entry.file_size > MAX_RATIO * max(1, entry.compress_size) for entry in entries
    )
    if len(entries) > MAX_ENTRIES or len(names) < len(entries) or grown > MAX_GROWN or steep:
        raise UnreadableWorkbook(_TOO_BIG_INSIDE)
