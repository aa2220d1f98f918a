"""Questions whose answers live on a higher floor, which says in its `live_hooks` module what becomes of the notes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .hooks import discover


@dataclass(frozen=True)
class Source:
    """Questions that a room can answer in notes, each about every one of `abouts()`: (about, what it is called).

    `hand_over(board, notes, by)` takes what a question leaves when it closes and returns a row with the "id" of every
    note it took, which the board keeps as `handed`. It may raise ValidationError, and then the question stays open.
    Without it the notes go to the worksheet, to the answer of `about`. `page` is the name of the address where they
    are read afterwards, and `label` how a link to it is called.
    """

    prompts: frozenset[str]
    abouts: Callable[[], Iterable[tuple[str, str]]]
    page: str
    label: str
    hand_over: Callable | None = None


_sources: list[Source] = []


def register(source: Source) -> Source:
    """Let rooms be asked the questions of `source`."""
    _sources.append(source)
    return source


def source_of(prompt_key: str) -> Source | None:
    """Who takes the notes of this question; None for those of the worksheets."""
    discover()
    return next((one for one in _sources if prompt_key in one.prompts), None)
