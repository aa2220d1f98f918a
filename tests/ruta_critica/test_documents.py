"""Documents of allies, read back: the route, the resources, the draft of the MoU."""

from io import BytesIO

import pytest
from django.urls import reverse
from django_scopes import scope
from openpyxl import load_workbook
from pypdf import PdfReader

from ruta_critica import services
from ruta_critica.ally_documents import DOCUMENTS, route_document
from ruta_critica.drafts import words
from sessions_app.models import Answer
from tests import factories as make
from tests.words import said_in_word


@pytest.fixture
def ally(org, cast):
    row = make.make_ally(org, actor=make.make_actor(org, "Radio del valle", primary_resource="Cabina"))
    answers = [
        ("S5.2.recursos_org", "", [{"id": "a", "text": "Metodología"}, {"id": "b", "text": "cabina"}]),
        ("S5.3.q2", f"aliado-{row.pk}", [{"id": "a", "text": "Un programa de las juventudes"}]),
        ("S5.4.imagen", f"aliado-{row.pk}", [{"id": "a", "answer": "Dato reservado", "rating": "", "evidence": ""}]),
        ("S5.7.problemas", "", [{"id": "a", "text": "Hablarlo en persona"}]),
        ("S5.5.d_monitoreo", f"aliado-{row.pk}", {"items": {"common_objective": {"state": "present", "note": ""}}}),
    ]
    with scope(organization=org):
        for key, subject, value in answers:
            facts = {"organization": org, "prompt_key": key, "subject": subject, "version": 1}
            kept = Answer.objects.create(value=value, **facts)
            if key == "S5.3.q2":
                services.mark(answer=kept, by=cast.editor, status="confirmed", evidence="Junta en su cabina")
        services.decide(ally=row, by=cast.editor, decision="conditions", reason="Con carta firmada")
    return row


def take(client, org, ally, key, fmt):
    answer = client.get(reverse("aliado-documento", args=[org.slug, ally.pk, key, fmt]))
    assert answer.status_code == 200
    return BytesIO(answer.content)


def test_the_route_of_an_ally_says_what_is_known_and_how_sure_it_is(as_editor, org, ally):
    word = said_in_word(take(as_editor, org, ally, "ruta-aliado", "docx"))
    pdf = " ".join(page.extract_text() for page in PdfReader(take(as_editor, org, ally, "ruta-aliado", "pdf")).pages)
    for text in (word, " ".join(pdf.split())):
        assert "Radio del valle" in text
        assert "Un programa de las juventudes" in text
        assert "Confirmado el" in text
        assert "Adelante, con condiciones" in text
        for private in ("Dato reservado", "Junta en su cabina", "Con carta firmada"):
            assert private not in text


def test_resources_in_common_are_found_whatever_their_capitals(as_editor, org, ally):
    book = load_workbook(take(as_editor, org, ally, "recursos-aliado", "xlsx"))
    rows = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    said = {tuple(value for value in row if value) for row in rows}
    assert any(row[-3:] == ("Sí", "Sí", "En común: se puede juntar") for row in said if len(row) >= 3)
    assert any("Metodología" in row and "Lo que ofrecemos" in row for row in said)


def test_the_draft_of_the_mou_has_every_section_and_blanks_where_nothing_is_known(as_editor, org, ally):
    text = said_in_word(take(as_editor, org, ally, "mou", "docx"))
    for section in words("mou")["sections"]:
        assert section["title"] in text
    assert "Borrador no vinculante" in text
    assert "Un programa de las juventudes" in text
    assert "Hablarlo en persona" in text
    assert "Un objetivo común de monitoreo y evaluación" in text
    assert "[Por acordar: qué actividades son indispensables" in text
    assert "[Por acordar: para qué se alían las partes]" not in text
    assert "Metodología" in text


def test_all_allies_are_among_the_deliverables_and_none_is_said(as_editor, org, ally):
    make.make_ally(org, "Escuela")
    answer = as_editor.get(reverse("entregable", args=[org.slug, "mou", "docx"]))
    text = said_in_word(BytesIO(answer.content))
    assert "y Radio del valle" in text
    assert "y Escuela" in text


def test_an_organisation_without_allies_gets_a_clear_page(as_editor, org):
    for key, fmt in [("ruta-aliado", "docx"), ("mou", "docx")]:
        answer = as_editor.get(reverse("entregable", args=[org.slug, key, fmt]))
        assert "Todavía no hay aliados" in said_in_word(BytesIO(answer.content))
    assert as_editor.get(reverse("entregable", args=[org.slug, "recursos-aliado", "xlsx"])).status_code == 200


def test_documents_of_another_organisation_are_not_found(as_editor, org, other_org):
    theirs = make.make_ally(other_org)
    assert as_editor.get(reverse("aliado-documento", args=[org.slug, theirs.pk, "mou", "docx"])).status_code == 404
    mine = make.make_ally(org)
    assert as_editor.get(reverse("aliado-documento", args=[org.slug, mine.pk, "mou", "xlsx"])).status_code == 404
    assert as_editor.get(reverse("aliado-documento", args=[org.slug, mine.pk, "mapa", "pdf"])).status_code == 404


def test_documents_are_offered_one_by_one_and_for_all(as_editor, org, ally):
    pages = {
        reverse("aliado", args=[org.slug, ally.pk]): lambda key, fmt: ("aliado-documento", [ally.pk, key, fmt]),
        reverse("aliados", args=[org.slug]): lambda key, fmt: ("entregable", [key, fmt]),
    }
    for page, place in pages.items():
        said = as_editor.get(page).content.decode()
        for one in DOCUMENTS.values():
            for name, more in (place(one.key, fmt) for fmt in one.formats):
                address = reverse(name, args=[org.slug, *more])
                assert f'href="{address}" download' in said
                assert as_editor.get(address).status_code == 200


def test_the_routes_of_all_allies_are_read_at_once(org, django_assert_num_queries):
    for number in range(3):
        make.make_ally(org, actor=make.make_actor(org, f"Aliado {number}"))
        with scope(organization=org), django_assert_num_queries(14 + number):  # one more for each table of resources
            route_document(org)


def test_the_route_of_an_ally_says_which_team_of_session_5_works_it(as_editor, org, ally):
    teams = [{"id": "a", "ally": "Radio del valle", "group": "Equipo azul", "members": ["Comunicación"]}]
    with scope(organization=org):
        Answer.objects.create(organization=org, prompt_key="S5.1.equipos", value=teams, version=1)
    for key in ("ruta-aliado", "reporte-plantilla"):
        assert "Equipo azul: Comunicación" in said_in_word(take(as_editor, org, ally, key, "docx"))
