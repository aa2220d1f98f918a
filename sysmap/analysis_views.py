"""The general analysis of the map (domain §2, M.8): what it shows, what is missing, and what was learnt."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from sessions_app import curriculum

from . import queries
from .phases import written_fields

ACTIVITY = "M.8"


@require_GET
def analysis(request, org):
    """Counts, gaps in the matrix, the two questions, and the lists of successes and mistakes."""
    activity = curriculum.activity(ACTIVITY)
    states = queries.states()
    context = {
        "activity": activity,
        "total": len(states),
        "relations": queries.by_relation(states),
        "sectors": queries.sector_counts(states),
        "lacking": queries.lacking(states),
        **written_fields(request, org, activity),
    }
    return render(request, "sysmap/analysis.html", context)
