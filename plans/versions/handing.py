"""Which file of an issued version is handed to whom: the very one that was issued, or the same Plan masked as of today.

An issued file never changes, but what may be read of it does: a name can be protected after it was issued.
"""

import re
import zipfile
from html import unescape
from io import BytesIO

from alianzas.exports import base
from alianzas.exports.blocks import Document
from alianzas.names import looks_like
from plans.models import PlanSource, PlanVersion
from sysmap.veil import Veil

from . import sources
from .services import content_of

MASKED = "con nombres protegidos después"
_PARAGRAPH, _RUN = re.compile(rb"<w:p[ >].*?</w:p>", re.DOTALL), re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>")


class NotToBeRead(Exception):
    """The file says names that were protected since, and there are no data of it that could be masked."""


def source_of(version: PlanVersion) -> dict | None:
    """What its documents are made of; None for those that were issued before that was kept. One query."""
    found = PlanSource.objects.filter(version=version).first()
    return found.data if found else None


def latest() -> tuple[PlanVersion | None, dict | None]:
    """The last issued version in scope, and what its documents are made of, where that was kept. Two queries."""
    version = PlanVersion.objects.defer("facts").first()
    return version, source_of(version) if version else None


def tells_too_much(version: PlanVersion, source: dict | None, now: sources.Today) -> bool:
    """Whether its files say what was protected, or left every list of people, after they were made."""
    return sources.tells_too_much(source, now) if source else _words_tell(version, now)


def _words_tell(version, now):
    """The same of an older version, from its facts and the words of its Word file."""
    hide = Veil(now.protected)
    said = [*_texts(version.facts), *_words_of(version)]
    names = (line.split(" – ")[0] for line in version.facts.get("participants", []) if " – " in line)
    return any(hide(text) != text for text in said) or any(looks_like(name) not in now.people for name in names)


def _texts(facts):
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, dict | list):
        for item in facts.values() if isinstance(facts, dict) else facts:
            yield from _texts(item)


def _words_of(version):
    """The paragraphs of its Word file."""
    file = next(one for one in version.files.all() if one.format == "docx")
    with zipfile.ZipFile(BytesIO(content_of(file))) as book:
        written = book.read("word/document.xml")
    for paragraph in _PARAGRAPH.findall(written):
        yield unescape(b"".join(_RUN.findall(paragraph)).decode())


def masked(version: PlanVersion, source: dict, now: sources.Today) -> Document:
    """The Plan of a version as members of the organisation may have it today; its pages say so."""
    return sources.for_readers(source, f"{version.stamp} · {MASKED}", now)


def file_for(file, *, facilitates: bool) -> tuple[bytes, bool]:
    """(bytes, whether they are masked) of an issued file for somebody of the organisation.

    Who facilitates has the very one that was issued. NotToBeRead when others may have none; ValidationError and
    RenderError when it cannot be had.
    """
    version, content = file.version, content_of(file)
    if facilitates:
        return content, False
    source, now = source_of(version), sources.today()
    if not tells_too_much(version, source, now):
        return content, False
    if source is None:
        raise NotToBeRead
    content, _ = base.render_cached(masked(version, source, now), file.format)
    return content, True
