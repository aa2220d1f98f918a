"""Trust over time as a line, drawn with presentation attributes only. Pure."""

from collections.abc import Sequence
from datetime import date
from math import ceil

from alianzas.exports.blocks import Figure
from alianzas.exports.svg import inline

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 220, 44, 30, 30, 40
INK, SOFT, GRID, MAIN = "#232b38", "#566072", "#e4ddd0", "#55398a"
LABELLED = 12  # more numbers than these would cover each other
SCALE = 10


def line(points: Sequence[tuple[date, float]], title: str) -> str:
    """The `<svg>` of some (day, trust), oldest first; "" when there are not two days to join."""
    if len({day for day, _ in points}) < 2:
        return ""
    first, last = points[0][0], points[-1][0]
    top = max(SCALE, ceil(max(value for _, value in points)))
    places = [
        (
            LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / (last - first).days,
            HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top,
            value,
        )
        for day, value in points
    ]
    drawn = [_rule(0), _text(LEFT - 8, HEIGHT - BOTTOM + 5, "0", "end"), _rule(1), _text(LEFT - 8, TOP + 5, top, "end")]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
    drawn.append(f'<polyline points="{path}" fill="none" stroke="{MAIN}" stroke-width="3" stroke-linejoin="round"/>')
    drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{MAIN}"/>' for x, y, _ in places]
    if len(places) <= LABELLED:
        drawn += [_text(x, y - 11, f"{value:g}", "middle", INK, 700) for x, y, value in places]
    drawn.append(_text(LEFT, HEIGHT - 12, f"{first:%d/%m/%Y}", "start"))
    drawn.append(_text(WIDTH - RIGHT, HEIGHT - 12, f"{last:%d/%m/%Y}", "end"))
    box = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Source Sans 3, sans-serif"'
    return inline(Figure(f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(drawn)}</svg>', title))


def _rule(share):
    y = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share
    return f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="{GRID}" stroke-width="1.5"/>'


def _text(x, y, said, anchor, colour=SOFT, weight=400):
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} font-size="15" font-weight="{weight}" fill="{colour}">{said}</text>'
