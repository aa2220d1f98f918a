"""The process of its own, with limits of memory and time, in which the workbooks that people upload are opened.

Run as a script it does one thing and ends: read a workbook into plain lists, or write values into one and give it back.
It imports nothing of the project; see `spreadsheets` for what is asked of it.
"""

import io
import json
import re
import resource
import sys
import zipfile
from copy import copy
from datetime import date, datetime, time

MAX_BYTES = 5 * 1024 * 1024
MAX_SHEETS, MAX_ROWS, MAX_COLUMNS, MAX_MERGED = 30, 2000, 100, 5000
SECONDS, MEMORY_MB = 20, 512
DAMAGED = "El archivo está dañado o guarda algo que no podemos leer. Ábrelo en Excel, guárdalo de nuevo y súbelo."
TOO_SLOW = "Leer el archivo tomó demasiado tiempo o memoria. Copia solo la tabla a un libro nuevo y súbelo."
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})"')


class UnreadableWorkbook(ValueError):
    """The file as a whole cannot be used; the message says why, for people."""


def packed(data: bytes) -> list:
    """Plain lists of what the workbook says. Raises `UnreadableWorkbook`."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels", ".vml")) and _declares(archive.read(name)):
                    raise UnreadableWorkbook(DAMAGED)
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            if len(book.worksheets) > MAX_SHEETS:
                raise UnreadableWorkbook(f"El archivo tiene más de {MAX_SHEETS} hojas. Sube solo la de la tabla.")
            return [_pack(sheet, archive) for sheet in book.worksheets]
    except (UnreadableWorkbook, MemoryError):
        raise
    except Exception:
        raise UnreadableWorkbook(DAMAGED) from None


def _declares(part: bytes) -> bool:
    """Whether an XML part defines entities, or hides what it says in another encoding: no spreadsheet program does."""
    return b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\x00" in part[:200]


def _pack(sheet, archive) -> tuple:
    sheet.reset_dimensions()
    rows = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        kept = [packed for column, cell in enumerate(cells, 1) if (packed := _pack_cell(column, cell))]
        if not kept:
            continue
        if number > MAX_ROWS:
            raise UnreadableWorkbook(f"La hoja «{sheet.title[:40]}» tiene más de {MAX_ROWS:,} filas.")
        if kept[-1][0] > MAX_COLUMNS:
            raise UnreadableWorkbook(f"La hoja «{sheet.title[:40]}» tiene más de {MAX_COLUMNS} columnas.")
        rows.append((number, kept))
    merged = _MERGED.findall(archive.read(sheet._worksheet_path))
    if len(merged) > MAX_MERGED:
        raise UnreadableWorkbook(f"La hoja «{sheet.title[:40]}» tiene demasiadas celdas combinadas.")
    return sheet.title, rows, [(start.decode(), end.decode()) for start, end in merged]


def _pack_cell(column, cell):
    value = cell.value
    if value is None or value == "":
        return None
    if cell.data_type == "f":
        return column, "formula", ""
    if cell.data_type == "e":
        return column, "error", str(value)
    if isinstance(value, bool):
        return column, "yesno", value
    if isinstance(value, int | float) and abs(value) < 1e15:
        return column, "number", value
    if isinstance(value, datetime):
        return column, "date", value.date().isoformat()
    if isinstance(value, date):
        return column, "date", value.isoformat()
    if isinstance(value, time) or not isinstance(value, str):
        return column, "time", str(value)
    return column, "text", value.replace("_x000D_", "\r")  # how Excel keeps line ends that were pasted


def filled(data: bytes, title: str, cells: list, styled_like: dict, last_row: int) -> bytes:
    """The workbook with those texts in the sheet called `title`, and everything else as it was.

    `cells` are [row, column, text or None]; `styled_like` gives new rows the looks of another; the filter of the sheet
    is stretched down to `last_row`. A text never becomes a formula.
    """
    from openpyxl import load_workbook
    from openpyxl.worksheet.cell_range import CellRange

    try:
        book = load_workbook(io.BytesIO(data), rich_text=True)
        sheet = book[title]
        for row, source in styled_like.items():
            for column in range(1, sheet.max_column + 1):
                sheet.cell(int(row), column)._style = copy(sheet.cell(source, column)._style)
        for row, column, text in cells:
            cell = sheet.cell(row, column)
            cell.value = text
            if text is not None:
                cell.data_type = "s"
        if sheet.auto_filter.ref:
            reach = CellRange(sheet.auto_filter.ref)
            reach.max_row = max(reach.max_row, last_row)
            sheet.auto_filter.ref = reach.coord
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    except MemoryError:
        raise
    except Exception:
        raise UnreadableWorkbook(DAMAGED) from None


def _main() -> None:
    """One line of JSON and a workbook in; one line of JSON and, if values were written, the workbook out."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB * 1024 * 1024,) * 2)
    order, book = json.loads(sys.stdin.buffer.readline()), b""
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        answer = {"sheets": packed(data)}
        if order:
            answer, book = {}, filled(data, **order)
    except UnreadableWorkbook as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": TOO_SLOW}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + book)


if __name__ == "__main__":
    _main()
