"""The map at one moment, as plain values: what is compared, drawn and frozen. Pure.

A state is the same whether it comes from today's rows or from a snapshot, so that every comparison and picture works
on both.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True)
class ActorState:
    """An actor with its row of the matrix and what the ideal system asks of it; codes as in `models`."""

    key: str
    name: str
    sector: str = ""
    is_informal: bool = False
    roles: tuple[str, ...] = ()
    primary_resource: str = ""
    secondary_resources: tuple[str, ...] = ()
    relation: str = ""
    rules: str = ""
    result: str = ""
    desired_role: str = ""
    desired_relation: str = ""
    desired_result: str = ""
    alias: str = ""
    is_sensitive: bool = False

    @property
    def resources(self) -> tuple[str, ...]:
        """All resources, the predominant one first."""
        return tuple(filter(None, (self.primary_resource, *self.secondary_resources)))

    @property
    def is_placed(self) -> bool:
        """Whether the map has a place for it (K-25)."""
        return bool(self.relation and self.result)

    @property
    def ideal_place(self) -> tuple[str, str]:
        """Relation and result in the ideal system; what nobody asked to change stays as it is."""
        return self.desired_relation or self.relation, self.desired_result or self.result


@dataclass(frozen=True)
class GhostState:
    """A role that the system lacks, where the ideal map shows it, and who could take it."""

    key: str
    role: str
    relation: str = "collaborative"
    result: str = "positive"
    resource: str = ""
    holder: str = ""


@dataclass(frozen=True)
class MapState:
    """The whole map at one moment; `label` says which, such as «Línea base · 12/03/2026» or «Hoy»."""

    label: str
    actors: tuple[ActorState, ...] = ()
    ghosts: tuple[GhostState, ...] = ()

    def find(self, key: str) -> ActorState | None:
        return next((actor for actor in self.actors if actor.key == key), None)


def pack(state: MapState) -> dict:
    """The state as plain data for a snapshot, real names included."""
    return {"actors": [asdict(actor) for actor in state.actors], "ghosts": [asdict(ghost) for ghost in state.ghosts]}


def unpack(data: dict, label: str, aliases: Mapping[str, str] | None = None) -> MapState:
    """A snapshot as it may be shown: sensitive actors under their alias.

    `aliases` are those of today by key: who became sensitive later is hidden in earlier moments too.
    """
    hidden = aliases or {}
    actors = (ActorState(**{**one, **_tuples(one, "roles", "secondary_resources")}) for one in data["actors"])
    return MapState(
        label, tuple(veiled(one, hidden) for one in actors), tuple(GhostState(**one) for one in data["ghosts"])
    )


def veiled(actor: ActorState, aliases: Mapping[str, str]) -> ActorState:
    """The actor without its real name if it is sensitive, then or today."""
    alias = aliases.get(actor.key) or (actor.alias if actor.is_sensitive else "")
    return replace(actor, name=alias, alias=alias, is_sensitive=True) if alias else replace(actor, alias="")


def _tuples(values, *names):
    return {name: tuple(values[name]) for name in names}
