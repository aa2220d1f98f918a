"""How far a session was what people expected."""

import uuid

import pytest
from django.test import Client
from django_scopes import scope

from sessions_app.models import Rating, SessionRun

from .rows import end_run, fresh, open_run, phone_in, says


@pytest.fixture
def taller(org):
    return f"/o/{org.slug}/sesiones/2/taller/"


@pytest.fixture
def run(org, staff, taller):
    found = open_run(org, "2")
    staff.post(f"{taller}mostrar/", {"escena": "valorar"})
    return found


def say(phone, run, value, key=None):
    return phone.post(f"/t/{run.token}/escenas/valorar/", {"key": key or uuid.uuid4(), "value": value})


def close(staff, taller, **more):
    return staff.post(f"{taller}escenas/valorar/", {"que": "cerrar", **more}, follow=True)


def test_it_is_hidden_until_it_closes_and_then_only_counts_are_kept(org, run, staff, taller):
    phones = [phone_in(run, name) for name in ("Ana", "Beto", "Caro")]
    for phone, value in zip(phones, (5, 4, 1), strict=True):
        assert say(phone, run, value).status_code == 302
    say(phones[2], run, 4)
    assert "Tu respuesta está guardada" in says(phones[2], f"/t/{run.token}/")
    wall = says(staff, f"{taller}pared/")
    assert "<strong>3</strong> personas han respondido" in wall
    assert "<meter" not in wall
    close(staff, taller)
    with scope(organization=org):
        assert SessionRun.objects.get().rated == [0, 0, 0, 2, 1]
        assert not Rating.objects.exists()
    wall = says(staff, f"{taller}pared/")
    assert wall.index("Del todo") < wall.index("Bastante")
    assert "Ana" not in wall
    assert say(phones[0], run, 1).status_code == 409
    assert "ya estaba cerrada" in close(staff, taller).content.decode()
    end_run(run)
    assert "fue lo que esperaban: 4,3 de 5" in says(staff, taller) or "4.3 de 5" in says(staff, taller)


@pytest.mark.parametrize("value", ["0", "6", "-1", "", "x", "4.5", "٣"])
def test_what_is_no_value_is_refused(org, run, value):
    assert say(phone_in(run), run, value).status_code == 422
    with scope(organization=org):
        assert not Rating.objects.exists()


def test_so_few_answers_ask_first_and_none_cannot_close(org, run, staff, taller):
    assert "Nadie ha respondido" in close(staff, taller, is_sure="on").content.decode()
    say(phone_in(run), run, 3)
    assert "se nota quién dijo qué" in close(staff, taller).content.decode()
    assert fresh(run).rated is None
    close(staff, taller, is_sure="on")
    assert fresh(run).rated == [0, 0, 1, 0, 0]


def test_nobody_from_outside_rates_and_only_whoever_facilitates_closes(org, run, login, cast, taller):
    assert say(Client(), run, 5).status_code == 404
    client = login(cast.editor)
    assert client.post(f"{taller}escenas/valorar/", {"que": "cerrar", "is_sure": "on"}).status_code == 403
    assert login(cast.facilitator).post(f"{taller}escenas/valorar/", {"que": "borrar"}).status_code == 404


def test_the_same_answer_sent_again_late_does_not_undo_a_change(org, run):
    phone, key = phone_in(run), uuid.uuid4()
    say(phone, run, 1, key)
    say(phone, run, 5)
    say(phone, run, 1, key)
    with scope(organization=org):
        assert Rating.objects.get().value == 5


def test_a_rehearsal_leaves_no_rating(org, staff, taller):
    run = open_run(org, "2", is_rehearsal=True)
    say(phone_in(run), run, 3)
    end_run(run)
    with scope(organization=org):
        assert not Rating.objects.exists()
        assert not SessionRun.objects.exists()


@pytest.mark.parametrize(("values", "kept"), [((5, 5, 4), [0, 0, 0, 1, 2]), ((5, 4), None)])
def test_what_nobody_closed_is_counted_at_the_end_or_destroyed(org, run, values, kept):
    for number, value in enumerate(values):
        say(phone_in(run, f"Persona {number}"), run, value)
    end_run(run)
    with scope(organization=org):
        assert SessionRun.objects.get().rated == kept
        assert not Rating.objects.exists()
