"""The five states of a part of the method: momento, session, activity, worksheet, product, section of the Plan. Pure.

One vocabulary and one look (`templates/components/part_state.html`). Commitments, allies, markers and votes have their
own. Whether a session is recommended for the level is no state: it stands beside it.
"""

from collections.abc import Iterable
from enum import Enum


class PartState(Enum):
    """A state with its word and the sign that stands before it, so that colour never says it alone."""

    NOT_BEGUN = ("sin-empezar", "Sin empezar", "○")
    UNDER_WAY = ("en-curso", "En curso", "◐")
    REVIEWED = ("revisado", "Revisado sin completar", "◑")
    DONE = ("listo", "Listo", "✓")
    OMITTED = ("omitido", "Omitido", "–")

    def __init__(self, key: str, label: str, sign: str):
        self.key, self.label, self.sign = key, label, sign

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is expected of anybody."""
        return self in (PartState.DONE, PartState.REVIEWED, PartState.OMITTED)


def state_of(share: float, *, is_reviewed: bool = False, omitted: str = "", has_begun: bool = False) -> PartState:
    """The state of one part: `share` 0–1 of it is there; somebody said it is reviewed as it is; `omitted` says why not.

    What is whole is done, whatever else was said of it; what nobody began may have been reviewed all the same.
    """
    if omitted:
        return PartState.OMITTED
    if share >= 1:
        return PartState.DONE
    if is_reviewed:
        return PartState.REVIEWED
    return PartState.UNDER_WAY if share > 0 or has_begun else PartState.NOT_BEGUN


def joined(states: Iterable[PartState]) -> PartState:
    """The state of what has these parts; parts that are omitted say nothing of the others."""
    states = list(states)
    counted = [one for one in states if one is not PartState.OMITTED]
    if not counted:
        return PartState.OMITTED if states else PartState.NOT_BEGUN
    if all(one is PartState.DONE for one in counted):
        return PartState.DONE
    if all(one.is_settled for one in counted):
        return PartState.REVIEWED
    return PartState.NOT_BEGUN if all(one is PartState.NOT_BEGUN for one in counted) else PartState.UNDER_WAY
