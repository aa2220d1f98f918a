"""How long an ally may go without contact. Without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruta_critica import cadence
from sessions_app.worksheets.frames import RECURRENCES

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
EVERY = st.sampled_from([one.key for one in RECURRENCES])


def test_every_recurrence_of_the_method_is_known():
    day = date(2026, 1, 31)
    due = [cadence.standing(one.key, day, day, day).due for one in RECURRENCES]
    assert due == [
        date(2026, 2, 7), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 7, 31), date(2027, 1, 31),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("today", "state", "days"),
    [
        (date(2026, 3, 1), "on_time", 31),
        (date(2026, 3, 24), "on_time", 8),
        (date(2026, 3, 25), "soon", 7),
        (date(2026, 4, 1), "soon", 0),
        (date(2026, 4, 2), "quiet", 1),
        (date(2026, 5, 1), "quiet", 30),
    ],
)
def test_a_monthly_ally_is_due_soon_and_then_quiet(today, state, days):
    found = cadence.standing("monthly", date(2026, 3, 1), date(2025, 1, 1), today)
    assert (found.state, found.days, found.due) == (state, days, date(2026, 4, 1))


def test_without_contacts_time_runs_from_the_day_it_became_an_ally():
    found = cadence.standing("weekly", None, date(2026, 3, 1), date(2026, 3, 10))
    assert (found.state, found.days, found.last) == ("quiet", 2, None)


@pytest.mark.parametrize("every", ["", "daily", None])
def test_without_a_cadence_there_is_no_warning(every):
    assert cadence.standing(every, None, date(2000, 1, 1), date(2026, 1, 1)).state == "none"


@given(EVERY, DAYS, st.integers(0, 800))
def test_a_contact_today_always_ends_the_silence(every, since, later):
    today = since + timedelta(days=later)
    assert cadence.standing(every, today, since, today).state == "on_time"


@given(EVERY, DAYS, st.integers(0, 800))
def test_silence_only_grows(every, last, later):
    order = ["on_time", "soon", "quiet"]
    first, second = (cadence.standing(every, last, last, last + timedelta(days=later + more)) for more in (0, 1))
    assert order.index(first.state) <= order.index(second.state)
    assert (second.due - last).days > 0
