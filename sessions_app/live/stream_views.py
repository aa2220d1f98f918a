"""The streams of a run, and its version for pages that no stream reaches."""

from django.http import Http404, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from alianzas import live

from . import queries, watching
from .changes import topic_of

live.watches(watching.begin)


@require_GET
def member_stream(request, org, session):
    """For the control and the wall. It says that something changed, so whoever may read the organisation may listen."""
    return _stream(_open_run_or_404(session))


@require_GET
def guest_stream(request, door):
    return _stream(door.run)


@never_cache
@require_GET
def member_version(request, org, session):
    return JsonResponse({"version": _open_run_or_404(session).version})


@never_cache
@require_GET
def guest_version(request, door):
    return JsonResponse({"version": door.run.version})


def _stream(run):
    return live.stream(topic_of(run.pk), run.version)


def _open_run_or_404(session):
    run = queries.open_run(session)
    if run is None:
        raise Http404
    return run
