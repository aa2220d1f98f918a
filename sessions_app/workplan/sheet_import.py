"""What a workbook would change in the plan de trabajo: compared by the hidden keys, checked as a whole. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alianzas.exports.text import show_date

from .sheet import LABELS, UNITS, Line, SheetLine, line_of

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
MAX_PROBLEMS = 20


@dataclass(frozen=True)
class Change:
    """A row that would be added, changed or removed. `row` is its number in the sheet, 0 for one that is not there."""

    kind: str
    key: str
    row: int
    line: Line
    before: Line | None = None
    is_conflict: bool = False

    @property
    def fields(self) -> list[tuple[str, str, str]]:
        """(label, before, after) of every field that differs, or that says something in a new row."""
        if self.kind == REMOVED:
            return []
        other = self.before or Line()
        return [
            (LABELS[name], _said(name, getattr(other, name)), _said(name, getattr(self.line, name)))
            for name in self.line.differences(other)
        ]


@dataclass(frozen=True)
class Review:
    """The changes, or the problems for which there are none. `digest` names the plan that they were compared with."""

    changes: tuple[Change, ...] = ()
    problems: tuple[str, ...] = ()
    digest: str = ""
    unchanged: int = 0


def digest_of(rows: Sequence) -> str:
    """Changes with anything that the plan says."""
    state = hashlib.sha256()
    for row in rows:
        state.update(f"{row.item.key}{line_of(row).mark}".encode())
    return state.hexdigest()[:32]


def compare(rows: Sequence, lines: Sequence[SheetLine], problems: Sequence[str] = (), *, most: int = 300) -> Review:
    """What `lines` (read from a workbook) would change in the plan `rows`."""
    problems = list(problems)
    current = {str(row.item.key): line_of(row) for row in rows}
    lines = _without_copies(lines, current)
    for one in lines:
        if one.key and one.key not in current:
            problems.append(
                f"Celda A{one.number}: ese renglón no está en el plan, o ya se borró. "
                "Descarga el Excel otra vez, o copia el renglón como uno nuevo."
            )
    problems += _wrong_codes(lines, current)
    if len(lines) > most:
        problems.append(f"El plan de trabajo admite hasta {most} renglones y el archivo tiene {len(lines)}.")
    if problems:
        more = len(problems) - MAX_PROBLEMS
        problems[MAX_PROBLEMS:] = [f"Y {more} problemas más."] if more > 0 else []
        return Review(problems=tuple(problems))
    changes = [change for one in lines if (change := _change(one, current))]
    known = max((one.known for one in lines if one.key), default=0)
    present = {one.key for one in lines}
    removed = [
        Change(REMOVED, str(row.item.key), 0, current[str(row.item.key)])
        for row in rows
        if str(row.item.key) not in present and (not known or row.item.pk <= known)
    ]
    unchanged = len(lines) - len(changes)
    return Review((*changes, *removed), digest=digest_of(rows), unchanged=unchanged)


def _without_copies(lines, current):
    """Of several rows with the same hidden key, copied to start a new one, only the original keeps it."""
    first = {}
    for one in lines:
        kept = first.get(one.key)
        is_original = one.key in current and one.line.code == current[one.key].code
        if kept is None or (is_original and kept.line.code != current[one.key].code):
            first[one.key] = one
    return [one if not one.key or first[one.key] is one else _new(one) for one in lines]


def _new(one):
    return SheetLine(one.number, "", one.line, "", 0)


def _wrong_codes(lines, current):
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


def _change(one, current):
    if not one.key:
        return Change(ADDED, "", one.number, one.line)
    before = current[one.key]
    if one.line.mark in (one.mark, before.mark):
        return None
    is_conflict = bool(one.mark) and one.mark != before.mark
    return Change(CHANGED, one.key, one.number, one.line, before, is_conflict)


def _said(name, value):
    if value in (None, ""):
        return ""
    if name == "unit":
        return UNITS[value]
    return show_date(value) if name in ("start", "end") else str(value)


# ── Between the two steps ───────────────────────────────────────────────────────────────────────────────────────────


def packed(review: Review) -> dict:
    """The review as plain data, to be signed."""
    changes = [
        [one.kind, one.key, one.row, _pack(one.line), one.before and _pack(one.before), one.is_conflict]
        for one in review.changes
    ]
    return {"digest": review.digest, "unchanged": review.unchanged, "changes": changes}


def unpacked(data: dict) -> Review:
    changes = tuple(
        Change(kind, key, row, _unpack(line), before and _unpack(before), is_conflict)
        for kind, key, row, line, before, is_conflict in data["changes"]
    )
    return Review(changes, digest=data["digest"], unchanged=data["unchanged"])


def _pack(line):
    return [None if value is None else str(value) for value in (getattr(line, name) for name in LABELS)]


def _unpack(values):
    made = dict(zip(LABELS, values, strict=True))
    for name, make in (("duration", Decimal), ("start", date.fromisoformat), ("end", date.fromisoformat)):
        made[name] = make(made[name]) if made[name] else None
    return Line(**made)
