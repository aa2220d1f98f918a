"""The editor of the Plan: its sections beside the document as it will be."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from alianzas.commitments.hooks import veil
from alianzas.concurrency import Changed
from alianzas.exports import base
from alianzas.exports.html import fragment
from alianzas.models import Photo
from plans.models import PlanVersion
from plans.progress import REVIEWED
from plans.queries import plan_data
from sessions_app.measuring import measure_of
from sessions_app.services import review_part

from . import queries, texts
from .drafts import SECTIONS, TEXTS
from .forms import TextForm
from .photos import choose, step

KEY = "plan-de-alianzas"
DECISIONS = {"tomar": texts.take_draft, "conservar": texts.keep_own, "recuperar": texts.bring_back}


@require_GET
def editor(request, org):
    """Every section with its state, its text and what it lacks."""
    return _page(request, org)


def _page(request, org, *, refused="", typed="", problem="", kept="", status=200):
    """The editor; where a text could not be kept, with what was typed and why, or with both texts."""
    data = plan_data(org)
    hide = veil()
    lacking = queries.lacking(data, hide)
    context = {
        "sections": queries.sections(data, lacking),
        "measure": measure_of(org),
        "data": data,
        "missing": lacking,
        "lessons": data.lessons,
        "why_allies": queries.why_allies(hide),
        "photos": queries.photos(),
        "latest": PlanVersion.objects.defer("facts").first(),
        "deliverable": base.get(KEY),
        "refused": refused, "typed": typed, "problem": problem, "kept": kept,
    }  # fmt: skip
    return render(request, "plans/editor/editor.html", context, status=status)


@require_POST
def write(request, org, key):
    """Keep one text. 409 when somebody wrote meanwhile, with both texts; 422 when it cannot be kept."""
    if key not in TEXTS:
        raise Http404
    form = TextForm(request.POST)
    text, said, status = request.POST.get("text", ""), {}, 200
    try:
        if not form.is_valid():
            raise ValidationError([message for field in form.errors.values() for message in field])
        facts = {"text": text, "was": form.cleaned_data["was"] if "was" in request.POST else None}
        now = texts.write_text(organization=org, by=request.user, key=key, **facts)
        words, kind = now.state
        said = {"said": now.shown, "at": f"{timezone.localtime():%H:%M}", "state": words, "kind": kind}
    except Changed as error:
        said, status = {"message": error.message, "now": error.now, "shown": error.now}, 409
    except ValidationError as error:
        said, status = {"message": " ".join(error.messages)}, 422
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse(said, status=status)
    if status != 200:
        facts = {"problem": said["message"], "kept": said.get("shown", "")}
        return _page(request, org, refused=key, typed=text, status=status, **facts)
    messages.success(request, "Guardamos el texto.")
    return redirect(_at(org, key))


@require_POST
def decide(request, org, key, decision):
    """Take the text that data draft today, keep one's own knowing what they say, or have the earlier one again."""
    if key not in TEXTS:
        raise Http404
    DECISIONS[decision](organization=org, by=request.user, key=key)
    messages.success(
        request,
        {
            "tomar": "Quedó el texto propuesto. El de ustedes se guardó aparte, por si lo quieren de vuelta.",
            "conservar": "Se queda su texto.",
            "recuperar": "Recuperamos el texto que habían dejado.",
        }[decision],
    )
    return redirect(_at(org, key))


@require_POST
def review(request, org, key):
    """Say that a section stays as it is, though it lacks something, or take that back."""
    if key not in SECTIONS:
        raise Http404
    is_reviewed = "deshacer" not in request.POST
    review_part(organization=org, by=request.user, part=f"{REVIEWED}{key}", is_reviewed=is_reviewed)
    return redirect(_at(org, key))


@require_POST
def photo(request, org, pk, action):
    """Choose a photo, take it out or move it one place."""
    row = get_object_or_404(Photo, pk=pk)
    try:
        if action in ("elegir", "quitar"):
            choose(photo=row, in_plan=action == "elegir")
        else:
            step(photo=row, step=-1 if action == "subir" else 1)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(_at(org, "photos"))


def _at(org, key):
    return reverse("plan", args=[org.slug]) + f"#seccion-{key}"


# ── The document as it will be ──────────────────────────────────────────────────────────────────────────────────────


@require_GET
def preview(request, org):
    """The Plan on screen, from the same blocks as the files: its sections for htmx, a page for everybody else."""
    if request.htmx:
        parts = {key: _safe(html) for key, html in queries.previews(plan_data(org)).items()}
        return render(request, "plans/editor/parts.html", {"parts": parts, "keys": SECTIONS})
    document = base.get(KEY).document(org, "html")
    return render(request, "plans/preview.html", {"document": _safe(fragment(document))})


@require_GET
def part(request, org, key):
    """One section of the preview."""
    if key not in SECTIONS:
        raise Http404
    html = queries.previews(plan_data(org), [key]).get(key, "")
    return render(request, "plans/editor/part.html", {"key": key, "html": _safe(html)})


def _safe(html):
    return mark_safe(html)  # noqa: S308 (the writer escapes all text)


@require_GET
def where_from(request, org, key=None):
    """Where each line of the Plan comes from, or each one of a section."""
    if key is not None and key not in SECTIONS:
        raise Http404
    found = queries.lines_by_section(plan_data(org), edits=request.access.can_edit)
    titles = {one: queries.title_of(one) for one in SECTIONS}
    groups = [(one, titles[one], lines) for one, lines in found.items() if key in (None, one)]
    template = "plans/editor/origins.html"
    return render(request, f"{template}#lines" if request.htmx else template, {"groups": groups, "one": key})
