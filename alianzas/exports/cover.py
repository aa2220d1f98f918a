"""The picture on the cover, in the organisation's own colours: rings of allies, a weave, or plain paper."""

from math import cos, radians, sin

from alianzas.exports.blocks import Brand
from alianzas.exports.colours import palette

FIELD = 0.7  # part of the page's height that the colour covers

_RINGS = (19, 36, 55, 77, 102, 131)
# ring, degrees clockwise from the right, radius in mm, colour, joined to the centre
_NODES = (
    (0, 318, 2.2, "on-primary", True),
    (0, 152, 2.8, "accent", True),
    (1, 63, 2.4, "on-primary", True),
    (1, 208, 1.8, "on-primary", False),
    (2, 112, 3.4, "accent", True),
    (2, 181, 1.7, "ring", False),
    (2, 24, 1.9, "ring", False),
    (3, 154, 2.3, "on-primary", True),
    (3, 196, 2.0, "on-primary", False),
    (4, 172, 1.7, "ring", False),
    (5, 186, 1.9, "accent", False),
)


def cover_art(brand: Brand, page_mm: tuple[float, float]) -> str:
    """The cover's background as SVG, one unit per millimetre."""
    width, height = page_mm
    shapes = _STYLES[brand.cover](palette(brand), width, height, min(width, height) / 215.9)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width:g} {height:g}">{"".join(shapes)}</svg>'
    )


def _field(colours, width, height) -> list[str]:
    """White paper with the colour on the upper part."""
    return [
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
        f'<rect width="{width:g}" height="{height * FIELD:.2f}" fill="{colours["primary"]}"/>',
    ]


def _foot(colours, width, height, scale) -> list[str]:
    """What is drawn ends where the field does: the white foot goes over it, with the accent line between them."""
    field = height * FIELD
    return [
        f'<rect y="{field:.2f}" width="{width:g}" height="{height - field:.2f}" fill="#ffffff"/>',
        f'<rect y="{field:.2f}" width="{width:g}" height="{2.2 * scale:.2f}" fill="{colours["accent"]}"/>',
    ]


def _rings(colours, width, height, scale) -> list[str]:
    """The organisation in the middle of its rings of allies."""
    field = height * FIELD
    x, y = width * 0.735, field * 0.36
    shapes = _field(colours, width, height)
    rings = "".join(
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius * scale:.2f}" fill="none" '
        f'stroke="{colours["ring" if number < 4 else "ring-faint"]}" stroke-width="{0.45 * scale:.2f}"/>'
        for number, radius in enumerate(_RINGS)
    )
    shapes.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{_RINGS[3] * scale:.2f}" fill="{colours["depth"]}"/>')
    shapes.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{_RINGS[1] * scale:.2f}" fill="{colours["primary"]}"/>')
    shapes.append(rings)
    lines, nodes = [], []
    for ring, degrees, radius, colour, joined in _NODES:
        node_x = x + _RINGS[ring] * scale * cos(radians(degrees))
        node_y = y + _RINGS[ring] * scale * sin(radians(degrees))
        if not (-radius < node_x < width + radius and -radius < node_y < field - 3 * radius):
            continue
        if joined:
            lines.append(
                f'<line x1="{x:.2f}" y1="{y:.2f}" x2="{node_x:.2f}" y2="{node_y:.2f}" '
                f'stroke="{colours["ring"]}" stroke-width="{0.6 * scale:.2f}"/>'
            )
        nodes.append(f'<circle cx="{node_x:.2f}" cy="{node_y:.2f}" r="{radius * scale:.2f}" fill="{colours[colour]}"/>')
    shapes += lines + nodes
    shapes.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{7 * scale:.2f}" fill="{colours["on-primary"]}"/>')
    shapes.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{4.4 * scale:.2f}" fill="{colours["primary"]}"/>')
    return shapes + _foot(colours, width, height, scale)


def _weave(colours, width, height, scale) -> list[str]:
    """A basket weave, aslant in the upper corner: threads in pairs that cross the pairs beside them."""
    band, gap = 11 * scale, 3 * scale
    pair = 2 * (band + gap)
    x, y = width * 0.84, height * FIELD * 0.25
    threads = []
    for row in range(-4, 5):
        for column in range(-4, 5):
            if abs(row) + abs(column) > 4:
                continue
            for number in (0, 1):
                left, top = column * pair - pair / 2, row * pair - pair / 2
                wide, high = pair - gap, band
                if (row + column) % 2:
                    left, wide, high = left + number * (band + gap), high, wide
                else:
                    top += number * (band + gap)
                threads.append(
                    f'<rect x="{left:.2f}" y="{top:.2f}" width="{wide:.2f}" height="{high:.2f}" rx="{band / 2:.2f}" '
                    f'fill="{colours[_thread(row, column, number)]}"/>'
                )
    turned = f'<g transform="translate({x:.2f} {y:.2f}) rotate(45)">{"".join(threads)}</g>'
    return [*_field(colours, width, height), turned, *_foot(colours, width, height, scale)]


def _thread(row, column, number):
    """Few bright threads near the middle, the others in the shades of the field."""
    if (row, column, number) in ((0, 0, 0), (1, -1, 1), (0, 2, 1)):
        return "on-primary"
    if (row, column, number) in ((0, 1, 1), (1, 1, 0), (-1, 0, 1), (2, 0, 0)):
        return "accent"
    return "ring" if abs(row) + abs(column) < 3 and (row + number) % 2 else "depth"


def _paper(colours, width, height, scale) -> list[str]:
    """White paper: a band along the edge, fine rings, and a line above the foot. Little ink."""
    field, edge = height * FIELD, 9 * scale
    x, y = width * 0.8, field * 0.26
    rings = "".join(
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius * scale:.2f}" fill="none" stroke="{colours["primary-line"]}" '
        f'stroke-width="{0.35 * scale:.2f}"/>'
        for radius in _RINGS[:3]
    )
    nodes = "".join(
        f'<circle cx="{x + _RINGS[ring] * scale * cos(radians(degrees)):.2f}" '
        f'cy="{y + _RINGS[ring] * scale * sin(radians(degrees)):.2f}" r="{radius * scale:.2f}" '
        f'fill="{colours["accent" if colour == "accent" else "primary-text"]}"/>'
        for ring, degrees, radius, colour, joined in _NODES
        if ring < 3 and joined
    )
    return [
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
        rings,
        nodes,
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{6 * scale:.2f}" fill="{colours["primary-text"]}"/>',
        f'<rect width="{edge:.2f}" height="{height:g}" fill="{colours["primary"]}"/>',
        f'<rect x="{edge:.2f}" width="{1.4 * scale:.2f}" height="{height:g}" fill="{colours["accent"]}"/>',
        f'<rect x="{24 * scale:.2f}" y="{field:.2f}" width="{width - 48 * scale:.2f}" height="{0.5 * scale:.2f}" '
        f'fill="{colours["primary-line"]}"/>',
    ]


_STYLES = {"anillos": _rings, "tejido": _weave, "papel": _paper}
