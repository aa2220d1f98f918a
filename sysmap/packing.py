"""How the cards of one half of a ring stand in rows, and how large the ring must be for them.

A ring lies between two ovals about the centre, |x/a|^2.5 + |y/b|^2.5 = 1: squarer than ellipses, so that
rectangular cards need smaller rings. Rows share no height and cards of a row share no width, hence no two
cards overlap. With the height of a ring given, the least width with which a row holds k cards is known in
closed form; so n cards need the n-th smallest of these over the rows, and no trial placement is made.

Lengths are user units relative to the centre, y downwards; everything is computed for the right half.
"""

import heapq
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

EXPONENT = 2.5
_BEGINNINGS = 3
_NUDGES = (24, -24, 10, -10)


@dataclass(frozen=True)
class Metrics:
    """Sizes and distances the layout works with, in user units."""

    card_width: float = 118
    card_height: float = 107
    gap: float = 10
    ring_padding: float = 6
    axis_gap: float = 12
    core: tuple[float, float] = (66, 46)
    empty_ring: float = 36
    ring_label: tuple[float, float] = (100, 26)
    half_label: tuple[float, float] = (132, 32)
    legend: tuple[float, float] = (128, 94)
    legend_row: float = 19
    margin: float = 20
    target_aspect: float = 1.36


@dataclass(frozen=True)
class Oval:
    """Edge of a ring: horizontal and vertical semi-axis."""

    a: float
    b: float

    def level(self, x: float, y: float) -> float:
        """1 on the edge, less inside, more outside; ``x`` and ``y`` relative to the centre."""
        return (abs(x / self.a) ** EXPONENT + abs(y / self.b) ** EXPONENT) ** (1 / EXPONENT)

    def reach(self, y: float) -> float:
        """Half the width at a height; 0 above and below the oval."""
        return self.a * _rest(abs(y) / self.b) if abs(y) < self.b else 0

    def height_at(self, x: float) -> float:
        """Half the height at a distance from the vertical axis; 0 beyond the oval."""
        return self.b * _rest(abs(x) / self.a) if abs(x) < self.a else 0


def fit_rings(counts: Sequence[Sequence[int]], size: Callable[[Oval], float], metrics: Metrics) -> tuple[Oval, ...]:
    """Edges of the rings, the core first: one ring for each pair of ``counts`` (cards in either half).

    Each ring is just wide enough for its height; heights are searched for the smallest ``size`` of the
    outermost edge, going on from a few compact beginnings and nudging the best result.
    """
    width_for = lru_cache(maxsize=None)(lambda count, inner, height: least_width(count, inner, height, metrics))

    def grown(inner, halves, height):
        widths = (width_for(count, inner, height) for count in halves)
        return Oval(max(inner.a + metrics.empty_ring, *widths), height)

    choices = [(Oval(*metrics.core),)]
    for halves in counts:
        longer = (
            (*ovals, grown(ovals[-1], halves, height))
            for ovals in choices
            for height in _heights(max(halves), ovals[-1], metrics)
        )
        choices = _most_compact(longer, metrics)
    best = min(choices, key=lambda ovals: size(ovals[-1]))
    for change in _NUDGES:
        for index in range(len(counts)):
            heights = [outer.b - inner.b for inner, outer in pairwise(best)]
            heights[index] = max(metrics.empty_ring, heights[index] + change)
            other = best[: index + 1]
            for halves, height in list(zip(counts, heights, strict=True))[index:]:
                other = (*other, grown(other[-1], halves, other[-1].b + height))
            best = min(best, other, key=lambda ovals: size(ovals[-1]))
    return best


def _most_compact(choices, metrics):
    """The few most compact choices, none of which is both wider and taller than another."""
    front, lowest = [], math.inf
    for ovals in sorted(choices, key=lambda ovals: (ovals[-1].a, ovals[-1].b)):
        if ovals[-1].b < lowest and ovals[-1].a < math.inf:
            lowest = ovals[-1].b
            front.append(ovals)
    front.sort(key=lambda ovals: math.hypot(ovals[-1].a, metrics.target_aspect * ovals[-1].b))
    return front[:_BEGINNINGS]


def _heights(most, inner, metrics):
    """Vertical semi-axes for a ring with up to ``most`` cards a half, from the least one up.

    An empty ring, twice that, cards above and below the inner oval (beside or under the label), and
    whole stacks of rows with a little or some more play for the curve of the ring.
    """
    least = inner.b + metrics.empty_ring
    if not most:
        return [least]
    over = inner.b + metrics.card_height + 2 * metrics.ring_padding + 1
    heights = {least, least + metrics.empty_ring, over, over + metrics.ring_label[1]}
    for number in range(2, min(most, 9) + 1):
        stack = (number * (metrics.card_height + metrics.gap) - metrics.gap) / 2 + metrics.ring_padding
        heights.update(stack * play for play in (1.06, 1.15) if stack * play > least)
    return sorted(heights)


def least_width(count: int, inner: Oval, height: float, metrics: Metrics) -> float:
    """Smallest horizontal semi-axis of a ring, the vertical one given, that holds ``count`` cards a half.

    Infinite if the height is too small for any row. A row needs ``first + held * more`` to hold some cards.
    """
    if not count:
        return 0
    step, least = metrics.card_width + metrics.gap, math.inf
    extra, middle = metrics.card_width + metrics.ring_padding, metrics.card_height / 2 + metrics.ring_padding
    for rows in _row_sets(count, inner, metrics):
        queue = []
        for row in rows:
            far = row.distance + middle
            if far >= height:
                break
            rest = _rest(far / height)
            needed = (row.start_in(height, metrics) + extra) / rest
            if needed < least:
                queue += [(needed, step / rest)] * row.copies
        heapq.heapify(queue)
        for _ in range(count - 1 if queue else 0):
            needed, more = queue[0]
            if needed >= least:
                break
            heapq.heapreplace(queue, (needed + more, more))
        if queue:
            least = min(least, queue[0][0])
    return least


def stand(count: int, inner: Oval, outer: Oval, metrics: Metrics) -> list[tuple[float, float]]:
    """Left top corners of ``count`` cards in the right half, by the angle of their middles from the top."""
    if not count:
        return []
    options = []
    for order, rows in enumerate(_row_sets(count, inner, metrics, fine=True)):
        rooms = [_room(row, outer, metrics) for row in rows]
        signed = [
            (sign * row.distance, room)
            for row, room in zip(rows, rooms, strict=True)
            for sign in (-1, 1)[-row.copies :]
        ]
        held = _fill(count, [_holds(*room, metrics) for _, room in signed])
        if held:
            used = [(y, most, room) for (y, room), most in zip(signed, held, strict=True) if most]
            lopsided = len(used) > 1 and abs(sum(y * most for y, most, _ in used)) > 1e-6
            options.append((max(held), lopsided, order, used))
    middle = metrics.card_height / 2
    corners = [(x, y - middle) for y, held, room in min(options)[-1] for x in _across(held, *room, metrics)]
    half = metrics.card_width / 2
    return sorted(corners, key=lambda corner: (math.atan2(corner[0] + half, -corner[1] - middle), corner))


def _rest(share):
    return (1 - share * share * math.sqrt(share)) ** (1 / EXPONENT)


class _Row(NamedTuple):
    """Cards side by side at a distance from the horizontal axis; two copies are a row above and one below.

    ``start`` is how far from the vertical axis it begins, clear of that axis and of the inner oval.
    """

    distance: float
    copies: int
    start: float

    def start_in(self, height, metrics):
        """Where it begins in a ring of this height, clear of the label as well.

        A row with a twin keeps clear of the label below too, where there is none, to look the same.
        """
        top = self.distance + metrics.card_height / 2
        if self.copies == 2 and top > height - metrics.ring_label[1]:
            return max(self.start, metrics.ring_label[0] / 2)
        return self.start


@lru_cache(maxsize=512)
def _row_sets(count, inner, metrics, fine=False):
    """Ways to set rows about the horizontal axis, best looking first; in each, the nearest row first.

    Rows stand at even distances, or clear of the inner oval above and below it; a single card may also stand
    below it, where no label is in the way. ``fine`` adds distances that never need less room but look better
    where there is room.
    """
    pitch = metrics.card_height + metrics.gap
    pole = inner.b + metrics.ring_padding + metrics.card_height / 2

    def row(distance, copies=2):
        near = max(0, distance - metrics.card_height / 2 - metrics.ring_padding)
        start = inner.reach(near) + metrics.ring_padding if near < inner.b else 0
        return _Row(distance, copies, max(metrics.axis_gap, start))

    if count == 1:
        return [[row(0, 1)], [row(pole, 1)]]
    sets = []
    for stretch in (1.35, 1.2, 1.1, 1) if fine else (1.35, 1) if count < 7 else (1,):
        step = pitch * stretch
        sets.append([row(0, 1), *(row(k * step) for k in range(1, count // 2 + 1))])
        sets.append([row((k + 0.5) * step) for k in range((count + 1) // 2)])
    sets.append([row(pole)])
    if pole > pitch and count > 2:
        sets.append([row(0, 1), row(pole)])
    if pole > 1.5 * pitch and count > 3:
        sets.append([row(pole / 3), row(pole)])
    return sets


def _room(row, outer, metrics):
    """(start, end) of a row, padding taken off."""
    far = row.distance + metrics.card_height / 2 + metrics.ring_padding
    return row.start_in(outer.b, metrics), outer.reach(far) - metrics.ring_padding


def _holds(start, end, metrics):
    return int((end - start + metrics.gap + 1e-6) // (metrics.card_width + metrics.gap))


def _fill(count, room):
    """Cards in every row, one layer after another from the nearest row; nothing if they do not fit."""
    held, depth = [0] * len(room), 0
    while count and depth < max(room):
        depth += 1
        for index, most in enumerate(room):
            if count and most >= depth:
                held[index] += 1
                count -= 1
    return [] if count else held


def _across(held, start, end, metrics):
    """Left edges of the cards of a row, in the middle of its room."""
    step = metrics.card_width + metrics.gap
    first = start + (end - start - held * step + metrics.gap) / 2
    return [first + place * step for place in range(held)]
