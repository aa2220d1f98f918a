"""Numbers as in Mexico: the one reader of what people write, and the writers whose words it reads. Pure."""

import re
import unicodedata
from decimal import Decimal

from .written import plain_signs, says_nothing

LONGEST = 30  # signs of a number; more are a slip of the hand
_AROUND = re.compile(r"(?:mxn|mx)? ?\$? ?([-+]?) ?\$? ?([\d.,' ]*\d\.?) ?(?:mxn|m\.? ?n\.?|pesos)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?|[1-9]\d{0,2}(?: \d{3})+(?:\.\d*)?")
_APOSTROPHES = re.compile(r"(?<=\d)'(?=\d{3}(?:\D|$))")  # 1'500,000
_POINT = re.compile(r"\d+\.?|\d*\.\d+")
_COMMA = re.compile(r"\d*,(?:\d{1,2}|\d{4,})")


class NotANumber(ValueError):
    """What was written is no number; the message says, in Spanish, what to write."""


class TwoReadings(NotANumber):
    """What was written may be one number or another; the message shows both."""


def read_number(text: str, *, percent: bool = False) -> Decimal | None:
    """The number that people wrote; None for nothing. Raises `NotANumber`.

    A comma (or a blank) before groups of exactly three digits parts thousands, another comma is decimal, a point is
    decimal. Signs of money may stand around it, and with `percent` also «%», which changes nothing.
    """
    if says_nothing(text):
        return None
    shown, said = f"«{text.strip()[:40]}»", plain_signs(text)
    if percent:
        said = said.removesuffix("%").rstrip()
    found = _AROUND.fullmatch(said)
    # «5²» and «½» would become other numbers in plain signs.
    if not found or len(said) > LONGEST or any(unicodedata.category(sign) == "No" for sign in text):
        raise NotANumber(f"{shown} no es un número; escríbelo como 45, 1,500 o 4.5.")
    return normal(Decimal(_digits(shown, found[1], found[2].strip())))


def _digits(shown, sign, body):
    """The sign and the digits, with a point where decimals begin."""
    body = _APOSTROPHES.sub(",", body)
    if _THOUSANDS.fullmatch(body):
        return sign + body.replace(",", "").replace(" ", "")
    if _POINT.fullmatch(body):
        return sign + body
    if _COMMA.fullmatch(body):
        return sign + body.replace(",", ".")
    one, other = _reading(",", sign, body), _reading(".", sign, body)
    if one != other:
        raise TwoReadings(f"{shown} puede ser {one} o {other}: escribe {one} o {other}, según lo que sea.")
    raise NotANumber(f"{shown} no se entiende como número: escribe {one} si eso es.")


def _reading(mark, sign, body):
    """How `body` would be written here if its only `mark` began the decimals and all else parted thousands."""
    whole, _, decimals = body.partition(mark) if body.count(mark) == 1 else (body, "", "")
    whole, decimals = (re.sub("[., ']", "", part) for part in (whole, decimals))
    return show_exactly(Decimal(f"{sign}{whole or 0}.{decimals or 0}"))


def normal(number: Decimal | None) -> Decimal | None:
    """One way to keep each number, so that 2 and 2.0 are equal in words too."""
    return None if number is None else Decimal(f"{number.normalize():f}")


# ── As they are written ─────────────────────────────────────────────────────────────────────────────────────────────


def show_number(value: int | float | Decimal) -> str:
    """A number with thousands parted by commas and at most two decimals, as in Mexico."""
    if isinstance(value, int):
        return f"{value:,}"
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def show_exactly(value: int | float | Decimal) -> str:
    """A number with thousands parted by commas and all its decimals."""
    return f"{normal(Decimal(str(value))):,f}"


def typed_number(value: int | float | Decimal) -> str:
    """A number as the control of a form holds it: all its decimals, a point, nothing between thousands."""
    return f"{normal(Decimal(str(value))):f}"
