"""The moments of the map: freeze today's, look at one, compare any two and say why things moved."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from alianzas import deliverable_views
from alianzas.concurrency import Changed
from alianzas.exports import base

from . import moments as services
from . import queries
from .compare import sentence, shown, summary
from .comparison_document import FIELD_LABELS, NO_IDEAL, comparison_document
from .forms import CompareForm, FreezeForm, ReasonForm
from .ideal import DEFINITION, distance
from .models import MapSnapshot
from .veil import veiled_state

KEY = "comparacion"


def moments(request, org):
    """Every moment that was frozen; a POST freezes today's map."""
    form = FreezeForm(request.POST or None, initial={"kind": services.next_kind(), "taken_on": timezone.localdate()})
    form.instance.organization = org
    if request.method == "POST" and form.is_valid():
        try:
            row = services.freeze(organization=org, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Guardamos el mapa de hoy como «{row}». Ya nada lo cambia.")
            return redirect("momentos", org.slug)
    hide = queries.veil()
    rows = [_shown(row, hide) for row in MapSnapshot.objects.select_related("by").defer("data")]
    context = {"form": form, "rows": [row for row in rows if not row.is_withdrawn]}
    context["withdrawn"] = [row for row in rows if row.is_withdrawn]
    return render(request, "sysmap/moments.html", context, status=422 if form.errors else 200)


@require_GET
def moment(request, org, pk):
    """The map as it was."""
    hide = queries.veil()
    row = _shown(get_object_or_404(MapSnapshot, pk=pk), hide)
    state = veiled_state(queries.state_at(row), hide)
    picture = queries.moment_picture(org, state)
    context = {
        "row": row,
        "picture": mark_safe(picture),  # noqa: S308 (drawing escapes all it draws)
        "bands": queries.bands(state.actors),
        "actors": state.actors,
    }
    return render(request, "sysmap/moment.html", context)


def _shown(row, hide):
    """A moment as it may be shown: what people wrote about it hides names too. Not to be saved."""
    row.people, row.note = hide(row.people), hide(row.note)
    return row


@require_POST
def withdraw(request, org, pk, is_withdrawn):
    """Take a moment out of the comparisons, or put it back: for whoever facilitates."""
    if not request.access.can_facilitate:
        raise PermissionDenied("Los momentos los retira y los repone quien facilita.")
    row = get_object_or_404(MapSnapshot, pk=pk)
    services.set_withdrawn(snapshot=row, is_withdrawn=is_withdrawn, by=request.user)
    messages.success(request, f"«{row}» ya no cuenta." if is_withdrawn else f"«{row}» cuenta de nuevo.")
    return redirect("momentos", org.slug)


@require_GET
def comparison(request, org):
    """What moved between two moments, in words, in a table and as a picture."""
    before, after, is_swapped = _chosen(request)
    if before is None:
        return render(request, "sysmap/comparison.html", {"moments": []})
    then, now, told = queries.compared(before, after, queries.veil())
    context = {
        "moments": queries.moments(),
        "before": before,
        "after": after,
        "summary": summary(then, now, [change for _, change, _ in told]),
        "is_swapped": is_swapped,
        "rows": [(ref, change, sentence(change), why) for ref, change, why in told],
        "table": [(change.name, FIELD_LABELS[change.field], *_both(change)) for _, change, _ in told],
        "no_ideal": NO_IDEAL,
        "distances": [(state.label, distance(state, now)) for state in (then, now)],
        "definition": DEFINITION,
        "picture": mark_safe(queries.comparison_picture(org, then, now)),  # noqa: S308 (drawing escapes all it draws)
        "formats": base.get(KEY).formats,
    }
    return render(request, "sysmap/comparison.html", context)


def _both(change):
    return shown(change, change.before), shown(change, change.after)


def _chosen(request):
    """(before, after, whether they were swapped): what the address names, else the baseline and today."""
    form = CompareForm(request.GET)
    if form.is_valid():
        return form.moments()
    moments = queries.moments()
    first = next((one for one in moments if one.kind == MapSnapshot.Kind.BASELINE), next(iter(moments), None))
    return first, None, False


@require_POST
def reason(request, org, pk):
    """Say why something changed since the moment `pk`. 409 tells what somebody else wrote meanwhile, 422 why not."""
    before = get_object_or_404(MapSnapshot, pk=pk, is_withdrawn=False)
    text, problem = request.POST.get("text", "").strip(), ""
    try:
        _explain(request, before)
        said, status = {"said": text, "shown": text, "at": f"{timezone.localtime():%H:%M}"}, 200
    except Changed as error:
        problem = f"Alguien cambió esta razón mientras escribías y quedó la suya. La tuya era: «{text}»."
        said, status = {"message": error.message, "now": error.now, "shown": error.now}, 409
    except ValidationError as error:
        problem = " ".join(error.messages)
        said, status = {"message": problem}, 422
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse(said, status=status)
    (messages.error if problem else messages.success)(request, problem or "Guardamos la razón.")
    after = request.POST.get("despues", "")
    query = f"?antes={before.pk}&despues={after if after.isascii() and after.isdigit() else ''}"
    return redirect(reverse("comparar", args=[org.slug]) + query)


def _explain(request, before):
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise ValidationError("La razón lleva hasta 600 caracteres: acórtala y guárdala de nuevo.")
    services.explain(before=before, by=request.user, was=request.POST.get("was"), **form.cleaned_data)


@require_GET
def document(request, org, fmt):
    """The comparison of the two moments of the address as a file."""
    before, after, _ = _chosen(request)
    if before is None or fmt not in base.get(KEY).formats:
        raise Http404
    return deliverable_views.answer(request, org, comparison_document(org, before, after), KEY, fmt)
