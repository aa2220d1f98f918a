"""The 5Rs matrix and its map."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from alianzas import services as shared

from . import queries, services
from .forms import ActorForm, QuickActorsForm
from .models import Actor


def system_map(request, org):
    """The map drawn from the matrix, the matrix beside it, and quick entry of names."""
    form = QuickActorsForm(request.POST or None)
    if form.is_valid():
        added, repeated = services.add_actors(organization=org, names=form.cleaned_data["names"])
        if added:
            messages.success(request, f"Actores agregados: {len(added)}. Completa ahora su renglón de la matriz.")
        if repeated:
            messages.warning(request, f"Ya estaban en el mapa: {', '.join(repeated)}.")
        return redirect("mapa", org.slug)
    actors = queries.actors()
    picture = mark_safe(queries.map_picture(org, actors)) if actors else ""  # noqa: S308 (drawing escapes all it draws)
    context = {"form": form, "actors": actors, "picture": picture}
    return render(request, "sysmap/map.html", context, status=422 if form.errors else 200)


def actor(request, org, pk=None):
    """One row of the matrix: add or change."""
    row = get_object_or_404(Actor, pk=pk) if pk else None
    form = ActorForm(request.POST or None, organization=org, instance=row)
    if form.is_valid():
        shared.save(form.instance) if row else shared.append(form.instance)
        messages.success(request, f"Guardamos «{form.instance}».")
        return redirect("mapa", org.slug)
    return render(request, "sysmap/actor.html", {"form": form, "actor": row}, status=422 if form.errors else 200)


@require_POST
def delete(request, org, pk):
    row = get_object_or_404(Actor, pk=pk)
    try:
        services.delete_actor(actor=row)
        messages.success(request, f"Borramos «{row}».")
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("actor", org.slug, pk)
    return redirect("mapa", org.slug)
