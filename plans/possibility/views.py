"""The Línea de Posibilidad in the browser: one's own place, the room's, and the picture of before and after."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from alianzas.concurrency import answer_status
from alianzas.once import forgets
from alianzas.secrecy import FEW, member_key

from ..acting import done, require_editor, require_facilitator, said, way_back
from . import queries, services
from .forms import OpenReadingForm, PositionForm, RoomForm
from .models import Reading

OPENS = "abre, cierra y cancela las tomas de la Línea de Posibilidad"


@require_GET
def possibility(request, org):
    """Every reading: the open one, and how the group stood before and after."""
    found = queries.readings()
    current = next((row for row in found if row.is_open), None)
    shown = queries.comparison(org, found)
    taken = any(row.moment == Reading.Moment.START and row.state == Reading.State.CLOSED for row in found)
    context = {
        "readings": found,
        "current": current,
        "answered": queries.answered(current) if current else 0,
        "few": FEW,
        "shown": shown,
        "pictures": [mark_safe(svg) for svg in (shown.svg, shown.narrow_svg)] if shown else [],  # noqa: S308 (drawing escapes all it draws)
        "form": OpenReadingForm(initial={"moment": "end" if taken else "start"}),
    }
    return render(request, "plans/possibility.html", context)


@require_POST
def open_reading(request, org):
    require_facilitator(request, OPENS)
    form = OpenReadingForm(request.POST)
    if form.is_valid():
        said(request, "La toma está abierta.", services.open_reading,
             organization=org, by=request.user, **form.cleaned_data)  # fmt: skip
    else:
        messages.error(request, "Elige si la toma es al inicio o al final.")
    return redirect("posibilidad", org.slug)


@forgets
@never_cache
@sensitive_post_parameters()
def position(request, org, pk):
    """One's own place, which may be corrected while the reading is open."""
    require_editor(request)
    row, key = get_object_or_404(Reading, pk=pk), member_key(request.user)
    earlier = queries.position_of(row, key)
    form = PositionForm(request.POST or None, earlier=earlier)
    if form.is_valid() and done(form, services.take_position, reading=row, person_key=key, values=form.values()):
        messages.success(request, "Guardamos tu lugar en la línea. Puedes corregirlo mientras siga abierta.")
        return redirect("posibilidad", org.slug)
    context = {"form": form, "row": row, "earlier": earlier}
    return render(request, "plans/position.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
def room(request, org, pk):
    """Where the people of a room stood, for whoever types for them."""
    require_facilitator(request, "captura las posiciones del salón")
    row = get_object_or_404(Reading, pk=pk)
    back = way_back(org, services.STAGE, "posibilidad", label="Línea de Posibilidad")
    form = RoomForm(request.POST or None, room=row.room)
    if form.is_valid() and done(form, services.set_room, reading=row, spread=form.spread()):
        messages.success(request, "Guardamos las posiciones del salón.")
        return redirect(back["back"])
    context = {"form": form, "row": row, **back}
    return render(request, "plans/room.html", context, status=answer_status(form))


@require_POST
def close_reading(request, org, pk):
    require_facilitator(request, OPENS)
    row = get_object_or_404(Reading, pk=pk)
    said(request, "La toma está cerrada: así se repartió el grupo.", services.close_reading,
         reading=row, by=request.user, is_sure=bool(request.POST.get("is_sure")))  # fmt: skip
    return redirect("posibilidad", org.slug)


@require_POST
def cancel_reading(request, org, pk):
    require_facilitator(request, OPENS)
    row = get_object_or_404(Reading, pk=pk)
    said(request, "Cancelamos la toma.", services.cancel_reading, reading=row, by=request.user)
    return redirect("posibilidad", org.slug)
