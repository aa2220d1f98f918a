"""The actors by sector: named, told apart or merged, brought from the sessions, and brought back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from . import queries, removals, services
from .forms import MergeForm, QuickActorsForm
from .models import Removal
from .views import add_from


def actors(request, org):
    """Everybody by sector, look-alikes, names from the sessions that are not here yet, and what was removed."""
    form = QuickActorsForm(request.POST or None)
    if request.method == "POST" and add_from(request, org, form):
        return redirect("actores", org.slug)
    found = queries.actors()
    context = {
        "form": form,
        "total": len(found),
        "sectors": queries.by_sector(found if request.access.can_edit else queries.shareable(found)),
        "pairs": queries.look_alikes(found),
        "waiting": queries.named_in_sessions(found),
        "removals": queries.removals(),
        "days": removals.KEPT_DAYS,
    }
    return render(request, "sysmap/actors.html", context, status=422 if form.errors else 200)


@require_POST
def bring(request, org):
    """Make actors of the names that the sessions gathered."""
    waiting = queries.named_in_sessions(queries.actors())
    added = services.bring_named(organization=org, named=waiting)
    messages.success(request, f"Trajimos {len(added)} actores de las sesiones." if added else "Ya estaban todos aquí.")
    return redirect("actores", org.slug)


@require_POST
def merge(request, org):
    """Make one actor of two."""
    form = MergeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Alguno de los dos ya no está en el mapa: recarga la página.")
        return redirect("actores", org.slug)
    kept, gone = form.cleaned_data["kept"], form.cleaned_data["gone"]
    try:
        removals.merge_actors(kept=kept, gone=gone, by=request.user)
        messages.success(request, f"Unimos «{gone}» con «{kept}». Si no era así, deshazlo aquí abajo.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("actores", org.slug)


@require_POST
def tell_apart(request, org):
    form = MergeForm(request.POST)
    if form.is_valid():
        one, other = form.cleaned_data["kept"], form.cleaned_data["gone"]
        services.tell_apart(organization=org, one=one, other=other)
        messages.success(request, f"Anotado: «{one}» y «{other}» son distintos.")
    return redirect("actores", org.slug)


@require_POST
def restore(request, org, pk):
    """Bring back a deleted actor, or take a merge apart."""
    removal = get_object_or_404(Removal, pk=pk, at__gte=removals.too_old())
    try:
        actor = removals.restore(removal=removal, by=request.user)
        messages.success(request, f"«{actor}» está de vuelta.")
    except ValidationError as error:
        messages.error(request, f"No se pudo traer de vuelta: {' '.join(error.messages)}")
    return redirect("actores", org.slug)
