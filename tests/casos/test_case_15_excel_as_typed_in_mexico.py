"""What people in Mexico type into Excel, a form and a planilla: the same words are the same day and the same number."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django_scopes import scope
from openpyxl import load_workbook

from alianzas.forms import DayField
from sessions_app import curriculum
from sessions_app.models import Answer, WorkPlanItem
from tests.sysmap import rows as matrix
from tests.workbooks import cells_of, edited, upload
from tests.workplan.rows import COLUMNS, FIRST, make_item, make_plan, workbook

DAYS = [
    ("05/mar/2026", date(2026, 3, 5)),
    ("5 mar 2026", date(2026, 3, 5)),
    ("15/ene/2026", date(2026, 1, 15)),
    ("16 de marzo de 2026", date(2026, 3, 16)),
    ("24-abr-2026", date(2026, 4, 24)),
    ("6/4/26", date(2026, 4, 6)),
    ("N/A", None),
    ("N/D", None),
]
NUMBERS = [("1,200", "1200"), ("1,500", "1500"), ("1,5", "1.5"), ("1,500.5", "1500.5"), ("N/A", None)]
at, put = cells_of(COLUMNS, FIRST)


@pytest.fixture
def plan(org):
    return make_plan(org)


def sent(client, org, edit):
    """The page that shows what the edited workbook would change."""
    address = reverse("subir-plan-de-trabajo", args=[org.slug])
    return client.post(address, {"file": upload(edited(workbook(org), edit))}, follow=True)


def applied(client, org, edit):
    """The plan after the edited workbook was uploaded and all its changes applied."""
    page = sent(client, org, edit)
    assert page.status_code == 200, page.content.decode()
    told = {"review": page.context["token"], "aplicar": [str(n) for n in range(len(page.context["review"].changes))]}
    answer = client.post(reverse("aplicar-plan-de-trabajo", args=[org.slug]), told)
    assert answer.status_code == 302, answer.content.decode()
    with scope(organization=org):
        return {item.title: item for item in WorkPlanItem.objects.all()}


# ── 1. Days ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_in_the_workbook(as_editor, org, plan, text, day):
    items = applied(as_editor, org, put(code_4="3", title_4="Nueva", start_4=text))
    assert items["Nueva"].start == day


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_in_a_form(as_editor, org, text, day):
    assert DayField(required=False).clean(text) == day
    form = {"title": "Nueva", "start": text, "unit": "hours", "duration": ""}
    assert as_editor.post(reverse("nueva-actividad-de-trabajo", args=[org.slug]), form).status_code == 302
    with scope(organization=org):
        assert WorkPlanItem.objects.get().start == day


def promise(client, org, text):
    """A promise of the planilla S5.5 for that day."""
    address = reverse("planilla-campo", args=[org.slug, "5", "S5.5", "c_borrador"])
    controls = {"id": "uno", "what": "Escribirle", "responsible": "Enlace", "due_date": text}
    form = {f"c_borrador-{name}": value for name, value in controls.items()} | {"c_borrador-version": "0"}
    return client.post(address, form, HTTP_HX_REQUEST="true")


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_in_a_planilla(as_editor, org, text, day):
    text = text.replace("2026", "2096").replace("/26", "/96")  # a promise is for a day to come
    answer = promise(as_editor, org, text)
    assert answer.status_code == 200, answer.content.decode()
    with scope(organization=org):
        [row] = Answer.objects.get(prompt_key="S5.5.c_borrador").value
    assert row["due_date"] == (day.replace(year=2096).isoformat() if day else "")


def test_a_day_that_does_not_exist_is_said_in_the_three_places(as_editor, org, plan):
    said = "«31/02/2027» no es una fecha válida: no existe; febrero de 2027 tiene 28 días."
    book = sent(as_editor, org, put(end_3="31/02/2027"))
    form = as_editor.post(
        reverse("nueva-actividad-de-trabajo", args=[org.slug]), {"title": "Nueva", "end": "31/02/2027"}
    )
    planilla = promise(as_editor, org, "31/02/2027")
    assert [book.status_code, form.status_code, planilla.status_code] == [422, 422, 422]
    assert f"Celda {at('end', 3)}: {said}" in book.content.decode()
    assert said in form.content.decode()
    assert said in planilla.content.decode()


# ── 2. Codes ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_code_column_of_the_plan_is_text(org, plan):
    sheet = load_workbook(BytesIO(workbook(org))).worksheets[0]
    codes = [sheet[at("code", row)] for row in range(4)]
    assert [(one.value, one.data_type, one.number_format) for one in codes] == [
        (code, "s", "@") for code in ("1", "1.1", "1.2", "2")
    ]
    assert sheet.column_dimensions[COLUMNS["code"]].number_format == "@"  # and whatever is typed below
    assert sheet[at("start", 0)].number_format == "dd/mm/yyyy"
    assert sheet[at("title", 0)].number_format == "General"


@pytest.mark.parametrize("book", ["plan", "matrix"])
def test_hidden_keys_are_text_in_every_workbook_that_comes_back(org, plan, book):
    matrix.make_matrix(org)
    data, first = (workbook(org), FIRST) if book == "plan" else (matrix.workbook(org), matrix.FIRST)
    keys = [load_workbook(BytesIO(data)).worksheets[0].cell(first + row, 1) for row in range(4)]
    assert {(one.data_type, one.number_format) for one in keys} == {("s", "@")}


def test_the_tenth_subactivity_is_written_as_text(as_editor, org):
    first = make_item(org, "Preparar")
    for number in range(1, 10):
        make_item(org, f"Paso {number}", first)
    items = applied(as_editor, org, put(code_10="1.10", title_10="Décimo paso"))
    assert items["Décimo paso"].parent_id == first.pk


def test_a_code_that_excel_made_a_number_says_how_to_write_it(as_editor, org, plan):
    answer = sent(as_editor, org, put(code_4=1.1, title_4="Décimo paso"))
    page = answer.content.decode().replace("&#x27;", "'")
    assert answer.status_code == 422
    assert f"Celda {at('code', 4)}: Excel guardó el número 1.1, que también puede ser 1.10" in page
    assert "escríbelo como texto: '1.10" in page
    assert "ya está en la fila" not in page


def test_a_whole_number_is_a_code(as_editor, org, plan):
    assert applied(as_editor, org, put(code_4=3, title_4="Nueva"))["Nueva"].parent_id is None


# ── 3. Numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_a_number_in_the_workbook(as_editor, org, plan, text, number):
    items = applied(as_editor, org, put(code_4="3", title_4="Nueva", duration_4=text, unit_4="horas"))
    assert items["Nueva"].duration == (number and Decimal(number))


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_a_number_in_a_form(as_editor, org, text, number):
    form = {"title": "Nueva", "duration": text, "unit": "hours"}
    assert as_editor.post(reverse("nueva-actividad-de-trabajo", args=[org.slug]), form).status_code == 302
    with scope(organization=org):
        assert WorkPlanItem.objects.get().duration == (number and Decimal(number))


def pitch(client, org, text):
    """How long an Elevator Pitch took, in the planilla S4.6."""
    address = reverse("planilla-campo", args=[org.slug, "4", "S4.6", "pitch"])
    form = {"pitch-version": "0", "pitch-take_seconds": text}
    form |= {f"pitch-{one.key}": "Algo" for one in curriculum.prompt("S4.6.pitch").columns if one.kind == "long"}
    return client.post(address, form, HTTP_HX_REQUEST="true")


@pytest.mark.parametrize(("text", "number"), [*NUMBERS, ("1,500,000", "1500000")])
def test_a_number_in_a_planilla(as_editor, org, text, number):
    answer = pitch(as_editor, org, text)
    assert answer.status_code == 200, answer.content.decode()
    with scope(organization=org):
        assert Answer.objects.get(prompt_key="S4.6.pitch").value["take_seconds"] == (number and float(number))


def test_two_readings_are_shown_in_the_three_places(as_editor, org, plan):
    said = "«1.500,00» puede ser 1,500 o 1.5"
    book = sent(as_editor, org, put(duration_3="1.500,00"))
    form = as_editor.post(
        reverse("nueva-actividad-de-trabajo", args=[org.slug]), {"title": "Nueva", "duration": "1.500,00"}
    )
    planilla = pitch(as_editor, org, "1.500,00")
    assert [book.status_code, form.status_code, planilla.status_code] == [422, 422, 422]
    assert all(said in answer.content.decode() for answer in (book, form, planilla))


def test_the_review_shows_thousands_as_the_page_does(as_editor, org, plan):
    assert "1,200" in sent(as_editor, org, put(duration_3="1,200")).content.decode()


# ── 4. Nothing ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("nothing", ["N/A", "n/d", "n.a.", "—", "sin definir", "Ninguno"])
def test_nothing_in_closed_columns(as_editor, org, nothing):
    matrix.make_matrix(org)
    said = dict.fromkeys(("sector_0", "informal_0", "relation_0", "result_0"), nothing)
    [change] = matrix.review_of(org, edited(matrix.workbook(org), matrix.put(**said))).changes
    assert (change.line.sector, change.line.informal, change.line.relation, change.line.result) == ("", False, "", "")


def test_nothing_as_unit_and_duration(as_editor, org, plan):
    items = applied(as_editor, org, put(duration_3="N/A", unit_3="N/A"))
    assert items["Cerrar"].duration is None
