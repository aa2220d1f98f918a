"""The library: success cases, complementary packages, the four considerations, the glossary."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from alianzas.acting import refusals_on
from alianzas.concurrency import answer_status
from sessions_app import curriculum
from sessions_app.models import SuccessCase
from sessions_app.worksheets import views as worksheets
from sessions_app.worksheets.saving import fields_after, status_of
from sessions_app.worksheets.sheet import sheet_of
from sessions_app.worksheets.visits import Visit

from . import selfcheck, services, shelf
from .forms import CaseForm, SearchForm


@require_GET
def cases(request, org):
    """The three cases of the method and those of the organisation."""
    context = {"cases": curriculum.cases(), "own": SuccessCase.objects.all()}
    return render(request, "library/cases.html", context)


def case(request, org, pk=None):
    """Add or change a case of the organisation."""
    row = get_object_or_404(SuccessCase, pk=pk) if pk else None
    form = CaseForm(request.POST or None, organization=org, instance=row)
    if form.is_valid():
        with refusals_on(form):
            services.save_case(case=form.instance)
            messages.success(request, "Guardamos el caso.")
            return redirect("biblioteca", org.slug)
    context = {"form": form, "case": row}
    return render(request, "library/case.html", context, status=answer_status(form))


@require_POST
def delete_case(request, org, pk):
    row = get_object_or_404(SuccessCase, pk=pk)
    row.delete()
    messages.success(request, f"Borramos «{row}».")
    return redirect("biblioteca", org.slug)


@require_GET
def packages(request, org):
    """Complementary packages: other ones of the programme that say more about a topic."""
    found = [
        (package, [curriculum.session(key) for key in package.sessions if key.isdigit()])
        for package in shelf.packages()
    ]
    return render(request, "library/packages.html", {"packages": found})


@worksheets.READ_OR_WRITE
def considerations(request, org):
    """The four considerations, answered for the whole organisation; a POST brings them all at once."""
    return worksheets.fill_in(request, _visit(request, org), _considerations_page)


@worksheets.READ_OR_WRITE
def consideration(request, org, field):
    return worksheets.fill_in_one(request, _visit(request, org), field, _considerations_page)


@worksheets.READ_OR_WRITE
def earlier_consideration(request, org, field):
    return worksheets.earlier_values(request, _visit(request, org), field)


def _visit(request, org):
    return Visit(org, request.access, request.user, None, selfcheck.activity())


def _considerations_page(request, visit, outcomes):
    sheet = sheet_of(visit)
    context = {
        "visit": visit,
        "fields": fields_after(sheet, outcomes),
        "summary": selfcheck.summary({one.name: one.value for one in sheet.fields}),
    }
    return render(request, "library/considerations.html", context, status=status_of(outcomes))


@require_GET
def glossary(request, org):
    """The concepts of the method; `?q=` searches without minding accents or capitals. htmx gets the list only."""
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    concepts = curriculum.concepts()
    context = {
        "form": form,
        "query": query,
        "total": len(concepts),
        "found": shelf.search(concepts, query),
        "trust_note": request.access.can_facilitate,
    }
    template = "library/terms.html" if request.htmx else "library/glossary.html"
    return render(request, template, context, status=422 if form.errors else 200)
