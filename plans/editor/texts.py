"""The texts of the Plan: read with names hidden, written over the draft or over what people wrote before.

Each verb is one transaction.
"""

from django.db import transaction

from alianzas import services as shared
from alianzas.concurrency import Changed
from plans.models import OutcomeRow, PlanText, Strategy
from sysmap.queries import veil

from .drafts import SectionText, drafts


def texts_of(organization, hide, strategies: int, allies: int) -> dict[str, SectionText]:
    """Every text of the Plan by its key, as it may be read. One query."""
    return texts_from(PlanText.objects.select_related("author"), organization, hide, strategies, allies)


def texts_from(rows, organization, hide, strategies: int, allies: int) -> dict[str, SectionText]:
    """Every text of the Plan by its key, from what people wrote of it. No queries but that of `rows`."""
    rows = {row.key: row for row in rows}
    found = drafts(organization, strategies=strategies, allies=allies)
    return {key: _read(key, hide(draft), rows.get(key), hide) for key, draft in found.items()}


def _read(key, draft, row, hide):
    if row is None:
        return SectionText(key, draft)
    kept = {"own": hide(row.text), "drafted": row.drafted, "set_aside": hide(row.set_aside)}
    return SectionText(key, draft, **kept, author=row.author, updated_at=row.updated_at)


def text_now(organization, key: str) -> SectionText:
    """One text as it may be read, counted afresh."""
    worked = OutcomeRow.objects.filter(strategy__priority__isnull=False)
    strategies = Strategy.objects.filter(priority__isnull=False).count()
    allies = worked.order_by().values("ally").distinct().count()
    return texts_of(organization, veil(), strategies, allies)[key]


@transaction.atomic
def write_text(*, organization, by, key: str, text: str, was: str | None = None, set_aside=False) -> SectionText:
    """Keep `text` as a text of the Plan; empty, or equal to the draft, goes back to the draft.

    `was` is what it said when it was read: Changed if somebody wrote something else over it since. What people had
    written is set aside when they go back to the draft, or with `set_aside`.
    """
    shared.lock(organization)
    now, text = text_now(organization, key), _clean(text)
    if text == now.shown:
        return now
    if was is not None and not now.may_be_written_over(_clean(was)):
        raise Changed("este texto", now.shown)
    row = _row(organization, key)
    own = "" if text == now.draft else text
    if row.text and (set_aside or not own):
        row.set_aside = row.text
    if own and not row.text:
        row.drafted = now.draft
    row.text = own
    return _keep(row, by, organization)


@transaction.atomic
def take_draft(*, organization, by, key: str) -> SectionText:
    """Let the draft of today stand; what people wrote is set aside, not lost."""
    row = _row(organization, key)
    if row.text:
        row.text, row.set_aside = "", row.text
    return _keep(row, by, organization)


@transaction.atomic
def keep_own(*, organization, by, key: str) -> SectionText:
    """What people wrote stays, now that they saw what the data say today."""
    row = _row(organization, key)
    row.drafted = text_now(organization, key).draft
    return _keep(row, by, organization)


@transaction.atomic
def bring_back(*, organization, by, key: str) -> SectionText:
    """What had been set aside is the text again; what stood in its place is set aside."""
    row = _row(organization, key)
    if row.set_aside:
        row.text, row.set_aside, row.drafted = row.set_aside, row.text, text_now(organization, key).draft
    return _keep(row, by, organization)


def _row(organization, key):
    found = PlanText.objects.select_for_update().filter(key=key).first()
    return found or PlanText(organization=organization, key=key)


def _keep(row, by, organization):
    row.author, row.version = by, row.version + 1
    shared.save(row)
    return text_now(organization, row.key)


def _clean(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
