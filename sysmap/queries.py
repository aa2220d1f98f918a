"""Reads of the map: screen and document call the same."""

from dataclasses import replace

from . import layout
from .drawing import map_svg
from .marks import DEFAULT_PALETTE
from .models import Actor, MapSnapshot, MissingRole
from .states import ActorState, GhostState, MapState, unpack

TODAY = "Hoy"


def actors() -> list[Actor]:
    """The actors in scope, grouped by sector as on the wall, then in their order. One query."""
    sectors = list(Actor.sector.field.choices)
    order = {value: place for place, (value, _) in enumerate(sectors)}
    return sorted(
        Actor.objects.all(), key=lambda actor: (order.get(actor.sector, len(order)), actor.position, actor.pk)
    )


def matrix() -> list[Actor]:
    """The actors that have a row of the matrix, in the same order. One query."""
    return [actor for actor in actors() if actor.in_matrix]


def state_of(actor: Actor, *, full: bool = False) -> ActorState:
    """An actor as a value; the real name of a sensitive one only in the `full` version."""
    return ActorState(
        key=str(actor.key),
        name=actor.name if full else actor.public_name,
        sector=actor.sector,
        is_informal=actor.is_informal,
        roles=tuple(actor.roles),
        primary_resource=actor.primary_resource,
        secondary_resources=tuple(actor.secondary_resources),
        relation=actor.relation,
        rules=actor.rules,
        result=actor.result,
        desired_role=actor.desired_role,
        desired_relation=actor.desired_relation,
        desired_result=actor.desired_result,
        alias=actor.alias if actor.is_sensitive else "",
        is_sensitive=actor.is_sensitive,
    )


def ghosts() -> tuple[GhostState, ...]:
    """The roles that the system lacks, in order. One query."""
    return tuple(
        GhostState(str(one.key), one.role, one.relation, one.result, one.resource, one.held_by)
        for one in MissingRole.objects.select_related("holder")
    )


def today(*, full: bool = False) -> MapState:
    """The map as it is now: the actors of the matrix and the roles that are missing. Two queries."""
    states = tuple(state_of(actor, full=full) for actor in matrix())
    return MapState(TODAY, states, ghosts())


def moments() -> list[MapSnapshot]:
    """The moments that were frozen and not withdrawn, the earliest first, without their data. One query."""
    return list(MapSnapshot.objects.filter(is_withdrawn=False).defer("data"))


def state_at(snapshot: MapSnapshot) -> MapState:
    """The map as it was frozen, names hidden as they would be today. One query."""
    aliases = {str(key): alias for key, alias in Actor.objects.filter(is_sensitive=True).values_list("key", "alias")}
    return unpack(snapshot.data, str(snapshot), aliases)


def map_picture(organization, actors) -> str:
    """The ring map of `actors` as SVG (domain §4.3)."""
    placed = layout.lay_out([_card(actor) for actor in actors])
    return map_svg(
        placed,
        organization.name,
        title=f"Mapa del sistema de {organization.name}",
        description=_in_words(actors),
        palette=replace(DEFAULT_PALETTE, accent=organization.primary_color),
    )


def _card(actor):
    return layout.Card(
        key=str(actor.key),
        name=actor.public_name,
        resource=actor.primary_resource,
        rule=actor.rules,
        relation=actor.relation,
        result=actor.result,
        sector=actor.sector,
    )


def _in_words(actors):
    placed = [actor for actor in actors if actor.is_placed]
    positive = sum(actor.result == "positive" for actor in placed)
    return (
        f"{len(actors)} actores alrededor de la organización: {positive} con efecto positivo, "
        f"{len(placed) - positive} con efecto negativo y {len(actors) - len(placed)} sin lugar todavía. "
        "La tabla de la matriz 5Rs dice lo mismo en texto."
    )
