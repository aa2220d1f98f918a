"""The calendar that anybody with its secret address can read, until the address is revoked."""

from uuid import NAMESPACE_URL, uuid5

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from django_scopes import scopes_disabled

from alianzas.models import CalendarFeed
from alianzas.tenancy import inside

from . import ical, queries

CALENDAR_NAME = "Compromisos"
FOUND_BY = 32  # characters of the token by which the row is looked up; the rest is compared in constant time
_NAMESPACE = uuid5(NAMESPACE_URL, "alianzas/compromisos")


@require_safe
def feed(request, token):
    """`/calendario/<token>.ics`: titles, responsibles and dates of what is open. A wrong token and a revoked one are
    the same 404."""
    organization = _organization_of(token)
    with inside(organization):
        content = calendar_of(queries.entries(timezone.localdate()))
    headers = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
    return HttpResponse(content, content_type=ical.MEDIA_TYPE, headers=headers)


def _organization_of(token):
    with scopes_disabled():
        open_feeds = CalendarFeed.objects.filter(revoked_at=None).select_related("organization__program")
        found = open_feeds.filter(token__startswith=token[:FOUND_BY]).first()
    kept = found.token if found else "-" * 64
    if not constant_time_compare(kept, token) or found is None:
        raise Http404
    return found.organization


def calendar_of(entries) -> bytes:
    """The open commitments that have a date, as all-day events."""
    return ical.calendar(
        CALENDAR_NAME,
        [
            ical.AllDay(
                uid=f"{uuid5(_NAMESPACE, str(one.commitment.pk))}@alianzas",
                title=one.title,
                start=one.commitment.due_date,
                end=one.commitment.due_date,
                note=f"Responsable: {one.responsible}" if one.responsible else "",
                **ical.version_of(one.commitment),
            )
            for one in entries
            if one.commitment.due_date and not one.is_closed
        ],
    )
