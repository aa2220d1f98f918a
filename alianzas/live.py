"""Telling open pages that something changed: what kind of thing and its version, never its content.

A page that hears of a change fetches what it shows through its own view, behind the lock; so a lost or late message
does no harm. Listeners live in this process: publishing wakes each of them, asks the database nothing, and whoever is
slow finds what it missed added up.
"""

import asyncio
import json
import threading
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import contextmanager, suppress

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, StreamingHttpResponse

PING = 15  # seconds: proxies close what is silent, and a listener that went away is noticed
LIFE = 300  # then the browser comes again, through the lock


class Listener:
    """One open page. All of it happens in the event loop of its stream."""

    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()
        self._version, self._kinds = 0, set()

    def add(self, version: int, kinds: tuple[str, ...]):
        """There is something new."""
        self._version = max(self._version, version)
        self._kinds.update(kinds)
        self._woken.set()

    async def news(self, seconds: float) -> tuple[int, list[str]] | None:
        """What has changed since last asked, waiting up to `seconds` for it."""
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return None
        self._woken.clear()
        version, kinds = self._version, sorted(self._kinds)
        self._kinds = set()
        return version, kinds


class Hub:
    def __init__(self):
        self._lock = threading.Lock()
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._heard: dict[str, int] = {}

    def publish(self, topic: str, version: int, *kinds: str):
        """From any thread: each event loop is woken once, however many listen in it."""
        with self._lock:
            found = list(self._listeners.get(topic, ()))
            if found:
                self._heard[topic] = max(version, self.heard(topic))
        loops: dict[asyncio.AbstractEventLoop, list[Listener]] = defaultdict(list)
        for listener in found:
            loops[listener.loop].append(listener)
        for loop, listeners in loops.items():
            with suppress(RuntimeError):  # the loop is closed: the server is going down
                loop.call_soon_threadsafe(_tell, listeners, version, kinds)

    @contextmanager
    def listening(self, topic: str):
        listener = Listener()
        with self._lock:
            self._listeners[topic].add(listener)
        try:
            yield listener
        finally:
            with self._lock:
                self._listeners[topic].discard(listener)
                if not self._listeners[topic]:
                    del self._listeners[topic]
                    self._heard.pop(topic, None)

    def topics(self) -> list[str]:
        """Those that somebody listens to in this process."""
        with self._lock:
            return list(self._listeners)

    def heard(self, topic: str) -> int:
        """The newest version that listeners of `topic` were told of; 0 for none yet."""
        return self._heard.get(topic, 0)


def _tell(listeners, version, kinds):
    for listener in listeners:
        listener.add(version, kinds)


hub = Hub()


async def events(topic: str, version_now: Callable) -> AsyncIterator[str]:
    """Server-sent events: the version at the start, then every change, and a comment when it is quiet.

    `version_now` is awaited once somebody listens, so that nothing falls between the two.
    """
    ends = time.monotonic() + LIFE
    with hub.listening(topic) as listener:
        yield "retry: 1000\n" + _event("hola", version=await version_now())
        while time.monotonic() < ends:
            found = await listener.news(PING)
            if found is None:
                yield ": sigo aquí\n\n"
                continue
            version, kinds = found
            yield _event("cambio", version=version, what=kinds)


def _event(name, **data):
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def stream(request, topic: str, version_now: Callable) -> HttpResponse:
    """The response that holds the stream; 503 where the server cannot hold any, and then pages ask by themselves."""
    if not isinstance(request, ASGIRequest):
        return HttpResponse(status=503)
    response = StreamingHttpResponse(events(topic, version_now), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response
