"""«Actualizar mi archivo»: people's own workbook comes back with the matrix of today, looking as they left it."""

from io import BytesIO

import pytest
from django_scopes import scope
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill

from alianzas.models import Event
from sysmap.models import Actor
from sysmap.sheet import LABELS
from tests import factories as make
from tests.workbooks import bomb, edited, rezipped

from .rows import FIRST, actors, apply, at, changes_of, first_sheet, make_matrix, post, put, workbook

YELLOW = PatternFill("solid", fgColor="FFFFCC00")


@pytest.fixture
def matrix(org):
    return make_matrix(org)


def brought_up_to_date(client, org, data) -> bytes:
    answer = post(client, org, data, actualizar="1")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.content


def change(org, name, **facts):
    with scope(organization=org):
        Actor.objects.filter(name=name).update(**facts)


def said(sheet, row):
    return [sheet[at(name, row)].value for name in LABELS]


def dressed(data):
    """The workbook as somebody made it their own."""
    book = load_workbook(BytesIO(data))
    sheet = book.worksheets[0]
    sheet[at("actor", 0)].font = Font(name="Comic Sans MS", size=22, color="FF00AA00")
    sheet[at("rules", 3)].fill = YELLOW
    sheet[at("relation", 1)].comment = Comment("¿De veras?", "Yo")
    sheet.column_dimensions["F"].width, sheet.row_dimensions[FIRST].height = 71, 99
    sheet[f"K{FIRST - 1}"], sheet[f"K{FIRST}"], sheet[f"L{FIRST}"] = "Mi nota", "Llamar el lunes", "=1+1"
    sheet.conditional_formatting.add("G6:G20", CellIsRule("equal", ['"Débil"'], fill=YELLOW))
    notes = book.create_sheet("Apuntes")
    notes["B2"], notes["B2"].fill = "Mío", YELLOW
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_formats_notes_and_sheets_stay_and_words_are_those_of_today(as_editor, org, matrix):
    mine = dressed(workbook(org))
    change(org, "OSC X", rules="=HYPERLINK(1)", roles=["Una"], relation="weak")
    change(org, "Vecinas", rules="Nueva", result="negative")
    book = load_workbook(BytesIO(brought_up_to_date(as_editor, org, mine)))
    sheet = book.worksheets[0]
    assert said(sheet, 0)[3:] == ["Una", "Influencia\nPersonal\nDinero", "Débil", "=HYPERLINK(1)", "Positivo"]
    assert sheet[at("rules", 0)].data_type == "s"
    assert said(sheet, 3) == ["Vecinas", "Sin definir", "No", None, None, "Sin definir", "Nueva", "Negativo"]
    font = sheet[at("actor", 0)].font
    assert (font.name, font.size, font.color.rgb) == ("Comic Sans MS", 22, "FF00AA00")
    assert sheet[at("rules", 3)].fill.fgColor.rgb == "FFFFCC00"
    assert sheet[at("relation", 1)].comment.text == "¿De veras?"
    assert (sheet.column_dimensions["F"].width, sheet.row_dimensions[FIRST].height) == (71, 99)
    assert (sheet[f"K{FIRST - 1}"].value, sheet[f"K{FIRST}"].value) == ("Mi nota", "Llamar el lunes")
    assert sheet[f"L{FIRST}"].value == "=1+1"
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["G6:G20"]
    assert len(sheet.data_validations.dataValidation) == 4
    assert (book["Apuntes"]["B2"].value, book["Apuntes"]["B2"].fill.fgColor.rgb) == ("Mío", "FFFFCC00")
    with scope(organization=org):
        assert Event.objects.get(verb="document.taken").detail == {"key": "matriz-5rs", "format": "xlsx"}


def test_what_comes_back_is_the_matrix_of_today_and_can_be_edited_again(as_editor, org, matrix):
    mine = dressed(workbook(org))
    change(org, "OSC X", rules="Otra", relation="conflictive")
    again = brought_up_to_date(as_editor, org, mine)
    assert changes_of(org, again) == []
    [(kind, name, fields)] = changes_of(org, edited(again, put(result_0="-")))
    assert (kind, name, fields) == ("changed", "OSC X", [("Resultados", "Positivo", "Negativo")])


def test_new_actors_go_below_everything_and_look_like_the_last_one(as_editor, org, matrix):
    def mine(sheet):
        sheet[at("actor", 3)].fill = YELLOW
        sheet["K12"] = "Firma"

    data = edited(workbook(org), mine)
    make.make_actor(org, "Nueva", sector="donor")
    again = brought_up_to_date(as_editor, org, data)
    sheet = first_sheet(again)
    assert said(sheet, 7) == ["Nueva", "Donante o fundación", "No", None, None, "Fuerte", None, "Positivo"]
    assert sheet[at("actor", 7)].fill.fgColor.rgb == "FFFFCC00"
    assert sheet["K12"].value == "Firma"
    assert sheet.auto_filter.ref == f"A{FIRST - 1}:J{FIRST + 7}"
    assert changes_of(org, again) == []


def test_the_row_of_an_actor_that_is_gone_says_so_and_keeps_notes_beside_it(as_editor, org, matrix):
    data = edited(workbook(org), lambda sheet: sheet.cell(FIRST + 1, 11, "Mi nota"))
    with scope(organization=org):
        matrix[1].delete()
    again = brought_up_to_date(as_editor, org, data)
    sheet = first_sheet(again)
    assert said(sheet, 1) == ["Ya no está en la matriz: Radio local", *[None] * 7]
    assert (sheet.cell(FIRST + 1, 1).value, sheet.cell(FIRST + 1, 11).value) == (None, "Mi nota")
    assert changes_of(org, again) == []
    assert said(first_sheet(brought_up_to_date(as_editor, org, again)), 1) == said(sheet, 1)


def test_rows_that_were_added_through_the_file_get_their_keys(as_editor, org, matrix):
    data = edited(workbook(org), put(actor_4="universidad", sector_4="academia", actor_5="Sin subir"))
    apply(as_editor, org, data, ["0"])
    again = brought_up_to_date(as_editor, org, data)
    sheet = first_sheet(again)
    assert sheet.cell(FIRST + 4, 1).value == str(actors(org)["universidad"].key)
    assert said(sheet, 4)[1] == "Academia o investigación"
    assert sheet.max_row == FIRST + 5
    assert [(kind, name) for kind, name, _ in changes_of(org, again)] == [("added", "Sin subir")]


def test_a_copied_row_does_not_keep_the_key_of_the_first(as_editor, org, matrix):
    def copied(sheet):
        for column in range(1, 11):
            sheet.cell(FIRST + 4, column).value = sheet.cell(FIRST, column).value
        sheet[at("actor", 4)] = "OSC Y"

    again = brought_up_to_date(as_editor, org, edited(workbook(org), copied))
    assert [(kind, name) for kind, name, _ in changes_of(org, again)] == [("added", "OSC Y")]
    assert first_sheet(again).cell(FIRST + 4, 1).value is None


def test_moved_columns_are_filled_where_they_are(as_editor, org, matrix):
    data = edited(workbook(org), lambda sheet: sheet.move_range(f"G{FIRST - 2}:G{FIRST + 3}", cols=6))
    change(org, "Radio local", relation="strong")
    again = brought_up_to_date(as_editor, org, data)
    assert first_sheet(again).cell(FIRST + 1, 13).value == "Fuerte"
    assert changes_of(org, again) == []


def test_an_empty_table_is_filled_from_its_first_row(as_editor, org):
    data = workbook(org)
    make.make_actor(org, "Primera")
    again = brought_up_to_date(as_editor, org, data)
    assert said(first_sheet(again), 0)[0] == "Primera"
    assert changes_of(org, again) == []


def test_an_actor_that_became_sensitive_appears_under_its_alias(as_editor, org, matrix):
    data = workbook(org)
    change(org, "Radio local", is_sensitive=True, alias="Actor R")
    again = brought_up_to_date(as_editor, org, data)
    assert said(first_sheet(again), 1)[0] == "Actor R"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda data: b"hola", "no es un libro de Excel"),
        (lambda data: rezipped(data, bomb), "demasiado grande al abrirlo"),
        (lambda data: edited(data, lambda sheet: sheet.delete_rows(FIRST - 2)), "No encontramos la tabla"),
        (lambda data: edited(data, lambda sheet: sheet.merge_cells("B6:B7")), "están combinadas"),
    ],
)
def test_a_file_that_cannot_be_filled_is_refused_on_its_own_form(as_editor, org, matrix, spoil, message):
    answer = post(as_editor, org, spoil(workbook(org)), actualizar="1")
    assert answer.status_code == 422
    assert message in answer.context["own_form"].errors["file"][0]
    assert not answer.context["form"].errors


def test_the_workbook_of_another_organization_is_refused(as_editor, org, matrix, other_org):
    make.make_actor(other_org, "Ajena")
    answer = post(as_editor, org, workbook(other_org), actualizar="1")
    assert answer.status_code == 422
    assert "Ninguno de los renglones de ese archivo está en la matriz" in answer.content.decode()
