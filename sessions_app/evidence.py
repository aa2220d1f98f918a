"""Where every floor says what its data prove about the parts of the method: their `progress_hooks` modules.

A floor registers one function with `@knows`. It gets the organisations (all of them in scope), asks the database a
constant number of times whatever their number, and answers what it knows of each.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True)
class Evidence:
    """How much of something is there, 0 to 1, and in words what is not."""

    share: float
    missing: str = ""


@dataclass(frozen=True)
class Stop:
    """A stop of the thread that leads to the Plan: `detail` says how it stands, `url_name` where it is worked.

    One that is not asked is shown but never the next step. `activity` is what of the method asks for it, if anything.
    """

    key: str
    title: str
    detail: str
    share: float
    url_name: str
    is_asked: bool = True
    activity: str = ""

    @property
    def is_done(self) -> bool:
        return self.share >= 1


@dataclass(frozen=True)
class Step:
    """Something to do. `args` follow the organisation's slug in the address `url_name`.

    `who` may do it: whoever edits, or only whoever facilitates. Others look at `seen_at` and read who does.
    """

    title: str
    detail: str
    url_name: str
    args: tuple = ()
    who: str = "edit"
    key: str = ""  # for those that somebody may have done already, whatever the data of all say
    seen_at: tuple = ()  # (url_name, args) for who cannot do it; the same page when empty
    anchor: str = ""


@dataclass(frozen=True)
class Known:
    """What one floor, or all, know of one organisation.

    `evidence` has names that `proofs.py` uses; `now` is what is open at this moment and goes before everything;
    `plan` is what the Plan lacks, in its order.
    """

    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    thread: tuple[Stop, ...] = ()
    now: tuple[Step, ...] = ()
    plan: tuple[Step, ...] = ()
    goes_on: bool = False  # Session 6 has begun, whatever the level asks


_known: list[Callable] = []


def knows(function: Callable[[list], Mapping[int, Known]]):
    """Register what a floor knows: `function(organizations)` gives a `Known` by the id of each organisation."""
    _known.append(function)
    return function


def gather(organizations: list) -> dict[int, Known]:
    """All that is known of each organisation, by its id."""
    _discover()
    told = [function(organizations) for function in _known]
    return {one.pk: _together(found[one.pk] for found in told if one.pk in found) for one in organizations}


def _together(parts: Iterable[Known]) -> Known:
    parts = list(parts)
    return Known(
        evidence={name: found for part in parts for name, found in part.evidence.items()},
        thread=tuple(stop for part in parts for stop in part.thread),
        now=tuple(step for part in parts for step in part.now),
        plan=tuple(step for part in parts for step in part.plan),
        goes_on=any(part.goes_on for part in parts),
    )


@cache
def _discover() -> None:
    autodiscover_modules("progress_hooks")
