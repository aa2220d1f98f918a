"""What looks at everything from the top floor: the road of an organisation, the portfolio."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_scopes import scope

from alianzas.exports import base
from alianzas.models import Organization, ProgramMembership, ProgramRole
from ruta_critica.queries import allies_in_order
from ruta_critica.relation.queries import quiet, quiet_by_organization

from .progress import progress_of
from .road import next_step, process_progress
from .versions.queries import last_numbers

MAIN_DOCUMENTS = ("plan-de-alianzas", "mapa", "matriz-5rs", "plan-de-trabajo", "compromisos")


@require_GET
def road(request, org):
    """`/o/<org>/`: the four momentos, where the organisation is in each, and the one next step."""
    [progress] = progress_of([org])
    process = process_progress(org, progress.level, progress.plan_share)
    context = {
        "progress": progress,
        "process": process,
        "next": next_step(progress, process),
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
    organizations = list(Organization.objects.filter(program__in=programs).select_related("program"))
    with scope(organization=organizations):
        silent, issued = quiet_by_organization(organizations), last_numbers()
        context = {
            "progress": [
                (one, silent[one.organization.pk], issued.get(one.organization.pk))
                for one in progress_of(organizations)
            ],
            "deliverable": base.get("plan-de-alianzas"),
        }
        return render(request, "plans/portfolio.html", context)
