"""The picture on the cover: the organisation in the middle of its rings of allies, in its own colours."""

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
    """The cover's background as SVG, one unit per millimetre: colour field, rings, and an accent line under it."""
    colours = palette(brand)
    width, height = page_mm
    field = height * FIELD
    scale = min(width, height) / 215.9
    x, y = width * 0.735, field * 0.36
    shapes = [f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>']
    shapes.append(f'<rect width="{width:g}" height="{field:.2f}" fill="{colours["primary"]}"/>')
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
    # The rings end where the field does: the white foot is drawn over them.
    shapes.append(f'<rect y="{field:.2f}" width="{width:g}" height="{height - field:.2f}" fill="#ffffff"/>')
    shapes.append(f'<rect y="{field:.2f}" width="{width:g}" height="{2.2 * scale:.2f}" fill="{colours["accent"]}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width:g} {height:g}">{"".join(shapes)}</svg>'
    )
