"""The room kit on paper."""

import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django_scopes import scope
from pypdf import PdfReader

from alianzas.exports.blocks import Figure, Heading, Paragraph, Table
from sessions_app import curriculum
from sessions_app.kit.blank_matrix import COLUMNS, blank_matrix
from sessions_app.kit.concept_cards import concept_cards
from sessions_app.kit.deliverables import kit_document, posters_document
from sessions_app.kit.posters import HEIGHT, posters
from sessions_app.worksheets.blocks import blank_blocks
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
        "Carta descriptiva", "Lista de asistencia", "Tarjetas de conceptos", "Carteles para la pared",
        "Planillas para llenar a mano",
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


def asked_in_the_room(session):
    return [
        prompt
        for activity in curriculum.session(session).activities
        for prompt in activity.prompts
        if not (prompt.derived or prompt.private or prompt.kind in ("attendance", "photo", "file"))
    ]


@pytest.mark.parametrize("session", [one.key for one in curriculum.sessions()])
def test_every_question_of_a_session_is_a_poster_of_the_kit_and_a_large_one(scoped, session):
    expected = [f"Cartel {prompt.key}: {prompt.text}" for prompt in asked_in_the_room(session)]
    for document in (kit_document(session, scoped), posters_document(session, {"page_size": "Poster"}, scoped)):
        found = [b for b in document.blocks if isinstance(b, Figure) and b.title.startswith("Cartel ")]
        assert [figure.title for figure in found] == expected
        assert all(figure.full_page for figure in found)


@pytest.mark.parametrize("session", [one.key for one in curriculum.sessions()])
def test_a_poster_says_its_whole_question_and_its_code_and_leaves_place_to_write(session):
    for prompt, figure in zip(asked_in_the_room(session), posters(curriculum.session(session)), strict=True):
        drawing = ElementTree.fromstring(figure.svg)
        *question, code = (text.text for text in drawing.findall("{*}text"))
        assert " ".join(question) == prompt.text
        assert code.startswith(prompt.key)
        assert float(drawing.find("{*}rect").get("height")) > HEIGHT / 2


def test_rows_that_the_method_prints_leave_room_to_write():
    [table] = [block for block in blank_blocks("S3.2") if isinstance(block, Table) and block.key == "S3.2.pasos"]
    assert table.rows[0].cells[0] == "Recursos y bienes intercambiables"
    assert all(any("\n" in cell for cell in row.cells[1:]) for row in table.rows[:6])
    widths = {column.key: column.width for column in table.columns}
    assert widths["step"] > widths["order"]


def test_the_kit_says_that_larger_posters_exist_and_the_session_page_has_them(as_editor, org):
    with scope(organization=org):
        said = " ".join(b.text for b in kit_document("2", org).blocks if isinstance(b, Paragraph))
    assert "60 × 90 cm" in said
    page = as_editor.get(reverse("sesion", args=[org.slug, "2"])).content.decode()
    assert "Los carteles grandes se descargan aparte" in page
    for key in ("kit-2", "carteles-2", "carteles-doble-carta-2"):
        assert reverse("entregable", args=[org.slug, key, "pdf"]) in page


def test_eight_cards_go_on_a_page_and_none_is_lost():
    concepts = [curriculum.Concept(key=str(n), term=f"Término {n}", definition="palabra " * 90) for n in range(19)]
    pages = concept_cards(concepts)
    assert [page.svg.count("Término") for page in pages] == [8, 8, 3]
    for page in pages:
        ElementTree.fromstring(page.svg)


def test_a_card_says_its_whole_term_and_definition():
    for concept in curriculum.concepts():
        [page] = concept_cards([concept])
        said = " ".join(text.text for text in ElementTree.fromstring(page.svg).findall("{*}text"))
        assert said == f"{concept.term} {concept.definition}"


def test_markup_in_a_concept_stays_text():
    [page] = concept_cards([curriculum.Concept(key="x", term="<script>", definition="a & b")])
    assert "<script>" not in page.svg
    ElementTree.fromstring(page.svg)


def test_posters_in_four_sheets_show_every_part_once(as_editor, org):
    answer = as_editor.get(reverse("entregable", args=[org.slug, "carteles-doble-carta-3", "pdf"]))
    sheets = PdfReader(BytesIO(answer.content)).pages
    assert len(sheets) == 4 * len(asked_in_the_room("3"))
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
