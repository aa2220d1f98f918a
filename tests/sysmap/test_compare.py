"""What changed between two moments: exactly what was edited, and in words."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sysmap.compare import DETAILS, FIELDS, MOVES, Change, closer, compare, sentence, shown, summary
from sysmap.models import Relation, Result, Sector
from sysmap.pictures import comparison
from sysmap.states import ActorState, GhostState, MapState
from sysmap.words import RELATION_LABELS, RESULT_LABELS, SECTOR_LABELS, counted, listed

from .strategies import actors, lists, relations, results, sectors, states, words

VALUES = {
    "relation": relations,
    "result": results,
    "sector": sectors,
    "is_informal": st.booleans(),
    "roles": lists,
    "primary_resource": words,
    "secondary_resources": lists,
    "rules": words,
    "name": st.sampled_from(("Otro nombre", "Alias B")),
}


@st.composite
def edited(draw):
    """A map, the same one after some edits, and what these were."""
    before = draw(states("Línea base"))
    kept, changes = [], set()
    for actor in before.actors:
        if draw(st.integers(0, 9)) == 0:
            changes.add(Change(actor.key, actor.name, "removed", (actor.relation, actor.result), ()))
            continue
        fields = draw(st.sets(st.sampled_from(sorted(VALUES)), max_size=4))
        wanted = {field: draw(VALUES[field]) for field in fields}
        new = replace(actor, **wanted)
        for field, value in wanted.items():
            old = getattr(actor, field)
            if value != old and not (isinstance(value, tuple) and set(value) == set(old)):
                changes.add(Change(actor.key, new.name, "renamed" if field == "name" else field, old, value))
        kept.append(new)
    for number in range(draw(st.integers(0, 3))):
        new = draw(actors(f"nuevo-{number}"))
        changes.add(Change(new.key, new.name, "added", (), (new.relation, new.result)))
        kept.append(new)
    left = draw(st.sets(st.sampled_from(before.ghosts))) if before.ghosts else set()
    changes |= {Change(ghost.key, ghost.role, "ghost_removed", ghost.role, "") for ghost in left}
    ghosts = [ghost for ghost in before.ghosts if ghost not in left]
    if draw(st.booleans()):
        ghosts.append(GhostState("papel-nuevo", "Quien difunda"))
        changes.add(Change("papel-nuevo", "Quien difunda", "ghost_added", "", "Quien difunda"))
    return before, MapState("Hoy", tuple(draw(st.permutations(kept))), tuple(ghosts)), changes


@given(edited())
@settings(max_examples=120, deadline=None)
def test_the_comparison_is_exactly_the_list_of_edits(case):
    before, after, changes = case
    found = compare(before, after)
    assert len(found) == len(changes)
    assert set(found) == changes


@given(states())
@settings(max_examples=50, deadline=None)
def test_nothing_changed_between_a_map_and_itself(state):
    assert compare(state, state) == ()
    assert compare(state, replace(state, actors=state.actors[::-1], ghosts=state.ghosts[::-1])) == ()
    assert "Nada cambió" in summary(state, state)


@given(edited())
@settings(max_examples=40, deadline=None)
def test_backwards_the_comparison_is_its_mirror(case):
    mirror = {"added": "removed", "removed": "added", "ghost_added": "ghost_removed", "ghost_removed": "ghost_added"}
    before, after, _ = case
    there = {(one.key, mirror.get(one.field, one.field), one.after, one.before) for one in compare(before, after)}
    back = {(one.key, one.field, one.before, one.after) for one in compare(after, before)}
    assert there == back
    assert sum(map(closer, compare(before, after))) == -sum(map(closer, compare(after, before)))


@given(edited())
@settings(max_examples=40, deadline=None)
def test_changes_come_in_one_order_with_moves_first_and_names_of_their_own(case):
    before, after, _ = case
    found = compare(before, after)
    assert found == compare(replace(before, actors=before.actors[::-1]), replace(after, actors=after.actors[::-1]))
    assert [change.weight for change in found] == sorted(change.weight for change in found)
    refs = [change.ref for change in found]
    assert len(set(refs)) == len(refs)
    assert all(len(ref) <= 120 for ref in refs)


@given(edited(), st.sampled_from(("", "Hubo tres reuniones")))
@settings(max_examples=40, deadline=None)
def test_every_change_can_be_told(case, reason):
    before, after, _ = case
    for change in compare(before, after):
        told = sentence(change, reason)
        assert change.name in told
        assert told.endswith(reason)
        assert "None" not in told
        assert shown(change, change.before) != shown(change, change.after)


def moved(field, before, after, name="Iglesia local"):
    return Change("k", name, field, before, after)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (moved("relation", "weak", "collaborative"), "Iglesia local pasó de débil a colaborativa: porque sí"),
        (moved("relation", "", "weak"), "Iglesia local ya tiene una relación definida, débil: porque sí"),
        (moved("relation", "weak", ""), "La relación con Iglesia local, que era débil, quedó sin definir: porque sí"),
        (
            moved("result", "negative", "positive"),
            "Iglesia local dejó de dificultar y ahora ayuda al resultado: porque sí",
        ),
        (
            moved("result", "positive", "negative"),
            "Iglesia local dejó de ayudar y ahora dificulta el resultado: porque sí",
        ),
        (moved("result", "", "positive"), "Ya se sabe que Iglesia local ayuda al resultado: porque sí"),
        (moved("result", "negative", ""), "El efecto de Iglesia local en el resultado quedó sin definir: porque sí"),
        (
            moved("added", (), ("weak", "positive")),
            "Entró al mapa: Iglesia local, con relación débil y efecto positivo. Por qué: porque sí",
        ),
        (
            moved("removed", ("", "positive"), ()),
            "Salió del mapa: Iglesia local, con relación por definir y efecto positivo. Por qué: porque sí",
        ),
        (
            moved("roles", ("Movilizadora", "Vocera"), ("Movilizadora", "Informante", "Convocante")),
            "Iglesia local sumó los papeles «Informante» y «Convocante» y dejó el papel «Vocera»: porque sí",
        ),
        (
            moved("rules", "Decide el párroco", "Decide el consejo"),
            "La regla de Iglesia local cambió de «Decide el párroco» a «Decide el consejo»: porque sí",
        ),
        (moved("primary_resource", "", "Dinero"), "Iglesia local ya tiene recurso predominante, «Dinero»: porque sí"),
        (moved("sector", "osc", "network"), "Iglesia local cambió de sector, de OSC a Red o grupo: porque sí"),
        (
            moved("ghost_removed", "Defensoría", "", "Defensoría"),
            "Se cubrió el papel que faltaba: Defensoría. Por qué: porque sí",
        ),
        (moved("renamed", "Iglesia", "Iglesia local"), "«Iglesia» ahora aparece como «Iglesia local»: porque sí"),
    ],
)
def test_a_change_with_its_reason_reads_like_speech(change, told):
    assert sentence(change, "porque sí") == told


def test_refs_are_stable_and_readable():
    assert moved("relation", "weak", "collaborative").ref == "k:relation:weak>collaborative"
    assert moved("relation", "", "weak").ref == "k:relation:>weak"
    assert moved("rules", "Uno", "Dos").ref == "k:rules:17bcc6fa36e1f876>c5225e4e7ef155c3"


def test_the_summary_counts_and_names():
    before = MapState(
        "Línea base",
        (
            ActorState("1", "Iglesia", relation="weak", result="positive"),
            ActorState("2", "Cámara", relation="strong", result="negative"),
            ActorState("3", "Radio", relation="strong", result="positive"),
        ),
        (GhostState("g", "Defensoría"),),
    )
    after = MapState(
        "Hoy",
        (
            ActorState("1", "Iglesia", relation="strong", result="positive"),
            ActorState("2", "Cámara", relation="weak", result="positive"),
            ActorState("4", "Colectivo"),
        ),
    )
    assert summary(before, after) == (
        "Cambiaron 2 de 2 actores: 1 se acercó, 1 se alejó y 1 ahora ayuda al resultado. Entró al mapa 1: Colectivo. "
        "Salió 1: Radio. Se cubrió 1 papel que faltaba: Defensoría."
    )
    assert [closer(change) for change in compare(before, after)][:2] == [-2, 2]


def test_an_actor_added_again_is_another_one():
    before, after = (MapState("m", (ActorState(key, "Iglesia", relation="weak"),)) for key in "ab")
    assert [change.field for change in compare(before, after)] == ["added", "removed"]


def test_lists_and_numbers_read_like_speech():
    assert [listed(items) for items in ([], ["a"], "ab", "abc")] == ["", "a", "a y b", "a, b y c"]
    assert listed(["OSC", "Iglesia"]) == "OSC e Iglesia"
    assert listed(["agua", "hielo"]) == "agua y hielo"
    assert (counted(1, "actor", "actores"), counted(2, "actor", "actores")) == ("1 actor", "2 actores")


def test_codes_are_called_the_same_everywhere():
    for labels, choices in ((RELATION_LABELS, Relation), (RESULT_LABELS, Result), (SECTOR_LABELS, Sector)):
        assert labels == dict(choices.choices)
    assert set(FIELDS) >= {*MOVES, *DETAILS}


def test_forty_actors_are_compared_and_drawn():
    places = [("weak", "positive"), ("strong", "negative"), ("collaborative", "positive"), ("conflictive", "negative")]
    before, after = (
        MapState(
            "m",
            tuple(
                ActorState(str(n), f"Actor {n}", "osc", relation=relation, result=result, rules="Solo con convenio")
                for n in range(40)
                for relation, result in [places[(n + (shift if n < 12 else 0)) % 4]]
            ),
        )
        for shift in (0, 1)
    )
    assert {change.key for change in compare(before, after)} == {str(n) for n in range(12)}
    drawn = comparison(before, after).svg("Tejiendo Barrios")
    assert all(f"Actor {n}" in drawn for n in range(12))
