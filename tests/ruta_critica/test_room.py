"""Questions about an ally that a room answers from its phones (Session 5)."""

import uuid

import pytest
from django_scopes import scope

from ruta_critica.models import Ally
from sessions_app import curriculum
from sessions_app.live import boards, notes
from sessions_app.live.questions import question
from sessions_app.models import Answer
from tests import factories as make
from tests.live.rows import open_run, phone_in


@pytest.fixture
def ally(org):
    actor = make.make_actor(org, name="Comandante Rocha", is_sensitive=True, alias="Mando cercano")
    return make.make_ally(org, actor=actor)


@pytest.fixture
def run(org):
    return open_run(org, "5")


def ask(run, ally, key):
    with scope(organization=run.organization):
        asked = question(curriculum.session("5"), f"{key}@aliado-{ally.pk}")
        return boards.ask(run=run, prompt=asked.prompt, about=asked.about, about_name=asked.about_name)


def close_with(board, by, *texts):
    with scope(organization=board.organization):
        boards.turn(board=board, phase="write", by=by)
        for text in texts:
            notes.write(board=board, key=uuid.uuid4(), text=text, author="Equipo 1")
        boards.turn(board=board, phase="closed", by=by)


def answers(org, key, ally):
    with scope(organization=org):
        found = Answer.objects.filter(prompt_key=key, subject=f"aliado-{ally.pk}").first()
    return [row["text"] for row in found.value] if found else None


def test_notes_about_an_ally_are_the_answers_of_its_file(org, run, ally, cast):
    other = make.make_ally(org, name="Cámara de comercio")
    board = ask(run, ally, "S5.3.q1")
    close_with(board, cast.facilitator, "Le interesa el barrio", "Quiere que baje el robo")
    assert answers(org, "S5.3.q1", ally) == ["Le interesa el barrio", "Quiere que baje el robo"]
    assert answers(org, "S5.3.q1", other) is None
    close_with(board, cast.facilitator, "Y una más")
    assert answers(org, "S5.3.q1", ally)[-1] == "Y una más"


def test_what_the_room_sees_names_the_ally_by_its_alias(org, run, ally, login, cast):
    ask(run, ally, "S5.3.q1")
    phone = phone_in(run)
    wall = login(cast.facilitator).get(f"/o/{org.slug}/sesiones/5/taller/pared/").content.decode()
    for face in (wall, phone.get(f"/t/{run.token}/").content.decode()):
        assert "Mando cercano" in face
        assert "Rocha" not in face


def test_what_one_would_give_up_stays_between_who_writes_and_whoever_facilitates(org, run, ally, login, cast):
    board = ask(run, ally, "S5.3.q3")
    with scope(organization=org):
        notes.write(board=board, key=uuid.uuid4(), text="Ceder la sede")
        boards.turn(board=board, phase="shown", by=None)
    wall = login(cast.facilitator).get(f"/o/{org.slug}/sesiones/5/taller/pared/").content.decode()
    assert "Ceder la sede" not in wall


def test_closed_allies_and_those_of_others_are_not_asked_about(org, other_org, run, ally):
    closed = make.make_ally(org, name="Ya cerrada")
    theirs = make.make_ally(other_org, name="De otra organización")
    with scope(organization=org):
        Ally.objects.filter(pk=closed.pk).update(state=Ally.State.CLOSED)
        session = curriculum.session("5")
        assert question(session, f"S5.3.q1@aliado-{ally.pk}")
        for one in (closed, theirs):
            assert question(session, f"S5.3.q1@aliado-{one.pk}") is None
        assert question(session, "S5.3.q1") is None
