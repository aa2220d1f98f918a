"""Texts that look alike, each pair with its reason in words. Pure; nothing is ever joined automatically."""

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.fuzz import ratio

from alianzas.names import looks_like
from sysmap.words import listed

VERY_ALIKE, ALIKE = 75, 45  # of 100
TYPING_ERROR = 86
_SMALL_WORDS = (
    "a al algo ante antes aquella aquello bajo cada casi como con contra cual cuando cuyo de del desde donde dos el "
    "ella ellas ellos en entre era es esa ese eso esta este esto estos estas fue ha han hasta hay la las le les lo "
    "los mas me mi mis muy ni no nos nuestra nuestras nuestro nuestros o otra otras otro otros para pero poco por "
    "porque que quien quienes se sea segun ser si sin sino sobre son su sus tambien te tiene tienen toda todas todo "
    "todos tras tu un una unas uno unos y ya"
)
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True)
class Likeness:
    """Two texts by key, how much they share (0 to 100) and the words they share, as the first one writes them."""

    one: Hashable
    other: Hashable
    score: int
    shared: tuple[str, ...]

    @property
    def degree(self):
        return "Muy parecidas" if self.score >= VERY_ALIKE else "Parecidas"

    @property
    def why(self):
        """The reason, as people read it."""
        if not self.shared:
            return f"{self.degree}: se escriben igual."
        return f"{self.degree}: comparten {listed(f'«{word}»' for word in self.shared[:6])}."


@dataclass(frozen=True)
class _Said:
    key: Hashable
    folded: str
    words: dict[str, str]  # root of each word that matters, and the word as it was written


def likenesses(texts: Mapping[Hashable, str], *, may_pair=None, apart: Iterable = ()) -> list[Likeness]:
    """Pairs of `texts` that look alike, the closest first.

    `may_pair(one, other)` says which keys are compared at all; `apart` are pairs that people told apart.
    """
    told_apart, roots = {frozenset(pair) for pair in apart}, _Roots()
    said = [_Said(key, " ".join(looks_like(text).split()), roots.of(text)) for key, text in texts.items()]
    found = [
        likeness
        for one, other in combinations(said, 2)
        if (may_pair is None or may_pair(one.key, other.key))
        and frozenset((one.key, other.key)) not in told_apart
        and (likeness := _compared(one, other))
    ]
    return sorted(found, key=lambda likeness: -likeness.score)


def _compared(one, other):
    if one.folded == other.folded:
        return Likeness(one.key, other.key, 100, tuple(one.words.values())) if one.folded else None
    shared = [word for root, word in one.words.items() if root in other.words]
    shorter, both = min(len(one.words), len(other.words)), len(one.words) + len(other.words)
    if not shared or len(shared) < min(2, shorter):
        return None
    inside = 70 * len(shared) / shorter  # a short text wholly inside a long one is alike, not very alike
    score = round(max(200 * len(shared) / both, inside if len(shared) > 1 else 0))
    return Likeness(one.key, other.key, score, tuple(shared)) if score >= ALIKE else None


class _Roots:
    """Brings the words of all texts to their roots, so that plurals, genders and typing errors are one word."""

    def __init__(self):
        self._known, self._beginning = {}, {}

    def of(self, text):
        found = {}
        for word in re.findall(r"\w+", text):
            if self._matters(plain := looks_like(word)):
                found.setdefault(self._root(plain), word.lower())
        return found

    def _matters(self, word):
        return word not in _SMALL and (len(word) > 2 or word.isdigit())

    def _root(self, word):
        if word not in self._known:
            root = _stem(word)
            alike = self._beginning.setdefault(root[:2], [])
            same = next((one for one in alike if len(root) > 4 and ratio(one, root) >= TYPING_ERROR), None)
            if same is None:
                alike.append(root)
            self._known[word] = same or root
        return self._known[word]


def _stem(word):
    """Without the ending of the plural and then that of the gender."""
    if len(word) > 4:
        word = word.removesuffix("es") if word.endswith("es") and word[-3] not in "aeiou" else word.removesuffix("s")
    return word.rstrip("aoe") if len(word) > 4 else word
