"""Changes told among processes through Redis: one connection for each, and nothing breaks while it is away."""

import json
import shutil
import socket
import subprocess
import sys
import threading

import pytest

from alianzas import relay as relays
from alianzas.live import hub
from tests.apart import ROOT
from tests.waiting import PATIENCE, until

ELSEWHERE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from alianzas.relay import Relay
there = Relay(sys.argv[1])
for line in sys.stdin:
    there.tell("sala", int(line), "notas")
"""


@pytest.fixture
def told(monkeypatch):
    """What listeners of this process were told."""
    found = []
    monkeypatch.setattr(hub, "publish", lambda *what: found.append(what))
    return found


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Server:
    """A Redis of its own, on loopback, that can be stopped and started again."""

    def __init__(self):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = None

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def redis():
    if not shutil.which("redis-server"):
        pytest.skip("No hay redis-server en esta máquina")
    server = Server()
    server.start()
    yield server
    server.stop()


def here(url):
    found = relays.Relay(url)
    found.listen()
    return found


def test_what_one_process_changes_another_one_hears_without_content(redis, told):
    listening = here(redis.url)
    assert until(lambda: listening.is_listening)
    with subprocess.Popen([sys.executable, "-c", ELSEWHERE, redis.url], cwd=ROOT, stdin=subprocess.PIPE) as other:
        try:
            other.stdin.write(b"1\n2\n3\n")
            other.stdin.flush()
            assert until(lambda: len(told) > 2)
        finally:
            other.terminate()
    assert told == [("sala", version, "notas") for version in (1, 2, 3)]


def test_one_s_own_change_is_told_once_and_at_once(redis, told):
    listening = here(redis.url)
    assert until(lambda: listening.is_listening)
    listening.tell("sala", 5, "notas")
    assert told == [("sala", 5, "notas")], "listeners here wait for nobody"
    another = relays.Relay(redis.url)
    another.tell("sala", 6, "gente")
    assert until(lambda: told.count(("sala", 6, "gente")) == 2)  # said there, and heard here
    assert told.count(("sala", 5, "notas")) == 1


def test_while_redis_is_away_nothing_breaks_and_it_comes_back_by_itself(redis, told, monkeypatch):
    monkeypatch.setattr(relays, "AGAIN", 0.05)
    listening, another = here(redis.url), relays.Relay(redis.url)
    assert until(lambda: listening.is_listening)
    redis.stop()
    assert until(lambda: not listening.is_listening), "now the database is asked"
    for version in range(50):
        another.tell("sala", version, "notas")
    assert len(told) == 50
    redis.start()
    assert until(lambda: listening.is_listening)
    said = 0

    def is_heard():
        nonlocal said
        said += 1
        another.tell("sala", said, "reloj")
        return len([one for one in told if one[2] == "reloj"]) > said

    assert until(is_heard)


def test_nobody_waits_for_a_redis_that_never_answers(told):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        stuck = relays.Relay(f"redis://127.0.0.1:{mute.getsockname()[1]}/0")
        telling = threading.Thread(target=lambda: [stuck.tell("sala", n, "notas") for n in range(50)], daemon=True)
        telling.start()
        telling.join(PATIENCE)
        assert not telling.is_alive()
    assert len(told) == 50


def test_without_an_address_nothing_is_started(told):
    alone = relays.Relay("")
    alone.listen()
    alone.tell("sala", 1, "notas")
    assert told == [("sala", 1, "notas")]
    assert not alone.is_listening


@pytest.mark.parametrize("said", ["", "{", "[]", json.dumps(["otra", "sala", "x", "notas"]), "null", "7"])
def test_what_is_no_message_of_ours_is_ignored(told, said):
    relays.Relay("redis://127.0.0.1:1/0")._take(said)
    assert told == []
