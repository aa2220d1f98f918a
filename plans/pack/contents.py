"""What goes into the pack of an organisation, one document after another, and the index that tells it."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import monotonic

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from alianzas.dates import show_date
from alianzas.exports import base
from alianzas.exports.blocks import Column, Document, Heading, Paragraph, Row, Table
from alianzas.exports.colours import palette
from alianzas.exports.errors import RenderError
from alianzas.identity import brand_of, document_of
from alianzas.tenancy import inside
from plans.models import PlanVersion
from plans.versions.handing import MASKED, NotToBeRead, file_for
from sessions_app.measuring import measure_of

from . import facts
from .shelves import FOLDERS, TITLES, Shelf, in_order

SECONDS = 420  # for the whole pack; each PDF has its own limit besides
INDEX, STYLE = "00-indice", "estilo/indice.css"
SHEET = Path(__file__).parent / "index.css"
FORMATS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "png": "imagen", "svg": "imagen"}
NO_TIME = "No alcanzó el tiempo para prepararlo: descárgalo desde su página."
NOT_MADE = "No se pudo preparar: descárgalo desde su página o inténtalo más tarde."
WITHHELD = "Lleva nombres que se protegieron después: pide que se emita otra versión."
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Packed:
    """A file that is in the pack."""

    path: str
    title: str
    about: str
    kind: str
    day: date

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class Lacking:
    """A document that is not: why, and where it is filled in."""

    title: str
    why: str
    address: str


@dataclass
class Told:
    """What the index tells; it grows while the pack is made."""

    packed: list[Packed] = field(default_factory=list)
    lacking: list[Lacking] = field(default_factory=list)


def entries(
    org,
    where: Callable[[str, tuple], str],
    *,
    can_edit: bool,
    can_facilitate: bool = False,
    seconds=SECONDS,
    render=base.render_cached,
) -> Iterator:
    """(path, content) of every document that has data, and the index last.

    `where` gives the address of a page; what is for editors only needs `can_edit`; an issued Plan that says names
    protected since is masked, unless `can_facilitate`. `render` makes a file of a document and a format. A document
    that cannot be made is named in the index; so is what there is no time for.
    """
    end, told, numbers = monotonic() + seconds, Told(), {}
    with inside(org):
        there, today = facts.found(), timezone.localdate()
    for shelf in in_order(base.load_catalogue()):
        deliverable = base.get(shelf.key)
        if deliverable.editors_only and not can_edit:
            continue
        if shelf.needs and shelf.needs not in there:
            told.lacking.append(Lacking(deliverable.title, "Todavía no tiene datos.", _address(where, org, shelf)))
            continue
        for fmt in shelf.formats or deliverable.formats:
            content, problem = (None, NO_TIME) if monotonic() > end else _made(org, deliverable, fmt, render)
            if problem:
                title = f"{deliverable.title} ({_format(fmt)})"
                told.lacking.append(Lacking(title, problem, _address(where, org, shelf)))
                continue
            said = (shelf.title or deliverable.title, shelf.about)
            yield _keep(told, numbers, shelf.folder, said, fmt, content, today)
    yield from _issued(org, told, numbers, where, can_facilitate)
    yield from _index(org, told, today, render)


def _made(org, deliverable, fmt, render):
    try:
        with inside(org):
            content, _ = render(deliverable.document(org, fmt), fmt)
    except Exception:  # whatever is wrong with one document, the others are still wanted
        log.exception("The pack of %s goes without %s.%s", org.slug, deliverable.key, fmt)
        return None, NOT_MADE
    return content, ""


def _format(fmt):
    return FORMATS.get(fmt, fmt.upper())


def _keep(told, numbers, place, said, fmt, content, day):
    title, about = said
    folder = FOLDERS[place]
    known = numbers.setdefault(folder, {})
    number = known.setdefault(title, len(known) + 1)
    path = f"{folder}/{number:02}-{slugify(title)[:70].strip('-')}.{fmt}"
    told.packed.append(Packed(path, title, about, _format(fmt), day))
    return path, content


def _issued(org, told, numbers, where, can_facilitate):
    """The files of the last issued version of the Plan, the very ones that were issued or masked as of today."""
    with inside(org):
        version = PlanVersion.objects.defer("facts").prefetch_related("files").first()
        files = list(version.files.all()) if version else []
        issued_on = timezone.localdate(version.issued_at) if version else None
    for file in files:
        title = f"Plan de Alianzas Estratégicas, versión {version.number} emitida"
        try:
            with inside(org):
                content, is_masked = file_for(file, facilitates=can_facilitate)
        except (ValidationError, RenderError, NotToBeRead) as error:
            why = WITHHELD if isinstance(error, NotToBeRead) else getattr(error, "message", NOT_MADE)
            address = where("plan-versiones", (org.slug,))
            told.lacking.append(Lacking(f"{title} ({_format(file.format)})", why, address))
            continue
        said = (title, "El Plan que se emitió" + (f", {MASKED}." if is_masked else ", sin cambios desde entonces."))
        yield _keep(told, numbers, "cierre", said, file.format, content, issued_on)


def _address(where, org, shelf: Shelf):
    return where(shelf.url_name, (org.slug, *shelf.args)) if shelf.url_name else where("camino", (org.slug,))


# ── The index ───────────────────────────────────────────────────────────────────────────────────────────────────────

PACKED_COLUMNS = (
    Column("title", "Documento", 4, row_header=True),
    Column("about", "Qué es", 4),
    Column("files", "Archivos", 5),
    Column("day", "Al día", 2),
)
LACKING_COLUMNS = (
    Column("title", "Documento", 4, row_header=True),
    Column("why", "Por qué no está", 4),
    Column("address", "Dónde se completa", 5),
)
LEFT_OUT = "Los carteles y los kits de sala no van aquí: se descargan desde la página de cada sesión."


def _index(org, told, today, render):
    with inside(org):
        percent = measure_of(org).percent
    try:
        content, _ = render(index_document(org, told, today, percent), "pdf")
        yield f"{INDEX}.pdf", content
    except Exception:
        log.exception("The pack of %s goes without its index in PDF", org.slug)
    context = {"org": org, "told": told, "today": today, "folders": by_folder(told), "left_out": LEFT_OUT}
    context["percent"] = percent
    yield f"{INDEX}.html", render_to_string("plans/pack/index.html", context | {"style": STYLE}).encode()
    colours = "; ".join(f"--{name}: {value}" for name, value in palette(brand_of(org)).items())
    yield STYLE, f":root {{ {colours} }}\n{SHEET.read_text('utf-8')}".encode()


def by_folder(told) -> list[tuple[str, list[list[Packed]]]]:
    """(title of the folder, its documents), each document with its files."""
    found = {}
    for one in told.packed:
        found.setdefault(TITLES[one.folder], {}).setdefault(one.title, []).append(one)
    return [(title, list(documents.values())) for title, documents in found.items()]


def index_document(org, told: Told, today: date, percent: int) -> Document:
    """What is in the pack, folder by folder, and what is missing."""
    blocks = [
        Heading(1, f"Documentos de {org.name}"),
        Paragraph(f"Como estaban el {show_date(today)}, con {percent} % del camino recorrido. {LEFT_OUT}", "note"),
    ]
    for title, documents in by_folder(told):
        blocks.append(Heading(2, title))
        rows = []
        for files in documents:
            names = tuple(one.path.rpartition("/")[2] for one in files)
            rows.append(Row(names[0], (files[0].title, files[0].about, names, files[0].day)))
        blocks.append(Table(slugify(title), PACKED_COLUMNS, tuple(rows)))
    if told.lacking:
        blocks.append(Heading(1, "Lo que falta, y dónde se completa"))
        rows = tuple(Row(f"{number}", (one.title, one.why, one.address)) for number, one in enumerate(told.lacking, 1))
        blocks.append(Table("lo-que-falta", LACKING_COLUMNS, rows))
    return document_of(org, "Índice de documentos", blocks)
