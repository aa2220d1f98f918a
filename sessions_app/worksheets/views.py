"""Worksheets in the browser: those of a session, one of them, one field of it, and the earlier values of a field."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alianzas.concurrency import Changed
from sessions_app.measuring import measure_of
from sessions_app.models import AnswerRevision
from sessions_app.services import review_part

from . import kinds, queries, services, wire
from .saving import Outcome, fields_after, save_all, save_one, status_of
from .sheet import field_of, modes_of, sheet_of
from .text import Invalid
from .trust import trust_of
from .visits import Visit, prompt_or_404, session_or_404, visit_or_404

READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def index(request, org, session):
    """The worksheets of a session, with how far each is; last, those that the carta leaves out, with the reason."""
    found = session_or_404(session)
    progress = measure_of(org).session(found.key)
    rows = [
        {"activity": one, "progress": progress.worksheet(one.key), "modes": modes_of(one)}
        for one in found.activities
        if one.prompts
    ]
    rows.sort(key=lambda row: bool(row["progress"].omitted))
    return render(request, "worksheets/index.html", {"session": found, "rows": rows})


@require_POST
def review(request, org, session, activity):
    """Say that a worksheet stays as it is, though it is not whole, or take that back."""
    visit = visit_or_404(request, org, session, activity)
    review_part(organization=org, by=request.user, part=visit.activity.key, is_reviewed="deshacer" not in request.POST)
    return redirect("planilla", org.slug, visit.session.key, visit.activity.key)


@READ_OR_WRITE
def worksheet(request, org, session, activity):
    """One worksheet. A POST brings all its fields at once, as browsers without JavaScript do."""
    return fill_in(request, visit_or_404(request, org, session, activity), _whole_page)


@READ_OR_WRITE
def field(request, org, session, activity, field):
    """One field: its fragment, or a POST that saves it. 409 shows two texts; 422 says what cannot be kept."""
    return fill_in_one(request, visit_or_404(request, org, session, activity), field, _whole_page)


@READ_OR_WRITE
def history(request, org, session, activity, field):
    """Earlier values of a field; a POST makes one of them the present one."""
    return earlier_values(request, visit_or_404(request, org, session, activity), field)


# ── What any page with the fields of a visit does; `page(request, visit, outcomes)` shows it whole ──────────────────


def fill_in(request, visit: Visit, page):
    outcomes = save_all(visit, request.POST) if request.method == "POST" else {}
    if request.method == "POST" and all(outcome.is_fine for outcome in outcomes.values()):
        messages.success(request, "Guardamos la planilla.")
        moved = request.POST.get("mover", "").partition(":")[0]
        return redirect(visit.url + (f"#campo-{moved}" if moved.isidentifier() else ""))
    return page(request, visit, outcomes)


def fill_in_one(request, visit: Visit, name: str, page):
    prompt = prompt_or_404(visit, name, *kinds.WRITTEN)
    outcome = save_one(visit, prompt, request.POST) if request.method == "POST" else Outcome()
    if not request.htmx and request.method == "POST" and outcome.is_fine:
        messages.success(request, "Guardamos la respuesta.")
        return redirect(f"{visit.url}#campo-{wire.field_name(prompt)}")
    if not request.htmx:
        return page(request, visit, {prompt.key: outcome})
    if outcome.answer and not (request.POST.get("completo") or request.POST.get("decision")):
        context = {"saved_at": timezone.localtime(), "is_trust": prompt.kind == "trust"}
        context["trust"] = trust_of(outcome.answer.value) if context["is_trust"] else None
        response = render(request, "worksheets/state.html", context)
        return _told(response, outcome.answer.version)
    return _fragment(request, visit, prompt, outcome)


def earlier_values(request, visit: Visit, name: str):
    prompt = prompt_or_404(visit, name, *kinds.WRITTEN)
    found = field_of(visit, prompt, queries.answers_to([prompt], with_empty=True, about=visit.about))
    if request.method == "POST":
        return _restore(request, visit, prompt, found.answer)
    earlier = queries.revisions(found.answer) if found.answer else []
    rows = [(row, visit.blocks(prompt, row.value, found.frame)) for row in earlier]
    return render(request, "worksheets/history.html", {"field": found, "visit": visit, "rows": rows})


def _restore(request, visit, prompt, answer):
    if answer is None:
        raise Http404
    revision = get_object_or_404(AnswerRevision, pk=_number(request.POST.get("revision")), answer=answer)
    facts = {"organization": visit.organization, "by": request.user, "prompt": prompt, "subject": answer.subject}
    try:
        version = wire.version_in(request.POST, wire.field_name(prompt))
        services.restore(**facts, revision=revision, version=version, whose=visit.whose)
    except (Changed, Invalid) as error:
        wrote = "Alguien escribió mientras mirabas: revisa lo que está guardado y vuelve a elegir."
        messages.error(request, wrote if isinstance(error, Changed) else str(error))
        return redirect(visit.address("planilla-versiones", prompt))
    messages.success(request, "Recuperamos esa versión; la que estaba quedó entre las anteriores.")
    return redirect(f"{visit.url}#campo-{wire.field_name(prompt)}")


def _number(text):
    if not (text and text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return int(text)


def _fragment(request, visit, prompt, outcome):
    """What htmx swaps in: the whole field when asked for, else only what stopped it."""
    whole = request.method != "POST" or request.POST.get("completo") or request.POST.get("decision")
    condition = {prompt.condition[0]} if prompt.condition else set()
    needed = [prompt, *(one for one in visit.activity.prompts if one.key in condition)]
    found = outcome.shown_in(field_of(visit, prompt, queries.answers_to(needed, with_empty=True, about=visit.about)))
    part = "field" if whole else "conflict" if outcome.conflict else "state"
    response = render(request, f"worksheets/{part}.html", {"field": found}, status=outcome.status)
    if part == "conflict":
        response["HX-Retarget"] = f"#conflicto-{found.name}"
    return _told(response, found.version)


def _told(response, version):
    """The version that the browser writes over next, and word to whatever on the page follows the answers."""
    response["X-Answer-Version"] = version
    if response.status_code == 200:
        response["HX-Trigger"] = "answer-saved"
    return response


def _whole_page(request, visit: Visit, outcomes: dict[str, Outcome]):
    sheet = sheet_of(visit)
    progress = measure_of(visit.organization).session(visit.session.key)
    left_out = {one.key for one in progress.facts.worksheets if one.omitted} - {visit.activity.key}
    worksheets = [one for one in visit.session.activities if one.prompts and one.key not in left_out]
    here = worksheets.index(visit.activity)
    around = {"before": worksheets[here - 1 : here], "after": worksheets[here + 1 : here + 2]}
    context = {"sheet": sheet, "visit": visit, "progress": progress.worksheet(visit.activity.key)}
    context |= {"fields": fields_after(sheet, outcomes), **around}
    return render(request, "worksheets/worksheet.html", context, status=status_of(outcomes))
