"""`python -m tests.benchmarks.live`: a workshop under load, on loopback, as JSON.

The real server in its own process; 60 phones with streams open write 20 notes and vote, everything sent again now and
then without waiting for the answer, while the server is killed and started again in the middle and ten phones are cut
off until the others have finished: ten minutes or one, the server counts no time. Then every face must show the same.
Then how long a note takes until every open page has heard of it, beside the least that a stream can be
(`bare_stream`), the memory of an open page, and what an ordinary page takes idle and meanwhile.
"""

import asyncio
import json
import os
import re
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

from .phones import NOTES, come_in, listener, phone, request, write

ROOT = Path(__file__).resolve().parent.parent.parent
PHONES, TIMES = 60, 30
CROWDS = (1000, 500, 200, 60)  # the largest first: its memory is that of a server which held none before
COMPARED = (200, 1000)  # crowds that the bare stream has, too
os.environ |= {
    "DATA_DIR": tempfile.mkdtemp(prefix="alianzas-taller-"),
    "DEBUG": "true",
    "HTTPS": "false",
    "DJANGO_SETTINGS_MODULE": "alianzas.settings",
}
os.environ.pop("DATABASE_URL", None)


def main():
    import django

    django.setup()
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(files, 8192) if files > 0 else 8192, files))  # also of the server
    port, process = free_port(), None
    try:
        process = serve(port)
        room = prepare()
        figures = asyncio.run(measure(port, process, room))
        print(json.dumps({"load_average": round(os.getloadavg()[0], 1), **figures}, indent=2))
    finally:
        for one in SERVERS:
            if one.poll() is None:
                one.terminate()


# ── The server and what is in it ────────────────────────────────────────────────────────────────────────────────────

SERVERS = []


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def serve(port):
    command = [sys.executable, str(ROOT / "scripts" / "serve.py"), "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    SERVERS.append(process)
    ends = time.monotonic() + 240
    while time.monotonic() < ends:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def serve_bare(port):
    command = [sys.executable, "-m", "tests.benchmarks.bare_stream", str(port)]
    SERVERS.append(subprocess.Popen(command, cwd=ROOT))
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The bare stream did not start.")


class Room:
    """An open run of Session 6 of the demonstration, with questions and a vote of four candidates, and who conducts."""

    def __init__(self):
        from django.test import Client

        from alianzas.models import Organization, User

        self.org = Organization.objects.get(slug="semillas-del-norte")
        client = Client()
        client.force_login(User.objects.get(email="facilitadora@demo.test"))
        self.staff = {name: cookie.value for name, cookie in client.cookies.items()}
        self.run = self.boards = self.round = None

    @property
    def control(self):
        return f"/o/{self.org.slug}/sesiones/6/taller/"


def prepare() -> Room:
    from django_scopes import scope

    from alianzas.models import ActionLine
    from plans.ballots import services as ballots
    from plans.models import Strategy, StrategyLine
    from sessions_app import curriculum
    from sessions_app.live import boards, services
    from sessions_app.live.questions import questions_of

    room = Room()
    with scope(organization=room.org):
        room.run = services.open_run(organization=room.org, session_key="6", by=None)
        asked = [one for _, found in questions_of(curriculum.session("6")) for one in found]
        room.boards = [boards.ask(run=room.run, prompt=one.prompt, about=one.about) for one in asked]
        first, second = ActionLine.objects.all()[:2]
        for number in range(4):
            facts = {"organization": room.org, "status": "could", "position": 900 + number}
            row = Strategy.objects.create(line=first, text=f"Candidata {number}", **facts)
            StrategyLine.objects.create(organization=room.org, strategy=row, line=second)
        room.round = ballots.open_round(organization=room.org, by=None, votes_each=3)
    return room


def kept(room):
    """Keys of the notes in the database by question, and what is in the box of the vote."""
    from django.db import connection
    from django_scopes import scope

    from plans.models import BallotBox
    from sessions_app.models import Note

    connection.close()
    with scope(organization=room.org):
        keys = [
            [str(key) for key in Note.objects.filter(board=board).values_list("key", flat=True)]
            for board in room.boards
        ]
        box = BallotBox.objects.get(round=room.round)
        return keys, box.ballots, box.counts


def show(room, board):
    """Put a question on the screen with its notes in sight."""
    from django_scopes import scope

    from sessions_app import curriculum
    from sessions_app.live import boards

    with scope(organization=room.org):
        prompt = curriculum.prompt(board.prompt_key)
        shown = boards.ask(run=room.run, prompt=prompt, about=board.about)
        boards.turn(board=shown, phase="shown", by=None)


# ── Figures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def measure(port, process, room):
    people = [await come_in(port, room.run, number) for number in range(PHONES)]
    mine = f"/t/{room.run.token}/"
    idle = await page_times(port, mine, people[0])
    done, back = [], asyncio.Event()
    began = time.perf_counter()
    rooms = (port, room.run, room.boards, room.round)
    writing = [asyncio.create_task(phone(*rooms, n, people[n], done, back)) for n in range(PHONES)]
    meanwhile = asyncio.create_task(page_times(port, mine, people[0]))
    while len(done) < PHONES * NOTES // 2:
        await asyncio.sleep(0.05)
    busy = await meanwhile
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    server = await asyncio.to_thread(serve, port)
    connected = [one for number, one in enumerate(writing) if number % 6]
    await asyncio.gather(*connected)
    back.set()  # the network of the others comes back once everybody else has finished
    await asyncio.gather(*writing)
    seconds = time.perf_counter() - began
    keys, ballots, counts = await asyncio.to_thread(kept, room)
    there = [key for of_board in keys for key in of_board]
    figures = {
        "notes_sent": len(done),
        "lost": len(set(done) - set(there)),
        "duplicated": len(there) - len(set(there)),
        "votes_sent": 3 * PHONES,
        "votes_counted": sum(counts),
        "ballots": ballots,
        "faces_that_differ": await faces_that_differ(port, room, people, keys),
        "seconds_with_a_restart_and_a_cut": round(seconds, 1),
        "page_p95_ms_idle": idle,
        "page_p95_ms_while_60_write": busy,
        "page_ratio": round(busy / idle, 2),
    }
    server.terminate()
    server.wait()
    server = await asyncio.to_thread(serve, port)
    await page_times(port, mine, people[0])
    before = memory_of(server.pid)
    bare_port = free_port()
    await asyncio.to_thread(serve_bare, bare_port)
    for crowd in CROWDS:

        async def publish(turn):
            assert await write(port, room.run, room.boards[0], people[turn % PHONES], str(uuid.uuid4())) == 200

        own = await heard_by(port, f"{mine}vivo/", people, crowd, publish, lambda: memory_of(server.pid))
        used = own.pop("memory") - before
        if crowd == CROWDS[0]:
            figures["kb_per_listener"] = round(used / crowd)
        figures[f"note_to_every_page_ms_{crowd}_listeners"] = own
        if crowd in COMPARED:

            async def bare(turn):
                await request(bare_port, "POST", f"/{turn + 1}", {})

            least = await heard_by(bare_port, "/vivo/", [{}], crowd, bare, lambda: 0)
            least.pop("memory")
            figures[f"bare_stream_ms_{crowd}_listeners"] = least
            figures[f"ratio_of_the_spread_{crowd}"] = round(own["spread_p95"] / max(least["spread_p95"], 1), 2)
    return figures


async def faces_that_differ(port, room, people, keys):
    """Of control, wall and phones, how many do not show exactly the notes of each question."""
    wrong = 0
    mine = f"/t/{room.run.token}/"
    for board, expected in zip(room.boards, keys, strict=True):
        await asyncio.to_thread(show, room, board)
        faces = [(room.control, room.staff), (f"{room.control}pared/", room.staff), (f"{mine}pared/", people[0])]
        faces += [(mine, person) for person in people[:5]]
        for path, cookies in faces:
            _, _, body = await request(port, "GET", path, dict(cookies))
            shown = set(re.findall(r"Nota ([0-9a-f-]{36})", body.decode()))
            wrong += shown != set(expected)
    return wrong


def memory_of(pid):
    """Resident kilobytes of a process."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1])


async def page_times(port, path, cookies):
    taken = []
    for _ in range(60):
        began = time.perf_counter()
        try:
            await request(port, "GET", path, dict(cookies))
            taken.append(time.perf_counter() - began)
        except (OSError, ConnectionError):
            break
        await asyncio.sleep(0.2)
    return p95(taken)


async def heard_by(port, path, people, crowd, publish, memory):
    """From publishing to when the last of all open pages has heard of it, what passes between the first and the last
    (`spread`), who missed any, and the memory once all are open."""
    heard, ready = [[] for _ in range(crowd)], []
    tasks = [asyncio.create_task(listener(port, path, people[n % len(people)], heard[n], ready)) for n in range(crowd)]
    while len(ready) < crowd:
        await asyncio.sleep(0.05)
    last, spread, missed, used = [], [], 0, memory()
    for turn in range(TIMES):
        counts = [len(one) for one in heard]
        began = time.perf_counter()
        await publish(turn)
        ends = began + 5
        while any(len(one) == before for one, before in zip(heard, counts, strict=True)) and time.perf_counter() < ends:
            await asyncio.sleep(0.002)
        missed += sum(len(one) == before for one, before in zip(heard, counts, strict=True))
        moments = [one[-1][1] for one, before in zip(heard, counts, strict=True) if len(one) > before]
        last.append(max(moments) - began)
        spread.append(max(moments) - min(moments))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    figures = {"p50": round(1000 * statistics.median(last)), "p95": p95(last), "spread_p95": p95(spread)}
    return figures | {"missed": missed, "memory": used}


def p95(seconds):
    return round(1000 * statistics.quantiles(seconds, n=20)[-1]) if len(seconds) > 1 else None


if __name__ == "__main__":
    main()
