"""The road of a Ruta Crítica as one SVG: on screen, in the PDF, rasterised for Word, as a wall poster. Pure.

Nothing is told by colour alone: a step that is off is dashed, grey and says so; an element of the organisation's own
has a diamond before it and heavier letters.
"""

from sysmap.layout import Box
from sysmap.marks import DEFAULT_PALETTE, Palette, field_mark, line, number, opening, rect, text

from .road import ROAD_WIDTH, SIGN_TIP, STOP_RADIUS, Road
from .route import NOT_NOW

_FLAG = 46  # height of the flag at the end


def road_svg(
    road: Road, *, title: str, description: str, id_prefix: str = "road", palette: Palette = DEFAULT_PALETTE
) -> str:
    """The picture of a road as an SVG string that fills what holds it."""
    parts = [
        opening(road.width, road.height, title=title, description=description, id_prefix=id_prefix),
        rect(0, 0, road.width, road.height, fill=palette.paper),
        *(_words(words, palette) for words in road.title),
        *_asphalt(road, palette),
        *_ends(road, palette),
        *(part for placed in road.stops for part in _stop(placed, palette)),
        *(part for entry in road.legend for part in _legend(entry, palette)),
        "</svg>",
    ]
    return "".join(parts)


def description_of(road: Road) -> str:
    """The road in words, for whoever does not see it."""
    told = (
        f"{placed.number}, {placed.stop.name}" + ("" if placed.stop.is_active else f" ({NOT_NOW})")
        for placed in road.stops
    )
    return f"Un camino con {len(road.stops)} paradas, en orden: {'; '.join(told)}. La lista dice lo mismo en texto."


def _words(words, palette, ink=""):
    fill = ink or (palette.muted if words.quiet else palette.ink)
    return line(words.text, words.x, words.y, words.size, fill, bold=words.bold)


# --- the road --------------------------------------------------------------------------------------------


def _asphalt(road, palette):
    """Edges, the road upon them and its middle line; what leads to a step that is off is only a track."""
    is_open = [placed.stop.is_active for placed in road.stops]
    stretches = list(zip(road.stretches, [*is_open, True], strict=True))
    for path, is_paved in stretches:
        yield _path(path, palette.ink if is_paved else palette.muted, ROAD_WIDTH + 4, round_ends=True)
    for path, is_paved in stretches:
        yield _path(path, palette.accent if is_paved else palette.paper, ROAD_WIDTH, round_ends=True)
    for path, is_paved in stretches:
        ink, dashes = (palette.on_accent, "15 13") if is_paved else (palette.muted, "4 9")
        yield _path(path, ink, 2.4, stroke_dasharray=dashes)


def _path(path, stroke, width, *, round_ends=False, **attributes):
    if round_ends:
        attributes |= {"stroke_linecap": "round", "stroke_linejoin": "round"}
    extra = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{number(width)}"{extra}/>'


def _ends(road, palette):
    """A ring where the road starts, and where it arrives a flag that flies back over it."""
    (x, y), edge = road.end, f'stroke="{palette.ink}" stroke-linejoin="round"'
    yield _path(f"M{number(x)} {number(y)}v{-_FLAG}", palette.ink, 4, round_ends=True)
    back = 1 if x < road.stops[-1].centre[0] else -1
    flag = f"M{number(x)} {number(y - _FLAG)}h{30 * back}l{-8 * back} 10l{8 * back} 10h{-30 * back}Z"
    yield f'<path d="{flag}" fill="{palette.accent}" stroke-width="1.6" {edge}/>'
    for radius, (x, y) in ((9, road.start), (6, road.end)):
        place = f'cx="{number(x)}" cy="{number(y)}" r="{radius}"'
        yield f'<circle {place} fill="{palette.label}" stroke="{palette.ink}" stroke-width="2"/>'


# --- stops -----------------------------------------------------------------------------------------------


def _stop(placed, palette):
    stop, box = placed.stop, placed.box
    (x, y), is_active = placed.centre, stop.is_active
    yield f'<g data-stop="{text(stop.key)}" data-active="{"true" if is_active else "false"}">'
    post = f"M{number(x)} {number(y)}V{number(box.y)}"
    yield _path(post, palette.ink if is_active else palette.muted, 3)
    yield _disc(x, y, STOP_RADIUS, is_active, palette)
    yield line(str(placed.number), x, y + 9, 26, palette.on_accent if is_active else palette.muted, bold=True,
               anchor="middle")  # fmt: skip
    yield from (_person(*feet, palette.ink if is_active else palette.muted) for feet in placed.figures)
    yield f'<g transform="translate({number(box.x)} {number(box.y)})">'
    if is_active:
        yield rect(1.5, 3, box.width, box.height, rx=10, fill=palette.ink, fill_opacity=0.12)
    yield rect(0, 0, box.width, box.height, rx=10, fill=palette.label if is_active else palette.paper,
               **_edge(is_active, palette))  # fmt: skip
    if placed.tag:
        tag = placed.tag
        yield rect(tag.x, tag.y, tag.width, tag.height, rx=12, fill=palette.paper, **_edge(False, palette))
    ink = "" if is_active else palette.muted
    yield from (_words(words, palette, ink) for words in placed.words)
    yield from (part for sign in placed.signs for part in _sign(sign, palette, ink))
    if placed.people_at:
        yield field_mark("holder", *placed.people_at, ink or palette.ink)
    yield "</g></g>"


def _edge(is_active, palette):
    if is_active:
        return {"stroke": palette.ink, "stroke_width": 1.6}
    return {"stroke": palette.muted, "stroke_width": 1.6, "stroke_dasharray": "7 5"}


def _disc(x, y, radius, is_active, palette):
    place = f'cx="{number(x)}" cy="{number(y)}"'
    if not is_active:
        dashes = f'stroke="{palette.muted}" stroke-width="2.4" stroke-dasharray="6 4"'
        return f'<circle {place} r="{number(radius)}" fill="{palette.paper}" {dashes}/>'
    ring = f'<circle {place} r="{number(radius)}" fill="{palette.label}" stroke="{palette.ink}" stroke-width="2"/>'
    return ring + f'<circle {place} r="{number(radius * 0.84)}" fill="{palette.accent}"/>'


def _person(x, y, ink):
    """Somebody standing on (x, y)."""
    body = f"M{number(x - 5.2)} {number(y)}v-4a5.2 6 0 0 1 10.4 0v4Z"
    return f'<circle cx="{number(x)}" cy="{number(y - 14.5)}" r="3.7" fill="{ink}"/><path d="{body}" fill="{ink}"/>'


def _sign(sign, palette, ink):
    if not sign.more:
        yield from _signpost(sign.box, sign.is_own, palette, ink)
    yield _words(sign.words, palette, ink)


def _signpost(box, is_own, palette, ink=""):
    """A board that points on; `ink` takes the colour of everything where the step is off."""
    tip, middle, bottom = box.x + box.width, box.y + box.height / 2, box.y + box.height
    shape = (
        f"M{number(box.x)} {number(box.y)}H{number(tip - SIGN_TIP)}L{number(tip)} {number(middle)}"
        f"L{number(tip - SIGN_TIP)} {number(bottom)}H{number(box.x)}Z"
    )
    ground, stroke, weight = f'fill="{palette.paper}"', ink or palette.muted, 1
    if is_own:
        stroke, weight = ink or palette.accent, 2
        ground = ground if ink else f'fill="{palette.accent}" fill-opacity="0.14"'
    yield f'<path d="{shape}" {ground} stroke="{stroke}" stroke-width="{weight}" stroke-linejoin="round"/>'
    if is_own:
        yield field_mark("resource", box.x + 13, middle + 4, ink or palette.ink)


def _legend(entry, palette):
    x, y = entry.box.x, entry.box.y + entry.box.height / 2
    if entry.kind in ("active", "inactive"):
        yield _disc(x + 14, y, 9, entry.kind == "active", palette)
    elif entry.kind == "people":
        yield _person(x + 14, y + 9, palette.ink)
    else:
        yield from _signpost(Box(x, y - 8, 27, 16), entry.kind == "own", palette)
    yield _words(entry.words, palette)
