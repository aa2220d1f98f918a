"""The sessions of the method, and the cover page of each."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from alianzas.exports import base
from alianzas.models import Process

from . import curriculum, queries

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
    """Every session with its place on the path of the organisation's level."""
    level = Process.objects.values_list("level", flat=True).first() or ""
    return render(request, "sessions_app/sessions.html", {"steps": queries.path(level), "level": level})


@require_GET
def session(request, org, session):
    """What a session is for and where each part of it is prepared or recorded."""
    documents = [(label, base.get(f"{kind}-{session.lower()}")) for kind, label in SESSION_DOCUMENTS.items()]
    context = {"session": curriculum.session(session), "documents": documents}
    return render(request, "sessions_app/session.html", context)
