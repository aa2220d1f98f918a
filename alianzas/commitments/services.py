"""Changes to commitments and shared calendars. Each verb is one transaction."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from alianzas import services as shared
from alianzas.models import CalendarFeed, Commitment

from .hooks import MANUAL

MAX_FEEDS = 20


@transaction.atomic
def add(*, organization, today, **facts) -> Commitment:
    """Write down a commitment by hand. A date that has passed is refused."""
    due = facts.get("due_date")
    if due and due < today:
        raise ValidationError({"due_date": "Esa fecha ya pasó: un compromiso nuevo se cumple de hoy en adelante."})
    return shared.save(Commitment(organization=organization, source=MANUAL, **facts))


@transaction.atomic
def change(*, commitment, **facts) -> Commitment:
    for name, value in facts.items():
        setattr(commitment, name, value)
    return shared.save(commitment)


@transaction.atomic
def set_status(*, commitment, status, by) -> str:
    """Change how it stands and return how it stood before. Records an Event."""
    earlier, commitment.status = commitment.status, status
    if earlier != status:
        shared.save(commitment)
        detail = {"commitment": commitment.pk, "from": earlier, "to": status}
        shared.record(organization=commitment.organization, user=by, verb="commitment.status", detail=detail)
    return earlier


@transaction.atomic
def delete(*, commitment):
    """Delete one that was written by hand; others belong to where they were born."""
    if commitment.source != MANUAL:
        raise ValidationError("Este compromiso nació en otra parte del proceso: cancélalo o bórralo allá.")
    commitment.delete()


@transaction.atomic
def mirror(*, organization, promises):
    """Keep the commitments of other rows in step with them.

    `promises`: {source: facts, or None when there is nothing to promise any more}. How each one stands is left as it
    is. The sources belong to the caller alone.
    """
    known = {one.source: one for one in Commitment.objects.filter(source__in=promises)}
    for source, facts in promises.items():
        one = known.get(source)
        if facts is None:
            if one:
                one.delete()
            continue
        one = one or Commitment(organization=organization, source=source)
        if one.pk is None or any(getattr(one, name) != value for name, value in facts.items()):
            change(commitment=one, **facts)


@transaction.atomic
def share_calendar(*, organization, by) -> CalendarFeed:
    """Make a secret address (256 random bits) for the calendar. Records an Event."""
    shared.lock(organization)
    if CalendarFeed.objects.filter(revoked_at=None).count() >= MAX_FEEDS:
        raise ValidationError(f"Ya hay {MAX_FEEDS} enlaces: revoca alguno antes de crear otro.")
    feed = CalendarFeed.objects.create(organization=organization, token=secrets.token_hex(32), by=by)
    shared.record(organization=organization, user=by, verb="calendar.shared", detail={"feed": feed.pk})
    return feed


@transaction.atomic
def revoke_calendar(*, feed, by):
    """The address stops working at once and for good. Records an Event."""
    if feed.revoked_at is None:
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])
        shared.record(organization=feed.organization, user=by, verb="calendar.revoked", detail={"feed": feed.pk})
