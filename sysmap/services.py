"""Changes to the map. What removes actors, and brings them back, is in `removals`."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from alianzas import services
from alianzas.bullets import name_without_bullet
from alianzas.concurrency import Changed
from alianzas.names import key_of, looks_like, same_name

from . import cells
from .models import Actor, KnownName, NotSame, require_telling_nothing

MAX_ACTORS = 300


@transaction.atomic
def keep(actor: Actor) -> Actor:
    """Validate and save `actor`, a new one after the others.

    Side effect: its name is known from now on, and every name it ever had is hidden while it is sensitive.
    """
    if actor.is_sensitive:
        require_good_alias(actor)
    row = services.save(actor) if actor.pk else services.append(actor)
    remember(row)
    return row


def require_good_alias(actor: Actor):
    """ValidationError, beside the alias, when another actor is called so or it says a name that must not be told."""
    ever = KnownName.objects.filter(Q(key=actor.key) | ~Q(alias="")).values_list("key", "name")
    wanted = looks_like(actor.alias)
    said = [name for key, name in ever if key == actor.key or looks_like(name) == wanted]
    try:
        require_free_name(actor.alias, besides=actor.pk)
    except ValidationError as error:
        raise ValidationError({"alias": error.messages}) from error
    require_telling_nothing(actor.alias, said)


def remember(actor: Actor):
    """Know the name of `actor` even after it is gone, and hide all it ever had if it is sensitive, in calendars too."""
    alias = actor.alias if actor.is_sensitive else ""
    KnownName.objects.get_or_create(organization=actor.organization, key=actor.key, name=actor.name)
    if KnownName.objects.filter(key=actor.key).exclude(alias=alias).update(alias=alias):
        services.outdate_calendars(actor.organization)


@transaction.atomic
def add_actors(*, organization, names) -> tuple[list[Actor], list[str]]:
    """Add one actor for each name. Returns the new ones and the names that were there already."""
    services.lock(organization)
    known = set()
    for key, is_sensitive, alias in Actor.objects.values_list("name_key", "is_sensitive", "alias"):
        known |= {key, key_of(alias)} if is_sensitive else {key}
    added, repeated = [], []
    for name in names:
        if key_of(name) in known:
            repeated.append(name)
            continue
        known.add(key_of(name))
        added.append(keep(Actor(organization=organization, name=name)))
    require_room()
    return added, repeated


def require_room():
    """ValidationError when there are more actors than the map takes."""
    if Actor.objects.count() > MAX_ACTORS:
        raise ValidationError(f"El mapa admite hasta {MAX_ACTORS} actores: quita o une algunos antes de agregar más.")


@transaction.atomic
def bring_named(*, organization, named) -> list[Actor]:
    """Make actors of those whom the sessions `named`. Returns the new ones."""
    informal = {one.name for one in named if one.is_informal}
    added, _ = add_actors(organization=organization, names=[one.name for one in named])
    for actor in added:
        if actor.name in informal:
            set_flag(actor=actor, flag="is_informal", value=True)
    return added


def require_free_name(name: str, *, besides=None):
    """ValidationError when another actor has that name or alias. One query."""
    others = Actor.objects.filter(Q(name_key=key_of(name)) | Q(is_sensitive=True)).exclude(pk=besides)
    wanted = same_name(name)
    if any(wanted in (same_name(one), same_name(alias)) for one, alias in others.values_list("name", "alias")):
        raise ValidationError("Ya está en el mapa un actor con ese nombre.")


def held_by(text: str, actor_field: str, name_field: str) -> dict:
    """The fields that say who would take a role: an actor of the map if `text` is one's public name, else the text."""
    wanted = same_name(text)
    found = (one for one in Actor.objects.all() if same_name(one.public_name) == wanted)
    actor = next(found, None) if wanted else None
    return {actor_field: actor, name_field: "" if actor else text}


@transaction.atomic
def save_cell(*, actor, name, text, was) -> Actor:
    """Write one cell. `was` is what it said when it was read: Changed if it says something else by now."""
    row = Actor.objects.select_for_update().get(pk=actor.pk)
    _write(row, name, text, was)
    return row


def _write(row, name, text, was):
    values = cells.read(name, text)
    now = cells.said(row, name)
    if name == "name" and row.is_sensitive:
        values = {"alias": values["name"]}
    elif name == "name":
        require_free_name(values["name"], besides=row.pk)
    elif name == "holder":
        values = held_by(values["holder"], "role_holder", "role_holder_name")
    if all(getattr(row, field) == value for field, value in values.items()):
        return
    if now.split() != was.replace("\r\n", "\n").split():
        raise Changed("esta celda", now)
    for field, value in values.items():
        setattr(row, field, value)
    keep(row)


@transaction.atomic
def paste(*, organization, rows: Sequence[Mapping]) -> int:
    """Write a block of cells: all of it, or nothing with every problem named. Returns how many cells changed.

    Each of `rows` is {"actor": pk or None for a new one, "cells": {column: text}, "was": {column: text}}.
    """
    problems, changed = [], 0
    found = Actor.objects.select_for_update().in_bulk([row["actor"] for row in rows if row["actor"]])
    for number, row in enumerate(rows, 1):
        texts = dict(row["cells"])
        actor = found.get(row["actor"]) if row["actor"] else None
        if actor is None:
            name = cells.visible_line(name_without_bullet(texts.pop("name", "")))
            if row["actor"] or not name:
                if any(text.strip() for text in texts.values()) or row["actor"]:
                    problems.append(f"Renglón {number}: falta el nombre del actor, o ya no está en la matriz.")
                continue
            added, _ = add_actors(organization=organization, names=[name])
            if not added:
                problems.append(f"Renglón {number}, Actores: «{name[:40]}» ya está en el mapa.")
                continue
            actor, changed = added[0], changed + 1
        for column, text in texts.items():
            before = cells.said(actor, column)
            try:
                _write(actor, column, text, row["was"].get(column, before))
            except ValidationError as error:
                problems.append(f"Renglón {number}, {cells.COLUMNS[column].title}: {' '.join(error.messages)}")
            else:
                changed += cells.said(actor, column) != before
    if problems:
        raise ValidationError(problems)
    return changed


@transaction.atomic
def place(*, actor, relation, result, was: tuple[str, str] | None = None) -> Actor:
    """Give the actor its place on the map: both codes, or "" for the tray. Changed when it has left `was`."""
    row = Actor.objects.select_for_update().get(pk=actor.pk)
    if was is not None and (row.relation, row.result) not in (was, (relation, result)):
        raise Changed("el lugar de esta tarjeta", row.relation)
    row.relation, row.result = relation, result
    return keep(row)


@transaction.atomic
def set_flag(*, actor, flag, value: bool) -> Actor:
    """Set `is_informal` or `in_matrix`; the row of an actor out of the matrix is kept (Fase 2)."""
    row = Actor.objects.select_for_update().get(pk=actor.pk)
    setattr(row, flag, value)
    return keep(row)


@transaction.atomic
def protect(*, actor, alias: str) -> Actor:
    """Make an actor sensitive under `alias`, or under «Actor A», «Actor B»… when none is given."""
    row = Actor.objects.select_for_update().get(pk=actor.pk)
    row.is_sensitive, row.alias = True, " ".join(alias.split()) or _free_alias()
    return keep(row)


def _free_alias():
    taken = {same_name(one.public_name) for one in Actor.objects.all()}
    letters = (first + second for first in ("", *ascii_uppercase) for second in ascii_uppercase)
    return next(alias for letter in letters if same_name(alias := f"Actor {letter}") not in taken)


@transaction.atomic
def tell_apart(*, organization, one, other):
    """Remember that two actors that look alike are not the same."""
    low, high = sorted((one.key, other.key))
    NotSame.objects.get_or_create(organization=organization, one=low, other=high)
