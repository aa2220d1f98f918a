"""The rules of the health of an alliance. Without a database."""

from datetime import date

import pytest

from ruta_critica.relation import health
from ruta_critica.relation.trust_drawing import line

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


def look(side, on, kind="light", **states):
    return health.look(side, kind, on, {key: {"state": state, "note": ""} for key, state in states.items()})


def test_the_seven_domains_say_what_each_colour_means():
    assert [one.key for one in health.domains()] == [
        "necesidad", "eleccion", "funcionamiento", "planeacion", "accion", "obstaculos", "continuidad",
    ]  # fmt: skip
    assert all(one.question and one.green and one.amber and one.red for one in health.domains())


def test_the_worst_that_counts_today_rules_whoever_said_it():
    looks = [look("us", MAY, accion="green", necesidad="amber"), look("ally", MARCH, accion="red")]
    found = health.overall(looks)
    assert (found.state, found.word) == ("red", "Rojo")
    assert [(mark.side, mark.domain.key, mark.on) for mark in found.because] == [("ally", "accion", MARCH)]


def test_what_a_side_said_last_of_a_domain_counts_also_when_its_newest_check_leaves_it_out():
    looks = [look("us", MAY, accion="green"), look("us", MARCH, accion="red", planeacion="amber")]
    assert health.overall(looks).state == "amber"


def test_nothing_said_is_no_colour_and_all_green_needs_no_reason():
    assert health.overall([]) is None
    assert health.overall([look("us", MAY, accion="green")]).because == ()


def test_sides_differ_only_where_both_spoke_and_not_alike():
    looks = [
        look("us", MAY, accion="green", necesidad="red", planeacion="red"),
        look("ally", MARCH, accion="amber", necesidad="red"),
    ]
    assert [(us.domain.key, us.state, ally.state) for us, ally in health.differences(looks)] == [
        ("accion", "green", "amber")
    ]


@pytest.mark.parametrize(
    ("looks", "today", "expected"),
    [
        ([], MAY, (None, None, False)),
        ([look("us", MARCH, accion="green")], date(2026, 5, 1), (date(2026, 5, 1), None, False)),
        ([look("us", MARCH, accion="green")], date(2026, 5, 2), (date(2026, 5, 1), None, True)),
        (
            [look("us", MAY, accion="green"), look("ally", MARCH, "formal", accion="green")],
            MAY,
            (date(2026, 7, 1), (date(2026, 9, 1), date(2027, 3, 1)), False),
        ),
    ],
)
def test_the_next_checks_are_suggested(looks, today, expected):
    found = health.due(looks, today)
    assert (found.light, found.formal, found.is_late) == expected


def test_a_formal_check_looks_at_everything_and_gives_reasons():
    all_green = {one.key: {"state": "green", "note": ""} for one in health.domains()}
    assert health.lacks("formal", all_green) == {}
    found = health.lacks("formal", all_green | {"accion": {"state": "red", "note": ""}})
    assert list(found) == ["accion-nota"]
    assert len(health.lacks("formal", {})) == len(health.domains())
    assert list(health.lacks("light", {})) == [""]
    assert health.lacks("light", {"accion": {"state": "red", "note": ""}}) == {}


def test_trust_is_drawn_once_there_are_two_days_to_join():
    assert line([(MARCH, 5.0)], "Confianza") == ""
    assert line([(MARCH, 5.0), (MARCH, 6.0)], "Confianza") == ""
    drawn = line([(MARCH, 5.0), (MAY, 30.0)], "Confianza <b>")
    assert drawn.count("<circle") == 2
    assert "Confianza &lt;b&gt;" in drawn
    assert "style=" not in drawn
