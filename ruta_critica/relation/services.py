"""Changes to what is told of an ally: journal, health and trust alike. Each verb is one transaction."""

from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from alianzas import services as shared
from alianzas.commitments.services import mirror
from alianzas.concurrency import Changed
from alianzas.dates import FIRST_YEAR, LAST_YEAR
from alianzas.fields import MEDIUM
from alianzas.models import Commitment

from .models import HealthCheck, JournalEntry, Told, TrustCheck

KEPT_DAYS = 30
SOURCE_PREFIX = "bitacora:"
_KEPT = {"id", "author", "created_at", "key", "version", "promise_status"}
NOT_YET = "Esa fecha todavía no llega: anota el día en que pasó."


@transaction.atomic
def add(*, row: Told) -> Told:
    """Keep something new; what was sent twice is kept once. ValidationError for days and promises that cannot be.

    A form sent again with other words in it, after going back in the browser, is something new.
    """
    shared.lock(row.organization)
    _require(row)
    if known := type(row).objects.filter(key=row.key).first():
        if _said(known) == _said(row):
            return known
        row.key = uuid4()
    return _keep(row)


@transaction.atomic
def change(*, row: Told, version: int) -> Told:
    """Keep `row` as it was edited from `version`; one that was deleted comes back. Raises Changed, ValidationError."""
    shared.lock(row.organization)
    kept = type(row).objects.get(pk=row.pk)
    if kept.version != version:
        raise Changed("esto", kept)
    row.version, row.deleted_at = version + 1, None
    return _keep(row, kept)


@transaction.atomic
def delete(*, row: Told, by) -> Told:
    """Put it away for `KEPT_DAYS` days, without its commitment; older ones are gone. Records an Event."""
    shared.lock(row.organization)
    row.refresh_from_db()
    if row.deleted_at:
        return row
    type(row).objects.filter(deleted_at__lt=too_old()).delete()
    row.deleted_at, row.version = timezone.now(), row.version + 1
    if isinstance(row, JournalEntry):
        row.promise_status = next((one.status for one in _commitments(row)), "")
    return _marked(row, by, "deleted")


@transaction.atomic
def restore(*, row: Told, by) -> Told:
    """Bring back what was deleted, its commitment as it stood. Records an Event."""
    shared.lock(row.organization)
    row.refresh_from_db()
    if row.deleted_at is None:
        return row
    row.deleted_at, row.version = None, row.version + 1
    return _marked(row, by, "restored")


def too_old():
    """The moment before which what was deleted does not come back."""
    return timezone.now() - timedelta(days=KEPT_DAYS)


def source_of(entry: JournalEntry) -> str:
    """How the commitment of an entry is found."""
    return f"{SOURCE_PREFIX}{entry.key}"


def require_recent(day, field):
    """ValidationError on `field` when the year of `day` can only be a slip."""
    if day.year < FIRST_YEAR:
        raise ValidationError({field: f"Revisa el año: va de {FIRST_YEAR} en adelante."})


def require_nothing_told(ally):
    """ValidationError when the relation with `ally` has a history that would be lost with it."""
    models = (JournalEntry, HealthCheck, TrustCheck)
    if any(model.objects.filter(ally=ally, deleted_at=None).exists() for model in models):
        raise ValidationError(
            f"«{ally}» ya tiene bitácora o revisiones de salud, que se perderían: mejor cierra la alianza en «Cómo va»."
        )


def _said(row):
    """What a row tells, without how it is kept."""
    return {field.name: field.value_from_object(row) for field in row._meta.concrete_fields if field.name not in _KEPT}


def _keep(row, before=None):
    _require(row, before)
    shared.save(row)
    _mirror(row)
    return row


def _require(row, before=None):
    if row.on > timezone.localdate():
        raise ValidationError({"on": NOT_YET})
    require_recent(row.on, "on")
    if isinstance(row, JournalEntry):
        _require_promise(row, before)


def _marked(row, by, what):
    row.save()
    _mirror(row)
    detail = {"row": row.pk, "ally": row.ally_id}
    shared.record(organization=row.organization, user=by, verb=f"{row._meta.model_name}.{what}", detail=detail)
    return row


def _require_promise(entry, before):
    """A next action says who and by when, from today on unless it said that day already; nothing else does."""
    if entry.kind != entry.Kind.NEXT_ACTION:
        entry.responsible, entry.due_date = "", None
        return
    if not entry.responsible:
        raise ValidationError({"responsible": "Di quién se encarga: un puesto, un equipo o un alias."})
    if not entry.due_date:
        raise ValidationError({"due_date": "Di para cuándo."})
    if entry.due_date < timezone.localdate() and not (before and before.due_date == entry.due_date):
        raise ValidationError({"due_date": "Esa fecha ya pasó: un compromiso nuevo se cumple de hoy en adelante."})
    if entry.due_date.year > LAST_YEAR:
        raise ValidationError({"due_date": f"Revisa el año: va hasta {LAST_YEAR}."})


def _mirror(row):
    """Keep the commitment of a next action in step with it."""
    if not isinstance(row, JournalEntry):
        return
    facts = None
    if row.kind == row.Kind.NEXT_ACTION and not row.deleted_at:
        title = Truncator(f"{row.ally}: {row.text}").chars(MEDIUM)
        facts = {"title": title, "responsible": row.responsible, "due_date": row.due_date}
    mirror(organization=row.organization, promises={source_of(row): facts})
    if facts and row.promise_status:
        _commitments(row).update(status=row.promise_status)
        row.promise_status = ""
        row.save(update_fields=["promise_status"])


def _commitments(entry):
    return Commitment.objects.filter(source=source_of(entry))
