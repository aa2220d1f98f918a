"""From when to when an activity goes. Pure."""

from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from alianzas.dates import SHORT_MONTHS, months_after, show_date

HOURS_A_DAY = 8
LONGEST = timedelta(days=3660)


def reach(start: date | None, end: date | None, duration: Decimal | None, unit: str) -> tuple[date | None, date | None]:
    """Start and end of an activity; one that is missing follows from the other and the duration, if there is one."""
    if start and not end and duration:
        return start, _after(start, duration, unit)
    if end and not start and duration:
        length = _after(end, duration, unit) - end
        return end - length, end
    return start or end, end or start


def span(periods) -> tuple[date | None, date | None]:
    """The first start and the last end of several periods."""
    known = [(start, end) for start, end in periods if start]
    return (min(start for start, _ in known), max(end for _, end in known)) if known else (None, None)


def show(start: date | None, end: date | None) -> str:
    """A period as people write it: «3 mar – 20 abr 2026»."""
    if start is None:
        return ""
    if start == end:
        return show_date(start)
    if start.year != end.year:
        return f"{show_date(start)} – {show_date(end)}"
    if start.month == end.month:
        return f"{start.day}–{show_date(end)}"
    return f"{start.day} {SHORT_MONTHS[start.month - 1]} – {show_date(end)}"


def _after(start, duration, unit):
    """The last day of something that begins on `start`; nothing takes longer than `LONGEST`."""
    if unit == "months":
        days = (months_after(start, min(int(duration), 240)) - start).days + ceil(30 * (duration % 1))
    else:
        days = ceil({"hours": duration / HOURS_A_DAY, "days": duration, "weeks": duration * 7}[unit])
    return start + min(timedelta(days=max(1, days) - 1), LONGEST)
