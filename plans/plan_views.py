"""What looks at everything from the top floor: where each person begins, the road of an organisation, the portfolio."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_scopes import scope

from alianzas.exports import base
from alianzas.models import ProgramMembership, ProgramRole
from alianzas.tenancy import MANAGER, accessible_organizations
from ruta_critica.queries import allies_in_order
from ruta_critica.relation.queries import quiet, quiet_by_organization
from sessions_app.measuring import measure_of, measures_of
from sessions_app.next_step import next_step

from .ballots.queries import done_by
from .versions.queries import last_numbers

MAIN_DOCUMENTS = ("plan-de-alianzas", "mapa", "matriz-5rs", "plan-de-trabajo", "compromisos")


@login_required
@require_GET
def home(request):
    """By role: the portfolio, somebody's one organisation, or the list of theirs. Invitations come first."""
    invitations = list(request.user.invitations.select_related("organization", "by"))
    coordinates = ProgramMembership.objects.filter(user=request.user, role=ProgramRole.MANAGER).exists()
    if coordinates and not invitations:
        return redirect("portafolio")
    organizations = list(accessible_organizations(request.user))
    may_register = ProgramMembership.objects.filter(user=request.user).exists()
    if len(organizations) == 1 and not may_register and not invitations:
        return redirect("camino", organizations[0].slug)
    with scope(organization=organizations):
        context = {"rows": _measured(organizations), "may_register": may_register, "invitations": invitations}
        return render(request, "plans/home.html", context | {"coordinates": coordinates})


@require_GET
def road(request, org):
    """`/o/<org>/`: the four momentos, where the organisation is in each, and the one next step."""
    measure = measure_of(org)
    context = {
        "measure": measure,
        "next": next_step(measure, request.access.role, done_by(request.user)),
        "quiet": quiet(allies_in_order(), timezone.localdate()),
        "deliverables": [base.get(key) for key in MAIN_DOCUMENTS],
    }
    return render(request, "plans/road.html", context)


@login_required
@require_GET
def portfolio(request):
    """The organisations of the programmes that somebody coordinates, with their state and their Plan."""
    programs = ProgramMembership.objects.filter(user=request.user, role=ProgramRole.MANAGER).values("program")
    if not programs:
        raise Http404
    organizations = list(accessible_organizations(request.user).filter(program__in=programs))
    with scope(organization=organizations):
        silent, issued = quiet_by_organization(organizations), last_numbers()
        rows = [
            {**row, "quiet": silent[row["organization"].pk], "version": issued.get(row["organization"].pk)}
            for row in _measured(organizations)
        ]
        context = {"rows": rows, "deliverable": base.get("plan-de-alianzas")}
        return render(request, "plans/portfolio.html", context)


def _measured(organizations):
    """Each with how far it is and what comes next for who asks, by their own role in it."""
    measures = measures_of(organizations) if organizations else {}
    return [
        {
            "organization": one,
            "measure": measures[one.pk],
            "next": next_step(measures[one.pk], one.own_role or MANAGER),
        }
        for one in organizations
    ]
