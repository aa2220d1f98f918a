"""Where the cards stand: true for any matrix of 0 to 60 actors."""

import math
import random
import statistics
from itertools import combinations, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sysmap.layout import RELATIONS, RESULTS, SECTORS, Card, lay_out
from sysmap.packing import Metrics

METRICS = Metrics()
ROUNDING = 0.11
EIGHT = list(product(RELATIONS, RESULTS))


def matrix(cells, tray=0):
    """Cards for {(relation, result): how many}, sectors taking turns, and some without a place."""
    cards = []
    for (relation, result), count in cells.items():
        for index in range(count):
            key = f"{relation}-{result}-{index}"
            sector = SECTORS[index * 5 % len(SECTORS)]
            cards.append(Card(key, f"Actor {key}", "Dinero", "Convenio", relation, result, sector))
    return cards + [Card(f"tray-{index}", f"Por definir {index}") for index in range(tray)]


places = st.tuples(
    st.sampled_from(("", *RELATIONS)),
    st.sampled_from(("", *RESULTS)),
    st.sampled_from((*SECTORS, "", "desconocido")),
    st.sampled_from(("Iglesia", "iglesia", "Ñandú", "")),
    st.booleans(),
)
matrices = st.one_of(st.lists(places, max_size=60), st.lists(places, min_size=25, max_size=60)).map(
    lambda rows: [
        Card(str(index), name, "", "", relation, result, sector, is_ghost)
        for index, (relation, result, sector, name, is_ghost) in enumerate(rows)
    ]
)
# Few cells with many cards each: the shapes that independent choices hardly ever give.
crowded = st.dictionaries(st.sampled_from(EIGHT), st.integers(1, 20), min_size=1, max_size=3).map(matrix)


def overlap(one, other):
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def grown(box, by):
    return box.x - by, box.y - by, box.x + box.width + by, box.y + box.height + by


def outside_canvas(box, layout):
    left, top, right, bottom = grown(box, 0)
    return left < 0 or top < 0 or right > layout.width or bottom > layout.height


def check(layout, cards):
    """Every promise of ``lay_out``."""
    cx, cy = layout.centre
    boxes = [placed.box for placed in (*layout.cards, *layout.tray)]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    fixed = [ring.label for ring in layout.rings] + [*layout.half_labels, *layout.legend_boxes]
    assert not any(overlap(one, other) for one, other in combinations(fixed, 2))
    assert not any(overlap(box, other) for box in boxes for other in fixed)
    assert not any(outside_canvas(box, layout) for box in boxes + fixed)

    rings = {ring.relation: ring for ring in layout.rings}
    assert list(rings) == list(RELATIONS)
    for placed in layout.cards:
        left, top, right, bottom = grown(placed.box, METRICS.ring_padding - ROUNDING)
        ring = rings[placed.card.relation]
        assert all(ring.outer.level(x - cx, y - cy) <= 1 for x in (left, right) for y in (top, bottom))
        nearest = min(max(left, cx), right) - cx, min(max(top, cy), bottom) - cy
        assert ring.inner.level(*nearest) >= 1
        gap = METRICS.axis_gap - ROUNDING
        if placed.card.result == "positive":
            assert placed.box.x + placed.box.width <= cx - gap
        else:
            assert placed.box.x >= cx + gap

    defined = {card.key for card in cards if card.relation and card.result}
    assert sorted(placed.card.key for placed in layout.cards) == sorted(defined)
    assert sorted(placed.card.key for placed in layout.tray) == sorted({card.key for card in cards} - defined)
    assert bool(layout.tray) == (layout.tray_box is not None)
    for placed in layout.tray:
        assert not outside_canvas(placed.box, layout)
        assert layout.tray_box.y <= placed.box.y
        assert placed.box.y + placed.box.height <= layout.tray_box.y + layout.tray_box.height
        assert placed.box.y > cy + layout.rings[-1].outer.b
    for box in (*layout.half_labels, *layout.legend_boxes):
        left, top, right, bottom = grown(box, 0)
        nearest = min(max(left, cx), right) - cx, min(max(top, cy), bottom) - cy
        assert layout.rings[-1].outer.level(*nearest) >= 1


@given(matrices)
@settings(max_examples=120, deadline=None)
def test_any_matrix_holds_every_promise(cards):
    check(lay_out(cards), cards)


@given(crowded)
@example(matrix({("strong", "positive"): 60}))
@settings(max_examples=60, deadline=None)
def test_crowded_cells_hold_every_promise(cards):
    check(lay_out(cards), cards)


@pytest.mark.parametrize(("relation", "result"), EIGHT)
def test_forty_actors_in_one_place(relation, result):
    cards = matrix({(relation, result): 40})
    check(lay_out(cards), cards)


@given(matrices, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_of_input_makes_no_difference(cards, shuffler):
    shuffled = list(cards)
    shuffler.shuffle(shuffled)
    assert lay_out(shuffled) == lay_out(cards)


@pytest.mark.parametrize("count", range(9))
def test_all_eight_places_at_once(count):
    cards = matrix(dict.fromkeys(EIGHT, count), tray=count)
    layout = lay_out(cards)
    check(layout, cards)
    assert len(layout.cards) == 8 * count


@given(st.lists(st.sampled_from(SECTORS), min_size=2, max_size=20), st.sampled_from(EIGHT))
@settings(max_examples=50, deadline=None)
def test_sectors_follow_one_another_from_top_to_bottom(sectors, place):
    layout = lay_out([Card(str(i), f"Actor {i}", "", "", *place, sector) for i, sector in enumerate(sectors)])
    cx, cy = layout.centre

    def angle(placed):
        x, y = placed.box.centre
        return math.atan2(abs(x - cx), cy - y)

    seen = sorted((angle(placed), SECTORS.index(placed.card.sector)) for placed in layout.cards)
    # Cards in line with the centre have one angle, but for the rounding of coordinates.
    assert all(one[1] <= other[1] for one, other in combinations(seen, 2) if other[0] - one[0] > 0.002)


def test_few_cards_of_a_cell_are_centred():
    layout = lay_out(matrix({("weak", "negative"): 3}))
    assert statistics.mean(placed.box.centre[1] for placed in layout.cards) == pytest.approx(layout.centre[1], abs=0.2)


@pytest.mark.parametrize(("count", "widest"), [(0, 640), (1, 740), (5, 1200), (12, 1350), (25, 1650), (40, 2000)])
def test_map_is_compact_and_fits_a_landscape_page(count, widest):
    for seed in range(5):
        rng = random.Random(seed)
        cells = dict.fromkeys(EIGHT, 0)
        for _ in range(count):
            cells[rng.choice(EIGHT)] += 1
        layout = lay_out(matrix(cells))
        assert layout.width < widest
        assert 1.3 < layout.width / layout.height < 1.6


def test_an_unknown_relation_or_result_is_refused():
    with pytest.raises(ValueError, match="relation"):
        Card("1", "Actor", relation="amistosa")
    with pytest.raises(ValueError, match="result"):
        Card("1", "Actor", result="neutro")


def test_find_looks_on_the_map_and_in_the_tray():
    layout = lay_out(matrix({("weak", "positive"): 1}, tray=1))
    assert layout.find("weak-positive-0") is layout.cards[0]
    assert layout.find("tray-0") is layout.tray[0]
    assert layout.find("nadie") is None


def test_forty_actors_are_all_laid_out():
    cards = matrix(dict.fromkeys(EIGHT, 5))
    assert {placed.card.key for placed in lay_out(cards).cards} == {card.key for card in cards}
