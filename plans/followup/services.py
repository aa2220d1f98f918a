"""Changes to the journal of a marker. Each verb is one transaction."""

import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from alianzas import services as shared
from alianzas.concurrency import Changed
from alianzas.dates import FIRST_YEAR, LAST_YEAR
from alianzas.models import Commitment
from plans.models import MarkerCheck
from sessions_app.worksheets import services as worksheets

SOURCE = "seguimiento"
WRITTEN = ("state", "checked_on", "evidence", "link", "helped", "surprise", "lesson")
PROMISED = ("title", "responsible", "due_date")


@transaction.atomic
def note(*, marker, by, key, upload=None, next_step=None, **facts) -> MarkerCheck:
    """Note in the journal how `marker` goes: `facts` are the fields of `WRITTEN`.

    The same words sent twice with the same `key` are one row; other words are another one, so that nothing is lost.
    `upload` is a file already checked by `files.checked`. Side effects: `next_step` (its `PROMISED` facts, or None)
    becomes a Commitment. Raises ValidationError.
    """
    shared.lock(marker.organization)
    row = MarkerCheck(organization=marker.organization, marker=marker, key=key, by=by)
    _write(row, facts)
    sent = MarkerCheck.objects.filter(key=key).select_related("next_step").first()
    if sent is not None:
        same = _says(sent) == _says(row) | {"next_step": _promised(next_step)}
        if same and sent.marker_id == marker.pk and bool(upload) == bool(sent.file_id):
            return sent
        row.key = uuid.uuid4()
    _promise(row, next_step)
    _swap_file(row, by, upload)
    return shared.save(row)


@transaction.atomic
def tap(*, marker, by, key, state) -> MarkerCheck:
    """Note with one touch that `marker` stands so today; nothing when its last check says so of today already."""
    shared.lock(marker.organization)
    today = timezone.localdate()
    last = MarkerCheck.objects.filter(marker=marker, is_withdrawn=False).first()
    if last is not None and (last.state, last.checked_on) == (state, today):
        return last
    return note(marker=marker, by=by, key=key, state=state, checked_on=today)


@transaction.atomic
def correct(*, check, by, version, upload=None, drop_file=False, next_step=None, **facts) -> MarkerCheck:
    """Correct or complete a check that was read at `version`. Raises ValidationError, or Changed.

    `upload` takes the place of the earlier file, as `drop_file` takes that away. The commitment follows `next_step`;
    without one it is deleted while it is pending.
    """
    shared.lock(check.organization)
    row = MarkerCheck.objects.select_related("next_step", "file", "marker").get(pk=check.pk)
    if row.version != version:
        raise Changed("este avance", row)
    _write(row, facts)
    dropped = _promise(row, next_step)
    earlier = _swap_file(row, by, upload, drop_file)
    row.version += 1
    shared.save(row)
    if dropped and dropped.status == Commitment.Status.PENDING:
        dropped.delete()
    if earlier:
        worksheets.delete_file(row=earlier)
    return row


@transaction.atomic
def set_withdrawn(*, check, by, is_withdrawn: bool):
    """Take a check out of the journal, or put it back. Its open commitment is cancelled, or open again."""
    status = Commitment.Status
    check.is_withdrawn = is_withdrawn
    check.version += 1
    check.save(update_fields=["is_withdrawn", "version"])
    was, becomes = (status.PENDING, status.CANCELLED) if is_withdrawn else (status.CANCELLED, status.PENDING)
    if check.next_step_id and check.next_step.status == was:
        check.next_step.status = becomes
        shared.save(check.next_step)
    verb = "check.withdrawn" if is_withdrawn else "check.put_back"
    shared.record(organization=check.organization, user=by, verb=verb, detail={"check": check.pk})


def _write(row, facts):
    for name in WRITTEN:
        setattr(row, name, facts.get(name, ""))
    for name in ("evidence", "helped", "surprise", "lesson"):
        setattr(row, name, getattr(row, name).strip())
    _require_a_day(row.checked_on)
    if row.state == MarkerCheck.State.DROPPED and not (row.evidence or row.lesson):
        raise ValidationError({"evidence": "Di por qué ya no aplica: le servirá a quien lea el reporte."})


def _require_a_day(day: date):
    if day > timezone.localdate():
        raise ValidationError({"checked_on": "Esa fecha todavía no llega: anota cuándo se vio el avance."})
    if day.year < FIRST_YEAR:
        raise ValidationError({"checked_on": "Revisa el año: la fecha queda muy atrás."})


def _says(row):
    said = {name: getattr(row, name) for name in WRITTEN}
    return said | {"next_step": tuple(getattr(row.next_step, name) for name in PROMISED) if row.next_step_id else None}


def _promised(facts):
    return tuple(facts[name] for name in PROMISED) if facts else None


def _promise(row, facts) -> Commitment | None:
    """Keep the commitment of `row` in step with `facts`; gives the one that is promised no more."""
    kept = row.next_step
    if not facts:
        row.next_step = None
        return kept
    moved = kept is None or kept.due_date != facts["due_date"]
    if moved and facts["due_date"] < timezone.localdate():
        raise ValidationError({"next_due_date": "Esa fecha ya pasó: una acción nueva se hace de hoy en adelante."})
    if facts["due_date"].year > LAST_YEAR:
        raise ValidationError({"next_due_date": f"Revisa el año: va hasta {LAST_YEAR}."})
    row.next_step = kept or Commitment(organization=row.organization, source=SOURCE)
    for name in PROMISED:
        setattr(row.next_step, name, facts[name])
    row.next_step.horizon = row.marker.horizon
    shared.save(row.next_step)
    row.next_step = row.next_step  # takes the key that it has by now
    return None


def _swap_file(row, by, upload, drop=False):
    about = {"prompt_key": SOURCE, "subject": f"indicador-{row.marker_id}"}
    return worksheets.swap_file(row=row, by=by, upload=upload, drop=drop, **about)
