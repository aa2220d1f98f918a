"""Where every card of the ring map goes: a pure function of the cards (domain §4.3).

The organisation is in the centre of four concentric rings, from the inside out strong, collaborative, weak
and conflictive; positive results are on the left, negative ones on the right. A ring that must take cards at
its sides grows sideways, another grows up and down, and among such choices the map takes the one that shows
its cards largest on a landscape page. All lengths are user units of the drawing, y grows downwards.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from .packing import Metrics, Oval, fit_rings, stand

RELATIONS = ("strong", "collaborative", "weak", "conflictive")
RESULTS = ("positive", "negative")
SECTORS = (
    "person",
    "osc",
    "government",
    "private_sector",
    "academia",
    "international",
    "network",
    "religious",
    "media",
    "donor",
    "community",
    "informal",
    "other",
)


@dataclass(frozen=True)
class Card:
    """One actor as the map sees it; an empty relation or result means that nobody has decided it yet.

    A ghost is not there (any more, or yet), and ``holder`` who could take its role; a quiet card steps back behind
    those that the picture is about; ``tag`` is a word or two that says what is special about this one.
    """

    key: str
    name: str
    resource: str = ""
    rule: str = ""
    relation: str = ""
    result: str = ""
    sector: str = "other"
    is_ghost: bool = False
    is_quiet: bool = False
    tag: str = ""
    holder: str = ""

    def __post_init__(self):
        if self.relation not in ("", *RELATIONS):
            raise ValueError(f"unknown relation: {self.relation!r}")
        if self.result not in ("", *RESULTS):
            raise ValueError(f"unknown result: {self.result!r}")


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.x < x < self.x + self.width and self.y < y < self.y + self.height


@dataclass(frozen=True)
class PlacedCard:
    """A card and the rectangle it fills."""

    card: Card
    box: Box


@dataclass(frozen=True)
class Ring:
    """The band of one relation, between two ovals about the centre of the map, and the room of its label."""

    relation: str
    inner: Oval
    outer: Oval
    label: Box


@dataclass(frozen=True)
class MapLayout:
    """The whole picture: canvas, centre, rings, placed cards, and the tray of those without a place."""

    width: float
    height: float
    centre: tuple[float, float]
    rings: tuple[Ring, ...]
    cards: tuple[PlacedCard, ...]
    tray: tuple[PlacedCard, ...]
    tray_box: Box | None
    half_labels: tuple[Box, Box]
    legend_boxes: tuple[Box, Box]

    def place_at(self, x: float, y: float) -> tuple[str, str]:
        """Relation and result that a card dropped with its middle at a point takes; "" and "" over the tray.

        The centre counts as the innermost ring, and what is beyond the outermost as that one.
        """
        if self.tray_box and y >= self.tray_box.y:
            return "", ""
        across, down = x - self.centre[0], y - self.centre[1]
        inside = (ring.relation for ring in self.rings if ring.outer.level(across, down) <= 1)
        return next(inside, RELATIONS[-1]), RESULTS[0] if across < 0 else RESULTS[1]

    def find(self, key: str) -> PlacedCard | None:
        """The card with this key, on the map or in the tray."""
        return next((placed for placed in (*self.cards, *self.tray) if placed.card.key == key), None)


def lay_out(cards: Iterable[Card], sectors: Sequence[str] = SECTORS, metrics: Metrics | None = None) -> MapLayout:
    """Place the cards; the order in which they come makes no difference.

    Holds for any cards: no two overlap; each one placed lies whole inside its half, ``axis_gap`` from the
    axis, and whole inside the band of its ring, ``ring_padding`` from both edges; in a half of a ring the
    order of the sectors is the order of the angle from the top; labels and legend are clear of cards and
    rings. Cards without relation or result go to the tray.
    """
    metrics = metrics or Metrics()
    cells = {(relation, result): [] for relation in RELATIONS for result in RESULTS}
    tray = []
    for card in sorted(cards, key=_sort_key(sectors)):
        cells.get((card.relation, card.result), tray).append(card)
    if any(card.is_ghost for card in (*tray, *chain.from_iterable(cells.values()))):
        metrics = replace(metrics, legend=(metrics.legend[0], metrics.legend[1] + metrics.legend_row))
    counts = [[len(cells[relation, result]) for result in RESULTS] for relation in RELATIONS]
    ovals = fit_rings(counts, lambda outer: _best_frame(outer, len(tray), metrics).size, metrics)
    return _assemble(ovals, _best_frame(ovals[-1], len(tray), metrics), cells, tray, metrics)


def _sort_key(sectors):
    rank = {sector: index for index, sector in enumerate(sectors)}
    return lambda card: (
        rank.get(card.sector, len(rank)),
        card.sector,
        card.name.casefold(),
        card.key,
        card.name,
        card.resource,
        card.rule,
        card.is_ghost,
        card.tag,
    )


@dataclass(frozen=True)
class _Frame:
    """Sizes of the canvas: ``middle`` is the height of the centre, ``below`` where the tray begins."""

    width: float
    height: float
    middle: float
    below: float
    columns: int
    size: float


def _best_frame(outer, tray_count, metrics):
    """The canvas that shows its cards largest on a page, with as many columns of the tray as that takes."""
    fitting = max(1, int((2 * outer.a - metrics.gap) // (metrics.card_width + metrics.gap)))
    columns = range(fitting, max(fitting, min(tray_count, 16)) + 1) if tray_count else [0]
    frames = (_frame(outer, count, tray_count, metrics) for count in columns)
    return min(frames, key=lambda frame: (frame.size, frame.width))


def _frame(outer, columns, tray_count, metrics):
    margin, gap = metrics.margin, metrics.gap
    inside = max(2 * outer.a, columns * (metrics.card_width + gap) + gap, 2 * metrics.legend[0] + gap)
    tray_height = 0
    if tray_count:
        tray_height = metrics.ring_label[1] + margin
        tray_height += math.ceil(tray_count / columns) * (metrics.card_height + gap)

    def heights(inside):
        middle = _clearance(metrics.half_label, inside, outer, metrics)
        below = middle + _clearance(metrics.legend, inside, outer, metrics)
        return middle, below, below + tray_height

    def wanted(inside):
        return metrics.target_aspect * heights(inside)[-1] - 2 * margin

    # A page is wide: the room that a tall map leaves at its sides is taken, and labels move into the corners.
    enough = wanted(inside)
    for _ in range(6 if enough > inside else 0):
        half_way = (inside + enough) / 2
        inside, enough = (half_way, enough) if wanted(half_way) > half_way else (inside, half_way)
    inside = max(inside, enough)
    middle, below, height = heights(inside)
    width = inside + 2 * margin
    size = max(width, metrics.target_aspect * height)
    return _Frame(width, height, middle, below, columns, size)


def _clearance(corner, inside, outer, metrics):
    """Distance from the centre to an edge of the canvas that keeps a box in its corner clear of the rings."""
    width, height = corner
    across = max(0, inside / 2 - width - metrics.gap)
    return max(outer.b, outer.height_at(across) + height) + metrics.margin


def _assemble(ovals, frame, cells, tray, metrics):
    cx, cy = round(frame.width / 2, 1), round(frame.middle, 1)
    size = metrics.card_width, metrics.card_height
    placed, rings = [], []
    for relation, inner, outer in zip(RELATIONS, ovals, ovals[1:], strict=False):
        for result in RESULTS:
            cards = cells[relation, result]
            corners = stand(len(cards), inner, outer, metrics)
            for card, (x, y) in zip(cards, corners, strict=True):
                left = cx - x - size[0] if result == "positive" else cx + x
                placed.append(PlacedCard(card, _box(left, cy + y, size)))
        label = _box(cx - metrics.ring_label[0] / 2, cy - outer.b, metrics.ring_label)
        rings.append(Ring(relation, inner, outer, label))
    margin, right = metrics.margin, frame.width - metrics.margin
    legend_top = frame.below - margin - metrics.legend[1]
    return MapLayout(
        width=round(frame.width, 1),
        height=round(frame.height, 1),
        centre=(cx, cy),
        rings=tuple(rings),
        cards=tuple(placed),
        **_tray(frame, tray, metrics),
        half_labels=tuple(_box(x, margin, metrics.half_label) for x in (margin, right - metrics.half_label[0])),
        legend_boxes=tuple(_box(x, legend_top, metrics.legend) for x in (margin, right - metrics.legend[0])),
    )


def _tray(frame, tray, metrics):
    if not tray:
        return {"tray": (), "tray_box": None}
    margin, step = metrics.margin, metrics.card_width + metrics.gap
    panel = (frame.width - 2 * margin, frame.height - margin - frame.below)
    left = (frame.width - min(frame.columns, len(tray)) * step + metrics.gap) / 2
    placed = []
    for index, card in enumerate(tray):
        row, column = divmod(index, frame.columns)
        y = frame.below + metrics.ring_label[1] + row * (metrics.card_height + metrics.gap)
        box = _box(left + column * step, y, (metrics.card_width, metrics.card_height))
        placed.append(PlacedCard(card, box))
    return {"tray": tuple(placed), "tray_box": _box(margin, frame.below, panel)}


def _box(x, y, size):
    return Box(round(x, 1), round(y, 1), round(size[0], 1), round(size[1], 1))
