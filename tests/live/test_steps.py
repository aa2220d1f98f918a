"""Next steps that a room writes: they are promises in the worksheet, as if somebody had typed them there."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from alianzas.models import Commitment
from sessions_app import curriculum
from sessions_app.live import boards, notes
from sessions_app.live.steps import step_in
from sessions_app.models import Answer

from .rows import open_run, phone_in

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "what", "responsible", "due"),
    [
        ("Visitar la radio | Colibrí | 15/03/2027", "Visitar la radio", "Colibrí", "2027-03-15"),
        ("Visitar la radio|Colibrí|2027-03-15", "Visitar la radio", "Colibrí", "2027-03-15"),
        ("Visitar la radio", "Visitar la radio", "", ""),
        ("Visitar la radio | Colibrí", "Visitar la radio", "Colibrí", ""),
        ("Visitar | Colibrí | pronto", "Visitar (pronto)", "Colibrí", ""),
        ("Visitar | Colibrí | 01/01/2020", "Visitar (01/01/2020)", "Colibrí", ""),
        ("Visitar | Colibrí | 31/02/2027", "Visitar (31/02/2027)", "Colibrí", ""),
        ("Dos\nrenglones | | 26/11/2026", "Dos renglones", "", "2026-11-26"),
    ],
)
def test_what_people_write_is_understood(text, what, responsible, due):
    assert step_in(text, TODAY) == {"what": what, "responsible": responsible, "due_date": due}


@given(st.lists(st.text(alphabet="abñ0/ ", max_size=12), max_size=3))
def test_no_word_is_lost(parts):
    said = step_in("|".join(parts), TODAY)
    words = f"{said['what']} {said['responsible']}".replace("(", " ").replace(")", " ").split()
    assert said["due_date"] or sorted(words) == sorted(" ".join(parts).split())


@pytest.mark.parametrize(("session", "key"), [("5", "S5.8.pasos"), ("6", "S6.7.pasos"), ("M", "M.9.pasos")])
def test_steps_of_a_room_become_commitments(org, cast, session, key):
    run = open_run(org, session)
    phone = phone_in(run, "Ana")
    due = date.today() + timedelta(days=30)
    with scope(organization=org):
        board = boards.ask(run=run, prompt=curriculum.prompt(key))
    assert "qué se hará | quién | cuándo" in phone.get(f"/t/{run.token}/").content.decode()
    for text in (f"Visitar la radio | Colibrí | {due:%d/%m/%Y}", "Pensarlo más | | luego"):
        typed = {"key": uuid.uuid4(), "text": text}
        assert phone.post(f"/t/{run.token}/preguntas/{board.pk}/notas/", typed).status_code == 302
    with scope(organization=org):
        boards.turn(board=board, phase="closed", by=cast.facilitator)
        rows = Answer.objects.get(prompt_key=key).value
        promised = Commitment.objects.get(title="Visitar la radio")
    assert [row["what"] for row in rows] == ["Visitar la radio", "Pensarlo más (luego)"]
    assert (promised.responsible, promised.due_date) == ("Colibrí", due)
    with scope(organization=org):
        boards.turn(board=board, phase="write", by=cast.facilitator)
        notes.write(board=board, key=uuid.uuid4(), text="Llamar | Luna |")
        boards.turn(board=board, phase="closed", by=cast.facilitator)
        rows = Answer.objects.get(prompt_key=key).value
        assert [row["what"] for row in rows] == ["Visitar la radio", "Pensarlo más (luego)", "Llamar"]
        assert Commitment.objects.filter(title="Visitar la radio").count() == 1


@pytest.mark.parametrize("text", ["Visitar | Colibrí | 15/03/2999", "x" * 592 + "||pronto"])
def test_a_step_that_cannot_be_kept_leaves_the_question_open_and_its_words(org, cast, text):
    run = open_run(org, "6")
    with scope(organization=org):
        board = boards.ask(run=run, prompt=curriculum.prompt("S6.7.pasos"))
        notes.write(board=board, key=uuid.uuid4(), text=text)
        with pytest.raises(ValidationError, match="no se perdió nada"):
            boards.turn(board=board, phase="closed", by=cast.facilitator)
        board.refresh_from_db()
        assert not board.is_closed
        assert not Answer.objects.exists()
