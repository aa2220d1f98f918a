"""Phones of a workshop under load: they come in, write, vote and keep a stream open, over bare sockets."""

import asyncio
import json
import random
import re
import time
import uuid
from urllib.parse import urlencode

NOTES = 20
CUT = 6  # notes that a phone without network keeps until it is back
THINKING = (1, 5)  # seconds between two notes of one phone: twenty notes a second in the room


def key_of(number, place) -> str:
    """The key under which a phone writes its note or its vote, the same however often it is sent."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{number} {place}"))


async def request(port, method, path, cookies, form=None, wait=True):
    """(status, headers, body) of one request; the cookies that come are kept."""
    body = urlencode(form or {}, doseq=True).encode()
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


async def vote(port, run, row, cookies, key, choices, *, wait=True):
    form = {"key": key, "ronda": row.pk, "choices": choices, "csrfmiddlewaretoken": cookies["csrf"]}
    status, *_ = await request(port, "POST", f"/t/{run.token}/escenas/votacion/", cookies, form, wait)
    return status


async def until_taken(send, *, also_unheard=False):
    """Send until the server says that it has it, whatever happens to the connection; first once without listening."""
    while True:
        try:
            if also_unheard:
                await send(wait=False)
                also_unheard = False
            if await send() == 200:
                return
        except (OSError, ConnectionError, IndexError, ValueError):
            pass
        await asyncio.sleep(0.3)


async def phone(port, run, boards, row, number, cookies, done, back):
    """Write every note and vote once. Some lose their network half-way: what they go on writing waits on the phone,
    under its keys, until the network is `back`."""
    waiting, is_cut = [], number % 6 == 0
    for place in range(NOTES):
        key, board = key_of(number, place), boards[place % len(boards)]

        def send(wait=True, key=key, board=board):
            return write(port, run, board, cookies, key, wait=wait)

        if is_cut and NOTES // 2 <= place < NOTES // 2 + CUT:
            waiting.append((key, send))
            continue
        await until_taken(send, also_unheard=place % 5 == 0)
        done.append(key)
        await asyncio.sleep(random.uniform(*THINKING))
    if is_cut:
        await back.wait()
        for key, send in waiting:
            await until_taken(send, also_unheard=True)
            done.append(key)
    choices = [number % 4, (number + 1) % 4, (number + 2) % 4]

    def cast(wait=True):
        return vote(port, run, row, cookies, key_of(number, "voto"), choices, wait=wait)

    await until_taken(cast, also_unheard=True)


async def listener(port, path, cookies, heard, ready):
    """An open page: when it heard of each version."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    jar = "; ".join(f"{name}={value}" for name, value in cookies.items())
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {jar}\r\n\r\n".encode())
    try:
        while line := await reader.readline():
            if line.startswith(b"event: hola"):
                ready.append(1)
            if line.startswith(b"data: ") and b"what" in line:
                heard.append((json.loads(line[6:])["version"], time.perf_counter()))
    finally:
        writer.close()
