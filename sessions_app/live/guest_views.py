"""The pages of people without an account. `door` is the `GuestAccess` that the lock gave."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alianzas.commitments import hooks
from sessions_app import curriculum
from sessions_app.models import Note

from . import budget, codes, notes, queries, services, stages
from .changes import Late
from .door import remember, run_called
from .forms import CodeForm, JoinForm, NoteForm, RewriteForm, team_in
from .views import on_stage, projected

WRONG_CODE = "Ese código no abre ningún taller. Revísalo en la pantalla: son seis letras o números."
TOO_MANY = "Hubo demasiados intentos. Espera diez minutos o entra con el QR, que siempre funciona."
TOO_FAST = "Está entrando mucha gente a la vez. Espera un minuto y vuelve a intentar: lo que escribiste sigue aquí."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request, typed=""):
    """Where the short code is typed. A right one leads to the door, whose address nobody guesses."""
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"code": typed})
    status = 200
    if request.method == "POST":
        status, network = 422, codes.network_of(request.META.get("REMOTE_ADDR", ""))
        if not budget.may_guess(network):
            status = 429
            form.add_error("code", TOO_MANY)
        elif form.is_valid():
            if run := run_called(codes.typed_code(form.cleaned_data["code"])):
                return redirect("taller-participante", run.token)
            budget.missed(network)
            form.add_error("code", WRONG_CODE)
    return render(request, "live/code.html", {"form": form}, status=status)


@never_cache
@require_GET
def participant(request, door):
    """The page of a participant; for who has not come in yet, how to come in."""
    if door.person is None:
        return _doorstep(request, door, JoinForm(initial={"key": codes.new_key()}))
    return render(request, "live/participant.html", _room(door))


@never_cache
@require_GET
def wall(request, door):
    """What is projected in the room, for who takes part from elsewhere."""
    context = {"live": reverse("taller-participante-vivo", args=[door.run.token])}
    context["live_version"] = reverse("taller-participante-version", args=[door.run.token])
    session = curriculum.session(door.run.session_key)
    return render(request, "live/wall.html", context | projected(request, door.organization, session, door.run))


@never_cache
@require_POST
@sensitive_post_parameters("key")
def enter(request, door):
    """Come in under a name, once the notice is accepted; the phone keeps the key."""
    address = reverse("taller-participante", args=[door.run.token])
    if door.person:
        return redirect(address)
    form = JoinForm(request.POST)
    if not form.is_valid():
        return _doorstep(request, door, form, 422)
    if not budget.may_enter(door.run.pk):
        form.add_error(None, TOO_FAST)
        return _doorstep(request, door, form, 429)
    try:
        services.join(run=door.run, **form.facts())
    except services.DoorClosed as error:
        form.add_error(None, error)
        return _doorstep(request, door, form, 409)
    return remember(redirect(address), form.cleaned_data["key"], address, settings.SESSION_COOKIE_SECURE)


@never_cache
@require_POST
def team(request, door):
    """Choose one's team; again is fine."""
    return _answer(request, door, services.join_team, participant=door.person, team=team_in(request.POST.get("team")))


@never_cache
@require_POST
def write(request, door, pk):
    """A new note. Sent again under the same key it is the same one."""
    board = get_object_or_404(door.run.boards, pk=pk)
    return _keep(request, door, NoteForm(request.POST), notes.write, board=board)


@never_cache
@require_POST
def rewrite(request, door, pk, note):
    """Other words in a note of one's own, or none: then it is taken away."""
    found = get_object_or_404(Note.objects.select_related("board"), board__run=door.run, board=pk, key=_uuid(note))
    if found.participant_id != door.person.pk:
        raise Http404
    typed = {"key": request.POST.get("key"), "text": "" if "quitar" in request.POST else request.POST.get("text", "")}
    return _keep(request, door, RewriteForm(typed), notes.rewrite, note=found)


@never_cache
@require_POST
@sensitive_post_parameters()
def contribute(request, door, stage):
    """What somebody votes or answers in a stage of the run. Sent again under the same key it changes nothing."""
    found, key = stages.stage_of(door.run, stage), _uuid(request.POST.get("key", ""))
    if found is None:
        raise Http404
    return _answer(
        request, door, stages.take, run=door.run, stage=found, person=door.person, key=key, data=request.POST
    )


def _keep(request, door, form, verb, **what):
    """Write what the form says."""
    if not form.is_valid():
        return _say(request, door, 422, " ".join(error for errors in form.errors.values() for error in errors))
    return _answer(request, door, verb, participant=door.person, **form.cleaned_data, **what)


def _answer(request, door, verb, **what):
    status, said = 200, "Enviada"
    try:
        verb(**what)
    except Late as error:
        status, said = 409, " ".join(error.messages)
    except ValidationError as error:
        status, said = 422, " ".join(error.messages)
    return _say(request, door, status, said)


def _say(request, door, status, said):
    """How it went: a script hears it as JSON, a browser without one gets the page."""
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"said": said}, status=status)
    if status == 200:
        return redirect("taller-participante", door.run.token)
    typed = {"problem": said, "typed": request.POST.get("text", "")}
    for_stage = request.POST if "stage" in request.resolver_match.kwargs else None
    return render(request, "live/participant.html", _room(door, for_stage) | typed, status=status)


def _uuid(text):
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None


def _doorstep(request, door, form, status=200):
    return render(request, "live/join.html", {**_room(door), "form": form}, status=status)


def _room(door, typed=None) -> dict:
    session = curriculum.session(door.run.session_key)
    room = {"organization": door.organization, "session": session, "run": door.run, "me": door.person}
    if door.person:
        hide = hooks.veil()
        room |= {"asked": queries.on_screen(door.run, hide, door.person), "new_key": uuid.uuid4()}
        room |= {"stage": on_stage(door.run, lambda stage: stage.phone(door.run, door.person, hide, typed))}
    return room
