"""Elevator Pitches: the clock that everybody sees, and what the others write."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope

from sessions_app.live import notes, pitches
from sessions_app.models import Answer, Board, PitchTake

from .rows import fresh, open_run, phone_in, says


@pytest.fixture
def taller(org):
    return f"/o/{org.slug}/sesiones/4/taller/"


@pytest.fixture
def run(org):
    return open_run(org, "4")


@pytest.fixture
def board(org, run, staff, taller):
    staff.post(f"{taller}presentar/", {"name": "Ana"})
    with scope(organization=org):
        return Board.objects.get()


def clock(staff, taller, board, what):
    return staff.post(f"{taller}preguntas/{board.pk}/cronometro/", {"que": what}, follow=True).content.decode()


def take(org):
    with scope(organization=org):
        return PitchTake.objects.get()


def began(org, seconds):
    with scope(organization=org):
        PitchTake.objects.update(started_at=timezone.now() - timedelta(seconds=seconds))


def kept(org):
    with scope(organization=org):
        found = Answer.objects.filter(prompt_key=pitches.QUESTION, subject="sala").first()
    return [(row["text"], row["author"], row["group"]) for row in found.value] if found else None


def test_a_pitch_is_on_every_face_with_the_same_second(org, run, staff, taller, board):
    phone = phone_in(run, "Beto")
    clock(staff, taller, board, "empezar")
    began(org, 12)
    for face in (says(staff, taller), says(staff, f"{taller}pared/"), says(phone, f"/t/{run.token}/")):
        assert "data-runs" in face
        assert 'data-elapsed="12"' in face or 'data-elapsed="13"' in face
        assert "Ana: ¿Qué te convenció de esta presentación" in face
    began(org, 52)
    clock(staff, taller, board, "detener")
    assert take(org).seconds in (52, 53)
    for face in (says(staff, f"{taller}pared/"), says(phone, f"/t/{run.token}/")):
        assert "data-runs" not in face
        assert "En el tiempo ideal" in face


def test_the_clock_starts_anew_stops_once_and_does_not_mind_a_clock_that_jumps(org, run, board):
    with scope(organization=org):
        now = timezone.now()
        pitches.start(board=board, now=now)
        pitches.stop(board=board, now=now - timedelta(hours=3))
        assert take(org).seconds == 0
        pitches.stop(board=board, now=now + timedelta(seconds=30))
        assert take(org).seconds == 0, "it was stopped already"
        pitches.start(board=board, now=now)
        pitches.stop(board=board, now=now + timedelta(days=2))
        assert take(org).seconds == PitchTake.LONGEST


def test_what_the_others_write_is_hidden_until_shown_and_goes_to_the_worksheet(org, run, staff, taller, board, cast):
    phone = phone_in(run, "Beto")
    clock(staff, taller, board, "empezar")
    began(org, 45)
    clock(staff, taller, board, "detener")
    typed = {"key": uuid.uuid4(), "text": "Las cifras"}
    phone.post(f"/t/{run.token}/preguntas/{board.pk}/notas/", typed)
    assert "Las cifras" not in says(staff, f"{taller}pared/")
    staff.post(f"{taller}preguntas/{board.pk}/fase/", {"fase": "shown"})
    assert "Las cifras" in says(staff, f"{taller}pared/")
    staff.post(f"{taller}preguntas/{board.pk}/fase/", {"fase": "closed"})
    seconds = take(org).seconds
    time = (f"Duró {seconds} segundos; el tiempo ideal va de 40 a 60.", "", "Ana")
    assert kept(org) == [("Las cifras", "Beto", "Ana"), time]
    staff.post(f"{taller}presentar/", {"name": "Beto"})
    with scope(organization=org):
        second = Board.objects.get(about_name="Beto")
        notes.write(board=second, key=uuid.uuid4(), text="Más corto", author="Ana")
    staff.post(f"{taller}preguntas/{second.pk}/fase/", {"fase": "closed"})
    assert kept(org) == [("Las cifras", "Beto", "Ana"), time, ("Más corto", "Ana", "Beto")]


def test_the_same_name_brings_the_same_pitch_back(org, run, staff, taller, board):
    clock(staff, taller, board, "empezar")
    for name in ("Beto", " Ana "):
        staff.post(f"{taller}presentar/", {"name": name})
    with scope(organization=org):
        assert Board.objects.filter(is_on_screen=True).get().pk == board.pk
        assert sorted(Board.objects.values_list("about_name", flat=True)) == ["Ana", "Beto"]
    assert take_of(org, board).is_running


def take_of(org, board):
    with scope(organization=org):
        return PitchTake.objects.get(board=board)


@pytest.mark.parametrize("name", ["", "   ", "a" * 61, "\x00"])
def test_a_name_that_is_none_presents_nothing(org, run, staff, taller, name):
    answer = staff.post(f"{taller}presentar/", {"name": name}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    with scope(organization=org):
        assert not PitchTake.objects.exists()


def test_only_whoever_facilitates_has_the_clock_and_only_in_its_session(org, run, login, cast, taller, board):
    other = open_run(org, "1")
    client = login(cast.facilitator)
    assert client.post(f"/o/{org.slug}/sesiones/1/taller/presentar/", {"name": "Ana"}).status_code == 404
    assert client.post(f"{taller}preguntas/{board.pk}/cronometro/", {"que": "adelantar"}).status_code == 404
    elsewhere = f"/o/{org.slug}/sesiones/1/taller/preguntas/{board.pk}/cronometro/"
    assert client.post(elsewhere, {"que": "empezar"}).status_code == 404
    assert fresh(other).version == 1
    client = login(cast.editor)
    assert client.post(f"{taller}presentar/", {"name": "Ana"}).status_code == 403
    assert client.post(f"{taller}preguntas/{board.pk}/cronometro/", {"que": "empezar"}).status_code == 403


def test_hostile_names_stay_names(org, run, staff, taller):
    staff.post(f"{taller}presentar/", {"name": "<b>Ana</b>"})
    wall = says(staff, f"{taller}pared/")
    assert "<b>Ana</b>" not in wall
    assert "&lt;b&gt;Ana&lt;/b&gt;" in wall
