"""The page of the organisation's own Ruta Crítica."""

from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from alianzas.commitments.hooks import veil
from sessions_app import curriculum
from sysmap.phases import written_fields

from . import route_queries
from .route import PROMPT, remarks


@require_GET
def route(request, org):
    """The route as a picture and as a list, and the questions it is made of. htmx gets what follows the answers."""
    own = route_queries.own_route(veil())
    wide, narrow = route_queries.screen_pictures(org, own)
    context = {
        "route": own,
        "wide": mark_safe(wide),  # noqa: S308 (drawing escapes all it draws)
        "narrow": mark_safe(narrow),  # noqa: S308
        "illustration": route_queries.illustration(),
        "remarks": remarks(own) if request.access.can_edit else (),
    }
    if request.htmx:
        return render(request, "ruta_critica/road.html", context)
    written = written_fields(request, org, curriculum.activity(route_queries.ACTIVITY))
    written["fields"].sort(key=lambda field: field.prompt.key != PROMPT)  # what the picture is made of goes first
    return render(request, "ruta_critica/route.html", context | written)
