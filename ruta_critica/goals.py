"""What higher floors know of the goals of each alliance, which they say in their `ally_hooks` module."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.module_loading import autodiscover_modules

from alianzas.models import Commitment, Horizon

from .models import Ally


@dataclass(frozen=True)
class Goal:
    """What an alliance solves for one strategy: how people will know, by horizon, and what will be done."""

    strategy: str
    objective: str
    markers: tuple[tuple[Horizon, tuple[str, ...]], ...] = ()
    activities: tuple[Commitment, ...] = ()


Reader = Callable[[list[Ally]], Mapping[int, Iterable[Goal]]]
_readers: list[Reader] = []


def gives_goals(function: Reader) -> Reader:
    """Register a function that reads the goals of allies, by their pk, in a constant number of queries."""
    _readers.append(function)
    return function


def goals_of(allies: Iterable[Ally]) -> dict[int, tuple[Goal, ...]]:
    """The goals of each ally by its pk; () for those without any."""
    _discover()
    allies, found = list(allies), defaultdict(list)
    for read in _readers:
        for pk, goals in read(allies).items():
            found[pk] += goals
    return {ally.pk: tuple(found[ally.pk]) for ally in allies}


@cache
def _discover() -> None:
    autodiscover_modules("ally_hooks")
