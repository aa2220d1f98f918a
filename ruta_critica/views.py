"""Allies: who they are, how each one stands, and their file of six steps."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from alianzas import deliverable_views
from alianzas.acting import refusals_on
from alianzas.commitments.hooks import veil
from alianzas.concurrency import answer_status
from alianzas.veiling import veiled
from sessions_app.models import Answer
from sessions_app.worksheets import upload_views
from sessions_app.worksheets import views as worksheets
from sessions_app.worksheets.saving import fields_after, status_of
from sessions_app.worksheets.visits import prompt_or_404
from sysmap.models import Actor

from . import queries, services, visits
from .ally_documents import DOCUMENTS
from .forms import DecisionForm, MarkForm, NewAllyForm, StateForm
from .models import Ally
from .relation import queries as relation
from .relation.views import entry_form
from .route_queries import file_steps, step_taken_off
from .steps import DUE_DILIGENCE, RESOURCES


def allies(request, org):
    """Every ally with its progress, or those of the team `?equipo=`; and the actors that could become one, in order."""
    form = NewAllyForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form, "name"):
            name = form.alike if form.is_the_same else form.cleaned_data["name"]
            ally = services.new_ally(organization=org, name=name)
            messages.success(request, f"«{ally}» está entre los potenciales aliados.")
            return redirect("aliado", org.slug, ally.pk)
    hide = veil()
    found = queries.allies(file_steps(hide), hide)
    teams = sorted({row.team for row in found if row.team}, key=str.casefold)
    team = request.GET.get("equipo", "")
    rows = [row for row in found if team not in teams or row.team == team]
    _share(request, *(row.ally for row in rows))
    contacts = relation.contacts([row.ally for row in rows], timezone.localdate())
    context = {
        "form": form,
        "rows": [(row, contacts.get(row.ally.pk)) for row in rows],
        "quiet": sum(one.standing.is_quiet for one in contacts.values()),
        "soon": sum(one.standing.is_soon for one in contacts.values()),
        "teams": teams,
        "team": team,
        "candidates": queries.candidates(),
        "documents": DOCUMENTS.values(),
    }
    return render(request, "ruta_critica/allies.html", context, status=422 if form.errors else 200)


@require_POST
def choose(request, org, actor):
    """Make an actor of the map a potential ally."""
    ally = services.ally_from_actor(actor=get_object_or_404(Actor, key=actor))
    messages.success(request, f"«{ally}» está entre los potenciales aliados.")
    return redirect("aliado", org.slug, ally.pk)


def ally(request, org, pk):
    """One ally: how it stands, how far each step is and why; a POST changes how it stands."""
    row = _ally(pk)
    form = StateForm(request.POST or None, instance=copy(row))  # the page shows what is kept
    if form.is_valid():
        try:
            facts = {"state": form.cleaned_data["state"], "reason": form.cleaned_data["state_reason"]}
            services.set_state(ally=form.instance, by=request.user, **facts)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Guardamos cómo va «{row}».")
            return redirect("aliado", org.slug, pk)
    _share(request, row)
    hide = veil()
    context = {
        "ally": row,
        "row": queries.ally_row(row, file_steps(hide)),
        "form": form,
        "documents": DOCUMENTS.values(),
        "resources": veiled(tuple(queries.resources(row)), hide, ()),
        "reason": hide(row.state_reason),
        "contact": relation.contacts([row], timezone.localdate()).get(pk),
        "entry": entry_form(request, row) if request.method == "GET" else None,
    }
    return render(request, "ruta_critica/ally.html", context, status=answer_status(form))


@require_POST
def remove(request, org, pk):
    row = _ally(pk)
    try:
        services.remove_ally(ally=row)
        messages.success(request, f"«{row}» ya no está entre los aliados.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("aliado", org.slug, pk)
    return redirect("aliados", org.slug)


@worksheets.READ_OR_WRITE
def step(request, org, pk, step):
    """The questions of one step about one ally; a POST brings them all at once."""
    return worksheets.fill_in(request, _visit(request, pk, step), _step_page)


@worksheets.READ_OR_WRITE
def answer(request, org, pk, step, field):
    return worksheets.fill_in_one(request, _visit(request, pk, step), field, _step_page)


@worksheets.READ_OR_WRITE
def earlier(request, org, pk, step, field):
    return worksheets.earlier_values(request, _visit(request, pk, step), field)


@require_POST
def add_file(request, org, pk, step, field):
    return upload_views.keep(request, _visit(request, pk, step), field)


def download(request, org, pk, step, field, file):
    return upload_views.hand_over(_visit(request, pk, step), field, file)


@require_POST
def delete_file(request, org, pk, step, field, file):
    return upload_views.take_away(request, _visit(request, pk, step), field, file)


def mark(request, org, pk, step, field):
    """Say whether an answer is assumed or confirmed, when and by what; only for those who edit."""
    visit = _visit(request, pk, step)
    if not request.access.can_edit:
        raise Http404
    prompt = prompt_or_404(visit, field)
    kept = get_object_or_404(Answer, prompt_key=prompt.key, subject=visit.subject(prompt))
    row = visit.mark_of(prompt)
    row = row if row and row.answer_id == kept.pk else None
    form = MarkForm(request.POST or None, request.FILES or None, instance=row)
    form.instance.organization, form.instance.answer = org, kept
    if form.is_valid():
        try:
            services.mark(answer=kept, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Guardamos si es un supuesto o está confirmado.")
            return redirect(f"{visit.url}#campo-{field}")
    context = {"visit": visit, "prompt": prompt, "form": form}
    return render(request, "ruta_critica/mark.html", context, status=answer_status(form))


@require_GET
def evidence(request, org, pk, step, field):
    """The document by which an answer was confirmed, to those who edit: it may name anybody."""
    visit = _visit(request, pk, step)
    if not request.access.can_edit:
        raise Http404
    row = visit.mark_of(prompt_or_404(visit, field))
    if row is None or row.file is None:
        raise Http404
    return upload_views.sent(row.file)


@require_POST
def decide(request, org, pk):
    """The decision of due diligence."""
    row = _ally(pk)
    form = DecisionForm(request.POST, instance=row)
    if form.is_valid():
        try:
            facts = {"decision": form.cleaned_data["decision"], "reason": form.cleaned_data["decision_reason"]}
            services.decide(ally=row, by=request.user, **facts)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Guardamos la decisión.")
            return redirect("aliado-paso", org.slug, pk, DUE_DILIGENCE)
    return _step_page(request, _visit(request, pk, DUE_DILIGENCE), {}, decision=form)


@require_GET
def document(request, org, pk, key, fmt):
    """A document of one ally as a file; those of all allies are among the deliverables."""
    ally = _ally(pk)
    return deliverable_views.one_of(request, org, DOCUMENTS, key, fmt, whom=str(ally), allies=[ally])


def _ally(pk):
    return get_object_or_404(Ally.objects.select_related("actor", "decided_by"), pk=pk)


def _share(request, *allies):
    """Whoever cannot edit reads of allies what may be shared."""
    if not request.access.can_edit:
        queries.shareable(list(allies))


def _visit(request, pk, step):
    ally, hide = _ally(pk), veil()
    steps = file_steps(hide)
    if found := next((one for one in steps if one.key == step), None):
        return visits.visit(request, ally, found, steps, hide)
    gone = step_taken_off(step, hide) if request.method == "POST" else None
    if gone is None:
        raise Http404
    if not request.htmx:
        said = f"Alguien quitó «{gone.name}» de la ruta mientras escribías. Lo tuyo queda guardado por si vuelve."
        messages.warning(request, said)
    return visits.visit(request, ally, gone, (*steps, gone), hide, is_off=True)


def _step_page(request, visit, outcomes, decision=None):
    _share(request, visit.ally)
    sheet = visits.sheet(visit)
    row = queries.ally_row(visit.ally, visit.steps)
    here = visit.steps.index(visit.step)
    context = {
        "visit": visit,
        "ally": visit.ally,
        "row": row,
        "progress": row.steps[here],
        "before": visit.steps[here - 1] if here else None,
        "after": visit.steps[here + 1] if here + 1 < len(visit.steps) else None,
        "sheet": sheet,
        "fields": fields_after(sheet, outcomes),
        "resources": veiled(tuple(queries.resources(visit.ally)), visit.veil, ())
        if visit.step.key == RESOURCES
        else None,
        "decision": decision or (DecisionForm(instance=visit.ally) if visit.step.key == DUE_DILIGENCE else None),
    }
    status = answer_status(decision) if decision and decision.errors else status_of(outcomes)
    return render(request, "ruta_critica/step.html", context, status=status)
