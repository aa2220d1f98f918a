"""Reads of the map: screen and document call the same."""

from dataclasses import replace

from . import layout
from .drawing import map_svg
from .marks import DEFAULT_PALETTE
from .models import Actor


def actors() -> list[Actor]:
    """The actors in scope, grouped by sector as on the wall, then in their order. One query."""
    sectors = list(Actor.sector.field.choices)
    order = {value: place for place, (value, _) in enumerate(sectors)}
    return sorted(
        Actor.objects.all(), key=lambda actor: (order.get(actor.sector, len(order)), actor.position, actor.pk)
    )


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
