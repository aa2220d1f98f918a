"""Where everything stands on the road that draws a Ruta Crítica: a pure function of its steps.

The road runs from left to right, turns at the margin and comes back, row after row; every step is a numbered stop on
it with a card hanging below. The road keeps to the band above the cards and to the margins, so it never crosses one.
All lengths are user units of the drawing, y grows downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from alianzas.textfit import text_width, wrap
from sysmap.layout import Box
from sysmap.marks import number

from .route import NOT_NOW, Stop

PADDING, STOP_RADIUS, ROAD_WIDTH, SWING = 16, 25, 30, 16
BAND, ROW_GAP, TURN = 120, 20, 58  # height of the road's band; room between rows; radius of a corner
PAGE, LEAST_RATIO = (1400, 1000), 1.25  # proportions of a page on its side, and of what is worth turning it for
PAGE_CARDS = (280, 310, 340)  # widths of a card to choose from on a page
MOST_SIGNS, MOST_FIGURES, MOST_COLUMNS = 6, 5, 12
FIGURE = 15  # how far apart people stand
SIGN_SIZE, SIGN_HEIGHT, SIGN_GAP, SIGN_TIP, SIGN_MARK = 13, 24, 6, 8, 12
LEGEND_SIZE = 14
OWN_SIGN, METHOD_SIGN = "Elemento propio", "Elemento del método"


@dataclass(frozen=True)
class Metrics:
    """Sizes that depend on where the road is seen."""

    card: float = 340  # least width of a card
    gap: float = 26
    margin: float = 90  # on both sides: there the road turns
    least: int = 2  # columns that the picture is wide, at least
    title: float = 30


WIDE = Metrics()
NARROW = Metrics(card=316, gap=0, margin=52, least=1, title=24)


@dataclass(frozen=True)
class Words:
    """One line of text; `y` is its baseline."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Sign:
    """A part of a step as a small signpost; `more` counts the parts that found no room."""

    box: Box
    words: Words
    is_own: bool = False
    more: bool = False


@dataclass(frozen=True)
class PlacedStop:
    """A step on the road: its number, the middle of its disc, its card and what is written upon it."""

    stop: Stop
    number: int
    centre: tuple[float, float]
    box: Box
    words: tuple[Words, ...]
    signs: tuple[Sign, ...]
    tag: Box | None = None
    people_at: tuple[float, float] | None = None  # where the sign for people stands
    figures: tuple[tuple[float, float], ...] = ()  # feet of the people beside the post, at most MOST_FIGURES


@dataclass(frozen=True)
class LegendEntry:
    kind: str  # "active", "inactive", "method", "own" or "people"
    box: Box
    words: Words


@dataclass(frozen=True)
class Road:
    """The whole picture. `stretches` are SVG paths, one up to each stop and one more to the end."""

    width: float
    height: float
    title: tuple[Words, ...]
    stops: tuple[PlacedStop, ...]
    stretches: tuple[str, ...]
    start: tuple[float, float]
    end: tuple[float, float]
    legend: tuple[LegendEntry, ...]


def lay_out(stops: Sequence[Stop], title: str, columns: int, metrics: Metrics = WIDE) -> Road:
    """The road through at least one step, in at most so many columns."""
    return _laid_out(stops, title, min(columns, len(stops)), metrics)


def lay_out_on_page(stops: Sequence[Stop], title: str) -> Road:
    """The road in as many columns, with cards as wide, as show it largest on a page."""
    choices = product(range(1, min(len(stops), MOST_COLUMNS) + 1), PAGE_CARDS)
    return max((_laid_out(stops, title, count, replace(WIDE, card=card)) for count, card in choices), key=_fitness)


def _fitness(road):
    return road.width >= LEAST_RATIO * road.height, min(PAGE[0] / road.width, PAGE[1] / road.height)


def _laid_out(stops, title, columns, metrics):
    across = max(columns, metrics.least)
    inner = across * metrics.card + (across - 1) * metrics.gap
    card = (inner - (columns - 1) * metrics.gap) / columns
    width = inner + 2 * metrics.margin
    heading = _title(title, metrics, width)
    y = heading[-1].y + 10 if heading else 10
    placed = []
    for row, first in enumerate(range(0, len(stops), columns)):
        cards = [_Card(stop, card - 2 * PADDING) for stop in stops[first : first + columns]]
        height = max(one.height for one in cards)
        for place, one in enumerate(cards):
            column = place if row % 2 == 0 else columns - 1 - place
            x = metrics.margin + column * (card + metrics.gap)
            swing = -SWING if (first + place) % 2 else SWING
            centre = x + card / 2, y + BAND / 2 + swing
            placed.append(one.placed(first + place + 1, centre, Box(x, y + BAND, card, height)))
        y += BAND + height + ROW_GAP
    legend = _legend(stops, metrics.margin / 2, y + 8, width - metrics.margin)
    stretches, start, end = _road(placed, columns, metrics, width)
    height = max(entry.box.y + entry.box.height for entry in legend) + 18
    return Road(width, height, heading, tuple(placed), stretches, start, end, legend)


def _title(title, metrics, width):
    size = metrics.title
    lines = wrap(title, width - metrics.margin, size, bold=True, max_lines=3)
    return tuple(
        Words(text, metrics.margin / 2, 22 + size * (1.12 * place + 0.8), size, bold=True)
        for place, text in enumerate(lines)
    )


# --- what a card says ------------------------------------------------------------------------------------


class _Card:
    """The contents of a card with its corner at 0, 0, and its height."""

    def __init__(self, stop, width):
        self.stop, self.words, self.signs, self.tag, self.people_at = stop, [], [], None, None
        self.y, self.width = PADDING, width
        if not stop.is_active:
            self.tag = Box(PADDING, self.y, text_width(NOT_NOW, 14, bold=True) + 22, 24)
            self.words.append(Words(NOT_NOW, PADDING + 11, self.y + 17, 14, bold=True, quiet=True))
            self.y += 32
        self._write(stop.name, 22, most=3, bold=True)
        self._write(stop.canonical, 14.5, most=2, quiet=True)
        self._write(stop.today or stop.meaning, 15.5, most=4, quiet=not stop.today, above=7)
        self._post_signs(stop)
        if stop.people:
            self.y += 9
            self.people_at = PADDING + 6, self.y + 12.5
            self._write(" · ".join(stop.people), 15, most=3, indent=19)
        self.height = self.y + PADDING - 4

    def _write(self, text, size, *, most, bold=False, quiet=False, above=0.0, indent=0.0):
        lines = wrap(text, self.width - indent, size, bold=bold, max_lines=most)
        self.y += above if lines else 0
        for line in lines:
            self.words.append(Words(line, PADDING + indent, self.y + size * 0.86, size, bold, quiet))
            self.y += size * 1.22

    def _post_signs(self, stop):
        wanted = [*((label, True) for label in stop.own_elements), *((label, False) for label in stop.elements)]
        shown = wanted if len(wanted) <= MOST_SIGNS else wanted[: MOST_SIGNS - 1]
        signs = [(*one, False) for one in shown]
        if len(wanted) > len(shown):
            signs.append((f"y {len(wanted) - len(shown)} más", False, True))
        x, y = 0.0, self.y + 9
        for label, is_own, more in signs:
            before, after = (9 + SIGN_MARK if is_own else 9), (0 if more else SIGN_TIP + 4)
            text = "".join(wrap(label, self.width - before - after, SIGN_SIZE, bold=is_own, max_lines=1))
            if not text:
                continue
            width = before + text_width(text, SIGN_SIZE, bold=is_own) + after
            if x and x + width > self.width:
                x, y = 0.0, y + SIGN_HEIGHT + SIGN_GAP
            words = Words(text, PADDING + x + before, y + SIGN_HEIGHT * 0.7, SIGN_SIZE, bold=is_own)
            self.signs.append(Sign(Box(PADDING + x, y, width, SIGN_HEIGHT), words, is_own, more))
            x += width + SIGN_GAP
            self.y = y + SIGN_HEIGHT

    def placed(self, number, centre, box):
        words, signs = tuple(self.words), tuple(self.signs)
        people = range(min(len(self.stop.people), MOST_FIGURES))
        figures = tuple((centre[0] + STOP_RADIUS + FIGURE * (place + 0.6), box.y) for place in people)
        return PlacedStop(self.stop, number, centre, box, words, signs, self.tag, self.people_at, figures)


def _legend(stops, left, y, width):
    """What the signs mean, one after the other; only those that there are."""
    shown = {
        "active": "Paso que usamos",
        "inactive": f"Paso apagado: {NOT_NOW}" if not all(stop.is_active for stop in stops) else "",
        "method": METHOD_SIGN if any(stop.elements for stop in stops) else "",
        "own": OWN_SIGN if any(stop.own_elements for stop in stops) else "",
        "people": "Personas que participan" if any(stop.people for stop in stops) else "",
    }
    entries, x = [], 0.0
    for kind, label in shown.items():
        if not label:
            continue
        wide = 34 + text_width(label, LEGEND_SIZE)
        if x and x + wide > width:
            x, y = 0.0, y + 26
        words = Words(label, left + x + 34, y + 16, LEGEND_SIZE, quiet=True)
        entries.append(LegendEntry(kind, Box(left + x, y, wide, 22), words))
        x += wide + 24
    return tuple(entries)


# --- the road --------------------------------------------------------------------------------------------


def _road(placed, columns, metrics, width):
    """(stretches, start, end): a stretch up to each stop, and one more from the last to the end."""
    side = metrics.margin / 2
    first, last = placed[0], placed[-1]
    start = side, first.centre[1]
    ahead = 1 if _row(last, columns) % 2 == 0 else -1
    reach = last.box.width / 2 + side
    end = last.centre[0] + ahead * reach, last.centre[1]
    stretches = [f"M{_at(*start)}H{number(first.centre[0])}"]
    for one, other in pairwise(placed):
        turns = _row(one, columns) != _row(other, columns)
        stretches.append(_turn(one, other, columns, side, width) if turns else _wave(one.centre, other.centre))
    stretches.append(f"M{_at(*last.centre)}H{number(end[0])}")
    return tuple(stretches), start, end


def _row(placed, columns):
    return (placed.number - 1) // columns


def _wave(one, other):
    """From stop to stop, level at both: never higher or lower than either."""
    middle = (one[0] + other[0]) / 2
    return f"M{_at(*one)}C{_at(middle, one[1])} {_at(middle, other[1])} {_at(*other)}"


def _turn(one, other, columns, side, width):
    """Out to the margin, down along it and back."""
    right = _row(one, columns) % 2 == 0
    edge, inward = (width - side, -1) if right else (side, 1)
    (x1, y1), (x2, y2) = one.centre, other.centre
    bend = f"A{TURN} {TURN} 0 0 {int(right)} "
    return (
        f"M{_at(x1, y1)}H{number(edge + inward * TURN)}{bend}{_at(edge, y1 + TURN)}"
        f"V{number(y2 - TURN)}{bend}{_at(edge + inward * TURN, y2)}H{number(x2)}"
    )


def _at(x, y):
    return f"{number(x)} {number(y)}"
