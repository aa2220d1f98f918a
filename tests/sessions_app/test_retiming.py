"""Who pays a delay: examples, and what holds of every proposal for any agenda."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sessions_app.agenda import Item, schedule
from sessions_app.retiming import NoFit, proposals, running
from tests.sessions_app.test_agenda import NINE, agendas, of_session

STARTS = {1: NINE, 2: 15 * 60}
MORNING = [
    Item("a", 60, least=40, title="Bienvenida"),
    Item("r", 15, is_break=True, least=10, title="Receso"),
    Item("b", 45, least=30, title="Mapa"),
    Item("o", 20, optional=True, title="Dinámica"),
    Item("m", 45, is_break=True, locked_start=12 * 60, title="Comida"),  # 40 minutes of slack before it
    Item("c", 100, least=60, title="Ideal"),
    Item("z", 10, is_close=True, least=5, optional=True, title="Cierre"),
]


def ways(items, now_key, delay):
    return [(proposal.title, proposal.words) for proposal in proposals(items, NINE, now_key, delay=delay)]


def test_slack_pays_first_and_alone():
    assert ways(MORNING, "a", 40) == [("Usar la holgura", ("Se usan 40 min de holgura antes de «Comida»",))]


def test_three_ways_the_least_harmful_first():
    slack = "Se usan 40 min de holgura antes de «Comida»"
    assert ways(MORNING, "a", 60) == [
        (
            "Acortar recesos y actividades",
            (slack, "Bienvenida: de 60 a 50 min", "Receso: de 15 a 10 min", "Mapa: de 45 a 40 min"),
        ),
        ("Quitar lo opcional", (slack, "Se quita «Dinámica» (20 min)")),
        ("Acortar actividades", (slack, "Bienvenida: de 60 a 50 min", "Mapa: de 45 a 35 min")),
    ]
    assert [p.harm for p in proposals(MORNING, NINE, "a", delay=60)] == [(15, 5, 3), (20, 0, 1), (20, 0, 2)]


def test_a_break_alone_may_pay():
    assert ways(MORNING, "r", 45)[0] == (
        "Acortar recesos",
        ("Se usan 40 min de holgura antes de «Comida»", "Receso: de 15 a 10 min"),
    )


def test_everything_together_and_then_no_more():
    (last,) = proposals(MORNING, NINE, "a", delay=100)
    assert last.title == "Quitar lo opcional y acortar recesos y actividades"
    assert proposals(MORNING, NINE, "a", delay=101) == NoFit(1)
    assert str(NoFit(1)).startswith("No cabe: aun acortando y quitando todo lo que se puede, falta 1 min.")
    assert "faltan 25 min" in str(proposals(MORNING, NINE, "a", delay=125))


def test_close_does_not_pay_nor_begins_early():
    (only,) = proposals(MORNING, NINE, "c", delay=7)
    assert only.words == ("Ideal: de 100 a 90 min",)
    assert only.schedule.by_key["z"].start == schedule(MORNING, NINE).by_key["z"].start
    assert only.schedule.by_key["z"].slack_before == 3
    assert only.items[-1] == replace(MORNING[-1], locked_start=14 * 60 + 25)


def test_locked_item_or_close_that_is_late_itself_cannot_be_helped():
    assert proposals(MORNING, NINE, "m", delay=10) == NoFit(10)
    assert proposals(MORNING, NINE, "z", delay=10) == NoFit(10)


def test_shares_follow_what_each_can_give():
    items = [Item("a", 60, least=20), Item("b", 40, least=20), Item("c", 30)]
    (only,) = proposals(items, NINE, "a", delay=30)
    assert [item.minutes for item in only.items] == [40, 30, 30]


def test_minutes_stay_round_where_possible():
    items = [Item("a", 32, least=21), Item("b", 30)]
    left = [proposals(items, NINE, "a", delay=delay)[0].items[0].minutes for delay in (1, 2, 3, 9, 11)]
    assert left == [30, 30, 25, 21, 21]


def test_item_about_to_begin_may_be_dropped():
    items = [Item("a", 30), Item("o", 20, optional=True), Item("b", 30), Item("z", 10, is_close=True)]
    (only,) = proposals(items, NINE, "o", delay=20)
    assert [item.skipped for item in only.items] == [False, True, False, False]
    assert only.schedule.by_key["b"].start == NINE + 50


def test_delay_or_actual_start_and_nothing_to_pay():
    assert proposals(MORNING, NINE, "a", delay=60) == proposals(MORNING, NINE, "a", actual_start=NINE + 60)
    assert proposals(MORNING, NINE, "a", delay=0) == proposals(MORNING, NINE, "a", actual_start=NINE - 5) == []
    with pytest.raises(TypeError):
        proposals(MORNING, NINE, "a")
    with pytest.raises(ValueError, match="no está en la agenda"):
        proposals(MORNING, NINE, "nada", delay=5)
    with pytest.raises(ValueError, match="se omitió"):
        proposals([replace(MORNING[0], skipped=True), *MORNING[1:]], NINE, "a", delay=5)


def test_overlap_that_was_planned_is_not_charged():
    items = [Item("a", 60), Item("m", 30, locked_start=NINE + 50), Item("b", 30)]
    assert proposals(items, NINE, "a", delay=5) == NoFit(5)
    assert proposals(items, NINE, "m", delay=10)[0].words == ("No hace falta cambiar nada",)


def test_delay_of_one_team_uses_the_time_in_which_it_would_wait():
    teams = [
        Item("a", 10),
        Item("x1", 30, track="x"),
        Item("x2", 20, track="x", least=10),
        Item("y", 60, track="y"),
        Item("z", 10, is_close=True),
    ]
    assert running(teams, NINE, "x2", NINE + 55).end == NINE + 85
    assert proposals(teams, NINE, "x2", delay=10)[0].changes == ()
    assert [str(change) for change in proposals(teams, NINE, "x2", delay=15)[0].changes] == ["x2: de 20 a 15 min"]
    assert proposals(teams, NINE, "x2", delay=21) == NoFit(1)
    assert proposals(teams, NINE, "x1", delay=10) == NoFit(10)  # both teams are about to begin, and y cannot give


def test_session_5_that_begins_twenty_minutes_late():
    least = {"S5.1": 20, "S5.B1": 10, "S5.3": 45}
    items = [replace(item, least=least.get(item.key)) for item in of_session("5")]
    items = [replace(item, locked_start=12 * 60 + 30) if item.key == "S5.B2" else item for item in items]
    first = proposals(items, NINE, "S5.1", delay=20)[0]
    assert first.harm == (15, 5, 3)
    assert first.schedule.by_key["S5.B2"].overlap == 0
    assert first.schedule.end == 16 * 60 + 20
    assert proposals(items, NINE, "S5.2", delay=30) == NoFit(10)


def test_delay_paid_before_is_not_charged_again():
    begun = proposals(MORNING, NINE, "a", delay=60)[0].items
    begun = [replace(begun[0], locked_start=NINE + 60), *begun[1:]]  # what the workshop knows once it has begun
    assert proposals(begun, NINE, "r", actual_start=schedule(begun, NINE).by_key["r"].start) == []
    assert schedule(begun, NINE).end == schedule(MORNING, NINE).end


# Any agenda


@st.composite
def delays(draw, agenda):
    items = draw(agenda)
    slots = schedule(items, STARTS).slots
    assume(slots)
    return items, draw(st.sampled_from(slots)), draw(st.integers(1, 120))


lines = delays(agendas())
teams = delays(agendas(tracks=("", "", "a", "b", "c"), sittings=2))


def payable(case):
    """The proposals for the delay, or for as much of it as can be paid, and that delay; none if nothing can."""
    items, now, delay = case
    found = proposals(items, STARTS, now.item.key, delay=delay)
    if isinstance(found, NoFit):
        delay -= found.missing_minutes
        found = proposals(items, STARTS, now.item.key, delay=delay)
    return found, delay


def feasible(told, plan, sitting):
    return told.ends[sitting] <= plan.ends[sitting] and all(
        slot.overlap <= plan.by_key[slot.item.key].overlap for slot in told.slots
    )


@given(st.one_of(lines, teams))
@settings(max_examples=120, deadline=None)
def test_every_proposal_is_feasible(case):
    items, now, _ = case
    plan = schedule(items, STARTS)
    found, delay = payable(case)
    order = [slot.item.key for slot in plan.slots]
    coming = order[order.index(now.item.key) :]
    assert (1 if delay else 0) <= len(found) <= 3
    assert len({proposal.items for proposal in found}) == len(found)
    assert [p.harm for p in found] == sorted(p.harm for p in found)
    for proposal in found:
        assert feasible(proposal.schedule, plan, now.item.sitting)
        changed = {change.item.key: change.after for change in proposal.changes}
        for before, after in zip(items, proposal.items, strict=True):
            fixed = before.is_close or before.locked_start is not None or before.skipped
            if fixed or before.key not in coming or before.sitting != now.item.sitting:
                assert replace(after, locked_start=before.locked_start) == before
            if before.is_close and before.key in coming and before.sitting == now.item.sitting:
                assert after.locked_start == plan.by_key[before.key].start
            else:
                assert after.locked_start == before.locked_start
            assert after.skipped == before.skipped or before.optional
            assert after.minutes == before.minutes or before.least <= after.minutes < before.minutes
            if before.key in changed:
                assert changed[before.key] == (None if after.skipped else after.minutes)
            else:
                assert (after.minutes, after.skipped) == (before.minutes, before.skipped)
        for slot in proposal.schedule.slots:
            if slot.item.key not in coming:
                assert slot.start == plan.by_key[slot.item.key].start
        kept = proposal.schedule.by_key.get(now.item.key)
        assert kept is None or kept.start == now.start + (0 if kept.item.locked_start is not None else delay)


@given(st.one_of(lines, teams))
@settings(max_examples=120, deadline=None)
def test_missing_minutes_are_exact(case):
    items, now, delay = case
    found = proposals(items, STARTS, now.item.key, delay=delay)
    assume(isinstance(found, NoFit))
    assert 0 < found.missing_minutes <= delay
    assert not isinstance(proposals(items, STARTS, now.item.key, delay=delay - found.missing_minutes), NoFit)
    assert proposals(items, STARTS, now.item.key, delay=delay - found.missing_minutes + 1) == NoFit(1)


@given(lines)
@settings(max_examples=120, deadline=None)
def test_without_teams_what_fits_is_what_can_be_given_before_the_next_fixed_item(case):
    items, now, delay = case
    slots = schedule(items, NINE).slots
    needed, given_ = delay, 0
    for slot in slots[slots.index(now) :]:
        item = slot.item
        if item.is_close or item.locked_start is not None:
            needed -= slot.overlap if slot == now else slot.slack_before
            break
        shorter = item.minutes - item.least if item.least else 0
        given_ += item.minutes if item.optional else max(shorter, 0)
    found = proposals(items, NINE, now.item.key, delay=delay)
    missing = found.missing_minutes if isinstance(found, NoFit) else 0
    assert missing == max(0, needed - given_)


@given(lines)
@settings(max_examples=120, deadline=None)
def test_without_teams_the_rest_is_an_agenda_of_its_own_and_each_change_is_needed(case):
    items, now, _ = case
    plan = schedule(items, NINE)
    found, delay = payable(case)
    place = items.index(now.item)
    for proposal in found:
        rest = list(proposal.items[place:])
        told = schedule(rest, now.start + delay)
        assert [(s.item, s.start) for s in told.slots] == [
            (s.item, s.start) for s in proposal.schedule.slots if s.item in rest
        ]
        assert feasible(told, plan, 1)
        for change in proposal.changes:
            back = [change.item if item.key == change.item.key else item for item in rest]
            assert not feasible(schedule(back, now.start + delay), plan, 1)


@given(agendas(overlaps=False), st.integers(0, 60), st.integers(1, 150), st.data())
@settings(max_examples=120, deadline=None)
def test_so_many_minutes_more_of_slack_make_it_fit_and_one_less_does_not(items, slack, delay, data):
    items = [replace(item, locked_start=None, is_close=False) for item in items]
    natural = schedule(items, NINE).end
    now_key = data.draw(st.sampled_from([*(item.key for item in items if not item.skipped), "z"]))

    def with_close(at):
        return [*items, Item("z", 10, is_close=True, locked_start=at)]

    start = schedule(with_close(natural + slack), NINE).by_key[now_key].start + delay
    found = proposals(with_close(natural + slack), NINE, now_key, actual_start=start)
    assume(isinstance(found, NoFit))
    enough = natural + slack + found.missing_minutes
    assert not isinstance(proposals(with_close(enough), NINE, now_key, actual_start=start), NoFit)
    assert proposals(with_close(enough - 1), NINE, now_key, actual_start=start) == NoFit(1)


@given(teams)
@settings(max_examples=120, deadline=None)
def test_same_question_same_answer(case):
    items, now, delay = case
    once = proposals(items, STARTS, now.item.key, delay=delay)
    assert proposals(list(items), dict(STARTS), now.item.key, delay=delay) == once
