"""Actors that a room names from its phones (Session 2, Annex 3)."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope

from sessions_app import curriculum
from sessions_app.live import boards, notes
from sysmap.models import Actor
from tests import factories as make
from tests.live.rows import open_run


@pytest.fixture
def board(org):
    run = open_run(org, "M")
    with scope(organization=org):
        return boards.ask(run=run, prompt=curriculum.prompt("M.4.actores"))


def close_with(board, *texts):
    with scope(organization=board.organization):
        boards.turn(board=board, phase="write", by=None)
        for text in texts:
            notes.write(board=board, key=uuid.uuid4(), text=text)
        boards.turn(board=board, phase="closed", by=None)


def names(org):
    with scope(organization=org):
        return sorted(Actor.objects.values_list("name", flat=True))


def test_actors_that_a_room_names_go_to_the_map_once(org, board):
    make.make_actor(org, name="Escuela 12")
    close_with(board, "Escuela 12", "Centro de\nsalud", "centro de salud")
    close_with(board, "Comité vecinal")
    assert names(org) == ["Centro de salud", "Comité vecinal", "Escuela 12"]


def test_an_actor_that_was_taken_off_the_map_does_not_come_back_with_the_question(org, board):
    close_with(board, "Centro de salud")
    with scope(organization=org):
        Actor.objects.all().delete()
    close_with(board, "Comité vecinal")
    assert names(org) == ["Comité vecinal"]


def test_a_note_that_is_no_name_keeps_the_question_open(org, board):
    with pytest.raises(ValidationError, match="muy largo para el nombre"):
        close_with(board, "a" * 300)
    board.refresh_from_db()
    assert not board.is_closed
    assert names(org) == []
