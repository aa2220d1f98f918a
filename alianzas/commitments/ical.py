"""Calendars as text (RFC 5545), of all-day events. Pure; people's words cannot start a line of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from alianzas.exports.text import one_line

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=6)


@dataclass(frozen=True)
class AllDay:
    """Something that takes whole days, from `start` to `end`, both included. `uid` never changes for the same thing."""

    uid: str
    title: str
    start: date
    end: date
    note: str = ""
    stamp: datetime | None = None


def calendar(name: str, events: Iterable[AllDay]) -> bytes:
    """The .ics of some events. Equal events give equal bytes."""
    book = Calendar()
    book.add("prodid", "-//Alianzas//Calendario//ES")
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", one_line(name))
    book.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        book.add_component(_event(event))
    return book.to_ical()


def _event(event):
    one = CalendarEvent()
    one.add("uid", one_line(event.uid))
    one.add("dtstamp", event.stamp or datetime(event.start.year, event.start.month, event.start.day, tzinfo=UTC))
    one.add("dtstart", event.start)
    one.add("dtend", event.end + timedelta(days=1))
    one.add("summary", one_line(event.title))
    if event.note:
        one.add("description", one_line(event.note))
    one.add("transp", "TRANSPARENT")
    return one
