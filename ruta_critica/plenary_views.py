"""Plenary: the boards of all teams on the wall, step by step."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alianzas.commitments.hooks import veil

from .plenary_queries import plenary
from .route_queries import file_steps


@require_GET
def boards(request, org, step=""):
    """What the teams have written in a step (the first one unless the address says which); htmx gets it afresh."""
    hide = veil()
    steps = file_steps(hide)
    found = next((one for one in steps if one.key == step), None if step else steps[0])
    if found is None:
        raise Http404
    context = {"steps": steps, "plenary": plenary(found, hide)}
    return render(request, f"ruta_critica/{'boards' if request.htmx else 'plenary'}.html", context)
