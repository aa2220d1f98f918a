"""Deleting and merging actors, both undone for `KEPT_DAYS` days."""

from datetime import timedelta
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import PROTECT
from django.utils import timezone

from alianzas import services
from alianzas.names import key_of

from .models import MAX_ROLES, Actor, KnownName, Removal
from .services import keep, remember, require_free_name

KEPT_DAYS = 30
_LEFT_OUT = {"id", "organization"}


def too_old():
    """The moment before which a removal is no longer undone."""
    return timezone.now() - timedelta(days=KEPT_DAYS)


@transaction.atomic
def delete_actor(*, actor, by) -> Removal:
    """Take an actor off the map. ValidationError says why not when an alliance stands on it."""
    services.lock(actor.organization)
    _require_here(actor)
    moved = _pointing_at(actor)
    if any(_field(label, name).remote_field.on_delete is PROTECT for label, name, _ in moved):
        raise ValidationError(f"«{actor}» ya es un aliado de la Ruta Crítica: quítalo de ahí antes de borrarlo.")
    return _remove(actor, by, verb="actor.deleted", moved=moved)


@transaction.atomic
def merge_actors(*, kept, gone, by) -> Removal:
    """Make two actors one: what `kept` does not say is taken from `gone`, and what pointed at `gone` points at `kept`.

    ValidationError when both are allies already, or are one and the same. Records an Event.
    """
    if kept.pk == gone.pk:
        raise ValidationError("Elige dos actores distintos.")
    services.lock(kept.organization)
    _require_here(kept, gone)
    moved = _pointing_at(gone)
    for label, name, _ in moved:
        field = _field(label, name)
        if field.unique and field.model.objects.filter(**{name: kept}).exists():
            raise ValidationError(
                f"«{kept}» y «{gone}» ya son aliados los dos: quita uno de los aliados antes de unirlos."
            )
    joined = _joined(kept, gone)
    before = {name: getattr(kept, name) for name in joined}
    _point(moved, kept)
    removal = _remove(gone, by, verb="actor.merged", moved=moved, kept=kept, before=before, after=joined)
    for name, value in joined.items():
        setattr(kept, name, value)
    keep(kept)
    if kept.is_sensitive:  # every name of either is hidden from now on
        KnownName.objects.filter(key=UUID(removal.data["key"])).update(alias=kept.alias)
    return removal


@transaction.atomic
def keep_as(*, actor: Actor, name: str, by) -> Actor:
    """What was written of `actor` becomes part of the one called `name`, which people said is the same. Undone as any
    merge is. ValidationError when both are allies, or `name` is no longer there."""
    kept = Actor.objects.filter(name_key=key_of(name)).first()
    if kept is None:
        raise ValidationError(f"«{name}» ya no está en el mapa: guarda otra vez.")
    merge_actors(kept=kept, gone=keep(actor), by=by)
    return kept


@transaction.atomic
def restore(*, removal, by) -> Actor:
    """Bring back what was removed, with everything that pointed at it.

    Of the actor it was merged into, fields go back unless somebody changed them since. Records an Event.
    """
    data = removal.data
    require_free_name(data["name"])
    actor = Actor(pk=data["id"], organization=removal.organization)
    for name, value in data.items():
        if name != "id":
            setattr(actor, name, UUID(value) if name == "key" else value)
    if not Actor.objects.filter(pk=actor.role_holder_id).exists():
        actor.role_holder_id = None
    actor.full_clean()
    actor.save(force_insert=True)
    keep(actor)
    kept = removal.kept
    _point(removal.moved, actor, now_at=kept)
    if kept:
        for name, value in removal.before.items():
            if getattr(kept, name) == removal.after[name]:
                setattr(kept, name, value)
        keep(kept)
    removal.delete()
    services.record(organization=actor.organization, user=by, verb="actor.restored", detail={"actor": str(actor.key)})
    return actor


def _require_here(*actors):
    """ValidationError when somebody has taken one of them off the map meanwhile."""
    if Actor.objects.filter(pk__in=[actor.pk for actor in actors]).count() < len(actors):
        raise ValidationError("Alguien ya lo quitó o lo unió: recarga la página.")


def _remove(actor, by, *, verb, moved, **merge):
    organization, key = actor.organization, str(actor.key)
    Removal.objects.filter(at__lt=too_old()).delete()
    remember(actor)
    removal = services.save(Removal(organization=organization, data=_fields(actor), moved=moved, by=by, **merge))
    actor.delete()
    services.record(organization=organization, user=by, verb=verb, detail={"actor": key})
    return removal


def _fields(actor):
    return {
        field.attname: str(value) if isinstance(value := getattr(actor, field.attname), UUID) else value
        for field in Actor._meta.concrete_fields
        if field.name not in _LEFT_OUT
    } | {"id": actor.pk}


def _joined(kept, gone):
    """The fields of `kept` that the merge changes, with their new values."""
    values = {}
    for field in Actor._meta.concrete_fields:
        mine, theirs = getattr(kept, field.attname), getattr(gone, field.attname)
        if field.name in {*_LEFT_OUT, "key", "position", "name", "alias", "is_sensitive", "in_matrix", "is_informal"}:
            continue
        if not mine and theirs:
            values[field.attname] = theirs
    values["roles"] = list(dict.fromkeys([*kept.roles, *gone.roles]))[:MAX_ROLES]
    others = [*kept.secondary_resources, *gone.resources]
    primary = values.get("primary_resource", kept.primary_resource)
    values["secondary_resources"] = [one for one in dict.fromkeys(others) if one != primary]
    left_roles = [role for role in gone.roles if role not in values["roles"]]
    said = [f"También se le llamó «{gone}»."]
    said += [f"Otro papel: {role}." for role in left_roles]
    said += [f"Otra regla: {gone.rules}"] if kept.rules and gone.rules and gone.rules != kept.rules else []
    said += [gone.notes] if kept.notes and gone.notes else []
    limit = Actor._meta.get_field("notes").limit
    values["notes"] = "\n".join(filter(None, [kept.notes or values.get("notes", ""), *said]))[:limit]
    values |= {"is_informal": kept.is_informal or gone.is_informal, "in_matrix": kept.in_matrix or gone.in_matrix}
    if gone.is_sensitive and not kept.is_sensitive:
        values |= {"is_sensitive": True, "alias": gone.alias}
    return {name: value for name, value in values.items() if value != getattr(kept, name)}


def _pointing_at(actor):
    """[model label, field, pk] of every row of any floor that points at `actor`."""
    return [
        [relation.related_model._meta.label, relation.field.name, pk]
        for relation in Actor._meta.get_fields(include_hidden=True)
        if relation.auto_created and (relation.one_to_many or relation.one_to_one)
        for pk in relation.related_model.objects.filter(**{relation.field.name: actor}).values_list("pk", flat=True)
    ]


def _point(moved, actor, **where):
    """Let the rows point at `actor`; with `now_at`, only those that still point there."""
    for label, name, pk in moved:
        field = _field(label, name)
        rows = field.model.objects.filter(pk=pk)
        if "now_at" in where:
            rows = rows.filter(**{name: where["now_at"]})
        rows.update(**{name: actor})


def _field(label, name):
    return apps.get_model(label)._meta.get_field(name)
