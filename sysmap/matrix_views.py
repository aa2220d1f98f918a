"""The 5Rs matrix as a table that saves cell by cell, free or guided by phase."""

import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from alianzas.concurrency import Changed

from . import cells, phases, queries, services
from .forms import QuickActorsForm
from .models import Actor
from .views import add_from

MAX_PASTED = 300


def grid_context(request, columns, actors, **more):
    """What a grid shows: its columns, one row of cells per actor, and what may be chosen."""
    if not request.access.can_edit:
        actors = queries.shareable(actors)
    return {
        "columns": columns,
        "rows": [
            (actor, [(one, cells.said(actor, one.name), cells.shown(actor, one.name)) for one in columns])
            for actor in actors
        ],
        "names": [actor.public_name for actor in actors],
        **more,
    }


@require_GET
def matrix(request, org):
    """The free table in wall order."""
    columns = [cells.COLUMNS[name] for name in cells.MATRIX]
    context = grid_context(request, columns, queries.matrix(), form=QuickActorsForm(), can_grow=True)
    return render(request, "sysmap/matrix.html", context)


def phase(request, org, number):
    """One of the five phases: its questions, and the columns that it fills in. htmx gets how many are ready."""
    found = phases.phase(number)
    form = QuickActorsForm(request.POST or None)
    if request.method == "POST" and add_from(request, org, form):
        return redirect("fase-de-la-matriz", org.slug, number)
    actors = [actor for actor in queries.actors() if actor.in_matrix or number <= phases.CHOOSING]
    progress = phases.progress(number, actors)
    if request.htmx:
        return render(request, "sysmap/progress.html", {"progress": progress})
    columns = [cells.COLUMNS[name] for name in cells.columns_of(number)]
    context = grid_context(request, columns, actors, phase=found, form=form, can_grow=number == 1)
    context |= {"phases": phases.PHASES, "progress": progress, "sought": queries.veil()(org.desired_result)}
    context |= phases.written_fields(request, org, found.activity)
    return render(request, "sysmap/phase.html", context, status=422 if form.errors else 200)


@require_POST
def cell(request, org, pk, column):
    """Save one cell. 409 tells what somebody else wrote meanwhile, 422 why it cannot be kept."""
    actor = get_object_or_404(Actor, pk=pk)
    if column not in cells.COLUMNS:
        raise Http404
    text = request.POST.get("text", "")
    try:
        row = services.save_cell(actor=actor, name=column, text=text, was=request.POST.get("was", ""))
    except Changed as error:
        now = cells.COLUMNS[column].choices.get(error.now, error.now)
        return JsonResponse({"message": error.message, "now": error.now, "shown": now}, status=409)
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=422)
    said = {"said": cells.said(row, column), "shown": cells.shown(row, column), "at": f"{timezone.localtime():%H:%M}"}
    return JsonResponse(said)


@require_POST
def paste(request, org):
    """Save a block of cells pasted from a spreadsheet: all of it or nothing."""
    try:
        rows = cells.by_title(_pasted(json.loads(request.POST.get("rows", ""))))
        changed = services.paste(organization=org, rows=rows)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return JsonResponse({"problems": ["No entendimos lo que pegaste: copia de nuevo las celdas."]}, status=422)
    except ValidationError as error:
        return JsonResponse({"problems": error.messages[:20]}, status=422)
    return JsonResponse({"changed": changed})


def _pasted(raw) -> list[dict]:
    """The pasted rows in the shape that the service takes. ValueError for anything else."""
    if not isinstance(raw, list) or not raw:
        raise ValueError
    if len(raw) > MAX_PASTED:
        raise ValidationError(f"Pegaste {len(raw)} renglones y caben {MAX_PASTED}: pégalos por partes.")
    return [{"actor": _pk(row["actor"]), **_texts(row)} for row in raw]


def _pk(raw):
    text = "" if raw is None else str(raw)
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        raise ValueError
    return int(text) if text else None


def _texts(row):
    found = {part: {str(name): str(text) for name, text in row.get(part, {}).items()} for part in ("cells", "was")}
    if set(found["cells"]) - set(cells.COLUMNS):
        raise ValueError
    return found


FLAGS = {"informal": "is_informal", "matriz": "in_matrix", "sensible": "is_sensitive"}


@require_POST
def toggle(request, org, pk, what):
    """Mark an actor as informal, choose it for the matrix, or hide its name behind an alias from now on."""
    actor = get_object_or_404(Actor, pk=pk)
    wanted = request.POST.get("valor") == "si"
    if what == "sensible" and wanted:
        services.protect(actor=actor, alias="")
    else:
        services.set_flag(actor=actor, flag=FLAGS[what], value=wanted)
    if request.htmx and what == "sensible":
        return HttpResponse(headers={"HX-Refresh": "true"})
    if request.htmx:
        answer = render(request, "sysmap/toggle.html", {"actor": actor, "what": what, "is_on": wanted})
        return trigger_client_event(answer, "celda-guardada")
    messages.success(request, "Guardado.")
    number = request.POST.get("fase", "1")
    return redirect("fase-de-la-matriz", org.slug, int(number) if number in ("1", "2") else 1)
