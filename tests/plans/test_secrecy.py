"""The database told as a whole: no vote and no position leads to a person."""

import json
import logging
import uuid
from collections import Counter
from itertools import permutations

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django_scopes import scope

from alianzas.models import Event
from alianzas.secrecy import mark_of, member_key
from plans.ballots import services as ballots
from plans.possibility import services as possibility
from plans.possibility.spread import QUESTIONS
from tests import factories as make

from .rows import address, candidates

KEY = uuid.UUID("00000000-0000-0000-0000-000000000007")
WHEN = {"at", "date_joined", "last_login"}  # of opening and closing; nothing that is voted has a time


def dump():
    """Every table with every row in the order of its storage, hidden row numbers and counters included.

    PostgreSQL gives the places of what was undone to later rows: there the order of storage says something about these
    tests, not about votes, and rows come by their first column.
    """
    found = {}
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        is_sqlite = connection.vendor == "sqlite"
        for table in [*tables, *(["sqlite_sequence"] if is_sqlite else [])]:
            cursor.execute(
                f'SELECT rowid AS hidden, * FROM "{table}"' if is_sqlite else f'SELECT * FROM "{table}" ORDER BY 1'
            )
            columns = [column[0] for column in cursor.description]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            found[table] = [{name: value for name, value in row.items() if name not in WHEN} for row in rows]
    return found


class Undo(Exception):
    """Ends a world."""


def world(org, by, act):
    """The dump after `act(round)`; then everything is as before, counters too."""
    counters = sequences()
    try:
        with transaction.atomic():
            row = ballots.open_round(organization=org, by=by)
            row.key = KEY
            row.save()
            act(row)
            seen = dump()
            raise Undo
    except Undo:
        return seen
    finally:
        with connection.cursor() as cursor:
            for counter in counters:  # which no transaction undoes
                cursor.execute("SELECT setval(%s, coalesce(%s, 1), %s)", counter)


def sequences():
    """(name, last number or None, whether there was one) of the counters that PostgreSQL keeps beside the tables."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename), last_value, last_value IS NOT NULL "
            "FROM pg_sequences"
        )
        return cursor.fetchall()


@pytest.fixture
def scoped(org):
    candidates(org, 4)
    with scope(organization=org):
        yield org


PEOPLE = ["persona-1", "persona-2", "persona-3"]
BALLOTS = [(0, 1, 2), (0, 3), (2,)]


def test_a_closed_vote_is_the_same_database_whoever_voted_what_and_in_what_order(scoped, cast):
    def voted(order):
        def act(row):
            for person, choices in order:
                ballots.cast_ballot(round=row, voter_key=person, choices=choices)
            ballots.close_round(round=row, by=cast.facilitator)

        return world(scoped, cast.facilitator, act)

    worlds = [
        voted([(PEOPLE[who], BALLOTS[what]) for who, what in zip(people, given, strict=True)])
        for people in permutations(range(3))
        for given in permutations(range(3))
    ]
    assert all(one == worlds[0] for one in worlds)
    assert "plans_candidate" in worlds[0]
    assert [row["votes"] for row in worlds[0]["plans_candidate"]] == [2, 1, 2, 1]


def test_a_closed_vote_is_the_same_database_whoever_the_voters_were(scoped, cast):
    def voted(people):
        def act(row):
            for person, choices in zip(people, BALLOTS, strict=True):
                ballots.cast_ballot(round=row, voter_key=person, choices=choices)
            ballots.close_round(round=row, by=cast.facilitator)

        return world(scoped, cast.facilitator, act)

    assert voted(PEOPLE) == voted(["persona-7", "invitado-x", "persona-99"])


def test_an_open_vote_does_not_tell_either_which_of_those_who_voted_cast_what(scoped, cast):
    def voted(given):
        def act(row):
            for person, choices in zip(PEOPLE, given, strict=True):
                ballots.cast_ballot(round=row, voter_key=person, choices=choices)

        return world(scoped, cast.facilitator, act)

    worlds = [voted(given) for given in permutations(BALLOTS)]
    assert all(one == worlds[0] for one in worlds)
    assert len(worlds[0]["plans_votermark"]) == 3


def test_the_dump_alone_cannot_tell_who_has_voted(settings, scoped, cast):
    def act(row):
        ballots.cast_ballot(round=row, voter_key="persona-1", choices=[0])

    [mark] = world(scoped, cast.facilitator, act)["plans_votermark"]
    with_secret = {mark_of(KEY, f"persona-{number}") for number in range(50)}
    settings.SECRET_KEY = "somebody who only has the dump"
    guessed = {mark_of(KEY, f"persona-{number}") for number in range(50)}
    assert mark["mark"] in with_secret
    assert mark["mark"] not in guessed
    assert set(mark) - {"hidden"} == {"mark", "round_id", "organization_id"}


def test_marks_of_one_person_in_two_rounds_have_nothing_in_common():
    marks = {mark_of(uuid.uuid4(), "persona-1") for _ in range(20)}
    assert len(marks) == 20


# ── Through the browser: everything that a request leaves behind ────────────────────────────────────────────


@pytest.fixture
def voters(org):
    """People who are alike in everything but what they vote."""
    return [make.make_member(org, user=make.make_user(f"votante{n}@prueba.test", name=f"Votante {n}")) for n in "abcd"]


def clients_of(people):
    for person in people:
        client = Client()
        client.force_login(person)
        yield client


def mentions(tables, person):
    """How often each table points at a person: by an id where there are accounts, by e-mail or name anywhere."""
    found = Counter()
    for table, rows in tables.items():
        for row in rows:
            by_id = [row[name] for name in ("user_id", "by_id") if name in row]
            if table == "django_session":
                by_id.append(int(Session(session_data=row["session_data"]).get_decoded().get("_auth_user_id", 0)))
            text = json.dumps(row, default=str)
            if person.pk in by_id or person.email in text or person.name in text or member_key(person) in text:
                found[table] += 1
    return found


def test_a_closed_vote_joined_against_everything_gives_no_voter(scoped, cast, voters, caplog):
    caplog.set_level(logging.DEBUG)
    row = ballots.open_round(organization=scoped, by=cast.facilitator)
    ballot_of = dict(zip(voters[:3], BALLOTS, strict=True))  # the fourth does not vote
    for client, choices in zip(clients_of(voters[:3]), ballot_of.values(), strict=True):
        answer = client.post(address(scoped, "votar", row.pk), {"choices": choices})
        assert answer.status_code == 302
        client.get(answer.url)
        client.post(address(scoped, "votar", row.pk), {"choices": [3]})  # refused, and logged by Django
    ballots.close_round(round=row, by=cast.facilitator)
    tables = dump()

    # Whoever voted is mentioned where whoever did not is mentioned: nowhere near the vote.
    told = [mentions(tables, person) for person in voters]
    for one in told:
        one.pop("django_session", None)  # the fourth never came in
    assert told == [Counter({"alianzas_user": 1, "alianzas_membership": 1})] * 4

    # What a session holds is who came in, and nothing of what was chosen.
    for session in Session.objects.all():
        assert set(session.get_decoded()) <= {"_auth_user_id", "_auth_user_backend", "_auth_user_hash"}

    # The tables of the vote hold sums, and no row for each person.
    assert tables["plans_ballotbox"] == tables["plans_votermark"] == []
    assert [one["votes"] for one in tables["plans_candidate"]] == [2, 1, 2, 1]
    [round_row] = tables["plans_round"]
    assert round_row["ballots"] == 3

    # The trace of the organisation says who opened and closed, and nothing about voters.
    assert {(one.verb, one.user) for one in Event.objects.all()} == {
        ("round.opened", cast.facilitator),
        ("round.closed", cast.facilitator),
    }

    # The log of the server says no choice.
    said = [record.getMessage() for record in caplog.records if record.name.startswith("django.request")]
    assert said
    assert all("choices" not in message and "Candidata" not in message for message in said)


def test_what_people_are_answered_does_not_depend_on_what_they_chose(scoped, cast, voters):
    row = ballots.open_round(organization=scoped, by=cast.facilitator)
    answers = []
    for client, choices in zip(clients_of(voters[:2]), [(0, 1), (3,)], strict=True):
        answer = client.post(address(scoped, "votar", row.pk), {"choices": choices})
        cookies = {name: morsel.value for name, morsel in answer.cookies.items() if name == "messages"}
        answers.append((answer.status_code, answer.url, {name: len(value) for name, value in cookies.items()}))
    assert answers[0] == answers[1]


# ── The Línea de Posibilidad keeps the same secret ──────────────────────────────────────────────────────────


def places(*values):
    return dict(zip(QUESTIONS, values, strict=True))


def test_a_closed_reading_is_the_same_database_whoever_stood_where(scoped, cast):
    given = [places(10, 20, 0), places(80, 50, 50), places(40, 90, 100)]

    def stood(order):
        def act(_):
            row = possibility.open_reading(organization=scoped, moment="start", by=cast.facilitator)
            row.key = KEY
            row.save()
            for person, values in zip(PEOPLE, order, strict=True):
                possibility.take_position(reading=row, person_key=person, values=values)
            possibility.close_reading(reading=row, by=cast.facilitator)

        return world(scoped, cast.facilitator, act)

    worlds = [stood(order) for order in permutations(given)]
    assert all(one == worlds[0] for one in worlds)
    assert worlds[0]["plans_position"] == []
    [row] = worlds[0]["plans_reading"]
    assert json.loads(row["spread"]) == {
        "S6.2.q1": [10, 40, 80],
        "S6.2.q2": [20, 50, 90],
        "S6.2.q3": [0, 50, 100],
    }
