"""Calendars as text (RFC 5545), of whole days and of hours. Pure; people's words cannot start a line of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from alianzas.exports.text import one_line

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=6)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # when something changed of which nobody knows


@dataclass(frozen=True, kw_only=True)
class _Version:
    """Which version of an event this is: a calendar takes the higher `sequence`, and of equal ones the later `stamp`.

    `stamp` is when what the event shows was last changed.
    """

    sequence: int = 0
    stamp: datetime | None = None


@dataclass(frozen=True)
class AllDay(_Version):
    """Something that takes whole days, from `start` to `end`, both included. `uid` never changes for the same thing."""

    uid: str
    title: str
    start: date
    end: date
    note: str = ""


@dataclass(frozen=True)
class Timed(_Version):
    """Something with its hours, on the clocks of the zone that `start` and `end` carry (a `ZoneInfo`)."""

    uid: str
    title: str
    start: datetime
    end: datetime
    place: str = ""


def version_of(row) -> dict:
    """The version of the event of an `InCalendar` row."""
    return {"sequence": row.sequence, "stamp": row.modified_at}


def calendar(name: str, events: Iterable[AllDay | Timed]) -> bytes:
    """The .ics of some events, with the rules of the zones that they name. Equal events give equal bytes."""
    book = Calendar()
    book.add("prodid", "-//Alianzas//Calendario//ES")
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", one_line(name))
    book.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        book.add_component(_event(event))
    book.add_missing_timezones()
    return book.to_ical()


def _event(event):
    one = CalendarEvent()
    one.add("uid", one_line(event.uid))
    one.add("dtstamp", event.stamp or LONG_AGO)
    one.add("sequence", event.sequence)
    if event.stamp:
        one.add("last-modified", event.stamp)
    one.add("dtstart", event.start)
    one.add("summary", one_line(event.title))
    if isinstance(event, Timed):
        one.add("dtend", event.end)
        if event.place:
            one.add("location", one_line(event.place))
        return one
    one.add("dtend", event.end + timedelta(days=1))
    if event.note:
        one.add("description", one_line(event.note))
    one.add("transp", "TRANSPARENT")
    return one
