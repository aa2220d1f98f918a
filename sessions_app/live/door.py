"""The doorstep of a run: the one place that looks for a run before it is known whose it is."""

from django.core import signing
from django_scopes import scopes_disabled

from alianzas import tenancy
from sessions_app.models import SessionRun

from . import codes

COOKIE = "taller"
SALT = "taller.participante"
HOURS_INSIDE = 16


@tenancy.guests_enter
def guest_at(token: str, request) -> tenancy.GuestAccess | None:
    """Who stands at the door `token` of an open run: a participant whose phone holds a key, or nobody yet.

    None when the token opens nothing, or to somebody who was sent out.
    """
    run = _open_run(token=token)
    if run is None:
        return None
    person = None
    if key := _key_in(request):
        with tenancy.inside(run.organization):
            person = run.participants.filter(key_digest=codes.digest(key)).first()
        if person and person.expelled_at:
            return None
    return tenancy.GuestAccess(run.organization, run, person)


def run_called(code: str) -> SessionRun | None:
    """The open run of a code that somebody typed."""
    return _open_run(code=code) if code else None


def _open_run(**wanted):
    with scopes_disabled():
        return SessionRun.objects.select_related("organization__program").filter(closed_at=None, **wanted).first()


def _key_in(request):
    try:
        return request.get_signed_cookie(COOKIE, salt=SALT, default="", max_age=3600 * HOURS_INSIDE)
    except signing.BadSignature:
        return ""


def remember(response, key: str, address: str, is_secure: bool):
    """Let the phone keep the key of its participant, for this door only."""
    response.set_signed_cookie(
        COOKIE,
        key,
        salt=SALT,
        max_age=3600 * HOURS_INSIDE,
        path=address,
        httponly=True,
        secure=is_secure,
        samesite="Lax",
    )
    return response
