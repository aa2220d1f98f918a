"""The diagnosis in the browser: answers by line, for a room and for a phone; equal ones; cross-cutting strategies."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from alianzas.acting import refusals_on
from alianzas.concurrency import answer_status
from alianzas.models import ActionLine

from .. import queries, services
from ..acting import done, hidden_from, require_editor, said
from ..models import Strategy
from . import queries as own_queries
from . import services as own_services
from .forms import AgreementForm, ContributionForm, MergeForm, OtherForm, QuickForm, ServedLinesForm, StrategyForm
from .models import ToldApart


@require_GET
def diagnosis(request, org):
    """S6.3: every line with what works, what did not and what could be added."""
    found = queries.strategies(hidden_from(request))
    pairs = own_queries.look_alikes(found, across=False) if request.access.can_edit else []
    context = {"diagnosis": queries.diagnosis(found), "pairs": len(pairs)}
    return render(request, "plans/diagnosis.html", context)


def strategy(request, org, pk=None):
    """Add or change a strategy, and see what was joined in it."""
    require_editor(request)
    row = get_object_or_404(Strategy, pk=pk) if pk else None
    initial = {"line": request.GET.get("linea"), "status": request.GET.get("estado")}
    form = StrategyForm(request.POST or None, organization=org, instance=row, initial={} if row else initial)
    if form.is_valid() and done(form, services.save_strategy, strategy=form.instance):
        messages.success(request, "Guardamos la estrategia.")
        return redirect("resultados", org.slug)
    context = {"form": form, "strategy": row, "has_lines": ActionLine.objects.exists()}
    if row:
        kept = next((one for one in queries.strategies() if one.pk == row.pk), None)
        others = OtherForm(strategy=row) if Strategy.objects.exclude(pk=row.pk).exists() else None
        context |= {"voices": kept.voices[1:] if kept else [], "provenance": row.provenance, "others": others}
    return render(request, "plans/strategy.html", context, status=answer_status(form))


@require_POST
def delete_strategy(request, org, pk):
    row = get_object_or_404(Strategy, pk=pk)
    said(request, f"Borramos «{row}».", services.delete_strategy, strategy=row)
    return redirect("resultados", org.slug)


def quick_entry(request, org):
    """Several answers at once for one line, by keyboard only: for whoever types for a room."""
    require_editor(request)
    form = QuickForm(request.POST or None, initial={"line": request.GET.get("linea")})
    if form.is_valid():
        with refusals_on(form):
            line = form.cleaned_data["line"]
            count = own_services.note_answers(line=line, answers=form.answers())
            kept = "Guardamos una respuesta" if count == 1 else f"Guardamos {count} respuestas"
            messages.success(request, f"{kept} en «{line}».")
            return redirect(f"{request.path}?linea={line.pk}")
    context = {"form": form, "has_lines": ActionLine.objects.exists()}
    return render(request, "plans/quick_entry.html", context, status=422 if form.errors else 200)


def contribute(request, org):
    """One's own answer, on a phone."""
    require_editor(request)
    initial = {"line": request.GET.get("linea"), "status": "works"}
    form = ContributionForm(request.POST or None, organization=org, initial=initial)
    if form.is_valid() and done(form, own_services.contribute, strategy=form.instance, by=request.user):
        messages.success(request, "Guardamos tu respuesta. Puedes escribir otra.")
        return redirect(f"{request.path}?linea={form.instance.line_id}")
    mine = Strategy.said.filter(by=request.user).select_related("line").order_by("-pk")
    context = {"form": form, "mine": mine, "has_lines": ActionLine.objects.exists()}
    return render(request, "plans/contribute.html", context, status=422 if form.errors else 200)


@require_GET
def look_alikes(request, org):
    """Answers of one line that may be equal, and those that people told apart."""
    require_editor(request)
    found = queries.strategies()
    context = {
        "pairs": own_queries.look_alikes(found, across=False),
        "apart": own_queries.told_apart(found),
    }
    return render(request, "plans/look_alikes.html", context)


@require_GET
def choose_equal(request, org, pk):
    """From the strategy that people say is equal to this one, on to joining the two."""
    require_editor(request)
    row = get_object_or_404(Strategy, pk=pk)
    form = OtherForm(request.GET, strategy=row)
    if form.is_valid():
        return redirect("unir-estrategias", org.slug, row.pk, form.cleaned_data["other"].pk)
    messages.error(request, "Elige con cuál se une.")
    return redirect("estrategia", org.slug, row.pk)


def merge(request, org, pk, other):
    """Join two strategies: equal answers of a line, or one that serves several lines (then it is a consensus)."""
    require_editor(request)
    pair = [get_object_or_404(Strategy.objects.select_related("line"), pk=key) for key in (pk, other)]
    across = pair[0].line_id != pair[1].line_id
    form = MergeForm(request.POST or None, pair=pair, across=across, initial={"kept": pk})
    form.instance.organization = org
    if form.is_valid():
        kept, gone = sorted(pair, key=lambda row: row.pk != form.cleaned_data["kept"])
        if done(form, own_services.merge, kept=kept, gone=gone, by=request.user, **form.consensus()):
            messages.success(request, f"«{gone}» quedó dentro de «{kept}». Si no era así, sepárala en su ficha.")
            return redirect("transversales" if across else "estrategias-parecidas", org.slug)
    context = {"form": form, "pair": pair, "across": across}
    return render(request, "plans/merge.html", context, status=422 if form.errors else 200)


@require_POST
def separate(request, org, pk):
    """Undo a merge."""
    row = get_object_or_404(Strategy.said.select_related("merged_into"), pk=pk)
    said(request, f"«{row}» vuelve a estar por su cuenta.", own_services.separate, strategy=row, by=request.user)
    return redirect("resultados", org.slug)


@require_POST
def tell_apart(request, org, pk, other):
    one, two = (get_object_or_404(Strategy, pk=key) for key in (pk, other))
    across = one.line_id != two.line_id
    said(request, "Anotado: son distintas. Ya no las sugerimos.", own_services.tell_apart, one=one, other=two)
    return redirect("transversales" if across else "estrategias-parecidas", org.slug)


@require_POST
def suggest_again(request, org, pk):
    row = get_object_or_404(ToldApart, pk=pk)
    own_services.suggest_again(pair=row)
    messages.success(request, "Si se parecen, las volveremos a sugerir.")
    return redirect("estrategias-parecidas", org.slug)


@require_GET
def cross_cutting(request, org):
    """S6.4: strategies that look alike across lines, and which lines each one serves."""
    hide = hidden_from(request)
    found = queries.strategies(hide)
    agreed = own_queries.agreements(hide)
    for one in found:
        one.agreed = agreed.get(one.pk)
    pairs = own_queries.look_alikes(found, across=True) if request.access.can_edit else []
    context = {"strategies": found, "lines": ActionLine.objects.all(), "pairs": pairs}
    return render(request, "plans/cross_cutting.html", context)


@require_POST
def served_lines(request, org, pk):
    """Save one row of the cross-cutting table; htmx gets the state of the row, others the page."""
    row = get_object_or_404(Strategy, pk=pk)
    form = ServedLinesForm(request.POST)
    if form.is_valid():
        more, fewer = form.changes()
        services.serve_lines(strategy=row, more=more, fewer=fewer)
    if request.htmx:
        context = {"saved": form.is_valid(), "time": timezone.localtime()}
        return render(request, "components/saved.html", context)
    if not form.is_valid():
        messages.error(request, "Una de las líneas ya no existe: revisa la tabla.")
    return redirect("transversales", org.slug)


def agreement(request, org, pk):
    """Who agreed that a strategy serves its lines, and when."""
    require_editor(request)
    row = get_object_or_404(Strategy.objects.select_related("line"), pk=pk)
    earlier = own_queries.agreements().get(row.pk)
    form = AgreementForm(request.POST or None, instance=earlier)
    form.instance.organization, form.instance.strategy = org, row
    if form.is_valid() and done(form, own_services.agree, strategy=row, by=request.user, **form.cleaned_data):
        messages.success(request, "Anotamos el acuerdo.")
        return redirect("transversales", org.slug)
    context = {"form": form, "strategy": row}
    return render(request, "plans/agreement.html", context, status=answer_status(form))
