"""`python -m tests.benchmarks.live`: a workshop under load, on loopback, as JSON.

The real server in its own process; 60 phones with streams open write 20 notes each, every fifth one sent again without
waiting for the answer, while the server is killed and started again in the middle. Then how long a note takes until
every open page has heard of it, with 60 and with 500 of them, and what an ordinary page takes idle and meanwhile.
"""

import asyncio
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent.parent
PHONES, NOTES, QUESTIONS, TIMES = 60, 20, 6, 30
THINKING = (1, 5)  # seconds between two notes of one phone: twenty notes a second in the room
CROWDS = (60, 500)
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
    port, process = free_port(), None
    try:
        process = serve(port)
        run, boards = prepare()
        print(json.dumps(asyncio.run(measure(port, process, run, boards)), indent=2))
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


def prepare():
    """An open run of the demonstration with several questions."""
    from django_scopes import scope

    from alianzas.models import Organization
    from sessions_app import curriculum
    from sessions_app.live import boards, services
    from sessions_app.live.questions import questions_of

    org = Organization.objects.get(slug="semillas-del-norte")
    prompts = [one.prompt for _, asked in questions_of(curriculum.session("1")) for one in asked][:QUESTIONS]
    with scope(organization=org):
        run = services.open_run(organization=org, session_key="1", by=None)
        return run, [boards.ask(run=run, prompt=prompt) for prompt in prompts]


def kept(run):
    """Keys of the notes in the database."""
    from django.db import connection
    from django_scopes import scope

    from sessions_app.models import Note

    connection.close()
    with scope(organization=run.organization):
        return [str(key) for key in Note.objects.filter(board__run=run).values_list("key", flat=True)]


# ── Phones ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def request(port, method, path, cookies, form=None, wait=True):
    """(status, headers, body) of one request; the cookies that come are kept."""
    body = urlencode(form or {}).encode()
    jar = "; ".join(f"{name}={value}" for name, value in cookies.items())
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nCookie: {jar}\r\n"
        f"X-Requested-With: fetch\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    await writer.drain()
    if not wait:
        writer.close()
        return 0, "", b""
    said = await reader.read()
    writer.close()
    head, _, content = said.partition(b"\r\n\r\n")
    head = head.decode("latin-1")
    if not head:
        raise ConnectionError
    for name, value in re.findall(r"(?im)^set-cookie: ([^=]+)=([^;\r]*)", head):
        cookies[name] = value
    return int(head.split()[1]), head, content


async def come_in(port, run, number):
    cookies = {}
    _, _, page = await request(port, "GET", f"/t/{run.token}/", cookies)
    form = dict(re.findall(r'name="(key|csrfmiddlewaretoken)" value="([^"]+)"', page.decode()))
    form |= dict(re.findall(r'name="(key)"[^>]*value="([^"]+)"', page.decode()))
    form |= {"name": f"Persona {number}", "accepts": "on"}
    status, *_ = await request(port, "POST", f"/t/{run.token}/entrar/", cookies, form)
    assert status == 302, status
    cookies["csrf"] = form["csrfmiddlewaretoken"]
    return cookies


async def write(port, run, board, cookies, key, *, wait=True):
    form = {"key": key, "text": f"Nota {key}", "csrfmiddlewaretoken": cookies["csrf"]}
    path = f"/t/{run.token}/preguntas/{board.pk}/notas/"
    status, *_ = await request(port, "POST", path, cookies, form, wait)
    return status


async def phone(port, run, boards, number, cookies, done):
    """Write every note until the server says that it has it, whatever happens to the connection."""
    for place in range(NOTES):
        key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{number} {place}"))
        board = boards[place % len(boards)]
        again = place % 5 == 0
        while True:
            try:
                if again:
                    await write(port, run, board, cookies, key, wait=False)
                    again = False
                if await write(port, run, board, cookies, key) == 200:
                    break
            except (OSError, ConnectionError, IndexError, ValueError):
                pass
            await asyncio.sleep(0.3)
        done.append(key)
        await asyncio.sleep(random.uniform(*THINKING))


async def listener(port, run, cookies, heard, ready):
    """An open page: when it heard of each version."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    jar = "; ".join(f"{name}={value}" for name, value in cookies.items())
    writer.write(f"GET /t/{run.token}/vivo/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {jar}\r\n\r\n".encode())
    try:
        while line := await reader.readline():
            if line.startswith(b"event: hola"):
                ready.append(1)
            if line.startswith(b"data: ") and b"what" in line:
                heard.append((json.loads(line[6:])["version"], time.perf_counter()))
    finally:
        writer.close()


# ── Figures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def measure(port, process, run, boards):
    people = [await come_in(port, run, number) for number in range(PHONES)]
    idle = await page_times(port, run, people[0])
    done = []
    began = time.perf_counter()
    writing = [asyncio.create_task(phone(port, run, boards, n, people[n], done)) for n in range(PHONES)]
    meanwhile = asyncio.create_task(page_times(port, run, people[0]))
    while len(done) < PHONES * NOTES // 2:
        await asyncio.sleep(0.05)
    busy = await meanwhile
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    await asyncio.to_thread(serve, port)
    await asyncio.gather(*writing)
    seconds = time.perf_counter() - began
    there = await asyncio.to_thread(kept, run)
    figures = {
        "notes_sent": len(done),
        "lost": len(set(done) - set(there)),
        "duplicated": len(there) - len(set(there)),
        "seconds_with_a_restart": round(seconds, 1),
        "page_p95_ms_idle": idle,
        "page_p95_ms_while_60_write": busy,
    }
    for crowd in CROWDS:
        figures[f"note_to_every_page_ms_{crowd}_listeners"] = await heard_by(port, run, boards[0], people, crowd)
    return figures


async def page_times(port, run, cookies):
    taken = []
    for _ in range(60):
        began = time.perf_counter()
        try:
            await request(port, "GET", f"/t/{run.token}/", dict(cookies))
            taken.append(time.perf_counter() - began)
        except (OSError, ConnectionError):
            break
        await asyncio.sleep(0.2)
    return p95(taken)


async def heard_by(port, run, board, people, crowd):
    """From sending a note to when the last of all open pages has heard of it; and who missed any."""
    heard, ready = [[] for _ in range(crowd)], []
    tasks = [asyncio.create_task(listener(port, run, people[n % PHONES], heard[n], ready)) for n in range(crowd)]
    while len(ready) < crowd:
        await asyncio.sleep(0.05)
    last, missed = [], 0
    for turn in range(TIMES):
        counts = [len(one) for one in heard]
        began = time.perf_counter()
        assert await write(port, run, board, people[turn % PHONES], str(uuid.uuid4())) == 200
        ends = began + 5
        while any(len(one) == before for one, before in zip(heard, counts, strict=True)) and time.perf_counter() < ends:
            await asyncio.sleep(0.002)
        missed += sum(len(one) == before for one, before in zip(heard, counts, strict=True))
        last.append(max(one[-1][1] for one in heard if one) - began)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return {"p50": round(1000 * statistics.median(last)), "p95": p95(last), "missed": missed}


def p95(seconds):
    return round(1000 * statistics.quantiles(seconds, n=20)[-1]) if len(seconds) > 1 else None


if __name__ == "__main__":
    main()
