"""Blocks as the screen shows them: the same ones that go into documents, ready for the template."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from alianzas.exports.blocks import Block, Bullets, KeyValues, Paragraph, Table
from alianzas.exports.text import show


@dataclass(frozen=True)
class Shown:
    """One piece of an answer: a text, a list, pairs of label and text, or rows of (label, text)."""

    text: str = ""
    is_label: bool = False
    items: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()


def shown(blocks: Iterable[Block]) -> list[Shown]:
    return [_shown(block) for block in blocks]


def _shown(block):
    if isinstance(block, Paragraph):
        return Shown(text=block.text, is_label=block.style == "note")
    if isinstance(block, Bullets):
        return Shown(items=block.items)
    if isinstance(block, KeyValues):
        return Shown(pairs=tuple((label, _text(cell)) for label, cell in block.pairs))
    if isinstance(block, Table):
        head = tuple(column.title for column in block.columns)
        return Shown(head=head, rows=tuple(tuple(zip(head, map(_text, row.cells), strict=True)) for row in block.rows))
    raise TypeError(f"The screen does not show {type(block).__name__}")


def _text(cell):
    if cell is None:
        return ""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else show(cell)
