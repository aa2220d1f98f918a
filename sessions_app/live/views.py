"""The control of a run, for whoever facilitates, and the wall."""

import re
import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from alianzas.commitments import hooks
from alianzas.room import room_url
from sessions_app import curriculum
from sessions_app.models import Board, Participant, ProductMark
from sessions_app.proofs import is_by_hand
from sessions_app.worksheets.access import TEAMS
from sessions_app.worksheets.visits import session_or_404

from . import boards, pitches, queries, services, timing
from .forms import PersonForm, team_in
from .qr import qr_svg
from .questions import questions_of
from .stages import stage_of, stages_of

PITCH_SESSION = curriculum.session_of(pitches.QUESTION).key


@never_cache
@require_GET
def control(request, org, session):
    """What is happening in the room and all that can be done about it; without an open run, the way to open one."""
    only_facilitators(request)
    found, run = session_or_404(session), queries.open_run(session)
    if run is None:
        return render(request, "live/start.html", {"session": found, "runs": queries.past_runs(session)})
    return page(request, found, run)


def page(request, session, run, status=200, sent=None, **typed):
    """The control of an open run, with what was typed and could not be kept; what a stage was `sent`, by its key."""
    clock, people = queries.clock_now(run), queries.people(run)
    context = {
        "session": session,
        "run": run,
        "people": people,
        "expected": queries.expected(run, people),
        "products": products_left(session),
        "asked": queries.on_screen(run),
        "clock": clock,
        "questions": questions_for(session, clock),
        "stages": stages_of(session.key),
        "stage": on_stage(run, lambda stage: stage.control(run, (sent or {}).get(stage.key))),
        "phases": Board.Phase.choices,
        "pitches": list(pitches.pitches_of(run)) if session.key == PITCH_SESSION else None,
        "team_numbers": range(boards.LEAST_TEAMS, TEAMS + 1),
        "new_key": uuid.uuid4(),
        **entrance(request, run),
    }
    return render(request, "live/control.html", context | typed, status=status)


def products_left(session) -> list[tuple[int, str]]:
    """(number, title) of the products that only the group can say are there, and that nobody ticked. One query."""
    ticked = set(ProductMark.objects.filter(session_key=session.key).values_list("product", flat=True))
    every = enumerate(session.products)
    return [(number, title) for number, title in every if is_by_hand(session.key, number) and number not in ticked]


def questions_for(session, clock):
    """The questions of the session, those of what goes on first."""
    here = clock.now.ref if clock.now else ""
    return sorted(questions_of(session), key=lambda one: one[0].key != here)


def on_stage(run, face):
    """The stage on the screen with the `face` of it; None for a question or nothing."""
    stage = stage_of(run)
    return stage and {"key": stage.key, "title": stage.title, "face": face(stage)}


@never_cache
@require_GET
def wall(request, org, session):
    """What is projected: nothing that is not for everybody in the room, and no protected name."""
    found, run = session_or_404(session), queries.open_run(session)
    if run is None:
        response = render(request, "live/wall.html", {"organization": org, "session": found})
        response["Refresh"] = "5"  # it is projected before the run opens
        return response
    context = {"live": reverse("taller-vivo", args=[org.slug, session])}
    context["live_version"] = reverse("taller-version", args=[org.slug, session])
    return render(request, "live/wall.html", context | projected(request, org, found, run))


def projected(request, org, session, run) -> dict:
    """What the wall of an open run shows, whoever looks at it."""
    hide = hooks.veil()
    return {
        "organization": org,
        "session": session,
        "run": run,
        "asked": queries.on_screen(run, hide),
        "stage": on_stage(run, lambda stage: stage.wall(run, hide)),
        "inside": services.present(run).count(),
        "clock": queries.clock_now(run),
        **entrance(request, run),
    }


def entrance(request, run) -> dict:
    """How people come in: the address of the QR, and where the code is typed."""
    address = room_url(request, reverse("taller-participante", args=[run.token]))
    typed = room_url(request, reverse("taller-codigo"))
    return {"address": address, "qr": qr_svg(address), "typed_at": typed.partition("://")[2]}


@require_POST
def open_run(request, org, session):
    only_facilitators(request)
    session_or_404(session)
    is_rehearsal = "ensayo" in request.POST
    return act(
        request, session, services.open_run, organization=org, session_key=session, by=request.user,
        is_rehearsal=is_rehearsal,
    )  # fmt: skip


@require_POST
def close_run(request, org, session):
    """End the run; what it left is in the record of the session."""
    run = run_or_404(request, session)
    is_rehearsal = run.is_rehearsal
    products = [int(one) for one in request.POST.getlist("producto") if re.fullmatch(r"\d{1,3}", one, re.ASCII)]
    said = "El taller terminó. Quienes estuvieron quedaron en la lista de asistencia."
    said = "El ensayo terminó y no quedó nada guardado." if is_rehearsal else said
    then = "taller" if is_rehearsal else "registro"
    return act(request, session, services.close_run, said=said, then=then, run=run, by=request.user, products=products)


@require_POST
def door(request, org, session):
    run = run_or_404(request, session)
    return act(request, session, services.lock_door, run=run, is_locked=request.POST.get("puerta") == "cerrar")


@require_POST
def clock(request, org, session):
    """The next block, five minutes more, a pause, or back."""
    run, what = run_or_404(request, session), request.POST.get("que")
    if what == "siguiente":
        return act(request, session, timing.begin_next, run=run, after=request.POST.get("actual", ""))
    verbs = {
        "mas": timing.add_minutes,
        "pausa": timing.pause,
        "seguir": timing.resume,
        "regresar": timing.go_back,
    }
    if what not in verbs:
        raise Http404
    return act(request, session, verbs[what], run=run)


@require_POST
def expel(request, org, session, pk):
    return act(request, session, services.expel, participant=_person_or_404(request, session, pk))


@require_POST
def add_person(request, org, session):
    """Somebody who is there without a phone."""
    run, form = run_or_404(request, session), PersonForm(request.POST)
    if not form.is_valid():
        return page(request, session_or_404(session), run, 422, person_form=form)
    return act(request, session, services.add_without_phone, run=run, **form.cleaned_data)


@require_POST
def move(request, org, session, pk):
    """Somebody goes to another team."""
    person, team = _person_or_404(request, session, pk), team_in(request.POST.get("equipo"))
    return act(request, session, services.join_team, participant=person, team=team)


@require_POST
def readmit(request, org, session, pk):
    return act(request, session, services.readmit, participant=_person_or_404(request, session, pk))


def _person_or_404(request, session, pk):
    return get_object_or_404(Participant, run=run_or_404(request, session), pk=pk)


# ── What every view of the control does ─────────────────────────────────────────────────────────────────────────────


def only_facilitators(request):
    if not request.access.can_facilitate:
        raise PermissionDenied("El taller lo conduce quien facilita.")


def run_or_404(request, session):
    """The open run of the session, for whoever facilitates."""
    only_facilitators(request)
    run = queries.open_run(session)
    if run is None:
        raise Http404
    return run


def act(request, session, verb, *, said="", then="taller", **kwargs):
    """Do something to the run and go on to `then`, or back to the control, where what the service refuses is said."""
    try:
        verb(**kwargs)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("taller", request.org.slug, session)
    if said:
        messages.success(request, said)
    return redirect(then, request.org.slug, session)
