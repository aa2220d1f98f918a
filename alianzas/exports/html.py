"""Blocks as HTML: classes only, everything escaped, pictures inside. What is previewed is what is printed."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from alianzas.exports import pictures, svg
from alianzas.exports.blocks import (
    Bullets,
    Callout,
    Cell,
    Column,
    Contents,
    Cover,
    Document,
    Figure,
    Heading,
    Image,
    KeyValues,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Table,
)
from alianzas.exports.errors import UnknownBlock
from alianzas.exports.sheets import figure_sheets, is_short, is_wide
from alianzas.exports.text import breakable, one_line, paragraphs, shortened, show

HEADER_LENGTH = 160  # characters of what stands on top of every page: two lines


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands: its number in the document, and the document itself for what refers to other blocks."""

    document: Document
    number: int
    printing: bool
    spans: dict[int, tuple[int, int]]
    name: str

    def anchor(self, number: int | None = None) -> str:
        return f"{self.name}-{self.number if number is None else number}"


def fragment(
    document: Document, printing: bool = False, spans: dict[int, tuple[int, int]] | None = None, name: str = "doc"
) -> str:
    """The document as one `<article class="doc">`: escaped, without `style`, script or anything loaded from elsewhere.

    `printing` writes table captions in the way that lets WeasyPrint keep them on the page of their table, and puts
    full-page figures with what announces them. `spans` are the first and last page of parts, by the number of their
    heading, where they are known. `name` begins every id: two fragments on one page need two.
    Raises `UnknownBlock` for a block that is not in `blocks`, `DrawingError` for an SVG that cannot be used.
    """
    parts, sheets = [], figure_sheets(document) if printing else {}
    for number, block in enumerate(document.blocks):
        try:
            writer = _WRITERS[type(block)]
        except KeyError:
            raise UnknownBlock(block, "HTML") from None
        written = writer(block, _Place(document, number, printing, spans or {}, name))
        if sheet := sheets.get(number):
            written = _on_sheet(written, number, sheet, is_wide(document.blocks[sheet[-1]]) and not document.bare)
        parts.append(written)
    header = escape("\n".join(running_head(document))).replace("\n", "&#10;")
    names = "doc doc-bare" if document.bare and printing else "doc"
    return (
        f'<article class="{names}" lang="{escape(document.language)}" data-header="{header}">{"".join(parts)}</article>'
    )


def running_head(document: Document) -> list[str]:
    """The lines on top of every page: whose document it is, what it is called, and the letterhead if there is one."""
    lines = (f"{document.brand.organization} · {document.title}", document.brand.letterhead)
    return [shortened(one_line(line), HEADER_LENGTH) for line in lines if line.strip()]


def _on_sheet(written: str, number: int, sheet: range, wide: bool) -> str:
    """What is written of a block, opening or closing the section of its sheet where it is the first or last on it."""
    opening = f'<section class="doc-sheet{" doc-wide" if wide else ""}">' if number == sheet[0] else ""
    return f"{opening}{written}{'</section>' if number == sheet[-1] else ''}"


def page(document: Document, spans: dict[int, tuple[int, int]] | None = None) -> str:
    """A whole HTML document for printing: the fragment with title, language and metadata, no style sheet."""
    metadata = (("author", document.author or document.brand.organization), ("description", document.subject))
    metas = "".join(f'<meta name="{name}" content="{_attribute(value)}">' for name, value in metadata if value)
    return (
        f'<!doctype html><html lang="{escape(document.language)}"><head><meta charset="utf-8">'
        f'<title>{_attribute(document.title)}</title>{metas}<meta name="generator" content="Alianzas"></head>'
        f"<body>{fragment(document, printing=True, spans=spans)}</body></html>"
    )


def percentages(widths: Iterable[float]) -> list[int]:
    """Whole percentages in proportion to the widths, at least 1 each, that add up to 100."""
    widths = list(widths)
    total = sum(widths)
    exact = [max(1.0, 100 * width / total) for width in widths]
    whole = [int(share) for share in exact]
    largest_rest = sorted(range(len(exact)), key=lambda index: exact[index] - whole[index], reverse=True)
    for step in range(max(0, 100 - sum(whole))):
        whole[largest_rest[step % len(whole)]] += 1
    return whole


def announces_next(document: Document, number: int) -> bool:
    """Whether the paragraph or callout at that place is a short introduction to the table, list or drawing after it, or
    the line under a heading that another heading follows."""
    before, following = document.blocks[max(0, number - 1)], document.blocks[number + 1 : number + 2]
    announced = (Table, Bullets, KeyValues, Figure, *([Heading] if isinstance(before, Heading) else ()))
    return is_short(document.blocks[number]) and isinstance(following[0] if following else None, announced)


def _line(text: str) -> str:
    return escape(breakable(one_line(text)))


def _attribute(text: str) -> str:
    return escape(one_line(text))


def _lines(text: str) -> str:
    return escape(breakable(text)).replace("\n", "<br>")


def _paragraphs(text: str, class_name: str) -> str:
    return "".join(f'<p class="{class_name}">{_lines(chr(10).join(lines))}</p>' for lines in paragraphs(text))


def _picture(image: Image, class_name: str, max_px: int = pictures.PHOTO_PX, trim: bool = False) -> str:
    picture = pictures.prepare(image, max_px, trim)
    if picture is None:
        return f'<p class="doc-missing">[{_line(image.alt)}]</p>'
    source = f"data:{picture.mime};base64,{base64.b64encode(picture.data).decode()}"
    return f'<img class="{class_name}" src="{source}" alt="{_attribute(image.alt)}">'


def _cover(cover: Cover, place: _Place) -> str:
    logo = _picture(cover.logo, "doc-cover-logo", pictures.LOGO_PX, trim=True) if cover.logo else ""
    alone = "" if logo else " doc-alone"
    size = " doc-long" if len(cover.title) > 60 else ""
    lines = (
        ("doc-cover-organization", cover.organization),
        ("doc-cover-subtitle", cover.subtitle),
        ("doc-cover-date", cover.date_text),
        ("doc-cover-footer", cover.footer),
    )
    text = {name: f'<p class="{name}">{_line(value)}</p>' if value else "" for name, value in lines}
    return (
        f'<section class="doc-cover"><div class="doc-cover-field">{text["doc-cover-organization"]}'
        f'<div class="doc-cover-words"><h1 class="doc-cover-title{size}">{_line(cover.title)}</h1>'
        f"{text['doc-cover-subtitle']}</div></div>"
        f'<div class="doc-cover-foot">{logo}<div class="doc-cover-facts{alone}">{text["doc-cover-date"]}'
        f"{text['doc-cover-footer']}</div></div></section>"
    )


def _contents(contents: Contents, place: _Place) -> str:
    items = "".join(
        f'<li class="doc-toc-{block.level}"><a href="#{place.anchor(number)}">{_line(block.text)}</a>'
        f"{_span(place.spans.get(number)) if contents.parts and block.level == 1 and place.printing else ''}</li>"
        for number, block in enumerate(place.document.blocks)
        if isinstance(block, Heading) and block.level <= contents.depth
    )
    listing = f'<ol class="doc-toc">{items}</ol>' if items else ""
    return f'<nav class="doc-contents"><h1 class="doc-h1">{_line(contents.title)}</h1>{listing}</nav>'


def _span(pages: tuple[int, int] | None) -> str:
    """Where a part is; while that is not known, a line as high."""
    first, last = pages or (0, 0)
    said = f"{last - first + 1} páginas: de la {first} a la {last}" if last > first else f"1 página: la {first}"
    return f'<p class="doc-toc-pages">{said}</p>'


def _heading(heading: Heading, place: _Place) -> str:
    start = " doc-new-page" if heading.page_break else ""
    tag = f"h{heading.level}"
    return f'<{tag} class="doc-{tag}{start}" id="{place.anchor()}">{_line(heading.text)}</{tag}>'


def _paragraph(paragraph: Paragraph, place: _Place) -> str:
    name = "doc-p" if paragraph.style == "normal" else f"doc-p doc-{paragraph.style}"
    if announces_next(place.document, place.number):
        name += " doc-keep"
    return _paragraphs(paragraph.text, name)


def _bullets(bullets: Bullets, place: _Place) -> str:
    tag = "ol" if bullets.numbered else "ul"
    items = "".join(f"<li>{_lines(show(item))}</li>" for item in bullets.items)
    return f'<{tag} class="doc-list">{items}</{tag}>' if items else ""


def _cell(value: Cell) -> str:
    if isinstance(value, tuple):
        items = "".join(f"<li>{_line(item)}</li>" for item in value)
        return f'<ul class="doc-cell-list">{items}</ul>' if items else ""
    return _lines(show(value))


def _key_values(block: KeyValues, place: _Place) -> str:
    rows = "".join(
        f'<tr><th scope="row">{_line(label)}</th><td>{_cell(value)}</td></tr>' for label, value in block.pairs
    )
    return f'<table class="doc-facts"><tbody>{rows}</tbody></table>' if rows else ""


def _table(table: Table, place: _Place) -> str:
    columns = [table.columns[index] for index in table.visible]
    cols = "".join(f'<col width="{share}%">' for share in percentages(column.width for column in columns))
    heads = "".join(f'<th scope="col"{_align(column)}>{_line(column.title)}</th>' for column in columns)
    # No lonely row at the foot of a page or at the head of the next.
    tied = {1, len(table.rows) - 1}
    rows = "".join(_row(row, table, number in tied) for number, row in enumerate(table.rows))
    if not rows:
        rows = f'<tr><td colspan="{len(columns)}" class="doc-empty">Sin registros todavía</td></tr>'
    caption = f"<caption>{_line(table.caption)}</caption>" if table.caption and not place.printing else ""
    whole = (
        f'<table class="doc-table">{caption}<colgroup>{cols}</colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
    if not place.printing:
        # On a narrow screen the table scrolls inside its own frame, which the keyboard can reach.
        name = _line(table.caption or "Tabla")
        return f'<div class="doc-scroll" role="group" aria-label="{name}" tabindex="0">{whole}</div>'
    if table.caption:
        heading = f'<figcaption class="doc-caption doc-keep">{_line(table.caption)}</figcaption>'
        whole = f'<figure class="doc-captioned">{heading}{whole}</figure>'
    return whole


def _row(row: Row, table: Table, tied: bool) -> str:
    cells = [(table.columns[index], row.cells[index]) for index in table.visible]
    if row.header:
        text = " · ".join(filter(None, (one_line(show(value)) for _, value in cells)))
        return f'<tr class="doc-group"><th scope="row" colspan="{len(cells)}">{escape(text)}</th></tr>'
    parts = [
        f'<th scope="row"{_align(column)}>{_cell(value)}</th>'
        if column.row_header
        else f"<td{_align(column)}>{_cell(value)}</td>"
        for column, value in cells
    ]
    return f'<tr class="doc-tied">{"".join(parts)}</tr>' if tied else f"<tr>{''.join(parts)}</tr>"


def _align(column: Column) -> str:
    return "" if column.align == "left" else f' class="doc-{column.align}"'


def _figure(figure: Figure, place: _Place) -> str:
    shape = ""
    if figure.full_page:
        shape = " doc-full-page doc-wide" if is_wide(figure) and not place.document.bare else " doc-full-page"
    caption = f"<figcaption>{_line(figure.caption)}</figcaption>" if figure.caption else ""
    drawing = svg.inline(figure, f"{place.anchor()}-")
    return f'<figure class="doc-figure{shape}">{drawing}{caption}</figure>'


def _photo_grid(grid: PhotoGrid, place: _Place) -> str:
    """Two photos a row; with an odd number the first one is wide."""
    photos = list(grid.photos)
    rows = [[photos.pop(0)]] if len(photos) % 2 else []
    rows += [photos[start : start + 2] for start in range(0, len(photos), 2)]
    return "".join(
        f'<div class="doc-photos{"" if len(row) == 2 else " doc-photo-wide"}">{"".join(map(_photo, row))}</div>'
        for row in rows
    )


def _photo(photo: Photo) -> str:
    caption = f"<figcaption>{_line(photo.caption)}</figcaption>" if photo.caption else ""
    return f'<figure class="doc-photo">{_picture(photo, "doc-photo-image")}{caption}</figure>'


def _image(image: Image, place: _Place) -> str:
    return f'<figure class="doc-figure">{_picture(image, "doc-image")}</figure>'


def _callout(callout: Callout, place: _Place) -> str:
    title = f'<p class="doc-callout-title">{_line(callout.title)}</p>' if callout.title else ""
    keep = " doc-keep" if announces_next(place.document, place.number) else ""
    return f'<aside class="doc-callout{keep}">{title}{_paragraphs(callout.text, "doc-p")}</aside>'


_WRITERS = {
    Cover: _cover,
    Contents: _contents,
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    KeyValues: _key_values,
    Table: _table,
    Figure: _figure,
    PhotoGrid: _photo_grid,
    Image: _image,
    Photo: _image,
    Callout: _callout,
}
