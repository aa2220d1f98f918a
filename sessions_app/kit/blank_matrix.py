"""The empty 5Rs matrix for the wall, in wall order (domain §4.1, K-24). Pure."""

from alianzas.exports.blocks import Figure

COLUMNS = (
    ("ACTORES", "quién es y de qué sector"),
    ("ROLES", "el papel que de verdad juega; tres a lo más"),
    ("RECURSOS", "el predominante"),
    ("RELACIONES", "fuerte · colaborativa · débil · conflictiva"),
    ("REGLAS", "qué dicta el trato"),
    ("RESULTADOS", "positivo o negativo"),
)
WIDTH, HEAD, ROW = 1200, 84, 66
INK, LINE, PAPER = "#232b38", "#8b8577", "#f4efe4"


def blank_matrix(rows: int = 10) -> Figure:
    """A grid of six columns and `rows` empty rows, wide enough for a page on its side."""
    column, height = WIDTH / len(COLUMNS), HEAD + rows * ROW
    parts = [f'<rect x="0" y="0" width="{WIDTH}" height="{HEAD}" fill="{PAPER}"/>']
    for number, (name, hint) in enumerate(COLUMNS):
        x = number * column + 12
        parts.append(_text(x, 34, 21, name, "700"))
        parts += [_text(x, 56 + 17 * line, 13, words, "400") for line, words in enumerate(_two_lines(hint))]
    lines = [(n * column, 0, n * column, height) for n in range(len(COLUMNS) + 1)]
    lines += [(0, y, WIDTH, y) for y in (0, *(HEAD + n * ROW for n in range(rows + 1)))]
    parts += [
        f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke="{LINE}" stroke-width="1.5" fill="none"/>'
        for x1, y1, x2, y2 in lines
    ]
    box = f'width="{WIDTH}" height="{height}" viewBox="-2 -2 {WIDTH + 4} {height + 4}"'
    return Figure(
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(parts)}</svg>',
        "Matriz 5Rs vacía, para llenar a mano",
        full_page=True,
    )


def _text(x, y, size, words, weight):
    return (
        f'<text x="{x:g}" y="{y}" font-family="Source Sans 3, sans-serif" font-size="{size}" '
        f'font-weight="{weight}" fill="{INK}">{words}</text>'
    )


def _two_lines(hint, limit=26):
    first, rest = "", hint.split()
    while rest and len(first) + len(rest[0]) < limit:
        first = f"{first} {rest.pop(0)}".strip()
    return [first, " ".join(rest)] if rest else [first]
