"""Dates: the one reader of what people write, the writers whose words it reads, and the calendar. Pure."""

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, datetime

from .names import looks_like
from .written import plain_signs, says_nothing

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
SHORT_MONTHS = tuple(month[:3] for month in MONTHS)
WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
ANY_YEAR = (MINYEAR, MAXYEAR)
CALENDAR = (1900, 2200)  # the years of what a worksheet tells
PLANNED = FIRST_YEAR, LAST_YEAR = (2000, 2100)  # the years of what is planned and told

_WEEKDAY = re.compile(r"(?:el )?(?:(lun|mar|mie|jue|vie|sab|dom)[a-z]*\.?,? )?(?:el )?")
_BETWEEN = r"[-/., ]*(?:del? )?"
_NAMED = re.compile(rf"(\d{{1,2}})(?:\.?o|ro|°)?{_BETWEEN}([a-z]{{3,10}}){_BETWEEN}'?(\d{{4}}|\d{{2}})")
_DAY_FIRST = re.compile(r"(\d{1,2}) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4}) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{1,2})")
_HOUR = re.compile(r"(?:,? (?:a las )?|t)(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:z| h| hrs?\.?)?")
_NO_YEAR = re.compile(rf"(\d{{1,2}})(?:[-/. ]|{_BETWEEN})(\d{{1,2}}|[a-z]{{3,10}})\.?")


class NotADate(ValueError):
    """What was written is no date; the message says, in Spanish, why and what to write."""


def read_date(text: str, years: tuple[int, int] = ANY_YEAR) -> date | None:
    """The day that people wrote, day before month, in those years; None for nothing. Raises `NotADate`.

    A year of two digits is one of 2000 to 2099; a weekday must be the one of that day.
    """
    if says_nothing(text):
        return None
    shown, said = f"«{text.strip()[:40]}»", looks_like(plain_signs(text)).rstrip(" .")
    hour = _HOUR.search(said)
    if hour and hour.end() == len(said):
        said = said[: hour.start()]
    weekday = _WEEKDAY.match(said)
    found = _parts(said[weekday.end() :])
    if found is None:
        raise NotADate(f"{shown} no es una fecha válida; {_what_to_write(said)}")
    day = _day(shown, *found, years)
    if weekday[1] and not looks_like(WEEKDAYS[day.weekday()]).startswith(weekday[1]):
        raise NotADate(f"{shown} no es una fecha válida: ese día es {WEEKDAYS[day.weekday()]}. Revisa cuál es.")
    if hour and set(hour[1]) & set("123456789"):
        raise NotADate(f"{shown} lleva hora y aquí va solo el día: escribe {day:%d/%m/%Y}.")
    return day


def _parts(said):
    """(year, month, day) as written; None when that is no date."""
    if found := _YEAR_FIRST.fullmatch(said):
        return int(found[1]), int(found[3]), int(found[4])
    if found := _DAY_FIRST.fullmatch(said):
        return _year(found[4]), int(found[3]), int(found[1])
    if (found := _NAMED.fullmatch(said)) and (month := _month(found[2])):
        return _year(found[3]), month, int(found[1])
    return None


def _year(digits):
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _month(word):
    """The number of a month by its name or the beginning of it, at least three letters; 0 for other words."""
    for number, name in enumerate(MONTHS, 1):
        if name.startswith(word) or name.replace("sept", "set").startswith(word):
            return number
    return 0


def _what_to_write(said):
    short = _NO_YEAR.fullmatch(said)
    if short and (short[2].isdigit() or _month(short[2])):
        return "le falta el año: escríbela como 15/03/2026."
    return "escríbela como 15/03/2026."


def _day(shown, year, month, day, years):
    first, last = years
    if not first <= year <= last:
        raise NotADate(f"el año {year} queda fuera de {first}–{last}. Revisa el año.")
    if not 1 <= month <= 12:
        turned = f" El día va primero: {month:02}/{day:02}/{year}." if 1 <= day <= 12 < month <= 31 else ""
        raise NotADate(f"{shown} no es una fecha válida: no existe el mes {month}.{turned}")
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise NotADate(f"{shown} no es una fecha válida: no existe; {MONTHS[month - 1]} de {year} tiene {days} días.")
    return date(year, month, day)


# ── As they are written ─────────────────────────────────────────────────────────────────────────────────────────────


def show_date(value: date) -> str:
    """A date as «15 mar 2027», a moment as «15 mar 2027, 10:30»."""
    text = f"{value.day} {SHORT_MONTHS[value.month - 1]} {value.year}"
    return f"{text}, {value:%H:%M}" if isinstance(value, datetime) else text


def long_date(day: date) -> str:
    """A date as «15 de marzo de 2027»."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def weekday_date(day: date) -> str:
    """A date as «Lunes 15 de marzo de 2027»."""
    return f"{WEEKDAYS[day.weekday()].capitalize()} {long_date(day)}"


# ── The calendar ────────────────────────────────────────────────────────────────────────────────────────────────────


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last one of that month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
