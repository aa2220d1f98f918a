"""Workbooks opened again with openpyxl."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from alianzas.exports import base
from alianzas.exports.blocks import Column, Figure, Heading, Paragraph, Row, Table
from alianzas.exports.errors import UnknownBlock
from alianzas.exports.xlsx import table_range_name
from alianzas.exports.xlsx_sheet import CELL_LIMIT, sheet_name

from .samples import HIDDEN, SEEN, drawing, small, squeezed, table


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module")
def book(xlsx_file):
    return opened(xlsx_file)


def values(book):
    return [cell.value for ws in book for row in ws.iter_rows() for cell in row if cell.value is not None]


def named(book, key):
    """The cells of a table by its key, as rows of values."""
    [(sheet, area)] = book.defined_names[table_range_name(key)].destinations
    return sheet, [[cell.value for cell in row] for row in book[sheet][area.replace("$", "")]]


def test_excel_holds_every_fact_and_the_keys(book):
    text = squeezed(" ".join(str(value) for value in values(book)))
    assert [fact for fact in (*SEEN, *HIDDEN) if squeezed(fact) not in text] == []


def test_each_first_level_heading_has_a_sheet(book):
    assert book.sheetnames == ["Portada", "Semblanza", "El sistema actores mapa"]


def test_cells_are_typed(book):
    sheet, rows = named(book, "resultados")
    assert sheet == "Semblanza"
    assert rows == [
        ["clave", "indicador", "actividad", "avance", "fecha", "id"],
        [None, "Indicador", "Actividad", "Avance", "Fecha", "Identificador"],
        ["grupo", "Corto plazo", None, None, None, None],
        ["fila-uno", "Carta de intención firmada", "• Redactar la carta\n• Enviarla", 40,
         datetime(2027, 2, 26), "id-secreto-1"],
        ["fila-dos", "Primera reunión", "Preparar la minuta", 12.5, None, "id-secreto-2"],
    ]  # fmt: skip


def test_keys_are_hidden(book):
    ws = book["Semblanza"]
    assert ws.column_dimensions["A"].hidden
    assert ws.column_dimensions["F"].hidden
    [(_, area)] = book.defined_names[table_range_name("resultados")].destinations
    first_row = int(area.split(":")[0].rsplit("$", 1)[1])
    assert ws.row_dimensions[first_row].hidden
    assert not ws.row_dimensions[first_row + 1].hidden


def test_hidden_column_does_not_hide_another_tables():
    first = table(key="uno")
    second = Table(
        "dos", [Column(letter, letter.upper()) for letter in "abcdef"], [Row("r", ["a", "b", "c", "d", "e", "f"])]
    )
    book = opened(base.render(small(Heading(1, "Hoja"), first, second), "xlsx"))
    ws = book["Hoja"]
    _, rows = named(book, "dos")
    assert rows[-1] == ["r", "a", "b", "c", "d", "e", "f"]
    assert [letter for letter in "BCDEFG" if ws.column_dimensions[letter].hidden] == []
    assert ws.column_dimensions["H"].hidden


def test_table_alone_gives_one_neat_sheet():
    book = opened(base.render(small(table()), "xlsx"))
    [ws] = book
    assert ws.title == "Resultados por plazo"
    assert ws.freeze_panes == "A4"
    assert ws.auto_filter.ref == "A3:F6"
    assert ws.print_title_rows == "$3:$3"
    assert ws.page_setup.orientation == "landscape"
    assert (ws.page_setup.fitToWidth, ws.page_setup.fitToHeight, ws.sheet_properties.pageSetUpPr.fitToPage) == (
        1,
        0,
        True,
    )
    assert ws.page_setup.paperSize == 1
    assert ws.oddFooter.right.text == "Página &P de &N"
    assert ws["B3"].fill.fgColor.rgb == "007a2e58"


def test_closed_list_is_offered_in_its_cells_and_below_them():
    columns = [Column("a", "A"), Column("b", "B", choices=("Sí", "No"))]
    document = small(Table("t", columns, [Row("r", ["a", "Sí"])]))
    [offered] = opened(base.render(document, "xlsx")).worksheets[0].data_validations.dataValidation
    assert (offered.formula1, str(offered.sqref), offered.showErrorMessage) == ('"Sí,No"', "C3:C203", False)


def test_column_of_the_sheet_alone_is_seen_there_and_nowhere_else():
    columns = [Column("a", "Uno"), Column("b", "Dos", sheet_only=True), Column("c", "Tres")]
    document = small(Table("t", columns, [Row("r", ["x", "y", "z"])]))
    ws = opened(base.render(document, "xlsx")).worksheets[0]
    assert [ws.cell(2, column).value for column in (2, 3, 4)] == ["Uno", "Dos", "Tres"]
    assert not ws.column_dimensions["C"].hidden
    assert "Dos" not in base.render(document, "html").decode()


def test_a_heading_inside_a_table_runs_over_the_empty_cells_beside_it():
    rows = [Row("a", ["Una jornada con nombre largo", ""], header=True), Row("b", ["Uno", "Dos"])]
    document = small(Table("t", [Column("x", "X"), Column("y", "Y")], rows))
    ws = opened(base.render(document, "xlsx")).worksheets[0]
    assert ws.cell(3, 2).value == "Una jornada con nombre largo"
    assert not ws.cell(3, 2).alignment.wrap_text
    assert ws.cell(3, 3).value is None
    assert (ws.cell(4, 2).value, ws.cell(4, 2).alignment.wrap_text) == ("Uno", True)


def test_table_with_a_sheet_of_its_own():
    parts = (Heading(1, "Texto"), Paragraph("a"), table(key="uno", sheet="Datos"), Paragraph("b"))
    assert opened(base.render(small(*parts), "xlsx")).sheetnames == ["Texto", "Datos"]
    same = (Heading(1, "Datos"), table(sheet="Datos"))
    assert opened(base.render(small(*same), "xlsx")).sheetnames == ["Datos"]


def test_user_text_is_never_a_formula():
    hostile = ["=1+1", "+1", "-1", "@SUMA(A1)", '=HYPERLINK("http://x")', "\t=1", "\r=2", "'=3", "=cmd|' /C calc'!A0"]
    columns = [Column("a", "=A()"), Column("b", "B")]
    rows = [Row(text, (text, (text,))) for text in hostile]
    data = base.render(small(Heading(1, "=Hoja()"), Paragraph("=2+2"), Table("t", columns, rows, caption="=3")), "xlsx")
    book = opened(data)
    assert {cell.data_type for ws in book for row in ws.iter_rows() for cell in row if cell.value is not None} == {"s"}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert not [xml for xml in sheets if b"<f>" in xml]
    assert {text.strip() for text in hostile} <= {str(value) for value in values(book)}


def test_long_text_goes_on_below_and_says_so():
    text = "palabra " * 9000
    columns = [Column("a", "A"), Column("b", "B")]
    document = small(Paragraph(text), Table("t", columns, [Row("r", (text, "b")), Row("s", ("c", "d"))]))
    book = opened(base.render(document, "xlsx"))
    _, rows = named(book, "t")
    assert [row[0] for row in rows] == ["clave", None, "r", "r+1", "r+2", "s"]
    assert [row[2] for row in rows[2:5]] == ["b", None, None]
    assert sum(str(row[1]).count("palabra") for row in rows) == 9000
    assert all("(sigue en la fila de abajo)" in row[1] for row in rows[2:4])
    assert sum(str(value).count("palabra") for value in values(book)) == 18_000
    assert max(len(str(value)) for value in values(book)) <= CELL_LIMIT


def test_pictures_have_alternative_texts(xlsx_file, book):
    with zipfile.ZipFile(io.BytesIO(xlsx_file)) as archive:
        drawings = "".join(archive.read(name).decode() for name in archive.namelist() if "drawings/drawing" in name)
    for text in ("Logotipo de la organización", "Mapa con tres anillos", "Foto 3", "Sello del programa"):
        assert f'descr="{text}"' in drawings
    assert len(book["El sistema actores mapa"]._images) == 6


def test_workbook_says_what_it_is(book):
    assert (book.properties.title, book.properties.creator, book.properties.subject) == (
        "Plan de Alianzas Estratégicas",
        "Equipo de la organización",
        "Plan 2027",
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Misión: [visión] / valores?*\\", "Misión visión valores"),
        ("'Entre comillas'", "Entre comillas"),
        ("x" * 40, "x" * 31),
        ("\x00\n", "Hoja"),
        ("History", "History 1"),
    ],
)
def test_sheet_names_are_what_excel_takes(title, name):
    assert sheet_name(title, set()) == name


def test_sheet_names_are_unique():
    taken = set()
    names = [sheet_name("Línea de acción con un nombre muy largo", taken) for _ in range(11)]
    assert len({name.lower() for name in names}) == 11
    assert max(map(len, names)) <= 31


def test_empty_document_and_table_still_open():
    assert opened(base.render(small(), "xlsx")).sheetnames == ["Prueba"]
    assert "Sin registros todavía" in values(opened(base.render(small(table(rows=())), "xlsx")))


def test_odd_values_are_kept():
    columns = [Column("a", "A"), Column("b", "B"), Column("c", "C"), Column("d", "D")]
    rows = [Row("r", (True, float("nan"), date(2027, 1, 2), datetime(2027, 1, 2, 10, 30)))]
    _, found = named(opened(base.render(small(Table("t", columns, rows)), "xlsx")), "t")
    assert found[-1] == ["r", "Sí", "nan", datetime(2027, 1, 2), datetime(2027, 1, 2, 10, 30)]


def test_unknown_block_raises():
    with pytest.raises(UnknownBlock, match="Excel"):
        base.render(small(object()), "xlsx")


def test_full_page_figure_is_enlarged():
    book = opened(base.render(small(Figure(drawing(100, 50), "Mapa", full_page=True)), "xlsx"))
    [image] = book.active._images
    assert image.anchor.ext.width == 880 * 9525
