"""The carta descriptiva in the browser: the page and what concerns the session as a whole."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from alianzas.concurrency import answer_status
from alianzas.exports.base import get as deliverable
from sessions_app import retiming
from sessions_app.models import AgendaItem

from . import changes, queries, services, whole_services
from .deliverables import key_of
from .forms import DelayForm, HeaderForm, NotesForm, OrderForm, ReasonForm, SplitForm


@dataclass(frozen=True)
class Trouble:
    """What was wrong with something typed into the agenda, and what was typed, to be shown in its place."""

    field: str
    said: str
    block: str = ""
    typed: str = ""
    status: int = 422


def carta_of(org, session) -> queries.Carta:
    """The carta of the session that an address names, or 404."""
    try:
        return queries.carta(org, session)
    except KeyError:
        raise Http404 from None


@require_GET
def carta(request, org, session):
    """The whole carta descriptiva; reading it writes nothing."""
    return page(request, carta_of(org, session))


def page(request, found, *, trouble=None, **forms):
    """The page of the carta, with what went wrong on it if anything did."""
    context = {
        "carta": found,
        "trouble": trouble,
        "deliverable": deliverable(key_of(found.session.key)),
        "split_form": SplitForm(carta=found),
        "skip_form": ReasonForm(prefix="sesion"),
        "may_undo": _may_undo(request, found),
        "notes_form": NotesForm(initial=_notes_of(found)),
    } | forms
    status = trouble.status if trouble else answer_status(*forms.values())
    return render(request, "design/carta.html", context, status=status)


def _notes_of(found):
    return {"private_notes": found.design.private_notes}


def answer(request, org, session, *, trouble=None, said="", block=""):
    """After a change to the agenda: the fragment for htmx, the page or a redirection to it for others."""
    if request.htmx:
        found = queries.carta(org, session)
        context = {"carta": found, "trouble": trouble, "said": said, "split_form": SplitForm(carta=found)}
        return render(request, "design/agenda_answer.html", context, status=trouble.status if trouble else 200)
    if trouble:
        return page(request, queries.carta(org, session), trouble=trouble)
    if said:
        messages.success(request, said)
    return redirect(reverse("carta", args=[org.slug, session]) + (f"#bloque-{block}" if block else "#orden"))


def act(request, org, session, verb, *, said="", field="agenda", **kwargs):
    """Do something to the agenda and answer; what the service refuses is said on the page."""
    try:
        verb(organization=org, session_key=session, **kwargs)
    except ValidationError as error:
        return answer(request, org, session, trouble=Trouble(field, " ".join(error.messages)))
    return answer(request, org, session, said=said)


def kept(form, verb, *, facts=None, **kwargs) -> bool:
    """Run `verb` with what the form says; what it refuses is shown at its field."""
    try:
        verb(**kwargs, **(facts if facts is not None else form.facts()))
    except AgendaItem.DoesNotExist:
        raise Http404 from None
    except ValidationError as error:
        for name, texts in getattr(error, "message_dict", {"": error.messages}).items():
            form.add_error(name if name in form.fields else None, texts)
        return False
    return True


def header(request, org, session):
    """Objective, modality, participants, and date, start and place of each sitting."""
    found = carta_of(org, session)
    form = HeaderForm(request.POST or None, carta=found)
    if form.is_valid() and kept(form, whole_services.save_header, organization=org, session_key=session):
        messages.success(request, "Guardamos el encabezado.")
        for day in form.past_dates:
            messages.warning(request, f"La fecha {day:%d/%m/%Y} ya pasó: revisa que sea la correcta.")
        return redirect("carta", org.slug, session)
    context = {"form": form, "carta": found}
    return render(request, "design/header.html", context, status=answer_status(form))


@require_POST
def notes(request, org, session):
    """The private notes: for who facilitates and nobody else."""
    found = carta_of(org, session)
    _only_facilitators(request, "Las notas privadas son de quien facilita.")
    form = NotesForm(request.POST, initial=_notes_of(found))
    kwargs = {"organization": org, "session_key": session}
    if form.is_valid() and kept(form, whole_services.save_notes, facts=form.cleaned_data, **kwargs):
        messages.success(request, "Guardamos tus notas.")
        return redirect(reverse("carta", args=[org.slug, session]) + "#notas")
    return page(request, found, notes_form=form)


@require_POST
def skip(request, org, session):
    """Leave the whole session out, saying why."""
    found = carta_of(org, session)
    _only_facilitators(request, "Quien facilita decide qué sesiones se omiten.")
    form = ReasonForm(request.POST, prefix="sesion")
    if not form.is_valid():
        return page(request, found, skip_form=form)
    whole_services.skip_session(organization=org, session_key=session, **form.cleaned_data)
    messages.success(request, f"{found.name}: se omite. Puedes retomarla cuando quieras.")
    return redirect("carta", org.slug, session)


@require_POST
def restore(request, org, session):
    found = carta_of(org, session)
    _only_facilitators(request, "Quien facilita decide qué sesiones se omiten.")
    whole_services.restore_session(organization=org, session_key=session)
    messages.success(request, f"Retomaste la {found.name}." if found.limit else f"Retomaste: {found.name}.")
    return redirect("carta", org.slug, session)


def _only_facilitators(request, said):
    if not request.access.can_facilitate:
        raise PermissionDenied(said)


@require_POST
def reorder(request, org, session):
    """The order that somebody dragged the blocks into."""
    carta_of(org, session)
    form = OrderForm(request.POST)
    if not form.is_valid():
        return answer(request, org, session, trouble=Trouble("agenda", services.MOVED_MEANWHILE))
    return act(request, org, session, services.reorder, said="Guardamos el orden.", **form.cleaned_data)


@require_POST
def add_meal(request, org, session):
    carta_of(org, session)
    said = "Agregamos la pausa para comer. Puedes fijar su hora."
    return act(request, org, session, services.add_meal, said=said)


@require_POST
def split(request, org, session):
    """Hold the session in two sittings."""
    form = SplitForm(request.POST, carta=carta_of(org, session))
    if not form.is_valid():
        said = "Elige después de qué bloque termina la primera jornada."
        return answer(request, org, session, trouble=Trouble("split", said))
    said = "La sesión queda en dos jornadas: ponle fecha, hora y lugar a cada una."
    return act(request, org, session, whole_services.split_sittings, said=said, field="split", **form.cleaned_data)


@require_POST
def join(request, org, session):
    """Hold the session in one sitting again."""
    carta_of(org, session)
    return act(request, org, session, whole_services.join_sittings, said="Todo queda en una sola jornada.")


def reset(request, org, session):
    """First what would be lost; on POST, the orden del día of the method again."""
    found = carta_of(org, session)
    if request.method == "POST":
        whole_services.reset_agenda(organization=org, session_key=session)
        messages.success(request, "La agenda vuelve a ser la que propone el método.")
        return redirect("carta", org.slug, session)
    return render(request, "design/reset.html", {"carta": found, "lost": changes.differences(found)})


def delay(request, org, session):
    """«¿Quién paga el retraso?»: the ways to pay it; on POST, one of them becomes the plan."""
    found = carta_of(org, session)
    said = request.POST or request.GET
    form = DelayForm(said if "minutos" in said or request.POST else None, carta=found)
    told = []
    if form.is_valid():
        block, late = form.cleaned_data["bloque"], form.cleaned_data["minutos"]
        if request.method == "POST":
            try:
                number = int(said.get("propuesta", "-1")) if said.get("propuesta", "-1").isdecimal() else -1
                kwargs = {"block": block, "delay": late, "number": number, "seen": said.get("seen", "")}
                proposal, memory = whole_services.apply_proposal(organization=org, session_key=session, **kwargs)
                request.session[_undo_key(org, session)] = memory
                messages.success(request, f"La agenda cambió. {'. '.join(proposal.words)}.")
                return redirect("carta", org.slug, session)
            except ValidationError as error:
                form.add_error(None, error.messages)
        told = retiming.proposals(queries.clock_items(found), queries.starts_of(found), block, delay=late)
    no_fit = told if isinstance(told, retiming.NoFit) else None
    context = {"carta": found, "form": form, "no_fit": no_fit, "proposals": [] if no_fit else told}
    return render(request, "design/delay.html", context, status=422 if form.errors else 200)


@require_POST
def undo_delay(request, org, session):
    """Take back the proposal that this person applied last, while nothing else changed."""
    carta_of(org, session)
    memory = request.session.pop(_undo_key(org, session), None)
    try:
        if memory is None:
            raise ValidationError("Ya no hay ninguna propuesta que deshacer.")
        whole_services.undo_proposal(organization=org, session_key=session, **memory)
        messages.success(request, "La agenda quedó como estaba antes de la propuesta.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("carta", org.slug, session)


def _may_undo(request, found) -> bool:
    memory = request.session.get(_undo_key(found.organization, found.session.key))
    return bool(memory) and memory["after"] == found.plan_token


def _undo_key(org, session):
    return f"deshacer-{org.pk}-{session}"
