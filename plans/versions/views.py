"""The issued versions of the Plan: issue one, take its files, see what changed."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from alianzas.commitments.hooks import veil
from alianzas.deliverable_views import handed_over
from alianzas.exports.errors import RenderError
from alianzas.once import slow
from plans.editor.queries import lacking
from plans.models import PlanFile, PlanVersion
from plans.queries import plan_data

from . import queries, services
from .changes import changes
from .forms import IssueForm
from .frozen import facts_of
from .handing import NotToBeRead, file_for

KEY = "plan-de-alianzas"


@slow
def versions(request, org):
    """Every version with its files and what changed; a POST issues the next one."""
    data = plan_data(org)
    hide = veil()
    gaps = lacking(data, hide)
    form = IssueForm(request.POST or None, gaps=gaps)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.issue(organization=org, by=request.user, data=data, **form.cleaned_data)
        except (ValidationError, RenderError) as error:
            form.add_error(None, getattr(error, "messages", str(error)))
        else:
            messages.success(request, f"Emitimos la versión {row.number}: PDF, Word y Excel. Ya nada la cambia.")
            return redirect("plan-versiones", org.slug)
    tell = queries.facts_today()
    found = queries.issued(tell)
    latest = found[0].version if found else None
    context = {
        "form": form, "gaps": gaps, "issued": found, "latest": latest,
        "next_number": latest.number + 1 if latest else 1,
        "pending": changes(tell(latest.facts), tell(facts_of(data, hide))) if latest else [],
        "review_on": _a_year_later(timezone.localdate(latest.issued_at)) if latest else None,
    }  # fmt: skip
    return render(request, "plans/versions/versions.html", context, status=422 if form.errors else 200)


def _a_year_later(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, 28))


@require_GET
def download(request, org, number, fmt):
    """An issued file: the very bytes that were issued or, where those say a name protected since, for who does not
    facilitate, the same Plan masked. Records who took it out."""
    file = get_object_or_404(PlanFile.objects.select_related("version"), version__number=number, format=fmt)
    try:
        content, is_masked = file_for(file, facilitates=request.access.can_facilitate)
    except NotToBeRead:
        return render(request, "plans/versions/withheld.html", {"version": file.version}, status=403)
    except (ValidationError, RenderError) as error:
        return render(request, "alianzas/not_rendered.html", {"error": getattr(error, "message", error)}, status=503)
    name = f"{KEY}-version-{number}" + ("-nombres-protegidos" if is_masked else "")
    return handed_over(request, org, name, fmt, content)


@require_POST
def start_from(request, org, number):
    """Begin an update from the texts of a version."""
    row = get_object_or_404(PlanVersion, number=number)
    changed = services.start_from(version=row, by=request.user)
    said = f"Los textos vuelven a ser los de la versión {number}; los que estaban se guardaron aparte."
    messages.success(request, said if changed else f"Los textos ya eran los de la versión {number}.")
    return redirect(reverse("plan", args=[org.slug]))
