"""Workbooks for tests: edited as people do it, uploaded, and spoiled."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook


def edited(data: bytes, edit) -> bytes:
    """The workbook after `edit(sheet)`."""
    book = load_workbook(io.BytesIO(data))
    edit(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells_of(columns, first):
    """For a table whose `columns` have those letters and whose first row is `first`: `at(name, row)` and `put(…)`."""

    def at(name, row):
        return f"{columns[name]}{first + row}"

    def put(**cells):
        """An edit that writes `title_1="…"`: the title of the second row."""

        def edit(sheet):
            for where, value in cells.items():
                name, _, row = where.rpartition("_")
                sheet[at(name, int(row))] = value

        return edit

    return at, put


def upload(data: bytes, name="libro.xlsx"):
    return SimpleUploadedFile(name, data)


def rezipped(data: bytes, change) -> bytes:
    """The container with `change({name: content})` done to it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def bomb(parts):
    parts[SHEET] = parts[SHEET].replace(b"</worksheet>", b" " * 50_000_000 + b"</worksheet>")
