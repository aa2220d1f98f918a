"""Text as people typed it, made safe for every writer, and values as people read them in Mexico."""

import re
import unicodedata
from datetime import date

from alianzas.bullets import without_private_letters
from alianzas.dates import show_date
from alianzas.exports.blocks import Cell
from alianzas.numbers import show_number

# XML 1.0 forbids control characters, surrogates and non-characters; the others turn the direction of what follows.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_EMPTY_LINES = re.compile(r"\n(?:[ \t\u00a0]*\n){3,}")
# One letter with thousands of accents, or thousands of joined emoji, is one cluster that no layout engine survives.
_ACCENTS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS = re.compile(f"({_ACCENTS}{{4}}){_ACCENTS}+")
_JOINED = re.compile("(?:[^\\s\u200d]{1,4}\u200d){9,}")
_RUN = re.compile("[^ \n\t\u200b-]{60,}")
_STRETCH = re.compile("[^\u200d]{30}(?![\u200d\u0300-\u036f\ufe0f])")
_BLANK_SIGNS = "\u2800\u3164\uffa0\u115f\u1160"  # letters and signs that nobody can see
_UNSEEN = "[\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f]"
_INVISIBLE = re.compile(f"({_UNSEEN}){_UNSEEN}{{7,}}")


def clean_text(text: str) -> str:
    """The same text without what breaks a document: nothing that can be read is lost.

    Control characters, lone surrogates, direction overrides and private-use letters go, but for Word's bullet, which
    becomes «•»; line ends become a line feed; three or more empty
    lines become one; absurd runs of joined emoji, accents or invisible characters are cut down.
    """
    text = _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))
    if text.isascii():
        return _EMPTY_LINES.sub("\n\n", text)
    text = without_private_letters(unicodedata.normalize("NFC", text))
    text = _JOINED.sub(lambda run: run.group().replace("\u200d", ""), text)
    text = _MARKS.sub(r"\1", text)
    text = _INVISIBLE.sub(r"\1", text)
    return _EMPTY_LINES.sub("\n\n", text)


def breakable(text: str) -> str:
    """Text with an invisible place to break a line in every run too long for one: without it layout takes minutes."""
    return _RUN.sub(lambda run: _STRETCH.sub("\\g<0>\u200b", run.group()), text)


def one_line(text: str) -> str:
    """Clean text on a single line, for titles, headings and headers."""
    return " ".join(clean_text(text).split())


def is_seen(text: str) -> bool:
    """Whether there is anything in it to read: not blanks, marks or letters that nobody sees alone."""
    return any(unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANK_SIGNS for sign in text)


def shortened(text: str, length: int) -> str:
    """Text on one line with at most that many characters, cut between words."""
    line = one_line(text)
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0].rstrip(" ,.;:·") + "…"


def paragraphs(text: str) -> list[list[str]]:
    """Clean text as paragraphs (parted by empty lines), each a list of its lines; never empty."""
    parts = re.split(r"\n[ \t\u00a0]*\n\s*", clean_text(text).strip())
    return [[line.strip() for line in part.split("\n")] for part in parts]


def show(value: Cell) -> str:
    """A cell's value as text; a list becomes one line per item."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_text(value).strip()
    if isinstance(value, tuple):
        return "\n".join(one_line(item) for item in value)
    if isinstance(value, bool):
        return "Sí" if value else "No"
    if isinstance(value, date):
        return show_date(value)
    return show_number(value)
