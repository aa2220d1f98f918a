"""Progress of the four momentos: pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app import curriculum
from sessions_app.moments import (
    DEFAULT_WEIGHTS,
    ClosingProduct,
    SessionFacts,
    WeightsError,
    checked_weights,
    closing_products,
    progress,
    session_progress,
)

HOURS = {session.key: session.hours for session in curriculum.sessions()}


@st.composite
def session_facts(draw, key):
    prompts, products = draw(st.integers(0, 9)), draw(st.integers(0, 4))
    return SessionFacts(
        key=key,
        hours=HOURS[key],
        on_path=draw(st.booleans()),
        skip_reason=draw(st.sampled_from(["", "", "Ya la vivieron"])),
        has_carta=draw(st.booleans()),
        was_held=draw(st.booleans()),
        prompts=prompts,
        answered=draw(st.integers(0, prompts)),
        products=products,
        products_done=draw(st.integers(0, products)),
    )


sessions = st.tuples(*(session_facts(key) for key in "123456"))
shares = st.floats(0, 1)
closings = st.builds(
    closing_products,
    st.sampled_from(["", *curriculum.LEVELS]),
    route=shares,
    system_map=shares,
    ally_routes=shares,
    plan=shares,
    goes_on=st.booleans(),
)
weights = (
    st.lists(st.integers(0, 100), min_size=3, max_size=3)
    .map(sorted)
    .map(lambda cuts: [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 100 - cuts[2]])
)


def full(key, **changes):
    facts = {"has_carta": True, "was_held": True, "prompts": 3, "answered": 3, "products": 1, "products_done": 1}
    return SessionFacts(key=key, hours=HOURS[key], **facts | changes)


def measure(sessions=(), products=(), level=True, **more):
    return progress(level_decided=level, level_assessed=level, sessions=sessions, products=products, **more)


# ── Weights ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_methods_own_weights_are_sound():
    assert checked_weights(list(DEFAULT_WEIGHTS)) == (15, 30, 40, 15)
    assert checked_weights([0, 0, 100, 0]) == (0, 0, 100, 0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([15, 30, 40, 16], "Ahora suman 101"),
        ([-15, 60, 40, 15], "de 0 en adelante"),
        ([15, 30, 55], "cuatro números"),
        ([15.0, 30, 40, 15], "enteros"),
        ([True, 29, 55, 15], "enteros"),
        (["15", 30, 40, 15], "enteros"),
        ("15,30,40,15", "cuatro números"),
        (None, "cuatro números"),
    ],
)
def test_other_weights_are_refused_in_words(wrong, said):
    with pytest.raises(WeightsError, match=said):
        checked_weights(wrong)


@given(weights)
def test_any_four_integers_that_add_up_are_taken(some):
    assert sum(checked_weights(some)) == 100


# ── Sessions ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_session_is_the_mean_of_the_parts_it_has():
    facts = full("3", answered=0, products_done=0)
    assert session_progress(facts).share == 0.5
    assert [part.label for part in session_progress(facts).parts] == [
        "Carta descriptiva",
        "Sesión realizada",
        "Planillas",
        "Productos",
    ]
    assert session_progress(full("3", prompts=0, answered=0, products=0, products_done=0)).share == 1


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (full("4", skip_reason="Ya la vivieron"), "Omitida"),
        (full("4"), "Lista"),
        (full("4", answered=1), "En curso"),
        (SessionFacts("4", 4), "Recomendada"),
        (SessionFacts("4", 4, on_path=False), "Abierta"),
    ],
)
def test_the_state_of_a_session_in_a_word(facts, state):
    assert session_progress(facts).state == state


def test_sessions_weigh_their_hours():
    found = measure([full("1"), SessionFacts("2", HOURS["2"]), SessionFacts("3", HOURS["3"])])
    assert found.moments[1].share == pytest.approx(8 / 20)


def test_skipped_and_open_sessions_leave_the_sum():
    skipped = SessionFacts("3", HOURS["3"], skip_reason="Se vio en otro taller")
    outside = SessionFacts("4", HOURS["4"], on_path=False)
    found = measure([full("1"), full("2"), skipped, outside, full("5")])
    assert found.moments[1].share == found.moments[2].share == 1
    assert [one.facts.key for one in found.moments[2].sessions] == ["4", "5"]


# ── The whole ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_process_that_is_finished_is_at_100():
    done = closing_products("advanced", route=1, system_map=1, plan=1)
    found = measure([full(key) for key in "1236"], done)
    assert (found.share, found.percent) == (1, 100)
    assert [one.percent for one in found.moments] == [100, 100, 100, 100]


def test_a_process_that_has_not_begun_is_at_0():
    facts = [SessionFacts(key, HOURS[key]) for key in "123456"]
    found = measure(facts, closing_products(""), level=False)
    assert found.share == 0
    assert [one.title for one in found.moments] == [
        "Recuperación de aprendizajes",
        "Creación de capacidades",
        "Sesiones de trabajo",
        "Cierre",
    ]


def test_the_four_shares_are_weighted_15_30_40_15():
    found = measure([full(key) for key in "123"] + [SessionFacts("5", HOURS["5"])], closing_products("basic"))
    assert found.share == pytest.approx(0.45)


def test_a_level_decided_without_the_questionnaire_is_half_of_the_recovery():
    found = progress(level_decided=True, level_assessed=False, sessions=[], products=[])
    assert found.moments[0].share == 0.5


def test_a_momento_with_nothing_to_do_leaves_the_total():
    facts = [full(key) for key in "123"] + [SessionFacts("6", HOURS["6"], skip_reason="Más adelante")]
    found = measure(facts, closing_products("advanced"))
    assert found.moments[2].share is None
    assert found.moments[2].percent is None
    assert found.share == pytest.approx((15 + 30) / 60)


def test_percent_reaches_100_only_at_the_end():
    almost = full("1", prompts=1000, answered=999)
    found = measure(
        [almost, full("2"), full("3"), full("5")], closing_products("basic", route=1, system_map=1, ally_routes=1)
    )
    assert found.share < 1
    assert found.percent == 99


@given(sessions, closings, weights, st.booleans(), st.booleans())
def test_every_share_is_between_0_and_1(facts, products, some, decided, assessed):
    found = progress(level_decided=decided, level_assessed=assessed, sessions=facts, products=products, weights=some)
    assert 0 <= found.share <= 1
    assert 0 <= found.percent <= 100
    for moment in found.moments:
        assert moment.share is None or 0 <= moment.share <= 1
        assert all(0 <= one.share <= 1 for one in moment.sessions)


@given(sessions, st.integers(0, 5), st.sampled_from(["has_carta", "was_held"]))
def test_doing_more_never_lowers_the_progress(facts, place, name):
    before = measure(facts)
    changed = list(facts)
    changed[place] = SessionFacts(**{**vars_of(facts[place]), name: True})
    assert measure(changed).share >= before.share - 1e-12


@given(sessions, st.integers(0, 5))
def test_what_is_done_in_a_skipped_session_changes_nothing(facts, place):
    changed, empty = list(facts), list(facts)
    changed[place] = full(facts[place].key, skip_reason="Se omite")
    empty[place] = SessionFacts(facts[place].key, facts[place].hours, skip_reason="Se omite")
    assert measure(changed).share == measure(empty).share


def vars_of(facts):
    return {name: getattr(facts, name) for name in SessionFacts.__dataclass_fields__}


# ── Cierre ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("level", "goes_on", "asked"),
    [
        ("basic", False, ["ruta", "mapa", "rutas-de-aliados"]),
        ("intermediate", False, ["ruta", "mapa", "rutas-de-aliados"]),
        ("intermediate", True, ["ruta", "mapa", "rutas-de-aliados", "plan"]),
        ("advanced", False, ["ruta", "mapa", "plan"]),
        ("", False, ["ruta", "mapa", "rutas-de-aliados", "plan"]),
    ],
)
def test_products_of_the_cierre_by_level(level, goes_on, asked):
    assert [one.key for one in closing_products(level, goes_on=goes_on) if one.asked] == asked


def test_the_state_of_a_product_in_words():
    assert [ClosingProduct("x", "x", share).state for share in (0, 0.4, 1)] == ["Pendiente", "En curso", "Listo"]
