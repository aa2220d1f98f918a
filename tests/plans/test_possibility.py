"""The Línea de Posibilidad: where people stand, before and after."""

from statistics import median
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from plans.models import Position, Reading
from plans.possibility import queries, services
from plans.possibility.drawing import NARROW, WIDE, Row, picture
from plans.possibility.spread import QUESTIONS, SpreadError, middle, positions_in, stacked, wrong_with

from .rows import address

positions = st.lists(st.integers(0, 100), max_size=40)
SVG = "{http://www.w3.org/2000/svg}"


# ── Pure ────────────────────────────────────────────────────────────────────────────────────────────────────


@given(positions)
def test_every_person_is_in_one_box_and_in_one_pile(values):
    for line in queries.lines():
        if not line.is_closed:
            assert sum(line.counts(values)) == len(values)
    piles = stacked(values)
    assert sum(count for _, count in piles) == len(values)
    assert all(0 <= place <= 100 and place % 5 == 0 for place, _ in piles)


@given(positions.filter(bool))
def test_the_one_in_the_middle_is_somebody_of_the_group(values):
    assert middle(values) in values
    assert middle(values) <= median(values)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("20 40, 60;80", [20, 40, 60, 80]),
        ("", []),
        ("  ", []),
        ("50%\n100 %\n0", [50, 100, 0]),
        ("007", [7]),
        ("٣", [3]),
    ],
)
def test_positions_of_a_room_are_read(typed, found):
    assert positions_in(typed) == found


@pytest.mark.parametrize("typed", ["101", "-3", "cincuenta", "4.5", "1" * 40_000, "5 " * 501])
def test_what_is_no_position_is_said(typed):
    with pytest.raises(SpreadError):
        positions_in(typed)


@pytest.mark.parametrize(
    ("key", "value", "is_right"),
    [("S6.2.q1", 0, True), ("S6.2.q1", 101, False), ("S6.2.q1", "50", False), ("S6.2.q1", True, False),
     ("S6.2.q3", 50, True), ("S6.2.q3", 49, False), ("S6.2.q2", None, False)],
)  # fmt: skip
def test_the_third_question_has_three_places(key, value, is_right):
    assert (wrong_with(key, value) == "") == is_right


@given(st.lists(positions, min_size=3, max_size=3), st.sampled_from([WIDE, NARROW]))
def test_the_picture_has_a_dot_for_each_person_inside_its_frame(spreads, width):
    spread = dict(zip(QUESTIONS, spreads, strict=True))
    rows = [Row("Al inicio", spread), Row("Al final", spread, is_after=True)]
    root = ElementTree.fromstring(picture(queries.lines(), rows, title="Línea", width=width))
    _, _, wide, high = map(float, root.get("viewBox").split())
    dots = list(root.iter(f"{SVG}circle"))
    assert len(dots) == 2 * sum(map(len, spreads))
    assert all(0 < float(dot.get("cx")) < wide and 0 < float(dot.get("cy")) < high for dot in dots)
    told = root.find(f"{SVG}desc").text
    assert all(line.told(values) in told for line, values in zip(queries.lines(), spreads, strict=True))


def test_before_and_after_are_told_in_words():
    first, _, third = queries.lines()
    assert first.told([20, 50, 90]) == "3 personas, de 20 a 90; quien está en medio, en 50."
    assert first.moved([20, 50, 90], [60, 70, 80]) == "El lugar de en medio pasó de 50 a 70."
    assert third.told([0, 100, 100]) == "3 personas: sencillo, 1; normal, 0; complejo, 2."
    assert third.moved([0, 100], [0, 50]) == "Cambió: normal, de 0 a 1; complejo, de 1 a 0."
    assert first.moved([], [4]) == ""


# ── In the browser ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def scoped(org):
    with scope(organization=org):
        yield org


@pytest.fixture
def reading(scoped):
    return services.open_reading(organization=scoped, moment="start", by=None)


def answer(client, org, row, first=70, second=30, third=100):
    data = {"S6-2-q1": first, "S6-2-q2": second, "S6-2-q3": third}
    return client.post(address(org, "responder-posibilidad", row.pk), data)


def test_a_person_stands_and_corrects_their_place_until_it_closes(as_editor, scoped, reading):
    assert answer(as_editor, scoped, reading).status_code == 302
    assert answer(as_editor, scoped, reading, first=20).status_code == 302
    assert Position.objects.get().values == {"S6.2.q1": 20, "S6.2.q2": 30, "S6.2.q3": 100}
    page = as_editor.get(address(scoped, "responder-posibilidad", reading.pk)).content.decode()
    assert 'value="20"' in page
    services.close_reading(reading=reading, by=None, is_sure=True)
    late = answer(as_editor, scoped, reading)
    assert late.status_code == 422
    assert "tu posición no se guardó" in late.content.decode()
    assert not Position.objects.exists()


@pytest.mark.parametrize(
    "bad", [{"first": 101}, {"first": -1}, {"second": ""}, {"third": 49}, {"third": ""}, {"first": "mucho"}]
)
def test_a_place_off_the_line_is_said_and_the_rest_stays(as_editor, scoped, reading, bad):
    found = answer(as_editor, scoped, reading, **({"second": 35} | bad))
    assert found.status_code == 422
    assert ('value="35"' in found.content.decode()) == ("second" not in bad)
    assert not Position.objects.exists()


def test_only_how_many_have_answered_is_seen_while_it_is_open(as_editor, scoped, reading):
    def seen():
        page = as_editor.get(address(scoped, "posibilidad")).content.decode()
        return [line for line in page.splitlines() if "csrf" not in line]

    services.take_position(reading=reading, person_key="invitado-1", values=dict.fromkeys(QUESTIONS, 0))
    one = seen()
    services.take_position(reading=reading, person_key="invitado-1", values=dict.fromkeys(QUESTIONS, 100))
    assert seen() == one
    assert any("<strong>1</strong> persona ha respondido" in line for line in one)


def test_a_room_is_typed_and_typed_again(login, cast, scoped, reading):
    client = login(cast.facilitator)
    for first in ("10 20 30 40", "10 20 30"):
        data = {"S6-2-q1": first, "S6-2-q2": "50,50,60", "S6-2-q3-0": 1, "S6-2-q3-50": 2}
        assert client.post(address(scoped, "posibilidad-en-el-salon", reading.pk), data).status_code == 302
    page = client.get(address(scoped, "posibilidad-en-el-salon", reading.pk)).content.decode()
    assert "10 20 30</textarea>" in page
    services.take_position(reading=reading, person_key="persona-1", values=dict.fromkeys(QUESTIONS, 100))
    client.post(address(scoped, "cerrar-posibilidad", reading.pk))
    reading.refresh_from_db()
    assert reading.spread == {
        "S6.2.q1": [10, 20, 30, 100],
        "S6.2.q2": [50, 50, 60, 100],
        "S6.2.q3": [0, 50, 50, 100],
    }
    assert (reading.state, reading.room) == ("closed", {})


def test_a_room_typed_wrong_loses_nothing(login, cast, scoped, reading):
    data = {"S6-2-q1": "10 veinte", "S6-2-q2": "50 60"}
    found = login(cast.facilitator).post(address(scoped, "posibilidad-en-el-salon", reading.pk), data)
    assert found.status_code == 422
    page = found.content.decode()
    assert "«veinte» no es una posición" in page
    assert "10 veinte" in page
    assert "50 60" in page


def test_few_answers_are_shown_only_by_whoever_knows_what_that_tells(scoped, reading):
    services.take_position(reading=reading, person_key="persona-1", values=dict.fromkeys(QUESTIONS, 50))
    with pytest.raises(ValidationError, match="confirma"):
        services.close_reading(reading=reading, by=None)
    services.close_reading(reading=reading, by=None, is_sure=True)


def test_one_reading_is_open_and_none_closes_empty(scoped, reading):
    with pytest.raises(ValidationError, match="Ya hay una toma"):
        services.open_reading(organization=scoped, moment="end", by=None)
    with pytest.raises(ValidationError, match="Nadie ha respondido"):
        services.close_reading(reading=reading, by=None, is_sure=True)
    services.cancel_reading(reading=reading, by=None)
    assert queries.comparison(scoped, queries.readings()) is None


def read(org, moment, first):
    row = services.open_reading(organization=org, moment=moment, by=None)
    services.set_room(reading=row, spread={"S6.2.q1": first, "S6.2.q2": first, "S6.2.q3": [50] * len(first)})
    services.close_reading(reading=row, by=None)


def test_the_last_start_is_compared_with_the_end_that_follows_it(as_editor, scoped):
    read(scoped, "end", [1, 1, 1])
    read(scoped, "start", [20, 30, 40])
    assert [row.moment for row in queries.comparison(scoped, queries.readings()).readings] == ["start"]
    read(scoped, "end", [60, 70, 80])
    page = as_editor.get(address(scoped, "posibilidad")).content.decode()
    assert "Antes y después" in page
    assert "El lugar de en medio pasó de 30 a 70." in page
    assert page.count("<svg") >= 2
    assert "style=" not in page


@pytest.mark.parametrize("who", ["viewer", "manager"])
def test_readers_see_the_spread_and_stand_nowhere(login, cast, scoped, reading, who):
    client = login(getattr(cast, who))
    assert client.get(address(scoped, "responder-posibilidad", reading.pk)).status_code == 403
    assert answer(client, scoped, reading).status_code == 403
    services.set_room(reading=reading, spread={"S6.2.q1": [10, 20, 30]})
    services.close_reading(reading=reading, by=None)
    assert "de 10 a 30" in client.get(address(scoped, "posibilidad")).content.decode()


@pytest.mark.parametrize("verb", ["posibilidad-en-el-salon", "cerrar-posibilidad", "cancelar-posibilidad"])
def test_only_whoever_facilitates_runs_a_reading(as_editor, scoped, reading, verb):
    assert as_editor.post(address(scoped, verb, reading.pk)).status_code == 403
    assert as_editor.post(address(scoped, "abrir-posibilidad"), {"moment": "end"}).status_code == 403
    assert Reading.objects.get().is_open


def test_a_reading_is_opened_in_the_browser(login, cast, scoped):
    client = login(cast.facilitator)
    client.post(address(scoped, "abrir-posibilidad"), {"moment": "nunca"})
    assert not Reading.objects.exists()
    client.post(address(scoped, "abrir-posibilidad"), {"moment": "start"})
    assert Reading.objects.get().moment == "start"


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_pages(as_editor, scoped, django_assert_num_queries, count):
    for _ in range(count):
        read(scoped, "start", [10, 20, 30])
    row = services.open_reading(organization=scoped, moment="end", by=None)
    for name, args, number in (("posibilidad", (), 5), ("responder-posibilidad", (row.pk,), 5)):
        as_editor.get(address(scoped, name, *args))
        with django_assert_num_queries(number):
            assert as_editor.get(address(scoped, name, *args)).status_code == 200
