"""Telling every web process that something changed, through Redis, where `REDIS_URL` names one.

Each process has one thread that listens and one that sends, however many pages are open, so a request never waits for
Redis. What is told is a topic, a version and a kind, never content. While Redis is away nothing breaks: this process
still hears of its own changes, and `is_listening` says that the others must be asked.
"""

import json
import logging
import queue
import threading
import time
import uuid

from django.conf import settings

from .live import hub

CHANNEL = "alianzas:cambios"
AGAIN = 1  # seconds until the next try, once Redis is away
QUIET = 60  # seconds between two complaints about it
PATIENCE = 2  # seconds that one answer of Redis may take
WAITING = 10_000  # messages kept for the sending thread; more are dropped, and pages find out by their version

log = logging.getLogger(__name__)


class Relay:
    """The two ends of one process. Both threads start with the first use and live as long as the process."""

    def __init__(self, url: str):
        self.url = url
        self._name = uuid.uuid4().hex
        self._starting = threading.Lock()
        self._outgoing: queue.Queue = queue.Queue(WAITING)
        self._started = set()
        self._hears = threading.Event()

    @property
    def is_listening(self) -> bool:
        """Whether changes of other processes arrive here now."""
        return self._hears.is_set()

    def tell(self, topic: str, version: int, kind: str):
        """Everybody who listens to `topic`, in this process at once."""
        hub.publish(topic, version, kind)
        if self.url:
            self._start("enviar", self._send)
            try:
                self._outgoing.put_nowait(json.dumps([self._name, topic, version, kind]))
            except queue.Full:
                log.warning("Redis does not keep up: a change was not told to other processes")

    def listen(self):
        """Hear of the changes of other processes from now on."""
        if self.url:
            self._start("escuchar", self._receive)

    def _start(self, name, work):
        with self._starting:
            if name not in self._started:
                self._started.add(name)
                threading.Thread(target=self._again_and_again, args=[work], name=f"redis-{name}", daemon=True).start()

    def _again_and_again(self, work):
        import redis

        complained = -QUIET
        while True:
            client = redis.Redis.from_url(self.url, socket_connect_timeout=PATIENCE, decode_responses=True)
            try:
                work(client)
            except (redis.RedisError, OSError) as error:
                if time.monotonic() - complained > QUIET:
                    complained = time.monotonic()
                    log.warning("Redis is away: %s", type(error).__name__)
            finally:
                client.close()
            time.sleep(AGAIN)

    def _send(self, client):
        while True:
            client.publish(CHANNEL, self._outgoing.get())

    def _receive(self, client):
        with client.pubsub(ignore_subscribe_messages=False) as channel:
            channel.subscribe(CHANNEL)
            try:
                for message in channel.listen():
                    self._hears.set()  # the first message is that we are subscribed
                    if message["type"] == "message":
                        self._take(message["data"])
            finally:
                self._hears.clear()

    def _take(self, text):
        try:
            sender, topic, version, kind = json.loads(text)
            version = int(version)
        except (ValueError, TypeError):
            return  # somebody else's
        if sender != self._name:
            hub.publish(topic, version, kind)


relay = Relay(settings.REDIS_URL)
