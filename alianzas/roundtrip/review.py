"""What an uploaded table would change: rows compared by their hidden keys. Pure.

Each row carries its key and a mark of what it said when it was written, so that a row that nobody touched in Excel is
never a change, and one that was changed in both places is told.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import ClassVar

MARK = "marca"  # the hidden column with `mark_of` each row
EMPTY = "Sin registros todavía"  # what an empty table says in its first cell; see exports.xlsx
ADDED, CHANGED, REMOVED = "added", "changed", "removed"
MAX_PROBLEMS = 20
MAX_CHANGES = 900  # a form cannot bring back more choices than that


@dataclass(frozen=True)
class Line:
    """What a row says, in the form that both sides compare. Each table names its fields and how they are read."""

    LABELS: ClassVar[dict[str, str]] = {}

    @property
    def mark(self) -> str:
        said = "\x1f".join(str(getattr(self, field.name)) for field in fields(self))
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    def differences(self, other: "Line") -> list[str]:
        """The names of the fields in which they differ."""
        return [field.name for field in fields(self) if getattr(self, field.name) != getattr(other, field.name)]

    def said(self, name: str) -> str:
        """A field as people read it; "" when it says nothing."""
        value = getattr(self, name)
        return "" if value is None else str(value)

    def pack(self) -> list:
        """The fields as plain data, which `unpack` takes."""
        values = (getattr(self, field.name) for field in fields(self))
        return [value if isinstance(value, str | bool | tuple | None) else str(value) for value in values]

    @classmethod
    def unpack(cls, values: Sequence) -> "Line":
        return cls(*values)


@dataclass(frozen=True)
class SheetLine:
    """A row that came back: `mark` and `known` are what the row and the whole table were when it was written."""

    number: int
    key: str
    line: Line
    mark: str = ""
    known: int = 0
    key_ref: str = ""
    ref: str = ""  # the cell that names the row


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
        other = self.before or type(self.line)()
        return [(self.line.LABELS[name], other.said(name), self.line.said(name)) for name in self.differences]

    @property
    def differences(self) -> list[str]:
        """The names of the fields to write."""
        return [] if self.kind == REMOVED else self.line.differences(self.before or type(self.line)())


@dataclass(frozen=True)
class Review:
    """The changes, or the problems for which there are none. `digest` names the table that they were compared with."""

    changes: tuple[Change, ...] = ()
    problems: tuple[str, ...] = ()
    digest: str = ""
    unchanged: int = 0


@dataclass(frozen=True)
class Current:
    """A table as it is now: its rows by key, in their order, each with the number that grows with every new one."""

    name: str  # such as «el plan»
    lines: Mapping[str, Line]
    numbers: Mapping[str, int]

    @property
    def digest(self) -> str:
        """Changes with anything that the table says."""
        state = hashlib.sha256()
        for key, line in self.lines.items():
            state.update(f"{key}{line.mark}".encode())
        return state.hexdigest()[:32]

    def missing_from(self, lines: Sequence[SheetLine]) -> list[str]:
        """The keys of the rows that were taken out of the sheet; what was added to the table later was not."""
        known = max((one.known for one in lines if one.key), default=0)
        present = {one.key for one in lines}
        return [key for key, number in self.numbers.items() if key not in present and (not known or number <= known)]


def mark_of(line: Line, known: int) -> str:
    """What goes into the hidden column: the mark of the row, and the newest row that the table had."""
    return f"{line.mark}-{known}"


def read_mark(cell) -> tuple[str, int]:
    """What `mark_of` wrote; an empty mark and 0 when somebody spoiled it."""
    mark, _, known = str(cell.value if cell and cell.value else "").partition("-")
    return mark, int(known) if known.isascii() and known.isdigit() and len(known) < 19 else 0


def compare(current: Current, lines: Sequence[SheetLine], problems: Sequence[str] = ()) -> Review:
    """What `lines` (read from a workbook, without copies) would change in the table."""
    problems = [*_unknown_keys(current, lines), *problems]
    changes = [] if problems else [change for one in lines if (change := _change(one, current.lines))]
    unchanged = len(lines) - len(changes)
    changes += [Change(REMOVED, key, 0, current.lines[key]) for key in current.missing_from(lines)]
    if not problems and len(changes) > MAX_CHANGES:
        problems = [f"El archivo cambia {len(changes)} renglones. Súbelo por partes: de una vez van {MAX_CHANGES}."]
    if problems:
        more = len(problems) - MAX_PROBLEMS
        problems[MAX_PROBLEMS:] = [f"Y {more} problemas más."] if more > 0 else []
        return Review(problems=tuple(problems))
    return Review(tuple(changes), digest=current.digest, unchanged=unchanged)


def without_copies(lines: Sequence[SheetLine], current: Mapping[str, Line], by: str) -> list[SheetLine]:
    """Of several rows with the same hidden key, copied to start a new one, only the original keeps it.

    The original is the one whose field `by` says what the table says, or else the first.
    """
    first = {}
    for one in lines:
        kept, now = first.get(one.key), current.get(one.key)
        if kept is None or (now and _same(one.line, now, by) and not _same(kept.line, now, by)):
            first[one.key] = one
    return [
        one if not one.key or first[one.key] is one else replace(one, key="", mark="", known=0, key_ref="")
        for one in lines
    ]


def _same(one, other, by):
    return getattr(one, by) == getattr(other, by)


def _unknown_keys(current, lines):
    return [
        f"Celda {one.key_ref}: ese renglón no está en {current.name}, o ya se borró. "
        "Descarga el Excel otra vez, o copia el renglón como uno nuevo."
        for one in lines
        if one.key and one.key not in current.lines
    ]


def _change(one, current):
    if not one.key:
        return Change(ADDED, "", one.number, one.line)
    before = current[one.key]
    if one.line.mark in (one.mark, before.mark):
        return None
    is_conflict = bool(one.mark) and one.mark != before.mark
    return Change(CHANGED, one.key, one.number, one.line, before, is_conflict)


# ── Between the two steps ───────────────────────────────────────────────────────────────────────────────────────────


def packed(review: Review) -> dict:
    """The review as plain data, to be signed."""
    changes = [
        [one.kind, one.key, one.row, one.line.pack(), one.before and one.before.pack(), one.is_conflict]
        for one in review.changes
    ]
    return {"digest": review.digest, "unchanged": review.unchanged, "changes": changes}


def unpacked(data: dict, kind_of_line: type[Line]) -> Review:
    changes = tuple(
        Change(kind, key, row, kind_of_line.unpack(line), before and kind_of_line.unpack(before), is_conflict)
        for kind, key, row, line, before, is_conflict in data["changes"]
    )
    return Review(changes, digest=data["digest"], unchanged=data["unchanged"])
