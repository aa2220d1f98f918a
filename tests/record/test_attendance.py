"""Who is expected in a session and who came."""

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope

from plans.queries import participants
from sessions_app.models import Attendance
from sessions_app.record import services
from sessions_app.record.pasting import Person

from . import rows
from .rows import at

THREE = "Dirección, Luciérnaga, Red del Sur\nEnlace\nPromotoría,,Colectivo del Río"


def posts(session_key="1"):
    return [
        (one.post, one.name, one.affiliation, one.is_present)
        for one in Attendance.objects.filter(session_key=session_key)
    ]


def test_three_lines_pasted_are_three_people(as_editor, scoped):
    answer = as_editor.post(at(scoped, "registro-pegar"), {"lines": THREE, "are_present": "on"}, follow=True)
    assert "3 personas quedaron en la lista." in answer.content.decode()
    assert "3 de 3 personas asistieron" in answer.content.decode()
    assert posts() == [
        ("Dirección", "Luciérnaga", "Red del Sur", True),
        ("Enlace", "", "", True),
        ("Promotoría", "", "Colectivo del Río", True),
    ]


def test_pasting_again_repeats_nobody_and_marks_who_was_expected(as_editor, scoped):
    as_editor.post(at(scoped, "registro-pegar"), {"lines": THREE})
    assert not any(present for *_, present in posts())
    answer = as_editor.post(
        at(scoped, "registro-pegar"), {"lines": "Enlace\nCocina comunitaria", "are_present": "on"}, follow=True
    )
    assert "1 persona quedó en la lista. 1 ya estaba." in answer.content.decode()
    assert [(post, present) for post, _, _, present in posts()] == [
        ("Dirección", False),
        ("Enlace", True),
        ("Promotoría", False),
        ("Cocina comunitaria", True),
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", "obligatorio"),
        ("Dirección\n,sin puesto", "Renglón 2: falta el puesto"),
        ("a" * 40_000, "Acórtalo"),
        ("a" * 201, "caben 200"),
        ("Enlace\x00", "nulos"),
    ],
)
def test_a_bad_paste_is_said_kept_on_the_page_and_writes_nothing(as_editor, scoped, lines, said):
    answer = as_editor.post(at(scoped, "registro-pegar"), {"lines": lines})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert answer.context["forms"]["paste"]["lines"].value() == lines
    assert posts() == []


def test_a_list_has_an_end(scoped):
    people = [Person(f"Puesto {n}") for n in range(services.MOST_PEOPLE + 1)]
    with pytest.raises(ValidationError, match="llega a 500"):
        services.register_people(organization=scoped, session_key="1", people=people, are_present=True)
    assert posts() == []


def test_one_person_is_noted_and_the_same_one_is_not_repeated(as_editor, scoped):
    data = {"post": "Dirección", "name": "", "affiliation": "Red del Sur", "is_present": "on"}
    assert as_editor.post(at(scoped, "registro-anotar"), data).status_code == 302
    answer = as_editor.post(at(scoped, "registro-anotar"), data)
    assert answer.status_code == 422
    assert "agrega un alias" in answer.content.decode()
    assert posts() == [("Dirección", "", "Red del Sur", True)]
    other = as_editor.post(at(scoped, "registro-anotar", session="2"), data)
    assert other.status_code == 302


@pytest.mark.parametrize(("field", "value"), [("post", ""), ("post", "a" * 201), ("name", "a" * 40_000)])
def test_a_bad_person_is_said_and_the_rest_is_kept(as_editor, scoped, field, value):
    data = {"post": "Dirección", "name": "", "affiliation": "Red del Sur"} | {field: value}
    answer = as_editor.post(at(scoped, "registro-anotar"), data)
    assert answer.status_code == 422
    assert "Red del Sur" in answer.content.decode()
    assert posts() == []


def test_who_came_is_ticked(as_editor, scoped):
    came, missed = rows.person(scoped, is_present=False), rows.person(scoped)
    added_meanwhile = rows.person(scoped)
    data = {"was": f"{missed.pk}", "present": [came.pk]}
    assert as_editor.post(at(scoped, "registro-asistencia"), data).status_code == 302
    present = set(Attendance.objects.filter(is_present=True).values_list("pk", flat=True))
    assert present == {came.pk, added_meanwhile.pk}


def test_htmx_gets_how_many_came(as_editor, scoped):
    one = rows.person(scoped, is_present=False)
    data = {"was": "", "box": one.pk, "present": [one.pk]}
    answer = as_editor.post(at(scoped, "registro-asistencia"), data, headers={"HX-Request": "true"})
    assert "Guardado" in answer.content.decode()
    assert "1 persona asistió." in answer.content.decode()
    assert "1 de 1 persona asistió · 0 de 1 producto listo" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_people_of_elsewhere_are_not_ticked(as_editor, scoped, other_org):
    foreign = rows.person(other_org, is_present=False)
    other_session = rows.person(scoped, session_key="2", is_present=False)
    for pk in (foreign.pk, other_session.pk):
        as_editor.post(at(scoped, "registro-asistencia"), {"was": "", "present": [pk]})
        as_editor.post(at(scoped, "registro-asistencia"), {"box": pk, "present": [pk]})
    other_session.refresh_from_db()
    assert not other_session.is_present
    with scope(organization=other_org):
        assert not Attendance.objects.get().is_present


def test_the_list_of_another_session_is_brought_as_expected_people(as_editor, scoped):
    rows.person(scoped, "Dirección", "2", affiliation="Red del Sur")
    rows.person(scoped, "Enlace", "2")
    rows.person(scoped, "Enlace", "1")
    page = as_editor.get(at(scoped, "registro")).content.decode()
    assert "Sesión 2: Mapa de sistema (2)" in page
    answer = as_editor.post(at(scoped, "registro-copiar"), {"source": "2"}, follow=True)
    assert "1 persona quedó en la lista. 1 ya estaba." in answer.content.decode()
    assert posts() == [("Enlace", "", "", True), ("Dirección", "", "Red del Sur", False)]


def test_only_a_session_with_people_can_be_copied(as_editor, scoped):
    assert as_editor.post(at(scoped, "registro-copiar"), {"source": "3"}).status_code == 422
    assert as_editor.post(at(scoped, "registro-copiar"), {"source": "1"}).status_code == 422


def test_a_person_is_changed_and_taken_away(as_editor, scoped):
    row = rows.person(scoped, "Direccion")
    address = at(scoped, "registro-persona", row.pk)
    assert as_editor.post(address, {"post": "Dirección", "name": "Luciérnaga"}).status_code == 302
    assert posts() == [("Dirección", "Luciérnaga", "", False)]
    assert as_editor.post(address, {"post": ""}).status_code == 422
    as_editor.post(at(scoped, "registro-borrar-persona", row.pk))
    assert posts() == []


def test_the_participants_of_the_plan_are_those_who_came_to_session_6(as_editor, scoped):
    as_editor.post(at(scoped, "registro-pegar", session="6"), {"lines": "Dirección\nEnlace"})
    assert participants() == []
    one = Attendance.objects.get(post="Enlace")
    as_editor.post(at(scoped, "registro-asistencia", session="6"), {"was": "", "present": [one.pk]})
    assert [person.post for person in participants()] == ["Enlace"]
