"""What a document is made of: frozen blocks that an app declares and every writer understands.

Sequences may be given as lists or generators; they are kept as tuples. Text is plain: an empty line separates
paragraphs, a single line break is kept as such. Nothing here touches a file, a database or the network.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Literal

Cell = str | int | float | date | None | tuple[str, ...]

PAGE_SIZES_MM = {
    "Letter": (215.9, 279.4),
    "Legal": (215.9, 355.6),
    "Tabloid": (279.4, 431.8),
    "A4": (210.0, 297.0),
    "A3": (297.0, 420.0),
    "Poster": (600.0, 900.0),
    "LargePoster": (900.0, 1200.0),
    "FourTabloid": (558.8, 863.6),
}
PICTURE_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)


def _keep_tuple(block: object, *names: str) -> None:
    for name in names:
        value = getattr(block, name)
        if isinstance(value, str) or not isinstance(value, Iterable):
            raise TypeError(f"{type(block).__name__}.{name} must be a sequence, not {type(value).__name__}")
        object.__setattr__(block, name, tuple(value))


def _check_cell(value: object) -> Cell:
    """The cell as it is kept: lists become tuples of text; anything unknown raises `TypeError`."""
    if isinstance(value, list | tuple):
        if not all(isinstance(item, str) for item in value):
            raise TypeError("A list inside a cell holds text only")
        return tuple(value)
    if value is None or isinstance(value, str | int | float | date):
        return value
    raise TypeError(f"A cell cannot hold {type(value).__name__}")


@dataclass(frozen=True, slots=True)
class Image:
    """A raster picture as bytes; `alt` says in words what it shows."""

    data: bytes
    mime: str
    alt: str

    def __post_init__(self):
        _require(self.mime in PICTURE_TYPES, f"Unknown picture type {self.mime!r}")
        _require(bool(self.alt.strip()), "A picture needs an alternative text")


@dataclass(frozen=True, slots=True)
class Photo(Image):
    """A photo of a grid; the caption is printed under it."""

    caption: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page, in the organisation's colours."""

    title: str
    subtitle: str = ""
    organization: str = ""
    logo: Image | None = None
    date_text: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: headings down to level `depth`.

    With `parts` it says on which pages each heading of level 1 is and how many they are, so that one can be printed
    alone (PDF only).
    """

    title: str = "Contenido"
    depth: int = 2
    parts: bool = False

    def __post_init__(self):
        _require(1 <= self.depth <= 4, "The contents list heading levels 1 to 4")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; in Excel each one of level 1 starts a sheet.

    One with `page_break` that announces a full-page figure stands on the page of that figure.
    """

    level: int
    text: str
    page_break: bool = False

    def __post_init__(self):
        _require(self.level in (1, 2, 3, 4), f"Heading level {self.level!r} is not 1 to 4")


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    style: Literal["normal", "lead", "note"] = "normal"

    def __post_init__(self):
        _require(self.style in ("normal", "lead", "note"), f"Unknown paragraph style {self.style!r}")


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]
    numbered: bool = False

    def __post_init__(self):
        _keep_tuple(self, "items")


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Pairs of label and value, such as the data of an ally."""

    pairs: tuple[tuple[str, Cell], ...]

    def __post_init__(self):
        _keep_tuple(self, "pairs")
        object.__setattr__(self, "pairs", tuple((label, _check_cell(value)) for label, value in self.pairs))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `width` is relative to the others; a hidden one appears only in Excel, hidden there too, and a
    `sheet_only` one only there, seen.

    `row_header` marks the column that names each row (for screen readers). `choices` is a closed list, which Excel
    offers as a drop-down. What is in an `is_code` column stays text there, whatever is typed: 1.10 is not 1.1.
    """

    key: str
    title: str
    width: float = 1
    hidden: bool = False
    align: Literal["left", "center", "right"] = "left"
    row_header: bool = False
    choices: tuple[str, ...] = ()
    sheet_only: bool = False
    is_code: bool = False

    def __post_init__(self):
        _keep_tuple(self, "choices")
        written = ",".join(self.choices)
        fits = len(written) <= 255 and written.count(",") < max(1, len(self.choices)) and '"' not in written
        _require(fits, f"Excel cannot offer the choices of column {self.key!r}")
        _require(self.width > 0, f"Column {self.key!r} needs a positive width")
        _require(self.align in ("left", "center", "right"), f"Unknown alignment {self.align!r}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `header=True` makes it a heading inside the table (its first text spans the whole width)."""

    key: str
    cells: tuple[Cell, ...]
    header: bool = False

    def __post_init__(self):
        _keep_tuple(self, "cells")
        object.__setattr__(self, "cells", tuple(_check_cell(cell) for cell in self.cells))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with stable keys; `sheet` gives it an Excel sheet of its own with that name."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    sheet: str = ""

    def __post_init__(self):
        _keep_tuple(self, "columns", "rows")
        _require(bool(self.visible), f"Table {self.key!r} has no visible column")
        keys = [column.key for column in self.columns]
        _require(len(set(keys)) == len(keys), f"Table {self.key!r} repeats a column key")
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f"Row {row.key!r} of table {self.key!r} has {len(row.cells)} cells, not {len(self.columns)}"
                )

    @property
    def visible(self) -> tuple[int, ...]:
        """The indexes of the columns that people see in every format."""
        return tuple(index for index, one in enumerate(self.columns) if not (one.hidden or one.sheet_only))


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG with presentation attributes only; `title` is its alternative text.

    `main` marks the one that stands for a document with several where it is exported as a picture.
    """

    svg: str
    title: str
    caption: str = ""
    full_page: bool = False
    main: bool = False

    def __post_init__(self):
        _require(bool(self.title.strip()), "A figure needs a title: it is its alternative text")


@dataclass(frozen=True, slots=True)
class PhotoGrid:
    photos: tuple[Photo, ...]

    def __post_init__(self):
        _keep_tuple(self, "photos")


@dataclass(frozen=True, slots=True)
class Callout:
    """A few lines set apart: a key message, an agreement, a warning."""

    title: str
    text: str


Block = Cover | Contents | Heading | Paragraph | Bullets | KeyValues | Table | Figure | PhotoGrid | Image | Callout


COVERS = ("anillos", "tejido", "papel")


@dataclass(frozen=True, slots=True)
class Brand:
    """An organisation's image: two colours as `#rrggbb`, two typefaces, a style of cover and what its paper says."""

    organization: str
    primary: str = "#1f5c57"
    accent: str = "#d9822b"
    heading_font: str = "Source Serif 4"
    body_font: str = "Source Sans 3"
    cover: str = COVERS[0]
    letterhead: str = ""

    def __post_init__(self):
        _require(self.cover in COVERS, f"Unknown style of cover {self.cover!r}")
        for name in ("primary", "accent"):
            _require(bool(_COLOUR.fullmatch(getattr(self, name))), f"Brand.{name} must look like #1f5c57")
        for name in ("heading_font", "body_font"):
            _require(bool(re.fullmatch(r"[\w .-]{1,60}", getattr(self, name))), f"Brand.{name} is not a name")


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: its blocks, and what holds for all its pages.

    A `bare` one is for the wall: thin margins, nothing on its pages but the blocks, `ground` as the colour of the
    whole sheet (PDF only).
    """

    title: str
    brand: Brand
    blocks: tuple[Block, ...]
    subject: str = ""
    author: str = ""
    language: str = "es-MX"
    orientation: Literal["portrait", "landscape"] = "portrait"
    page_size: str = "Letter"
    tiles: tuple[int, int] = (1, 1)  # sheets across and down on which each page is printed (PDF only)
    bare: bool = False
    ground: str = "#ffffff"

    def __post_init__(self):
        _keep_tuple(self, "blocks", "tiles")
        _require(len(self.tiles) == 2 and min(self.tiles) >= 1, "tiles are two numbers of sheets")
        _require(bool(self.title.strip()), "A document needs a title")
        _require(self.orientation in ("portrait", "landscape"), f"Unknown orientation {self.orientation!r}")
        _require(self.page_size in PAGE_SIZES_MM, f"Unknown page size {self.page_size!r}")
        _require(bool(_COLOUR.fullmatch(self.ground)), "Document.ground must look like #1f5c57")

    @property
    def page_mm(self) -> tuple[float, float]:
        """Width and height of the page in millimetres, as it is turned."""
        width, height = PAGE_SIZES_MM[self.page_size]
        return (height, width) if self.orientation == "landscape" else (width, height)

    @property
    def bare_mm(self) -> tuple[float, float]:
        """Width and height that a bare page leaves inside its margins."""
        width, height = self.page_mm
        return width - 2 * bare_margin(self.page_mm), height - 2 * bare_margin(self.page_mm)


def bare_margin(page_mm: tuple[float, float]) -> float:
    """The margin of a bare page, in millimetres: what a plotter leaves white, and a little more."""
    return min(page_mm) * 0.025


def digest(document: Document) -> str:
    """SHA-256 (hexadecimal) of everything the document says: equal content, equal digest, in any process."""
    state = hashlib.sha256()
    _feed(state, document)
    return state.hexdigest()


def _feed(state, value: object) -> None:
    """Add a value with its type and length, so that no two different documents write the same bytes."""
    if is_dataclass(value):
        members = [getattr(value, field.name) for field in fields(value)]
        state.update(f"<{type(value).__qualname__}:{len(members)}".encode())
        for member in members:
            _feed(state, member)
    elif isinstance(value, tuple):
        state.update(f"<tuple:{len(value)}".encode())
        for member in value:
            _feed(state, member)
    elif isinstance(value, bytes):
        state.update(f"<bytes:{len(value)}:".encode())
        state.update(value)
    else:
        raw = (value.isoformat() if isinstance(value, date) else str(value)).encode("utf-8", "surrogatepass")
        state.update(f"<{type(value).__name__}:{len(raw)}:".encode())
        state.update(raw)
