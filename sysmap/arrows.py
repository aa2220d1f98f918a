"""How an arrow runs from one card to another with as little of it as possible under cards and labels. Pure.

A route is a cubic curve. A few ways to leave, to arrive and to bend are tried on a coarse grid of what is taken.
"""

import math
from collections.abc import Iterator

from .layout import Box, MapLayout

CELL, CLEAR, STEPS = 8, 3, 16
_BENDS = (0.12, -0.12, 0.2, -0.2, 0.3, -0.3, 0.45, -0.45, 0)
# Weight of a point of a route, and the shares in it of the four points of its curve: its ends must be seen.
_SAMPLES = tuple(
    (weight, (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
    for step in (*range(1, STEPS), STEPS - 0.5)
    for t, weight in ((step / STEPS, max(1, 4 - min(step, STEPS - step))),)
)

Point = tuple[float, float]
Route = tuple[Point, Point, Point, Point]
Cells = frozenset[tuple[int, int]]


def taken(layout: MapLayout) -> Cells:
    """The cells of the grid that cards, labels and the centre cover."""
    (cx, cy), core = layout.centre, layout.rings[0].inner
    boxes = [placed.box for placed in (*layout.cards, *layout.tray)]
    boxes += [*(ring.label for ring in layout.rings), *layout.half_labels, *layout.legend_boxes]
    boxes.append(Box(cx - core.a, cy - core.b, 2 * core.a, 2 * core.b))
    return frozenset(
        (column, row)
        for box in boxes
        for column in range(round(box.x / CELL), round((box.x + box.width) / CELL))
        for row in range(round(box.y / CELL), round((box.y + box.height) / CELL))
    )


def route(start: Box, end: Box, cells: Cells, size: tuple[float, float]) -> Route | None:
    """The route between two cards that shows most of itself; of equals, the straightest. None if there is no way."""
    width, height = size

    def hidden(curve):
        (x1, y1), (x2, y2), (x3, y3), (x4, y4) = curve
        count = 0
        for weight, a, b, c, d in _SAMPLES:
            x, y = a * x1 + b * x2 + c * x3 + d * x4, a * y1 + b * y2 + c * y3 + d * y4
            if not (0 < x < width and 0 < y < height) or (int(x // CELL), int(y // CELL)) in cells:
                # Under the very card where it arrives, nobody would see from where.
                count += weight + 3 * STEPS * end.holds(x, y)
        return count

    return min(_routes(start, end), key=hidden, default=None)


def _routes(start, end) -> Iterator[Route]:
    straight = _towards(start, end.centre), _towards(end, start.centre)
    for first, last in (straight, *((straight[0], side) for side in _sides(end))):
        if math.dist(first, last) > 1:
            yield from (_curve(first, last, bend) for bend in _BENDS)


def _sides(box):
    (x, y), across, down = box.centre, box.width / 2 + CLEAR, box.height / 2 + CLEAR
    return [(x - across, y), (x + across, y), (x, y - down), (x, y + down)]


def _towards(box, point):
    """Where the line from the middle of a box towards a point leaves it, and a little more."""
    (x, y), (dx, dy) = box.centre, (point[0] - box.centre[0], point[1] - box.centre[1])
    share = max(abs(dx) / (box.width / 2 + CLEAR), abs(dy) / (box.height / 2 + CLEAR), 1e-9)
    return x + dx / share, y + dy / share


def _curve(start, end, bend) -> Route:
    """The curve between two points that is bent sideways by a share of its length."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    across, down = dy * bend, -dx * bend
    return (
        start,
        (x1 + dx / 3 + across, y1 + dy / 3 + down),
        (x1 + dx * 2 / 3 + across, y1 + dy * 2 / 3 + down),
        end,
    )
