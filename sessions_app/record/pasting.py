"""People pasted one per line, «puesto, nombre, organización», from a message or a spreadsheet. No Django here."""

from dataclasses import dataclass

MOST_LINES = 200
LONGEST = 200  # characters of each part
SEPARATORS = ("\t", ";", ",")  # the first one found in a line divides it
TITLES = {"puesto", "cargo"}  # a first line that starts with one of these is the header of a table


class PasteError(ValueError):
    """The text cannot be read; the message says in which line and what to do."""


@dataclass(frozen=True)
class Person:
    post: str
    name: str = ""
    affiliation: str = ""


def people_in(text: str) -> list[Person]:
    """Who is named in `text`, in order and without repetitions. Raises PasteError and then nothing is to be kept."""
    lines = [(number, line.strip(" \r")) for number, line in enumerate(text.split("\n"), start=1)]
    lines = [(number, line) for number, line in lines if line.strip()]
    if lines and _parts(lines[0][1])[0].casefold() in TITLES:
        del lines[0]
    if not lines:
        raise PasteError("Escribe al menos a una persona: puesto, nombre, organización.")
    if len(lines) > MOST_LINES:
        raise PasteError(f"Son {len(lines)} renglones y caben {MOST_LINES} de una vez. Pégalos en dos partes.")
    return list(dict.fromkeys(_person(number, line) for number, line in lines))


def _person(number, line):
    parts = _parts(line)
    if not parts[0]:
        raise PasteError(f"Renglón {number}: falta el puesto, que va primero.")
    for part in parts:
        if len(part) > LONGEST:
            raise PasteError(f"Renglón {number}: un texto tiene {len(part)} caracteres y caben {LONGEST}. Acórtalo.")
    return Person(*parts)


def _parts(line):
    """Up to three parts; what follows the second separator is one text, such as «Red de Vida, A.C.»."""
    separator = next((mark for mark in SEPARATORS if mark in line), ",")
    return [part.strip() for part in line.split(separator, 2)]
