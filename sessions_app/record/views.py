"""The record of a session: who came, what was photographed, what was produced, what follows."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from alianzas import services as shared
from alianzas.acting import refusals_on
from alianzas.concurrency import answer_status
from alianzas.exports import base
from alianzas.models import Photo
from sessions_app import curriculum
from sessions_app.models import Attendance

from . import queries, services
from .forms import (
    CopyForm,
    NextStepForm,
    PasteForm,
    PersonForm,
    PresenceForm,
    ProductForm,
    SessionPhotoFactsForm,
    SessionPhotoForm,
)


def of_session(view):
    """Hand the view its `Session` instead of the key in the address; 404 when the method has no such session."""

    @wraps(view)
    def inner(request, org, session, **kwargs):
        try:
            found = curriculum.session(session)
        except KeyError:
            raise Http404 from None
        return view(request, org, found, **kwargs)

    return inner


@require_GET
@of_session
def record(request, org, session):
    return _page(request, org, session)


@require_POST
@of_session
def add_person(request, org, session):
    """Put one person on the list."""
    form = PersonForm(request.POST, instance=Attendance(organization=org, session_key=session.key))
    if form.is_valid():
        with refusals_on(form):
            shared.append(form.instance)
            messages.success(request, f"Anotamos a {form.instance}.")
            return _back(org, session, "asistencia")
    return _page(request, org, session, person=form)


@require_POST
@of_session
def paste_people(request, org, session):
    """Put everybody of a pasted list on the list."""
    form = PasteForm(request.POST)
    if form.is_valid():
        facts = {"people": form.cleaned_data["lines"], "are_present": form.cleaned_data["are_present"]}
        try:
            counts = services.register_people(organization=org, session_key=session.key, **facts)
        except ValidationError as error:
            form.add_error("lines", error)
        else:
            messages.success(request, _added(*counts))
            return _back(org, session, "asistencia")
    return _page(request, org, session, paste=form)


@require_POST
@of_session
def copy_people(request, org, session):
    """Bring the list of another session, as people expected in this one."""
    form = CopyForm(request.POST, session=session)
    if form.is_valid():
        source = form.cleaned_data["source"]
        try:
            counts = services.copy_people(organization=org, session_key=session.key, source_key=source)
        except ValidationError as error:
            form.add_error("source", error)
        else:
            messages.success(request, f"{_added(*counts)} Marca a quienes asistieron.")
            return _back(org, session, "asistencia")
    return _page(request, org, session, copy=form)


def _added(new, known):
    said = "1 persona quedó en la lista." if new == 1 else f"{new} personas quedaron en la lista."
    return f"{said} {known} ya {'estaba' if known == 1 else 'estaban'}." if known else said


@require_POST
@of_session
def note_attendance(request, org, session):
    """Save the ticks of the list; htmx gets the state only, others the page."""
    form = PresenceForm(request.POST, people=Attendance.objects.filter(session_key=session.key))
    if form.is_valid():
        services.note_attendance(session_key=session.key, **form.facts())
    if request.htmx:
        found = queries.record_of(session, org)
        context = {"saved": form.is_valid(), "time": timezone.localtime(), "record": found}
        return render(request, "record/came.html", context)
    if form.is_valid():
        messages.success(request, "Guardamos la asistencia.")
    else:
        messages.error(request, "Alguien ya no está en la lista: revísala y guarda de nuevo.")
    return _back(org, session, "asistencia")


@of_session
def person(request, org, session, pk):
    """Change one line of the list."""
    row = get_object_or_404(Attendance, pk=pk, session_key=session.key)
    known_as = str(row)
    form = PersonForm(request.POST or None, instance=row)
    if form.is_valid():
        with refusals_on(form):
            shared.save(form.instance)
            messages.success(request, f"Guardamos a {form.instance}.")
            return _back(org, session, "asistencia")
    gone = reverse("registro-borrar-persona", args=[org.slug, session.key, pk])
    return _edit(request, session, form, f"Cambiar a {known_as}", gone, "Quitar de la lista")


@require_POST
@of_session
def delete_person(request, org, session, pk):
    row = get_object_or_404(Attendance, pk=pk, session_key=session.key)
    row.delete()
    messages.success(request, f"Quitamos a {row} de la lista.")
    return _back(org, session, "asistencia")


@require_POST
@of_session
def add_photo(request, org, session):
    form = SessionPhotoForm(request.POST, request.FILES, instance=Photo(organization=org), session=session)
    if form.is_valid():
        with refusals_on(form):
            facts = dict(form.cleaned_data)
            shared.add_photo(organization=org, image=facts.pop("picture"), **facts)
            messages.success(request, "Agregamos la foto, sin sus metadatos.")
            return _back(org, session, "fotos")
    return _page(request, org, session, photo=form)


@of_session
def photo(request, org, session, pk):
    """Correct what is said of a photo, or the activity that it shows; the picture itself stays."""
    row = get_object_or_404(queries.photos_of(session), pk=pk)
    form = SessionPhotoFactsForm(request.POST or None, instance=row, session=session)
    if form.is_valid():
        with refusals_on(form):
            shared.save(form.instance)
            messages.success(request, "Guardamos los datos de la foto.")
            return _back(org, session, "fotos")
    gone = reverse("registro-borrar-foto", args=[org.slug, session.key, pk])
    return _edit(request, session, form, "Cambiar los datos de la foto", gone, "Borrar la foto", photo=row)


@require_POST
@of_session
def delete_photo(request, org, session, pk):
    shared.delete_photo(photo=get_object_or_404(queries.photos_of(session), pk=pk))
    messages.success(request, "Borramos la foto.")
    return _back(org, session, "fotos")


@require_POST
@of_session
def mark_product(request, org, session):
    form = ProductForm(request.POST, session=session)
    if form.is_valid():
        facts = {"number": form.cleaned_data["product"], "done": form.cleaned_data["done"]}
        try:
            services.mark_product(organization=org, by=request.user, session_key=session.key, **facts)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    else:
        messages.error(request, "Ese producto no es de esta sesión.")
    return _back(org, session, "productos")


@require_POST
@of_session
def add_step(request, org, session):
    form = NextStepForm(request.POST, record=queries.record_of(session, org), horizons=org.horizon_labels)
    form.instance.organization = org
    form.instance.source = queries.closing_key(session)
    if form.is_valid():
        with refusals_on(form):
            services.add_next_step(organization=org, session=session, **form.cleaned_data)
            messages.success(request, "Anotamos el siguiente paso entre los compromisos.")
            return _back(org, session, "pasos")
    return _page(request, org, session, step=form)


@of_session
def step(request, org, session, pk):
    """Change a next step; one that a worksheet keeps is taken away there."""
    row = get_object_or_404(queries.next_steps(session), pk=pk)
    form = NextStepForm(
        request.POST or None, instance=row, record=queries.record_of(session, org), horizons=org.horizon_labels
    )
    if form.is_valid():
        with refusals_on(form):
            shared.save(form.instance)
            messages.success(request, "Guardamos el siguiente paso.")
            return _back(org, session, "pasos")
    born_here = row.source == queries.closing_key(session)
    gone = reverse("registro-borrar-paso", args=[org.slug, session.key, pk]) if born_here else ""
    return _edit(request, session, form, "Cambiar un siguiente paso", gone, "Quitar este paso")


@require_POST
@of_session
def delete_step(request, org, session, pk):
    get_object_or_404(queries.next_steps(session), pk=pk, source=queries.closing_key(session)).delete()
    messages.success(request, "Quitamos el siguiente paso.")
    return _back(org, session, "pasos")


def _page(request, org, session, **bound):
    """The whole page; `bound` are the forms that came back with something to correct."""
    found = queries.record_of(session, org)
    forms = {
        "person": PersonForm(instance=Attendance(organization=org, session_key=session.key)),
        "paste": PasteForm(),
        "copy": CopyForm(session=session),
        "photo": SessionPhotoForm(session=session),
        "step": NextStepForm(record=found, horizons=org.horizon_labels),
    }
    context = {
        "record": found,
        "documents": [base.get(f"{kind}-{session.key.lower()}") for kind in ("asistencia", "registro")],
        "forms": forms | bound,
        "failed": next(iter(bound), ""),
    }
    return render(request, "record/record.html", context, status=422 if bound else 200)


def _edit(request, session, form, title, gone, gone_label, photo=None):
    """One row on a page of its own, with the way to take it away."""
    context = {
        "form": form,
        "title": title,
        "session": session,
        "name": queries.session_name(session),
        "gone": gone,
        "gone_label": gone_label,
        "photo": photo,
    }
    return render(request, "record/edit.html", context, status=answer_status(form))


def _back(org, session, place):
    answer = redirect("registro", org.slug, session.key)
    answer["Location"] += f"#{place}"
    return answer
