"""People pasted one per line, «puesto, nombre, organización», from a message or a spreadsheet. No Django here."""

from collections.abc import Sequence
from dataclasses import dataclass

from alianzas.bullets import without_bullet
from alianzas.names import same_name
from alianzas.pasting import IGNORED, header_columns

from .posts import reads_as_post

MOST_LINES = 200
LONGEST = 200  # characters of each part
SEPARATORS = ("\t", ";", ",")  # the first one found in a line divides it
SURNAME = "surname"
TITLES = {
    "post": (
        "puesto", "cargo", "puesto u ocupación", "puesto o cargo", "cargo o puesto", "función", "ocupación", "rol",
        "puestos", "cargos",
    ),
    "name": (
        "nombre", "nombre completo", "nombres", "nombre o alias", "alias", "nombre y apellidos", "nombre y apellido",
        "participante", "participantes", "persona", "personas", "asistente", "asistentes", "quién",
    ),
    SURNAME: ("apellidos", "apellido", "apellido paterno", "primer apellido"),
    "affiliation": (
        "organización", "institución", "dependencia", "procedencia", "organización de donde viene", "osc", "colectivo",
        "empresa", "organización o institución", "institución u organización", "organización/institución",
    ),
}  # fmt: skip
ORDER = ("post", "name", "affiliation")  # of a list without a header
CHOICES = {"post": "Puesto", "name": "Nombre o alias", "affiliation": "Organización", IGNORED: "No se guarda"}


class PasteError(ValueError):
    """The text cannot be read; the message says in which line and what to do."""


@dataclass(frozen=True)
class Person:
    post: str
    name: str = ""
    affiliation: str = ""


@dataclass(frozen=True)
class Pasted:
    """The cells of a pasted list, each line with its number, and what each column is.

    `is_plain` says whether that is certain: a header names the columns, there is one only, or all in it read as posts.
    """

    lines: tuple[tuple[int, tuple[str, ...]], ...]
    columns: tuple[str, ...]
    is_plain: bool
    has_header: bool


def read(text: str) -> Pasted:
    """What was pasted, before it is known to be people. Raises PasteError."""
    lines = [(number, line.strip(" \r")) for number, line in enumerate(text.split("\n"), start=1)]
    lines = [(number, line) for number, line in lines if line.strip()]
    columns = header_columns(_parts(lines[0][1], 20), TITLES) if lines else None
    has_header = columns is not None
    if has_header:
        del lines[0]
        columns = columns if len(columns) > 1 else [*columns, *(one for one in ORDER if one not in columns)]
        if "post" not in columns:
            raise PasteError("A la lista le falta la columna «Puesto»: agrégala, o pégala sin el renglón de títulos.")
    if not lines:
        raise PasteError("Escribe al menos a una persona: puesto, nombre, organización.")
    if len(lines) > MOST_LINES:
        raise PasteError(f"Son {len(lines)} renglones y caben {MOST_LINES} de una vez. Pégalos en dos partes.")
    cells = tuple((number, tuple(_parts(line, len(columns) if columns else 3))) for number, line in lines)
    if has_header:
        return Pasted(cells, tuple(columns), True, True)
    return _without_header(cells)


def _without_header(lines):
    first, second = ([parts[place] for _, parts in lines if len(parts) > place] for place in (0, 1))
    is_plain = not any(second) or all(map(reads_as_post, filter(None, first)))
    swapped = not is_plain and sum(map(reads_as_post, second)) > sum(map(reads_as_post, first))
    columns = ("name", "post", "affiliation") if swapped else ORDER
    return Pasted(lines, columns[: max(len(parts) for _, parts in lines)], is_plain, False)


def people_in(text: str, columns: Sequence[str] = ()) -> list[Person]:
    """Who is named in `text`, in order and without repetitions. Raises PasteError and then nothing is to be kept.

    `columns` says what each column of a list without a header is.
    """
    pasted = read(text)
    columns = pasted.columns if pasted.has_header or not columns else columns
    if "post" not in columns:
        raise PasteError("Elige en qué columna está el puesto.")
    first = {}
    for number, parts in pasted.lines:
        one = _person(number, parts, columns)
        first.setdefault((same_name(one.post), same_name(one.name)), one)
    return list(first.values())


def _person(number, parts, columns):
    said = {}
    for column, part in zip(columns, parts, strict=False):
        if column != IGNORED:
            said.setdefault(column, part)
    if surname := said.pop(SURNAME, ""):
        said["name"] = f"{said.get('name', '')} {surname}".strip()
    if not said.get("post"):
        raise PasteError(f"Renglón {number}: falta el puesto{'' if columns[0] != 'post' else ', que va primero'}.")
    for part in said.values():
        if len(part) > LONGEST:
            raise PasteError(f"Renglón {number}: un texto tiene {len(part)} caracteres y caben {LONGEST}. Acórtalo.")
    return Person(**said)


def _parts(line, most):
    """Up to `most` parts; what follows the last separator is one text, such as «Red de Vida, A.C.»."""
    line = without_bullet(line) or line.strip() if not line.startswith(SEPARATORS) else line
    separator = next((mark for mark in SEPARATORS if mark in line), ",")
    return [part.strip() for part in line.split(separator, most - 1)]
