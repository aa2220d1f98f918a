"""Answers typed for a whole room, one per line: «estrategia | por qué | quién». No Django here."""

from dataclasses import dataclass

from alianzas.bullets import without_bullet
from alianzas.pasting import header_columns

MOST_LINES = 100
SEPARATORS = ("\t", "|")  # the first one found in a line divides it; the tab comes from a spreadsheet
TITLES = {
    "text": ("estrategia", "estrategias", "texto", "respuesta", "respuestas", "qué", "la estrategia", "idea"),
    "why": ("por qué", "porqué", "razón", "motivo", "el porqué", "y por qué"),
    "author": ("quién", "quién lo dice", "autoría", "nombre", "persona", "participante", "puesto", "cargo"),
}
PARTS = (("la estrategia", 600), ("el porqué", 600), ("quién lo dice", 200))


class QuickError(ValueError):
    """The text cannot be read; the message says in which line and what to do."""


@dataclass(frozen=True)
class Said:
    """One answer of one person."""

    text: str
    why: str = ""
    author: str = ""


def answers_in(text: str) -> list[Said]:
    """What was said in `text`, in order.

    Equal lines stay: two people may say the same. Raises QuickError and then nothing is to be kept.
    """
    lines = [(number, line.strip(" \r")) for number, line in enumerate(text.split("\n"), start=1)]
    lines = [(number, line) for number, line in lines if line.strip(" \r\t|")]
    columns = header_columns(_parts(lines[0][1], 20), TITLES) if lines else None
    if columns and "text" in columns:
        del lines[0]
    else:
        columns = tuple(TITLES)
    if len(lines) > MOST_LINES:
        raise QuickError(f"Son {len(lines)} renglones y caben {MOST_LINES} de una vez. Captúralos en dos partes.")
    return [_said(number, line, columns) for number, line in lines]


def said_in(note: str) -> Said:
    """One answer, written on as many lines as people like. Raises QuickError."""
    return _said(1, " ".join(note.split("\n")))


def _said(number, line, columns=tuple(TITLES)):
    said = dict.fromkeys(TITLES, "")
    for column, part in zip(columns, _parts(line, max(3, len(columns))), strict=False):
        if column in said:
            said[column] = part
    parts = list(said.values())
    if not parts[0]:
        raise QuickError(f"Renglón {number}: falta la estrategia, que va antes de la primera barra.")
    for part, (name, most) in zip(parts, PARTS, strict=False):
        if len(part) > most:
            raise QuickError(
                f"Renglón {number}: {name} tiene {len(part)} caracteres y caben {most}. Acorta el texto o divídelo."
            )
    return Said(*parts)


def _parts(line, most):
    line = line if line.startswith(SEPARATORS) else without_bullet(line) or line
    separator = next((mark for mark in SEPARATORS if mark in line), "|")
    return [" ".join(part.split()) for part in line.split(separator, most - 1)]
