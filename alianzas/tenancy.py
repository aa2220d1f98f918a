"""THE lock: the one door to the data of an organisation.

Every address under `/o/<org>/` names its organisation as `org`. The middleware resolves who asks, once, and
 - sends people without a session to log in, whether the organisation exists or not, and from there to a page;
 - answers 404 to outsiders, identical to an organisation that does not exist;
 - answers 403 to those who may only read, on every method that changes something;
 - goes `inside` the organisation for the whole response: its scope, without which no `OrgModel` can be queried, and
   its clocks, so that «today» and every hour are those of the people who work there;
 - hands the view the `Organization` instead of its slug, so that a view has no other way to get one.

An address under `/c/` names a shared link by its token, as `link`. It asks for no account, can only be read, opens the
same scope, and hands the view the `SharedLink`; a token that opens nothing (any more) is a 404 like any other.

Guests have no account: every address under `/t/` that names a `door` goes through `guests_enter`, which says to which
open run of which organisation the door leads, and who has come in through it. They can only contribute to that run.
A door that leads nowhere, and what lies behind one for who has not come in, is the same 404.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from .models import Membership, Organization, OrgRole, Program, ProgramRole, SharedLink, User

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
MANAGER = "manager"
SHARED_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
DOORSTEP = frozenset({"taller-participante", "taller-entrar"})  # what is there for who has not come in yet


@contextmanager
def inside(organization: Organization) -> Iterator[None]:
    """The scope of one organisation and its clocks, however it ends.

    Never around a `yield` of a generator: between two pieces its thread would keep the clocks.
    """
    with scope(organization=organization), timezone.override(organization.zone):
        yield


@dataclass(frozen=True)
class Access:
    """What one person may do in one organisation. `role` is an `OrgRole` value or "manager"."""

    organization: Organization
    role: str

    @property
    def can_edit(self):
        return self.role in (OrgRole.FACILITATOR, OrgRole.EDITOR)

    @property
    def can_facilitate(self):
        return self.role == OrgRole.FACILITATOR

    @property
    def role_label(self):
        return ProgramRole(self.role).label if self.role == MANAGER else OrgRole(self.role).label


@dataclass(frozen=True)
class GuestAccess:
    """Somebody without an account at the door of one open run; `person` is None until they come in."""

    organization: Organization
    run: Model
    person: Model | None

    can_edit = can_facilitate = False


_doors: list[Callable] = []


def guests_enter(function: Callable):
    """Register the function that takes a door and a request and gives a `GuestAccess`, or None for no such door."""
    _doors[:] = [function]
    return function


def access_to(user: User, slug: str) -> Access | None:
    """The access of `user` to the organisation called `slug`, or None for outsiders and unknown slugs alike.

    One query. A membership of one's own wins over the reading right of whoever coordinates the programme.
    """
    if not user.is_authenticated or not user.is_active:
        return None
    organization = accessible_organizations(user).filter(slug=slug).first()
    if organization is None:
        return None
    return Access(organization, organization.own_role or MANAGER)


def accessible_organizations(user: User):
    """The organisations that `user` may at least read, each with `own_role` (null for a programme manager)."""
    own = Membership.objects.filter(organization=OuterRef("pk"), user=user)
    managed = Program.objects.filter(memberships__user=user, memberships__role=ProgramRole.MANAGER)
    return (
        Organization.objects.annotate(own_role=Subquery(own.values("role")[:1]))
        .filter(Q(own_role__isnull=False) | Q(program__in=managed))
        .select_related("program")
    )


class TenancyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.org = request.access = request.link = request.guest = None
        address = _resolved(request.path_info)
        named = address.kwargs if address else {}
        if "link" in named:
            return self._shared(request, named["link"])
        if "door" in named:
            return self._guest(request, named["door"], address.url_name)
        if "org" in named:
            return self._member(request, named["org"])
        return self.get_response(request)

    def _member(self, request, slug):
        if not request.user.is_authenticated:
            return redirect_to_login(page_behind(request, reverse("camino", args=[slug])))
        access = access_to(request.user, slug)
        if access is None:
            raise Http404
        if request.method not in SAFE_METHODS and not access.can_edit:
            raise PermissionDenied("Tu cuenta puede leer esta organización, no cambiarla.")
        request.org, request.access = access.organization, access
        with inside(access.organization):
            response = self.get_response(request)
        if request.method == "GET" and response.status_code == 405:  # an address to which forms are sent, not a page
            return redirect("camino", slug)
        return response

    def _shared(self, request, token):
        request.link = link_of(token) if request.method in SAFE_METHODS else None
        if request.link is None:
            raise Http404
        request.link.token = token  # for the links of its own pages; what is kept is its digest
        with inside(request.link.organization):
            response = self.get_response(request)
        if response.status_code != 404:  # which looks like any other
            for name, value in SHARED_HEADERS.items():
                response[name] = value
        return response

    def _guest(self, request, door, name):
        guest = _doors[0](door, request)
        if guest is None or (guest.person is None and name not in DOORSTEP):
            raise Http404
        request.guest = guest
        with inside(guest.organization):
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if "org" in kwargs:
            kwargs["org"] = request.org
        if "link" in kwargs:
            kwargs["link"] = request.link
        if "door" in kwargs:
            kwargs["door"] = request.guest


def page_behind(request, otherwise: str) -> str:
    """The address of the page that somebody is on: what they asked for, or the page whose form they were sending."""
    if request.method in SAFE_METHODS:
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host() or _resolved(page.path) is None:
        return otherwise
    return f"{page.path}?{page.query}" if page.query else page.path


def digest_of(token: str) -> str:
    """What is kept of the token of a shared link."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def link_of(token: str) -> SharedLink | None:
    """The shared link that `token` opens; None when it is wrong, over or revoked. One query."""
    with scopes_disabled():
        found = SharedLink.objects.filter(digest=digest_of(token), revoked_at=None, expires_at__gt=timezone.now())
        return found.select_related("organization__program").first()


def _resolved(path):
    try:
        return resolve(path)
    except Resolver404:
        return None
