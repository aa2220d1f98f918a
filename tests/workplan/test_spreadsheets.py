"""Reading workbooks that nobody trusts."""

import io
from datetime import date, datetime

import pytest
from django.urls import reverse
from openpyxl import Workbook

from alianzas import spreadsheets
from alianzas.exports import xlsx
from alianzas.spreadsheets import UnreadableWorkbook, parse, read
from tests.workbooks import SHEET, bomb, rezipped, upload


def saved(fill=lambda sheet: None) -> bytes:
    book = Workbook()
    fill(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def many_entries(parts):
    parts.update({f"xl/media/{number}.png": b"" for number in range(400)})


def entities(parts):
    declared = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;">]>'
    parts[SHEET] = parts[SHEET].replace(b"<worksheet", declared + b"<worksheet", 1)


def broken(parts):
    parts[SHEET] = parts[SHEET][: len(parts[SHEET]) // 2]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no es un libro de Excel"),
        (b"hola", "no es un libro de Excel"),
        (b"PK\x03\x04" + b"\x00" * 200, "no es un libro de Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "no es un libro de Excel"),
        (rezipped(saved(), lambda parts: parts.pop("xl/workbook.xml")), "no es un libro de Excel"),
        (b"x" * (spreadsheets.MAX_BYTES + 1), "más de 5 MB"),
        (rezipped(saved(), bomb), "demasiado grande al abrirlo"),
        (rezipped(saved(), many_entries), "demasiado grande al abrirlo"),
        (rezipped(saved(), lambda parts: parts.update({"xl/vbaProject.bin": b"x"})), "macros"),
        (rezipped(saved(), entities), "dañado"),
        (rezipped(saved(), broken), "dañado"),
        (saved(lambda sheet: sheet.cell(2001, 1, "x")), "más de 2,000 filas"),
        (saved(lambda sheet: sheet.cell(1, 101, "x")), "más de 100 columnas"),
    ],
)
def test_what_cannot_be_read_is_said(data, said):
    with pytest.raises(UnreadableWorkbook, match=said):
        read(data)


@pytest.mark.parametrize("data", [b"hola", rezipped(saved(), bomb), saved(lambda sheet: sheet.cell(2001, 1, "x"))])
def test_the_page_says_it_too_and_keeps_nothing(as_editor, org, data):
    answer = as_editor.post(reverse("subir-plan-de-trabajo", args=[org.slug]), {"file": upload(data)})
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()


def test_a_file_over_5_mb_or_none_is_refused_by_the_form(as_editor, org):
    address = reverse("subir-plan-de-trabajo", args=[org.slug])
    answer = as_editor.post(address, {"file": upload(b"x" * (spreadsheets.MAX_BYTES + 1))})
    assert answer.status_code == 422
    assert "más de 5 MB" in answer.content.decode()
    assert as_editor.post(address, {}).status_code == 422


def test_a_row_far_below_costs_little_and_is_refused():
    with pytest.raises(UnreadableWorkbook, match="más de 2,000 filas"):  # not: it took too long
        read(saved(lambda sheet: sheet.cell(1_048_576, 1, "x")))


def test_cells_come_back_with_their_kind_and_address():
    def fill(sheet):
        sheet.append(["texto", 3, 2.5, True, date(2026, 3, 1), datetime(2026, 3, 2, 10), "=1+1", None])

    [sheet] = read(saved(fill))
    found = [(cell.ref, cell.kind, cell.value) for cell in sheet.rows[1].values()]
    assert found == [
        ("A1", "text", "texto"),
        ("B1", "number", 3),
        ("C1", "number", 2.5),
        ("D1", "yesno", True),
        ("E1", "date", date(2026, 3, 1)),
        ("F1", "date", date(2026, 3, 2)),
        ("G1", "formula", ""),
    ]
    assert parse(saved(fill)) == [sheet]


def test_a_dimension_that_lies_hides_nothing():
    def lie(parts):
        parts[SHEET] = parts[SHEET].replace(b'<dimension ref="A1:A3"/>', b'<dimension ref="A1:A1"/>')

    data = saved(lambda sheet: [sheet.append([word]) for word in ("uno", "dos", "tres")])
    assert rezipped(data, lie) != data
    assert len(read(rezipped(data, lie))[0].rows) == 3


def test_the_hidden_column_has_the_name_that_the_writer_gives_it():
    assert spreadsheets.KEY_COLUMN == xlsx.KEY_COLUMN


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_letters(column, letters):
    assert spreadsheets._letters(column) == letters
    assert spreadsheets._place(f"{letters}7") == (7, column)
