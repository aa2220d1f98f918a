"""Today's words in the workbook that somebody made their own: its formats, columns and sheets stay."""

from collections.abc import Callable, Sequence

from alianzas import spreadsheets
from alianzas.exports.text import clean_text
from alianzas.names import same_name
from alianzas.spreadsheets import KEY_COLUMN, FoundTable, Sheet, UnreadableWorkbook

from .review import EMPTY, MARK, Current, mark_of


def refill(data: bytes, find: Callable[[Sequence[Sheet]], FoundTable], current: Current, name: str, gone: str) -> bytes:
    """The uploaded workbook with the rows of `current` in its table. Raises `UnreadableWorkbook`.

    `name` is the column that names a row. A row that is not in the table any more keeps only a note that begins with
    `gone`; new rows go below everything, looking like the last that had a key; rows without a key stay as they are,
    unless they have been added meanwhile under that name.
    """
    found = find(spreadsheets.read(data))
    return spreadsheets.fill(data, **orders(found, current, name, gone))


def orders(found: FoundTable, current: Current, name: str, gone: str) -> dict:
    """What `spreadsheets.fill` has to write."""
    if any(row.key for row in found.rows) and not any(row.key in current.lines for row in found.rows):
        raise UnreadableWorkbook(
            f"Ninguno de los renglones de ese archivo está en {current.name}. Sube un Excel descargado de esta página."
        )
    cells, free, known = [], [], max(current.numbers.values(), default=0)
    to_place = dict(current.lines)
    here = {row.key for row in found.rows}
    added = {same_name(getattr(line, name)): key for key, line in current.lines.items() if key not in here}
    for row in found.rows:
        key = row.key or added.get(same_name(str(row.cells[name].value)), "")
        if key in to_place:
            cells += _words(found.places, row.number, key, to_place.pop(key), known, row)
        elif row.key in current.lines:  # a copy, which starts a row of its own
            cells += _blanks(found.places, row.number, (KEY_COLUMN, MARK))
        elif row.key:
            said = str(row.cells[name].value or "")
            cells += _blanks(found.places, row.number, found.places)
            cells += [[row.number, found.places[name], f"{gone}: {said}"]] if said else []
        elif str(row.cells[name].value) == EMPTY:
            free.append(row.number)
    last = max(found.sheet.rows)
    numbers = [*free, *range(last + 1, last + 1 + len(to_place))]
    placed = dict(zip(numbers, to_place.items(), strict=False))
    for number, (key, line) in placed.items():
        cells += _words(found.places, number, key, line, known)
    model = max((row.number for row in found.rows if row.key), default=0)
    styled_like = {number: model for number in placed if number > last and model}
    reach = max([found.number + 1, *placed, *(row.number for row in found.rows)])
    return {"title": found.sheet.name, "cells": cells, "styled_like": styled_like, "last_row": reach}


def _words(places, number, key, line, known, row=None):
    """The cells of a row that have to be written; one that says the same already keeps even its fonts."""
    wanted = {name: line.said(name) for name in line.LABELS}
    hidden = {KEY_COLUMN: key, MARK: mark_of(line, known)}
    changed = {name: said for name, said in wanted.items() if row is None or _said(row.cells[name]) != said}
    return [[number, places[name], said or None] for name, said in {**changed, **hidden}.items() if name in places]


def _said(cell):
    """What a cell says, in the code points that we write."""
    return clean_text(cell.value) if isinstance(cell.value, str) else cell.value


def _blanks(places, number, names):
    return [[number, places[name], None] for name in names if name in places]
