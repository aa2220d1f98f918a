"""The room kit on paper."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from django_scopes import scope
from pypdf import PdfReader

from alianzas.exports.blocks import Figure, Heading
from sessions_app import curriculum
from sessions_app.kit.blank_matrix import COLUMNS, blank_matrix
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
    document = posters_document("4", scoped)
    prompts = [
        prompt
        for activity in curriculum.session("4").activities
        for prompt in activity.prompts
        if not (prompt.derived or prompt.private or prompt.kind == "attendance")
    ]
    assert headings(document) == [prompt.text for prompt in prompts]
    assert document.page_size == "Poster"


def test_people_who_are_expected_are_on_the_attendance_sheet_of_the_pdf(as_editor, org):
    make.make_attendance(org, post="Coordinación de territorio")
    answer = as_editor.get(reverse("entregable", args=[org.slug, "kit-6", "pdf"]))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "Coordinación de territorio" in " ".join(text.split())
    assert "S6.7" in text
