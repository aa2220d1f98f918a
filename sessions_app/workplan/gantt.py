"""The Gantt of a plan de trabajo as SVG: months as columns, a bar per activity. Pure.

Presentation attributes only, so that the screen, the PDF and Word show the same drawing. Nothing is told by colour
alone: an activity is a solid bar, a sub-activity a striped one, what only its sub-activities date is a bracket, and
what lasts too little to be seen is a diamond; every one says its code and its dates in words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from alianzas.dates import SHORT_MONTHS
from alianzas.exports.text import one_line
from alianzas.textfit import text_width, wrap

from .periods import show

MAX_MONTHS = 60
LABEL_WIDTH, ROW_HEIGHT, HEAD_HEIGHT, BAR_HEIGHT, MARGIN = 268, 36, 50, 16, 12
CHART_WIDTH, NARROWEST, WIDEST = 960, 26, 84
LEAST_BAR = 9
INK, SOFT, LINE, BAND, PAPER = "#22262b", "#5b6169", "#d9d3c7", "#f6f2ea", "#ffffff"
FONT = "'Source Sans 3', 'Source Sans 3 Variable', sans-serif"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Bar:
    """What is drawn of a row; `is_span` when its dates are only those of its sub-activities."""

    code: str
    title: str
    start: date | None
    end: date | None
    is_child: bool = False
    is_span: bool = False


@dataclass(frozen=True)
class PlacedBar:
    """A bar with its place on the drawing."""

    bar: Bar
    y: float
    x: float
    width: float


@dataclass(frozen=True)
class Month:
    """A column."""

    first: date
    x: float
    width: float


@dataclass(frozen=True)
class Chart:
    """Everything placed. `undated` and `beyond` (outside the five years that are drawn) are told apart in words."""

    width: float
    height: float
    months: tuple[Month, ...]
    bars: tuple[PlacedBar, ...]
    undated: tuple[Bar, ...]
    beyond: tuple[Bar, ...]


def lay_out(bars: Sequence[Bar], months: Sequence[date] = ()) -> Chart:
    """Columns from the month of the first bar to that of the last; `months` (from `months_of`) fixes them instead."""
    dated = [bar for bar in bars if bar.start and bar.end]
    months = list(months or months_of(dated))
    width = min(WIDEST, max(NARROWEST, CHART_WIDTH / max(1, len(months))))
    columns = tuple(Month(first, LABEL_WIDTH + number * width, width) for number, first in enumerate(months))
    end = _next_month(months[-1]) if months else None
    inside = [bar for bar in dated if months and bar.start < end and bar.end >= months[0]]
    placed = []
    for number, bar in enumerate(inside):
        left = _place(max(bar.start, months[0]), columns)
        right = _place(min(bar.end, end), columns, 1) if bar.end < end else columns[-1].x + width
        placed.append(PlacedBar(bar, HEAD_HEIGHT + number * ROW_HEIGHT, left, right - left))
    return Chart(
        width=LABEL_WIDTH + len(columns) * width + MARGIN,
        height=HEAD_HEIGHT + len(placed) * ROW_HEIGHT + MARGIN,
        months=columns,
        bars=tuple(placed),
        undated=tuple(bar for bar in bars if not (bar.start and bar.end)),
        beyond=tuple(bar for bar in dated if bar not in inside),
    )


def months_of(bars: Sequence[Bar]) -> list[date]:
    """The first days of the months that the bars touch, five years at most from the first."""
    dated = [bar for bar in bars if bar.start and bar.end]
    if not dated:
        return []
    first, last = min(bar.start for bar in dated), max(bar.end for bar in dated)
    count = min(MAX_MONTHS, (last.year - first.year) * 12 + last.month - first.month + 1)
    months = [first.replace(day=1)]
    while len(months) < count:
        months.append(_next_month(months[-1]))
    return months


def parts(bars: Sequence[Bar], at_most: int) -> list[list[Bar]]:
    """The bars in groups for a page each; an activity stays with its sub-activities where they fit together."""
    found: list[list[Bar]] = []
    for number, bar in enumerate(bars):
        below = 0
        if not bar.is_child:
            rest = bars[number + 1 :]
            below = next((place for place, one in enumerate(rest) if not one.is_child), len(rest))
        used = len(found[-1]) if found else at_most
        if used >= at_most or (used + 1 + below > at_most and 1 + below <= at_most):
            found.append([])
        found[-1].append(bar)
    return found


def _next_month(first):
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _place(day, columns, later=0):
    """Where a day begins (or ends, with `later=1`) on the drawing."""
    first = columns[0].first
    column = columns[(day.year - first.year) * 12 + day.month - first.month]
    length = (_next_month(column.first) - column.first).days
    return column.x + column.width * (day.day - 1 + later) / length


# ── Drawing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def draw(chart: Chart, *, title: str, colour: str, id_prefix: str = "gantt", today: date | None = None) -> str:
    """The chart as an SVG string; `colour` is the organisation's, dark enough to be read on white."""
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"not a colour like #1d4a52: {colour!r}")
    prefix = re.sub(r"[^\w-]", "", id_prefix, flags=re.ASCII)[:40] or "gantt"
    width, height = _n(chart.width), _n(chart.height)
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"',
            f' role="img" aria-labelledby="{prefix}-title {prefix}-desc" font-family="{FONT}">',
            f'<title id="{prefix}-title">{_t(title)}</title>',
            f'<desc id="{prefix}-desc">{_t(describe(chart), 6000)}</desc>',
            f'<defs><pattern id="{prefix}-stripes" width="6" height="6" patternUnits="userSpaceOnUse">',
            f'<rect width="6" height="6" fill="{PAPER}"/>',
            f'<path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="{colour}" stroke-width="1.6"/></pattern></defs>',
            f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
            *_grid(chart),
            *_today(chart, today),
            *(part for placed in chart.bars for part in _row(placed, chart, colour, prefix)),
            "</svg>",
        ]
    )


def describe(chart: Chart) -> str:
    """The same in words."""
    said = [
        f"{placed.bar.code} {one_line(placed.bar.title)}: {show(placed.bar.start, placed.bar.end)}"
        for placed in chart.bars
    ]
    return "; ".join(said) + "." if said else "Todavía no hay actividades con fecha."


def _grid(chart):
    bottom = _n(chart.height - MARGIN)
    for number, placed in enumerate(chart.bars):
        if number % 2 == 0:
            yield f'<rect x="0" y="{_n(placed.y)}" width="{_n(chart.width)}" height="{ROW_HEIGHT}" fill="{BAND}"/>'
    for number, month in enumerate(chart.months):
        starts_year = number == 0 or month.first.month == 1
        top = 4 if starts_year else 26
        yield (f'<path d="M{_n(month.x)} {top}V{bottom}" stroke="{LINE}" stroke-width="{1.6 if starts_year else 1}"/>')
        if starts_year:
            yield _text(month.first.year, month.x + 5, 19, 14, INK, bold=True)
        name = SHORT_MONTHS[month.first.month - 1]
        yield _text(name if month.width >= 30 else name[0].upper(), month.x + 5, 40, 12.5, SOFT)
    if chart.months:
        right = chart.months[-1].x + chart.months[-1].width
        yield f'<path d="M{_n(right)} 26V{bottom}M0 {HEAD_HEIGHT}H{_n(right)}" fill="none" stroke="{LINE}"/>'


def _today(chart, today):
    if today and chart.months and chart.months[0].first <= today < _next_month(chart.months[-1].first):
        x = _n(_place(today, chart.months))
        line = f'<path d="M{x} 26V{_n(chart.height - MARGIN)}" stroke="{INK}" stroke-width="1.4"'
        yield f'{line} stroke-dasharray="2 4"/>'
        yield _text("hoy", float(x), 24, 11.5, INK, bold=True, anchor="middle")


def _row(placed, chart, colour, prefix):
    bar, middle = placed.bar, placed.y + ROW_HEIGHT / 2
    period = show(bar.start, bar.end)
    yield f"<g><title>{_t(f'{bar.code} {bar.title}: {period}')}</title>"
    yield from _label(bar, middle)
    yield _shape(placed, middle, colour, prefix)
    yield from _dates(f"{bar.code} · {period}", placed, chart, middle)
    yield "</g>"


def _label(bar, middle):
    left = 30 if bar.is_child else 8
    size = 13 if bar.is_child else 14
    bold = not bar.is_child
    code_width = text_width(f"{bar.code}  ", size, bold=bold)
    yield _text(bar.code, left, middle + (4.5 if bar.is_child else 5), size, SOFT, bold=bold)
    lines = wrap(bar.title, LABEL_WIDTH - left - code_width - 10, size, bold=bold)
    first = middle + 4.5 - (len(lines) - 1) * 7.5
    for number, words in enumerate(lines):
        yield _text(words, left + code_width, first + number * 15, size, INK, bold=bold)


def _shape(placed, middle, colour, prefix):
    bar, x, top = placed.bar, placed.x, middle - BAR_HEIGHT / 2
    right = x + placed.width
    if placed.width < LEAST_BAR:
        centre = x + placed.width / 2
        fill = f"url(#{prefix}-stripes)" if bar.is_child else colour
        path = f"M{_n(centre)} {_n(top)}L{_n(centre + 8)} {_n(middle)}L{_n(centre)} {_n(middle + 8)}"
        path += f"L{_n(centre - 8)} {_n(middle)}Z"
        return f'<path d="{path}" fill="{fill}" stroke="{colour}" stroke-width="1.6"/>'
    if bar.is_span:
        path = f"M{_n(x + 1)} {_n(middle + 6)}V{_n(middle - 4)}H{_n(right - 1)}V{_n(middle + 6)}"
        return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.6"/>'
    fill = f"url(#{prefix}-stripes)" if bar.is_child else colour
    return (
        f'<rect x="{_n(x)}" y="{_n(top)}" width="{_n(placed.width)}" height="{BAR_HEIGHT}" rx="3" fill="{fill}"'
        f' stroke="{colour}" stroke-width="1.4"/>'
    )


def _dates(label, placed, chart, middle):
    """Code and dates beside the bar: to its right, to its left, or on it where neither has room."""
    size, gap = 12, 12
    width, right, edge = text_width(label, size), placed.x + placed.width, chart.width - 4
    if right + gap + width <= edge:
        yield _text(label, right + gap, middle + 4.2, size, SOFT)
    elif placed.x - gap - width >= LABEL_WIDTH:
        yield _text(label, placed.x - gap, middle + 4.2, size, SOFT, anchor="end")
    else:
        centre = min(max(placed.x + placed.width / 2, LABEL_WIDTH + width / 2 + 6), edge - width / 2 - 6)
        yield (
            f'<rect x="{_n(centre - width / 2 - 5)}" y="{_n(middle - 7.5)}" width="{_n(width + 10)}" height="15"'
            f' rx="7.5" fill="{PAPER}"/>'
        )
        yield _text(label, centre, middle + 4.2, size, INK, anchor="middle")


def _text(value, x, y, size, fill, *, bold=False, anchor="start"):
    extra = ' font-weight="700"' if bold else ""
    extra += f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" font-size="{size}" fill="{fill}"{extra}>{_t(value)}</text>'


def _t(value, limit=400):
    return escape(one_line(str(value))[:limit])


def _n(value):
    return f"{float(value):.1f}".removesuffix(".0")
