"""Noting what happened in a session. Each verb is one transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction

from alianzas import services as shared
from alianzas.models import Commitment
from alianzas.names import same_name
from sessions_app import curriculum
from sessions_app.models import Attendance, ProductMark
from sessions_app.proofs import is_by_hand

from .queries import closing_key

MOST_PEOPLE = 500
PROVEN = "Ese producto se da por listo solo, con lo que el equipo trabaja: no hace falta marcarlo."
TOO_MANY = f"La lista de una sesión llega a {MOST_PEOPLE} personas."


@transaction.atomic
def register_people(*, organization, session_key, people, are_present) -> tuple[int, int]:
    """Put `people` (each with post, name and affiliation) on the list, after those who are on it already.

    Returns how many were added and how many were there before: the same post and name is the same person, who is
    marked present when `are_present` says so and keeps everything else. ValidationError and nothing written when the
    list would be too long.
    """
    shared.lock(organization)
    known = {_who(row): row for row in Attendance.objects.filter(session_key=session_key)}
    new = {}
    for person in people:
        if _who(person) not in known:
            new.setdefault(_who(person), person)
    if len(known) + len(new) > MOST_PEOPLE:
        raise ValidationError(TOO_MANY)
    last = max((row.position for row in known.values()), default=-1)
    for place, person in enumerate(new.values(), start=last + 1):
        shared.save(
            Attendance(
                organization=organization,
                session_key=session_key,
                post=person.post,
                name=person.name,
                affiliation=person.affiliation,
                is_present=are_present,
                position=place,
            )
        )
    met = {known[key].pk for person in people if (key := _who(person)) in known}
    if are_present:
        Attendance.objects.filter(pk__in=met).update(is_present=True)
    return len(new), len(met)


def _who(person):
    return same_name(person.post), same_name(person.name)


@transaction.atomic
def copy_people(*, organization, session_key, source_key) -> tuple[int, int]:
    """Expect in `session_key` whoever is on the list of `source_key`; nobody is marked present by it.

    Returns how many were added and how many were there before.
    """
    people = list(Attendance.objects.filter(session_key=source_key))
    return register_people(organization=organization, session_key=session_key, people=people, are_present=False)


@transaction.atomic
def note_attendance(*, session_key, came, missed):
    """Of the people on the list (ids), those of `came` were there and those of `missed` were not.

    Everybody else, and ids of other sessions, stay as they are.
    """
    listed = Attendance.objects.filter(session_key=session_key)
    listed.filter(pk__in=came).update(is_present=True)
    listed.filter(pk__in=missed).update(is_present=False)


@transaction.atomic
def mark_product(*, organization, by, session_key, number, done):
    """Declare a product of the session done, or take that back. Twice is the same as once. Records an Event.

    Only what data cannot prove is declared: ValidationError for the others, whose tick can still be taken back.
    """
    if number not in range(len(curriculum.session(session_key).products)):
        raise ValidationError("Ese producto no es de esta sesión.")
    key = {"organization": organization, "session_key": session_key, "product": number}
    if done and not is_by_hand(session_key, number):
        raise ValidationError(PROVEN)
    if done:
        _, changed = ProductMark.objects.get_or_create(**key, defaults={"by": by})
    else:
        changed, _ = ProductMark.objects.filter(**key).delete()
    if changed:
        verb = "product.done" if done else "product.undone"
        shared.record(organization=organization, user=by, verb=verb, detail={"session": session_key, "product": number})


@transaction.atomic
def add_next_step(*, organization, session, **facts) -> Commitment:
    """Keep a next step of the session as a commitment born in its closing activity."""
    return shared.save(Commitment(organization=organization, source=closing_key(session), **facts))
