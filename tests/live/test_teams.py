"""A question that teams answer apart and look at together."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope

from sessions_app import curriculum
from sessions_app.live import boards, notes
from sessions_app.models import Answer, Board, Note, Participant

from .rows import fresh, open_run, phone_in, says

QUESTION = "S1.3.q1"


@pytest.fixture
def taller(org):
    return f"/o/{org.slug}/sesiones/1/taller/"


@pytest.fixture
def run(org):
    return open_run(org)


@pytest.fixture
def board(org, run, staff, taller):
    staff.post(f"{taller}preguntar/", {"pregunta": QUESTION, "equipos": "3", "ver": "juntas"})
    with scope(organization=org):
        return Board.objects.get()


def choose(phone, run, team):
    return phone.post(f"/t/{run.token}/equipo/", {"team": team})


def send(phone, run, board, text):
    typed = {"key": uuid.uuid4(), "text": text}
    return phone.post(f"/t/{run.token}/preguntas/{board.pk}/notas/", typed)


def member(run, name, team):
    phone = phone_in(run, name)
    choose(phone, run, team)
    return phone


def turn(staff, taller, board, phase):
    return staff.post(f"{taller}preguntas/{board.pk}/fase/", {"fase": phase}, follow=True).content.decode()


def answer(org, subject, key=QUESTION):
    with scope(organization=org):
        found = Answer.objects.filter(prompt_key=key, subject=subject).first()
    return [row["text"] for row in found.value or []] if found else None


def test_each_phone_sees_its_own_team_until_all_are_shown(run, staff, taller, board):
    ana, beto, caro = member(run, "Ana", 1), member(run, "Beto", 1), member(run, "Caro", 2)
    send(ana, run, board, "Lo del equipo uno")
    send(caro, run, board, "Lo del equipo dos")
    mine, wall = f"/t/{run.token}/", f"{taller}pared/"
    assert "Lo del equipo uno" in says(beto, mine)
    assert "Lo del equipo dos" not in says(beto, mine)
    assert "Lo del equipo uno" not in says(caro, mine)
    assert "los demás equipos, cuando se muestren todas" in says(caro, mine)
    shown = says(staff, wall)
    assert "Lo del" not in shown
    assert "<strong>1</strong>Equipo 1" in shown
    assert "<strong>0</strong>Equipo 3" in shown
    turn(staff, taller, board, "shown")
    for face in (says(staff, wall), says(beto, mine)):
        assert face.index("Equipo 1") < face.index("Lo del equipo uno") < face.index("Equipo 2")
        assert "Lo del equipo dos" in face
    turn(staff, taller, board, "write")
    assert "Lo del equipo dos" not in says(beto, mine), "back again, the others are not seen"


def test_open_notes_of_a_question_in_teams_are_not_projected_before_their_time(org, run, staff, taller):
    staff.post(f"{taller}preguntar/", {"pregunta": QUESTION, "equipos": "2", "ver": "abiertas"})
    with scope(organization=org):
        board = Board.objects.get()
    send(member(run, "Ana", 1), run, board, "Todavía no")
    assert "Todavía no" not in says(staff, f"{taller}pared/")


def test_who_has_no_team_chooses_one_first_and_may_change(org, run, board):
    phone = phone_in(run)
    assert "¿En qué equipo estás?" in says(phone, f"/t/{run.token}/")
    refused = send(phone, run, board, "Sin equipo")
    assert refused.status_code == 422
    assert "Elige primero tu equipo" in refused.content.decode()
    assert "Sin equipo" in refused.content.decode(), "nothing is lost"
    choose(phone, run, 2)
    send(phone, run, board, "Ya con equipo")
    choose(phone, run, 3)
    assert "Estás en el <strong>equipo 3</strong>" in says(phone, f"/t/{run.token}/")
    with scope(organization=org):
        assert Note.objects.get().team == 2, "what was written stays with its team"


@pytest.mark.parametrize("team", ["0", "13", "-1", "99", "x", "", "٣", "1.5"])
def test_a_team_that_is_none_is_refused(org, run, board, team):
    phone = phone_in(run)
    assert choose(phone, run, team).status_code == 422
    with scope(organization=org):
        assert Participant.objects.get().team == 0


def test_a_team_that_this_question_does_not_have_writes_nothing(org, run, board):
    phone = member(run, "Ana", 7)
    assert send(phone, run, board, "De más").status_code == 422
    assert "¿En qué equipo estás?" in says(phone, f"/t/{run.token}/")


def test_each_team_has_its_answer_and_the_plenary_its_themes(org, run, staff, taller, board):
    ana, caro = member(run, "Ana", 1), member(run, "Caro", 2)
    send(ana, run, board, "Ser más")
    send(caro, run, board, "Ser más personas")
    send(caro, run, board, "Llegar lejos")
    turn(staff, taller, board, "grouped")
    with scope(organization=org):
        same = list(Note.objects.filter(text__startswith="Ser más").order_by("pk"))
        notes.group(board=board, chosen=[note.key for note in Note.objects.all()], name="Fuerza")
        notes.merge(board=board, chosen=[note.key for note in same])
    wall = says(staff, f"{taller}pared/")
    assert "Fuerza" in wall
    assert "equipo 2" in wall
    turn(staff, taller, board, "closed")
    assert answer(org, "equipo-1") == ["Ser más"]
    assert answer(org, "equipo-2") == ["Ser más personas", "Llegar lejos"], "joined in plenary, kept in its team"
    assert answer(org, "equipo-3") is None
    turn(staff, taller, board, "write")
    send(caro, run, board, "Una más")
    turn(staff, taller, board, "closed")
    assert answer(org, "equipo-1") == ["Ser más"]
    assert answer(org, "equipo-2") == ["Ser más personas", "Llegar lejos", "Una más"]


def test_a_question_of_everybody_answered_in_teams_is_one_answer(org, run, staff, taller):
    staff.post(f"{taller}preguntar/", {"pregunta": "S1.4.q1", "equipos": "2"})
    with scope(organization=org):
        board = Board.objects.get()
    send(member(run, "Ana", 1), run, board, "Una")
    send(member(run, "Beto", 2), run, board, "Otra")
    turn(staff, taller, board, "closed")
    assert answer(org, "", "S1.4.q1") == ["Una", "Otra"]


def test_whoever_facilitates_moves_people_and_types_for_a_team(org, run, staff, taller, board, login, cast):
    phone = phone_in(run)
    where = f"{taller}personas/{phone.person.pk}/equipo/"
    staff.post(where, {"equipo": "2"})
    assert "Estás en el <strong>equipo 2</strong>" in says(phone, f"/t/{run.token}/")
    typed = {"key": uuid.uuid4(), "lines": "De papel", "team": "3"}
    staff.post(f"{taller}preguntas/{board.pk}/notas/", typed)
    with scope(organization=org):
        assert Note.objects.get().team == 3
    refused = staff.post(
        f"{taller}preguntas/{board.pk}/notas/", typed | {"key": uuid.uuid4(), "team": "9"}, follow=True
    )
    assert "Elige primero tu equipo" in refused.content.decode()
    assert login(cast.editor).post(where, {"equipo": "1"}).status_code == 403


def test_a_guest_moves_nobody_else_and_not_in_another_run(org, other_org, run, board):
    stranger = phone_in(open_run(other_org))
    assert choose(stranger, run, 1).status_code == 404
    with scope(organization=org):
        assert not Participant.objects.exists()


def test_only_teams_can_be_added_to_a_question_that_comes_back(org, run, staff, taller, board):
    for teams, has in (("2", 3), ("5", 5), ("0", 5)):
        staff.post(f"{taller}preguntar/", {"pregunta": QUESTION, "equipos": teams})
        board.refresh_from_db()
        assert board.teams == has
    with scope(organization=org), pytest.raises(ValidationError, match="de 2 a 12"):
        boards.ask(run=run, prompt=curriculum.prompt(QUESTION), teams=13)


def test_phones_of_a_question_in_teams_hear_of_notes_and_teams(run, board):
    phone, before = member(run, "Ana", 1), fresh(run).version
    send(phone, run, board, "Una")
    assert fresh(run).version == before + 1
    deaf = says(phone, f"/t/{run.token}/").partition('data-live-deaf="')[2].partition('"')[0].split()
    assert not {"notas", "equipos"} & set(deaf)
