"""The ideal system: what each actor should be, which roles are missing, and who could take them (domain §5)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from alianzas import services as shared
from alianzas.acting import refusals_on
from alianzas.concurrency import answer_status
from alianzas.exports import base
from sessions_app import curriculum

from . import cells, queries
from .comparison_document import NO_IDEAL
from .forms import MissingRoleForm
from .ideal import DEFINITION, distance, gaps
from .matrix_views import grid_context
from .models import MissingRole
from .phases import written_fields
from .veil import veiled_state

WRITTEN = ("S2.3.c", "S2.3.f", "S2.3.g")


@require_GET
def ideal(request, org):
    """The ideal map, what separates it from today, and the questions that lead to it."""
    columns = [cells.COLUMNS[name] for name in ("name", *cells.IDEAL_COLUMNS)]
    state = veiled_state(queries.today(), queries.veil())
    context = {
        **grid_context(request, columns, queries.matrix()),
        "pictures": [
            ("Hoy y hacia dónde", mark_safe(queries.overlay_picture(org, state))),  # noqa: S308 (drawing escapes)
            ("Sistema ideal", mark_safe(queries.ideal_picture(org, state))),  # noqa: S308
        ]
        if state.actors or state.ghosts
        else [],
        "distance": distance(state),
        "definition": DEFINITION,
        "no_ideal": NO_IDEAL,
        "gaps": gaps(state),
        "formats": base.get("mapa-ideal").formats,
        "missing": MissingRole.objects.select_related("holder"),
        "activity": curriculum.activity("S2.3"),
        **written_fields(request, org, curriculum.activity("S2.3"), WRITTEN),
    }
    return render(request, "sysmap/ideal.html", context)


def missing_role(request, org, pk=None):
    """Add or change a role that the system lacks."""
    row = get_object_or_404(MissingRole, pk=pk) if pk else None
    form = MissingRoleForm(request.POST or None, organization=org, instance=row)
    if form.is_valid():
        with refusals_on(form):
            shared.save(form.instance) if row else shared.append(form.instance)
            messages.success(request, f"Guardamos el papel «{form.instance}».")
            return redirect("mapa-ideal", org.slug)
    context = {"form": form, "row": row, "names": [actor.public_name for actor in queries.actors()]}
    return render(request, "sysmap/missing_role.html", context, status=answer_status(form))


@require_POST
def delete_missing_role(request, org, pk):
    row = get_object_or_404(MissingRole, pk=pk)
    row.delete()
    messages.success(request, f"Quitamos el papel «{row}».")
    return redirect("mapa-ideal", org.slug)
