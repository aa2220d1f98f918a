"""What an organisation can take with it: the catalogue of deliverables, and the one way to render any of them."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from django.core.cache import caches
from django.core.cache.backends.base import InvalidCacheBackendError
from django.utils.module_loading import autodiscover_modules
from django.utils.text import slugify

from alianzas.commitments.hooks import veil
from alianzas.exports.blocks import Document, digest
from alianzas.exports.errors import UnknownFormat
from alianzas.veiling import NO_WORDS, veiled

MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
    "html": "text/html; charset=utf-8",
}
NAME_LENGTH = 60
NOT_READ = NO_WORDS | {"brand", "language", "orientation", "page_size"}
_LIBRARIES = ("weasyprint", "fonttools", "python-docx", "openpyxl", "pypdfium2", "pillow")


@dataclass(frozen=True, slots=True)
class Deliverable:
    """A document that an app offers: `build(org)` gives its `Document`; `formats` are keys of `MIME`.

    `build_full`, where there is one, gives it with the real names that `build` hides. `comes_back` are the formats that
    people edit and upload again: their words stay as they are, or every row would look changed. One that is
    `editors_only` is not handed to those who only read.
    """

    key: str
    title: str
    formats: tuple[str, ...]
    build: Callable[[object], Document]
    build_full: Callable[[object], Document] | None = None
    comes_back: tuple[str, ...] = ()
    editors_only: bool = False

    def __post_init__(self):
        if slugify(self.key) != self.key:
            raise ValueError(f"The key of a deliverable goes into its address: {self.key!r} cannot")
        for fmt in self.formats:
            if fmt not in MIME:
                raise UnknownFormat(f"No hay formato «{fmt}».")

    def document(self, org, fmt: str, **which) -> Document:
        """What is handed over: names that must not be read outside are hidden wherever people wrote them.

        `which` goes to `build`, where that takes more than the organisation.
        """
        document = self.build(org, **which)
        return document if fmt in self.comes_back else veiled(document, veil(), NOT_READ)

    def require(self, fmt: str) -> None:
        """Raise `UnknownFormat` unless the deliverable is offered in that format."""
        if fmt not in self.formats:
            raise UnknownFormat(f"«{self.title}» no se entrega en formato «{fmt}», sino en {', '.join(self.formats)}.")


CATALOGUE: dict[str, Deliverable] = {}


def register(deliverable: Deliverable) -> Deliverable:
    """Add a deliverable to the catalogue; a key that is already there raises `ValueError`."""
    if deliverable.key in CATALOGUE:
        raise ValueError(f"Two deliverables share the key {deliverable.key!r}")
    CATALOGUE[deliverable.key] = deliverable
    return deliverable


def load_catalogue() -> dict[str, Deliverable]:
    """The catalogue, with the `deliverables` module of every installed app in it."""
    _discover()
    return CATALOGUE


def get(key: str) -> Deliverable:
    """The deliverable with that key; `KeyError` when there is none."""
    return load_catalogue()[key]


def render(document: Document, fmt: str) -> bytes:
    """The document in a format. Raises `UnknownFormat`, `UnknownBlock`, `DrawingError` or `RenderError`."""
    if fmt not in MIME:
        raise UnknownFormat(f"No hay formato «{fmt}».")
    if fmt == "html":
        return import_module("alianzas.exports.html").fragment(document).encode()
    return import_module(f"alianzas.exports.{fmt}").write(document)


def render_cached(document: Document, fmt: str) -> tuple[bytes, str]:
    """The document in a format and its etag; what was rendered before is taken from the cache `exports`.

    Two threads that want the same document at once render it once.
    """
    tag = etag(document, fmt)
    store, key = _store(), f"exports:{tag}"
    content = store.get(key)
    if content is None:
        with _LOCKS[int(tag[:4], 16) % len(_LOCKS)]:
            content = store.get(key)
            if content is None:
                content = render(document, fmt)
                store.set(key, content)
    return content, tag


def etag(document: Document, fmt: str) -> str:
    """What names the rendered document: equal content, format and writers give the same; nothing is rendered."""
    return hashlib.sha256(f"{writer_version()}:{fmt}:{digest(document)}".encode()).hexdigest()[:40]


def filename(org_slug: str, key: str, fmt: str, about: str = "") -> str:
    """A name that every system takes, such as `tejiendo-barrios_plan-de-alianzas.pdf`.

    `about` is whom the document is about, such as an ally: `tejiendo-barrios_mou_radio-del-barrio.docx`.
    """
    if fmt not in MIME:
        raise UnknownFormat(f"No hay formato «{fmt}».")
    organization = slugify(org_slug)[:NAME_LENGTH].strip("-_") or "organizacion"
    whom = slugify(about)[:NAME_LENGTH].strip("-_")
    return "_".join(filter(None, (organization, slugify(key)[:NAME_LENGTH], whom))) + f".{fmt}"


@cache
def writer_version() -> str:
    """Changes with the code of the writers, their style sheets and their libraries: then nothing cached is used."""
    state = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted([*folder.glob("*.py"), *folder.glob("css/*.css")]):
        state.update(path.name.encode() + path.read_bytes())
    state.update(" ".join(version(name) for name in _LIBRARIES).encode())
    return state.hexdigest()[:16]


_LOCKS = tuple(threading.Lock() for _ in range(16))


@cache
def _discover() -> None:
    autodiscover_modules("deliverables")


def _store():
    try:
        return caches["exports"]
    except InvalidCacheBackendError:
        return caches["default"]
