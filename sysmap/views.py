"""The map drawn from the matrix, and the record of one actor."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from alianzas.acting import refusals_on
from alianzas.concurrency import Changed, answer_status

from . import queries, removals, services
from .compare import place_words
from .forms import ActorForm, FilterForm, MoveForm, QuickActorsForm
from .models import Actor, Relation, Result


def system_map(request, org):
    """The map, the same as a table, and quick entry of names. htmx gets the picture alone."""
    form = QuickActorsForm(request.POST or None)
    if request.method == "POST" and add_from(request, org, form):
        return redirect("mapa", org.slug)
    context = {**_live(request, org), "form": form}
    template = "sysmap/live.html" if request.htmx else "sysmap/map.html"
    return render(request, template, context, status=422 if form.errors else 200)


def add_from(request, org, form) -> bool:
    """Add the actors that a quick form names, saying which were there already; problems stay on the form."""
    if not form.is_valid():
        return False
    try:
        added, repeated = services.add_actors(organization=org, names=form.cleaned_data["names"])
    except ValidationError as error:
        form.add_error("names", error)
        return False
    if added:
        messages.success(request, f"Actores agregados: {len(added)}. Completa ahora su renglón de la matriz.")
    pairs = queries.look_alikes(queries.actors()) if added else []
    for pair in [pair for pair in pairs if pair.one in added or pair.other in added][:5]:
        messages.warning(request, f"¿«{pair.one}» es el mismo que «{pair.other}»? Únelos o sepáralos en «Actores».")
    if repeated:
        messages.warning(request, f"Ya estaban en el mapa: {', '.join(repeated)}.")
    return True


def _live(request, org, **more):
    """What the picture shows: all actors of the matrix, those of other sectors faint."""
    filter_form = FilterForm(request.GET)
    sector = filter_form.chosen()
    hide = queries.veil()
    actors = queries.states(hide=hide)
    faint = {actor.key for actor in actors if sector and actor.sector != sector}
    editable = request.access.can_edit
    picture = queries.map_picture(org, actors, interactive=True, faint=faint) if actors else ""
    return {
        "picture": mark_safe(picture),  # noqa: S308 (drawing escapes all it draws)
        "bands": queries.bands(actors),
        "sought": hide(org.desired_result),
        "filter_form": filter_form,
        "sector": sector,
        "editable": editable,
        **more,
    }


@require_GET
def record(request, org, actor):
    """The whole record of one actor, with the menu that moves it."""
    [row] = queries.shareable([get_object_or_404(Actor.objects.select_related("role_holder"), key=actor)])
    context = {"actor": row, "relations": Relation.choices, "results": Result.choices}
    return render(request, "sysmap/record.html", context)


@require_POST
def move(request, org, actor):
    """Move a card to where it was dropped, one step, or to the place named: the matrix changes with it."""
    row = get_object_or_404(Actor, key=actor)
    form = MoveForm(request.POST)
    if not form.is_valid():
        problem = "No entendimos a dónde mover la tarjeta: usa el menú de su ficha."
        return _moved(request, org, problem=problem, status=422)
    relation, result = form.place(row, lambda: queries.map_layout(queries.states()))
    before = row.relation, row.result
    try:
        services.place(actor=row, relation=relation, result=result, was=form.was())
    except Changed:
        problem = f"Alguien movió «{row}» mientras mirabas el mapa: revisa dónde quedó y vuelve a moverla."
        return _moved(request, org, problem=problem, status=409)
    return _moved(request, org, actor=row, before=before, after=(relation, result))


def _moved(request, org, *, problem="", actor=None, before=("", ""), after=("", ""), status=200):
    said = f"{actor}: {place_words(*before)} → {place_words(*after)}." if actor and before != after else ""
    if not request.htmx:
        (messages.error if problem else messages.success)(request, problem or said or "Se quedó donde estaba.")
        return redirect("mapa", org.slug)
    undo = {"actor": actor, "before": before, "after": after} if said else None
    context = _live(request, org, problem=problem, said=said, undo=undo)
    return render(request, "sysmap/live.html", context, status=status)


def actor(request, org, pk=None):
    """One row of the matrix: add or change."""
    row = get_object_or_404(Actor, pk=pk) if pk else None
    form = ActorForm(request.POST or None, organization=org, instance=row)
    if form.is_valid():
        with refusals_on(form):
            kept = _kept(request, form)
            messages.success(request, f"Guardamos «{kept}».")
            return redirect("mapa", org.slug)
    return render(request, "sysmap/actor.html", {"form": form, "actor": row}, status=answer_status(form))


def _kept(request, form):
    if form.is_the_same:
        return removals.keep_as(actor=form.instance, name=form.alike, by=request.user)
    return services.keep(form.instance)


@require_POST
def delete(request, org, pk):
    row = get_object_or_404(Actor, pk=pk)
    try:
        removals.delete_actor(actor=row, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("actor", org.slug, pk)
    messages.success(request, f"Borramos «{row}». Puedes traerlo de vuelta durante {removals.KEPT_DAYS} días.")
    return redirect("actores", org.slug)
