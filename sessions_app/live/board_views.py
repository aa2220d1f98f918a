"""What whoever facilitates does with the question on the screen."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from sessions_app import curriculum

from . import boards, notes, pitches
from .forms import ArrangeForm, PresentForm, TypedNotesForm, team_in
from .questions import question
from .views import PITCH_SESSION, act, page, run_or_404

CLOSED_SAID = "La pregunta se cerró y sus notas ya están en la planilla."


@require_POST
def ask(request, org, session):
    run = run_or_404(request, session)
    asked = question(curriculum.session(session), request.POST.get("pregunta", ""))
    if asked is None:
        raise Http404
    return act(
        request, session, boards.ask, run=run, prompt=asked.prompt, about=asked.about,
        about_name=asked.about_name, teams=team_in(request.POST.get("equipos")),
        is_hidden=request.POST.get("ver") != "abiertas", is_anonymous="anonima" in request.POST,
    )  # fmt: skip


@require_POST
def clear(request, org, session):
    return act(request, session, boards.clear_screen, run=run_or_404(request, session))


@require_POST
def turn(request, org, session, pk):
    """Another phase, forwards or back."""
    board, phase = _board_or_404(request, session, pk), request.POST.get("fase", "")
    said = CLOSED_SAID if phase == "closed" and not board.run.is_rehearsal else ""
    return act(request, session, boards.turn, said=said, board=board, phase=phase, by=request.user)


@require_POST
def type_notes(request, org, session, pk):
    """Notes of people without a phone, one per line; sent again they are the same ones."""
    board, form = _board_or_404(request, session, pk), TypedNotesForm(request.POST)
    if not form.is_valid():
        return page(request, curriculum.session(session), board.run, 422, typed=form)
    typed = form.cleaned_data
    keyed = [(uuid.uuid5(typed["key"], str(place)), line) for place, line in enumerate(typed["lines"])]
    return act(
        request, session, notes.write_all, board=board, keyed=keyed, author=typed["author"], team=typed["team"] or 0
    )


@require_POST
def arrange(request, org, session, pk):
    """Put the chosen notes under a theme, join them, separate them, take them away or bring them back."""
    board, form = _board_or_404(request, session, pk), ArrangeForm(request.POST)
    if not form.is_valid():
        raise Http404
    verbs = {
        "agrupar": notes.group,
        "juntar": notes.merge,
        "separar": notes.separate,
        "quitar": notes.remove,
        "regresar": notes.restore,
    }
    verb = form.cleaned_data["que"]
    more = {"name": form.cleaned_data["tema"]} if verb == "agrupar" else {}
    return act(request, session, verbs[verb], board=board, chosen=form.chosen(), **more)


def _board_or_404(request, session, pk):
    return get_object_or_404(run_or_404(request, session).boards.select_related("run"), pk=pk)


# ── Elevator Pitches ────────────────────────────────────────────────────────────────────────────────────────────────


@require_POST
def present(request, org, session):
    """Somebody presents: their pitch goes on the screen."""
    run, form = run_or_404(request, session), PresentForm(request.POST)
    if session != PITCH_SESSION:
        raise Http404
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["name"]))
        return redirect("taller", org.slug, session)
    is_anonymous = form.cleaned_data["is_anonymous"]
    return act(request, session, pitches.present, run=run, name=form.cleaned_data["name"], is_anonymous=is_anonymous)


@require_POST
def pitch_clock(request, org, session, pk):
    """Start or stop the clock of a pitch."""
    verbs = {"empezar": pitches.start, "detener": pitches.stop}
    verb = verbs.get(request.POST.get("que"))
    board = _board_or_404(request, session, pk)
    if verb is None:
        raise Http404
    return act(request, session, verb, board=board)
