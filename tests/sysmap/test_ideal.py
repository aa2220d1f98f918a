"""How far from the ideal, and who is worth approaching."""

from dataclasses import replace

from hypothesis import given, settings

from sysmap.ideal import DEFINITION, Gap, distance, gaps, has_ideal, reached
from sysmap.states import ActorState, GhostState, MapState

from .strategies import states


def one(relation, result, desired_relation="", desired_result="", key="k"):
    return ActorState(
        key,
        "Iglesia",
        relation=relation,
        result=result,
        desired_relation=desired_relation,
        desired_result=desired_result,
    )


def far(*actors, ghosts=(), ideal=None):
    return distance(MapState("m", actors, ghosts), ideal)


def at_the_ideal(state):
    """The same map once everything has come true."""
    return replace(
        state,
        actors=tuple(
            replace(actor, relation=actor.ideal_place[0], result=actor.ideal_place[1]) for actor in state.actors
        ),
        ghosts=(),
    )


@given(states())
@settings(max_examples=100, deadline=None)
def test_the_distance_is_zero_exactly_at_the_ideal(state):
    away = [actor for actor in state.actors if actor.ideal_place != (actor.relation, actor.result)]
    found = distance(state)
    assert (found.steps == 0) == (not away and not state.ghosts)
    assert found.steps == sum(part.steps for part in found.parts)
    assert {part.key for part in found.parts} == {actor.key for actor in away} | {ghost.key for ghost in state.ghosts}
    assert 0 <= found.steps <= found.of
    arrived = at_the_ideal(state)
    assert distance(arrived).steps == 0
    assert distance(state, arrived).steps == found.steps


def test_a_step_for_each_ring_and_two_for_the_effect():
    assert far(one("weak", "positive", "strong")).steps == 2
    assert far(one("strong", "positive", "weak")).steps == 2
    assert far(one("", "positive", "strong")).steps == 4
    assert far(one("", "", "conflictive")).steps == 1
    assert far(one("weak", "negative", "weak", "positive")).steps == 2
    assert far(one("weak", "", "strong", "positive")).steps == 4
    assert far(one("weak", "negative")).steps == 0


def test_three_steps_for_each_missing_role():
    ghost = GhostState("g", "Defensoría")
    assert far(ghosts=(ghost,)).steps == 3
    assert far(ideal=MapState("Hoy", (), (ghost,))).steps == 3, "it was missing before somebody saw it"
    assert far(ghosts=(ghost,), ideal=MapState("Hoy")).steps == 3, "it was still missing then"


def test_moments_are_measured_against_the_later_ideal():
    before = MapState("antes", (one("conflictive", "negative", "weak"),))
    after = MapState("después", (one("collaborative", "positive", "strong", "positive"), one("weak", "", key="z")))
    assert (distance(before, after).steps, distance(after).steps) == (5, 1)
    assert distance(MapState("antes"), after).steps == 6, "who was not on the map yet was undefined"


def test_who_reached_the_ideal_is_named():
    before = MapState("antes", (one("weak", "positive", "strong"), one("strong", "positive", "strong", key="z")))
    after = MapState("después", (one("strong", "positive", "strong"), one("strong", "positive", "strong", key="z")))
    assert reached(before, after) == ("Iglesia",)
    assert reached(before, before) == ()


def test_the_queue_of_potential_allies_starts_with_the_largest_gap():
    state = MapState(
        "Hoy",
        (
            replace(one("weak", "positive", "strong", key="1"), name="Iglesia"),
            replace(one("conflictive", "negative", "collaborative", "positive", key="2"), name="Cámara"),
            replace(one("strong", "positive", "weak", key="3"), name="Se aleja"),
            replace(one("weak", "positive", "weak", "negative", key="4"), name="Ayudará menos"),
            replace(one("", "", "weak", "positive", key="5"), name="Nueva"),
            replace(one("weak", "negative", key="6"), name="Se queda"),
        ),
        (GhostState("g", "Defensoría", holder="Barra de abogadas"), GhostState("h", "Quien difunda")),
    )
    assert gaps(state) == (
        Gap(
            "2", "Cámara", 4, "de conflictiva a colaborativa: 2 anillos más cerca y de dificultar a ayudar al resultado"
        ),
        Gap(
            "5", "Nueva", 4, "de relación sin definir a débil: 2 anillos más cerca y que se defina y ayude al resultado"
        ),
        Gap("g", "Barra de abogadas", 3, "le tocaría el papel que falta, Defensoría", is_missing=True),
        Gap("1", "Iglesia", 2, "de débil a fuerte: 2 anillos más cerca"),
    )


@given(states())
@settings(max_examples=60, deadline=None)
def test_candidates_have_something_to_gain(state):
    found = gaps(state)
    assert all(gap.steps > 0 and gap.why for gap in found)
    assert [gap.steps for gap in found] == sorted((gap.steps for gap in found), reverse=True)
    assert {gap.key for gap in found if not gap.is_missing} <= {a.key for a in state.actors if has_ideal(a)}


def test_the_definition_says_what_is_counted():
    for words in ("un paso por cada anillo", "dos pasos", "tres pasos", "mismo ideal"):
        assert words in DEFINITION
