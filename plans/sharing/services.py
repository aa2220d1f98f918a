"""Shared links: made, revoked, used. Each verb is one transaction."""

import secrets
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from alianzas import services as shared
from alianzas.models import SharedLink
from alianzas.tenancy import digest_of

from .products import PRODUCTS

MOST_OPEN, MOST_DAYS = 20, 366


class AlreadyMade(ValidationError):
    """The same form came in before: its token was shown then, and is not kept."""

    def __init__(self):
        super().__init__("Ese enlace ya se creó y su dirección solo se muestra una vez. Si no la copiaste, crea otro.")


@transaction.atomic
def share(
    *, organization, by, key, label, shows, last_day: date, plan_state=SharedLink.PlanState.ISSUED
) -> tuple[SharedLink, str]:
    """Make a secret address that works until the end of `last_day`; gives the row and the token, which is not kept.

    Of the Plan it shows what `plan_state` says: the last issued version or the draft.

    Raises ValidationError; AlreadyMade when the form `key` made one before. Records an Event.
    """
    shared.lock(organization)
    if SharedLink.objects.filter(key=key).exists():
        raise AlreadyMade
    today = timezone.localdate()
    if not today <= last_day <= today + timedelta(days=MOST_DAYS):
        raise ValidationError({"last_day": "Un enlace dura un año a lo más, y su último día todavía no pasa."})
    chosen = [one for one in PRODUCTS if one in shows]
    if not chosen:
        raise ValidationError({"shows": "Elige al menos una cosa que mostrar."})
    now = timezone.now()
    if SharedLink.objects.filter(revoked_at=None, expires_at__gt=now).count() >= MOST_OPEN:
        raise ValidationError(f"Ya hay {MOST_OPEN} enlaces abiertos: revoca alguno antes de crear otro.")
    token = secrets.token_urlsafe(32)
    end = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))
    row = SharedLink(organization=organization, by=by, key=key, label=label.strip(), shows=chosen, expires_at=end)
    row.digest, row.plan_state = digest_of(token), plan_state
    shared.save(row)
    detail = {"link": row.pk, "shows": chosen, "until": last_day.isoformat()}
    shared.record(organization=organization, user=by, verb="link.shared", detail=detail)
    return row, token


@transaction.atomic
def revoke(*, link, by):
    """The address stops working at once and for good. Records an Event."""
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        shared.record(organization=link.organization, user=by, verb="link.revoked", detail={"link": link.pk})


def used(*, link, today: date):
    """Remember the day of the last use, and nothing else of who used it."""
    if link.last_used_on != today:
        link.last_used_on = today
        link.save(update_fields=["last_used_on"])


def taken(*, link, product: str):
    """Record that somebody with the address took the file of a product."""
    detail = {"link": link.pk, "product": product}
    shared.record(organization=link.organization, user=None, verb="link.taken", detail=detail)
