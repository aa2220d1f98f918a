"""When two texts are the same name, and when they only look alike. Pure.

`same_name` is what uniqueness means: stored beside the name, never shown. `looks_like` finds what people may have meant
and what has to be hidden: it asks, or protects, and never refuses.
"""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

LONGEST_KEY = 200  # characters: what an index of every database takes

# Nobody sees them: formats, variation selectors, fillers, private use, control characters that are no space.
_UNSEEN_CATEGORIES = {"Cf", "Co", "Cs"}
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)


def same_name(text: str) -> str:
    """The one way to write a name: two texts with the same one are the same name.

    Code points, capitals, spaces and marks that nobody sees do not count; accents and ñ do.
    """
    before = None
    while text != before:  # folding capitals may leave code points to be composed once more
        before, text = text, unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", _seen(text)).casefold())
    return " ".join(text.split())


def looks_like(text: str) -> str:
    """The same without accents: coarser than `same_name`."""
    return " ".join(text.translate(_folds).split())


def key_of(text: str) -> str:
    """`same_name` as a column holds it: a digest where it is too long for an index."""
    same = same_name(text)
    return same if len(same) <= LONGEST_KEY else sha256(same.encode()).hexdigest()


def folded_with_places(text: str) -> tuple[str, list[int] | None]:
    """The text letter by letter as `looks_like` reads it, spaces as they are, and where in `text` each letter stands.

    None instead of places when they are the same in both.
    """
    folded = text.translate(_folds)
    if len(folded) == len(text) and all(len(_folds[ord(sign)]) == 1 for sign in set(text)):
        return folded, None
    return folded, [place for place, sign in enumerate(text) for _ in _folds[ord(sign)]]


def numbered(name: str, taken: Iterable[str], limit: int) -> str:
    """`name`, or the first of «name (2)», «name (3)»… whose `key_of` is not `taken`, cut to `limit` characters."""
    taken = set(taken)
    number, given = 1, name
    while key_of(given) in taken:
        number += 1
        end = f" ({number})"
        given = name[: limit - len(end)] + end
    return given


def alike(name: str, known: Iterable[str]) -> str:
    """The first of the `known` names that looks like `name` and is not the same; "" when there is none."""
    wanted, same = looks_like(name), same_name(name)
    return next((one for one in known if looks_like(one) == wanted and same_name(one) != same), "")


def _seen(text):
    """The text without what nobody sees."""
    if text.isascii() and text.isprintable():
        return text
    text = "".join(sign for sign in text if unicodedata.category(sign) not in _UNSEEN_CATEGORIES)
    return _UNSEEN.sub("", text)


class _Folds(dict):
    """Letters as `looks_like` reads them, each worked out once."""

    def __missing__(self, code):
        before, text = None, chr(code)
        while text != before:
            plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _seen(text)).casefold())
            before, text = text, "".join(sign for sign in plain if not unicodedata.combining(sign))
        self[code] = text
        return text


_folds = _Folds()
