"""The matrix out to Excel and back in: what would change is said row by row, and nothing wrong is ever written."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.urls import reverse
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import Font, PatternFill

from alianzas.exports.text import one_line
from alianzas.workbook_process import MAX_ROWS
from sysmap.models import Actor, Relation, Result, Sector
from sysmap.sheet import LABELS, line_of
from tests import factories as make
from tests.workbooks import bomb, edited, rezipped

from .rows import (
    FIRST,
    actors,
    apply,
    at,
    changes_of,
    facts,
    first_sheet,
    make_matrix,
    post,
    put,
    review_of,
    workbook,
)


@pytest.fixture
def matrix(org):
    return make_matrix(org)


def test_the_sheet_holds_the_rows_of_the_matrix_one_thing_to_a_line(org, matrix):
    make.make_actor(org, "Fuera de la matriz", in_matrix=False)
    sheet = first_sheet(workbook(org))
    said = [[sheet[at(name, row)].value for name in LABELS] for row in range(-1, 4)]
    roles, resources = "Movilizadora social\nMediadora", "Influencia\nPersonal\nDinero"
    rules = "Solo el patronato\npuede acercarse"
    assert said == [
        list(LABELS.values()),
        ["OSC X", "OSC", "No", roles, resources, "Colaborativa", rules, "Positivo"],
        ["Radio local", "Medio de comunicación", "No", None, None, "Débil", None, "Negativo"],
        ["Actor B", "Actor informal", "Sí", None, None, "Fuerte", None, "Positivo"],
        ["Vecinas", "Sin definir", "No", None, None, "Sin definir", None, "Sin definir"],
    ]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.column_dimensions["J"].hidden
    assert sheet.max_row == FIRST + 3


def test_closed_lists_have_drop_downs_below_the_last_row_too(org, matrix):
    offered = {str(one.sqref): one.formula1 for one in first_sheet(workbook(org)).data_validations.dataValidation}
    assert offered == {
        f"C{FIRST}:C209": '"{},Sin definir"'.format(",".join(Sector.labels)),
        f"D{FIRST}:D209": '"Sí,No"',
        f"G{FIRST}:G209": '"Fuerte,Colaborativa,Débil,Conflictiva,Sin definir"',
        f"I{FIRST}:I209": '"Positivo,Negativo,Sin definir"',
    }


# ── What changes ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("again", [lambda data: data, lambda data: edited(data, lambda sheet: None)])
def test_no_edits_are_no_changes_also_saved_by_another_program(as_editor, org, matrix, again):
    data = again(workbook(org))
    before = facts(org)
    assert changes_of(org, data) == []
    page = as_editor.post(
        reverse("subir-matriz", args=[org.slug]), {"file": BytesIO(data)}, follow=True
    ).content.decode()
    assert "El archivo dice lo mismo que la matriz: 0 cambios." in page
    assert facts(org) == before


def test_the_document_that_people_download_comes_back_without_changes(as_editor, org, matrix):
    org.desired_result = "Que haya agua"
    org.save()
    data = as_editor.get(reverse("entregable", args=[org.slug, "matriz-5rs", "xlsx"])).content
    assert changes_of(org, data) == []


def test_three_edits_are_exactly_three_changes_said_field_by_field(as_editor, org, matrix):
    data = edited(
        workbook(org), put(relation_1="fuerte", roles_0="Mediadora", actor_4="Universidad", sector_4="academia")
    )
    said = [
        ("changed", "OSC X", [("Roles", "Movilizadora social\nMediadora", "Mediadora")]),
        ("changed", "Radio local", [("Relaciones", "Débil", "Fuerte")]),
        (
            "added",
            "Universidad",
            [("Actores", "", "Universidad"), ("Sector", "Sin definir", "Academia o investigación")],
        ),
    ]
    assert changes_of(org, data) == said
    page = post(as_editor, org, data).content.decode()
    assert "3 cambios en el archivo" in page
    assert page.count("checked") == 3
    assert set(actors(org)) == {"OSC X", "Radio local", "Grupo del norte", "Vecinas"}


def rearranged(book):
    """Another look, another order of rows and columns, something beside the table and another sheet."""
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST, max_col=10)]
    for number, row in enumerate(sorted(rows, key=lambda row: row[1]), FIRST):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    sheet.move_range(f"G{FIRST - 2}:G{FIRST + 3}", cols=6)  # relations go to the far right
    sheet.insert_cols(1)
    for row in range(FIRST - 1, FIRST + 4):
        sheet.cell(row, 8, "una nota mía")
    sheet.row_dimensions[FIRST + 1].hidden = True
    sheet["C6"].font, sheet["C6"].fill = Font(size=30), PatternFill("solid", fgColor="FFCC00")
    sheet.column_dimensions["C"].width = 80
    book.create_sheet("Mis apuntes", 0).append(["clave", "actor", "teléfono"])


def test_the_order_of_rows_and_columns_their_looks_and_other_sheets_do_not_matter(org, matrix):
    book = load_workbook(BytesIO(workbook(org)))
    rearranged(book)
    out = BytesIO()
    book.save(out)
    assert changes_of(org, out.getvalue()) == []


@pytest.mark.parametrize(
    ("cells", "label", "after"),
    [
        ({"relation_3": "FUERTE "}, "Relaciones", "Fuerte"),
        ({"relation_3": "colaborativo"}, "Relaciones", "Colaborativa"),
        ({"relation_3": "debil"}, "Relaciones", "Débil"),
        ({"relation_3": "conflictive"}, "Relaciones", "Conflictiva"),
        ({"result_3": "+"}, "Resultados", "Positivo"),
        ({"result_3": "-"}, "Resultados", "Negativo"),
        ({"result_0": "sin definir"}, "Resultados", "Sin definir"),
        ({"result_0": None}, "Resultados", "Sin definir"),
        ({"relation_0": "—"}, "Relaciones", "Sin definir"),
        ({"sector_3": "private_sector"}, "Sector", "Sector privado"),
        ({"sector_3": "Ciudadania o Comunidad"}, "Sector", "Ciudadanía o comunidad"),
        ({"sector_3": "fundación"}, "Sector", "Donante o fundación"),
        ({"informal_3": True}, "Informal", "Sí"),
        ({"informal_3": "x"}, "Informal", "Sí"),
        ({"informal_2": 0}, "Informal", "No"),
        ({"roles_3": "Vocera; Mediadora;"}, "Roles", "Vocera\nMediadora"),
        ({"roles_3": "• Vocera\n- Mediadora\n\nVocera"}, "Roles", "Vocera\nMediadora"),
        ({"resources_3": "Dinero\r\nContactos"}, "Recursos", "Dinero\nContactos"),
        ({"resources_3": "Dinero_x000D_\nContactos"}, "Recursos", "Dinero\nContactos"),
        ({"rules_3": 2026}, "Reglas", "2026"),
    ],
)
def test_what_people_write_is_understood(org, matrix, cells, label, after):
    [(kind, _, [(said, _, now)])] = changes_of(org, edited(workbook(org), put(**cells)))
    assert (kind, said, now) == ("changed", label, after)


def test_a_copied_row_with_another_name_is_a_new_one(org, matrix):
    def copied(sheet):
        for column in range(1, 11):
            sheet.cell(FIRST + 4, column).value = sheet.cell(FIRST, column).value
        sheet[at("actor", 4)] = "OSC Y"

    [(kind, name, fields)] = changes_of(org, edited(workbook(org), copied))
    assert (kind, name) == ("added", "OSC Y")
    assert ("Roles", "", "Movilizadora social\nMediadora") in fields


def test_a_row_taken_out_is_removed_only_where_somebody_says_so(as_editor, org, matrix):
    data = edited(workbook(org), lambda sheet: sheet.delete_rows(FIRST + 1))
    assert changes_of(org, data) == [("removed", "Radio local", [])]
    assert "checked" not in post(as_editor, org, data).content.decode()
    apply(as_editor, org, data, ["0"])
    assert set(actors(org)) == {"OSC X", "Grupo del norte", "Vecinas"}


def test_what_was_added_in_the_page_meanwhile_is_not_removed(org, matrix):
    data = workbook(org)
    make.make_actor(org, "De última hora")
    assert changes_of(org, data) == []


def test_a_row_changed_in_both_places_is_told_and_not_chosen(as_editor, org, matrix):
    data = edited(workbook(org), put(rules_1="Desde Excel"))
    with scope(organization=org):
        Actor.objects.filter(name="Radio local").update(primary_resource="Desde la página")
    page = post(as_editor, org, data).content.decode()
    assert "también cambió en la página" in page
    assert "checked" not in page


def test_a_row_that_only_changed_in_the_page_is_no_change(org, matrix):
    data = workbook(org)
    with scope(organization=org):
        Actor.objects.filter(name="Radio local").update(relation="strong")
    assert changes_of(org, data) == []


# ── Sensitive actors ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sheet_changes_the_alias_of_a_sensitive_actor_never_its_name(as_editor, org, matrix):
    data = edited(workbook(org), put(actor_2="Actor C"))
    assert b"Grupo del norte" not in post(as_editor, org, data).content
    apply(as_editor, org, data, ["0"])
    assert actors(org)["Grupo del norte"].alias == "Actor C"


def test_a_sheet_from_before_the_alias_does_not_bring_the_name_back(as_editor, org, matrix):
    with scope(organization=org):
        Actor.objects.filter(name="Grupo del norte").update(is_sensitive=False, alias="")
        data = edited(workbook(org), put(rules_2="Nadie entra"))
        Actor.objects.filter(name="Grupo del norte").update(is_sensitive=True, alias="Actor B")
    [(_, name, fields)] = changes_of(org, data)
    assert (name, fields) == ("Actor B", [("Reglas", "", "Nadie entra")])
    apply(as_editor, org, data, ["0"])
    assert actors(org)["Grupo del norte"].alias == "Actor B"


@pytest.mark.parametrize("actualizar", [{}, {"actualizar": "1"}])
def test_the_version_with_real_names_does_not_come_back(as_editor, org, matrix, actualizar):
    data = workbook(org, full=True)
    assert first_sheet(data)[at("actor", 2)].value == "Grupo del norte"
    answer = post(as_editor, org, data, **actualizar)
    assert answer.status_code == 422
    assert "es la versión completa, con nombres reales; sube la versión para compartir" in answer.content.decode()


# ── Bad input: the cell is named, nothing is written ────────────────────────────────────────────────────────────────


def copied_with_its_name(sheet):
    for column in range(1, 11):
        sheet.cell(FIRST + 4, column).value = sheet.cell(FIRST, column).value


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (put(roles_0="a\nb\nc\nd"), f"Celda {at('roles', 0)}: tiene 4 roles y un actor lleva a lo más tres"),
        (put(relation_0="tensa"), f"Celda {at('relation', 0)}: «tensa» no es una relación: usa Fuerte"),
        (put(sector_0="marcianos"), f"Celda {at('sector', 0)}: «marcianos» no es un sector: usa Persona"),
        (put(result_0="mixto"), f"Celda {at('result', 0)}: «mixto» no es un resultado: usa Positivo"),
        (put(informal_0="tal vez"), f"Celda {at('informal', 0)}: dice si el actor es informal"),
        (put(actor_4="osc x"), f"Celda {at('actor', 4)}: «osc x» ya está en la fila {FIRST}"),
        (put(actor_1="OSC X"), f"Celda {at('actor', 1)}: «OSC X» ya está en la fila {FIRST}"),
        (put(actor_4="Nueva", actor_5="NUEVA"), f"Celda {at('actor', 4)}: «Nueva» ya está en la fila {FIRST + 5}"),
        (copied_with_its_name, f"Celda {at('actor', 4)}: «OSC X» ya está en la fila {FIRST}"),
        (put(actor_4="grupo DEL norte"), f"Celda {at('actor', 4)}: ya está en el mapa un actor que se llama"),
        (put(actor_4="Fuera"), f"Celda {at('actor', 4)}: ya está en el mapa un actor que se llama «Fuera»"),
        (put(actor_1=None), f"Celda {at('actor', 1)}: falta el nombre del actor"),
        (put(actor_1="😀" * 5000), f"Celda {at('actor', 1)}: el texto tiene 5000 caracteres y caben 200."),
        (put(actor_1="👩‍👩‍👧" * 5000), f"Celda {at('actor', 1)}: el texto tiene"),
        (put(actor_1="a" * 201), f"Celda {at('actor', 1)}: el texto tiene 201 caracteres y caben 200."),
        (put(roles_0="a" * 201), f"Celda {at('roles', 0)}: «aaa"),
        (put(rules_0="a" * 601), f"Celda {at('rules', 0)}: el texto tiene 601 caracteres y caben 600."),
        (put(rules_0="una\u202eregla"), f"Celda {at('rules', 0)}: tiene caracteres de control"),
        (put(actor_1="con_x0008_control"), f"Celda {at('actor', 1)}: tiene caracteres de control"),
        (put(rules_0="=1+1"), f"Celda {at('rules', 0)}: tiene una fórmula"),
        (put(relation_0="=B2"), f"Celda {at('relation', 0)}: tiene una fórmula"),
        (lambda sheet: sheet.merge_cells(f"{at('roles', 1)}:{at('roles', 2)}"), f"{at('roles', 1)}:{at('roles', 2)}"),
        (lambda sheet: sheet.delete_cols(5), "faltan columnas (roles)"),
        (lambda sheet: sheet.delete_rows(FIRST - 2), "No encontramos la tabla"),
        (lambda sheet: sheet.cell(2001, 2, "x"), "más de 2,000 filas"),
        (lambda sheet: sheet.cell(FIRST, 1, "otra-clave"), f"Celda A{FIRST}: ese renglón no está en la matriz"),
    ],
)
def test_what_is_wrong_names_its_cell_and_writes_nothing(as_editor, org, matrix, edit, said):
    make.make_actor(org, "Fuera", in_matrix=False)
    before = facts(org)
    answer = post(as_editor, org, edited(workbook(org), edit))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert facts(org) == before


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda data: b"hola", "no es un libro de Excel"),
        (lambda data: rezipped(data, bomb), "demasiado grande al abrirlo"),
    ],
)
def test_what_is_no_honest_workbook_is_refused_by_the_form(as_editor, org, matrix, spoil, message):
    answer = post(as_editor, org, spoil(workbook(org)))
    assert answer.status_code == 422
    assert message in answer.context["form"].errors["file"][0]
    assert not answer.context["own_form"].errors


@pytest.mark.parametrize("count", [1, 3])
def test_comparing_takes_one_query(org, count, django_assert_num_queries):
    for number in range(count):
        make.make_actor(org, f"Actor {number}")
    data = edited(workbook(org), put(rules_0="Nueva regla", actor_5="Otra"))
    with django_assert_num_queries(1):
        assert len(review_of(org, data).changes) == 2


def test_a_row_of_another_organization_is_refused(as_editor, org, matrix, other_org):
    make.make_actor(other_org, "Ajena")
    answer = post(as_editor, org, workbook(other_org))
    assert answer.status_code == 422
    assert f"Celda A{FIRST}: ese renglón no está en la matriz" in answer.content.decode()


def test_twenty_problems_are_told_and_the_others_counted(org):
    data = edited(workbook(org), lambda sheet: [sheet.cell(FIRST + n, 2, "Repetida") for n in range(30)])
    assert len(review_of(org, data).problems) == 1
    wrong = edited(
        workbook(org), lambda sheet: [put(**{f"actor_{n}": f"A{n}", f"sector_{n}": "?"})(sheet) for n in range(30)]
    )
    problems = review_of(org, wrong).problems
    assert len(problems) == 21
    assert problems[-1] == "Y 10 problemas más."


def test_more_changes_than_a_form_can_choose_from_are_refused(org):
    many = edited(workbook(org), lambda sheet: [sheet.cell(FIRST + n, 2, f"Actor {n}") for n in range(901)])
    assert review_of(org, many).problems == ("El archivo cambia 901 renglones. Súbelo por partes: de una vez van 900.",)


def test_names_that_were_equal_already_may_stay(org, matrix):
    other = make.make_actor(org, "Otro secreto", is_sensitive=True, alias="Actor BB")
    with scope(organization=org):
        Actor.objects.filter(pk=other.pk).update(alias="Actor B")
    assert changes_of(org, workbook(org)) == []
    assert len(changes_of(org, edited(workbook(org), put(rules_0="Otra")))) == 1


def test_formula_like_words_survive_the_journey_as_words(org):
    make.make_actor(org, "=1+1", primary_resource="+52 55", rules="@SUMA(A1)", roles=["-uno"])
    assert changes_of(org, workbook(org)) == []


# ── Any matrix, any edits ───────────────────────────────────────────────────────────────────────────────────────────

words = st.text(max_size=60).filter(lambda text: "\x00" not in text and "_x00" not in text)
named = words.filter(one_line)
lists = st.lists(named, max_size=3)
names = st.lists(named, min_size=1, max_size=6, unique_by=lambda text: one_line(text).casefold())


@st.composite
def matrices(draw):
    return [
        {
            "name": name,
            "sector": draw(st.sampled_from(["", *Sector.values])),
            "is_informal": draw(st.booleans()),
            "roles": draw(lists),
            "primary_resource": draw(words),
            "secondary_resources": draw(lists),
            "relation": draw(st.sampled_from(["", *Relation.values])),
            "rules": draw(words),
            "result": draw(st.sampled_from(["", *Result.values])),
        }
        for name in draw(names)
    ]


EDITS = {
    "sector": ["OSC", "Gobierno", "Sin definir"],
    "informal": ["Sí", "No"],
    "roles": ["Editado", "Editado\nOtro", None],
    "resources": ["Editado", "Editado; Otro", None],
    "relation": ["Fuerte", "Débil", "Sin definir"],
    "rules": ["Editado", "Editado\nOtro", None],
    "result": ["Positivo", "Negativo", "Sin definir"],
}
AFTER = {"Sin definir": "", "Sí": True, "No": False, "OSC": "osc", "Gobierno": "government", "Fuerte": "strong"}
AFTER |= {"Débil": "weak", "Positivo": "positive", "Negativo": "negative"}


def meant(name, value):
    if name in ("roles", "resources"):
        return tuple((value or "").replace("; ", "\n").split("\n")) if value else ()
    return AFTER.get(value, value or "")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(matrices(), st.data())
def test_any_matrix_comes_back_the_same_and_the_difference_of_any_edits_is_those_edits(org, made, data):
    with scope(organization=org):
        Actor.objects.all().delete()
        for position, one in enumerate(made):
            Actor.objects.create(organization=org, position=position, **one)
    book = workbook(org)
    assert changes_of(org, book) == []
    lines = [line_of(actor) for actor in actors(org).values()]
    places = st.tuples(st.integers(0, len(lines) - 1), st.sampled_from(list(EDITS)))
    edits = {place: data.draw(st.sampled_from(EDITS[place[1]])) for place in data.draw(st.sets(places))}
    expected = list(lines)
    for (row, name), value in edits.items():
        expected[row] = replace(expected[row], **{name: meant(name, value)})
    changed = edited(book, put(**{f"{name}_{row}": value for (row, name), value in edits.items()}))
    review = review_of(org, changed)
    assert review.problems == ()
    assert {(one.row, one.line) for one in review.changes} == {
        (FIRST + row, line) for row, line in enumerate(expected) if line != lines[row]
    }


# ── Size ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_full_sheet_is_read_and_compared(org):
    with scope(organization=org):
        rows = [
            Actor(
                organization=org,
                name=f"Actor {n}",
                sector="osc",
                roles=["Una", "Dos", "Tres"],
                primary_resource="Dinero",
                secondary_resources=["Contactos", "Influencia"],
                relation="weak",
                rules=f"Regla {n} " * 20,
                result="positive",
            )
            for n in range(MAX_ROWS - FIRST + 1)
        ]
        Actor.objects.bulk_create(rows)
    data = workbook(org)
    assert changes_of(org, data) == []
