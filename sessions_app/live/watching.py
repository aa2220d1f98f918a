"""Changes that other processes make.

With several web processes they arrive through Redis (`alianzas.relay`). Without it, or while it is away, each process
asks the database, twice a second and in one query for all that is listened to, for the versions that it did not
publish itself; with it, now and then, for what was lost on the way. One process alone asks nothing.
"""

import asyncio
import time

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from django_scopes import scopes_disabled

from alianzas.live import hub
from alianzas.relay import relay
from sessions_app.models import SessionRun

from .changes import topic_of

EVERY = 0.5  # seconds
SELDOM = 5  # seconds, while Redis tells of changes
_tasks: dict[asyncio.AbstractEventLoop, asyncio.Task] = {}


def versions(keys) -> dict[int, int]:
    try:
        with scopes_disabled():
            return dict(SessionRun.objects.filter(pk__in=keys).values_list("pk", "version"))
    finally:
        connections.close_all()


async def begin():
    """Watch for other processes, if there are any, as long as somebody here listens."""
    relay.listen()
    loop = asyncio.get_running_loop()
    task = _tasks.get(loop)
    if (settings.WEB_WORKERS > 1 or settings.REDIS_URL) and (task is None or task.done()):
        _tasks[loop] = loop.create_task(_watch())


async def _watch():
    known: dict[int, int] = {}
    asked = 0.0
    await asyncio.sleep(EVERY)
    while keys := [int(topic.partition(":")[2]) for topic in hub.topics()]:
        if not relay.is_listening or time.monotonic() - asked >= SELDOM:
            asked = time.monotonic()
            found = await sync_to_async(versions, thread_sensitive=False)(keys)
            for pk in keys:
                _tell_news(pk, found.get(pk, 0), known)
        await asyncio.sleep(EVERY)


def _tell_news(pk, version, known):
    """What nobody here has been told of yet: a newer version, or that the run is gone (0)."""
    told = max(known.get(pk, 0), hub.heard(topic_of(pk))) or version
    known[pk] = version
    if version > told or (told and not version):
        hub.publish(topic_of(pk), version or told + 1, "todo")
