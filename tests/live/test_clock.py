"""The clock of a run: no database, no browser."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sessions_app.agenda import Item
from sessions_app.live.clock import Real, clock_of

NINE = 9 * 60
DAY = [
    Item("a", 30, title="Presentación"),
    Item("b", 60, title="Conceptos"),
    Item("r", 15, is_break=True, title="Café", locked_start=11 * 60),
    Item("c", 45, title="Cierre", is_close=True),
]  # 9:00, 9:30 to 10:30, slack, 11:00, 11:15 to 12:00


def at(hours, minutes, seconds=0):
    return 3600 * hours + 60 * minutes + seconds


def test_before_it_begins_the_clock_tells_when():
    clock = clock_of(DAY, NINE, [], at(8, 40))
    assert (clock.words, clock.delay, clock.ends) == ("Empieza a las 09:00", 0, "12:00")
    assert clock.coming.title == "Presentación"


def test_a_block_that_goes_on_counts_down_and_then_over():
    going = [Real("a", 30, at(9, 0))]
    assert clock_of(DAY, NINE, going, at(9, 10)).left == 20 * 60
    late = clock_of(DAY, NINE, going, at(9, 34))
    assert late.left == -4 * 60
    assert late.now.title == "Presentación"


def test_slack_before_a_fixed_hour_takes_the_delay_in():
    clock = clock_of(DAY, NINE, [Real("a", 30, at(9, 0), at(9, 50)), Real("b", 60, at(9, 50))], at(10, 0))
    assert (clock.delay, clock.words, clock.ends) == (0, "A tiempo", "12:00")


def test_a_delay_beyond_the_slack_is_told_with_the_end():
    clock = clock_of(DAY, NINE, [Real("a", 30, at(9, 0), at(9, 30)), Real("c", 45, at(11, 35))], at(11, 40))
    assert clock.ends == "13:35", "what was left out still comes: an hour, then the break"
    reals = [
        Real("a", 30, at(9, 0), at(9, 30)),
        Real("b", 60, at(9, 30), at(10, 30)),
        Real("r", 15, at(11, 0), at(11, 35)),
    ]
    clock = clock_of(DAY, NINE, reals, at(11, 35))
    assert (clock.delay, clock.words, clock.ends) == (20, "20 min tarde", "12:20")


def test_minutes_added_are_minutes_left():
    assert clock_of(DAY, NINE, [Real("a", 35, at(9, 0))], at(9, 30)).left == 5 * 60


def test_a_pause_stops_the_block_and_not_the_day():
    paused = [Real("c", 45, at(11, 15), paused_since=at(11, 20))]
    clock = clock_of(DAY[3:], 11 * 60 + 15, paused, at(11, 30))
    assert clock.is_paused
    assert clock.left == 40 * 60
    assert clock.delay == 10
    again = [Real("c", 45, at(11, 15), paused=600)]
    assert clock_of(DAY[3:], 11 * 60 + 15, again, at(11, 30)).left == 40 * 60


def test_real_minutes_are_kept_beside_the_planned_ones():
    clock = clock_of(DAY, NINE, [Real("a", 30, at(9, 0), at(9, 41))], at(9, 41))
    assert [(block.planned, block.real, block.state) for block in clock.blocks] == [
        (30, 41, "done"), (60, None, "next"), (15, None, "next"), (45, None, "next"),
    ]  # fmt: skip


def test_a_clock_that_is_set_back_takes_nothing_away():
    clock = clock_of(DAY, NINE, [Real("a", 30, at(9, 0))], at(8, 0))
    assert clock.left == 30 * 60


def test_a_block_that_left_the_plan_counts_and_one_skipped_does_not():
    items = [Item("b", 60), Item("x", 500, skipped=True)]
    clock = clock_of(items, NINE, [Real("fuera", 30, at(9, 0), at(9, 40))], at(9, 40))
    assert clock.projected_end == 10 * 60 + 40


def test_a_workshop_at_another_hour_is_measured_from_when_it_began():
    clock = clock_of(DAY, NINE, [Real("a", 30, at(17, 0))], at(17, 10))
    assert (clock.words, clock.ends, clock.planned_ends) == ("A tiempo", "19:30", "19:30")


def test_an_empty_day_has_a_clock():
    assert clock_of([], NINE, [], at(9, 0)).words == "La carta no tiene actividades"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    minutes=st.lists(st.integers(1, 120), min_size=1, max_size=8),
    late=st.integers(-120, 180),
    done=st.integers(0, 8),
)
def test_without_fixed_hours_the_end_moves_as_the_start_did(minutes, late, done):
    items = [Item(str(place), one) for place, one in enumerate(minutes)]
    begun, reals = 60 * (NINE + late), []
    for item in items[:done]:
        reals.append(Real(item.key, item.minutes, begun, begun + 60 * item.minutes))
        begun += 60 * item.minutes
    clock = clock_of(items, NINE, reals, begun)
    if reals:
        assert clock.delay == late
    assert clock.planned_end == NINE + sum(minutes)
    assert [block.state for block in clock.blocks].count("done") == min(done, len(items))
