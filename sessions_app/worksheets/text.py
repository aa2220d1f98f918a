"""Plain text as it is kept: no control characters, one kind of line break, no blanks around."""

import re

from alianzas.bullets import without_bullet, without_private_letters
from alianzas.fields import LONG, MEDIUM, SHORT

NOTE = 2000  # characters of a note: two of them can still become one
# NUL and lone surrogates cannot be stored; the other control characters break documents.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Invalid(ValueError):
    """A value that cannot be kept; the message tells people what happened and what to do."""


def words(raw, limit: int, what: str = "El texto") -> str:
    """`raw` as text of at most `limit` characters; missing is the empty text."""
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise Invalid(f"{what} no llegó como texto. Recarga la página y escríbelo de nuevo.")
    kept = without_private_letters(_UNWRITABLE.sub("", raw.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    if len(kept) > limit:
        raise Invalid(f"{what} tiene {len(kept):,} caracteres y caben {limit:,}. Acórtalo o divídelo.")
    return kept


def line(raw, limit: int = SHORT, what: str = "El texto") -> str:
    """Like `words`, on one line."""
    return " ".join(words(raw, limit, what).split())


def line_item(raw, limit: int = SHORT, what: str = "El texto") -> str:
    """Like `line`, without the bullet before it."""
    return line(_unmarked(raw), limit, what)


def noted(raw, limit: int = NOTE, what: str = "La nota") -> str:
    """Like `words`, without the bullet before it."""
    return words(_unmarked(raw), limit, what)


def _unmarked(raw):
    return without_bullet(raw) if isinstance(raw, str) else raw


__all__ = ["LONG", "MEDIUM", "NOTE", "SHORT", "Invalid", "line", "line_item", "noted", "words"]
