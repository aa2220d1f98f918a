"""The plan de trabajo back from Excel: upload, see what would change, apply what is chosen."""

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alianzas import spreadsheets
from alianzas.exports import base

from . import queries, services
from .deliverables import KEY
from .forms import ApplyForm, SheetForm
from .sheet import LABELS, MARK, read_lines
from .sheet_import import REMOVED, Review, compare, packed, unpacked

SALT = "workplan.sheet"
VALID_SECONDS = 2 * 3600
STALE = "Esa revisión ya no sirve: sube el archivo otra vez y revisa los cambios."


def upload(request, org):
    """Read a workbook and show what it would change; nothing is written here."""
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    review = _review_of(form) if form.is_valid() else None
    if review and not review.problems:
        if review.changes:
            return _preview(request, org, review, _chosen_at_first(review))
        messages.success(request, "El archivo dice lo mismo que el plan: 0 cambios.")
        return redirect("plan-de-trabajo", org.slug)
    problems = review.problems if review else ()
    context = {"form": form, "problems": problems, "deliverable": base.get(KEY)}
    return render(request, "workplan/upload.html", context, status=422 if form.errors or problems else 200)


def _review_of(form) -> Review | None:
    """The comparison with the plan; None, with the reason on the form, when the file cannot be read."""
    try:
        sheets = spreadsheets.read(form.cleaned_data["file"].read())
        table = spreadsheets.table(sheets, tuple(LABELS), (MARK,))
    except spreadsheets.UnreadableWorkbook as error:
        form.add_error("file", str(error))
        return None
    lines, problems = read_lines(table)
    return compare(queries.plan_rows(), lines, problems, most=services.MAX_ITEMS)


def _chosen_at_first(review):
    """Everything but what would be lost: a row missing from the sheet, or one changed meanwhile in the page."""
    return {place for place, change in enumerate(review.changes) if change.kind != REMOVED and not change.is_conflict}


@require_POST
def apply(request, org):
    """Write the chosen changes of a review that we signed ourselves."""
    form = ApplyForm(request.POST)
    review = _signed_review(request, org, form.data.get("review", ""))
    if review is None:
        return _again(request, STALE)
    try:
        chosen = form.chosen(len(review.changes))
        if not chosen:
            raise ValidationError("No elegiste ningún cambio. Marca al menos uno, o cancela.")
        count = services.apply_review(organization=org, review=review, chosen=chosen, by=request.user)
    except services.PlanChanged as error:
        return _again(request, error.message)
    except ValidationError as error:
        places = form.data.getlist("aplicar")
        chosen = {int(place) for place in places if place.isascii() and place.isdigit()}
        return _preview(request, org, review, chosen, " ".join(error.messages))
    messages.success(request, "Aplicamos 1 cambio." if count == 1 else f"Aplicamos {count} cambios.")
    return redirect("plan-de-trabajo", org.slug)


def _preview(request, org, review, chosen, error=""):
    token = signing.dumps({"org": org.pk, "user": request.user.pk, **packed(review)}, salt=SALT, compress=True)
    choices = [(place, change, place in chosen) for place, change in enumerate(review.changes)]
    context = {"review": review, "choices": choices, "token": token, "error": error}
    return render(request, "workplan/review.html", context, status=422 if error else 200)


def _signed_review(request, org, token) -> Review | None:
    """The review as we signed it for this person and organisation; None for anything else."""
    try:
        data = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return None
    if data["org"] != org.pk or data["user"] != request.user.pk:
        return None
    return unpacked(data)


def _again(request, message):
    context = {"form": SheetForm(), "problems": [message], "deliverable": base.get(KEY)}
    return render(request, "workplan/upload.html", context, status=422)
