"""What higher floors add to the list of commitments, in their `commitment_hooks` module: how the place where a
commitment was born is called, and which names must not be read outside."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.utils.module_loading import autodiscover_modules

MANUAL = "manual"


@dataclass(frozen=True)
class Source:
    """Where a commitment comes from. With `page` (the name of an address) it is edited there, not in the list.

    `args` follow the organisation's slug in that address; with `editors_only` others are not led to it.
    """

    label: str
    page: str = ""
    args: tuple[str, ...] = ()
    editors_only: bool = False


_sources: list[Callable[[str], Source | None]] = []
_veils: list[Callable[[], Callable[[str], str]]] = []


def names_sources(function: Callable[[str], Source | None]):
    """Register a function that knows some values of `Commitment.source`."""
    _sources.append(function)
    return function


def veils(function: Callable[[], Callable[[str], str]]):
    """Register a function that, in the scope of an organisation, gives what hides its protected names in a text."""
    _veils.append(function)
    return function


def source_of(key: str) -> Source:
    """How the source `key` is called; unknown ones show themselves."""
    if key == MANUAL:
        return Source("Manual")
    _discover()
    return next((found for name in _sources if (found := name(key))), Source(key))


def veil() -> Callable[[str], str]:
    """What every title must go through before it is shown, for the organisation in scope."""
    _discover()
    steps = [make() for make in _veils]

    def hide(text: str) -> str:
        for step in steps:
            text = step(text)
        return text

    return hide


@cache
def _discover() -> None:
    autodiscover_modules("commitment_hooks")
