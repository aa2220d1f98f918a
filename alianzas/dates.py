"""Days as people write them, and arithmetic of the calendar. Pure."""

from calendar import monthrange
from datetime import date, datetime

WRITTEN = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y")


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last one of that month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_in(text: str) -> date | None:
    """The day that a text such as 15/03/2026 or 2026-03-15 names; None for anything else."""
    for pattern in WRITTEN:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None
