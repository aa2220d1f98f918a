"""Opening and closing a run, and who is in the room. Each verb is one transaction."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from alianzas import services as shared
from alianzas.names import key_of, numbered, same_name
from sessions_app.design.queries import carta
from sessions_app.design.services import design_for
from sessions_app.models import Attendance, Participant, SessionRun
from sessions_app.record.pasting import Person
from sessions_app.record.services import mark_product, register_people
from sessions_app.worksheets.access import TEAMS

from . import codes
from .changes import changed, locked
from .rating import settle
from .timing import end_current

MOST_PEOPLE = 150
LONGEST_NAME = Participant._meta.get_field("name").max_length
NO_POST = "Participante"


class DoorClosed(ValidationError):
    """Nobody else comes in; the message says why."""


@transaction.atomic
def open_run(*, organization, session_key, by, is_rehearsal=False) -> SessionRun:
    """Open the session to a room, with a new code and token. ValidationError while another run of it is open.

    Side effects: its carta is saved as it is, so that its blocks keep their names; records an Event. A rehearsal does
    neither, since it leaves nothing.
    """
    shared.lock(organization)
    if SessionRun.objects.filter(session_key=session_key, closed_at=None).exists():
        raise ValidationError("Ya hay un taller abierto de esta sesión: entra en él o ciérralo.")
    row = SessionRun(
        organization=organization,
        session_key=session_key,
        sitting=_sitting_of_today(organization, session_key),
        is_rehearsal=is_rehearsal,
        opened_by=by,
        opened_at=timezone.now(),
    )
    _save_with_a_free_code(row)
    if not is_rehearsal:
        design_for(organization=organization, session_key=session_key)
    _record(row, by, "opened")
    return row


def _sitting_of_today(organization, session_key) -> int:
    """The sitting that the carta has for today, else the first that is not over."""
    found = carta(organization, session_key).sittings
    today = timezone.localdate()
    ahead = [one for one in found if one.date == today] or [one for one in found if not one.is_past] or found
    return ahead[0].number


def _save_with_a_free_code(row, tries=20):
    """Codes are unique among all organisations, which only the database sees."""
    for left in reversed(range(tries)):
        row.code, row.token = codes.new_code(), codes.new_key()
        try:
            with transaction.atomic():
                row.save()
            return
        except IntegrityError:
            row.pk = None
            if not left:
                raise


@transaction.atomic
def close_run(*, run, by, products: Iterable[int] = ()) -> tuple[int, int]:
    """End the run: its code opens nothing any more. Returns how many came and how many of them were expected.

    Side effects: the block that goes on ends; whoever was in the room goes on the attendance list as present; the
    `products` of the session that are done are marked, by their number; records an Event. A rehearsal leaves no row at
    all. ValidationError, and nothing changes, when it was closed already, the list would be too long or a product is
    none of the session's.
    """
    row = locked(run)
    if not row.is_open:
        raise ValidationError("Ese taller ya estaba cerrado.")
    if row.is_rehearsal:
        changed(row, "fin")
        row.delete()
        return 0, 0
    people = _people_of(row)
    counts = register_people(
        organization=row.organization, session_key=row.session_key, people=people, are_present=True
    )
    for number in products:
        mark_product(organization=row.organization, by=by, session_key=row.session_key, number=number, done=True)
    settle(row)
    row.code = row.token = ""
    row.closed_at = timezone.now()
    end_current(row, row.closed_at)
    row.save(update_fields=["code", "token", "closed_at"])
    changed(row, "fin")
    _record(row, by, "closed")
    return counts


def _people_of(row) -> list[Person]:
    """Who was there. Somebody who gave no post and was expected under that very name is that person."""
    expected: dict[str, list[str]] = {}
    for name, post in Attendance.objects.filter(session_key=row.session_key).values_list("name", "post"):
        expected.setdefault(same_name(name), []).append(post)
    return [Person(one.post or _only(expected.get(same_name(one.name))) or NO_POST, one.name) for one in present(row)]


def _only(posts):
    return posts[0] if posts and len(posts) == 1 else ""


def present(run):
    """Those who came in and were not sent out."""
    return run.participants.filter(expelled_at=None)


@transaction.atomic
def lock_door(*, run, is_locked):
    """Let nobody else in, or let people in again; whoever is inside stays."""
    row = locked(run)
    row.is_locked = is_locked
    row.save(update_fields=["is_locked"])
    changed(row, "puerta")


@transaction.atomic
def join(*, run, key, name, post="") -> Participant:
    """Somebody comes in. The same `key` again is the same person: a request sent twice changes nothing.

    DoorClosed when the door is locked or the room is full. A name that is taken gets a number.
    """
    row = locked(run)
    digest = codes.digest(key)
    known = row.participants.filter(key_digest=digest).first()
    if known:
        return known
    if not row.is_open or row.is_locked:
        raise DoorClosed("La puerta está cerrada: pide a quien facilita que la abra.")
    return _let_in(row, digest, name, post)


@transaction.atomic
def add_without_phone(*, run, name, post="") -> Participant:
    """Somebody is in the room without a phone; also once the door is locked. DoorClosed when the room is full."""
    return _let_in(locked(run), codes.digest(codes.new_key()), name, post)


def _let_in(row, digest, name, post):
    inside = set(present(row).values_list("name_key", flat=True))
    if len(inside) >= MOST_PEOPLE:
        raise DoorClosed(f"Ya hay {MOST_PEOPLE} personas en el taller: avisa a quien facilita.")
    facts = {"key_digest": digest, "name": numbered(name, inside, LONGEST_NAME), "post": post}
    person = shared.save(Participant(organization=row.organization, run=row, **facts))
    changed(row, "gente")
    return person


@transaction.atomic
def join_team(*, participant, team: int):
    """Go to a team, or to another one; what was written stays with the one before. ValidationError for no such team."""
    row = locked(participant.run)
    if not 1 <= team <= TEAMS:
        raise ValidationError(f"Los equipos van de 1 a {TEAMS}.")
    row.participants.filter(pk=participant.pk).update(team=team)
    changed(row, "equipos")


@transaction.atomic
def expel(*, participant):
    """Send somebody out: their phone opens nothing any more, and they do not go on the list."""
    row = locked(participant.run)
    row.participants.filter(pk=participant.pk, expelled_at=None).update(expelled_at=timezone.now())
    changed(row, "salida")


@transaction.atomic
def readmit(*, participant):
    """Let somebody in again who was sent out; a name that somebody took meanwhile gets a number."""
    row = locked(participant.run)
    inside = set(present(row).exclude(pk=participant.pk).values_list("name_key", flat=True))
    name = numbered(participant.name, inside, LONGEST_NAME)
    row.participants.filter(pk=participant.pk).update(expelled_at=None, name=name, name_key=key_of(name))
    changed(row, "salida")


def _record(row, by, what):
    if not row.is_rehearsal:
        detail = {"session": row.session_key, "run": row.pk}
        shared.record(organization=row.organization, user=by, verb=f"run.{what}", detail=detail)
