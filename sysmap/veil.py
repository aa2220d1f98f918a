"""Names that must not be read outside, hidden wherever people wrote them. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace

from alianzas.names import folded_with_places, looks_like
from alianzas.veiling import veiled

from .compare import Change
from .states import MapState

CODES = {"key", "alias", "sector", "relation", "result", "desired_relation", "desired_result"}
_FREE = {"roles", "primary_resource", "secondary_resources", "rules", "ghost_added", "ghost_removed"}


class Veil:
    """Puts the alias of every protected name in its place, in any case, spacing, accents and unseen marks."""

    def __init__(self, aliases: Mapping[str, str]):
        self._aliases = {looks_like(name): alias for name, alias in aliases.items() if looks_like(name)}
        self._names = _pattern(self._aliases)
        self._long_names = _pattern(name for name in self._aliases if " " in name)

    def __call__(self, text: str) -> str:
        """The text with every name in it hidden."""
        return self._put(self._names, text)

    def name(self, name: str) -> str:
        """A name that holds no protected one: «Policía» does not hide «Policía municipal», two words or more do."""
        return self._aliases.get(looks_like(name)) or self._put(self._long_names, name)

    def _put(self, names, text):
        if not names:
            return text
        folded, places = folded_with_places(text)
        parts, end = [], 0
        for found in names.finditer(folded):
            first, last = found.start(), found.end() - 1
            parts += [text[end : places[first] if places else first], self._aliases.get(looks_like(found[0]), "…")]
            end = (places[last] if places else last) + 1
        return "".join([*parts, text[end:]])


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


def _pattern(names):
    """What finds any of the names, the longest first; None when there is none."""
    longest_first = sorted(names, key=len, reverse=True)
    if not longest_first:
        return None
    told = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{told})(?!\w)")
