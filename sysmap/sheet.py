"""The 5Rs matrix as rows of a workbook: what is written, and what is read back. Pure."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from alianzas.bullets import name_without_bullet, without_bullet
from alianzas.exports.text import clean_text, one_line
from alianzas.fields import MEDIUM, SHORT
from alianzas.roundtrip.review import EMPTY, MARK, SheetLine, read_mark
from alianzas.roundtrip.review import Line as SheetWords
from alianzas.spreadsheets import (
    CellProblem,
    FoundTable,
    Sheet,
    TableRow,
    UnreadableWorkbook,
    as_lines,
    as_long_text,
    as_text,
    find_table,
)
from alianzas.written import says_nothing

from .choices import bare, code_of, is_closed, label, labels
from .models import MAX_ROLES
from .words import UNDEFINED

LABELS = {
    "actor": "Actores",
    "sector": "Sector",
    "informal": "Informal",
    "roles": "Roles",
    "resources": "Recursos",
    "relation": "Relaciones",
    "rules": "Reglas",
    "result": "Resultados",
}
FULL = "version-completa"  # the hidden column of a table that holds real names
GONE = "Ya no está en la matriz"  # how the row of an actor that was removed begins in a workbook brought up to date
YES, NO = "Sí", "No"
_FULL_VERSION = "Este archivo es la versión completa, con nombres reales; sube la versión para compartir."

_YES, _NO = {"si", "s", "x", "1", "verdadero", "true"}, {"no", "n", "0", "falso", "false"}


@dataclass(frozen=True)
class Line(SheetWords):
    """What an actor says: codes for the closed lists, the predominant resource first."""

    LABELS = LABELS

    actor: str = ""
    sector: str = ""
    informal: bool = False
    roles: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    relation: str = ""
    rules: str = ""
    result: str = ""

    def __str__(self):
        return self.actor

    def said(self, name):
        """As the cell of that column says it."""
        value = getattr(self, name)
        if name == "informal":
            return YES if value else NO
        if is_closed(name):
            return label(name, value)
        return "\n".join(value) if isinstance(value, tuple) else value

    @classmethod
    def unpack(cls, values):
        return cls(*(tuple(value) if isinstance(value, list) else value for value in values))


def choices(name: str) -> tuple[str, ...]:
    """What the drop-down of a column offers; () for one of free words."""
    if name == "informal":
        return (YES, NO)
    return (*labels(name), UNDEFINED) if is_closed(name) else ()


def line_of(actor, *, full: bool = False) -> Line:
    """What an `Actor` says, in the form in which it would be read back; its real name only in the `full` version."""
    return Line(
        actor=name_without_bullet(one_line(actor.name if full else actor.public_name)),
        sector=actor.sector,
        informal=actor.is_informal,
        roles=_items(actor.roles),
        resources=_items(actor.resources),
        relation=actor.relation,
        rules="\n".join(_tidy(clean_text(actor.rules).split("\n"))),
        result=actor.result,
    )


def _items(texts):
    """Texts as items of a list: each on one line, without what parts items, none twice."""
    lines = (clean_text(text).replace("\n", " ").replace(";", ",") for text in texts)
    return _distinct(lines)


def _distinct(lines):
    return tuple(dict.fromkeys(_tidy(map(without_bullet, lines))))


def _tidy(lines):
    return filter(None, (" ".join(line.split()) for line in lines))


def find_matrix(sheets: Sequence[Sheet]) -> FoundTable:
    """The matrix in an uploaded workbook. `UnreadableWorkbook` when there is none, or it holds real names."""
    found = find_table(sheets, tuple(LABELS), (MARK, FULL))
    if FULL in found.places:
        raise UnreadableWorkbook(_FULL_VERSION)
    return found


def read_lines(rows: Sequence[TableRow]) -> tuple[list[SheetLine], list[str]]:
    """The rows of an uploaded matrix and everything that is wrong with them, each with its cell."""
    lines, problems = [], []
    for row in rows:
        if is_note(row) or all(row.cells[name].value in (None, "") for name in LABELS):
            continue
        line = _read_line(row, problems)
        mark = read_mark(row.cells.get(MARK))
        lines.append(SheetLine(row.number, row.key, line, *mark, row.key_ref, row.cells["actor"].ref))
    return lines, problems


def is_note(row: TableRow) -> bool:
    """Whether the row is something that we wrote for people: that nothing is there yet, or that an actor is gone."""
    return not row.key and str(row.cells["actor"].value).startswith((EMPTY, GONE))


def _read_line(row, problems):
    said = {}
    for name, read in _READERS.items():
        try:
            said[name] = read(row.cells[name], name)
        except CellProblem as problem:
            problems.append(str(problem))
            said[name] = getattr(Line, name)
    return Line(**said)


def _name(cell, _):
    text = name_without_bullet(as_text(cell, SHORT))
    if not text:
        raise CellProblem(cell.ref, "falta el nombre del actor.")
    return text


def _choice(cell, name):
    try:
        return code_of(name, as_text(cell, SHORT))
    except CellProblem:
        raise
    except ValueError as error:
        raise CellProblem(cell.ref, str(error)) from None


def _yes(cell, _):
    if cell.kind == "yesno":
        return cell.value
    word = bare(as_text(cell, SHORT))
    if word not in _YES | _NO and not says_nothing(word):
        raise CellProblem(cell.ref, f"dice si el actor es informal: usa {YES} o {NO}.")
    return word in _YES


def _list(cell, _):
    parts = (part for line in as_lines(cell, sys.maxsize) for part in line.split(";"))
    items = _distinct(parts)
    if long := next((item for item in items if len(item) > SHORT), ""):
        raise CellProblem(cell.ref, f"«{long[:40]}…» tiene {len(long)} caracteres y caben {SHORT}.")
    return items


def _roles(cell, name):
    roles = _list(cell, name)
    if len(roles) > MAX_ROLES:
        raise CellProblem(cell.ref, f"tiene {len(roles)} roles y un actor lleva a lo más tres: deja los que juega.")
    return roles


def _rules(cell, _):
    return as_long_text(cell, MEDIUM)


_READERS = {
    "actor": _name,
    "sector": _choice,
    "informal": _yes,
    "roles": _roles,
    "resources": _list,
    "relation": _choice,
    "rules": _rules,
    "result": _choice,
}
