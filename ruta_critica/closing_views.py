"""The closing assistant of an ally: its worksheet, what is still open, and the button that closes the alliance."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from alianzas.concurrency import answer_status
from sessions_app import curriculum
from sessions_app.worksheets import access
from sessions_app.worksheets import views as worksheets
from sessions_app.worksheets.queries import answers_to
from sessions_app.worksheets.saving import fields_after, status_of
from sessions_app.worksheets.sheet import sheet_of
from sessions_app.worksheets.visits import Visit

from . import closing, queries, services
from .ally_documents import DOCUMENTS
from .forms import ClosingForm
from .goals import goals_of
from .models import Ally
from .promises import open_promises

AGREED = "S4.10"
SHOWN = ("S4.10.anuncio", "S5.7.cierre_proyecto", "S5.7.cierre_continuidad")
ADDRESSES = {
    "planilla": "aliado-cierre",
    "planilla-campo": "aliado-cierre-respuesta",
    "planilla-versiones": "aliado-cierre-versiones",
}


@dataclass(frozen=True)
class ClosingVisit(Visit):
    """Who looks at the closing of which ally."""

    ally: Ally | None = None

    def _address(self, name, *more):
        return reverse(ADDRESSES[name], args=[self.organization.slug, self.ally.pk, *more])


@worksheets.READ_OR_WRITE
def assistant(request, org, pk):
    """The questions of the closing; a POST brings them all at once."""
    return worksheets.fill_in(request, _visit(request, pk), _page)


@worksheets.READ_OR_WRITE
def answer(request, org, pk, field):
    return worksheets.fill_in_one(request, _visit(request, pk), field, _page)


@worksheets.READ_OR_WRITE
def earlier(request, org, pk, field):
    return worksheets.earlier_values(request, _visit(request, pk), field)


@require_POST
def close(request, org, pk):
    """The alliance is over: its state says so, with the reason."""
    visit = _visit(request, pk)
    form = ClosingForm(request.POST, instance=visit.ally)
    if form.is_valid():
        try:
            facts = {"state": Ally.State.CLOSED, "reason": form.cleaned_data["state_reason"]}
            services.set_state(ally=visit.ally, by=request.user, **facts)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, f"La alianza con «{visit.ally}» quedó cerrada. Falta agradecer: ahí está la carta."
            )
            return redirect("aliado", org.slug, pk)
    return _page(request, _visit(request, pk), {}, form)


def _visit(request, pk):
    ally = get_object_or_404(Ally.objects.select_related("actor"), pk=pk)
    return ClosingVisit(
        ally.organization,
        request.access,
        request.user,
        None,
        closing.activity(),
        about=access.about_ally(ally.pk),
        whose=str(ally),
        ally=ally,
    )


def _page(request, visit, outcomes, form=None):
    if not visit.access.can_edit:
        queries.shareable([visit.ally])
    agreed = curriculum.activity(AGREED).prompts
    earlier = answers_to([*agreed, *map(curriculum.prompt, SHOWN)], about=visit.about)
    open_now = open_promises(visit.ally, goals_of([visit.ally])[visit.ally.pk], visit.access.can_edit)
    context = {
        "visit": visit,
        "ally": visit.ally,
        "fields": fields_after(sheet_of(visit), outcomes),
        "brought": list(_brought(visit, earlier)),
        "unanswered": [prompt for prompt in agreed if not earlier.one(prompt, "")],
        "promises": [(visit.hide(one.title), visit.hide(one.responsible), one) for one in open_now],
        "reason": visit.hide(visit.ally.state_reason),
        "form": form or ClosingForm(instance=visit.ally),
        "document": DOCUMENTS["cierre-aliado"],
    }
    status = answer_status(form) if form and form.errors else status_of(outcomes)
    return render(request, "ruta_critica/closing.html", context, status=status)


def _brought(visit, answers):
    """What was answered before and helps to close: about this ally, or for the whole organisation."""
    for prompt in map(curriculum.prompt, SHOWN):
        if kept := answers.one(prompt, visit.about) or answers.one(prompt, ""):
            yield prompt, visit.blocks(prompt, kept.value, answers.frame(prompt))
