"""Who hears of a change: every listener of that run, whatever thread it came from, and nobody else."""

import asyncio
import itertools
import json
import threading
from types import SimpleNamespace

import pytest
from django.test import Client
from django_scopes import scope

from alianzas import live
from sessions_app.live import services, watching
from sessions_app.live.changes import topic_of
from tests.waiting import PATIENCE, eventually

from .rows import enter, open_run


def heard(text):
    """(event, data) of a piece of a stream."""
    lines = dict(line.split(": ", 1) for line in text.strip().splitlines() if not line.startswith(":"))
    return lines.get("event"), json.loads(lines["data"]) if "data" in lines else None


async def listen(topic, publish, times=1):
    stream = live.events(topic, 1)
    found = [heard(await anext(stream))]
    await asyncio.to_thread(publish)
    found += [heard(await asyncio.wait_for(anext(stream), PATIENCE)) for _ in range(times)]
    await stream.aclose()
    return found


def test_a_change_of_another_thread_is_heard_with_its_version_and_no_content():
    found = asyncio.run(listen("sala-uno", lambda: live.hub.publish("sala-uno", 7, "notas")))
    assert found == [("hola", {"version": 1}), ("cambio", {"version": 7, "what": ["notas"]})]


def test_what_somebody_slow_missed_is_added_up():
    def publish():
        for version in range(2, 500):
            live.hub.publish("sala", version, "notas" if version % 2 else "gente")

    async def slow():
        stream = live.events("sala", 1)
        await anext(stream)
        await asyncio.to_thread(publish)  # what it told the loop comes before its end does
        found = heard(await anext(stream))
        await stream.aclose()
        return found

    assert asyncio.run(slow()) == ("cambio", {"version": 499, "what": ["gente", "notas"]})


def test_other_rooms_hear_nothing_and_nobody_stays_listening():
    async def two():
        one, other = live.events("sala-1", 1), live.events("sala-2", 1)
        await anext(one), await anext(other)
        live.hub.publish("sala-1", 2, "notas")
        told = heard(await anext(one))
        live.hub.publish("sala-2", 3, "gente")
        told_there = heard(await anext(other))
        await one.aclose()
        await other.aclose()
        return told, told_there

    assert asyncio.run(two()) == (
        ("cambio", {"version": 2, "what": ["notas"]}),
        ("cambio", {"version": 3, "what": ["gente"]}),
    )
    assert live.hub.topics() == []


def test_a_quiet_stream_speaks_and_ends_so_that_the_lock_is_passed_again(monkeypatch):
    looks = itertools.count()  # a clock on which a second passes between two looks
    monkeypatch.setattr(live, "time", SimpleNamespace(monotonic=lambda: next(looks)))
    monkeypatch.setattr(live, "PING", 0.01)
    monkeypatch.setattr(live, "LIFE", 5)

    async def whole():
        return [piece async for piece in live.events("sala", 1)]

    hello, *rest = asyncio.run(asyncio.wait_for(whole(), PATIENCE))
    assert heard(hello)[0] == "hola"
    assert rest == [": sigo aquí\n\n"] * 4


def test_five_hundred_listeners_hear_of_everything_without_a_query(django_assert_num_queries, db):
    async def crowd():
        streams = [live.events("sala", 1) for _ in range(500)]
        for stream in streams:
            await anext(stream)
        thread = threading.Thread(target=live.hub.publish, args=("sala", 9, "pregunta"))
        thread.start()
        found = await asyncio.gather(*(anext(stream) for stream in streams))
        for stream in streams:
            await stream.aclose()
        return {heard(one)[1]["version"] for one in found}

    with django_assert_num_queries(0):
        assert asyncio.run(crowd()) == {9}


# ── The addresses ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def run(org):
    return open_run(org)


def granted(client, address):
    answer = client.get(address)
    return answer.status_code, answer.get(live.HEADER)


def test_a_guest_and_a_member_are_granted_the_stream_of_their_run(cast, org, run):
    phone, member, stranger = Client(), Client(), Client()
    enter(phone, run)
    member.force_login(cast.viewer)
    stranger.force_login(cast.stranger)
    taller, mine = f"/o/{org.slug}/sesiones/1/taller/vivo/", f"/t/{run.token}/vivo/"
    assert granted(phone, mine) == granted(member, taller) == (204, f"2 {topic_of(run.pk)}")
    assert granted(stranger, taller) == granted(Client(), mine) == (404, None)


def hold(answer, *, publish=()):
    """What a browser gets from an address that answers so, until it leaves: once all that is published was told."""
    sent, left = [], asyncio.Event()

    async def application(scope, receive, send):
        await receive()
        for message in answer:
            await send(message)

    async def receive():
        if not receive.is_read:
            receive.is_read = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await left.wait()
        return {"type": "http.disconnect"}

    receive.is_read = False

    async def send(message):
        sent.append(message)

    async def visit():
        holding = asyncio.create_task(live.hold(application, {"type": "http"}, receive, send))
        await eventually(lambda: holding.done() or len(sent) == 2)  # the start, and what comes first
        for number, version in enumerate(publish, 3):
            await asyncio.to_thread(live.hub.publish, "sala-held", version, "notas")
            await eventually(lambda number=number: len(sent) == number)
        left.set()
        await asyncio.wait_for(holding, PATIENCE)

    asyncio.run(visit())
    return sent


def starts(status, **headers):
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return [
        {"type": "http.response.start", "status": status, "headers": pairs},
        {"type": "http.response.body", "body": b"cuerpo"},
    ]


def test_a_granted_stream_is_held_until_the_browser_leaves_and_nothing_of_the_grant_is_seen():
    sent = hold(starts(204, x_stream="7 sala-held"), publish=[9])
    assert (sent[0]["status"], dict(sent[0]["headers"])[b"content-type"]) == (200, b"text/event-stream")
    assert b"x-stream" not in dict(sent[0]["headers"])
    bodies = [message["body"].decode() for message in sent[1:]]
    assert [heard(body) for body in bodies] == [
        ("hola", {"version": 7}),
        ("cambio", {"version": 9, "what": ["notas"]}),
    ]
    assert live.hub.topics() == [], "it is forgotten"


def test_what_was_told_between_the_grant_and_the_stream_counts():
    live.hub.publish("sala-held", 30, "notas")
    assert heard(hold(starts(204, x_stream="28 sala-held"))[1]["body"].decode()) == ("hola", {"version": 30})


def test_what_one_page_knows_of_another_process_is_told_to_those_that_listen_already():
    async def two():
        first = live.events("sala-dos", 5)
        said = [heard(await anext(first))]
        second = live.events("sala-dos", 6)
        said.append(heard(await anext(second)))
        said.append(heard(await asyncio.wait_for(anext(first), PATIENCE)))
        await first.aclose()
        await second.aclose()
        return said

    hello = [("hola", {"version": 5}), ("hola", {"version": 6})]
    assert asyncio.run(two()) == [*hello, ("cambio", {"version": 6, "what": ["todo"]})]


def test_a_change_of_another_process_before_the_first_look_is_told(monkeypatch):
    told = []
    live.hub.publish("taller:99", 5, "notas")
    monkeypatch.setattr(live.hub, "publish", lambda *said: told.append(said))
    known = {}
    watching._tell_news(99, 6, known)
    watching._tell_news(99, 6, known)
    watching._tell_news(99, 0, known)
    watching._tell_news(98, 3, known)
    assert told == [("taller:99", 6, "todo"), ("taller:99", 7, "todo")]


@pytest.mark.parametrize("status", [200, 302, 403, 404, 500])
def test_an_address_that_grants_no_stream_answers_as_it_is(status):
    answer = starts(status, location="/cuenta/")
    assert hold(answer) == answer


def test_where_no_stream_can_be_held_pages_ask_for_the_version(login, cast, org, run):
    phone = Client()
    enter(phone, run)
    assert phone.get(f"/t/{run.token}/vivo/").content == b"", "an empty answer is no stream to a browser"
    assert phone.get(f"/t/{run.token}/version/").json() == {"version": 2}
    taller = f"/o/{org.slug}/sesiones/1/taller/"
    assert login(cast.viewer).get(f"{taller}version/").json() == {"version": 2}
    assert login(cast.viewer).get(f"/o/{org.slug}/sesiones/2/taller/version/").status_code == 404


def test_a_change_is_told_once_it_is_certain(run, org, monkeypatch, django_capture_on_commit_callbacks):
    told = []
    monkeypatch.setattr(live.hub, "publish", lambda *said: told.append(said))
    with scope(organization=org):
        with django_capture_on_commit_callbacks() as later:
            services.lock_door(run=run, is_locked=True)
        assert told == []
        for tell in later:
            tell()
    assert told == [(topic_of(run.pk), 2, "puerta")]


def test_with_several_processes_changes_of_the_others_are_found(run, org, settings, monkeypatch):
    settings.WEB_WORKERS = 2
    monkeypatch.setattr(watching, "EVERY", 0.01)
    there = {run.pk: 1}
    looks = []
    monkeypatch.setattr(watching, "versions", lambda keys: looks.append(keys) or dict(there))

    async def elsewhere():
        stream = live.events(topic_of(run.pk), 1)
        await anext(stream)
        await watching.begin()
        await eventually(lambda: looks)
        there[run.pk] = 5
        found = heard(await asyncio.wait_for(anext(stream), PATIENCE))
        await stream.aclose()
        await eventually(watching._tasks[asyncio.get_running_loop()].done)  # nobody listens any more
        return found

    assert asyncio.run(elsewhere()) == ("cambio", {"version": 5, "what": ["todo"]})


def test_versions_are_those_of_the_database(run):
    assert watching.versions([run.pk, 0]) == {run.pk: 1}
