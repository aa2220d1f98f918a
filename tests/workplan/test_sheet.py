"""Excel out and back in: what would change is said row by row, and nothing wrong is ever written."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core import signing
from django.urls import reverse
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from alianzas.exports.text import clean_text
from alianzas.roundtrip import views as roundtrip
from sessions_app.models import WorkPlanItem
from sessions_app.workplan import sheet_views
from sessions_app.workplan.queries import plan_rows
from sessions_app.workplan.services import save_item
from sessions_app.workplan.sheet_import import digest_of
from tests.workbooks import cells_of, edited, upload

from .rows import COLUMNS, FIRST, make_item, make_plan, review_of, titles, workbook


@pytest.fixture
def plan(org):
    return make_plan(org)


def post(client, org, data, name="plan.xlsx"):
    return client.post(reverse("subir-plan-de-trabajo", args=[org.slug]), {"file": upload(data, name)})


at, put = cells_of(COLUMNS, FIRST)


def test_the_sheet_starts_where_the_tests_think(org, plan):
    sheet = load_workbook(BytesIO(workbook(org))).worksheets[0]
    assert [sheet[at("title", row)].value for row in range(4)] == ["Preparar", "Leer", "Escribir", "Cerrar"]


# ── What changes ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_edits_are_no_changes(as_editor, org, plan):
    assert review_of(org, workbook(org)).changes == ()
    answer = as_editor.post(
        reverse("subir-plan-de-trabajo", args=[org.slug]), {"file": upload(workbook(org))}, follow=True
    )
    assert "0 cambios" in answer.content.decode()


def test_three_edits_are_exactly_three_changes_said_field_by_field(as_editor, org, plan):
    def edit(sheet):
        sheet[at("end", 0)] = date(2026, 5, 15)
        sheet[at("title", 3)] = "Cerrar bien"
        sheet[at("code", 4)], sheet[at("title", 4)] = "2.1", "Nueva"
        sheet[at("duration", 4)], sheet[at("unit", 4)] = 2, "Semanas"

    review = review_of(org, edited(workbook(org), edit))
    assert [(one.kind, one.fields) for one in review.changes] == [
        ("changed", [("Fin", "30 abr 2026", "15 may 2026")]),
        ("changed", [("Actividad", "Cerrar", "Cerrar bien")]),
        (
            "added",
            [("Código", "", "2.1"), ("Actividad", "", "Nueva"), ("Duración", "", "2"), ("Unidad", "", "semanas")],
        ),
    ]
    page = post(as_editor, org, edited(workbook(org), edit)).content.decode()
    assert "3 cambios" in page
    for said in ("30 abr 2026", "15 may 2026", "Cerrar bien", "Nueva"):
        assert said in page
    assert titles(org)[-1] == "2 Cerrar"


def test_a_row_taken_out_is_removed_only_where_somebody_says_so(as_editor, org, plan):
    data = edited(workbook(org), lambda sheet: sheet.delete_rows(FIRST + 2))
    review = review_of(org, data)
    assert [(one.kind, one.line.title) for one in review.changes] == [("removed", "Escribir")]
    assert "checked" not in post(as_editor, org, data).content.decode()
    apply(as_editor, org, data, ["0"])
    assert titles(org) == ["1 Preparar", "1.1 Leer", "2 Cerrar"]


def test_a_copied_row_is_a_new_one(org, plan):
    def edit(sheet):
        for column in range(1, 13):
            sheet.cell(FIRST + 4, column).value = sheet.cell(FIRST + 1, column).value
        sheet[at("code", 4)], sheet[at("title", 4)] = "1.3", "Copia de Leer"

    [change] = review_of(org, edited(workbook(org), edit)).changes
    assert (change.kind, change.line.title, change.line.responsibles) == ("added", "Copia de Leer", "Facilitación")


def test_what_was_added_in_the_page_meanwhile_is_not_removed(org, plan):
    data = workbook(org)
    make_item(org, "De última hora")
    assert review_of(org, data).changes == ()


def test_a_row_changed_in_both_places_is_told_and_not_chosen(as_editor, org, plan):
    data = edited(workbook(org), put(title_3="Cerrar en Excel"))
    with scope(organization=org):
        plan[3].product = "Desde la página"
        save_item(item=plan[3])
    [change] = review_of(org, data).changes
    assert change.is_conflict
    page = post(as_editor, org, data).content.decode()
    assert "también cambió en la página" in page
    assert "checked" not in page


def test_a_row_that_only_changed_in_the_page_is_no_change(org, plan):
    data = workbook(org)
    with scope(organization=org):
        plan[3].title = "Otro título"
        save_item(item=plan[3])
    assert review_of(org, data).changes == ()


# ── Bad input: the cell is named, nothing is written ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (put(code_4="7.1", title_4="Suelta"), f"Celda {at('code', 4)}: no hay ninguna actividad 7"),
        (put(code_4="1.1.1", title_4="Honda"), f"Celda {at('code', 4)}: «1.1.1» no es un código"),
        (put(code_4="uno", title_4="Letras"), f"Celda {at('code', 4)}: «uno» no es un código"),
        (put(code_4="1.2", title_4="Repetida"), f"Celda {at('code', 4)}: el código 1.2 ya está en la fila {FIRST + 2}"),
        (put(code_1=None), f"Celda {at('code', 1)}: falta el código"),
        (put(title_1=None), f"Celda {at('title', 1)}: falta la actividad"),
        (put(title_1="a" * 40_000), f"Celda {at('title', 1)}: el texto tiene"),
        (put(title_1="a" * 201), f"Celda {at('title', 1)}: el texto tiene 201 caracteres y caben 200."),
        (put(title_1="con\u202econtrol"), f"Celda {at('title', 1)}: tiene caracteres de control"),
        (put(title_1="con_x0008_control"), f"Celda {at('title', 1)}: tiene caracteres de control"),
        (put(title_1=date(2026, 3, 1)), f"Celda {at('title', 1)}: Excel la convirtió en fecha"),
        (put(duration_0="=1+1"), f"Celda {at('duration', 0)}: tiene una fórmula"),
        (put(title_0="=A1"), f"Celda {at('title', 0)}: tiene una fórmula"),
        (put(end_0=date(2026, 1, 1)), f"Celda {at('end', 0)}: el fin no puede ser antes del inicio"),
        (put(end_0="pronto"), f"Celda {at('end', 0)}: «pronto» no es una fecha"),
        (put(title_4="Nueva", end_4=46000), f"Celda {at('end', 4)}: «46000» no es una fecha"),
        (put(start_0="31/02/2026"), f"Celda {at('start', 0)}: «31/02/2026» no es una fecha"),
        (put(start_0="01/01/1900"), f"Celda {at('start', 0)}: el año 1900"),
        (put(unit_1="siglos"), f"Celda {at('unit', 1)}: «siglos» no es una unidad"),
        (put(unit_1=None), f"Celda {at('unit', 1)}: falta la unidad"),
        (put(duration_1=0), f"Celda {at('duration', 1)}: la duración es mayor que cero"),
        (put(duration_1=-2), f"Celda {at('duration', 1)}: la duración es mayor que cero"),
        (put(duration_1="mucho"), f"Celda {at('duration', 1)}: «mucho» no es un número"),
        (put(duration_1=2.25), f"Celda {at('duration', 1)}: la duración lleva a lo más un decimal"),
        (put(duration_1="NaN"), f"Celda {at('duration', 1)}: «NaN» no es un número"),
        (lambda sheet: sheet.delete_rows(FIRST), f"Celda B{FIRST}: no hay ninguna actividad 1"),
        (lambda sheet: sheet.merge_cells(f"{at('title', 1)}:{at('title', 2)}"), "están combinadas"),
        (lambda sheet: sheet.delete_cols(4), "faltan columnas (duration)"),
        (lambda sheet: sheet.delete_rows(FIRST - 2), "No encontramos la tabla"),
    ],
)
def test_what_is_wrong_names_its_cell_and_writes_nothing(as_editor, org, plan, edit, said):
    answer = post(as_editor, org, edited(workbook(org), edit))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert titles(org) == ["1 Preparar", "1.1 Leer", "1.2 Escribir", "2 Cerrar"]


def test_a_row_of_another_organization_is_refused(as_editor, org, plan, other_org):
    make_item(other_org, "Ajena")
    answer = post(as_editor, org, workbook(other_org))
    assert answer.status_code == 422
    assert f"Celda A{FIRST}: ese renglón no está en el plan" in answer.content.decode()


def test_empty_team_and_responsibles_are_fine(org, plan):
    [change] = review_of(org, edited(workbook(org), put(responsibles_0=None, org_team_0=None))).changes
    assert [label for label, _, _ in change.fields] == ["Responsables", "Equipo de la organización"]


def test_formula_like_words_survive_the_journey_as_words(org):
    make_item(org, "=1+1", responsibles="+52 55", product="@SUMA(A1)")
    assert review_of(org, workbook(org)).changes == ()


def test_the_sheet_of_an_empty_plan_takes_its_first_rows(as_editor, org):
    data = edited(workbook(org), put(code_0="1", title_0="Empezar", code_1="1.1", title_1="Dentro"))
    apply(as_editor, org, data, ["0", "1"])
    assert titles(org) == ["1 Empezar", "1.1 Dentro"]
    assert review_of(org, workbook(org)).changes == ()


# ── Between the two steps ───────────────────────────────────────────────────────────────────────────────────────────


def token_of(answer):
    return answer.context["token"]


def apply(client, org, data, chosen):
    token = token_of(post(client, org, data))
    return client.post(reverse("aplicar-plan-de-trabajo", args=[org.slug]), {"review": token, "aplicar": chosen})


def test_only_what_is_chosen_is_applied(as_editor, org, plan):
    data = edited(workbook(org), put(title_1="Leer más", title_3="Cerrar bien"))
    assert apply(as_editor, org, data, ["1"]).status_code == 302
    assert titles(org) == ["1 Preparar", "1.1 Leer", "1.2 Escribir", "2 Cerrar bien"]


def test_codes_move_rows_and_new_ones_find_their_place(as_editor, org, plan):
    def edit(sheet):
        sheet[at("code", 2)] = "2.1"
        sheet[at("code", 4)], sheet[at("title", 4)] = "3", "Otra"
        sheet[at("code", 5)], sheet[at("title", 5)] = "3.1", "Dentro de otra"
        sheet[at("title", 6)] = "Sin código"

    apply(as_editor, org, edited(workbook(org), edit), ["0", "1", "2", "3"])
    assert titles(org) == [
        "1 Preparar",
        "1.1 Leer",
        "2 Cerrar",
        "2.1 Escribir",
        "3 Otra",
        "3.1 Dentro de otra",
        "4 Sin código",
    ]


def test_activities_that_change_places_take_their_sub_activities_with_them(as_editor, org, plan):
    data = edited(workbook(org), put(code_0="2", code_3="1", code_1="2.1", code_2="2.2"))
    apply(as_editor, org, data, ["0", "1", "2", "3"])
    assert titles(org) == ["1 Cerrar", "2 Preparar", "2.1 Leer", "2.2 Escribir"]


@pytest.mark.parametrize(
    ("edit", "chosen", "said"),
    [
        (put(code_4="3", title_4="Otra", code_5="3.1", title_5="Dentro"), ["1"], "que no elegiste"),
        (put(code_0="2.1", code_1="2.2", code_2="2.3"), ["0"], "tiene subactividades"),
        (lambda sheet: sheet.delete_rows(FIRST, 3), ["0"], "que no elegiste borrar"),
        (put(title_1="Leer más"), [], "No elegiste ningún cambio"),
        (put(title_1="Leer más"), ["7"], "sube el archivo otra vez"),
        (put(title_1="Leer más"), ["0; drop"], "sube el archivo otra vez"),
    ],
)
def test_a_choice_that_does_not_hold_together_writes_nothing(as_editor, org, plan, edit, chosen, said):
    answer = apply(as_editor, org, edited(workbook(org), edit), chosen)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert titles(org) == ["1 Preparar", "1.1 Leer", "1.2 Escribir", "2 Cerrar"]


def test_the_review_says_when_the_plan_changed_meanwhile(as_editor, org, plan):
    token = token_of(post(as_editor, org, edited(workbook(org), put(title_1="Leer más"))))
    make_item(org, "De última hora")
    answer = as_editor.post(reverse("aplicar-plan-de-trabajo", args=[org.slug]), {"review": token, "aplicar": ["0"]})
    assert answer.status_code == 422
    assert "El plan cambió mientras revisabas" in answer.content.decode()
    assert "1.1 Leer" in titles(org)


def test_a_review_that_we_did_not_sign_for_this_person_is_refused(login, cast, org, other_org, plan):
    client = login(cast.editor)
    address = reverse("aplicar-plan-de-trabajo", args=[org.slug])
    token = token_of(post(client, org, edited(workbook(org), put(title_1="Leer más"))))
    data = signing.loads(token, salt=sheet_views.SALT)
    forged = [
        "",
        "x",
        token[:-2],
        token.replace(token[20:24], "AAAA"),
        signing.dumps(data, salt="other"),
        signing.dumps(data | {"org": other_org.pk}, salt=sheet_views.SALT),
        signing.dumps(data | {"user": cast.facilitator.pk}, salt=sheet_views.SALT),
    ]
    for one in forged:
        answer = client.post(address, {"review": one, "aplicar": ["0"]})
        assert answer.status_code == 422
        assert "Esa revisión ya no sirve" in answer.content.decode()
    assert "1.1 Leer" in titles(org)


def test_a_review_expires(as_editor, org, plan, monkeypatch):
    token = token_of(post(as_editor, org, edited(workbook(org), put(title_1="Leer más"))))
    monkeypatch.setattr(roundtrip, "VALID_SECONDS", -1)
    answer = as_editor.post(reverse("aplicar-plan-de-trabajo", args=[org.slug]), {"review": token, "aplicar": ["0"]})
    assert answer.status_code == 422


def test_hostile_words_of_a_file_stay_words_in_the_review(as_editor, org, plan):
    page = post(as_editor, org, edited(workbook(org), put(title_1="<script>alert(1)</script>"))).content.decode()
    assert "<script>alert" not in page


# ── Any plan, any edits ─────────────────────────────────────────────────────────────────────────────────────────────

words = st.text(max_size=60).filter(lambda text: "\x00" not in text and "_x00" not in text)
named = words.filter(lambda text: clean_text(text).split())
dates = st.dates(date(2026, 1, 1), date(2028, 12, 31))
durations = st.none() | st.integers(1, 999_999).map(lambda tenths: Decimal(tenths) / 10)
units = st.sampled_from(WorkPlanItem.Unit.values)


@st.composite
def plans(draw):
    """Facts of activities, each with the place of the activity it hangs from, if any."""
    made = []
    for number in range(draw(st.integers(1, 7))):
        tops = [place for place, (_, parent) in enumerate(made) if parent is None]
        start, end = draw(st.none() | dates), draw(st.none() | dates)
        facts = {
            "title": draw(named),
            "duration": draw(durations),
            "unit": draw(units),
            "responsibles": draw(words),
            "org_team": draw(words),
            "product": draw(words),
            "start": min(start, end) if start and end else start,
            "end": max(start, end) if start and end else end,
        }
        made.append((facts, draw(st.none() | st.sampled_from(tops)) if number and tops else None))
    return made


def fill(org, made):
    """The plan in the database, from nothing."""
    with scope(organization=org):
        WorkPlanItem.objects.all().delete()
        items = []
        for position, (facts, parent) in enumerate(made):
            parent = items[parent] if parent is not None else None
            items.append(WorkPlanItem(organization=org, position=position, parent=parent, **facts))
            items[-1].save()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans(), st.data())
def test_any_plan_comes_back_the_same_and_every_edit_is_one_change(org, made, data):
    fill(org, made)
    book = workbook(org)
    untouched = review_of(org, book)
    assert untouched.problems == ()
    assert untouched.changes == ()
    rows = data.draw(st.sets(st.integers(0, len(made) - 1)))
    changed = edited(book, lambda sheet: [_edit(sheet, row, data) for row in rows])
    review = review_of(org, changed)
    assert review.problems == ()
    assert sorted(one.row for one in review.changes) == sorted(FIRST + row for row in rows)
    assert {one.kind for one in review.changes} <= {"changed"}


def _edit(sheet, row, data):
    name = data.draw(st.sampled_from(["title", "responsibles", "org_team", "product"]))
    sheet[at(name, row)] = f"Editado {row} {data.draw(st.integers(0, 9))}"


def test_the_digest_changes_with_anything_the_plan_says(org, plan):
    with scope(organization=org):
        before = digest_of(plan_rows())
        plan[3].product = "Algo"
        save_item(item=plan[3])
        assert digest_of(plan_rows()) != before
