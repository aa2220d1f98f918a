"""Real names give way to aliases wherever people wrote them."""

from dataclasses import replace

from sysmap.compare import Change
from sysmap.states import ActorState, GhostState, MapState
from sysmap.veil import Veil, veiled_change, veiled_state

VEIL = Veil({"Policía": "Actor B", "Don Chuy (el grande)": "Actor C"})


def test_a_name_is_hidden_in_any_case_and_spacing():
    assert VEIL("la POLICÍA y don  chuy\n(el grande) vinieron") == "la Actor B y Actor C vinieron"
    assert VEIL("policíaca") == "policíaca"
    assert Veil({})("la Policía") == "la Policía"


def test_the_public_name_of_another_actor_stays_whole():
    state = MapState(
        "Hoy",
        (
            ActorState("1", "Policía municipal", "media", rules="Lo que diga la Policía", relation="weak"),
            ActorState("2", "Policía", roles=("Cuida a la Policía",)),
        ),
        (GhostState("g", "Defensa ante la Policía", holder="Policía"),),
    )
    one, other = state.actors
    assert veiled_state(state, VEIL) == MapState(
        "Hoy",
        (
            replace(one, rules="Lo que diga la Actor B"),
            replace(other, name="Actor B", roles=("Cuida a la Actor B",)),
        ),
        (GhostState("g", "Defensa ante la Actor B", holder="Actor B"),),
    )


def test_a_change_is_veiled_but_for_its_codes():
    veil = Veil({"media": "Actor B"})
    kept = Change("1", "Radio", "sector", "media", "osc")
    assert veiled_change(kept, veil) == kept
    assert veiled_change(replace(kept, field="roles", before=("media",), after=()), veil).before == ("Actor B",)
    assert veiled_change(Change("g", "media", "ghost_added", "", "media"), veil).name == "Actor B"
