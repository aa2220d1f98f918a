"""What the carta says before anybody touches it: the method's own numbers (domain §10.1) and the defaults of §11."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sessions_app import curriculum
from sessions_app.agenda import Item, schedule
from sessions_app.design import changes, prefill, queries
from sessions_app.design.meals import Meal, missing_meal
from sessions_app.models import AgendaItem, SessionDesign

# work, breaks, temario of the method; minutes and breaks of the plan that we propose
NUMBERS = {
    "1": (420, 0, 480, 435, 30),
    "2": (420, 0, 480, 435, 15),
    "3": (270, 0, 240, 240, 0),
    "4": (230, 0, 240, 240, 10),
    "5": (370, 70, 480, 440, 70),
    "6": (275, 10, 240, 285, 10),
    "M": (265, 30, 0, 295, 30),
}


@pytest.mark.parametrize("key", NUMBERS)
def test_the_plan_starts_from_the_numbers_of_the_method(carta, key):
    found = carta(key)
    session = found.session
    numbers = session.work_minutes, session.break_minutes, found.limit, found.schedule.planned, found.schedule.breaks
    assert numbers == NUMBERS[key]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("1", "420 min de actividades, y 1 receso sin minutos. El temario le da 480 min (8 h)."),
        ("3", "270 min de actividades. El temario le da 240 min (4 h)."),
        ("6", "275 min de actividades y 10 min de recesos, 285 min en total. El temario le da 240 min (4 h)."),
        ("M", "265 min de actividades y 30 min de recesos, 295 min en total."),
    ],
)
def test_the_sum_of_the_method_is_said_as_it_is_printed(carta, key, said):
    assert carta(key).method_says == said


@pytest.mark.parametrize(
    ("key", "gap", "words"),
    [
        ("1", -45, "45 min menos que el temario"),
        ("3", 0, "justo las del temario"),
        ("6", 45, "45 min más que el temario"),
        ("M", 0, "sin horas propias en el temario"),
    ],
)
def test_the_plan_is_held_against_the_temario(carta, key, gap, words):
    assert (carta(key).gap, carta(key).gap_words) == (gap, words)


def test_the_repeated_closing_of_session_3_is_folded_in_and_says_so(carta):
    [skipped] = [line for line in carta("3").lines if line.item.is_skipped]
    assert skipped.ref == "S3.3"
    assert "Aplicación práctica" in skipped.item.skip_reason


def test_session_4_gets_a_break_after_its_third_part(carta):
    refs = [line.ref for line in carta("4").lines]
    assert refs[refs.index("S4.6") + 1] == "nuevo-6"


def test_the_break_inside_a_principle_activity_counts_as_one(carta):
    found = carta("1")
    assert found.find("S1.5").inner.minutes == 15
    assert found.find("S1.5").times == "14:15–16:15"
    assert "De 11:15 a 15:15 no hay receso: son 240 min seguidos." in [notice.text for notice in found.notices]


@pytest.mark.parametrize("key", NUMBERS)
def test_every_proposed_row_is_valid(scoped, key):
    session = curriculum.session(key)
    design = prefill.design(scoped, session)
    design.full_clean()
    for item in prefill.items(design, session):
        item.full_clean(exclude=["design"])


@pytest.mark.parametrize("key", NUMBERS)
def test_what_the_method_proposes_has_nothing_to_lose(carta, key):
    assert changes.differences(carta(key)) == []


@pytest.mark.parametrize(
    ("key", "meal"), [("1", Meal("S1.5")), ("2", Meal("S2.3", 195)), ("3", None), ("5", None), ("6", None), ("M", None)]
)
def test_a_meal_is_suggested_where_a_long_day_goes_past_two(carta, key, meal):
    assert carta(key).meals == ((meal,) if meal else ())


@given(some.lists(some.tuples(some.integers(1, 240), some.booleans()), max_size=12), some.integers(0, 1200))
def test_a_suggested_meal_can_always_be_put_there(blocks, start):
    items = [Item(str(place), minutes, is_break) for place, (minutes, is_break) in enumerate(blocks)]
    told = schedule(items, start)
    meal = missing_meal(told.slots)
    if meal:
        slot = told.by_key[meal.key]
        assert 0 <= meal.after < slot.item.minutes
        assert 13 * 60 - 5 <= slot.start + meal.after <= 15 * 60


def test_200_blocks_are_put_together(scoped):
    session = curriculum.session("2")
    design = SessionDesign(organization=scoped, session_key="2", sittings=[])
    items = [
        AgendaItem(title=f"Bloque {n}", minutes=3, position=n, pk=n + 1, design=design, organization=scoped)
        for n in range(200)
    ]
    found = queries.assemble(scoped, session, design, items)
    assert found.schedule.planned == 600
