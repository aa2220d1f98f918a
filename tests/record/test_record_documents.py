"""The documents of a session, opened again by an independent reader."""

import datetime
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django_scopes import scope
from docx import Document as read_docx
from pypdf import PdfReader

from alianzas.exports import base
from sessions_app import curriculum
from sessions_app.models import Answer
from sessions_app.record.deliverables import attendance_document, record_document
from sysmap.models import Actor

from . import rows

KEYS = [session.key.lower() for session in curriculum.sessions()]


def take(client, org, key, fmt):
    answer = client.get(reverse("entregable", args=[org.slug, key, fmt]))
    assert answer.status_code == 200
    return BytesIO(answer.content)


def words(value):
    """Every text of a block or document, in order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple | list):
        return [text for item in value for text in words(item)]
    names = getattr(value, "__slots__", ()) or ()
    return [text for name in names for text in words(getattr(value, name))]


def built(build, org, key="1"):
    with scope(organization=org):
        return " · ".join(words(build(key, org).blocks))


@pytest.fixture
def noted(org):
    """A session with something of everything."""
    rows.person(org, "Dirección", name="Luciérnaga", affiliation="Red del Sur")
    rows.person(org, "Enlace", is_present=False)
    rows.photo(org, "S1.2", "Los conceptos", has_consent=True)
    rows.photo(org, "S1.3", "Rostros", has_consent=False)
    rows.step(org, title="Escribir a la red", responsible="Dirección", due_date=datetime.date(2027, 3, 15))
    rows.mark(org)
    rows.sittings(org, {"date": "2026-06-13", "start": "09:00", "place": "Casa comunitaria"})
    rows.keep(Answer(organization=org, prompt_key="S1.1.prioridad", value={"choice": "high", "note": ""}))
    return org


def test_each_session_has_its_two_documents():
    catalogue = base.load_catalogue()
    for key in KEYS:
        assert catalogue[f"registro-{key}"].formats == ("pdf", "docx")
        assert catalogue[f"asistencia-{key}"].formats == ("pdf", "xlsx")


def test_the_record_says_everything_that_was_noted(noted):
    said = built(record_document, noted)
    for text in (
        "Registro de la Sesión 1: Conceptos de alianzas",
        "13 jun 2026, 09:00, Casa comunitaria",
        "Asistieron 1 de 2 personas de la lista.",
        "Luciérnaga",
        "Visión interna de la OSC sobre los conceptos básicos · Revisado sin completar. Marcado a mano; "
        "los datos dicen que falta responder 2 preguntas de sus planillas.",
        "Escribir a la red",
        "¿Qué prioridad le da hoy la organización? · Alta",
        "Los conceptos",
    ):
        assert text in said, text


def test_photos_without_consent_stay_inside(noted):
    assert "Rostros" not in built(record_document, noted)


@pytest.mark.parametrize("key", curriculum.SESSION_KEYS)
def test_an_empty_session_has_its_documents_too(org, key):
    assert "No se anotó la asistencia." in built(record_document, org, key)
    assert "Firma" in built(attendance_document, org, key)


def test_the_guide_of_the_map_is_called_by_its_name(org):
    assert "Registro del Anexo 3: Guía de facilitación" in built(record_document, org, "M")


def test_private_and_confidential_answers_stay_inside(org):
    for key, value in (
        ("S4.9.experiencias", [{"id": "a", "text": "Nos dejaron solas", "author": "", "group": ""}]),
        ("S4.8.confianza", {"credibility": 9}),
    ):
        rows.keep(Answer(organization=org, prompt_key=key, value=value))
    said = built(record_document, org, "4")
    assert "Nos dejaron solas" not in said
    assert "¿cómo te ves en cada componente" not in said


def test_a_sensitive_actor_keeps_its_alias_everywhere(noted):
    rows.keep(Actor(organization=noted, name="Comandante Ocampo", alias="Actor Sauce", is_sensitive=True))
    rows.step(noted, title="Evitar a comandante ocampo")
    rows.photo(noted, "S1.5", "Carta a Comandante Ocampo", has_consent=True)
    rows.keep(Answer(organization=noted, prompt_key="S1.1.valoracion", value="Lo impide Comandante  Ocampo."))
    with scope(organization=noted):
        said = " · ".join(words(base.get("registro-1").document(noted, "docx").blocks))
    assert said.count("Actor Sauce") >= 3
    assert "ocampo" not in said.lower()


def test_nothing_of_another_organisation_is_in_it(noted, other_org):
    rows.person(other_org, "Puesto ajeno")
    assert "ajeno" not in built(record_document, noted)
    assert "Luciérnaga" not in built(record_document, other_org)


def test_the_same_record_has_the_same_etag(noted):
    with scope(organization=noted):
        assert base.etag(record_document("1", noted), "pdf") == base.etag(record_document("1", noted), "pdf")


def test_the_pdf_of_the_record_names_the_posts(as_editor, noted):
    text = " ".join(page.extract_text() for page in PdfReader(take(as_editor, noted, "registro-1", "pdf")).pages)
    assert "Luciérnaga" in text
    assert "Escribir a la red" in text


def test_the_word_file_of_the_record_has_the_photo_with_consent(as_editor, noted):
    document = read_docx(take(as_editor, noted, "registro-1", "docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Dirección" in cells
    assert any("Registro de la Sesión 1" in paragraph.text for paragraph in document.paragraphs)


def test_the_list_to_sign_has_room_for_more(as_editor, noted):
    book = openpyxl.load_workbook(take(as_editor, noted, "asistencia-1", "xlsx"))
    found = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    head = next(row for row in found if "Firma" in row)
    assert head[1:] == ["N.º", "Puesto", "Nombre o alias", "Organización", "Asistió", "Firma"]
    people = found[found.index(head) + 1 :]
    assert len([row for row in people if str(row[1]).isdigit()]) == 16
    assert people[0][2:6] == ["Dirección", "Luciérnaga", "Red del Sur", "Sí"]
