"""The plan de trabajo in the browser: table and Gantt, its rows, the proposal of the method, its calendar."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from alianzas.commitments import ical
from alianzas.commitments.hooks import veil
from alianzas.concurrency import answer_status
from alianzas.exports import base
from alianzas.models import Process
from sessions_app.design.calendar import session_events
from sessions_app.models import WorkPlanItem

from . import gantt, queries, services
from .deliverables import KEY
from .forms import ProposalForm, WorkPlanItemForm


@require_GET
def plan(request, org):
    """Table and Gantt."""
    return _plan_page(request, org)


def _plan_page(request, org, form=None):
    rows = queries.plan_rows()
    chart = gantt.lay_out(queries.bars(rows))
    context = {
        "rows": rows,
        "picture": mark_safe(queries.drawing(org, rows, today=timezone.localdate())),  # noqa: S308 (escaped by gantt)
        "undated": chart.undated,
        "beyond": chart.beyond,
        "deliverable": base.get(KEY),
        "form": form or (None if rows else ProposalForm(initial={"start": _usual_start(org), "months": 6})),
    }
    return render(request, "workplan/plan.html", context, status=422 if form else 200)


def _usual_start(org):
    process = Process.objects.filter(organization=org).first()
    return (process and process.started_on) or timezone.localdate()


def item(request, org, pk=None):
    """Add or change an activity."""
    row = get_object_or_404(WorkPlanItem, pk=pk) if pk else None
    children = row.children.count() if row else 0
    initial = {} if row else {"parent": request.GET.get("dentro-de"), "unit": WorkPlanItem.Unit.DAYS}
    form = WorkPlanItemForm(request.POST or None, organization=org, instance=row, initial=initial)
    if form.is_valid() and _done(form, services.save_item, item=form.instance):
        messages.success(request, f"Guardamos «{form.instance}».")
        return redirect("plan-de-trabajo", org.slug)
    context = {"form": form, "item": row, "children": children}
    return render(request, "workplan/item.html", context, status=answer_status(form))


@require_POST
def delete_item(request, org, pk):
    row = get_object_or_404(WorkPlanItem, pk=pk)
    services.delete_item(item=row)
    messages.success(request, f"Borramos «{row}».")
    return redirect("plan-de-trabajo", org.slug)


@require_POST
def move_item(request, org, pk, step):
    row = get_object_or_404(WorkPlanItem, pk=pk)
    services.move_item(item=row, step=-1 if step == "subir" else 1)
    return redirect("plan-de-trabajo", org.slug)


@require_POST
def propose(request, org):
    """The usual plan, from the sessions of the organisation's level."""
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _plan_page(request, org, form)
    try:
        count = services.propose(organization=org, **form.cleaned_data)
        messages.success(request, f"Propusimos {count} renglones. Cámbialos como haga falta.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("plan-de-trabajo", org.slug)


@require_GET
def calendar(request, org):
    """The dated activities and the sessions as .ics, behind the lock; sensitive actors under their alias."""
    hide = veil()
    events = [
        ical.AllDay(
            uid=f"{row.item.key}@alianzas",
            title=hide(f"{row.code} {row.item.title}"),
            start=row.start,
            end=row.end,
            note=hide(f"Responsables: {row.item.responsibles}" if row.item.responsibles else ""),
            **ical.version_of(row.item),
        )
        for row in queries.plan_rows()
        if row.start and not row.is_span
    ]
    events += session_events(org, hide)
    response = HttpResponse(ical.calendar("Plan de trabajo", events), content_type=ical.MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{org.slug}_plan-de-trabajo.ics"'
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _done(form, verb, **kwargs):
    try:
        return verb(**kwargs)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
