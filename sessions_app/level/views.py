"""Recuperación de aprendizajes: the questionnaire, the suggestion, the decision and its history."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alianzas.acting import refusals_on
from alianzas.concurrency import answer_status
from sessions_app import curriculum

from . import queries, services
from .forms import DecisionForm, QuestionnaireForm, WeightsForm

ONLY_FACILITATION = "El nivel lo decide quien facilita el proceso."


def level(request, org):
    """Answers arrive by GET and change nothing; the decision arrives by POST with the answers it rests on."""
    data = request.POST if request.method == "POST" else request.GET
    asked = request.method == "POST" or QuestionnaireForm.is_asked(data)
    if request.method == "POST" and not request.access.can_facilitate:
        raise PermissionDenied(ONLY_FACILITATION)
    questionnaire = QuestionnaireForm(data if asked and request.access.can_facilitate else None)
    suggestion = questionnaire.suggestion()
    decision = DecisionForm(request.POST or None, suggestion=suggestion) if suggestion else None
    if decision and decision.is_valid():
        answers = questionnaire.answers()
        with refusals_on(decision):
            row = services.decide_level(organization=org, by=request.user, answers=answers, **decision.cleaned_data)
            messages.success(request, f"Decidiste el nivel {row.get_decided_display().lower()}.")
            return redirect("nivel", org.slug)
    return _page(request, org, questionnaire=questionnaire, suggestion=suggestion, decision=decision)


@require_POST
def weights(request, org):
    """How much each momento weighs in the progress bar."""
    if not request.access.can_facilitate:
        raise PermissionDenied("Los pesos los decide quien facilita el proceso.")
    form = WeightsForm(request.POST, initial=WeightsForm.initial_of(queries.level_state(org).process.moment_weights))
    if form.is_valid():
        with refusals_on(form):
            services.weigh_moments(organization=org, by=request.user, weights=form.weights())
            messages.success(request, "Guardamos los pesos de los cuatro momentos.")
            return redirect("nivel", org.slug)
    return _page(request, org, weights=form)


def _page(request, org, questionnaire=None, suggestion=None, decision=None, weights=None):
    state = queries.level_state(org)
    if questionnaire is None or not questionnaire.is_bound:
        questionnaire = QuestionnaireForm(initial=state.latest.row.answers if state.latest else None)
    shown = suggestion.level if suggestion else state.level
    context = {
        "state": state,
        "questionnaire": questionnaire,
        "suggestion": suggestion,
        "decision": decision,
        "weights": weights or WeightsForm(initial=WeightsForm.initial_of(state.process.moment_weights)),
        "path": curriculum.path_for(shown) if shown else None,
    }
    shown = [form for form in (questionnaire, decision, weights) if form is not None]
    return render(request, "level/level.html", context, status=answer_status(*shown))
