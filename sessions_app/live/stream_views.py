"""The streams of a run, and its version for pages that no stream reaches."""

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import Http404, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from alianzas.live import stream

from . import queries, watching
from .changes import topic_of


@require_GET
async def member_stream(request, org, session):
    """For the control and the wall. It says that something changed, so whoever may read the organisation may listen."""
    return await _stream(request, await sync_to_async(_open_run_or_404)(session))


@require_GET
async def guest_stream(request, door):
    return await _stream(request, door.run)


@never_cache
@require_GET
def member_version(request, org, session):
    return JsonResponse({"version": _open_run_or_404(session).version})


@never_cache
@require_GET
def guest_version(request, door):
    return JsonResponse({"version": door.run.version})


async def _stream(request, run):
    async def version_now():
        return await sync_to_async(watching.version_of)(run.pk)

    await sync_to_async(connections.close_all)()  # an open page must not hold a connection
    await watching.begin()
    return stream(request, topic_of(run.pk), version_now)


def _open_run_or_404(session):
    run = queries.open_run(session)
    if run is None:
        raise Http404
    return run
