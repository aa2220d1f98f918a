"""The header of a pasted table decides its columns: read by name, in any order, case and accents. Pure."""

import re
from collections.abc import Mapping, Sequence

from .names import looks_like

IGNORED = "no se guarda"
# Columns that lists often have and that are not asked for.
_OTHERS = (
    "no", "num", "numero", "n", "#", "correo", "correo electronico", "email", "e mail", "mail", "telefono", "tel",
    "celular", "whatsapp", "firma", "edad", "sexo", "genero", "fecha", "hora", "hora de llegada", "observaciones",
    "notas", "comentarios", "municipio", "estado", "ciudad", "asistio", "asistencia",
)  # fmt: skip


def title_of(cell: str) -> str:
    """A title as it is compared: without accents, capitals, signs and what stands between parentheses."""
    said = re.sub(r"\([^)]*\)", " ", looks_like(cell))
    return " ".join(re.sub(r"[^\w#]+|_", " ", said).split())


def header_columns(cells: Sequence[str], titles: Mapping[str, Sequence[str]]) -> list[str] | None:
    """Which of the columns (each with the `titles` it may have) every cell of a header is; None if it is no header.

    A column that is not asked for, or comes twice, is `IGNORED`. A header says nothing but titles, or two that we know.
    """
    known = {title_of(one): column for column, names in titles.items() for one in names}
    found = [known.get(title_of(cell), IGNORED if title_of(cell) in _OTHERS else "") for cell in cells]
    wanted = [column for column in found if column not in ("", IGNORED)]
    strangers = [cell for cell, column in zip(cells, found, strict=True) if cell.strip() and not column]
    if not wanted or (strangers and len(set(wanted)) < 2):
        return None
    seen: set[str] = set()
    return [IGNORED if not column or column in seen or seen.add(column) else column for column in found]


def without_title(lines: Sequence[str], titles: Sequence[str]) -> list[str]:
    """The lines of a list of one column without its title, where the first line is one."""
    lines = list(lines)
    return lines[1:] if len(lines) > 1 and title_of(lines[0]) in {title_of(one) for one in titles} else lines
