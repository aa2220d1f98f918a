"""Reports of alliances: begin one, write what data cannot say, see it whole and take it out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from alianzas import deliverable_views
from alianzas.commitments.hooks import veil
from alianzas.concurrency import Changed, answer_status
from alianzas.exports import base
from alianzas.exports.html import fragment
from plans.models import AllianceReport

from . import cluni, queries, services
from .documents import KEY
from .forms import PeriodForm, ReportForm


def reports(request, org):
    """Every report, and the form that begins the next one."""
    form = PeriodForm(request.POST or None, instance=queries.draft(org, timezone.localdate()))
    if form.is_valid():
        try:
            row = services.begin(organization=org, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Empezamos el reporte con los datos del periodo. Completa lo que falta.")
            return redirect("reporte", org.slug, row.pk)
    context = {"form": form, "reports": queries.reports(), "periodicity": queries.periodicity()}
    return render(request, "plans/reports/reports.html", context, status=422 if form.errors else 200)


def report(request, org, pk):
    """One report: its texts beside the whole document; 409 with both texts when somebody wrote meanwhile."""
    row = _report(pk)
    contents = queries.minimum_contents(row)
    form, status, now = ReportForm(request.POST or None, instance=row, contents=contents), 200, None
    if form.is_valid():
        try:
            facts = {"version": form.cleaned_data["version"], **form.facts()}
            services.write(report=row, by=request.user, **facts)
        except Changed as error:
            status, now = 409, error.now
            data = request.POST.copy()
            data["version"] = str(now.version)
            form = ReportForm(data, instance=now, contents=queries.minimum_contents(now))
            form.add_error(None, error.messages)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Guardamos el reporte.")
            return redirect("reporte", org.slug, pk)
    return _page(request, row, form, now, status if status != 200 else answer_status(form))


def _page(request, row, form, now, status):
    deliverable = base.get(KEY)
    data = queries.report_data(row)
    document = deliverable.document(request.org, "html", report=row, data=data)
    context = {
        "report": row,
        "form": form,
        "now": now,
        "cluni": veil()(cluni.plain(data)),
        "document": mark_safe(fragment(document)),  # noqa: S308 (the writer escapes all text)
        "formats": [(fmt, {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}[fmt]) for fmt in deliverable.formats],
    }
    return render(request, "plans/reports/report.html", context, status=status)


@require_GET
def download(request, org, pk, fmt):
    """A report as a file."""
    deliverable = base.get(KEY)
    if fmt not in deliverable.formats:
        raise Http404
    row = _report(pk)
    key = f"reporte-{row.starts_on:%Y-%m-%d}-{row.ends_on:%Y-%m-%d}"
    return deliverable_views.answer(request, org, deliverable.document(org, fmt, report=row), key, fmt)


@require_POST
def set_withdrawn(request, org, pk, way):
    """Take a report off the list, or put it back."""
    row, is_withdrawn = _report(pk), way == "quitar"
    try:
        services.set_withdrawn(report=row, by=request.user, is_withdrawn=is_withdrawn)
        messages.success(request, "Quitamos el reporte: abajo se recupera." if is_withdrawn else "Ya está de vuelta.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("reportes", org.slug)


def _report(pk):
    return get_object_or_404(AllianceReport.objects.select_related("organization__program"), pk=pk)
