"""Prioritisation in the browser: the order, the rounds, one's own vote, and what whoever facilitates does with them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from alianzas.concurrency import answer_status
from alianzas.exports import base
from alianzas.once import forgets
from alianzas.secrecy import FEW, member_key

from .. import queries, services
from ..acting import done, hidden_from, require_editor, require_facilitator, said, way_back
from ..models import Strategy
from . import queries as own_queries
from . import services as own_services
from .forms import CancelForm, CloseForm, OpenRoundForm, PaperForm, PapersForm, TieForm, VoteForm
from .models import Round

OPENS = "abre, cierra y cancela votaciones"
COUNTS = "captura papeletas"
DECIDES = "decide sobre el resultado de una votación"


@require_GET
def priorities(request, org):
    """S6.5: the order in which strategies are worked, the rounds that gave it, and what could be voted next."""
    hide = hidden_from(request)
    found = queries.strategies(hide)
    ranked, waiting = queries.ranking(found)
    kind, candidates = own_queries.next_list(found)
    sheets = own_queries.sheets(hide)
    context = {
        "ranked": ranked,
        "waiting": waiting,
        "first_round": queries.FIRST_ROUND,
        "sheets": sheets,
        "voted": {one.candidate.strategy_id for sheet in sheets for one in sheet.placed if one.candidate.place},
        "pending": next((one.round for one in sheets if one.round.is_pending), None),
        "next_kind": Round.Kind(kind).label.lower(),
        "candidates": candidates,
        "form": OpenRoundForm(),
        "deliverable": base.get("ranking"),
    }
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
    said(request, "", act)
    return redirect("prioridades", org.slug)


@require_POST
def open_round(request, org):
    """Freeze the list and open it."""
    require_facilitator(request, OPENS)
    form = OpenRoundForm(request.POST)
    if not form.is_valid():
        messages.error(request, "No se abrió la votación. " + " ".join(form.errors["votes_each"]))
    else:
        said(request, "La votación está abierta.", own_services.open_round,
             organization=org, by=request.user, **form.cleaned_data)  # fmt: skip
    return redirect("prioridades", org.slug)


@require_GET
def one_round(request, org, pk):
    """A round: how many have voted while it is open, its result afterwards."""
    sheet = _sheet(request, pk)
    return render(request, "plans/round.html", _round_context(request, sheet))


def _sheet(request, pk):
    return own_queries.sheet_of(get_object_or_404(Round, pk=pk), hidden_from(request))


def _round_context(request, sheet, **forms):
    row, access = sheet.round, request.access
    context = {"sheet": sheet, "row": row, "few": FEW, "cancel_form": CancelForm(), **forms}
    context["top"] = max((one.candidate.votes for one in sheet.placed), default=0)
    if row.is_open:
        context["voted"] = own_queries.voted(row)
        context["people"] = own_queries.people_in_session()
        context["has_voted"] = access.can_edit and own_queries.has_voted(row, member_key(request.user))
    if access.can_facilitate and row.state == Round.State.CLOSED and "tie_forms" not in context:
        context["tie_forms"] = [TieForm(tie=tie, prefix=f"lugar-{tie.rank}") for tie in sheet.ties if tie.is_needed]
    return context


@require_GET
def round_progress(request, org, pk):
    """How many have voted, and nothing else: asked again and again while the round is open."""
    row = get_object_or_404(Round, pk=pk)
    context = {"row": row, "voted": own_queries.voted(row) if row.is_open else row.people}
    return render(request, "plans/round_progress.html", context)


@forgets
@never_cache
@sensitive_post_parameters()
def vote(request, org, pk):
    """One's own vote. What was chosen is kept nowhere but in the sums, and no message repeats it."""
    require_editor(request)
    sheet = _sheet(request, pk)
    row, key = sheet.round, member_key(request.user)
    form = VoteForm(request.POST if request.method == "POST" else None, candidates=sheet.candidates)
    problem, status = "", 200
    if form.is_valid():
        try:
            own_services.cast_ballot(round=row, voter_key=key, choices=form.cleaned_data["choices"])
        except (own_services.RoundClosed, own_services.AlreadyVoted) as error:
            problem, status = error.message, 409
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Tu voto se contó. Nadie puede saber cuál fue.")
            return redirect("votacion", org.slug, row.pk)
    row.refresh_from_db(fields=["state"])
    context = {"form": form, "row": row, "problem": problem, "has_voted": own_queries.has_voted(row, key)}
    return render(request, "plans/vote.html", context, status=422 if form.errors else status)


@forgets
@never_cache
@sensitive_post_parameters()
def paper(request, org, pk):
    """One paper ballot after another, for whoever facilitates."""
    require_facilitator(request, COUNTS)
    sheet = _sheet(request, pk)
    back = way_back(org, own_services.STAGE, "votacion", pk, label=sheet.round)
    form = PaperForm(request.POST or None, candidates=sheet.candidates)
    if form.is_valid() and done(form, own_services.add_paper, round=sheet.round, **form.cleaned_data):
        messages.success(request, "Contamos la papeleta. Puedes leer la siguiente.")
        return redirect("papeleta", org.slug, sheet.round.pk)
    context = {"form": form, "row": sheet.round, **back}
    return render(request, "plans/paper.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
def papers(request, org, pk):
    """The total of the paper ballots, which may be corrected while the round is open."""
    require_facilitator(request, COUNTS)
    sheet = _sheet(request, pk)
    back = way_back(org, own_services.STAGE, "votacion", pk, label=sheet.round)
    form = PapersForm(request.POST or None, candidates=sheet.candidates, initial=_papers_of(sheet))
    if form.is_valid() and done(form, own_services.set_papers, round=sheet.round, **form.facts()):
        messages.success(request, "Guardamos los votos de las papeletas.")
        return redirect(back["back"])
    context = {"form": form, "row": sheet.round, **back}
    return render(request, "plans/papers.html", context, status=answer_status(form))


def _papers_of(sheet):
    people, counts = own_queries.papers_of(sheet.round)
    return {"people": people, **{f"votes_{position}": count for position, count in enumerate(counts)}}


@require_POST
def close_round(request, org, pk):
    require_facilitator(request, OPENS)
    row = get_object_or_404(Round, pk=pk)
    form = CloseForm(request.POST)
    is_sure = form.is_valid() and form.cleaned_data["is_sure"]
    said(request, "La votación está cerrada: este es el resultado.", own_services.close_round,
         round=row, by=request.user, is_sure=is_sure)  # fmt: skip
    return redirect("votacion", org.slug, pk)


@require_POST
def cancel_round(request, org, pk):
    require_facilitator(request, OPENS)
    sheet = _sheet(request, pk)
    form = CancelForm(request.POST)
    if form.is_valid() and done(
        form, own_services.cancel_round, round=sheet.round, by=request.user, **form.cleaned_data
    ):
        messages.success(request, "Cancelamos la ronda. Queda en la lista con su razón.")
        return redirect("prioridades", org.slug)
    return render(request, "plans/round.html", _round_context(request, sheet, cancel_form=form), status=422)


@require_POST
def break_tie(request, org, pk, number):
    """Settle the shared rank `number`."""
    require_facilitator(request, DECIDES)
    sheet = _sheet(request, pk)
    ties = [tie for tie in sheet.ties if tie.is_needed]
    if number not in [tie.rank for tie in ties]:
        raise Http404
    forms = {
        tie.rank: TieForm(request.POST if tie.rank == number else None, tie=tie, prefix=f"lugar-{tie.rank}")
        for tie in ties
    }
    form = forms[number]
    if form.is_valid():
        facts = {"rank": number, "order": form.order(), "reason": form.cleaned_data["reason"], "by": request.user}
        if done(form, own_services.break_tie, round=sheet.round, **facts):
            messages.success(request, "Anotamos el desempate y su razón.")
            return redirect("votacion", org.slug, pk)
    context = _round_context(request, sheet, tie_forms=list(forms.values()))
    return render(request, "plans/round.html", context, status=422)


@require_POST
def accept_ranking(request, org, pk):
    require_facilitator(request, DECIDES)
    row = get_object_or_404(Round, pk=pk)
    if said(request, "El resultado ya da su lugar a las estrategias.", own_services.accept_ranking,
            round=row, by=request.user):  # fmt: skip
        return redirect("prioridades", org.slug)
    return redirect("votacion", org.slug, pk)


@require_POST
def take_back_ranking(request, org, pk):
    require_facilitator(request, DECIDES)
    row = get_object_or_404(Round, pk=pk)
    said(request, "Retiramos el resultado: las estrategias vuelven a ser candidatas.", own_services.take_back_ranking,
         round=row, by=request.user)  # fmt: skip
    return redirect("votacion", org.slug, pk)
