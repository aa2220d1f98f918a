"""Colours, marks and lines of text of the ring map, each a small piece of SVG.

Only presentation attributes: the subset that browsers under a strict CSP and WeasyPrint draw alike.
"""

import math
import re
from dataclasses import dataclass, fields, replace
from html import escape

from alianzas.textfit import clean

# Quoted: a bare name with a number in it is no valid CSS family, and browsers drop the whole attribute.
FONT = "'Source Sans 3', 'Source Sans 3 Variable', sans-serif"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def _check_colours(record):
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, str) and not _COLOUR.fullmatch(value):
            raise ValueError(f"not a colour like #1d4a52: {value!r}")


@dataclass(frozen=True)
class Tone:
    """Colours of one relation: the band of the ring, the note, and the ink of lines and marks upon both."""

    band: str
    note: str
    ink: str

    def __post_init__(self):
        _check_colours(self)


@dataclass(frozen=True)
class Palette:
    """Every colour of the picture; ``accent`` is the colour of the organisation or programme."""

    paper: str = "#fbf7ee"
    label: str = "#fffdf8"
    ink: str = "#26303a"
    muted: str = "#5f6266"
    line: str = "#cfc5b1"
    accent: str = "#1d4a52"
    strong: Tone = Tone("#e9f1e0", "#bfe0b9", "#2b6238")
    collaborative: Tone = Tone("#fbf2d7", "#fbe08d", "#7a5800")
    weak: Tone = Tone("#eaf1f4", "#c3dded", "#2a5877")
    conflictive: Tone = Tone("#f9e8de", "#f7bfa9", "#96341c")
    undefined: Tone = Tone("#f3ecdd", "#fffdf8", "#5f6266")

    def __post_init__(self):
        _check_colours(self)

    def tone(self, relation: str) -> Tone:
        """Colours of a relation, or of what has none yet."""
        return getattr(self, relation) if relation else self.undefined

    @property
    def on_accent(self) -> str:
        """Dark or light, whichever is read more easily on the accent."""
        red, green, blue = (int(self.accent[place : place + 2], 16) for place in (1, 3, 5))
        return self.ink if 0.3 * red + 0.59 * green + 0.11 * blue > 150 else "#ffffff"


DEFAULT_PALETTE = Palette()


def palette_of(organization) -> Palette:
    """The palette with the organisation's own colour as its accent."""
    return replace(DEFAULT_PALETTE, accent=organization.primary_color)


def number(value: float) -> str:
    """A length or coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def text(value, limit: int = 1000) -> str:
    """Text or attribute value, cleaned and escaped."""
    return escape(clean(value, limit))


def opening(width, height, *, title, description, id_prefix, role="img", scale=None) -> str:
    """The start of a picture: its size, its name and what it shows, whose ids begin with ``id_prefix``."""
    prefix = re.sub(r"[^\w-]", "", id_prefix, flags=re.ASCII)[:40] or "picture"
    size = "" if scale is None else f' width="{number(width * scale)}" height="{number(height * scale)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}"{size}'
        f' role="{role}" aria-labelledby="{prefix}-title {prefix}-desc" font-family="{FONT}">'
        f'<title id="{prefix}-title">{text(title)}</title><desc id="{prefix}-desc">{text(description, 5000)}</desc>'
    )


def line(value, x, y, size, fill, *, bold=False, anchor="start") -> str:
    """One line of text, already cleaned and measured by ``textfit``; ``y`` is its baseline."""
    extra = ' font-weight="700"' if bold else ""
    if anchor != "start":
        extra += f' text-anchor="{anchor}"'
    return f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{fill}"{extra}>{text(value)}</text>'


def rect(x, y, width, height, **attributes) -> str:
    """A rectangle; underscores in attribute names stand for hyphens."""
    extra = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"{extra}/>'


def bond(relation: str, x: float, y: float, length: float, ink: str) -> str:
    """The kind of line that stands for a relation, as in an ecomap: double, single, dashed, zigzag."""
    start, end, extra = number(x), number(x + length), ""
    path = f"M{start} {number(y)}H{end}"
    if relation == "strong":
        path = f"M{start} {number(y - 2)}H{end}M{start} {number(y + 2)}H{end}"
    elif relation == "weak":
        extra = ' stroke-dasharray="4 4"'
    elif relation == "conflictive":
        steps = range(1, int(length // 4) + 1)
        path = f"M{start} {number(y - 3)}" + "".join(f"l4 {6 if step % 2 else -6}" for step in steps)
        extra = ' stroke-linejoin="round"'
    elif not relation:
        return ""
    return f'<path d="{path}" fill="none" stroke="{ink}" stroke-width="1.8"{extra}/>'


def result_mark(result: str, x: float, y: float, ink: str, ground: str, radius: float = 7) -> str:
    """A disc with a plus or a minus; a ring with a question mark when nobody has decided."""
    place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
    if not result:
        ring = f'<circle {place} fill="none" stroke="{ink}" stroke-dasharray="2 2"/>'
        return ring + line("?", x, y + radius * 0.55, radius * 1.6, ink, bold=True, anchor="middle")
    reach = radius * 0.54
    path = f"M{number(x - reach)} {number(y)}H{number(x + reach)}"
    if result == "positive":
        path += f"M{number(x)} {number(y - reach)}V{number(y + reach)}"
    stroke = f'stroke="{ground}" stroke-width="{number(radius * 0.26)}" stroke-linecap="round"'
    return f'<circle {place} fill="{ink}"/><path d="{path}" {stroke}/>'


def field_mark(field: str, x: float, y: float, ink: str) -> str:
    """What stands before a resource (a diamond), a rule (a section sign) and who could take a role (somebody).

    ``y`` is the baseline.
    """
    if field == "holder":
        body = f"M{number(x - 3.4)} {number(y)}a3.4 3.9 0 0 1 6.8 0Z"
        return f'<circle cx="{number(x)}" cy="{number(y - 6.4)}" r="2" fill="{ink}"/><path d="{body}" fill="{ink}"/>'
    if field == "rule":
        return line("§", x, y, 11, ink, anchor="middle")
    return f'<path d="M{number(x)} {number(y - 7.2)}l3.2 3.2l-3.2 3.2l-3.2 -3.2Z" fill="{ink}"/>'


def arrow(key, route, palette: Palette) -> tuple[str, str]:
    """The line of an arrow along a cubic curve, given by its four points, and its head.

    They are apart so that the line may run under cards and the head lie on top of them.
    """
    (x1, y1), handle, (bx, by), (x2, y2) = route
    reach = math.hypot(x2 - bx, y2 - by)
    ux, uy = (x2 - bx) / reach, (y2 - by) / reach
    tip = min(14, math.hypot(x2 - x1, y2 - y1) / 2)
    side, back = tip * 0.42, (x2 - ux * tip, y2 - uy * tip)
    points = handle, (bx, by), (x2 - ux * tip * 0.8, y2 - uy * tip * 0.8)
    curve = f"M{_pair(x1, y1)}C" + " ".join(_pair(*point) for point in points)
    left, right = (back[0] + uy * side, back[1] - ux * side), (back[0] - uy * side, back[1] + ux * side)
    head = f"M{_pair(x2, y2)}L{_pair(*left)}L{_pair(*right)}Z"
    return (
        f'<g data-arrow="{text(key)}">'
        f'<path d="{curve}" fill="none" stroke="{palette.paper}" stroke-width="6" stroke-opacity="0.85"/>'
        f'<path d="{curve}" fill="none" stroke="{palette.accent}" stroke-width="2.4"/></g>',
        f'<path d="{head}" fill="{palette.accent}" stroke="{palette.paper}" stroke-width="1"/>',
    )


def _pair(x, y):
    return f"{number(x)} {number(y)}"
