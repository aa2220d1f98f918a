"""What a workbook would change in the plan de trabajo, checked as a whole. Pure."""

from collections.abc import Sequence

from alianzas.roundtrip import review
from alianzas.roundtrip.review import Current, Review, SheetLine, without_copies

from .sheet import line_of


def current_plan(rows: Sequence) -> Current:
    lines = {str(row.item.key): line_of(row) for row in rows}
    return Current("el plan", lines, {str(row.item.key): row.item.pk for row in rows})


def digest_of(rows: Sequence) -> str:
    """Changes with anything that the plan says."""
    return current_plan(rows).digest


def compare(rows: Sequence, lines: Sequence[SheetLine], problems: Sequence[str] = (), *, most: int = 300) -> Review:
    """What `lines` (read from a workbook) would change in the plan `rows`."""
    current = current_plan(rows)
    lines = without_copies(lines, current.lines, by="code")
    problems = [*problems, *_wrong_codes(lines)]
    if len(lines) > most:
        problems.append(f"El plan de trabajo admite hasta {most} renglones y el archivo tiene {len(lines)}.")
    return review.compare(current, lines, problems)


def _wrong_codes(lines):
    """Codes that repeat, that are missing, or whose activity is not in the sheet."""
    seen = {}
    for one in lines:
        code = one.line.code
        if not code:
            if one.key:
                yield f"Celda B{one.number}: falta el código de la actividad."
        elif code in seen:
            yield f"Celda B{one.number}: el código {code} ya está en la fila {seen[code]}; escribe otro."
        else:
            seen[code] = one.number
    for one in lines:
        parent, _, _ = one.line.code.rpartition(".")
        if parent and parent not in seen:
            yield f"Celda B{one.number}: no hay ninguna actividad {parent} de la que cuelgue {one.line.code}."
