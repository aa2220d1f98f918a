"""The ranking says the same in its three formats, and nothing of an open round."""

import pytest
from django_scopes import scope

from plans.ballots import services as ballots
from plans.ballots.document import ranking_document
from plans.possibility import services as possibility

from .rows import address, candidates, closed_round, open_round
from .test_documents import READERS, squeezed


@pytest.fixture
def scoped(org):
    with scope(organization=org):
        yield org


def told(org):
    return repr(ranking_document(org).blocks)


@pytest.mark.parametrize("fmt", ["pdf", "docx", "xlsx"])
def test_rounds_votes_ties_and_places_are_in_every_format(login, cast, scoped, fmt):
    ballots.cancel_round(round=open_round(scoped, None, 2), by=None, reason="Faltaba una candidata")
    row = closed_round(scoped, cast.facilitator, [[0, 1, 2], [0, 1, 3], [0, 1, 2], [0, 3]], count=3)
    ballots.break_tie(round=row, rank=3, order=[3, 2], reason="Ya hay con quién empezar", by=cast.facilitator)
    ballots.accept_ranking(round=row, by=cast.facilitator)
    reading = possibility.open_reading(organization=scoped, moment="start", by=None)
    possibility.set_room(reading=reading, spread={"S6.2.q1": [10, 20, 90]})
    possibility.close_reading(reading=reading, by=None)
    content = login(cast.viewer).get(address(scoped, "entregable", "ranking", fmt)).content
    said = squeezed(READERS[fmt](content))
    for fact in (
        "Faltaba una candidata",
        "Votos de 4 personas",
        "Ronda 2: estrategias transversales",
        *(candidate.text for candidate in row.candidates.all()),
        "Ya hay con quién empezar",
        "Desempate del lugar 3",
        "3 personas, de 10 a 90; quien está en medio, en 20.",
    ):
        assert squeezed(fact) in said, fact


def test_of_an_open_round_it_says_only_how_many_have_voted(scoped):
    row = open_round(scoped, None)
    documents = []
    for voter, choices in (("a", [0, 1, 2]), ("b", [3])):
        ballots.cast_ballot(round=row, voter_key=voter, choices=choices)
        documents.append(told(scoped))
    assert "hay votos de 2 personas" in documents[1]
    assert documents[0].replace("de 1 persona.", "de 2 personas.") == documents[1]


def test_before_anything_it_says_so(scoped):
    candidates(scoped, 2)
    assert "Todavía no hay estrategias con lugar." in told(scoped)


@pytest.mark.parametrize("rounds", [1, 3])
def test_queries_of_the_document(scoped, django_assert_num_queries, rounds):
    for _ in range(rounds):
        row = closed_round(scoped, None, [[0, 1, 2], [0, 1], [0]])
        ballots.accept_ranking(round=row, by=None)
        ballots.cancel_round(round=closed_round(scoped, None, [[0], [0], [0]]), by=None, reason="Prueba")
    with django_assert_num_queries(6):
        ranking_document(scoped)
