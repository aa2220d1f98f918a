"""What people write before it is read as a date, a number or a choice: plain signs, and how nothing is said. Pure."""

import re
import unicodedata

from .names import looks_like

# Without accents and capitals, as `looks_like` leaves them. A column of free words takes them as words.
NOTHING = frozenset(
    {
        *("n/a", "n/d", "na", "nd", "s/d", "s/f", "sd", "sf", "no aplica", "no disponible", "no hay"),
        *("ninguno", "ninguna", "nada", "vacio", "sin definir", "por definir", "fecha por definir"),
        *("sin dato", "sin datos", "sin fecha", "sin fechas", "por acordar", "sin acordar", "sin anotar"),
    }
)
_MARKS = " .·-_"


def plain_signs(text: str) -> str:
    """The text on one line in the signs of a keyboard: digits 0–9, one kind of dash, no marks that cannot be seen."""
    kept = (_plain_sign(sign) for sign in unicodedata.normalize("NFKC", text))
    return " ".join("".join(kept).split())


def _plain_sign(sign):
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind == "Pd" or sign == "−":
        return "-"
    return "" if kind == "Cf" else sign


def says_nothing(text: str) -> bool:
    """Whether a cell, a field or a choice with that text is empty: «N/A», «n. d.», «—», «sin definir»…"""
    said = plain_signs(text)
    if "ñ" in said.casefold():  # «ña» is no «na»
        return False
    word = looks_like(said).strip(_MARKS)
    return not word or word in NOTHING or re.sub("[ .]", "", word) in NOTHING
