"""Names that must not be read outside, hidden wherever people wrote them. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace

from alianzas.veiling import veiled

from .compare import Change
from .states import MapState

CODES = {"key", "alias", "sector", "relation", "result", "desired_relation", "desired_result"}
_FREE = {"roles", "primary_resource", "secondary_resources", "rules", "ghost_added", "ghost_removed"}


class Veil:
    """Puts the alias of every real name in its place, in any case and with any spacing."""

    def __init__(self, aliases: Mapping[str, str]):
        self._aliases = {_plain(name): alias for name, alias in aliases.items()}
        longest_first = sorted(self._aliases, key=len, reverse=True)
        self._names = re.compile(
            r"(?<!\w)(?:" + "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first) + r")(?!\w)",
            re.IGNORECASE,
        )

    def __call__(self, text: str) -> str:
        """The text with every name in it hidden."""
        if not self._aliases:
            return text
        return self._names.sub(lambda found: self._aliases.get(_plain(found[0]), "…"), text)

    def name(self, name: str) -> str:
        """The name itself, unless it is one to hide as a whole: «Policía» does not hide «Policía municipal»."""
        return self._aliases.get(_plain(name), name)


def veiled_state(state: MapState, veil: Veil) -> MapState:
    """The state as it may leave the house, whatever people wrote into it."""
    hidden = veiled(state, veil, CODES | {"name"})
    return replace(hidden, actors=tuple(replace(one, name=veil.name(one.name)) for one in hidden.actors))


def veiled_change(change: Change, veil: Veil) -> Change:
    """The change as it may be told. Its `ref` is another one then: look for reasons first."""
    if change.field not in _FREE:
        return replace(change, name=veil.name(change.name))
    before, after = (veiled(value, veil, CODES) for value in (change.before, change.after))
    name = veil(change.name) if change.field.startswith("ghost") else veil.name(change.name)
    return replace(change, name=name, before=before, after=after)


def _plain(name):
    return " ".join(name.split()).casefold()
