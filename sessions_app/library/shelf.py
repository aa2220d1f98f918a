"""What the library lends besides the curriculum, and how its glossary is searched. No Django here."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alianzas.content_loader import Loader
from alianzas.names import looks_like
from sessions_app import curriculum
from sessions_app.curriculum import Concept


@dataclass(frozen=True, kw_only=True)
class Package:
    """A complementary package: for which topic it helps, in which sessions, and what it brings (domain §1.12)."""

    key: str
    title: str
    topic: str
    sessions: tuple[str, ...]
    concepts: tuple[str, ...]

    def problems(self):
        for key in self.sessions:
            if key not in curriculum.SESSION_KEYS:
                yield f'en "sessions", la sesión "{key}" no existe'


@dataclass(frozen=True, kw_only=True)
class Consideration:
    """One of the four things to mind when setting up an alliance, with the question to ask oneself (domain §1.13)."""

    key: str
    title: str
    text: str
    question: str


def load(folder: Path = curriculum.CONTENT) -> tuple[tuple[Package, ...], tuple[Consideration, ...]]:
    """Read both files afresh. Raises ContentError with every problem found."""
    loader = Loader()
    packages = loader.entries(folder / "paquetes.toml", Package, "packages")
    considerations = loader.entries(folder / "consideraciones.toml", Consideration, "considerations")
    loader.finish()
    return packages, considerations


@cache
def _current():
    return load()


def packages() -> tuple[Package, ...]:
    return _current()[0]


def considerations() -> tuple[Consideration, ...]:
    return _current()[1]


def search(concepts: Iterable[Concept], query: str) -> list[Concept]:
    """The concepts that say every word of `query`, those whose term says them first; all of them without a query."""
    words = looks_like(query).split()
    found = [concept for concept in concepts if _says(words, concept.term, concept.definition, concept.example)]
    return sorted(found, key=lambda concept: not _says(words, concept.term)) if words else found


def _says(words, *texts):
    whole = looks_like(" ".join(texts))
    return all(word in whole for word in words)
