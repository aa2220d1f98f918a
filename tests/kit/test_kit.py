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
from sessions_app.kit.posters import HEIGHT, asked_in_the_room, asked_on_the_wall, poster
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


SESSIONS = [one.key for one in curriculum.sessions()]


def poster_titles(document):
    return [b.title for b in document.blocks if isinstance(b, Figure) and b.title.startswith("Cartel ")]


@pytest.mark.parametrize("session", SESSIONS)
def test_every_question_is_once_in_the_kit_on_a_poster_or_on_a_sheet(scoped, session):
    document = kit_document(session, scoped)
    on_posters = [title.removeprefix("Cartel ").partition(":")[0] for title in poster_titles(document)]
    on_sheets = [text.rpartition(" (")[2].removesuffix(")") for text in headings(document, 4)]
    asked = [
        prompt.key
        for activity in curriculum.session(session).activities
        for prompt in activity.prompts
        if not prompt.derived and prompt.kind != "attendance"
    ]
    assert sorted(on_posters + on_sheets) == sorted(asked)


@pytest.mark.parametrize("session", SESSIONS)
def test_what_teams_or_single_people_answer_is_handed_out_on_pages_of_its_own(scoped, session):
    activities = curriculum.session(session).activities
    shared = {one.title for one in activities if {"teams", "individual"} & set(one.mode)}
    assert {one.title for one, _ in asked_on_the_wall(curriculum.session(session).activities)}.isdisjoint(shared)
    titles = {one.title for one in activities}
    blocks = kit_document(session, scoped).blocks
    first, *rest = [b for b in blocks if isinstance(b, Heading) and b.level == 2 and b.text in titles]
    assert not first.page_break
    assert all(heading.page_break for heading in rest if heading.text in shared)


@pytest.mark.parametrize("session", SESSIONS)
def test_every_question_of_the_room_is_a_large_poster(scoped, session):
    document = posters_document(session, {"page_size": "Poster"}, scoped)
    asked = asked_in_the_room(curriculum.session(session).activities)
    expected = [f"Cartel {prompt.key}: {prompt.text}" for _, prompt in asked]
    assert poster_titles(document) == expected
    assert document.bare
    wide, high = document.bare_mm
    for figure in document.blocks:
        assert figure.full_page
        drawn = ElementTree.fromstring(figure.svg)
        assert float(drawn.get("height")) / float(drawn.get("width")) == pytest.approx(high / wide, rel=0.01)


@pytest.mark.parametrize("session", SESSIONS)
def test_a_poster_says_its_whole_question_and_its_code_and_leaves_place_to_write(session):
    for activity, prompt in asked_in_the_room(curriculum.session(session).activities):
        drawing = ElementTree.fromstring(poster(activity, prompt).svg)
        *question, code = (text.text for text in drawing.findall("{*}text"))
        assert " ".join(question) == prompt.text
        assert code.startswith(prompt.key)
        assert float(drawing.find("{*}rect").get("height")) > HEIGHT / 2


def test_the_kit_says_on_which_pages_each_part_is_and_no_page_holds_only_its_title(as_editor, org):
    answer = as_editor.get(reverse("entregable", args=[org.slug, "kit-2", "pdf"]))
    reader = PdfReader(BytesIO(answer.content))
    texts = [" ".join(page.extract_text().split()) for page in reader.pages]
    starts = [
        (one.title, reader.get_destination_page_number(one) + 1) for one in reader.outline if not isinstance(one, list)
    ]
    ends = [start - 1 for _, start in starts[1:]] + [len(texts)]
    for (title, first), last in list(zip(starts, ends, strict=True))[1:]:
        count = last - first + 1
        said = f"{count} páginas: de la {first} a la {last}" if count > 1 else f"1 página: la {first}"
        assert re.search(rf"{title}[ .\d]*{said}", texts[1]), (title, said)
    assert "Un actor por renglón" in texts[dict(starts)["Matriz 5Rs para la pared"] - 1]
    assert "RECURSOS" in texts[dict(starts)["Matriz 5Rs para la pared"] - 1]
    assert "¿Qué le agregarían" in texts[dict(starts)["Carteles para la pared"] - 1]
    assert (
        curriculum.concept(curriculum.session("2").activities[0].concepts[0]).definition[:20]
        in texts[dict(starts)["Tarjetas de conceptos"] - 1]
    )


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
    assert len(sheets) == 4 * len(asked_in_the_room(curriculum.session("3").activities))
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
