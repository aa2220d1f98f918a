"""Session 6 in the browser: outcome map and participants; `diagnosis` and `ballots` have what comes before."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from alianzas import services as shared
from alianzas.concurrency import answer_status
from alianzas.exports import base
from sessions_app.models import Attendance

from . import queries, services
from .acting import done, said
from .forms import (
    MOST_ACTIVITIES,
    ActivityFormSet,
    OutcomeDetailForm,
    OutcomeRowForm,
    ParticipantForm,
)
from .models import OutcomeRow, Strategy
from .outcomes.forms import WhoForm

OUTCOME_DOCUMENTS = ("mapa-de-resultados", "mapa-de-resultados-cartel")


@require_GET
def outcome_map(request, org):
    """S6.6: priority strategy × ally."""
    ranked, _ = queries.ranking(queries.strategies())
    context = {"axes": queries.outcome_map(org, ranked), "deliverables": [base.get(key) for key in OUTCOME_DOCUMENTS]}
    return render(request, "plans/outcome_map.html", context)


def new_outcome_row(request, org, pk):
    """Add an ally to the strategy `pk`."""
    row = get_object_or_404(Strategy, pk=pk)
    form = OutcomeRowForm(request.POST or None, strategy=row)
    if form.is_valid():
        added = done(form, services.add_outcome_row, strategy=row, **form.facts())
        if added:
            messages.success(request, f"{added.ally} quedó en el mapa. Completa sus indicadores y actividades.")
            return redirect("renglon", org.slug, added.pk)
    context = {"form": form, "strategy": row}
    return render(request, "plans/new_outcome_row.html", context, status=422 if form.errors else 200)


def outcome_row(request, org, pk):
    """Everything of one strategy × ally: objective, markers by horizon, activities with responsible and date."""
    row = get_object_or_404(OutcomeRow.objects.select_related("strategy", "ally__actor"), pk=pk)
    data = request.POST or None
    markers = list(row.markers.all())
    form = OutcomeDetailForm(data, initial=_detail_of(row, markers), labels=org.horizon_labels)
    who = WhoForm(data, markers=markers)
    labels = {"labels": org.horizon_labels}
    activities = _as_shown(_activities_of(row), data, "actividades")
    formset = ActivityFormSet(data, prefix="actividades", initial=activities, form_kwargs=labels)
    if data is not None and all([form.is_valid(), who.is_valid(), formset.is_valid()]):
        facts = {
            "objective": form.cleaned_data["objective"],
            "markers": form.markers(),
            "who": who.who(),
            "activities": [one.cleaned_data for one in formset if one.has_changed() or one.initial if not one.is_empty],
        }
        if done(form, services.save_outcome_row, row=row, **facts):
            messages.success(request, f"Guardamos el renglón de {row.ally}.")
            return redirect("mapa-de-resultados", org.slug)
    context = {"form": form, "formset": formset, "who": who, "row": row}
    return render(request, "plans/outcome_row.html", context, status=answer_status(form, who, *formset))


def _detail_of(row, markers):
    return {"objective": row.objective} | {
        horizon: [marker.text for marker in markers if marker.horizon == horizon]
        for horizon in ("short", "medium", "long")
    }


def _activities_of(row):
    return [
        {
            "id": activity.pk,
            **{name: getattr(activity.commitment, name) for name in ("title", "horizon", "responsible", "due_date")},
        }
        for activity in row.activities.select_related("commitment")
    ]


def _as_shown(activities, data, prefix):
    """The activities in the order in which the form that was sent names them: others may have come or gone since."""
    if data is None:
        return activities
    known = {str(one["id"]): one for one in activities}
    count = data.get(f"{prefix}-INITIAL_FORMS", "")
    sent = [f"{prefix}-{place}" for place in range(min(int(count), MOST_ACTIVITIES) if count.isdecimal() else 0)]
    return [known.get(data.get(f"{one}-id")) or {"horizon": data.get(f"{one}-horizon")} for one in sent]


@require_POST
def delete_outcome_row(request, org, pk):
    row = get_object_or_404(OutcomeRow.objects.select_related("ally__actor"), pk=pk)
    said(request, f"Quitamos a {row.ally} de esa estrategia.", services.delete_outcome_row, row=row)
    return redirect("mapa-de-resultados", org.slug)


def participants(request, org):
    """S6.1: who takes part; they appear in the Plan."""
    session_key = queries.OUTCOME_SESSION
    form = ParticipantForm(request.POST or None, instance=Attendance(organization=org, session_key=session_key))
    if form.is_valid() and done(form, shared.append, form.instance):
        messages.success(request, f"Anotamos a {form.instance}.")
        return redirect("participantes", org.slug)
    context = {"form": form, "participants": queries.participants()}
    return render(request, "plans/participants.html", context, status=422 if form.errors else 200)


@require_POST
def delete_participant(request, org, pk):
    get_object_or_404(Attendance, pk=pk).delete()
    return redirect("participantes", org.slug)
