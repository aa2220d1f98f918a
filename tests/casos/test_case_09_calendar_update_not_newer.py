"""What calendars have of an event is superseded by what comes after it (RFC 5545 3.8.7, RFC 5546 2.1.5)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from icalendar import Calendar

from alianzas import services as shared
from alianzas.commitments.ical import AllDay, Timed, calendar
from alianzas.models import Commitment
from sessions_app.models import AgendaItem, SessionDesign, WorkPlanItem
from sysmap.services import protect
from tests import factories as make
from tests.workplan.rows import make_item, make_plan

NOW = datetime(2026, 11, 30, 18, 51, 39, tzinfo=UTC)


@pytest.fixture
def hour(monkeypatch):
    """`hour(n)`: n hours have passed since the test began."""

    def _hour(number):
        monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(hours=number))
        return NOW + timedelta(hours=number)

    _hour(0)
    return _hour


def events(client, org, name):
    """The events of a calendar by UID, read by another program."""
    answer = client.get(reverse(name, args=[org.slug]))
    return {str(one["UID"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def summary(found, words):
    return next(one for one in found.values() if words in str(one["SUMMARY"]))


def supersedes(new, old):
    """What a program that has `old` does with `new` (RFC 5546 2.1.5)."""
    assert str(new["UID"]) == str(old["UID"])
    return (new["SEQUENCE"], new.decoded("DTSTAMP")) > (old["SEQUENCE"], old.decoded("DTSTAMP"))


def assert_is_next(new, old, when):
    assert supersedes(new, old)
    assert not supersedes(old, new)
    assert (old["SEQUENCE"], new["SEQUENCE"]) == (0, 1)
    assert new.decoded("LAST-MODIFIED") == when
    assert old.decoded("DTSTAMP") <= new.decoded("DTSTAMP") <= when


def change_item(client, org, item, **changes):
    address = reverse("actividad-de-trabajo", args=[org.slug, item.pk])
    form = client.get(address).context["form"]
    sent = {name: "" if (value := form[name].value()) is None else value for name in form.fields} | changes
    assert client.post(address, sent).status_code == 302


# ── The case ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("year", [2026, 2027])
def test_an_activity_that_moves_is_a_newer_event(as_editor, org, hour, year):
    first, *_ = make_plan(org)
    item = make_item(org, "Revisar", first, start=date(year, 3, 16), end=date(year, 3, 20))
    before = summary(events(as_editor, org, "calendario-de-trabajo"), "1.3 Revisar")
    when = hour(1)
    change_item(as_editor, org, item, start=f"{year}-03-09", end=f"{year}-03-13")
    after = summary(events(as_editor, org, "calendario-de-trabajo"), "1.3 Revisar")
    assert_is_next(after, before, when)
    assert (after.decoded("DTSTART"), after.decoded("DTEND")) == (date(year, 3, 9), date(year, 3, 14))


def test_a_commitment_that_moves_is_a_newer_event(as_editor, org, hour):
    sent = {"title": "Llamar a la red", "responsible": "Enlace", "due_date": "2027-01-20", "status": "pending"}
    as_editor.post(reverse("nuevo-compromiso", args=[org.slug]), sent)
    [(uid, before)] = events(as_editor, org, "compromisos-ics").items()
    with scope(organization=org):
        row = Commitment.objects.get()
    when = hour(1)
    as_editor.post(reverse("compromiso", args=[org.slug, row.pk]), sent | {"due_date": "2027-01-13"})
    after = events(as_editor, org, "compromisos-ics")[uid]
    assert_is_next(after, before, when)
    assert after.decoded("DTSTART") == date(2027, 1, 13)


# ── The other places of its kind ────────────────────────────────────────────────────────────────────────────────────


def test_what_calendars_do_not_show_makes_no_version(as_editor, org, hour):
    _, child, *_ = make_plan(org)
    before = events(as_editor, org, "calendario-de-trabajo")
    hour(1)
    change_item(as_editor, org, child, product="Otro producto")
    assert events(as_editor, org, "calendario-de-trabajo") == before
    with scope(organization=org):
        row = Commitment.objects.first()
    as_editor.post(reverse("estado-de-compromiso", args=[org.slug, row.pk]), {"status": "in_progress"})
    with scope(organization=org):
        assert Commitment.objects.get(pk=row.pk).sequence == 0


def test_the_commitment_of_an_activity_goes_with_it(as_editor, org, hour):
    _, child, *_ = make_plan(org)
    before = summary(events(as_editor, org, "compromisos-ics"), "Leer")
    when = hour(1)
    change_item(as_editor, org, child, start="2026-05-04")
    assert_is_next(summary(events(as_editor, org, "compromisos-ics"), "Leer"), before, when)


def test_another_code_is_another_title(as_editor, org, hour):
    make_plan(org)
    before = events(as_editor, org, "calendario-de-trabajo")
    other = summary(before, "1.2 Escribir")
    with scope(organization=org):
        item = WorkPlanItem.objects.get(title="Escribir")
    when = hour(1)
    as_editor.post(reverse("mover-actividad-de-trabajo", args=[org.slug, item.pk, "subir"]))
    after = events(as_editor, org, "calendario-de-trabajo")
    assert_is_next(summary(after, "1.1 Escribir"), other, when)
    assert_is_next(summary(after, "1.2 Leer"), summary(before, "1.1 Leer"), when)
    assert summary(after, "1 Preparar") == summary(before, "1 Preparar")
    gone = hour(2)
    as_editor.post(reverse("borrar-actividad-de-trabajo", args=[org.slug, item.pk]))
    last = summary(events(as_editor, org, "calendario-de-trabajo"), "1.1 Leer")
    assert (last["SEQUENCE"], last.decoded("LAST-MODIFIED")) == (2, gone)


def test_a_name_that_is_protected_leaves_the_calendars_that_have_it(as_editor, org, hour):
    actor = make.make_actor(org, "Comandante Rojas")
    sent = {"title": "Ver a Comandante Rojas", "responsible": "", "due_date": "2027-01-20", "status": "pending"}
    as_editor.post(reverse("nuevo-compromiso", args=[org.slug]), sent)
    [(uid, before)] = events(as_editor, org, "compromisos-ics").items()
    when = hour(1)
    with scope(organization=org):
        protect(actor=actor, alias="Actor 7")
    after = events(as_editor, org, "compromisos-ics")[uid]
    assert str(after["SUMMARY"]) == "Ver a Actor 7"
    assert_is_next(after, before, when)


def sitting(**said):
    return {"date": "2026-11-30", "start": "10:57", "place": "Salón grande", **said}


@pytest.fixture
def carta(staff, org):
    """The carta of Session 1, changed through its page."""

    def _carta(**changes):
        address = reverse("carta-encabezado", args=[org.slug, "1"])
        form = staff.get(address).context["form"]
        sent = {name: "" if (value := form[name].value()) is None else value for name in form.fields} | changes
        assert staff.post(address, sent).status_code == 302

    return _carta


def test_a_session_is_a_timed_event_of_its_zone(staff, org, hour, carta):
    org.time_zone = "America/Tijuana"
    org.save()
    carta(date_1="2026-11-30", start_1="10:57", place_1="Salón, grande")
    book = Calendar.from_ical(staff.get(reverse("calendario-de-trabajo", args=[org.slug])).content)
    [event] = book.walk("VEVENT")
    [zone] = book.walk("VTIMEZONE")
    assert str(zone["TZID"]) == event["DTSTART"].params["TZID"] == event["DTEND"].params["TZID"] == "America/Tijuana"
    assert event.decoded("DTSTART") == datetime(2026, 11, 30, 18, 57, tzinfo=UTC)
    assert event.decoded("DTEND") > event.decoded("DTSTART")
    assert str(event["SUMMARY"]).startswith("Sesión 1. ")
    assert str(event["LOCATION"]) == "Salón, grande"
    assert book.walk("VTIMEZONE")[0].to_tz().utcoffset(datetime(2026, 11, 30, 12)) == timedelta(hours=-8)


def test_a_session_without_a_date_or_left_out_is_in_no_calendar(staff, org, hour, carta):
    carta(start_1="10:57")
    assert not events(staff, org, "calendario-de-trabajo")
    carta(date_1="2026-11-30")
    assert len(events(staff, org, "calendario-de-trabajo")) == 1
    staff.post(reverse("carta-omitir", args=[org.slug, "1"]), {"sesion-reason": "Ya la conocen"})
    assert not events(staff, org, "calendario-de-trabajo")


def test_a_session_of_which_no_hour_is_known_takes_the_day(staff, org, carta):
    carta(date_1="2026-11-30")
    with scope(organization=org):
        SessionDesign.objects.update(sittings=[sitting(start="")])
    [event] = events(staff, org, "calendario-de-trabajo").values()
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 11, 30), date(2026, 12, 1))


def test_a_session_has_a_newer_version_when_its_day_or_its_agenda_changes(staff, org, hour, carta):
    carta(date_1="2026-11-30", start_1="10:57")
    with scope(organization=org):
        SessionDesign.objects.update(sequence=0)
    [(uid, first)] = events(staff, org, "calendario-de-trabajo").items()
    hour(1)
    carta(objective="Otro objetivo")
    assert events(staff, org, "calendario-de-trabajo")[uid] == first
    when = hour(2)
    carta(date_1="2026-12-01")
    second = events(staff, org, "calendario-de-trabajo")[uid]
    assert_is_next(second, first, when)
    with scope(organization=org):
        block = AgendaItem.objects.first()
    when = hour(3)
    staff.post(reverse("carta-minutos", args=[org.slug, "1", block.activity_key]), {"minutes": "75"})
    third = events(staff, org, "calendario-de-trabajo")[uid]
    assert third.decoded("DTEND") - second.decoded("DTEND") == timedelta(minutes=15)
    assert supersedes(third, second)
    assert third.decoded("LAST-MODIFIED") == when


def test_an_organisation_that_moves_to_other_clocks_moves_its_sessions(staff, org, cast, hour, carta):
    carta(date_1="2026-11-30", start_1="10:57")
    [(uid, before)] = events(staff, org, "calendario-de-trabajo").items()
    hour(1)
    with scope(organization=org):
        facts = {"time_zone": "America/Tijuana"}
        shared.update_organization(organization=org, by=cast.facilitator, **facts)
    assert supersedes(events(staff, org, "calendario-de-trabajo")[uid], before)


@pytest.mark.parametrize("backwards", [False, True])
def test_versions_only_rise_and_only_with_what_is_shown(hour, backwards):
    row = Commitment(title="a", responsible="b")
    row._state.adding, row.shown_before = False, row.shown()
    changes = [("title", "a"), ("title", "b"), ("status", "done"), ("responsible", ""), ("due_date", date(2027, 1, 1))]
    for number, (name, value) in enumerate(changes):
        hour(-number if backwards else number)
        told = row.sequence, row.modified_at, row.shown()
        setattr(row, name, value)
        shared.count_version_of(row)
        assert row.sequence - told[0] == (row.shown() != told[2])
        assert row.modified_at >= told[1]
    assert row.sequence == 3


def test_both_kinds_of_events_are_read_back():
    start = datetime(2026, 11, 30, 10, 57)
    there = start.replace(tzinfo=ZoneInfo("America/Ciudad_Juarez"))
    made = [
        Timed("a@x", "Sesión", there, there + timedelta(hours=3), sequence=4, stamp=NOW),
        AllDay("b@x", "Todo el día", date(2026, 3, 9), date(2026, 3, 13), sequence=1, stamp=NOW),
    ]
    book = Calendar.from_ical(calendar("C", made))
    timed, whole = book.walk("VEVENT")
    assert timed.decoded("DTSTART") == there
    assert "TRANSP" not in timed
    assert whole.decoded("DTEND") == date(2026, 3, 14)
    assert whole["DTSTART"].params.get("VALUE") == "DATE"
    assert [str(one["TZID"]) for one in book.walk("VTIMEZONE")] == ["America/Ciudad_Juarez"]
    assert calendar("C", made) == calendar("C", made)
