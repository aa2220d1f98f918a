"""The ring map of the 5Rs as one SVG (domain §4.3, §5): on screen, in the PDF, rasterised for Word, as a wall poster.

Nothing is told by colour alone: a relation is also its ring and a kind of line (double, single, dashed,
zigzag), a result is also its half and a drawn plus or minus.
"""

from collections.abc import Collection, Sequence

from alianzas.textfit import ELLIPSIS, clean, shorten, text_width, wrap

from .arrows import route, taken
from .layout import MapLayout
from .marks import (
    DEFAULT_PALETTE,
    Palette,
    arrow,
    bond,
    field_mark,
    line,
    number,
    opening,
    rect,
    result_mark,
    text,
)
from .packing import EXPONENT
from .words import RELATION_LABELS, RESULT_LABELS, UNDEFINED

HALF_LABELS = {"positive": "POSITIVOS", "negative": "NEGATIVOS"}

NAME_TOP, NAME_SIZE, NAME_LEADING, BODY_SIZE, BODY_LEADING = 29.5, 14, 15.5, 12, 13.3
TAG_SIZE = 10.5
# Handle that makes a cubic follow the superellipse within 0.25 % of its semi-axes (a circle takes 0.552).
_HANDLE = (8 * 1.002 * 2 ** (-1 / EXPONENT) - 4) / 3
_LEGEND_MARKS = (
    ("positive", "Resultado positivo"),
    ("negative", "Resultado negativo"),
    ("resource", "Recurso"),
    ("rule", "Regla"),
)


def map_svg(
    layout: MapLayout,
    organization_name: str,
    *,
    title: str,
    description: str,
    legend: bool = True,
    id_prefix: str = "map",
    interactive: bool = False,
    faint: Collection[str] = (),
    arrows: Sequence[tuple[str, str, str]] = (),
    ghost_label: str = "Papel que falta",
    scale: float | None = None,
    palette: Palette = DEFAULT_PALETTE,
) -> str:
    """The picture of a layout as an SVG string.

    Cards whose key is in ``faint`` step back. ``arrows`` are (key, from, to) with the keys of two cards. ``scale``
    sets width and height in user units times it (posters, rasterising); without it the picture fills what holds it.
    With ``interactive`` every card takes focus and is a button, and the whole is a group instead of one image, since
    an image may hold nothing to act upon.
    """
    cards = (*layout.cards, *layout.tray)
    lines, heads = _arrows(arrows, layout, palette)
    parts = [
        opening(
            layout.width,
            layout.height,
            title=title,
            description=description,
            id_prefix=id_prefix,
            role="group" if interactive else "img",
            scale=scale,
        ),
        rect(0, 0, layout.width, layout.height, fill=palette.paper),
        *_rings(layout, palette),
        *_centre(layout, organization_name, palette),
        *_halves(layout, palette),
        *(_legend(layout, palette, ghost_label) if legend else ()),
        *_tray_panel(layout, palette),
        *lines,
        *(part for placed in cards for part in _card(placed, palette, interactive, placed.card.key in faint)),
        *heads,
        "</svg>",
    ]
    return "".join(parts)


def _arrows(pairs, layout, palette):
    """Lines and heads of the arrows, apart: cards lie between them."""
    if not pairs:
        return (), ()
    cells, size = taken(layout), (layout.width, layout.height)
    routes = [(key, route(layout.find(start).box, layout.find(end).box, cells, size)) for key, start, end in pairs]
    drawn = [arrow(key, curve, palette) for key, curve in routes if curve]
    return [line for line, _ in drawn], [head for _, head in drawn]


# --- ground ----------------------------------------------------------------------------------------------


def _rings(layout, palette):
    cx, cy = layout.centre
    for ring in reversed(layout.rings):
        yield f'<path d="{_oval(layout, ring.outer)}" fill="{palette.tone(ring.relation).band}"/>'
    outer = layout.rings[-1].outer
    yield f'<path d="{_oval(layout, outer, half=True)}" fill="{palette.ink}" fill-opacity="0.04"/>'
    for ring in layout.rings:
        yield (
            f'<path d="{_oval(layout, ring.outer)}" fill="none" stroke="{palette.tone(ring.relation).ink}"'
            f' stroke-width="1.3" stroke-opacity="0.45"/>'
        )
    yield (
        f'<path d="M{number(cx)} {number(cy - outer.b)}V{number(cy + outer.b)}" stroke="{palette.ink}"'
        f' stroke-width="1.4" stroke-opacity="0.5" stroke-dasharray="1 5" stroke-linecap="round"/>'
    )
    for ring in layout.rings:
        label, ink = RELATION_LABELS[ring.relation], palette.tone(ring.relation).ink
        width = text_width(label, 13, bold=True) + 20
        x, y = ring.label.centre[0], ring.label.y + 5
        yield rect(x - width / 2, y, width, 19, rx=9.5, fill=palette.label)
        yield line(label, x, y + 14, 13, ink, bold=True, anchor="middle")


def _oval(layout, oval, *, half=False):
    """Path of an edge of a ring, one cubic curve a quarter; only the right half if so asked."""
    (cx, cy), a, b = layout.centre, oval.a, oval.b
    quarters = [(0, -b, a, 0), (a, 0, 0, b), (0, b, -a, 0), (-a, 0, 0, -b)][: 2 if half else 4]
    path = f"M{number(cx)} {number(cy - b)}"
    for x1, y1, x2, y2 in quarters:
        first, second = (x1 + x2 * _HANDLE, y1 + y2 * _HANDLE), (x2 + x1 * _HANDLE, y2 + y1 * _HANDLE)
        points = first, second, (x2, y2)
        path += "C" + " ".join(f"{number(cx + x)} {number(cy + y)}" for x, y in points)
    return path + "Z"


def _centre(layout, name, palette):
    (cx, cy), core = layout.centre, layout.rings[0].inner
    yield f'<path d="{_oval(layout, core)}" fill="{palette.accent}"/>'
    for size, most in ((14, 3), (12, 4), (10.5, 5)):
        lines = wrap(name, 2 * core.a * 0.8, size, bold=True, max_lines=most)
        if not lines or not lines[-1].endswith(ELLIPSIS):
            break
    leading = size * 1.14
    first = cy + size * 0.35 - (len(lines) - 1) * leading / 2
    for index, words in enumerate(lines):
        yield line(words, cx, first + index * leading, size, palette.on_accent, bold=True, anchor="middle")


def _halves(layout, palette):
    for (result, label), box in zip(HALF_LABELS.items(), layout.half_labels, strict=True):
        left, y = result == "positive", box.y + 16
        mark, x = (box.x + 15, box.x + 38) if left else (box.x + box.width - 15, box.x + box.width - 38)
        yield result_mark(result, mark, y, palette.ink, palette.paper, radius=14)
        yield line(label, x, y + 6, 18, palette.ink, bold=True, anchor="start" if left else "end")


def _tray_panel(layout, palette):
    if box := layout.tray_box:
        tone = palette.undefined
        yield rect(box.x, box.y, box.width, box.height, rx=10, fill=tone.band, stroke=palette.line, stroke_width=1.2)
        yield line(UNDEFINED, box.x + 14, box.y + 18, 13, palette.ink, bold=True)


def _legend(layout, palette, ghost_label):
    left, right = layout.legend_boxes
    yield line("Relación", left.x, left.y + 12, 12, palette.muted, bold=True)
    for index, (relation, label) in enumerate(RELATION_LABELS.items()):
        y, tone = left.y + 32 + index * 19, palette.tone(relation)
        yield rect(left.x, y - 11.5, 34, 15, rx=1.5, fill=tone.note)
        yield bond(relation, left.x + 5, y - 4, 24, tone.ink)
        yield line(label, left.x + 42, y, 12, palette.ink)
    x = right.x + right.width - 120
    yield line("En cada nota", x, right.y + 12, 12, palette.muted, bold=True)
    marks = list(_LEGEND_MARKS)
    if any(placed.card.is_ghost for placed in (*layout.cards, *layout.tray)):
        marks.append(("ghost", ghost_label))
    for index, (mark, label) in enumerate(marks):
        y = right.y + 32 + index * 19
        if mark == "ghost":
            yield rect(x, y - 10, 14, 12, rx=1.5, **_ghost_outline(palette.undefined))
        elif mark in RESULT_LABELS:
            yield result_mark(mark, x + 7, y - 4, palette.ink, palette.paper)
        else:
            yield field_mark(mark, x + 7, y, palette.ink)
        yield from (line(words, x + 22, y, 12, palette.ink) for words in wrap(label, 100, 12, max_lines=1))


# --- cards -----------------------------------------------------------------------------------------------


def _card(placed, palette, interactive, is_faint):
    card, box = placed.card, placed.box
    label = text(" · ".join(_full_text(card)), 4000)
    extra = ' data-ghost="true"' if card.is_ghost else ""
    if is_faint:
        extra += ' opacity="0.22"'
    if interactive:
        extra += f' tabindex="0" role="button" aria-label="{label}"'
    yield (
        f'<g data-actor="{text(card.key)}" data-relation="{card.relation}" data-result="{card.result}"'
        f' data-sector="{text(card.sector)}"{extra}'
        f' transform="translate({number(box.x)} {number(box.y)})"><title>{label}</title>'
    )
    yield from _note(card, box, palette)
    yield from _words(card, box, palette)
    yield "</g>"


def _full_text(card):
    yield clean(card.name)
    if card.tag:
        yield clean(card.tag)
    if card.resource:
        yield f"Recurso: {clean(card.resource)}"
    if card.rule:
        yield f"Regla: {clean(card.rule)}"
    if card.holder:
        yield f"Le tocaría a: {clean(card.holder)}"
    yield f"Relación: {RELATION_LABELS.get(card.relation, UNDEFINED).lower()}"
    yield f"Resultado: {RESULT_LABELS.get(card.result, UNDEFINED).lower()}"


def _note(card, box, palette):
    tone = palette.tone(card.relation)
    if card.is_ghost:
        yield rect(0, 0, box.width, box.height, rx=2, fill=tone.band)
        yield rect(0, 0, box.width, box.height, rx=2, **_ghost_outline(tone))
    else:
        yield rect(1.5, 2.5, box.width, box.height, rx=2, fill=palette.ink, fill_opacity=0.13)
        edge = {"stroke": tone.ink, "stroke_width": 0.9, "stroke_opacity": 0.5}
        if card.tag:
            edge = {"stroke": tone.ink, "stroke_width": 2}
        ground = palette.label if card.is_quiet else tone.note
        yield rect(0, 0, box.width, box.height, rx=2, fill=ground, **edge)
    free = box.width - 35
    if card.tag:
        words = shorten(card.tag, free - 32, TAG_SIZE, bold=True)
        width = text_width(words, TAG_SIZE, bold=True) + 9
        free -= width + 4
        yield from _tag(words, box.width - 23 - width, width, tone, card.is_ghost)
    yield bond(card.relation, 9, 10.5, free, tone.ink)
    yield result_mark(card.result, box.width - 13.5, 10.5, tone.ink, tone.note, radius=6.5)


def _tag(words, x, width, tone, is_ghost):
    ink, ground = (tone.ink, "none") if is_ghost else (tone.note, tone.ink)
    yield rect(x, 3.5, width, 14, rx=7, fill=ground, stroke=tone.ink, stroke_width=1)
    yield line(words, x + width / 2, 14, TAG_SIZE, ink, bold=True, anchor="middle")


def _ghost_outline(tone):
    dashes = {"stroke": tone.ink, "stroke_width": 1.3, "stroke_dasharray": "6 4"}
    return {"fill": tone.note, "fill_opacity": 0.4, **dashes}


def _words(card, box, palette):
    """Name, resource and rule (or holder), sharing the lines the note has room for; the name comes first."""
    left, width, y = 9, box.width - 15, NAME_TOP
    for words in (name := wrap(card.name, width, NAME_SIZE, bold=True, max_lines=3)):
        yield line(words, left, y, NAME_SIZE, palette.ink, bold=True)
        y += NAME_LEADING
    y -= 1 if name else 0
    free = int((box.height - 4 - y) // BODY_LEADING) + 1
    field, body = ("rule", card.rule) if card.rule or not card.holder else ("holder", card.holder)
    resource, rule = (wrap(words, width - 11, BODY_SIZE, max_lines=free) for words in (card.resource, body))
    most = free - min(len(rule), (free + 1) // 2)
    if len(resource) > most:
        resource = wrap(card.resource, width - 11, BODY_SIZE, max_lines=most)
    if len(rule) > free - len(resource):
        rule = wrap(body, width - 11, BODY_SIZE, max_lines=free - len(resource))
    for mark, lines in (("resource", resource), (field, rule)):
        if lines:
            yield field_mark(mark, left + 3.5, y, palette.ink)
        for words in lines:
            yield line(words, left + 11, y, BODY_SIZE, palette.ink)
            y += BODY_LEADING
