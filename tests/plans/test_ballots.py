"""Rounds of voting, through the services and in the browser."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django_scopes import scope

from alianzas.models import Event
from alianzas.secrecy import member_key
from plans import queries, services
from plans.ballots import queries as votes
from plans.ballots import services as ballots
from plans.models import BallotBox, Round, Strategy, VoterMark
from tests import factories as make

from .rows import address, candidates, closed_round, open_round
from .rows import cast as cast_ballots


@pytest.fixture
def scoped(org):
    with scope(organization=org):
        yield org


def result(row):
    """(rank, text, votes) in order."""
    row.refresh_from_db()
    return [(one.rank, one.candidate.text, one.candidate.votes) for one in votes.sheet_of(row).placed]


def vote(client, org, row, *choices):
    return client.post(address(org, "votar", row.pk), {"choices": choices})


# ── The frozen list ─────────────────────────────────────────────────────────────────────────────────────────


def test_cross_cutting_candidates_are_voted_first_and_the_list_is_frozen(scoped):
    make.make_strategy(scoped, text="De una sola línea")
    cross = candidates(scoped, 3)
    make.make_strategy(scoped, text="Funciona", status="works")
    row = ballots.open_round(organization=scoped, by=None)
    assert row.kind == "cross"
    assert [one.text for one in row.candidates.all()] == [one.text for one in cross]
    cross[0].text = "Otras palabras"
    services.save_strategy(strategy=cross[0])
    candidates(scoped, 1)
    assert [one.text for one in row.candidates.all()] == ["Candidata a", "Candidata b", "Candidata c"]
    assert row.candidates.first().lines == [line.name for line in queries.strategies()[1].served]


@pytest.mark.parametrize(("count", "each"), [(2, 2), (3, 3), (5, 3)])
def test_votes_come_down_to_the_number_of_candidates(scoped, count, each):
    assert open_round(scoped, None, count).votes_each == each


@pytest.mark.parametrize("count", [0, 1])
def test_there_is_no_vote_without_a_choice(scoped, count):
    candidates(scoped, count)
    with pytest.raises(ValidationError, match="dos candidatas"):
        ballots.open_round(organization=scoped, by=None)


def test_only_one_round_is_pending(scoped):
    row = closed_round(scoped, None, [[0], [1], [0, 1]])
    with pytest.raises(ValidationError, match="sin terminar"):
        ballots.open_round(organization=scoped, by=None)
    ballots.cancel_round(round=row, by=None, reason="Prueba")
    ballots.open_round(organization=scoped, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(organization=scoped, number=9, kind="cross", opened_on="2026-01-01")


def test_what_is_voted_is_neither_moved_nor_deleted_nor_joined(as_editor, scoped):
    row = open_round(scoped, None)
    strategy = Strategy.objects.first()
    for step in ("agregar", "subir"):
        as_editor.post(address(scoped, "prioridad", strategy.pk, step))
    page = as_editor.post(address(scoped, "borrar-estrategia", strategy.pk), follow=True).content.decode()
    assert "una votación que no ha terminado" in page
    assert not Strategy.objects.filter(priority__isnull=False).exists()
    assert row.candidates.filter(strategy=strategy).exists()


# ── Casting ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_three_people_vote_and_the_result_is_shared_ranks(login, cast, scoped):
    row = open_round(scoped, cast.facilitator)
    for person, choices in ((cast.facilitator, (0, 1, 2)), (cast.editor, (0, 1, 3)), (make.make_member(scoped), (4,))):
        assert vote(login(person), scoped, row, *choices).status_code == 302
    client = login(cast.facilitator)
    assert "<strong>3</strong>" in client.get(address(scoped, "votacion", row.pk)).content.decode()
    client.post(address(scoped, "cerrar-votacion", row.pk))
    assert result(row) == [
        (1, "Candidata a", 2),
        (1, "Candidata b", 2),
        (3, "Candidata c", 1),
        (3, "Candidata d", 1),
        (3, "Candidata e", 1),
    ]


@pytest.mark.parametrize("who", ["facilitator", "editor", "viewer", "manager"])
def test_an_open_round_shows_only_how_many_have_voted(login, cast, scoped, who):
    row = open_round(scoped, cast.facilitator)
    client = login(getattr(cast, who))
    names = ("votacion", "avance-de-votacion")

    def pages():
        found = [client.get(address(scoped, name, row.pk)).content.decode() for name in names]
        return [page.replace("persona ha", "personas han") for page in found]

    def without_tokens(page):
        return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line and "is_sure" not in line]

    ballots.cast_ballot(round=row, voter_key="persona-9001", choices=[0, 1, 2])
    one = pages()
    ballots.cast_ballot(round=row, voter_key="persona-9002", choices=[4])
    two = pages()
    for before, after in zip(one, two, strict=True):
        assert without_tokens(before.replace("<strong>1</strong>", "<strong>2</strong>")) == without_tokens(after)


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ((0, 1, 2, 3), "cada persona tiene 3: quita 1"),
        ((7,), "no está en esta votación"),
        (("0 or 1",), "no está en esta votación"),
        ((1, 1), "estrategia distinta"),
        ((), "al menos una"),
    ],
)
def test_a_bad_ballot_is_said_and_not_counted_and_stays_marked(as_editor, cast, scoped, choices, said):
    row = open_round(scoped, cast.facilitator)
    answer = vote(as_editor, scoped, row, *choices)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert page.count(" checked") == len({choice for choice in choices if choice in range(5)})
    assert votes.voted(row) == 0
    assert not VoterMark.objects.exists()
    assert vote(as_editor, scoped, row, 0).status_code == 302


def test_the_same_ballot_twenty_times_counts_once(as_editor, cast, scoped):
    row = open_round(scoped, cast.facilitator)
    answers = [vote(as_editor, scoped, row, 0, 1) for _ in range(20)]
    assert [answer.status_code for answer in answers] == [302] + [409] * 19
    assert "Tu voto ya estaba contado. Solo cuenta el primero." in answers[-1].content.decode()
    assert votes.voted(row) == 1
    ballots.close_round(round=row, by=None, is_sure=True)
    assert sum(count for *_, count in result(row)) == 2


def test_nobody_changes_their_mind_by_voting_again(as_editor, cast, scoped):
    row = open_round(scoped, cast.facilitator)
    vote(as_editor, scoped, row, 0)
    assert vote(as_editor, scoped, row, 1).status_code == 409
    page = as_editor.get(address(scoped, "votar", row.pk)).content.decode()
    assert 'name="choices"' not in page
    ballots.close_round(round=row, by=None, is_sure=True)
    assert result(row)[0] == (1, "Candidata a", 1)


def test_a_vote_after_closing_is_refused(as_editor, cast, scoped):
    row = closed_round(scoped, cast.facilitator, [[0], [0], [1]])
    answer = vote(as_editor, scoped, row, 2)
    assert answer.status_code == 409
    assert "tu voto no se contó" in answer.content.decode()
    assert [count for *_, count in result(row)] == [2, 1, 0, 0, 0]


@pytest.mark.parametrize("verb", ["votar", "papeleta", "papeletas", "cerrar-votacion", "aceptar-resultado"])
def test_a_round_of_another_organization_is_404(as_editor, cast, scoped, other_org, verb):
    foreign = open_round(other_org, cast.stranger)
    client = as_editor
    client.force_login(cast.facilitator)
    assert client.post(address(scoped, verb, foreign.pk), {"choices": [0]}).status_code == 404


def test_the_page_of_a_vote_is_kept_by_nobody(as_editor, cast, scoped):
    row = open_round(scoped, cast.facilitator)
    assert "no-store" in as_editor.get(address(scoped, "votar", row.pk))["Cache-Control"]


def test_the_service_needs_neither_account_nor_request(scoped):
    row = open_round(scoped, None)
    for guest in ("invitado-a", "invitado-b"):
        ballots.cast_ballot(round=row, voter_key=guest, choices=[0])
    with pytest.raises(ballots.AlreadyVoted):
        ballots.cast_ballot(round=row, voter_key="invitado-a", choices=[1])
    assert votes.voted(row) == 2
    assert votes.has_voted(row, "invitado-a")
    assert not votes.has_voted(row, "invitado-c")


# ── Papers ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def as_facilitator(login, cast):
    return login(cast.facilitator)


def test_papers_are_read_one_by_one_and_none_twice(as_facilitator, cast, scoped):
    row = open_round(scoped, cast.facilitator)
    token = str(uuid4())
    first = as_facilitator.post(address(scoped, "papeleta", row.pk), {"token": token, "choices": [0, 1]})
    again = as_facilitator.post(address(scoped, "papeleta", row.pk), {"token": token, "choices": [0, 1]})
    other = as_facilitator.post(address(scoped, "papeleta", row.pk), {"token": str(uuid4()), "choices": [1]})
    assert [first.status_code, again.status_code, other.status_code] == [302, 422, 302]
    assert "Esa papeleta ya estaba contada" in again.content.decode()
    assert votes.papers_of(row) == (2, [1, 2, 0, 0, 0])


def test_totals_of_papers_replace_the_earlier_ones(as_facilitator, cast, scoped):
    row = open_round(scoped, cast.facilitator)
    ballots.cast_ballot(round=row, voter_key="persona-1", choices=[4])
    for people, first in ((9, 9), (4, 3), (4, 3)):
        data = {"people": people, "votes_0": first, "votes_1": 2}
        assert as_facilitator.post(address(scoped, "papeletas", row.pk), data).status_code == 302
    page = as_facilitator.get(address(scoped, "papeletas", row.pk)).content.decode()
    assert 'name="votes_0" value="3"' in page
    closed = ballots.close_round(round=row, by=None)
    assert (closed.ballots, closed.papers) == (1, 4)
    assert [count for *_, count in result(row)] == [3, 2, 1, 0, 0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"people": 3, "votes_0": 4}, "más votos que papeletas"),
        ({"people": 1, "votes_0": 1, "votes_1": 1, "votes_2": 1, "votes_3": 1}, "Suman 4 votos"),
        ({"people": 3, "votes_0": 1}, "al menos uno"),
        ({"people": -1}, "mayor o igual"),
        ({"people": "muchas"}, "número entero"),
    ],
)
def test_totals_that_cannot_be_are_said_and_stay_written(as_facilitator, cast, scoped, data, said):
    row = open_round(scoped, cast.facilitator)
    answer = as_facilitator.post(address(scoped, "papeletas", row.pk), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f'value="{data["people"]}"' in answer.content.decode()
    assert votes.voted(row) == 0


# ── Closing, ties, places ───────────────────────────────────────────────────────────────────────────────────


def test_nobody_votes_nothing_closes(scoped):
    with pytest.raises(ValidationError, match="Nadie ha votado"):
        ballots.close_round(round=open_round(scoped, None), by=None, is_sure=True)


@pytest.mark.parametrize(("people", "must_be_sure"), [(1, True), (2, True), (3, False)])
def test_few_votes_are_shown_only_by_whoever_knows_what_that_tells(as_facilitator, cast, scoped, people, must_be_sure):
    row = open_round(scoped, cast.facilitator)
    with scope(organization=scoped):
        for number in range(people):
            ballots.cast_ballot(round=row, voter_key=f"persona-{number}", choices=[0])
    page = as_facilitator.post(address(scoped, "cerrar-votacion", row.pk), follow=True).content.decode()
    assert ("confirma que lo saben" in page) == must_be_sure
    as_facilitator.post(address(scoped, "cerrar-votacion", row.pk), {"is_sure": "on"})
    row.refresh_from_db()
    assert row.state == "closed"


def test_counting_leaves_neither_box_nor_marks(scoped):
    closed_round(scoped, None, [[0], [1], [2]])
    assert not BallotBox.objects.exists()
    assert not VoterMark.objects.exists()


TIED = [[0, 1, 2], [0, 1, 3], [0, 1, 2], [0, 3]]  # 4, 3, 2, 2, 0


def test_a_tie_at_the_last_place_is_settled_with_a_reason(as_facilitator, cast, scoped):
    row = closed_round(scoped, cast.facilitator, TIED)
    as_facilitator.post(address(scoped, "aceptar-resultado", row.pk))
    row.refresh_from_db()
    assert row.state == "closed"
    data = {"lugar-3-place_2": 2, "lugar-3-place_3": 1, "lugar-3-reason": "Ya hay con quién empezar"}
    assert as_facilitator.post(address(scoped, "desempatar", row.pk, 3), data).status_code == 302
    page = as_facilitator.get(address(scoped, "votacion", row.pk)).content.decode()
    assert "3.º «Candidata d»; 4.º «Candidata c»" in page
    assert "Ya hay con quién empezar" in page
    as_facilitator.post(address(scoped, "aceptar-resultado", row.pk))
    ranked, _ = queries.ranking(queries.strategies())
    assert [(one.text, one.priority) for one in ranked] == [("Candidata a", 1), ("Candidata b", 2), ("Candidata d", 3)]
    [decision] = row.breaks.all()
    assert (decision.by, decision.rank, decision.order) == (cast.facilitator, 3, [3, 2])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lugar-3-reason": ""}, "obligatorio"),
        ({"lugar-3-place_3": 2}, "lugar distinto"),
        ({"lugar-3-place_3": 7}, "válida"),
        ({"lugar-3-reason": "r" * 40_000}, "Acórtalo"),
    ],
)
def test_a_bad_decision_is_said_and_stays_written(as_facilitator, cast, scoped, change, said):
    row = closed_round(scoped, cast.facilitator, TIED)
    data = {"lugar-3-place_2": 2, "lugar-3-place_3": 1, "lugar-3-reason": "Una razón larga"} | change
    answer = as_facilitator.post(address(scoped, "desempatar", row.pk, 3), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert data["lugar-3-reason"] in answer.content.decode()
    assert not row.breaks.exists()


def test_a_rank_that_nobody_shares_is_not_settled(as_facilitator, cast, scoped):
    row = closed_round(scoped, cast.facilitator, TIED)
    assert as_facilitator.post(address(scoped, "desempatar", row.pk, 1), {}).status_code == 404
    with pytest.raises(ValidationError, match="todas las estrategias empatadas"):
        ballots.break_tie(round=row, rank=3, order=[2, 4], reason="No", by=None)


def test_a_second_decision_holds_and_the_first_stays_readable(scoped):
    row = closed_round(scoped, None, TIED)
    ballots.break_tie(round=row, rank=3, order=[2, 3], reason="Primera", by=None)
    ballots.break_tie(round=row, rank=3, order=[3, 2], reason="Segunda", by=None)
    sheet = votes.sheet_of(row)
    [tie] = sheet.ties
    assert (tie.decision.reason, [one.reason for one in sheet.earlier]) == ("Segunda", ["Primera"])
    assert [one.candidate.position for one in sheet.placed] == [0, 1, 3, 2, 4]


def test_rounds_go_on_until_cross_cutting_and_then_specific_ones_are_exhausted(scoped):
    candidates(scoped, 2, cross=False)
    kinds, counts = [], []
    row = closed_round(scoped, None, [[0, 1, 2], [0, 1], [0]])
    ballots.accept_ranking(round=row, by=None)
    for ballot in ([[0], [0], [1]], [[0], [0], [1]]):
        row = ballots.open_round(organization=scoped, by=None, votes_each=1)
        kinds.append(row.kind)
        counts.append(row.candidates.count())
        cast_ballots(row, ballot)
        ballots.accept_ranking(round=ballots.close_round(round=row, by=None), by=None)
    assert (kinds, counts) == (["cross", "specific"], [2, 2])
    ranked, waiting = queries.ranking(queries.strategies())
    assert [one.priority for one in ranked] == [1, 2, 3, 4, 5, 6, 7]
    assert waiting == []
    assert [sheet.round.number for sheet in votes.sheets()] == [3, 2, 1]
    assert [count for *_, count in result(Round.objects.get(number=1))] == [3, 2, 1, 0, 0]


def test_what_a_vote_gave_is_not_moved_by_hand_but_can_be_taken_back(as_facilitator, cast, scoped):
    row = closed_round(scoped, cast.facilitator, [[0, 1, 2], [0, 1], [0]])
    ballots.accept_ranking(round=row, by=None)
    first = queries.ranking(queries.strategies())[0][0]
    for step in ("quitar", "bajar"):
        page = as_facilitator.post(address(scoped, "prioridad", first.pk, step), follow=True).content.decode()
        assert "salió de una votación" in page
    as_facilitator.post(address(scoped, "retirar-resultado", row.pk))
    assert queries.ranking(queries.strategies())[0] == []
    row.refresh_from_db()
    assert row.state == "closed"
    assert [count for *_, count in result(row)] == [3, 2, 1, 0, 0]


def test_a_result_that_the_outcome_map_works_on_stays(scoped):
    row = closed_round(scoped, None, [[0, 1, 2], [0, 1], [0]])
    ballots.accept_ranking(round=row, by=None)
    make.make_outcome_row(scoped, Strategy.objects.get(priority=1))
    with pytest.raises(ValidationError, match="ya tiene aliados"):
        ballots.take_back_ranking(round=row, by=None)


def test_who_was_deleted_or_works_meanwhile_gets_no_place(scoped):
    row = closed_round(scoped, None, [[0, 1, 2], [0, 1], [0]])
    gone, works = row.candidates.get(position=0).strategy, row.candidates.get(position=1).strategy
    Strategy.objects.filter(pk=works.pk).update(status="works")
    Strategy.objects.filter(pk=gone.pk).delete()
    ballots.accept_ranking(round=row, by=None)
    assert [(one.text, one.priority) for one in queries.ranking(queries.strategies())[0]] == [("Candidata c", 1)]
    assert result(row)[0] == (1, "Candidata a", 3)


def test_a_round_opened_by_mistake_is_cancelled_and_kept(as_facilitator, cast, scoped):
    row = open_round(scoped, cast.facilitator)
    ballots.cast_ballot(round=row, voter_key=member_key(cast.editor), choices=[0])
    assert as_facilitator.post(address(scoped, "cancelar-votacion", row.pk), {"reason": " "}).status_code == 422
    as_facilitator.post(address(scoped, "cancelar-votacion", row.pk), {"reason": "Faltaba una estrategia"})
    row.refresh_from_db()
    assert (row.state, row.reason) == ("cancelled", "Faltaba una estrategia")
    assert not BallotBox.objects.exists()
    assert not VoterMark.objects.exists()
    page = as_facilitator.get(address(scoped, "prioridades")).content.decode()
    assert "Faltaba una estrategia" in page
    assert (
        "Los votos que había no se contaron" in as_facilitator.get(address(scoped, "votacion", row.pk)).content.decode()
    )
    assert ballots.open_round(organization=scoped, by=None).number == 2


# ── Who may ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "verb", ["papeleta", "papeletas", "cerrar-votacion", "cancelar-votacion", "aceptar-resultado", "retirar-resultado"]
)
def test_only_whoever_facilitates_runs_a_round(as_editor, cast, scoped, verb):
    row = open_round(scoped, cast.facilitator)
    assert as_editor.post(address(scoped, verb, row.pk), {"reason": "x"}).status_code == 403
    assert as_editor.post(address(scoped, "desempatar", row.pk, 1), {}).status_code == 403
    assert as_editor.post(address(scoped, "abrir-votacion"), {"votes_each": 3}).status_code == 403
    row.refresh_from_db()
    assert row.is_open


def test_readers_see_results_and_no_ballot(login, cast, scoped):
    row = open_round(scoped, cast.facilitator)
    client = login(cast.viewer)
    assert client.get(address(scoped, "votar", row.pk)).status_code == 403
    assert "Votar</a>" not in client.get(address(scoped, "votacion", row.pk)).content.decode()
    with scope(organization=scoped):
        for number in range(3):
            ballots.cast_ballot(round=row, voter_key=f"persona-{number}", choices=[0])
        ballots.close_round(round=row, by=None)
    assert "<strong>3</strong> votos" in client.get(address(scoped, "votacion", row.pk)).content.decode()


def test_a_round_is_opened_in_the_browser(as_facilitator, scoped):
    candidates(scoped, 4)
    for votes_each, said in (("0", "mayor o igual"), ("", "obligatorio"), ("99", "menor o igual")):
        page = as_facilitator.post(address(scoped, "abrir-votacion"), {"votes_each": votes_each}, follow=True)
        assert said in page.content.decode()
    as_facilitator.post(address(scoped, "abrir-votacion"), {"votes_each": 2})
    row = Round.objects.get()
    assert (row.votes_each, row.is_open) == (2, True)
    assert Event.objects.get().verb == "round.opened"


def test_readers_of_a_round_find_no_protected_name(login, cast, scoped):
    make.make_actor(scoped, "Zutano Perengano", is_sensitive=True, alias="Actor Z")
    for strategy in candidates(scoped, 2):
        Strategy.objects.filter(pk=strategy.pk).update(text=f"Con Zutano Perengano {strategy.pk}")
    row = ballots.open_round(organization=scoped, by=cast.facilitator)
    client = login(cast.viewer)

    def read():
        return client.get(address(scoped, "votacion", row.pk)).content.decode()

    opened = read()
    cast_ballots(row, [[0], [1], [0, 1]])
    ballots.close_round(round=row, by=cast.facilitator)
    ballots.break_tie(round=row, rank=1, order=[1, 0], reason="Lo pidió Zutano Perengano", by=cast.facilitator)
    closed = read()
    ballots.cancel_round(round=row, by=cast.facilitator, reason="Se enteró Zutano Perengano")
    for said in (opened, closed, read()):
        assert "Actor Z" in said
        assert "Zutano" not in said


@pytest.mark.parametrize("rounds", [1, 3])
def test_queries_of_the_pages_of_votes(as_facilitator, cast, scoped, django_assert_num_queries, rounds):
    for _ in range(rounds - 1):
        row = closed_round(scoped, None, [[0, 1, 2], [0, 1], [0]])
        ballots.accept_ranking(round=row, by=None)
        ballots.cancel_round(round=closed_round(scoped, None, [[0], [0], [0]]), by=None, reason="Prueba")
    last = open_round(scoped, None)
    for name, args, count in (
        ("prioridades", (), 8),
        ("votacion", (last.pk,), 9),
        ("avance-de-votacion", (last.pk,), 5),
        ("votar", (last.pk,), 8),
    ):
        as_facilitator.get(address(scoped, name, *args))
        with django_assert_num_queries(count):
            assert as_facilitator.get(address(scoped, name, *args)).status_code == 200
