"""Upload a workbook, see what it would change, apply what is chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from alianzas import spreadsheets
from alianzas.concurrency import Changed
from alianzas.exports import base

from .forms import MAX_REVIEW, ApplyForm, SheetForm
from .review import REMOVED, Line, Review, packed, unpacked

VALID_SECONDS = 2 * 3600
TOO_LONG = "El archivo cambia demasiado texto para revisarlo de una vez: súbelo por partes."
STALE = "Esa revisión ya no sirve: sube el archivo otra vez y revisa los cambios."


@dataclass(frozen=True)
class Journey:
    """A table that comes back from Excel: how it is read and written, and the names of its addresses."""

    key: str  # of its deliverable
    name: str  # such as «el plan»
    salt: str
    line: type[Line]
    compare: Callable[[Sequence[spreadsheets.Sheet]], Review]  # with what is there now; may raise UnreadableWorkbook
    apply: Callable[..., int]
    home: str
    upload: str
    apply_to: str
    template: str
    alike: Callable[[Review], dict[int, str]] = lambda review: {}  # by place: what is there already and looks like it
    more_forms: Callable[[], dict] = dict  # other forms of the page for uploads


def upload(request, org, journey):
    """Read a workbook and show what it would change; nothing is written here."""
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    review = _review_of(form, journey) if form.is_valid() else None
    if review and not review.problems:
        if review.changes:
            return _preview(request, org, journey, review, _chosen_at_first(review) - journey.alike(review).keys())
        messages.success(request, f"El archivo dice lo mismo que {journey.name}: 0 cambios.")
        return redirect(journey.home, org.slug)
    return upload_page(request, journey, review.problems if review else (), form=form)


def upload_page(request, journey, problems=(), **forms):
    """The page that asks for the file, with what was wrong about the one that came."""
    forms = {"form": SheetForm(), **journey.more_forms(), **forms}
    context = {**forms, "journey": journey, "problems": problems, "deliverable": base.get(journey.key)}
    is_wrong = problems or any(form.errors for form in forms.values())
    return render(request, journey.template, context, status=422 if is_wrong else 200)


def _review_of(form, journey) -> Review | None:
    """The comparison with the table; None, with the reason on the form, when the file cannot be read."""
    try:
        return journey.compare(spreadsheets.read(form.cleaned_data["file"].read()))
    except spreadsheets.UnreadableWorkbook as error:
        form.add_error("file", str(error))
        return None


def _chosen_at_first(review):
    """Everything but what would be lost: a row missing from the sheet, or one changed meanwhile in the page."""
    return {place for place, change in enumerate(review.changes) if change.kind != REMOVED and not change.is_conflict}


def apply(request, org, journey):
    """Write the chosen changes of a review that we signed ourselves."""
    form = ApplyForm(request.POST)
    review = _signed_review(request, org, journey, form.data.get("review", ""))
    if review is None:
        return upload_page(request, journey, [STALE])
    try:
        chosen = form.chosen(len(review.changes))
        if not chosen:
            raise ValidationError("No elegiste ningún cambio. Marca al menos uno, o cancela.")
        count = journey.apply(organization=org, review=review, chosen=chosen, by=request.user)
    except Changed as error:
        return upload_page(request, journey, [error.message])
    except ValidationError as error:
        places = form.data.getlist("aplicar")
        chosen = {int(place) for place in places if place.isascii() and place.isdigit()}
        return _preview(request, org, journey, review, chosen, " ".join(error.messages))
    messages.success(request, "Aplicamos 1 cambio." if count == 1 else f"Aplicamos {count} cambios.")
    return redirect(journey.home, org.slug)


def _preview(request, org, journey, review, chosen, error=""):
    data = {"org": org.pk, "user": request.user.pk, **packed(review)}
    token = signing.dumps(data, salt=journey.salt, compress=True)
    if len(token) > MAX_REVIEW:
        return upload_page(request, journey, [TOO_LONG])
    alike = journey.alike(review)
    choices = [(place, change, place in chosen, alike.get(place)) for place, change in enumerate(review.changes)]
    context = {"journey": journey, "review": review, "choices": choices, "token": token, "error": error}
    return render(request, "roundtrip/review.html", context, status=422 if error else 200)


def _signed_review(request, org, journey, token) -> Review | None:
    """The review as we signed it for this person and organisation; None for anything else."""
    try:
        data = signing.loads(token, salt=journey.salt, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return None
    if data["org"] != org.pk or data["user"] != request.user.pk:
        return None
    return unpacked(data, journey.line)
