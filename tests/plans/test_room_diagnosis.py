"""The diagnosis of Session 6 in a room: a question for each line, whose notes become strategies."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope

from plans.models import Strategy
from sessions_app import curriculum
from sessions_app.live import boards, notes
from sessions_app.live.questions import question
from tests import factories as make
from tests.live.rows import end_run, open_run, phone_in


@pytest.fixture
def run(org):
    return open_run(org, "6")


@pytest.fixture
def phone(run):
    return phone_in(run)


def ask(run, line, key="S6.3.q2"):
    with scope(organization=run.organization):
        one = question(curriculum.session("6"), f"{key}@linea-{line.pk}")
        return boards.ask(run=run, prompt=one.prompt, about=one.about, about_name=one.about_name)


def write(run, board, text, person=None, author=""):
    with scope(organization=run.organization):
        return notes.write(board=board, key=uuid.uuid4(), text=text, participant=person, author=author)


def turn(board, phase):
    with scope(organization=board.organization):
        return boards.turn(board=board, phase=phase, by=None)


def said(org):
    with scope(organization=org):
        return [(one.text, one.why, one.author, one.status) for one in Strategy.said.order_by("pk")]


def test_each_line_has_its_questions_and_notes_become_strategies(org, run, phone, login, cast):
    line, other = make.make_line(org, name="Juventudes"), make.make_line(org, name="Empleo")
    board = ask(run, line)
    assert ask(run, other).pk != board.pk
    assert ask(run, line).pk == board.pk, "asked again it comes back"
    assert "Juventudes: ¿Cuáles no dieron lo previsto y por qué?" in phone.get(f"/t/{run.token}/").content.decode()
    write(run, board, "La rifa | nadie la difundió", phone.person)
    write(run, board, "Boletín impreso\nSale caro\ny llega tarde", author="Comunicación")
    turn(board, "closed")
    assert said(org) == [
        ("La rifa", "nadie la difundió", "Ana", "did_not"),
        ("Boletín impreso", "Sale caro y llega tarde", "Comunicación", "did_not"),
    ]
    control = login(cast.facilitator).get(f"/o/{org.slug}/sesiones/6/taller/")
    assert "el diagnóstico de estrategias" in control.content.decode()


def test_closing_again_follows_the_notes_and_respects_what_was_changed_at_the_desk(org, run, phone):
    board = ask(run, make.make_line(org))
    first, second, _ = (write(run, board, text, phone.person) for text in ("Una", "Dos", "Tres"))
    turn(board, "closed")
    with scope(organization=org):
        Strategy.objects.filter(text="Dos").update(text="Dos, mejor dicho")
        Strategy.objects.filter(text="Tres").delete()
    board = turn(board, "write")
    with scope(organization=org):
        notes.rewrite(note=first, key=uuid.uuid4(), text="Una, corregida", participant=phone.person)
        notes.rewrite(note=second, key=uuid.uuid4(), text="Dos, en la nota", participant=phone.person)
    write(run, board, "Cuatro")
    turn(board, "closed")
    assert [text for text, *_ in said(org)] == ["Una, corregida", "Dos, mejor dicho", "Cuatro"]


def test_joined_notes_are_one_strategy_signed_by_all(org, run, phone):
    board = ask(run, make.make_line(org))
    one = write(run, board, "Ferias", phone.person)
    same = write(run, board, "Las ferias", phone_in(run, "Beto").person)
    turn(board, "grouped")
    with scope(organization=org):
        notes.merge(board=board, chosen=[one.key, same.key])
    turn(board, "closed")
    assert said(org) == [("Ferias", "", "Ana, Beto", "did_not")]


def test_a_line_that_is_gone_keeps_the_question_open_and_its_notes(org, run):
    line = make.make_line(org)
    board = ask(run, line)
    write(run, board, "Una")
    with scope(organization=org):
        line.delete()
    with pytest.raises(ValidationError, match="no se perdió nada"):
        turn(board, "closed")
    board.refresh_from_db()
    assert not board.is_closed
    assert said(org) == []


def test_the_diagnosis_of_a_rehearsal_leaves_no_strategy(org):
    run = open_run(org, "6", is_rehearsal=True)
    board = ask(run, make.make_line(org))
    write(run, board, "Una")
    turn(board, "closed")
    end_run(run)
    assert said(org) == []
