"""The Línea de Posibilidad as one SVG: a dot for each person, nobody's name; before above, after below. Pure.

The moment is told by its words and by the shape of its dots (rings before, discs after), never by colour alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alianzas.textfit import wrap
from sysmap.marks import DEFAULT_PALETTE, Palette, line, number, opening, rect
from sysmap.words import counted

from .spread import HIGH, Line, middle, stacked

WIDE, NARROW = 760, 340
MARGIN, LABEL, EDGE = 24, 96, 16  # of the picture; for the words at the left of a wide one; beside the line
DOT, MOST_HIGH = 7, 96  # radius of a dot; the highest that a pile may be
QUESTION_SIZE, SIZE = 17, 14


@dataclass(frozen=True)
class Row:
    """One reading in the picture: when it was, and the positions in each question."""

    label: str
    spread: Mapping[str, Sequence[int]]
    is_after: bool = False


@dataclass(frozen=True)
class _Sheet:
    """Where things lie across: a narrow picture has its words over each line, a wide one at its left."""

    width: float
    palette: Palette

    @property
    def margin(self):
        return MARGIN if self.width == WIDE else EDGE

    @property
    def label(self):
        return LABEL if self.width == WIDE else 0

    def x(self, value):
        left, right = self.margin + (self.label or DOT), self.width - self.margin - (EDGE if self.label else DOT)
        return left + (right - left) * value / HIGH


def picture(
    lines: Sequence[Line],
    rows: Sequence[Row],
    *,
    title: str,
    width: float = WIDE,
    id_prefix: str = "posibilidad",
    palette: Palette = DEFAULT_PALETTE,
) -> str:
    """The questions one below the other, each with a row of dots for every reading; `width` is WIDE or NARROW."""
    sheet, parts, y = _Sheet(width, palette), [], EDGE
    for one in lines:
        drawn, y = _question(one, rows, y, sheet)
        parts += drawn
    return "".join(
        [
            opening(width, y, title=title, description=description_of(lines, rows), id_prefix=id_prefix),
            rect(0, 0, width, y, fill=palette.paper),
            *parts,
            "</svg>",
        ]
    )


def description_of(lines: Sequence[Line], rows: Sequence[Row]) -> str:
    """The picture in words, for whoever does not see it."""
    return " ".join(
        f"{one.text} " + " ".join(f"{row.label}: {one.told(row.spread.get(one.key, ()))}" for row in rows)
        for one in lines
    )


def _question(one, rows, y, sheet):
    parts, palette = [], sheet.palette
    for words in wrap(one.text, sheet.width - 2 * sheet.margin, QUESTION_SIZE, bold=True, max_lines=4):
        y += QUESTION_SIZE + 4
        parts.append(line(words, sheet.margin, y, QUESTION_SIZE, palette.ink, bold=True))
    y += 10
    for row in rows:
        drawn, y = _row(one, row, y, sheet)
        parts += drawn
    for value, label in one.marks:
        anchor = "start" if value == 0 else "end" if value == HIGH else "middle"
        parts.append(line(label, sheet.x(value), y + 20, SIZE, palette.muted, anchor=anchor))
    return parts, y + 44


def _row(one, row, y, sheet):
    values, palette = row.spread.get(one.key, ()), sheet.palette
    people = counted(len(values), "persona", "personas")
    piles = stacked(values)
    highest = max((count for _, count in piles), default=1)
    step = min(2 * DOT + 2, MOST_HIGH / highest)
    base = y + max(highest, 2) * step + (22 if sheet.label else 34)
    if sheet.label:
        parts = [
            line(row.label, sheet.margin, base - 12, SIZE, palette.ink, bold=True),
            line(people, sheet.margin, base + 4, SIZE - 1, palette.muted),
        ]
    else:
        parts = [line(f"{row.label} · {people}", sheet.margin, y + 18, SIZE, palette.ink, bold=True)]
    parts.append(_stroke(f"M{number(sheet.x(0))} {number(base)}H{number(sheet.x(HIGH))}", palette))
    for value, _ in one.marks:
        parts.append(_stroke(f"M{number(sheet.x(value))} {number(base)}v6", palette))
    for value, count in piles:
        places = [base - DOT - 3 - pile * step for pile in range(count)]
        parts += [_dot(sheet.x(value), place, row.is_after, palette) for place in places]
    if not values or one.is_closed:
        return parts, base + 10
    return [*parts, _middle(sheet.x(middle(values)), base, middle(values), palette)], base + 24


def _stroke(path, palette):
    return f'<path d="{path}" stroke="{palette.ink}" stroke-width="2"/>'


def _dot(x, y, is_after, palette):
    place = f'cx="{number(x)}" cy="{number(y)}" r="{number(DOT - 1)}"'
    fill = palette.accent if is_after else palette.label
    return f'<circle {place} fill="{fill}" stroke="{palette.accent}" stroke-width="2"/>'


def _middle(x, base, value, palette):
    """A wedge under the line where the person in the middle stands."""
    wedge = f'<path d="M{number(x)} {number(base + 2)}l6 10h-12Z" fill="{palette.ink}"/>'
    anchor, shift = ("end", -10) if value > 65 else ("start", 10)
    return wedge + line(f"en medio: {value}", x + shift, base + 16, SIZE - 1, palette.ink, anchor=anchor)
