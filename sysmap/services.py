"""Changes to the map."""

from django.db import transaction

from alianzas import services

from .models import Actor


@transaction.atomic
def add_actors(*, organization, names) -> tuple[list[Actor], list[str]]:
    """Add one actor for each name. Returns the new ones and the names that were there already (any case)."""
    known = {name.casefold() for name in Actor.objects.values_list("name", flat=True)}
    added, repeated = [], []
    for name in names:
        if name.casefold() in known:
            repeated.append(name)
            continue
        known.add(name.casefold())
        added.append(services.append(Actor(organization=organization, name=name)))
    return added, repeated


def delete_actor(*, actor):
    """Delete an actor that no alliance stands on; otherwise ValidationError says why not."""
    services.remove(
        row=actor, in_use=f"«{actor}» ya es un aliado del mapa de resultados: quítalo de ahí antes de borrarlo."
    )
