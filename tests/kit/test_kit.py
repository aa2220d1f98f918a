"""The room kit on paper."""

import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django_scopes import scope
from pypdf import PdfReader

from alianzas.exports.blocks import Figure, Heading
from sessions_app import curriculum
from sessions_app.kit.blank_matrix import COLUMNS, blank_matrix
from sessions_app.kit.concept_cards import concept_cards
from sessions_app.kit.deliverables import kit_document, posters_document
from tests import factories as make


def headings(document, level=1):
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == level]


@pytest.fixture
def scoped(org):
    with scope(organization=org):
        yield org


def test_the_kit_has_carta_attendance_cards_and_a_sheet_per_activity(scoped):
    document = kit_document("1", scoped)
    assert headings(document) == [
        "Carta descriptiva", "Lista de asistencia", "Tarjetas de conceptos", "Planillas para llenar a mano",
    ]  # fmt: skip
    sheets = headings(document, 2)
    assert {one.title for one in curriculum.session("1").activities if one.prompts} <= set(sheets)


@pytest.mark.parametrize(("session", "expected"), [("2", 1), ("M", 1), ("3", 0)])
def test_the_empty_matrix_goes_where_the_map_is_made(scoped, session, expected):
    figures = [b for b in kit_document(session, scoped).blocks if isinstance(b, Figure) and "Matriz" in b.title]
    assert len(figures) == expected


def test_the_empty_matrix_names_the_columns_in_wall_order():
    svg = blank_matrix(rows=7).svg
    assert re.findall(r">([A-Z]{5,})<", svg) == [name for name, _ in COLUMNS]
    assert "style=" not in svg


def test_every_question_of_a_session_is_a_poster_with_its_code(scoped):
    document = posters_document("4", {"page_size": "Poster"}, scoped)
    prompts = [
        prompt
        for activity in curriculum.session("4").activities
        for prompt in activity.prompts
        if not (prompt.derived or prompt.private or prompt.kind == "attendance")
    ]
    assert headings(document) == [prompt.text for prompt in prompts]
    assert document.page_size == "Poster"


def test_eight_cards_go_on_a_page_and_none_is_lost():
    concepts = [curriculum.Concept(key=str(n), term=f"Término {n}", definition="palabra " * 90) for n in range(19)]
    pages = concept_cards(concepts)
    assert [page.svg.count("Término") for page in pages] == [8, 8, 3]
    for page in pages:
        ElementTree.fromstring(page.svg)


def test_markup_in_a_concept_stays_text():
    [page] = concept_cards([curriculum.Concept(key="x", term="<script>", definition="a & b")])
    assert "<script>" not in page.svg
    ElementTree.fromstring(page.svg)


def test_posters_in_four_sheets_show_every_part_once(as_editor, org):
    answer = as_editor.get(reverse("entregable", args=[org.slug, "carteles-doble-carta-3", "pdf"]))
    sheets = PdfReader(BytesIO(answer.content)).pages
    prompts = len(headings(posters_document("3", {}, org)))
    assert len(sheets) == 4 * prompts
    corners = {(round(float(sheet.mediabox.left)), round(float(sheet.mediabox.bottom))) for sheet in sheets}
    assert len(corners) == 4
    assert {
        (round(float(s.mediabox.width) / 72 * 25.4), round(float(s.mediabox.height) / 72 * 25.4)) for s in sheets
    } == {(279, 432)}


def test_people_who_are_expected_are_on_the_attendance_sheet_of_the_pdf(as_editor, org):
    make.make_attendance(org, post="Coordinación de territorio")
    answer = as_editor.get(reverse("entregable", args=[org.slug, "kit-6", "pdf"]))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "Coordinación de territorio" in " ".join(text.split())
    assert "S6.7" in text
