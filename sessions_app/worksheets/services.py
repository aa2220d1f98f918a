"""Changes to the answers of worksheets. Each verb is one transaction."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from alianzas import services as shared
from alianzas.concurrency import Changed
from alianzas.fields import MEDIUM
from alianzas.models import Commitment
from sessions_app.models import Answer, AnswerFile, AnswerRevision

from . import kinds
from .text import Invalid

SAME_SITTING = timedelta(minutes=10)
MAX_FILES = 20


def save_answer(*, organization, by, prompt, subject, value, version, whose="", today=None) -> Answer:
    """Keep `value` (already cleaned) as the answer to `prompt`, written over `version` (0 = nothing was there).

    Raises Changed, and changes nothing, when another version is kept and says something else; Invalid when a promise is
    made for a day before `today` (the present day unless given). Side effects: the
    earlier value becomes an AnswerRevision, except while the same person only adds to a text; rows of prompts that
    commit become Commitments, and those taken away are deleted while still pending; gaps become Commitments that say
    `whose` they are.
    """
    try:
        with transaction.atomic():
            return _save(organization, by, prompt, subject, value, version, whose, today or timezone.localdate())
    except IntegrityError:  # the first answer of somebody else arrived between our look and our write
        with transaction.atomic():
            return _save(organization, by, prompt, subject, value, version, whose, today or timezone.localdate())


def _save(organization, by, prompt, subject, value, version, whose, today):
    facts = {"organization": organization, "prompt_key": prompt.key, "subject": subject}
    answer = Answer.objects.select_for_update().filter(**facts).first()
    if answer is None and value is None:
        return Answer(**facts, version=0)
    if answer is None:
        answer = Answer(**facts, version=0, value=None)
    elif kinds.same(answer.value, value):
        return answer
    elif answer.version != version:
        raise Changed("esta respuesta", answer)
    else:
        _keep_earlier(answer, by, value)
    answer.value = _with_commitments(organization, prompt, answer.value, value, today)
    answer.version, answer.author = answer.version + 1, by
    answer.save()
    if prompt.gaps:
        _promise_gaps(answer, prompt, whose)
    return answer


def _keep_earlier(answer, by, value):
    recent = timezone.now() - answer.updated_at < SAME_SITTING
    if recent and answer.author_id == by.pk and _only_adds(answer.value, value):
        return
    earlier = AnswerRevision.objects.create(
        organization=answer.organization,
        answer=answer,
        value=kinds.bare(answer.value),
        version=answer.version,
        author_id=answer.author_id,
    )
    AnswerRevision.objects.filter(pk=earlier.pk).update(at=answer.updated_at)  # when it was written, not replaced


def _only_adds(earlier, value):
    return earlier is None or (isinstance(earlier, str) and isinstance(value, str) and earlier in value)


def restore(*, organization, by, prompt, subject, revision, version, whose="") -> Answer:
    """Make an earlier value the present one, which in turn becomes an earlier one. Raises as `save_answer` does."""
    return save_answer(
        organization=organization,
        by=by,
        prompt=prompt,
        subject=subject,
        value=revision.value,
        version=version,
        whose=whose,
    )


# ── Promises ────────────────────────────────────────────────────────────────────────────────────────────────────────


def promise_columns(prompt) -> tuple[str, str, str, str]:
    """Names of the cells of a promise: what, who, when and horizon; empty when the prompt has none."""
    if prompt.kind == "commitment":
        return "what", "responsible", "due_date", ""
    by_kind = {}
    for column in prompt.columns:
        by_kind.setdefault(column.kind, column.key)
    what = by_kind.get("text") or by_kind.get("long", "")
    horizon = next((column.key for column in prompt.columns if column.key == "horizon"), "")
    return what, by_kind.get("person", ""), by_kind.get("date", ""), horizon


def _with_commitments(organization, prompt, earlier, value, today):
    """`value` with the id of its Commitment in every row that promises something."""
    if not (prompt.kind == "commitment" or prompt.commits):
        return value
    known = {row["id"]: row["commitment"] for row in earlier or [] if row.get("commitment")}
    found = {row.pk: row for row in Commitment.objects.select_for_update().filter(pk__in=known.values())}
    kept = [
        {**row, "commitment": _promise(organization, prompt, row, found.get(known.get(row["id"])), today)}
        for row in value or []
    ]
    gone = set(found) - {row["commitment"] for row in kept}
    Commitment.objects.filter(pk__in=gone, status=Commitment.Status.PENDING).delete()
    return kept or None


def _promise(organization, prompt, row, commitment, today):
    what, who, when, horizon = promise_columns(prompt)
    commitment = commitment or Commitment(organization=organization, source=prompt.key)
    commitment.title = row.get(what) or prompt.owed
    commitment.responsible = row.get(who) or ""
    if when:
        due = date.fromisoformat(row[when]) if row[when] else None
        if due and due != commitment.due_date and due < today:
            raise Invalid(f"La fecha {due:%d/%m/%Y} ya pasó: un compromiso se cumple de hoy en adelante.")
        commitment.due_date = due
    if horizon:
        commitment.horizon = row[horizon]
    return shared.save(commitment).pk


def gaps_in(prompt, value) -> dict[str, str]:
    """What is missing by item ("" for a question): what its commitment says. Pure."""
    if prompt.kind == "yesno":
        missing = bool(value) and value.get("answer") in ("no", "partly")
        return {"": prompt.owed} if missing else {}
    items = (value or {}).get("items", {})
    return {
        option.key: f"Completar: {option.label}"
        for option in prompt.options
        if items.get(option.key, {}).get("state") == "absent"
    }


def _promise_gaps(answer, prompt, whose):
    """One open commitment for each gap of an answer; done when the gap is closed, open again when it comes back.

    Who and when are set where commitments are: they stay as people put them.
    """
    begins = f"{prompt.key}:{answer.subject}:"
    known = {one.source.removeprefix(begins): one for one in Commitment.objects.filter(source__startswith=begins)}
    gaps, status = gaps_in(prompt, answer.value), Commitment.Status
    for item, title in gaps.items():
        one = known.get(item) or Commitment(organization=answer.organization, source=f"{begins}{item}")
        if one.status in (status.DONE, status.CANCELLED):
            one.status = status.PENDING
        one.title = (f"{whose}: {title}" if whose else title)[:MEDIUM]
        shared.save(one)
    for item, one in known.items():
        if item not in gaps and one.status != status.DONE:
            one.status = status.DONE
            shared.save(one)


# ── Files and photos ────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def add_file(*, organization, by, prompt, subject, upload) -> AnswerFile:
    """Keep a file already checked by `files.checked`. Raises Invalid when there are too many."""
    shared.lock(organization)
    if AnswerFile.objects.filter(prompt_key=prompt.key, subject=subject).count() >= MAX_FILES:
        raise Invalid(f"Aquí caben {MAX_FILES} archivos. Borra alguno antes de subir otro.")
    return keep_file(organization=organization, by=by, prompt_key=prompt.key, subject=subject, upload=upload)


def keep_file(*, organization, by, prompt_key, subject, upload) -> AnswerFile:
    """Keep a file already checked by `files.checked` without asking how many there are."""
    row = AnswerFile(
        organization=organization,
        prompt_key=prompt_key,
        subject=subject,
        name=upload.name,
        media_type=upload.media_type,
        author=by,
    )
    row.file.save(upload.name, upload.content, save=False)
    return shared.save(row)


def swap_file(*, row, by, upload, drop, prompt_key, subject) -> AnswerFile | None:
    """Put `upload` in the place of `row.file`, or take that away; `row` is saved by the caller.

    Gives the earlier file, to be deleted once `row` no longer points at it.
    """
    earlier = row.file if upload or drop else None
    if earlier:
        row.file = None
    if upload:
        facts = {"organization": row.organization, "prompt_key": prompt_key, "subject": subject}
        row.file = keep_file(by=by, upload=upload, **facts)
    return earlier


@transaction.atomic
def delete_file(*, row):
    """Delete the row and, once that is certain, the file."""
    storage, name = row.file.storage, row.file.name
    row.delete()
    transaction.on_commit(lambda: storage.delete(name))


def add_photo(*, organization, prompt, image, caption, has_consent):
    """Keep a cleaned picture of the wall; one that may show who is at risk stays out of the Plan until chosen."""
    return shared.add_photo(
        organization=organization,
        image=image,
        caption=caption,
        activity_key=prompt.key.rpartition(".")[0],
        in_plan=has_consent and not prompt.sensitive,
        has_consent=has_consent,
    )
