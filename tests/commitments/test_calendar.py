"""Calendars: the secret address until it is revoked, the file behind the lock, and nothing but what is meant."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django_scopes import scope
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from alianzas.commitments import services
from alianzas.commitments.ical import AllDay, calendar
from alianzas.models import CalendarFeed
from tests import factories as make

from .test_list import address, in_days, promise


@pytest.fixture
def feed(org, cast):
    with scope(organization=org):
        return services.share_calendar(organization=org, by=cast.editor)


def read(client, token):
    return client.get(reverse("calendario", args=[token]))


def events(answer):
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_the_secret_address_needs_no_account_and_tells_title_responsible_and_date(client, org, feed):
    promise(org, "Llamar a la red", responsible="Enlace", due_date=date(2027, 3, 1))
    answer = read(client, feed.token)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer["Cache-Control"]
    [event] = events(answer)
    assert str(event["SUMMARY"]) == "Llamar a la red"
    assert str(event["DESCRIPTION"]) == "Responsable: Enlace"
    assert event.decoded("DTSTART") == date(2027, 3, 1)
    assert event.decoded("DTEND") == date(2027, 3, 2)
    versions = {"DTSTAMP", "SEQUENCE", "LAST-MODIFIED"}
    assert set(event) == {"UID", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"} | versions
    text = answer.content.decode().lower()
    assert org.name.lower() not in text
    assert org.slug not in text
    assert not answer.cookies


def test_the_token_is_long_enough_not_to_be_guessed(feed):
    assert re.fullmatch(r"[0-9a-f]{64}", feed.token)


def test_an_event_keeps_its_uid_when_it_changes(client, org, feed):
    row = promise(org, due_date=date(2027, 3, 1))
    [before] = events(read(client, feed.token))
    with scope(organization=org):
        services.change(commitment=row, title="Otro título", due_date=date(2027, 4, 1))
    [after] = events(read(client, feed.token))
    assert str(before["UID"]) == str(after["UID"])
    assert str(row.pk) != str(after["UID"]).partition("@")[0]


def test_what_is_closed_or_has_no_date_is_not_in_it(client, org, feed):
    promise(org, "Hecho", due_date=in_days(1), status="done")
    promise(org, "Cancelado", due_date=in_days(1), status="cancelled")
    promise(org, "Sin fecha")
    promise(org, "Vencido", due_date=in_days(-5))
    assert [str(event["SUMMARY"]) for event in events(read(client, feed.token))] == ["Vencido"]


def test_it_has_the_commitments_of_its_organization_alone(client, org, other_org, feed):
    promise(org, "Propio", due_date=in_days(1))
    promise(other_org, "Ajeno", due_date=in_days(1))
    assert [str(event["SUMMARY"]) for event in events(read(client, feed.token))] == ["Propio"]


def test_sensitive_actors_are_never_named(client, org, feed):
    make.make_actor(org, "Comandante Rojas", is_sensitive=True, alias="Actor 7")
    promise(org, "Ver al Comandante Rojas", responsible="comandante\nrojas", due_date=in_days(1))
    content = read(client, feed.token).content.decode()
    assert "Actor 7" in content
    assert "rojas" not in content.lower()


def test_revoked_and_wrong_addresses_are_the_same_404(login, cast, client, org, feed):
    token = feed.token
    editor = login(cast.editor)
    editor.post(address(org, "revocar-calendario", feed.pk))
    editor.logout()
    answers = [
        read(client, one)
        for one in (token, "0" * 64, token[:32] + "0" * 32, token[:-1], token + "0", token.upper(), "%", "_" * 64, "x")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_half_a_token_opens_nothing(client, org, feed):
    wrong = feed.token[:32] + feed.token[:32]
    assert read(client, wrong).status_code == 404
    assert read(client, feed.token).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_address_can_only_be_read(client, feed, method):
    assert getattr(client, method)(reverse("calendario", args=[feed.token])).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_feed(client, org, feed, django_assert_num_queries, rows):
    for _ in range(rows):
        promise(org, due_date=in_days(1))
    with django_assert_num_queries(4):
        read(client, feed.token)


def test_who_edits_creates_copies_and_revokes(as_editor, org):
    page = address(org, "calendario-compartido")
    as_editor.post(address(org, "crear-calendario"))
    with scope(organization=org):
        [feed] = CalendarFeed.objects.all()
    answer = as_editor.get(page)
    assert f"http://testserver/calendario/{feed.token}.ics" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    as_editor.post(address(org, "revocar-calendario", feed.pk))
    assert feed.token not in as_editor.get(page).content.decode()


def test_readers_get_the_file_but_no_secret(login, cast, org, feed):
    client = login(cast.viewer)
    assert feed.token not in client.get(address(org, "calendario-compartido")).content.decode()
    promise(org, due_date=in_days(1))
    answer = client.get(address(org, "compromisos-ics"))
    assert len(events(answer)) == 1
    assert "private" in answer["Cache-Control"]


def test_the_calendar_of_others_cannot_be_revoked(as_editor, org, other_org, cast):
    with scope(organization=other_org):
        foreign = services.share_calendar(organization=other_org, by=cast.stranger)
    assert as_editor.post(address(org, "revocar-calendario", foreign.pk)).status_code == 404


def test_there_is_a_limit_of_open_addresses(as_editor, org, monkeypatch):
    monkeypatch.setattr(services, "MAX_FEEDS", 1)
    as_editor.post(address(org, "crear-calendario"))
    answer = as_editor.post(address(org, "crear-calendario"), follow=True)
    assert "revoca alguno" in answer.content.decode()


# ── The text of a calendar ──────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=40))
def test_no_words_can_start_a_line_of_their_own(title, note, uid):
    hostile = f"{title}\r\nEND:VEVENT\rBEGIN:VEVENT\nSUMMARY:falso\u2028ATTACH:x"
    content = calendar(hostile, [AllDay(uid or "u", hostile, date(2026, 3, 1), date(2026, 3, 2), note + hostile)])
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    assert "\r" not in "".join(lines)
    assert "\n" not in "".join(lines)
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert event.decoded("DTSTART") == date(2026, 3, 1)


def test_equal_events_give_equal_bytes():
    one = AllDay("u", "Título", date(2026, 3, 1), date(2026, 3, 1), stamp=datetime(2026, 1, 1, tzinfo=UTC))
    assert calendar("Compromisos", [one]) == calendar("Compromisos", [one])
    assert b"DTSTAMP:20260101T000000Z" in calendar("Compromisos", [one])
