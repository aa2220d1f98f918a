"""Plain text as it is kept: no control characters, one kind of line break, no blanks around."""

import re

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
    kept = _UNWRITABLE.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(kept) > limit:
        raise Invalid(f"{what} tiene {len(kept):,} caracteres y caben {limit:,}. Acórtalo o divídelo.")
    return kept


def line(raw, limit: int = SHORT, what: str = "El texto") -> str:
    """Like `words`, on one line."""
    return " ".join(words(raw, limit, what).split())


__all__ = ["LONG", "MEDIUM", "NOTE", "SHORT", "Invalid", "line", "words"]
