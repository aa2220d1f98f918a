"""Writing what comes back from Excel into the matrix."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction

from alianzas import services as shared
from alianzas.names import same_name
from alianzas.roundtrip.review import REMOVED
from alianzas.roundtrip.services import chosen_changes, write

from . import queries
from .models import Actor
from .removals import delete_actor
from .services import keep, require_room
from .sheet_import import current_matrix


@transaction.atomic
def apply_review(*, organization, review, chosen, by) -> int:
    """Write the chosen changes (places in `review.changes`) and return how many; all of them or none.

    Raises Changed when the matrix changed since the comparison, ValidationError when what was chosen does not hold
    together. Records an Event.
    """
    shared.lock(organization)
    actors = queries.actors()
    changes = chosen_changes(review, chosen, current_matrix(queries.shareable(actors)))
    rows = {str(actor.key): actor for actor in actors}
    _refuse_equal_names(rows, changes)
    kept = [change for change in changes if change.kind != REMOVED]
    for change in changes:
        if change.kind == REMOVED:
            delete_actor(actor=rows[change.key], by=by)
    _free_names([rows[change.key] for change in kept if change.key and "actor" in change.differences])
    for change in kept:
        _write(change, rows[change.key] if change.key else Actor(organization=organization))
    require_room()
    detail = {"changes": len(changes)}
    shared.record(organization=organization, user=by, verb="matrix.imported", detail=detail)
    return len(changes)


def _refuse_equal_names(rows, changes):
    """ValidationError when a name that a change gives would be that of another actor too."""
    given = {change.key or change.row: change for change in changes if "actor" in change.differences}
    gone = {change.key for change in changes if change.kind == REMOVED}
    names = [actor.public_name for key, actor in rows.items() if key not in given and key not in gone]
    names += [actor.name for key, actor in rows.items() if actor.is_sensitive and key not in gone]
    times = Counter(same_name(name) for name in [*names, *(change.line.actor for change in given.values())])
    for change in given.values():
        if times[same_name(change.line.actor)] > 1:
            raise ValidationError(f"Fila {change.row}: quedarían dos actores que se llaman «{change.line.actor}».")


def _free_names(renamed):
    """Let actors exchange their names: none holds its earlier one while the others are written."""
    for actor in renamed:
        key = str(actor.key)
        free = {"alias": key} if actor.is_sensitive else {"name": key, "name_key": key}
        Actor.objects.filter(pk=actor.pk).update(**free)


def _write(change, actor):
    """The actor with its new words; the one name of a sensitive actor that a sheet can change is its alias."""
    line = change.line
    values = {
        "sector": {"sector": line.sector},
        "informal": {"is_informal": line.informal},
        "roles": {"roles": list(line.roles)},
        "resources": {
            "primary_resource": line.resources[0] if line.resources else "",
            "secondary_resources": list(line.resources[1:]),
        },
        "relation": {"relation": line.relation},
        "rules": {"rules": line.rules},
        "result": {"result": line.result},
        "actor": {"alias" if actor.is_sensitive else "name": line.actor},
    }
    for name in change.differences:
        for field, value in values[name].items():
            setattr(actor, field, value)
    write(change, keep, actor)
