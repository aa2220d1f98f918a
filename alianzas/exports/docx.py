"""Word: the same blocks with built-in styles, real tables, fields and alternative texts, in the brand's image."""

import io
from datetime import UTC, datetime

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH

from alianzas.exports import docx_parts as parts
from alianzas.exports import png
from alianzas.exports.blocks import (
    Bullets,
    Callout,
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
    Table,
)
from alianzas.exports.colours import palette
from alianzas.exports.cover import FIELD, cover_art
from alianzas.exports.docx_pages import Writing, end_page, put_letterhead, set_size, turn_page
from alianzas.exports.docx_pictures import put_figure, put_image, put_photo_grid, put_picture
from alianzas.exports.docx_styles import prepare_styles
from alianzas.exports.docx_tables import put_key_values, put_table
from alianzas.exports.errors import UnknownBlock
from alianzas.exports.html import announces_next
from alianzas.exports.text import one_line, paragraphs, show

ART_DPI = 150
WORD_PAGE_LIMIT_MM = 558  # Word knows no larger paper: a wall poster is written in proportion


def write(document: Document) -> bytes:
    """A .docx file; raises `UnknownBlock`, `DrawingError`, or `RenderError` when a figure cannot be drawn."""
    word = docx.Document()
    fit = min(1.0, WORD_PAGE_LIMIT_MM / max(document.page_mm))
    width, height = (side * fit for side in document.page_mm)
    scale = min(width, height) / 215.9
    colours = palette(document.brand)
    prepare_styles(word, document.brand, colours, scale)
    # Looking a style up by name for every cell would take a quarter of the time.
    style_ids = {style.name: style.style_id for style in word.styles}
    w = Writing(document, word, colours, width, height, 22 * scale, 30 * scale, 23 * scale, style_ids)
    parts.set_language(word, document.language)
    _properties(w)
    has_cover = any(isinstance(block, Cover) for block in document.blocks)
    set_size(w, word.sections[0])
    put_letterhead(w, word.sections[0])
    word.sections[0].different_first_page_header_footer = has_cover
    for number, block in enumerate(document.blocks):
        w.number = number
        turn_page(w, block)
        try:
            writer = _WRITERS[type(block)]
        except KeyError:
            raise UnknownBlock(block, "Word") from None
        writer(block, w)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _properties(w: Writing) -> None:
    properties, now = w.word.core_properties, datetime.now(UTC).replace(tzinfo=None)
    properties.title = one_line(w.source.title)[:255]
    properties.subject = one_line(w.source.subject)[:255]
    properties.author = one_line(w.source.author or w.source.brand.organization)[:255]
    properties.last_modified_by = properties.author
    properties.language = w.source.language
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = now


def _cover(cover: Cover, w: Writing) -> None:
    """The drawing behind, the words over it: everything on the page is text that can be edited."""
    art = cover_art(w.source.brand, (w.width, w.height))
    per_mm = 96 / 25.4
    picture = png.rasterise_art(art, w.width * per_mm, w.height * per_mm, min(ART_DPI, 90_000 / max(w.width, w.height)))
    first = w.word.add_paragraph(style="Cover Organization")
    shape = first.add_run().add_picture(io.BytesIO(picture))
    parts.send_behind(shape, parts.mm(w.width), parts.mm(w.height))
    first.add_run(one_line(cover.organization))
    field = w.height * FIELD
    table = w.word.add_table(rows=2, cols=2)
    table.autofit = False
    parts.cell_margins(table, 0, 0, 0)
    parts.borders(table)
    # The title ends 12 mm above the end of the colour; the page keeps room for the paragraph that ends it.
    heights = (field - 12 - w.margin_top - 7, w.height - w.margin_bottom - 10 - (field - 12))
    for row, height in zip(table.rows, heights, strict=True):
        row.height, row.height_rule = parts.mm(height), WD_ROW_HEIGHT_RULE.EXACTLY
        for cell, share in zip(row.cells, (0.45, 0.55), strict=True):
            cell.width = parts.mm(w.text_width * share)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    words = table.rows[0].cells[0].merge(table.rows[0].cells[1])
    words.paragraphs[0].style = "Title"
    words.paragraphs[0].add_run(one_line(cover.title))
    if cover.subtitle:
        words.add_paragraph(one_line(cover.subtitle), style="Subtitle")
    left, right = table.rows[1].cells
    if cover.logo:
        put_picture(left.paragraphs[0], cover.logo, min(60, w.text_width * 0.4), 20, trim=True)
    else:
        right = left.merge(right)
    lines = [line for line in (cover.date_text, cover.footer) if line]
    for number, line in enumerate(lines):
        paragraph = right.paragraphs[0] if number == 0 else right.add_paragraph()
        paragraph.style = "Cover Foot"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if cover.logo else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.add_run(one_line(line)).bold = number == 0 and bool(cover.date_text)
    end_page(w)


def _contents(contents: Contents, w: Writing) -> None:
    """A field that Word can update; until then it shows the headings, each a link."""
    w.word.add_paragraph(one_line(contents.title), style="TOC Heading").paragraph_format.page_break_before = True
    entries = [
        (number, block)
        for number, block in enumerate(w.source.blocks)
        if isinstance(block, Heading) and block.level <= contents.depth
    ]
    first = last = None
    for number, heading in entries:
        last = w.word.add_paragraph(style=f"toc {heading.level}")
        if first is None:
            first = last
            parts.open_field(first, f'TOC \\o "1-{contents.depth}" \\h \\z \\u')
        parts.put_link(last, one_line(heading.text), f"_Toc{number:06d}")
    if last is not None:
        parts.close_field(last)
    end_page(w)


def _heading(heading: Heading, w: Writing) -> None:
    paragraph = w.word.add_paragraph(one_line(heading.text), style=f"Heading {heading.level}")
    if heading.page_break:
        paragraph.paragraph_format.page_break_before = True
    parts.put_bookmark(paragraph, w.number + 1, f"_Toc{w.number:06d}")


def _put_paragraphs(text: str, style: str, w: Writing, keep: bool = False) -> None:
    for lines in paragraphs(text):
        w.word.add_paragraph("\n".join(lines), style=style).paragraph_format.keep_with_next = keep or None


def _paragraph(paragraph: Paragraph, w: Writing) -> None:
    style = {"normal": "Body Text", "lead": "Lead", "note": "Note"}[paragraph.style]
    _put_paragraphs(paragraph.text, style, w, announces_next(w.source, w.number))


def _bullets(bullets: Bullets, w: Writing) -> None:
    style = w.word.styles["List Number" if bullets.numbered else "List Bullet"]
    restarted = parts.restart_numbering(w.word, style) if bullets.numbered and bullets.items else None
    for number, item in enumerate(bullets.items, 1):
        paragraph = w.word.add_paragraph(show(item), style=style)
        if restarted is not None:
            paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = restarted
        if number == len(bullets.items):
            paragraph.paragraph_format.space_after = w.word.styles["Body Text"].paragraph_format.space_after


def _callout(callout: Callout, w: Writing) -> None:
    if callout.title:
        w.word.add_paragraph(one_line(callout.title), style="Callout Title")
    _put_paragraphs(callout.text, "Callout", w, announces_next(w.source, w.number))


_WRITERS = {
    Cover: _cover,
    Contents: _contents,
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    KeyValues: put_key_values,
    Table: put_table,
    Figure: put_figure,
    PhotoGrid: put_photo_grid,
    Image: put_image,
    Photo: put_image,
    Callout: _callout,
}
