"""The cells of the 5Rs matrix as people read and type them: one text per cell, a list with one item per line.

The grid, the guided phases and a block pasted from Excel all go through `said` and `read`. No queries.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from alianzas.bullets import items_in, name_without_bullet, without_bullet
from alianzas.exports.text import clean_text, one_line
from alianzas.fields import MEDIUM, SHORT
from alianzas.pasting import header_columns, without_title

from .choices import code_of, options
from .models import MAX_ROLES

IDEAL = 0  # the phase of what belongs to the ideal system


@dataclass(frozen=True)
class Column:
    """A column of the wall: what it asks, in which phase, and how its cell is written."""

    name: str
    title: str
    hint: str
    phase: int
    kind: str  # line, lines, text, choice
    closed: str = ""  # the list that a choice is from

    @property
    def choices(self) -> dict[str, str]:
        """The labels of a choice by code."""
        return options(self.closed) if self.closed else {}


COLUMNS = {
    column.name: column
    for column in (
        Column("name", "Actores", "Quién es", 1, "line"),
        Column("sector", "Sector", "De qué sector es", 1, "choice", "sector"),
        Column("roles", "Roles", "El papel que de verdad juega; tres a lo más", 2, "lines"),
        Column("resources", "Recursos", "Primero el predominante", 4, "lines"),
        Column("relation", "Relaciones", "Con la organización", 3, "choice", "relation"),
        Column("rules", "Reglas", "Qué dicta el trato", 3, "text"),
        Column("result", "Resultados", "Efecto en nuestro resultado", 5, "choice", "result"),
        Column("desired_role", "Papel que tendría que jugar", "Para que cambien los resultados", IDEAL, "line"),
        Column("role_is_held", "¿Alguien lo cumple ya?", "Sí o no", IDEAL, "choice", "held"),
        Column("holder", "¿A quién le tocaría?", "Un actor del mapa o alguien nuevo", IDEAL, "line"),
        Column("desired_relation", "Relación que buscamos", "Con la organización", IDEAL, "choice", "relation"),
        Column("desired_result", "Efecto que buscamos", "En nuestro resultado", IDEAL, "choice", "result"),
        Column("ideal_note", "Por qué y qué tendría que pasar", "", IDEAL, "text"),
    )
}
MATRIX = tuple(name for name, column in COLUMNS.items() if column.phase != IDEAL)
IDEAL_COLUMNS = tuple(name for name, column in COLUMNS.items() if column.phase == IDEAL)


def columns_of(phase: int) -> tuple[str, ...]:
    """The columns that a phase fills in, the actor's name first."""
    return ("name", *(name for name in MATRIX if name != "name" and COLUMNS[name].phase == phase))


def said(actor, name: str) -> str:
    """What the cell says: the code of a choice, the items of a list one per line. A sensitive actor says its alias."""
    if name == "name":
        return actor.public_name
    if name == "holder":
        return actor.held_by
    value = getattr(actor, name)
    return "\n".join(value) if COLUMNS[name].kind == "lines" else value


def shown(actor, name: str) -> str:
    """The same in words, for reading."""
    text = said(actor, name)
    return COLUMNS[name].choices.get(text, text)


def read(name: str, text: str) -> dict:
    """The fields that a typed cell gives its actor. ValidationError says what to do."""
    column = COLUMNS[name]
    if column.kind == "choice":
        try:
            return {name: code_of(column.closed, text)}
        except ValueError as error:
            raise ValidationError(str(error)) from None
    if column.kind == "lines":
        items = lines_of(text)
        if name == "roles":
            if len(items) > MAX_ROLES:
                raise ValidationError(f"Son {len(items)} roles y caben tres: deja los que de verdad juega.")
            return {"roles": items}
        return {"primary_resource": items[0] if items else "", "secondary_resources": items[1:]}
    if column.kind == "line":
        line = visible_line(name_without_bullet(text))
        if not line and name == "name":
            raise ValidationError("El actor necesita un nombre. Para quitarlo de la matriz, bórralo desde su ficha.")
        return {name: _fits(line, SHORT)}
    return {name: _fits(clean_text(text).strip(), MEDIUM)}


def lines_of(text: str) -> list[str]:
    """The items of a list, written one per line or between semicolons; empty and repeated ones are left out."""
    items = map(visible_line, items_in(clean_text(text)))
    return [_fits(item, SHORT) for item in dict.fromkeys(filter(None, items))]


def _fits(text, limit):
    if len(text) > limit:
        raise ValidationError(f"El texto tiene {len(text)} caracteres y caben {limit}. Acórtalo o divídelo.")
    return text


def visible_line(text: str) -> str:
    """The text on one line, "" if nothing of it can be seen."""
    line = one_line(text)
    return line if any(unicodedata.category(sign)[0] not in "CZM" for sign in line) else ""


def names_in(text: str) -> list[str]:
    """The names of a pasted list: one per line or between semicolons, without the bullets and numbers before them.

    Of a table with a header, the column of the names. ValidationError for one that does not say which that is.
    """
    lines = without_title(items_in(clean_text(text)), TITLES["name"])
    if any("\t" in line for line in lines):
        columns = header_columns(lines[0].split("\t"), TITLES) or []
        if "name" not in columns:
            raise ValidationError(
                "Pegaste una tabla de varias columnas: deja solo la de los nombres, o ponle su título «Actores»."
            )
        place = columns.index("name")
        lines = [without_bullet([*line.split("\t"), *[""] * place][place]) for line in lines[1:]]
    return list(filter(None, map(visible_line, lines)))


TITLES = {
    name: (column.title, name, *more)
    for name, column in COLUMNS.items()
    if column.phase != IDEAL
    for more in [
        {
            "name": ("actor", "nombre", "nombre del actor", "nombre de los actores", "quién", "quién es"),
            "roles": ("rol", "papel", "papeles"),
            "resources": ("recurso",),
            "relation": ("relación", "tipo de relación"),
            "rules": ("regla",),
            "result": ("resultado", "efecto", "efecto en nuestro resultado"),
        }.get(name, ())
    ]
}


def by_title(rows: Sequence[Mapping]) -> list[dict]:
    """A pasted block whose first row is the header of the wall, each cell under the column that the header says, in any
    order, and one row up; any other block as it is."""
    first, *rest = rows
    texts = list(first["cells"].values())
    columns = header_columns(texts, TITLES)
    if columns is None or not rest or len(columns) < 2:
        return list(rows)
    moved = []
    for above, row in zip(rows, rest, strict=False):
        cells = {to: row["cells"].get(at, "") for at, to in zip(first["cells"], columns, strict=True) if to in COLUMNS}
        moved.append({"actor": above["actor"], "cells": cells, "was": above["was"]})
    return moved
