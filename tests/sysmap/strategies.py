"""Any map at a moment, for property tests."""

from hypothesis import strategies as st

from sysmap.layout import RELATIONS, RESULTS, SECTORS
from sysmap.states import ActorState, GhostState, MapState

words = st.sampled_from(("", "Influencia", "Contactos", "Solo decide el párroco", "a+b", "Ñandú & cía.", "x" * 300))
lists = st.lists(words.filter(bool), max_size=3, unique=True).map(tuple)
relations, results = st.sampled_from(("", *RELATIONS)), st.sampled_from(("", *RESULTS))
sectors = st.sampled_from(("", *SECTORS))


def actors(key):
    return st.builds(
        ActorState,
        key=st.just(key),
        name=st.just(f"Actor {key}"),
        sector=sectors,
        is_informal=st.booleans(),
        roles=lists,
        primary_resource=words,
        secondary_resources=lists,
        relation=relations,
        rules=words,
        result=results,
        desired_relation=relations,
        desired_result=results,
    )


def ghosts(key):
    return st.builds(
        GhostState,
        key=st.just(key),
        role=st.just(f"Papel {key}"),
        relation=st.sampled_from(RELATIONS),
        result=st.sampled_from(RESULTS),
        holder=st.sampled_from(("", "Barra de abogadas")),
    )


def states(label="Hoy", least=0, most=12):
    return st.builds(
        MapState,
        label=st.just(label),
        actors=st.integers(least, most).flatmap(lambda count: st.tuples(*(actors(f"a{n}") for n in range(count)))),
        ghosts=st.integers(0, 3).flatmap(lambda count: st.tuples(*(ghosts(f"g{n}") for n in range(count)))),
    )
