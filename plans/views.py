"""Session 6 in the browser: diagnosis, cross-cutting strategies, priorities and outcome map."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from alianzas import services as shared
from alianzas.exports import base
from alianzas.models import ActionLine
from sessions_app.models import Attendance

from . import queries, services
from .forms import (
    ActivityFormSet,
    OutcomeDetailForm,
    OutcomeRowForm,
    ParticipantForm,
    ServedLinesForm,
    StrategyForm,
)
from .models import OutcomeRow, Strategy
from .outcomes.forms import WhoForm

OUTCOME_DOCUMENTS = ("mapa-de-resultados", "mapa-de-resultados-cartel")


@require_GET
def diagnosis(request, org):
    """S6.3: every line with what works, what did not and what could be added."""
    return render(request, "plans/diagnosis.html", {"diagnosis": queries.diagnosis(queries.strategies())})


def strategy(request, org, pk=None):
    """Add or change a strategy."""
    row = get_object_or_404(Strategy, pk=pk) if pk else None
    initial = {"line": request.GET.get("linea"), "status": request.GET.get("estado")}
    form = StrategyForm(request.POST or None, organization=org, instance=row, initial={} if row else initial)
    if form.is_valid() and _done(form, services.save_strategy, strategy=form.instance):
        messages.success(request, "Guardamos la estrategia.")
        return redirect("resultados", org.slug)
    has_lines = ActionLine.objects.exists()
    context = {"form": form, "strategy": row, "has_lines": has_lines}
    return render(request, "plans/strategy.html", context, status=422 if form.errors else 200)


@require_POST
def delete_strategy(request, org, pk):
    row = get_object_or_404(Strategy, pk=pk)
    _said(request, f"Borramos «{row}».", services.delete_strategy, strategy=row)
    return redirect("resultados", org.slug)


@require_GET
def cross_cutting(request, org):
    """S6.4: which lines each strategy serves."""
    context = {"strategies": queries.strategies(), "lines": ActionLine.objects.all()}
    return render(request, "plans/cross_cutting.html", context)


@require_POST
def served_lines(request, org, pk):
    """Save one row of the cross-cutting table; htmx gets the state of the row, others the page."""
    row = get_object_or_404(Strategy, pk=pk)
    form = ServedLinesForm(request.POST)
    if form.is_valid():
        services.serve_lines(strategy=row, lines=form.cleaned_data["lines"])
    if request.htmx:
        context = {"saved": form.is_valid(), "time": timezone.localtime()}
        return render(request, "components/saved.html", context)
    if not form.is_valid():
        messages.error(request, "Una de las líneas ya no existe: revisa la tabla.")
    return redirect("transversales", org.slug)


@require_GET
def priorities(request, org):
    """S6.5: the order in which strategies are worked."""
    ranked, waiting = queries.ranking(queries.strategies())
    context = {"ranked": ranked, "waiting": waiting, "first_round": queries.FIRST_ROUND}
    return render(request, "plans/priorities.html", context)


@require_POST
def set_priority(request, org, pk, step):
    row = get_object_or_404(Strategy, pk=pk)
    act = {
        "agregar": lambda: services.rank(strategy=row),
        "quitar": lambda: services.unrank(strategy=row),
        "subir": lambda: services.move_rank(strategy=row, step=-1),
        "bajar": lambda: services.move_rank(strategy=row, step=1),
    }[step]
    _said(request, "", act)
    return redirect("prioridades", org.slug)


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
        added = _done(form, services.add_outcome_row, strategy=row, **form.facts())
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
    formset = ActivityFormSet(data, prefix="actividades", initial=_activities_of(row), form_kwargs=labels)
    if data is not None and form.is_valid() and who.is_valid() and formset.is_valid():
        facts = {
            "objective": form.cleaned_data["objective"],
            "markers": form.markers(),
            "who": who.who(),
            "activities": [one.cleaned_data for one in formset if one.has_changed() or one.initial if not one.is_empty],
        }
        if _done(form, services.save_outcome_row, row=row, **facts):
            messages.success(request, f"Guardamos el renglón de {row.ally}.")
            return redirect("mapa-de-resultados", org.slug)
    failed = form.errors or who.errors or formset.total_error_count()
    context = {"form": form, "formset": formset, "who": who, "row": row}
    return render(request, "plans/outcome_row.html", context, status=422 if failed else 200)


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


@require_POST
def delete_outcome_row(request, org, pk):
    row = get_object_or_404(OutcomeRow.objects.select_related("ally__actor"), pk=pk)
    services.delete_outcome_row(row=row)
    messages.success(request, f"Quitamos a {row.ally} de esa estrategia.")
    return redirect("mapa-de-resultados", org.slug)


def participants(request, org):
    """S6.1: who takes part; they appear in the Plan."""
    session_key = queries.OUTCOME_SESSION
    form = ParticipantForm(request.POST or None, instance=Attendance(organization=org, session_key=session_key))
    if form.is_valid() and _done(form, shared.append, form.instance):
        messages.success(request, f"Anotamos a {form.instance}.")
        return redirect("participantes", org.slug)
    context = {"form": form, "participants": queries.participants()}
    return render(request, "plans/participants.html", context, status=422 if form.errors else 200)


@require_POST
def delete_participant(request, org, pk):
    get_object_or_404(Attendance, pk=pk).delete()
    return redirect("participantes", org.slug)


def _done(form, verb, *args, **kwargs):
    """Run `verb`; what it refuses is shown on the form. Returns its result, or True when it has none."""
    try:
        return verb(*args, **kwargs) or True
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False


def _said(request, success, verb, **kwargs):
    """Run `verb` and say how it went in a message."""
    try:
        verb(**kwargs)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if success:
            messages.success(request, success)
