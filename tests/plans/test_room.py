"""Session 6 in a room of people without accounts: the line of possibility and the secret vote."""

import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django_scopes import scope

from alianzas.models import Event
from plans.ballots import queries as votes
from plans.ballots import services as ballots
from plans.models import BallotBox, Candidate, Position, Reading, Round, Strategy, VoterMark
from plans.possibility.spread import QUESTIONS
from plans.services import rank, unrank
from sessions_app.models import AppliedWrite
from tests import factories as make
from tests.live.rows import end_run, fresh, open_run, phone_in, says

from .rows import candidates

VALUES = {"S6-2-q1": "80", "S6-2-q2": "40", "S6-2-q3": "50"}


@pytest.fixture
def run(org):
    return open_run(org, "6")


@pytest.fixture
def phone(run):
    return phone_in(run)


@pytest.fixture
def other_phone(run):
    return phone_in(run, "Beto")


@pytest.fixture
def taller(org):
    return f"/o/{org.slug}/sesiones/6/taller/"


def step(staff, taller, stage, what, **more):
    return staff.post(f"{taller}escenas/{stage}/", {"que": what, **more}, follow=True)


def vote(phone, run, row, *choices, key=None, **headers):
    typed = {"key": key or uuid.uuid4(), "ronda": row.pk, "choices": choices}
    return phone.post(f"/t/{run.token}/escenas/votacion/", typed, headers=headers)


def stand(phone, run, row, values=VALUES, key=None):
    typed = {"key": key or uuid.uuid4(), "toma": row.pk, **values}
    return phone.post(f"/t/{run.token}/escenas/posibilidad/", typed)


def only(model, org):
    with scope(organization=org):
        return model.objects.get()


@pytest.fixture
def round_open(org, run, staff, taller):
    candidates(org, 4)
    staff.post(f"{taller}mostrar/", {"escena": "votacion"})
    step(staff, taller, "votacion", "abrir", votes_each=2)
    return only(Round, org)


# ── The vote ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_vote_goes_from_the_control_to_phones_and_to_the_wall(org, run, staff, taller, phone, other_phone):
    candidates(org, 4)
    staff.post(f"{taller}mostrar/", {"escena": "votacion"})
    assert "En un momento votamos" in says(phone, f"/t/{run.token}/")
    assert "Candidata a" in says(staff, f"{taller}pared/")
    assert "La votación está abierta" in step(staff, taller, "votacion", "abrir", votes_each=2).content.decode()
    row = only(Round, org)
    assert (row.votes_each, row.is_open) == (2, True)
    page = says(phone, f"/t/{run.token}/")
    assert "Tienes 2 votos" in page
    assert page.count('name="choices"') == 4
    assert vote(phone, run, row, 0, 2).status_code == 302
    assert "Tu voto está contado" in says(phone, f"/t/{run.token}/")
    wall = says(staff, f"{taller}pared/")
    assert "<strong>1</strong> persona ha votado" in wall
    assert "<meter" not in wall, "hidden until it closes"
    vote(other_phone, run, row, 2, 1)
    assert "confirma que lo saben" in step(staff, taller, "votacion", "cerrar").content.decode()
    page = step(staff, taller, "votacion", "cerrar", is_sure="on").content.decode()
    assert "Hay un empate" in page
    wall = says(staff, f"{taller}pared/")
    assert wall.index("Candidata c") < wall.index("Candidata a")
    assert re.search(r"<strong>2</strong> votos", wall)
    assert "Resultado" in says(phone, f"/t/{run.token}/")


def test_a_tie_is_settled_and_the_result_accepted_at_the_control(org, run, staff, taller, phone, round_open):
    vote(phone, run, round_open, 0, 1)
    step(staff, taller, "votacion", "cerrar", is_sure="on")
    tied = {"desempatar-1-place_0": 2, "desempatar-1-place_1": 1}
    refused = step(staff, taller, "votacion", "desempatar-1", **tied)
    assert refused.status_code == 422
    assert 'value="2" selected' in refused.content.decode(), "what was ordered stays"
    step(staff, taller, "votacion", "desempatar-1", **tied, **{"desempatar-1-reason": "Sirve a más líneas"})
    assert "Sirve a más líneas" in says(staff, f"{taller}pared/")
    assert "ya tienen su lugar" in step(staff, taller, "votacion", "aceptar").content.decode()
    with scope(organization=org):
        ranked = Strategy.objects.exclude(priority=None).order_by("priority")
        assert [one.text for one in ranked] == ["Candidata b", "Candidata a"]
    assert step(staff, taller, "votacion", "desempatar-9").status_code == 404


@pytest.mark.parametrize("choices", [[0, 1, 2], [9], [-1], [0, 0, 0], ["x"], []])
def test_a_vote_that_is_none_is_refused_and_counts_nothing(org, run, phone, round_open, choices):
    answer = vote(phone, run, round_open, *choices)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert only(BallotBox, org).ballots == 0


def test_the_same_vote_counts_once_however_often_it_comes(org, run, phone, round_open):
    key = uuid.uuid4()
    headers = {"x-requested-with": "fetch"}
    assert [vote(phone, run, round_open, 0, key=key, **headers).status_code for _ in range(20)] == [200] * 20
    assert vote(phone, run, round_open, 1, **headers).status_code == 409
    box = only(BallotBox, org)
    assert (box.ballots, box.counts) == (1, [1, 0, 0, 0])


def test_a_vote_after_the_close_or_for_another_round_is_refused_in_words(org, run, staff, taller, phone, round_open):
    with scope(organization=org):
        ballots.cast_ballot(round=round_open, voter_key="persona-1", choices=[0])
        ballots.close_round(round=round_open, by=None, is_sure=True)
    late = vote(phone, run, round_open, 0)
    assert late.status_code == 409
    assert "tu voto no se contó" in late.content.decode()
    with scope(organization=org):
        ballots.cancel_round(round=round_open, by=None, reason="Otra vez")
    step(staff, taller, "votacion", "abrir", votes_each=2)
    assert vote(phone, run, round_open, 0).status_code == 409
    with scope(organization=org):
        assert BallotBox.objects.get().ballots == 0


def test_nobody_votes_who_is_not_inside_or_was_sent_out(org, run, staff, taller, phone, round_open):
    assert vote(Client(), run, round_open, 0).status_code == 404
    staff.post(f"{taller}personas/{phone.person.pk}/sacar/")
    assert vote(phone, run, round_open, 0).status_code == 404
    assert only(BallotBox, org).ballots == 0


def test_a_guest_of_another_organisation_cannot_vote_here(org, other_org, run, round_open):
    elsewhere = open_run(other_org, "6")
    stranger = phone_in(elsewhere)
    assert vote(stranger, run, round_open, 0).status_code == 404
    assert vote(stranger, elsewhere, round_open, 0).status_code == 409
    assert only(BallotBox, org).ballots == 0


def test_what_is_no_stage_of_the_session_is_not_there(org, phone, run, staff, taller):
    first = open_run(org, "1")
    client = phone_in(first)
    for stage in ("votacion", "posibilidad", "nada"):
        typed = {"key": uuid.uuid4(), "choices": 0}
        assert client.post(f"/t/{first.token}/escenas/{stage}/", typed).status_code == 404
    assert phone.post(f"/t/{run.token}/escenas/votacion/", {"key": "no", "choices": 0}).status_code == 404
    assert staff.post(f"{taller}mostrar/", {"escena": "nada"}).status_code == 404


def test_only_whoever_facilitates_conducts_a_vote(org, run, login, cast, taller, round_open):
    for person in (cast.editor, cast.viewer):
        client = login(person)
        assert client.post(f"{taller}escenas/votacion/", {"que": "cerrar", "is_sure": "on"}).status_code == 403
        assert client.post(f"{taller}mostrar/", {"escena": "posibilidad"}).status_code == 403
    round_open.refresh_from_db()
    assert round_open.is_open


def test_nothing_in_the_database_leads_from_a_counted_vote_to_a_participant(org, run, phone, other_phone, round_open):
    vote(phone, run, round_open, 0)
    vote(other_phone, run, round_open, 3)
    with scope(organization=org):
        ballots.close_round(round=round_open, by=None, is_sure=True)
        assert VoterMark.objects.count() == BallotBox.objects.count() == 0
        kept = AppliedWrite.objects.values()
    assert all(set(one) == {"id", "organization_id", "run_id", "key"} for one in kept)


def test_protected_names_are_hidden_on_the_wall_and_on_phones(org, run, staff, taller, phone):
    actor = make.make_actor(org, name="Doña Inés Cárdenas", is_sensitive=True, alias="Vecina del norte")
    first, _ = candidates(org, 2)
    with scope(organization=org):
        Strategy.objects.filter(pk=first.pk).update(text="Ir con Doña Inés Cárdenas")
    staff.post(f"{taller}mostrar/", {"escena": "votacion"})
    faces = [says(staff, f"{taller}pared/")]
    step(staff, taller, "votacion", "abrir", votes_each=1)
    faces += [says(staff, f"{taller}pared/"), says(phone, f"/t/{run.token}/")]
    vote(phone, run, only(Round, org), 0)
    step(staff, taller, "votacion", "cerrar", is_sure="on")
    faces += [says(staff, f"{taller}pared/"), says(phone, f"/t/{run.token}/")]
    assert actor.alias == "Vecina del norte"
    for face in faces:
        assert "Cárdenas" not in face
        assert "Vecina del norte" in face


def test_counting_a_vote_tells_the_wall_and_not_every_phone(org, run, phone, round_open):
    before = fresh(run).version
    vote(phone, run, round_open, 1)
    assert fresh(run).version == before + 1
    assert "votos" in re.search(r'data-live-deaf="([^"]*)"', says(phone, f"/t/{run.token}/"))[1].split()


def test_papers_are_read_without_losing_the_way_back_to_the_workshop(org, run, staff, taller, round_open):
    desk = f"/o/{org.slug}/resultados/votaciones/{round_open.pk}/"
    assert f'href="{taller}"' in says(staff, f"{desk}papeleta/")
    typed = {"people": 2, "votes_0": 2, "votes_1": 1}
    assert staff.post(f"{desk}papeletas/", typed).url == taller
    assert "<strong>2</strong> personas han votado" in says(staff, f"{taller}pared/")
    end_run(run)
    assert staff.post(f"{desk}papeletas/", typed).url == desk


# ── The line of possibility ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def reading(org, run, staff, taller):
    staff.post(f"{taller}mostrar/", {"escena": "posibilidad"})
    step(staff, taller, "posibilidad", "abrir", moment="start")
    return only(Reading, org)


def test_people_stand_on_the_line_and_correct_their_place(org, run, staff, taller, phone, other_phone, reading):
    assert "Nadie verá tu nombre junto a tu lugar" in says(phone, f"/t/{run.token}/")
    assert stand(phone, run, reading).status_code == 302
    page = says(phone, f"/t/{run.token}/")
    assert "Tu lugar está guardado" in page
    assert 'value="80"' in page
    stand(phone, run, reading, VALUES | {"S6-2-q1": "20"})
    stand(other_phone, run, reading, VALUES | {"S6-2-q3": "100"})
    wall = says(staff, f"{taller}pared/")
    assert "<strong>2</strong> personas han respondido" in wall
    assert "<svg" not in wall.partition("wall-main")[2]
    step(staff, taller, "posibilidad", "cerrar", is_sure="on")
    with scope(organization=org):
        closed = Reading.objects.get()
        assert closed.spread == dict(zip(QUESTIONS, ([20, 80], [40, 40], [50, 100]), strict=True))
        assert Position.objects.count() == 0
    assert "<svg" in says(staff, f"{taller}pared/").partition("wall-main")[2]
    assert "Ana" not in says(staff, f"{taller}pared/")
    assert stand(phone, run, reading).status_code == 409


@pytest.mark.parametrize("wrong", [{"S6-2-q1": "101"}, {"S6-2-q1": "-1"}, {"S6-2-q3": "30"}, {"S6-2-q2": ""}])
def test_a_place_off_the_line_is_refused(org, run, phone, reading, wrong):
    answer = stand(phone, run, reading, VALUES | wrong)
    assert answer.status_code == 422
    with scope(organization=org):
        assert Position.objects.count() == 0


def test_the_same_place_sent_again_late_does_not_undo_a_correction(org, run, phone, reading):
    key = uuid.uuid4()
    stand(phone, run, reading, key=key)
    stand(phone, run, reading, VALUES | {"S6-2-q1": "20"})
    stand(phone, run, reading, key=key)
    with scope(organization=org):
        assert Position.objects.get().values["S6.2.q1"] == 20


# ── A rehearsal ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_rehearsal_votes_and_stands_and_leaves_nothing(org, staff, taller):
    candidates(org, 3)
    run = open_run(org, "6", is_rehearsal=True)
    phone = phone_in(run)
    for stage, facts in (("posibilidad", {"moment": "start"}), ("votacion", {"votes_each": 1})):
        staff.post(f"{taller}mostrar/", {"escena": stage})
        step(staff, taller, stage, "abrir", **facts)
    stand(phone, run, only(Reading, org))
    row = only(Round, org)
    assert vote(phone, run, row, 1).status_code == 302
    with scope(organization=org):
        assert votes.sheets() == []
    step(staff, taller, "votacion", "cerrar", is_sure="on")
    assert "Candidata b" in says(staff, f"{taller}pared/")
    assert "Es un ensayo" in step(staff, taller, "votacion", "aceptar").content.decode()
    with scope(organization=org), pytest.raises(ValidationError, match="cierra el ensayo"):
        ballots.open_round(organization=org, by=None)
    with scope(organization=org):
        rank(strategy=Strategy.objects.first())  # the order by hand waits for real votes only
        unrank(strategy=Strategy.objects.first())
    end_run(run)
    with scope(organization=org):
        for model in (Round, Candidate, Reading, Position, AppliedWrite, VoterMark, BallotBox):
            assert model.objects.count() == 0
        assert Strategy.objects.exclude(priority=None).count() == 0
        assert not Event.objects.filter(verb__regex="^(round|possibility|run)").exists()


# ── What it costs ───────────────────────────────────────────────────────────────────────────────────────────


def test_pages_of_a_vote_ask_as_little_with_many_people_as_with_few(
    org, run, staff, taller, phone, round_open, django_assert_num_queries
):
    for number in range(12):
        phone_in(run, f"Persona {number}")
    with django_assert_num_queries(9):
        phone.get(f"/t/{run.token}/")
    with django_assert_num_queries(15):
        staff.get(f"{taller}pared/")
    with django_assert_num_queries(19):
        vote(phone, run, round_open, 1)
