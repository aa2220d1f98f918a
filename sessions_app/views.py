"""The sessions of the method, and the cover page of each."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from alianzas.exports import base

from . import curriculum
from .measuring import measure_of
from .states import PartState

SESSION_DOCUMENTS = {
    "kit": "Kit de sala",
    "carteles-doble-carta": "Carteles grandes, en cuatro hojas doble carta",
    "carteles": "Carteles grandes, de 60 × 90 cm",
    "carta": "Carta descriptiva",
    "asistencia": "Lista de asistencia",
    "registro": "Registro de la sesión",
}


@require_GET
def sessions(request, org):
    """Every session with how far it is, and its place on the path of the organisation's level."""
    measure = measure_of(org)
    notes = {step.session.key: step.note for step in curriculum.path_for(measure.level).steps} if measure.level else {}
    steps = [
        {"session": curriculum.session(one.facts.key), "progress": one, "note": notes.get(one.facts.key, "")}
        for one in measure.sessions
    ]
    return render(request, "sessions_app/sessions.html", {"steps": steps, "measure": measure})


@require_GET
def session(request, org, session):
    """What a session is for, how far it is, and where each part of it is prepared or recorded."""
    documents = [(label, base.get(f"{kind}-{session.lower()}")) for kind, label in SESSION_DOCUMENTS.items()]
    found, progress = curriculum.session(session), measure_of(org).session(session)
    activities = [
        (one, progress.worksheet(one.key), progress.facts.omitted.get(one.key, "")) for one in found.activities
    ]
    context = {"session": found, "progress": progress, "activities": activities, "documents": documents}
    context["omitted"] = PartState.OMITTED
    return render(request, "sessions_app/session.html", context)
