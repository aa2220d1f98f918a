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
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import contextmanager, suppress

from django.http import HttpResponse

HEADER = "X-Stream"  # of an answer that grants a stream, for `hold` only
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

    def topics(self) -> list[str]:
        """Those that somebody listens to in this process."""
        with self._lock:
            return list(self._listeners)

    def heard(self, topic: str) -> int:
        """The newest version of `topic` that was told here; 0 for none yet."""
        return self._heard.get(topic, 0)


def _tell(listeners, version, kinds):
    for listener in listeners:
        listener.add(version, kinds)


hub = Hub()


_watchers: list[Callable[[], Awaitable]] = []


def watches(function: Callable[[], Awaitable]):
    """Register what is awaited whenever a page begins to listen, such as hearing of other processes."""
    _watchers.append(function)
    return function


async def events(topic: str, version: int) -> AsyncIterator[str]:
    """Server-sent events: the version at the start, then every change, and a comment when it is quiet.

    `version` was read before this page listened. What this process was told since counts for it, and what it knows
    and was not told here yet, because another process changed it, counts for the others.
    """
    ends = time.monotonic() + LIFE
    if version > hub.heard(topic):
        hub.publish(topic, version, "todo")
    with hub.listening(topic) as listener:
        yield "retry: 1000\n" + _event("hola", version=max(version, hub.heard(topic)))
        while time.monotonic() < ends:
            found = await listener.news(PING)
            if found is None:
                yield ": sigo aquí\n\n"
                continue
            version, kinds = found
            yield _event("cambio", version=version, what=kinds)


def _event(name, **data):
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def stream(topic: str, version: int) -> HttpResponse:
    """What a view says that lets its page listen: `hold` then keeps the stream.

    Where nobody does, a browser takes the empty answer as «there is no stream here», and pages ask by themselves.
    """
    return HttpResponse(status=204, headers={HEADER: f"{version} {topic}", "Cache-Control": "no-store"})


async def hold(application, scope, receive, send):
    """Ask `application` (ASGI) for an address of a stream, and hold the stream that it grants; anything else it
    answers goes through as it is.

    A stream costs no thread and no connection to the database, since the answer that grants it is over.
    """
    granted = b""

    async def decide(message):
        nonlocal granted
        if message["type"] == "http.response.start":
            granted = dict(message["headers"]).get(HEADER.lower().encode(), b"")
        if not granted:
            await send(message)

    await application(scope, receive, decide)
    if granted:
        version, _, topic = granted.decode().partition(" ")
        await _speak(topic, int(version), receive, send)


async def _speak(topic, version, receive, send):
    for watch in _watchers:
        await watch()
    head = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    await send({"type": "http.response.start", "status": 200, "headers": head})

    async def tell():
        async for piece in events(topic, version):
            await send({"type": "http.response.body", "body": piece.encode(), "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def leave():
        while (await receive())["type"] != "http.disconnect":
            pass

    ends = [asyncio.ensure_future(tell()), asyncio.ensure_future(leave())]
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in ends:
            one.cancel()
        await asyncio.gather(*ends, return_exceptions=True)
