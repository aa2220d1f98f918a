"""Questions that are answered before the session, until a day and an hour."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from sessions_app.models import Board, Note, SessionRun

from .rows import fresh, open_run, phone_in, says

ASKED = ["S1.1.expectativas", "S1.4.q1"]


@pytest.fixture
def taller(org):
    return f"/o/{org.slug}/sesiones/1/taller/"


@pytest.fixture
def run(org):
    return open_run(org)


def when(**ahead):
    moment = timezone.localtime(timezone.now() + timedelta(**ahead))
    return {"day": f"{moment:%Y-%m-%d}", "hour": f"{moment:%H:%M}"}


def act(staff, taller, what, **more):
    return staff.post(f"{taller}escenas/recoleccion/", {"que": what, **more}, follow=True)


@pytest.fixture
def collecting(run, staff, taller):
    staff.post(f"{taller}mostrar/", {"escena": "recoleccion"})
    act(staff, taller, "abrir", asked=ASKED, **when(days=3))
    return fresh(run)


def send(phone, run, board, text, **headers):
    typed = {"key": uuid.uuid4(), "text": text}
    return phone.post(f"/t/{run.token}/preguntas/{board.pk}/notas/", typed, headers=headers)


def boards_of(org):
    with scope(organization=org):
        return list(Board.objects.order_by("pk"))


def is_over(run):
    with scope(organization=run.organization):
        SessionRun.objects.update(collects_until=timezone.now() - timedelta(minutes=1))


def test_people_answer_all_questions_before_the_session_and_see_only_their_own(org, collecting, staff, taller):
    ana, beto = phone_in(collecting, "Ana"), phone_in(collecting, "Beto")
    first, second = boards_of(org)
    page = says(ana, f"/t/{collecting.token}/")
    assert "¿Qué esperas de este taller?" in page
    assert "¿Conocen experiencias parecidas?" in page
    assert "hasta el <strong>" in page
    assert page.count("<textarea") == 2
    send(ana, collecting, first, "Aprender a decir que no")
    send(beto, collecting, second, "La red de comedores")
    assert "Aprender a decir que no" in says(ana, f"/t/{collecting.token}/")
    assert "Aprender a decir que no" not in says(beto, f"/t/{collecting.token}/")
    control = says(staff, taller)
    assert "1 nota de 1 persona" in control
    assert f"/t/{collecting.token}/" in control
    assert "comedores" not in says(staff, f"{taller}pared/")


def test_the_session_begins_with_what_was_collected(org, collecting, staff, taller):
    ana = phone_in(collecting, "Ana")
    first, _ = boards_of(org)
    send(ana, collecting, first, "Aprender a decir que no")
    act(staff, taller, "empezar")
    assert fresh(collecting).collects_until is None
    assert "Ya estás dentro, Ana" in says(ana, f"/t/{collecting.token}/")
    staff.post(f"{taller}preguntar/", {"pregunta": ASKED[0]})
    staff.post(f"{taller}preguntas/{first.pk}/fase/", {"fase": "shown"})
    assert "Aprender a decir que no" in says(staff, f"{taller}pared/")


def test_after_its_hour_nothing_is_taken_and_nothing_is_lost(org, collecting, staff, taller):
    ana = phone_in(collecting, "Ana")
    first, _ = boards_of(org)
    is_over(collecting)
    late = send(ana, collecting, first, "Tarde")
    assert late.status_code == 409
    assert "El plazo terminó el" in late.content.decode()
    assert "Escribiste: «Tarde»" in late.content.decode()
    assert send(ana, collecting, first, "Tarde", **{"x-requested-with": "fetch"}).json()["said"].startswith("El plazo")
    assert "El plazo terminó" in says(ana, f"/t/{collecting.token}/")
    act(staff, taller, "plazo", **when(days=1))
    assert send(ana, collecting, first, "Ahora sí").status_code == 302
    with scope(organization=org):
        assert [note.text for note in Note.objects.all()] == ["Ahora sí"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (when(days=-1), "Esa hora ya pasó"),
        (when(days=90), "60 días a lo más"),
        ({"day": "", "hour": "20:00"}, "hasta qué día"),
        ({"day": "2099-02-30", "hour": "25:99"}, "Escribe la hora así"),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_what_was_chosen_stays(run, staff, taller, wrong, said):
    staff.post(f"{taller}mostrar/", {"escena": "recoleccion"})
    answer = act(staff, taller, "abrir", asked=ASKED, **wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert answer.content.decode().count("checked") >= 2
    assert fresh(run).collects_until is None


def test_a_question_of_another_session_or_none_is_refused(org, run, staff, taller):
    staff.post(f"{taller}mostrar/", {"escena": "recoleccion"})
    for asked in ([], ["S2.2.actores"], ["nada"]):
        assert act(staff, taller, "abrir", asked=asked, **when(days=1)).status_code == 422
    assert boards_of(org) == []
    assert act(staff, taller, "inventar").status_code == 404


def test_only_who_has_come_in_writes_and_only_whoever_facilitates_opens(org, collecting, login, cast, taller):
    first, _ = boards_of(org)
    assert send(Client(), collecting, first, "De fuera").status_code == 404
    client = login(cast.editor)
    assert client.post(f"{taller}escenas/recoleccion/", {"que": "empezar"}).status_code == 403
    assert fresh(collecting).collects_until


def test_a_session_that_begins_without_ceremony_takes_notes_after_that_hour(org, collecting, staff, taller):
    ana = phone_in(collecting, "Ana")
    first, _ = boards_of(org)
    is_over(collecting)
    staff.post(f"{taller}preguntar/", {"pregunta": ASKED[0]})
    assert send(ana, collecting, first, "En la sesión").status_code == 302
