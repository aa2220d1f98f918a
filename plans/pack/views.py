"""The pack as a download that begins at once."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from alianzas import services
from alianzas.models import Organization, ProgramMembership, ProgramRole
from alianzas.tenancy import inside

from . import contents, portfolio
from .archive import stream


@require_GET
def everything(request, org):
    """Every document of the organisation that has data, with an index. Records who took it."""
    detail = {"key": "entregables", "format": "zip"}
    services.record(organization=org, user=request.user, verb="document.taken", detail=detail)

    def where(name, args):
        return request.build_absolute_uri(reverse(name, args=args))

    may = {"can_edit": request.access.can_edit, "can_facilitate": request.access.can_facilitate}
    return _download(contents.entries(org, where, **may), f"{org.slug}_entregables.zip")


@login_required
@require_GET
def plans(request):
    """The Plans of the organisations that somebody coordinates. Records it in each of them."""
    programs = ProgramMembership.objects.filter(user=request.user, role=ProgramRole.MANAGER).values("program")
    organizations = list(Organization.objects.filter(program__in=programs).select_related("program"))
    if not organizations:
        raise Http404
    for org in organizations:
        with inside(org):
            detail = {"key": portfolio.PLAN, "format": "zip"}
            services.record(organization=org, user=request.user, verb="document.taken", detail=detail)
    return _download(portfolio.entries(organizations), "planes-de-alianzas.zip")


def _download(entries, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(stream(entries), content_type="application/zip", headers=headers)
