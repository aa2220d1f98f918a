"""How long the terms of the outcome map are."""

from copy import copy

from django.contrib import messages
from django.shortcuts import redirect, render

from alianzas.concurrency import answer_status
from alianzas.services import update_organization

from .forms import HorizonsForm


def horizons(request, org):
    """Short, medium and long term in months, for the map, the Plan and the commitments."""
    form = HorizonsForm(request.POST or None, instance=copy(org))
    if form.is_valid():
        update_organization(organization=org, by=request.user, **form.cleaned_data)
        messages.success(request, "Guardamos los plazos: ya se leen así en el mapa de resultados y en el Plan.")
        return redirect("mapa-de-resultados", org.slug)
    return render(request, "plans/outcomes/horizons.html", {"form": form}, status=answer_status(form))
