"""The clock of an agenda: the numbers of the method, each warning, and what holds of any agenda."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sessions_app import curriculum
from sessions_app.agenda import Item, clock, duration, lanes_of, parse_clock, schedule, validate_minutes

NINE = 9 * 60


def of_session(key):
    """The agenda of a session of the method, as it stands there; what comes last is the close."""
    activities = curriculum.session(key).activities
    return [
        Item(a.key, a.minutes, a.is_break, optional=a.optional, title=a.title, is_close=a is activities[-1])
        for a in activities
    ]


def notices(items, start=NINE, limit=None):
    return {(notice.kind, notice.minutes) for notice in schedule(items, start).warnings(limit)}


def texts(items, start=NINE, limit=None):
    return [notice.text for notice in schedule(items, start).warnings(limit)]


@st.composite
def agendas(draw, tracks=("",), sittings=1, overlaps=True):
    """Random agendas whose locks lie near the time at which the item would begin anyway."""
    items, clock_now = [], NINE
    for place in range(draw(st.integers(1, 10))):
        minutes = draw(st.one_of(st.integers(0, 12).map(lambda fives: fives * 5), st.integers(0, 130)))
        offset = draw(st.one_of(st.none(), st.none(), st.integers(-40 if overlaps else 0, 60)))
        clock_now += 0 if offset is None else offset
        item = Item(
            f"i{place}",
            minutes,
            is_break=draw(st.integers(0, 3)) == 0,
            locked_start=None if offset is None else max(clock_now, 0),
            skipped=draw(st.integers(0, 5)) == 0,
            optional=draw(st.booleans()),
            least=draw(st.one_of(st.none(), st.integers(1, max(minutes, 1)))),
            is_close=draw(st.integers(0, 9)) == 0,
            track=draw(st.sampled_from(tracks)),
            sitting=draw(st.integers(1, sittings)),
        )
        items.append(item)
        clock_now += 0 if item.skipped else minutes
    return items


lines = agendas()
teams = agendas(tracks=("", "a", "b", "c"), sittings=2)
tidy = agendas(overlaps=False)


# The method's own numbers


@pytest.mark.parametrize(
    ("key", "planned", "breaks", "expected"),
    [
        ("1", 420, 0, ("under", 60)),
        ("2", 420, 0, ("under", 60)),
        ("3", 270, 0, ("over", 30)),
        ("4", 230, 0, ("under", 10)),
        ("5", 440, 70, ("under", 40)),
        ("6", 285, 10, ("over", 45)),
    ],
)
def test_sum_against_the_hours_of_the_temario(key, planned, breaks, expected):
    session = curriculum.session(key)
    told = schedule(of_session(key), NINE)
    assert (told.planned, told.breaks, told.work) == (planned, breaks, planned - breaks)
    assert told.end == NINE + planned
    first = told.warnings(session.hours)[0]
    assert (first.kind, first.minutes) == expected


def test_guide_of_the_map_has_no_hours_of_its_own_and_fills_the_five_hours_of_session_2():
    told = schedule(of_session("M"), NINE)
    assert (told.work, told.breaks, told.planned) == (265, 30, 295)
    assert not {"over", "under"} & {notice.kind for notice in told.warnings(curriculum.session("M").hours)}
    same_day = [replace(item, skipped=item.key == "M.1") for item in of_session("M")]
    assert schedule(same_day, NINE).planned == 285
    assert notices(same_day, limit=5) >= {("under", 15)}


def test_times_of_session_5():
    told = schedule(of_session("5"), NINE)
    assert {slot.item.key: clock(slot.start) for slot in told.slots if slot.item.is_break} == {
        "S5.B1": "10:30",
        "S5.B2": "12:30",
        "S5.B3": "15:00",
    }
    assert clock(told.end) == "16:20"
    unbroken = [(clock(n.start), clock(n.end)) for n in told.warnings(8) if n.kind == "unbroken"]
    assert unbroken == [("10:45", "12:30"), ("13:15", "15:00")]


@pytest.mark.parametrize(("key", "extra"), [("1", (15, 45)), ("2", (15, 45)), ("4", (10,))])
def test_default_breaks_fill_the_temario_exactly(key, extra):
    items = of_session(key) + [Item(f"B{place}", minutes, is_break=True) for place, minutes in enumerate(extra)]
    hours = curriculum.session(key).hours
    assert schedule(items, NINE).planned == hours * 60
    assert not {"over", "under"} & {kind for kind, _ in notices(items, limit=hours)}


def test_session_3_without_its_second_close_fits_exactly():
    items = [replace(item, skipped=item.key == "S3.3") for item in of_session("3")]
    told = schedule(items, NINE)
    assert (told.planned, told.end) == (240, NINE + 240)
    assert "S3.3" not in told.by_key


def test_session_6_in_two_sittings():
    items = [replace(item, sitting=1 + (item.key in ("S6.6", "S6.7"))) for item in of_session("6")]
    told = schedule(items, {1: NINE, 2: 16 * 60})
    assert told.ends == {1: NINE + 120, 2: 16 * 60 + 165}
    assert told.end == 16 * 60 + 165
    assert told.planned == 285
    with pytest.raises(ValueError, match="jornada 2"):
        schedule(items, {1: NINE})


# Warnings


def test_lock_gives_slack_or_overlap():
    early = schedule([Item("a", 45), Item("b", 30, locked_start=600)], NINE).by_key["b"]
    assert (early.start, early.slack_before, early.overlap) == (600, 15, 0)
    told = schedule([Item("a", 75), Item("b", 30, locked_start=600, title="Comida"), Item("c", 10)], NINE)
    late = told.by_key["b"]
    assert (late.start, late.slack_before, late.overlap) == (600, 0, 15)
    assert told.by_key["c"].start == 630
    assert told.warnings()[-1].text == (
        "«Comida» tiene hora fija a las 10:00 y lo anterior termina a las 10:15: se enciman 15 min."
    )


def test_long_stretches():
    items = [Item("a", 60), Item("b", 31), Item("r", 10, is_break=True), Item("c", 90)]
    assert texts(items) == ["De 09:00 a 10:31 no hay receso: son 91 min seguidos."]
    assert notices([Item("a", 60), Item("b", 30)]) == set()
    untimed = [Item("a", 60), Item("r", 0, is_break=True), Item("b", 60)]
    assert notices(untimed) == {("unbroken", 120)}


def test_slack_of_ten_minutes_is_a_break_and_of_nine_is_not():
    assert notices([Item("a", 60), Item("b", 60, locked_start=NINE + 70)]) == set()
    assert notices([Item("a", 60), Item("b", 60, locked_start=NINE + 69)]) == {("unbroken", 129)}


def test_long_item_is_told_apart_from_the_stretch_it_lies_in():
    assert texts([Item("a", 150, title="Mapa")]) == [
        "«Mapa» dura 150 min seguidos: conviene dividirla o darle un receso dentro."
    ]
    assert notices([Item("a", 150), Item("b", 15)]) == {("long_item", 150), ("unbroken", 165)}


def test_break_of_one_team_is_no_break_of_the_other():
    items = [Item("a", 50), Item("b", 30, track="x"), Item("r", 20, is_break=True, track="y"), Item("c", 60)]
    assert notices(items) == {("unbroken", 140)}
    everybody = [*items[:1], Item("r1", 20, is_break=True, track="x"), *items[2:]]
    assert notices(everybody) == set()


def test_lock_before_the_start():
    assert texts([Item("a", 30, locked_start=510, title="Registro")]) == [
        "«Registro» tiene hora fija a las 08:30, antes de que empiece la jornada (09:00)."
    ]


def test_locks_in_the_wrong_order():
    items = [Item("a", 30, locked_start=660, title="Uno"), Item("b", 30, locked_start=600, title="Dos")]
    assert texts(items) == [
        "«Dos» tiene hora fija a las 10:00, pero va después de «Uno», fijada a las 11:00.",
    ]


def test_close_that_is_not_last():
    close, other = Item("z", 10, is_close=True, title="Cierre"), Item("a", 10, title="Otra")
    assert texts([close, other]) == ["«Cierre» no es lo último: después viene «Otra»."]
    assert texts([other, close]) == texts([close, replace(other, skipped=True)]) == []
    assert texts([close, replace(other, sitting=2)]) == []


def test_sitting_that_goes_past_midnight():
    told = schedule([Item("a", 80)], 23 * 60)
    assert clock(told.end) == "00:20 (+1)"
    assert [notice.text for notice in told.warnings()] == ["La jornada termina después de medianoche: 00:20 (+1)."]
    assert notices([Item("a", 60)], 23 * 60) == set()


def test_teams_side_by_side_count_once():
    items = [
        Item("a", 20),
        Item("b", 30, track="x"),
        Item("c", 15, track="y"),
        Item("d", 25, track="y"),
        Item("e", 10),
    ]
    told = schedule(items, NINE)
    assert [slot.start - NINE for slot in told.slots] == [0, 20, 20, 35, 60]
    assert (told.planned, told.slack, told.overlap, told.end - NINE) == (70, 0, 0, 70)
    assert [[len(lane) for lane in lanes] for lanes in lanes_of(told.slots)] == [[1], [1, 2], [1]]


def test_skipped_item_of_the_whole_room_still_parts_two_blocks():
    items = [Item("a", 30, track="x"), Item("b", 10, track="y"), Item("c", 20, skipped=True), Item("d", 5, track="y")]
    assert schedule(items, NINE).by_key["d"].start == NINE + 30


# Input


@pytest.mark.parametrize(("text", "minutes"), [("9:05", 545), ("09:05", 545), (" 0:00 ", 0), ("23:59", 1439)])
def test_clock_is_read(text, minutes):
    assert parse_clock(text) == minutes


@pytest.mark.parametrize("text", ["", "9", "24:00", "9:60", "9:5", "-1:00", "9.05", "nueve", "9:05 pm", "٩:٠٥"])
def test_clock_that_cannot_be_read(text):
    with pytest.raises(ValueError, match="Escribe la hora como 9:05"):
        parse_clock(text)


@given(st.integers(0, 9 * 1440))
def test_clock_is_read_as_it_is_written(minutes):
    assert parse_clock(clock(minutes)) == minutes


def test_durations_in_words():
    assert [duration(minutes) for minutes in (0, 50, 60, 285)] == ["0 min", "50 min", "1 h", "4 h 45 min"]
    with pytest.raises(ValueError, match="medianoche"):
        clock(-1)


@pytest.mark.parametrize("value", [1, 720, "45", " 45 "])
def test_minutes_are_accepted(value):
    assert validate_minutes(value) == int(value)


@pytest.mark.parametrize("value", [0, -5, 721, "0", "-5", "", "media hora", "4.5", 4.5, True, None, "9" * 5000, "²"])
def test_minutes_are_refused(value):
    with pytest.raises(ValueError, match="minutos"):
        validate_minutes(value)


@pytest.mark.parametrize("wrong", [{"minutes": -1}, {"minutes": 721}, {"least": 0}, {"locked_start": -1}])
def test_item_that_cannot_be(wrong):
    with pytest.raises(ValueError, match="«Mapa»"):
        Item(**{"key": "a", "minutes": 10, "title": "Mapa", **wrong})


def test_keys_are_unique_and_an_agenda_may_be_empty():
    with pytest.raises(ValueError, match="repite"):
        schedule([Item("a", 1), Item("a", 2)], NINE)
    empty = schedule([], NINE)
    assert (empty.slots, empty.end, empty.planned, empty.warnings()) == ((), NINE, 0, ())


# Any agenda


@given(lines)
@settings(max_examples=100, deadline=None)
def test_one_item_follows_another_unless_a_lock_overlaps(items):
    told = schedule(items, NINE)
    ends = [NINE, *(slot.end for slot in told.slots)]
    for before, slot in zip(ends, told.slots, strict=False):
        assert slot.start == before + slot.slack_before - slot.overlap
        assert not (slot.slack_before and slot.overlap)
    assert all(one.start <= next_.start for one, next_ in pairwise(told.slots) if not next_.overlap)
    assert told.planned == sum(item.minutes for item in items if not item.skipped)
    assert told.slack == sum(slot.slack_before for slot in told.slots)
    assert told.overlap == sum(slot.overlap for slot in told.slots)


@given(teams)
@settings(max_examples=100, deadline=None)
def test_sums_locks_and_order(items):
    told = schedule(items, {1: NINE, 2: 15 * 60})
    kept = [item for item in sorted(items, key=lambda item: item.sitting) if not item.skipped]
    assert [slot.item for slot in told.slots] == kept
    assert all(slot.end - slot.start == slot.item.minutes for slot in told.slots)
    assert all(slot.start == slot.item.locked_start for slot in told.slots if slot.item.locked_start is not None)
    assert told.planned == told.work + told.breaks
    longest = (max(sum(s.item.minutes for s in lane) for lane in lanes) for lanes in lanes_of(told.slots))
    assert told.planned == sum(longest)
    spans = sum(told.ends[sitting] - told.starts[sitting] for sitting in told.ends)
    assert spans == told.planned + told.slack - told.overlap
    assert told.warnings(8) == schedule(list(items), {1: NINE, 2: 15 * 60}).warnings(8)


@given(teams)
@settings(max_examples=100, deadline=None)
def test_lanes_begin_together_and_the_room_waits_for_the_last(items):
    told = schedule(items, {1: NINE, 2: 15 * 60})
    for sitting, clock_now in told.starts.items():
        for lanes in lanes_of(slot for slot in told.slots if slot.item.sitting == sitting):
            assert len({lane[0].item.track for lane in lanes}) == len(lanes)
            assert all(lane[0].start == clock_now + lane[0].slack_before - lane[0].overlap for lane in lanes)
            clock_now = max(lane[-1].end for lane in lanes)
        assert told.ends[sitting] == clock_now


@given(teams)
@settings(max_examples=100, deadline=None)
def test_every_bad_lock_is_told_once(items):
    told = schedule(items, NINE)
    kinds = ("overlap", "locks_out_of_order", "lock_before_start")
    found = [notice.key for notice in told.warnings() if notice.kind in kinds]
    assert len(found) == len(set(found))
    assert all(told.by_key[key].item.locked_start is not None for key in found)
    assert {slot.item.key for slot in told.slots if slot.overlap} <= set(found)


@given(tidy)
@settings(max_examples=100, deadline=None)
def test_stretches_are_those_found_minute_by_minute(items):
    told = schedule(items, NINE)
    assume(not told.overlap)
    working = set(range(NINE, told.end))
    for slot in told.slots:
        if slot.item.is_break:
            working -= set(range(slot.start, slot.end))
        if slot.slack_before >= 10 or (slot.item.is_break and slot.item.minutes):
            working -= set(range(slot.start - slot.slack_before, slot.start))
    edges = [minute for minute in working if minute - 1 not in working]
    ends = [minute + 1 for minute in working if minute + 1 not in working]
    expected = {(a, b) for a, b in zip(sorted(edges), sorted(ends), strict=True) if b - a > 90}
    told_of = {(n.kind, n.start, n.end) for n in told.warnings() if n.kind in ("unbroken", "long_item")}
    assert expected <= {(start, end) for _, start, end in told_of}
    assert {(start, end) for kind, start, end in told_of if kind == "unbroken"} <= expected


def test_two_hundred_items_all_get_their_place():
    teams_in_turn = ("", "", "x", "y")
    items = [
        Item(
            f"i{place}",
            30,
            place % 5 == 0,
            600 + place * 20 if place % 60 == 59 else None,
            track=teams_in_turn[place % 4],
        )
        for place in range(200)
    ]
    told = schedule(items, NINE)
    assert [slot.item.key for slot in told.slots] == [item.key for item in items]
    assert all(slot.start >= NINE for slot in told.slots)
