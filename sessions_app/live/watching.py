"""Changes that other processes make.

With several web processes each asks the database, twice a second and in one query for all that is listened to, for
the versions that it did not publish itself. One process alone asks nothing.
"""

import asyncio

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from django_scopes import scopes_disabled

from alianzas.live import hub
from sessions_app.models import SessionRun

from .changes import topic_of

EVERY = 0.5
_tasks: dict[asyncio.AbstractEventLoop, asyncio.Task] = {}


def version_of(pk: int) -> int:
    """The version now; 0 when the run is gone. Holds no connection afterwards."""
    return versions([pk]).get(pk, 0)


def versions(keys) -> dict[int, int]:
    try:
        with scopes_disabled():
            return dict(SessionRun.objects.filter(pk__in=keys).values_list("pk", "version"))
    finally:
        connections.close_all()


async def begin():
    """Watch for other processes, if there are any, as long as somebody here listens."""
    loop = asyncio.get_running_loop()
    task = _tasks.get(loop)
    if settings.WEB_WORKERS > 1 and (task is None or task.done()):
        _tasks[loop] = loop.create_task(_watch())


async def _watch():
    known: dict[int, int] = {}
    await asyncio.sleep(EVERY)
    while keys := [int(topic.partition(":")[2]) for topic in hub.topics()]:
        found = await sync_to_async(versions, thread_sensitive=False)(keys)
        for pk in keys:
            if found.get(pk, 0) != known.get(pk, found.get(pk, 0)):
                hub.publish(topic_of(pk), found.get(pk, known[pk] + 1), "todo")
        known = found
        await asyncio.sleep(EVERY)
