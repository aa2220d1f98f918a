"""The drawing: bars inside their months, the same every time, nothing of people's words but words."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alianzas.exports import svg
from alianzas.exports.blocks import Figure
from sessions_app.workplan import gantt
from sessions_app.workplan.gantt import Bar, draw, lay_out
from sessions_app.workplan.periods import reach, show, span

days = st.dates(date(2026, 1, 1), date(2030, 12, 31))
lengths = st.integers(0, 400)


@st.composite
def bars(draw_one, most=100):
    made = []
    for number in range(draw_one(st.integers(0, most))):
        start = draw_one(st.none() | days)
        end = min(start + timedelta(days=draw_one(lengths)), date(2030, 12, 31)) if start else None
        made.append(Bar(str(number + 1), f"Actividad {number}", start, end, draw_one(st.booleans())))
    return made


@settings(max_examples=60, deadline=None)
@given(bars())
def test_every_bar_lies_inside_its_months(made):
    chart = lay_out(made)
    assert len(chart.months) <= gantt.MAX_MONTHS
    assert len(chart.bars) + len(chart.undated) + len(chart.beyond) == len(made)
    assert not chart.beyond
    columns = {(month.first.year, month.first.month): month for month in chart.months}
    for placed in chart.bars:
        first = columns[placed.bar.start.year, placed.bar.start.month]
        last = columns[placed.bar.end.year, placed.bar.end.month]
        assert first.x <= placed.x < first.x + first.width + 1e-6
        assert last.x < placed.x + placed.width <= last.x + last.width + 1e-6
        assert placed.width > 0
        assert placed.y + gantt.ROW_HEIGHT <= chart.height
    tops = [placed.y for placed in chart.bars]
    assert tops == sorted(set(tops))


@settings(max_examples=20, deadline=None)
@given(bars(12), st.integers(1, 20))
def test_parts_for_paper_lose_nothing_and_share_their_months(made, most):
    dated = [bar for bar in made if bar.start]
    parts = gantt.parts(dated, most)
    assert [bar for part in parts for bar in part] == dated
    assert all(0 < len(part) <= most for part in parts)
    months = gantt.months_of(dated)
    assert len({lay_out(part, months).width for part in parts}) <= 1


def test_the_same_plan_gives_the_same_drawing():
    made = [Bar("1", "Preparar", date(2026, 3, 2), date(2026, 5, 1)), Bar("1.1", "Leer", None, None, True)]
    assert draw(lay_out(made), title="Gantt", colour="#55398a") == draw(lay_out(made), title="Gantt", colour="#55398a")


def test_a_hundred_rows_over_five_years_are_drawn():
    made = [Bar(str(n), f"Actividad {n}", date(2026, 1, 1), date(2030, 12, 31), n % 3 > 0) for n in range(1, 101)]
    chart = lay_out(made)
    assert (len(chart.bars), len(chart.months)) == (100, 60)
    ET.fromstring(draw(chart, title="Gantt", colour="#55398a"))


def test_what_starts_after_five_years_is_told_apart():
    made = [Bar("1", "Hoy", date(2026, 1, 1), date(2026, 2, 1)), Bar("2", "Lejos", date(2033, 1, 1), date(2033, 2, 1))]
    chart = lay_out(made)
    assert [bar.title for bar in chart.beyond] == ["Lejos"]
    assert [placed.bar.title for placed in chart.bars] == ["Hoy"]


def test_activities_sub_activities_spans_and_moments_look_different_without_colour():
    first, last = date(2026, 3, 1), date(2026, 6, 30)
    made = [
        Bar("1", "Actividad", first, last),
        Bar("1.1", "Subactividad", first, last, True),
        Bar("2", "Abarca", first, last, False, True),
        Bar("3", "Un día", first, first),
    ]
    drawn = draw(lay_out(made), title="Gantt", colour="#55398a", today=date(2026, 4, 1))
    assert drawn.count('fill="url(#gantt-stripes)"') == 1
    assert 'fill="none" stroke="#55398a" stroke-width="2.6"' in drawn
    assert "Z" in drawn
    assert ">hoy<" in drawn
    assert "1 mar – 30 jun 2026" in drawn
    for code in ("1 ·", "1.1 ·", "2 ·", "3 ·"):
        assert code in drawn


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=250), days, lengths)
def test_hostile_titles_stay_words(title, start, length):
    end = start + timedelta(days=length)
    made = [Bar("1", title, start, end), Bar("1.1", f"</text><script>{title}", start, end, True)]
    drawn = draw(lay_out(made), title=title or "Gantt", colour="#55398a")
    assert "<script" not in drawn
    svg.inline(Figure(drawn, "Gantt"))


def test_only_presentation_attributes_are_used():
    drawn = draw(lay_out([Bar("1", "A", date(2026, 3, 2), date(2026, 5, 1))]), title="Gantt", colour="#55398a")
    assert "style=" not in drawn
    assert "<title" in drawn
    assert "<desc" in drawn


def test_a_colour_that_is_not_one_is_refused():
    with pytest.raises(ValueError, match="colour"):
        draw(lay_out([]), title="Gantt", colour='red" onload="x')


@pytest.mark.parametrize(
    ("duration", "unit", "end"),
    [
        ("1", "days", date(2026, 1, 31)),
        ("2", "days", date(2026, 2, 1)),
        ("4.5", "hours", date(2026, 1, 31)),
        ("9", "hours", date(2026, 2, 1)),
        ("2", "weeks", date(2026, 2, 13)),
        ("1", "months", date(2026, 2, 27)),
    ],
)
def test_the_end_follows_from_start_and_duration(duration, unit, end):
    assert reach(date(2026, 1, 31), None, Decimal(duration), unit) == (date(2026, 1, 31), end)


@given(days, st.integers(1, 99999), st.sampled_from(["hours", "days", "weeks", "months"]))
def test_a_period_never_ends_before_it_starts(start, duration, unit):
    first, last = reach(start, None, Decimal(duration), unit)
    assert first == start <= last
    first, last = reach(None, start, Decimal(duration), unit)
    assert first <= last == start


def test_periods_are_said_and_summed():
    assert show(date(2026, 3, 3), date(2026, 3, 9)) == "3–9 mar 2026"
    assert show(date(2026, 12, 3), date(2027, 1, 9)) == "3 dic 2026 – 9 ene 2027"
    assert span([(None, None), (date(2026, 3, 3), date(2026, 3, 9))]) == (date(2026, 3, 3), date(2026, 3, 9))
    assert span([]) == (None, None)
