"""Concept cards for small groups, eight to a page, to be cut along the dashed lines (S1.2). Pure."""

from html import escape

from alianzas.exports.blocks import Figure
from alianzas.textfit import wrap

COLUMNS, ROWS = 2, 4
CARD = (320, 204)  # units; the page scales them to its width
MARGIN, TERM, TERM_LEADING, TEXT, LEADING = 20, 19, 22, 14.5, 19
INK, SOFT, LINE = "#232b38", "#566072", "#8b8577"


def concept_cards(concepts) -> list[Figure]:
    """One figure per page of cards; each concept has `term` and `definition`."""
    a_page = COLUMNS * ROWS
    pages = [concepts[start : start + a_page] for start in range(0, len(concepts), a_page)]
    return [_page(page, number, len(pages)) for number, page in enumerate(pages, 1)]


def _page(concepts, number, count):
    width, height = COLUMNS * CARD[0], ROWS * CARD[1]
    cards = "".join(_card(one, place % COLUMNS, place // COLUMNS) for place, one in enumerate(concepts))
    cuts = "".join(
        f'<path d="M{x1} {y1}L{x2} {y2}" stroke="{LINE}" stroke-dasharray="6 5" fill="none"/>'
        for x1, y1, x2, y2 in [(x * CARD[0], 0, x * CARD[0], height) for x in range(COLUMNS + 1)]
        + [(0, y * CARD[1], width, y * CARD[1]) for y in range(ROWS + 1)]
    )
    box = f'width="{width}" height="{height}" viewBox="-2 -2 {width + 4} {height + 4}"'
    names = ", ".join(one.term for one in concepts)
    return Figure(
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{cuts}{cards}</svg>',
        f"Tarjetas de conceptos, hoja {number} de {count}: {names}",
        full_page=True,
    )


def _card(concept, column, row):
    x, y = column * CARD[0] + MARGIN, row * CARD[1] + MARGIN + TERM
    room = CARD[0] - 2 * MARGIN
    term = wrap(concept.term, room, TERM, bold=True)
    text = wrap(concept.definition, room, TEXT, max_lines=8 - len(term))
    below = y + TERM_LEADING * (len(term) - 1) + 27
    drawn = [_line(x, y + TERM_LEADING * number, TERM, INK, words, "700") for number, words in enumerate(term)]
    drawn += [_line(x, below + LEADING * number, TEXT, SOFT, words, "400") for number, words in enumerate(text)]
    return "".join(drawn)


def _line(x, y, size, colour, words, weight):
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="\'Source Sans 3\', sans-serif" font-size="{size}" '
        f'font-weight="{weight}" fill="{colour}">{escape(words)}</text>'
    )
