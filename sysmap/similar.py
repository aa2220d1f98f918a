"""Names that may mean the same actor, each suggestion with its reason. Pure; nobody is merged automatically."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.fuzz import token_sort_ratio

from alianzas.names import looks_like

ALIKE = 88  # of 100: a typing error or a plural, not another word
_SMALL = {"de", "del", "la", "las", "el", "los", "y", "e", "para", "en", "a", "ac", "sc", "iap"}


@dataclass(frozen=True)
class Suggestion:
    """Two names (by key) and why they look alike."""

    one: str
    other: str
    why: str


@dataclass(frozen=True)
class _Name:
    key: str
    folded: str
    words: tuple[str, ...]
    initials: str
    acronyms: frozenset[str]


def suggestions(names: Mapping[str, str], told_apart: Iterable[tuple[str, str]] = ()) -> list[Suggestion]:
    """Pairs of `names` (key to name) that may be one actor, in the order of `names`, without those told apart."""
    apart = {frozenset(pair) for pair in told_apart}
    parsed = [_parsed(key, name) for key, name in names.items()]
    return [
        Suggestion(one.key, other.key, why)
        for one, other in combinations(parsed, 2)
        if (why := _why(one, other)) and frozenset((one.key, other.key)) not in apart
    ]


def _parsed(key, name):
    name = re.sub(r" \(\d{1,3}\)$", "", name)  # «SEP (2)» was called SEP, too
    name = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", name)  # «S.E.P.» is one word
    words = tuple(word for word in re.findall(r"\w+", looks_like(name)) if word not in _SMALL)
    acronyms = {found.casefold() for found in re.findall(r"\b[A-ZÑ]{2,8}\b", name)}
    if len(words) > 1:  # «ONG Semillas» is not called ONG: only «(SEP)» beside a name, or a name that is one acronym
        acronyms &= {found.casefold() for found in re.findall(r"\(([A-ZÑ]{2,8})\)", name)}
    return _Name(key, looks_like(name), words, "".join(word[0] for word in words), frozenset(acronyms))


def _why(one, other):
    if one.folded == other.folded or (one.words and one.words == other.words):
        return "se escriben igual"
    if _stands_for(one, other) or _stands_for(other, one) or one.acronyms & other.acronyms:
        return "una puede ser las siglas de la otra"
    if token_sort_ratio(one.folded, other.folded) >= ALIKE:
        return "se escriben casi igual"
    if _shortens(one.words, other.words) or _shortens(other.words, one.words):
        return "una puede ser la abreviatura de la otra"
    return ""


def _stands_for(one, other):
    """Whether an acronym of `one` has the initials of `other`, which may have left out its last word."""
    least = max(2, len(other.words))
    return any(
        len(other.words) > 1 and acronym.startswith(other.initials) and len(acronym) - len(other.initials) <= 1
        for acronym in one.acronyms
        if len(acronym) >= least
    )


def _shortens(short, long):
    """Whether every word begins the word in its place («Sec. de Educación», «Secretaría de Educación Pública»)."""
    if not 1 < len(short) <= len(long) or short == long:
        return False
    pairs = list(zip(short, long, strict=False))
    return all(len(a) > 1 and b.startswith(a) for a, b in pairs)
