"""The road: nothing over anything, whatever people wrote; well formed and told by more than colour."""

import re
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alianzas.textfit import text_width
from ruta_critica.road import NARROW, ROAD_WIDTH, STOP_RADIUS, WIDE, lay_out, lay_out_on_page
from ruta_critica.road_drawing import description_of, road_svg
from ruta_critica.route import NOT_NOW, Stop, steps
from sysmap.marks import Palette
from tests.sysmap.test_drawing import HOSTILE, SHARED_SUBSET, SVG

LONG = "Responsabilizarnos institucionalmente del acompañamiento psicoterapéutico intergeneracional descentralizado"
TITLE = "Ruta Crítica de Colectivo Casa Abierta"
words = st.sampled_from(("", "Primer café", LONG, "x" * 400, "🌱🤝🏽 Sembrar", *HOSTILE))
names = st.lists(words, max_size=9).map(tuple)
stops_of = st.lists(
    st.builds(
        Stop,
        key=st.just("paso"),
        step=st.sampled_from((None, *steps())),
        own_name=words,
        is_active=st.booleans(),
        today=words,
        people=names,
        own_elements=names,
    ),
    min_size=1,
    max_size=10,
).map(lambda found: [replace(stop, key=f"paso-{place}") for place, stop in enumerate(found)])
shapes = st.sampled_from(("screen", "phone", "page"))


def laid_out(stops, shape, title=TITLE):
    if shape == "page":
        return lay_out_on_page(stops, title)
    return lay_out(stops, title, 3, WIDE) if shape == "screen" else lay_out(stops, title, 1, NARROW)


def draw(road, **facts):
    return road_svg(road, title="Ruta", description=description_of(road), **facts)


def sides(box):
    return box.x, box.y, box.x + box.width, box.y + box.height


def of_words(line):
    return (
        line.x,
        line.y - line.size * 0.8,
        line.x + text_width(line.text, line.size, bold=line.bold),
        line.y + line.size * 0.22,
    )


def disc(placed):
    (x, y), r = placed.centre, STOP_RADIUS
    return x - r, y - r, x + r, y + r


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def is_inside(one, other, slack=0.01):
    least, most = one[:2], one[2:]
    return all(a >= b - slack for a, b in zip(least, other[:2], strict=True)) and all(
        a <= b + slack for a, b in zip(most, other[2:], strict=True)
    )


def points(path):
    """The road as points close together: where its pen goes."""
    x = y = 0.0
    for letter, values in re.findall(r"([MHVCA])([^MHVCA]*)", path):
        numbers = [float(value) for value in values.split()]
        if letter == "C":
            x1, y1, x2, y2, to_x, to_y = numbers
            for step in range(1, 21):
                t, u = step / 20, 1 - step / 20
                yield (
                    u**3 * x + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t**3 * to_x,
                    u**3 * y + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t**3 * to_y,
                )
            x, y = to_x, to_y
            continue
        to_x, to_y = {"M": numbers[:2], "A": numbers[-2:], "H": [*numbers, y], "V": [x, *numbers]}[letter]
        if letter == "A":  # a quarter of a circle: its corner points outwards, the middle is near it
            corner = (max(x, to_x), y if to_x >= x else to_y)
            corner = corner if corner[0] in (x, to_x) else (min(x, to_x), y)
            yield (x + to_x) / 2 * 0.41 + corner[0] * 0.59, (y + to_y) / 2 * 0.41 + corner[1] * 0.59
        elif letter in "HV":
            yield from ((x + (to_x - x) * n / 20, y + (to_y - y) * n / 20) for n in range(21))
        x, y = to_x, to_y


@settings(max_examples=60, deadline=None)
@given(stops_of, shapes)
def test_nothing_overlaps_and_the_order_is_kept(stops, shape):
    road = laid_out(stops, shape)
    assert [(placed.number, placed.stop) for placed in road.stops] == list(enumerate(stops, 1))

    canvas = (0, 0, road.width, road.height)
    cards = [sides(placed.box) for placed in road.stops]
    discs = [disc(placed) for placed in road.stops]
    title = [of_words(line) for line in road.title]
    legend = [sides(entry.box) for entry in road.legend]
    apart = [*cards, *discs, *title, *legend]
    assert not any(overlap(one, other) for one, other in combinations(apart, 2))
    assert all(is_inside(one, canvas) for one in apart)
    assert all(is_inside(of_words(entry.words), sides(entry.box)) for entry in road.legend)

    for placed in road.stops:
        on_card = (0, 0, placed.box.width, placed.box.height)
        boards = [sides(sign.box) for sign in placed.signs]
        lines = [of_words(line) for line in placed.words]
        assert not any(overlap(one, other) for one, other in combinations([*boards, *lines], 2))
        assert all(is_inside(one, on_card) for one in [*boards, *lines])
        assert all(is_inside(of_words(sign.words), sides(sign.box)) for sign in placed.signs)
        feet = [(x - 6, y - 19, x + 6, y) for x, y in placed.figures]
        assert not any(overlap(one, other) for one in feet for other in [*cards, *discs])


@settings(max_examples=40, deadline=None)
@given(stops_of, shapes)
def test_the_road_passes_every_stop_and_no_card(stops, shape):
    road = laid_out(stops, shape)
    half = ROAD_WIDTH / 2 + 2
    others = [sides(one.box) for one in (*road.stops, *road.legend)] + [of_words(line) for line in road.title]
    for path in road.stretches:
        for x, y in points(path):
            pen = (x - half, y - half, x + half, y + half)
            assert not any(overlap(pen, one) for one in others)
            assert is_inside(pen, (0, 0, road.width, road.height))
    starts = [[float(value) for value in re.match(r"M(\S+?) (\S+?)[HC]", path).groups()] for path in road.stretches]
    assert starts[0] == pytest.approx(road.start, abs=0.06)
    assert all(
        start == pytest.approx(placed.centre, abs=0.06) for start, placed in zip(starts[1:], road.stops, strict=True)
    )


@pytest.mark.parametrize("shape", ["screen", "phone", "page"])
@pytest.mark.parametrize("count", range(1, 11))
def test_the_flag_at_the_end_is_whole(count, shape):
    road = laid_out([Stop(str(n), own_name=f"Paso {n}") for n in range(count)], shape)
    flag = next(
        path
        for path in ET.fromstring(draw(road)).iter(f"{SVG}path")
        if "h30l-8" in path.get("d") or "h-30l8" in path.get("d")
    )
    x, y, across = map(float, re.match(r"M(\S+) (\S+?)h(-?30)", flag.get("d")).groups())
    cloth = (min(x, x + across), y, max(x, x + across), y + 20)
    assert is_inside(cloth, (0, 0, road.width, road.height))
    assert not any(overlap(cloth, one) for placed in road.stops for one in (disc(placed), sides(placed.box)))


@pytest.mark.parametrize("count", range(1, 11))
def test_rows_run_there_and_back(count):
    road = lay_out([Stop(str(n), own_name=f"Paso {n}") for n in range(count)], TITLE, 3)
    for one, other in pairwise(road.stops):
        row = (other.number - 1) // 3
        if other.number % 3 == 1:
            assert (one.centre[0], one.box.y < other.box.y) == (other.centre[0], True)
        else:
            assert (one.centre[0] < other.centre[0]) == (row % 2 == 0)


@settings(max_examples=40, deadline=None)
@given(stops_of, st.sampled_from((LONG * 4, *HOSTILE)))
def test_any_words_give_a_well_formed_picture_of_the_shared_subset(stops, title):
    root = ET.fromstring(draw(laid_out(stops, "screen", title)))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= SHARED_SUBSET
    assert not any(name == "style" or name.startswith("on") for element in root.iter() for name in element.attrib)
    assert [group.get("data-stop") for group in root.iter(f"{SVG}g") if "data-stop" in group.attrib] == [
        stop.key for stop in stops
    ]


def test_the_picture_is_said_to_who_does_not_see_it():
    road = lay_out([Stop("a", own_name="Primer café"), Stop("b", steps()[5], is_active=False)], TITLE, 3)
    root = ET.fromstring(draw(road, id_prefix="ruta"))
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "ruta-title ruta-desc")
    assert root.find(f"{SVG}title").text == "Ruta"
    assert root.find(f"{SVG}desc").text.startswith(
        f"Un camino con 2 paradas, en orden: 1, Primer café; 2, Sostenibilidad ({NOT_NOW})."
    )


def test_a_step_that_is_off_is_dashed_and_says_so_and_an_own_element_has_its_diamond():
    own, off = Stop("a", own_name="Uno", own_elements=("Kermés",)), Stop("b", own_name="Dos", is_active=False)
    groups = [g for g in ET.fromstring(draw(lay_out([own, off], TITLE, 3))).iter(f"{SVG}g") if "data-stop" in g.attrib]
    texts = [[text.text for text in group.iter(f"{SVG}text")] for group in groups]
    dashes = [sum("stroke-dasharray" in part.attrib for part in group.iter()) for group in groups]
    assert texts == [["1", "Uno", "Kermés"], ["2", NOT_NOW, "Dos"]]
    assert (dashes[0], dashes[1] > 1) == (0, True)
    bold = [text.get("font-weight") for text in groups[0].iter(f"{SVG}text") if text.text == "Kermés"]
    assert bold == ["700"]


def test_the_road_wears_the_colour_of_the_organisation():
    road = lay_out([Stop("a", own_name="Uno")], TITLE, 3)
    assert 'stroke="#c8622a" stroke-width="30"' in draw(road, palette=Palette(accent="#c8622a"))
    pale = draw(road, palette=Palette(accent="#ffffff"))
    assert f'stroke="{Palette().ink}" stroke-width="34"' in pale  # its edge is seen on paper of the same colour


def test_what_finds_no_room_among_the_signs_is_counted():
    stop = Stop("a", steps()[3], own_elements=("Uno", "Dos", "Tres"))
    signs = lay_out([stop], TITLE, 3).stops[0].signs
    assert [sign.words.text for sign in signs] == [
        "Uno",
        "Dos",
        "Tres",
        "Networking",
        "Estrategias de difusión",
        "y 3 más",
    ]
    assert [sign.more for sign in signs] == [False] * 5 + [True]


@pytest.mark.parametrize("count", range(1, 11))
def test_on_a_page_the_picture_lies_on_its_side(count):
    road = lay_out_on_page([Stop(str(n), steps()[n % 6], own_name=f"Paso {n}") for n in range(count)], TITLE)
    assert 1.2 < road.width / road.height < 2.2
