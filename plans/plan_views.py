"""The Plan, and what looks at everything from the top floor: the road of an organisation, the portfolio."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET
from django_scopes import scope

from alianzas.exports import base
from alianzas.exports.html import fragment
from alianzas.models import Organization, ProgramMembership, ProgramRole
from ruta_critica.queries import allies_in_order
from ruta_critica.relation.queries import quiet, quiet_by_organization

from . import queries, services
from .completeness import missing
from .forms import PlanTextsForm
from .progress import progress_of
from .road import next_step, process_progress

MAIN_DOCUMENTS = ("plan-de-alianzas", "mapa", "matriz-5rs", "plan-de-trabajo", "compromisos")


def plan(request, org):
    """The texts people write, what is missing, and the document as it will be."""
    form = PlanTextsForm(request.POST or None, instance=queries.plan_of(org))
    if form.is_valid():
        services.write_plan(organization=org, **form.cleaned_data)
        messages.success(request, "Guardamos los textos del Plan.")
        return redirect("plan", org.slug)
    context = {
        "form": form,
        "missing": missing(queries.plan_data(org)),
        "deliverable": base.get("plan-de-alianzas"),
    }
    return render(request, "plans/plan.html", context, status=422 if form.errors else 200)


@require_GET
def plan_preview(request, org):
    """The Plan on screen, from the same blocks as the files. A fragment for htmx, a page for everybody else."""
    document = base.get("plan-de-alianzas").document(org, "html")
    context = {"document": mark_safe(fragment(document))}  # noqa: S308 (the writer escapes all text)
    return render(request, "plans/preview.html#document" if request.htmx else "plans/preview.html", context)


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
        silent = quiet_by_organization(timezone.localdate())
        context = {
            "progress": [(one, silent[one.organization.pk]) for one in progress_of(organizations)],
            "deliverable": base.get("plan-de-alianzas"),
        }
        return render(request, "plans/portfolio.html", context)
