"""Progress of the four momentos: pure."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app import curriculum
from sessions_app.moments import (
    DEFAULT_WEIGHTS,
    ClosingProduct,
    Facts,
    Product,
    SessionFacts,
    WeightsError,
    Worksheet,
    checked_weights,
    closing_products,
    measure,
    session_progress,
)
from sessions_app.states import PartState, joined, state_of

HOURS = {session.key: session.hours for session in curriculum.sessions()}


reasons = st.sampled_from(["", "", "Ya la vivieron"])
sheets = st.sampled_from(
    [Worksheet("a", "a", 0), Worksheet("b", "b", 4, 1.5), Worksheet("c", "c", 3, 3), Worksheet("d", "d", 2, 0, True),
     Worksheet("e", "e", 9, 5, omitted="No hay tiempo")]
)  # fmt: skip
made = st.sampled_from(
    [Product(0, "a"), Product(1, "b", is_marked=True), Product(2, "c", 0.3, is_marked=True), Product(3, "d", 1.0),
     Product(4, "e", 0.5, omitted="No hay tiempo")]
)  # fmt: skip


def session_facts(key):
    return st.builds(
        SessionFacts,
        key=st.just(key),
        hours=st.just(HOURS[key]),
        on_path=st.booleans(),
        skip_reason=reasons,
        has_carta=st.booleans(),
        was_held=st.booleans(),
        worksheets=st.tuples() | st.tuples(sheets, sheets),
        products=st.tuples() | st.tuples(made),
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


def full(key, asked=3, answered=3, done=1.0, **changes):
    facts = {"has_carta": True, "was_held": True}
    facts["worksheets"] = (Worksheet(f"S{key}.1", "Planilla", asked, answered),) if asked else ()
    facts["products"] = () if done is None else (Product(0, "Producto", done),)
    return SessionFacts(key=key, hours=HOURS[key], **facts | changes)


def measured(sessions=(), products=None, level="basic", assessed=True, **more):
    products = closing_products(level) if products is None else products
    return measure(Facts(level=level, level_assessed=assessed, sessions=tuple(sessions), products=products, **more))


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
    facts = full("3", answered=0, done=0.0)
    assert session_progress(facts).share == 0.5
    assert [part.label for part in session_progress(facts).parts] == [
        "Carta descriptiva",
        "Sesión realizada",
        "Planillas",
        "Productos",
    ]
    assert session_progress(full("3", asked=0, done=None)).share == 1


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (full("4", skip_reason="Ya la vivieron"), PartState.OMITTED),
        (full("4"), PartState.DONE),
        (full("4", answered=1), PartState.UNDER_WAY),
        (SessionFacts("4", 4), PartState.NOT_BEGUN),
        (full("4", worksheets=(Worksheet("S4.1", "x", 3, 1, is_reviewed=True),)), PartState.REVIEWED),
        (full("4", worksheets=(Worksheet("S4.1", "x", 3, 0, omitted="No hay tiempo"),)), PartState.DONE),
        (full("4", products=(Product(0, "x", 0.5, is_marked=True),)), PartState.REVIEWED),
    ],
)
def test_the_state_of_a_session(facts, state):
    assert session_progress(facts).state == state


def test_what_a_session_is_for_the_level_stands_beside_its_state():
    places = [session_progress(SessionFacts("4", 4, on_path=asked)).place for asked in (True, False)]
    assert places == ["Recomendada", "Opcional"]
    assert session_progress(SessionFacts("4", 4), level_decided=False).place == ""


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"share": 0.0}, PartState.NOT_BEGUN),
        ({"share": 0.0, "has_begun": True}, PartState.UNDER_WAY),
        ({"share": 0.5}, PartState.UNDER_WAY),
        ({"share": 0.5, "is_reviewed": True}, PartState.REVIEWED),
        ({"share": 1.0, "is_reviewed": True}, PartState.DONE),
        ({"share": 1.0, "omitted": "No hay tiempo"}, PartState.OMITTED),
    ],
)
def test_the_state_of_a_part(facts, state):
    assert state_of(**facts) is state


@given(st.lists(st.sampled_from(PartState)))
def test_a_whole_is_done_only_when_every_part_that_is_not_omitted_is(states):
    counted = set(states) - {PartState.OMITTED}
    assert (joined(states) is PartState.DONE) == (counted == {PartState.DONE})
    assert joined(states).is_settled == all(one.is_settled for one in states) or not states


def test_a_tick_against_the_data_is_kept_and_counts_for_nothing():
    product = Product(0, "Mapa", 0.25, "poner en el mapa a 3 actores", is_marked=True)
    assert product.disagreement == "Marcado a mano; los datos dicen que falta poner en el mapa a 3 actores."
    assert (product.counted, product.is_done) == (0.25, False)
    assert Product(0, "Pitch", None, is_marked=True).is_done
    assert Product(0, "Mapa", 1.0, is_marked=True).disagreement == ""


def test_sessions_weigh_their_hours():
    found = measured([full("1"), SessionFacts("2", HOURS["2"]), SessionFacts("3", HOURS["3"])])
    assert found.moments[1].share == pytest.approx(8 / 20)


def test_skipped_and_open_sessions_leave_the_sum():
    skipped = SessionFacts("3", HOURS["3"], skip_reason="Se vio en otro taller")
    outside = SessionFacts("4", HOURS["4"], on_path=False)
    found = measured([full("1"), full("2"), skipped, outside, full("5")])
    assert found.moments[1].share == found.moments[2].share == 1
    assert [one.facts.key for one in found.moments[2].sessions] == ["4", "5"]


# ── The whole ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_process_that_is_finished_is_at_100():
    done = closing_products("advanced", route=1, system_map=1, plan=1)
    found = measured([full(key) for key in "1236"], done, level="advanced")
    assert (found.share, found.percent) == (1, 100)
    assert [one.percent for one in found.moments] == [100, 100, 100, 100]


def test_a_process_that_has_not_begun_is_at_0():
    facts = [SessionFacts(key, HOURS[key]) for key in "123456"]
    found = measured(facts, level="", assessed=False)
    assert found.share == 0
    assert [one.title for one in found.moments] == [
        "Recuperación de aprendizajes",
        "Creación de capacidades",
        "Sesiones de trabajo",
        "Cierre",
    ]


def test_the_four_shares_are_weighted_15_30_40_15():
    found = measured([full(key) for key in "123"] + [SessionFacts("5", HOURS["5"])])
    assert found.share == pytest.approx(0.45)


def test_a_level_decided_without_the_questionnaire_is_half_of_the_recovery():
    found = measured(assessed=False)
    assert found.moments[0].share == 0.5


def test_a_momento_with_nothing_to_do_leaves_the_total():
    facts = [full(key) for key in "123"] + [SessionFacts("6", HOURS["6"], skip_reason="Más adelante")]
    found = measured(facts, level="advanced")
    assert found.moments[2].share is None
    assert found.moments[2].percent is None
    assert found.share == pytest.approx((15 + 30) / 60)


def test_percent_reaches_100_only_at_the_end():
    almost = full("1", asked=1000, answered=999)
    found = measured(
        [almost, full("2"), full("3"), full("5")], closing_products("basic", route=1, system_map=1, ally_routes=1)
    )
    assert found.share < 1
    assert found.percent == 99


@given(sessions, closings, weights, st.sampled_from(["", *curriculum.LEVELS]), st.booleans())
def test_every_share_is_between_0_and_1(facts, products, some, level, assessed):
    found = measured(facts, products, level, assessed, weights=some)
    assert 0 <= found.share <= 1
    assert 0 <= found.percent <= 100
    for moment in found.moments:
        assert moment.share is None or 0 <= moment.share <= 1
        assert all(0 <= one.share <= 1 for one in moment.sessions)


@given(sessions, st.integers(0, 5), st.sampled_from(["has_carta", "was_held"]))
def test_doing_more_never_lowers_the_progress(facts, place, name):
    changed = list(facts)
    changed[place] = replace(facts[place], **{name: True})
    assert measured(changed).share >= measured(facts).share - 1e-12


@given(sessions, st.integers(0, 5))
def test_what_is_done_in_a_skipped_session_changes_nothing(facts, place):
    changed, empty = list(facts), list(facts)
    changed[place] = full(facts[place].key, skip_reason="Se omite")
    empty[place] = SessionFacts(facts[place].key, facts[place].hours, skip_reason="Se omite")
    assert measured(changed).share == measured(empty).share


@given(sessions)
def test_a_review_changes_no_share(facts):
    passed = [
        replace(one, worksheets=tuple(replace(sheet, is_reviewed=True) for sheet in one.worksheets)) for one in facts
    ]
    assert measured(passed).share == measured(facts).share


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
    assert [one.key for one in closing_products(level, goes_on=goes_on) if one.is_asked] == asked


def test_the_state_of_a_product_in_words():
    labels = [ClosingProduct("x", "x", share).state.label for share in (0, 0.4, 1)]
    assert labels == ["Sin empezar", "En curso", "Listo"]
