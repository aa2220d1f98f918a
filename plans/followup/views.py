"""The follow-up in the browser: how every marker goes, one touch to note it, and the journal of each."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from alianzas.concurrency import Changed, answer_status
from plans.acting import hidden_from
from plans.models import MarkerCheck, OutcomeMarker
from sessions_app.worksheets import upload_views

from . import queries, services
from .forms import CheckForm, TapForm
from .standing import standing


@require_GET
def follow_up(request, org):
    """Strategy → ally → term: how each marker stands, since when, and what is late."""
    only = request.GET.get("ver", "")
    found = queries.follow_up(org, timezone.localdate(), hidden_from(request), only=only)
    context = {"found": found, "only": only}
    return render(request, "plans/followup/follow_up.html", context)


@require_POST
def tap(request, org, pk):
    """Note with one touch how a marker stands today."""
    row = _marker(pk)
    form = TapForm(request.POST)
    if not form.is_valid():
        messages.error(request, "No se anotó: elige «Todavía no», «En parte» o «Se logró».")
        return redirect(_at(org, row))
    noted = services.tap(marker=row, by=request.user, **form.cleaned_data)
    messages.success(request, f"Anotado con fecha de hoy: {noted.get_state_display().lower()}. Di en qué se nota.")
    return redirect(reverse("corregir-avance", args=[org.slug, row.pk, noted.pk]))


def marker(request, org, pk):
    """The journal of a marker, and the form for the next check."""
    row = _marker(pk)
    form = _form(request, MarkerCheck(organization=org, marker=row))
    if form.is_valid():
        try:
            services.note(marker=row, by=request.user, key=form.cleaned_data["key"], **form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Anotamos el avance.")
            return redirect("bitacora", org.slug, pk)
    return _page(request, row, form)


def check(request, org, pk, number):
    """Complete or correct a check; 409 with both texts when somebody did meanwhile."""
    row = _marker(pk)
    kept = _check(pk, number)
    form, status, now = _form(request, kept), 200, None
    if form.is_valid():
        facts = {"version": form.cleaned_data["version"], "drop_file": form.cleaned_data.get("drop_file", False)}
        try:
            services.correct(check=kept, by=request.user, **facts, **form.facts())
        except Changed as error:
            status, now = 409, error.now
            form = CheckForm(_with(request.POST, version=now.version), instance=now, today=timezone.localdate())
            form.add_error(None, error.message)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Guardamos el avance.")
            return redirect("bitacora", org.slug, pk)
    return _page(request, row, form, check=kept, now=now, status=status)


@require_POST
def set_withdrawn(request, org, pk, number, way):
    """Take a check out of the journal, or put it back."""
    is_withdrawn = way == "quitar"
    services.set_withdrawn(check=_check(pk, number), by=request.user, is_withdrawn=is_withdrawn)
    said = "Quitamos ese avance: ya no cuenta. Puedes recuperarlo abajo." if is_withdrawn else "Recuperamos el avance."
    messages.success(request, said)
    return redirect("bitacora", org.slug, pk)


@require_GET
def document(request, org, pk, number):
    """The document of a check, for those who edit."""
    row = _check(pk, number)
    if row.file is None or not request.access.can_edit:
        raise Http404
    return upload_views.sent(row.file)


def _page(request, row, form, *, check=None, now=None, status=200):
    can_edit = request.access.can_edit
    entries = queries.journal(row, can_edit=can_edit)
    hide = hidden_from(request) or (lambda text: text)
    counted = [one.check for one in entries if not one.check.is_withdrawn]
    ends_on = queries.ends_of(request.org, row)
    stands = standing(counted)
    is_late = stands.is_late(ends_on, timezone.localdate())
    context = {
        "followed": queries.Followed(row, hide(row.text), stands, ends_on, is_late),
        "who_changes": hide(row.who_changes),
        "strategy": hide(row.row.strategy.text),
        "ally": hide(str(row.row.ally)),
        "objective": hide(row.row.objective),
        "term": request.org.horizon_labels[row.horizon],
        "entries": entries,
        "form": form,
        "check": check,
        "now": now,
    }
    status = status if status != 200 else answer_status(form)
    return render(request, "plans/followup/marker.html", context, status=status)


def _form(request, instance):
    return CheckForm(request.POST or None, request.FILES or None, instance=instance, today=timezone.localdate())


def _with(data, **more):
    data = data.copy()
    for name, value in more.items():
        data[name] = str(value)
    return data


def _marker(pk):
    return get_object_or_404(OutcomeMarker.objects.select_related("row__strategy", "row__ally__actor"), pk=pk)


def _check(pk, number):
    rows = MarkerCheck.objects.select_related("next_step", "file", "marker")
    return get_object_or_404(rows, pk=number, marker=pk)


def _at(org, row):
    return reverse("seguimiento", args=[org.slug]) + f"#indicador-{row.pk}"
