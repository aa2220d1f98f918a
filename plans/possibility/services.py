"""Readings of the Línea de Posibilidad. Nobody's position outlives the reading, and no name is ever with one."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from alianzas import services as shared
from alianzas.secrecy import FEW, mark_of
from sessions_app.live.changes import Late
from sessions_app.live.stages import touch
from sessions_app.models import SessionRun

from .models import Position, Reading
from .spread import QUESTIONS, wrong_with

STAGE = "posibilidad"  # of a workshop


class ReadingClosed(Late):
    """The reading takes no positions."""

    def __init__(self):
        super().__init__("Esta toma ya no está abierta: tu posición no se guardó.")


@transaction.atomic
def open_reading(*, organization, moment, by, on=None, rehearsal: SessionRun | None = None) -> Reading:
    """Start asking where people stand; a reading of a `rehearsal` goes with it.

    ValidationError while another reading is open. Records an Event.
    """
    shared.lock(organization)
    if pending := Reading.objects.filter(state=Reading.State.OPEN).first():
        if pending.rehearsal_id and not rehearsal:
            raise ValidationError("Hay un ensayo con una toma abierta: cierra el ensayo antes de abrir otra.")
        raise ValidationError("Ya hay una toma abierta: ciérrala o cancélala antes de abrir otra.")
    facts = {"moment": moment, "opened_on": on or timezone.localdate(), "rehearsal": rehearsal}
    row = shared.save(Reading(organization=organization, **facts))
    _tell(row, by, "opened")
    return row


@transaction.atomic
def take_position(*, reading, person_key, values):
    """Keep where somebody stands, {question: 0 to 100}, in place of what they said before.

    `person_key` names a person inside the product and is kept as a digest only, while the reading is open.
    """
    row = _open(reading)
    _require_positions({key: [values.get(key)] for key in QUESTIONS})
    mark = mark_of(row.key, person_key)
    Position.objects.update_or_create(
        mark=mark, reading=row, defaults={"organization": row.organization, "values": {k: values[k] for k in QUESTIONS}}
    )
    touch("votos", STAGE)


@transaction.atomic
def set_room(*, reading, spread):
    """Put the positions taken in the room, {question: [0 to 100, …]}, in place of the earlier ones."""
    row = _open(reading)
    _require_positions({key: spread.get(key, []) for key in QUESTIONS})
    row.room = {key: sorted(spread.get(key, [])) for key in QUESTIONS}
    shared.save(row)
    touch("votos", STAGE)


def _require_positions(spread):
    for key, values in spread.items():
        for value in values:
            if problem := wrong_with(key, value):
                raise ValidationError(problem)


@transaction.atomic
def close_reading(*, reading, by, is_sure=False, on=None) -> Reading:
    """Sort the positions of each question apart, keep them, and destroy who gave which. Records an Event.

    ValidationError when nobody has answered, or when so few have that the spread may tell and nobody `is_sure`.
    """
    row = _open(reading)
    given = list(Position.objects.filter(reading=row).values_list("values", flat=True))
    spread = {key: sorted([*(one[key] for one in given), *row.room.get(key, [])]) for key in QUESTIONS}
    people = max(map(len, spread.values()))
    if not people:
        raise ValidationError("Nadie ha respondido todavía: espera o cancela la toma.")
    if people < FEW and not is_sure:
        raise ValidationError("Con tan pocas respuestas se nota quién dijo qué: confirma que lo saben.")
    return _end(row, by, Reading.State.CLOSED, spread, on)


@transaction.atomic
def cancel_reading(*, reading, by, on=None) -> Reading:
    """Set a reading aside that was opened by mistake, with what was answered. Records an Event."""
    return _end(_open(reading), by, Reading.State.CANCELLED, {}, on)


def _end(row, by, state, spread, on):
    Position.objects.filter(reading=row).delete()
    row.state, row.spread, row.room, row.closed_on = state, spread, {}, on or timezone.localdate()
    shared.save(row)
    _tell(row, by, state)
    return row


def _open(reading):
    row = Reading.objects.select_for_update().get(pk=reading.pk)
    if not row.is_open:
        raise ReadingClosed
    return row


def _tell(row, by, what):
    """What happened to the reading, to the history (but in a rehearsal) and to a room that has it on its screen."""
    if not row.rehearsal_id:
        detail = {"moment": row.moment}
        shared.record(organization=row.organization, user=by, verb=f"possibility.{what}", detail=detail)
    touch("escena", STAGE)
