"""The control of a run: for whoever facilitates."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sessions_app.models import Participant
from sessions_app.worksheets.visits import session_or_404

from . import queries, services
from .qr import qr_svg


@require_GET
def control(request, org, session):
    """What is happening in the room and all that can be done about it; without an open run, the way to open one."""
    only_facilitators(request)
    found, run = session_or_404(session), queries.open_run(session)
    if run is None:
        return render(request, "live/start.html", {"session": found, "runs": queries.past_runs(session)})
    context = {"session": found, "run": run, "people": queries.people(run), **entrance(request, run)}
    return render(request, "live/control.html", context)


def entrance(request, run) -> dict:
    """How people come in: the address of the QR, and where the code is typed."""
    address = request.build_absolute_uri(reverse("taller-participante", args=[run.token]))
    typed = request.build_absolute_uri(reverse("taller-codigo"))
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
    run = run_or_404(request, session)
    is_rehearsal = run.is_rehearsal
    said = "El taller terminó. Quienes estuvieron quedaron en la lista de asistencia."
    said = "El ensayo terminó y no quedó nada guardado." if is_rehearsal else said
    return act(request, session, services.close_run, said=said, run=run, by=request.user)


@require_POST
def door(request, org, session):
    run = run_or_404(request, session)
    return act(request, session, services.lock_door, run=run, is_locked=request.POST.get("puerta") == "cerrar")


@require_POST
def expel(request, org, session, pk):
    return act(request, session, services.expel, participant=_person_or_404(request, session, pk))


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


def act(request, session, verb, *, said="", **kwargs):
    """Do something to the run and go back to the control; what the service refuses is said there."""
    try:
        verb(**kwargs)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if said:
            messages.success(request, said)
    return redirect("taller", request.org.slug, session)
