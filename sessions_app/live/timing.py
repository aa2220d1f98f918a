"""The blocks of a run as they go: the next one, five minutes more, a pause. Each verb is one transaction."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from alianzas import services as shared
from sessions_app.models import MAX_MINUTES, ActivityRun, SessionRun

from .changes import changed, locked
from .queries import clock_now


@transaction.atomic
def begin_next(*, run, after="", now=None) -> ActivityRun | None:
    """End what goes on and begin the next block of the carta; None when there is none left.

    `after` is the ref of the block that whoever asks sees going on: when somebody else has moved on meanwhile, nothing
    happens, so that two people who press at once skip nothing.
    """
    row, now = locked(run), now or timezone.now()
    going = _going(row)
    if after != (going.ref if going else ""):
        return going
    coming = clock_now(row, now).coming
    end_current(row, now)
    begun = None
    if coming:
        begun = ActivityRun(organization=row.organization, run=row, ref=coming.ref, title=coming.title)
        begun.minutes, begun.started_at = coming.planned, now
        shared.save(begun)
    changed(row, "reloj")
    return begun


@transaction.atomic
def go_back(*, run, now=None):
    """The block that goes on was begun by mistake: the one before goes on as if it had not ended."""
    row, now = locked(run), now or timezone.now()
    last = row.activities.exclude(ended_at=None).last()
    if last is None:
        raise ValidationError("No hay una actividad anterior a la cual regresar.")
    if going := _going(row):
        going.delete()
    last.ended_at = None
    shared.save(last)
    changed(row, "reloj")


@transaction.atomic
def add_minutes(*, run, minutes=5):
    """Give the block that goes on some minutes more."""
    row = locked(run)
    going = _going_or_refuse(row)
    going.minutes = min(going.minutes + minutes, MAX_MINUTES)
    shared.save(going)
    changed(row, "reloj")


@transaction.atomic
def pause(*, run, now=None):
    """Stop the clock of the block; twice is the same as once."""
    row = locked(run)
    going = _going_or_refuse(row)
    if going.paused_at is None:
        going.paused_at = now or timezone.now()
        shared.save(going)
        changed(row, "reloj")


@transaction.atomic
def resume(*, run, now=None):
    row = locked(run)
    going = _going_or_refuse(row)
    if going.paused_at is not None:
        _end_pause(going, now or timezone.now())
        shared.save(going)
        changed(row, "reloj")


def end_current(row: SessionRun, now: datetime):
    """End the block that goes on, if any. Inside a transaction that has locked the run."""
    if going := _going(row):
        _end_pause(going, now)
        going.ended_at = max(now, going.started_at)
        shared.save(going)


def _end_pause(going, now):
    if going.paused_at is not None:
        waited = max(now - going.paused_at, timedelta())
        going.paused_seconds, going.paused_at = going.paused_seconds + round(waited.total_seconds()), None


def _going(row):
    return row.activities.filter(ended_at=None).first()


def _going_or_refuse(row):
    going = _going(row)
    if going is None:
        raise ValidationError("Primero empieza una actividad.")
    return going
