"""The library: cases, packages, considerations, glossary."""

import pytest
from django.urls import reverse
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from alianzas.content_loader import ContentError
from alianzas.names import looks_like
from sessions_app import curriculum
from sessions_app.library import shelf
from sessions_app.models import SuccessCase

CASE = {"title": "Comité y taller", "country": "México", "story": "Empezó con un patio prestado.", "lesson": "Cuidar."}


def add_case(org, **facts):
    with scope(organization=org):
        return SuccessCase.objects.create(organization=org, **CASE | facts)


def at(org, name, *args):
    return reverse(name, args=[org.slug, *args])


# ── Cases ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_three_cases_of_the_method_are_told(as_editor, org):
    page = as_editor.get(at(org, "biblioteca")).content.decode()
    for case in curriculum.cases():
        assert case.title in page
        assert case.value in page


def test_a_case_of_ones_own_is_added_changed_and_deleted(as_editor, org):
    assert as_editor.post(at(org, "nuevo-caso"), CASE).status_code == 302
    page = as_editor.get(at(org, "biblioteca")).content.decode()
    assert "Comité y taller" in page
    assert "Empezó con un patio prestado." in page
    with scope(organization=org):
        row = SuccessCase.objects.get()
    as_editor.post(at(org, "caso", row.pk), CASE | {"country": "Guatemala"})
    assert "Guatemala" in as_editor.get(at(org, "biblioteca")).content.decode()
    as_editor.post(at(org, "borrar-caso", row.pk))
    with scope(organization=org):
        assert not SuccessCase.objects.exists()


def test_cases_keep_the_order_in_which_they_were_added(as_editor, org):
    for title in "cab":
        as_editor.post(at(org, "nuevo-caso"), CASE | {"title": title})
    with scope(organization=org):
        assert [case.title for case in SuccessCase.objects.all()] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "obligatorio"),
        ({"story": ""}, "obligatorio"),
        ({"story": "a" * 40_000}, "Acórtalo"),
        ({"country": "a" * 81}, "80 caracteres"),
        ({"title": "a\x00b"}, "nulos"),
    ],
)
def test_a_bad_case_is_said_and_the_rest_is_kept(as_editor, org, change, said):
    answer = as_editor.post(at(org, "nuevo-caso"), CASE | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Cuidar." in answer.content.decode()
    with scope(organization=org):
        assert not SuccessCase.objects.exists()


def test_cases_are_shown_as_text_not_as_html(as_editor, org):
    add_case(org, story="<script>alert(1)</script>")
    page = as_editor.get(at(org, "biblioteca")).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_a_case_of_another_organisation_does_not_exist(as_editor, org, other_org):
    row = add_case(other_org, title="Caso ajeno")
    assert "Caso ajeno" not in as_editor.get(at(org, "biblioteca")).content.decode()
    assert as_editor.get(at(org, "caso", row.pk)).status_code == 404
    assert as_editor.post(at(org, "borrar-caso", row.pk)).status_code == 404


def test_who_reads_finds_no_buttons(login, cast, org):
    add_case(org)
    page = login(cast.viewer).get(at(org, "biblioteca")).content.decode()
    assert "Comité y taller" in page
    assert "Agregar un caso" not in page
    assert "Cambiar Comité" not in page


@pytest.mark.parametrize("cases", [1, 3])
def test_queries_of_the_pages(as_editor, org, django_assert_num_queries, cases):
    for _ in range(cases):
        add_case(org)
    for name, queries in {"biblioteca": 4, "glosario": 3, "paquetes": 3, "consideraciones": 4}.items():
        as_editor.get(at(org, name))
        with django_assert_num_queries(queries):
            assert as_editor.get(at(org, name)).status_code == 200


# ── Packages ─────────────────────────────────────────────────────────────────────────────


def test_packages_of_the_method(as_editor, org):
    page = as_editor.get(at(org, "paquetes")).content.decode()
    assert [package.title for package in shelf.packages()] == [
        "Género e inclusión",
        "Movilización y generación de recursos",
        "Comunicación y estrategia digital",
        "Monitoreo y evaluación: diseño de programas",
    ]
    for one in shelf.packages():
        assert one.title in page


def test_the_considerations_are_those_that_each_ally_answers():
    asked = curriculum.prompt("S5.8.consideraciones").options
    assert [one.key for one in shelf.considerations()] == [option.key for option in asked]
    assert [one.title for one in shelf.considerations()] == [option.label for option in asked]


def test_broken_content_is_said_with_its_file(tmp_path):
    for name in ("paquetes.toml", "consideraciones.toml"):
        text = (curriculum.CONTENT / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(
            text.replace('sessions = ["2", "M"]', 'sessions = ["9"]').replace("question", "duda")
        )
    with pytest.raises(ContentError) as error:
        shelf.load(tmp_path)
    assert 'paquetes.toml: genero_inclusion: en "sessions", la sesión "9" no existe' in str(error.value)
    assert 'consideraciones.toml: moderate_control: falta el campo "question"' in str(error.value)


# ── Glossary ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("query", ["voceria", "VOCERÍA", "  vóceria  "])
def test_search_minds_neither_accents_nor_capitals(query):
    found = [concept.key for concept in shelf.search(curriculum.concepts(), query)]
    assert found
    assert found == [concept.key for concept in shelf.search(curriculum.concepts(), "vocería")]


def test_what_the_term_says_comes_first():
    found = shelf.search(curriculum.concepts(), "confianza")
    assert [concept.key for concept in found][:2] == ["confianza", "ecuacion_de_la_confianza"]
    assert "influencia_autentica" in [concept.key for concept in found][2:]


@given(st.text(max_size=30))
def test_everything_found_says_every_word(query):
    words = looks_like(query).split()
    for concept in shelf.search(curriculum.concepts(), query):
        said = looks_like(f"{concept.term} {concept.definition} {concept.example}")
        assert all(word in said for word in words)


@given(st.sampled_from(curriculum.concepts()))
def test_every_concept_is_found_by_its_term(concept):
    assert concept in shelf.search(curriculum.concepts(), concept.term.upper())


def test_the_glossary_is_searched_by_address(as_editor, org):
    every = as_editor.get(at(org, "glosario")).content.decode()
    assert f"{len(curriculum.concepts())} conceptos." in every
    some = as_editor.get(at(org, "glosario"), {"q": "vocería"}).content.decode()
    assert "Vocería" in some
    assert "Equidad" not in some
    assert 'value="vocería"' in some


def test_nothing_found_is_said_with_what_was_asked(as_editor, org):
    page = as_editor.get(at(org, "glosario"), {"q": "<b>xyz"}).content.decode()
    assert "Ningún concepto dice «&lt;b&gt;xyz»" in page


def test_an_endless_search_is_refused(as_editor, org):
    answer = as_editor.get(at(org, "glosario"), {"q": "a" * 40_000})
    assert answer.status_code == 422
    assert "100 caracteres" in answer.content.decode()


def test_htmx_gets_the_list_only(as_editor, org):
    answer = as_editor.get(at(org, "glosario"), {"q": "red"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "Trabajo en red" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "sees"), [("facilitator", True), ("editor", False), ("viewer", False), ("manager", False)]
)
def test_the_note_on_the_trust_equation_is_for_who_facilitates(login, cast, org, who, sees):
    page = login(getattr(cast, who)).get(at(org, "glosario")).content.decode()
    assert ("la publicada da 6 y la impresa daría 18" in page) == sees
    assert "(credibilidad + confiabilidad + cercanía) ÷ interés propio" in page
