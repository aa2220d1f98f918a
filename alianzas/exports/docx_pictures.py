"""Pictures in Word, each with its alternative text: figures, logos, photos."""

import io

from docx.enum.text import WD_ALIGN_PARAGRAPH

from alianzas.exports import docx_parts as parts
from alianzas.exports import pictures, png, svg
from alianzas.exports.blocks import Callout, Figure, Heading, Image, Paragraph, PhotoGrid
from alianzas.exports.docx_pages import Writing, end_page
from alianzas.exports.docx_tables import keep_row_whole, new_table, put_gap
from alianzas.exports.text import one_line

PAIR_RATIO, WIDE_PHOTO_RATIO = 1.4, 2.0
FIGURE_PART = 0.72  # of the page's height that a figure takes at most, unless it asks for all of it
CAPTION_MM = 18
WORDS_MM = {Heading: 22, Paragraph: 14, Callout: 26}  # about as high as a block that shares the page of a figure


def put_figure(figure: Figure, w: Writing) -> None:
    """A figure as large as it is drawn, or as its page when it asks for a whole one."""
    natural_width, natural_height = (side * 25.4 / 96 for side in svg.size_px(figure))
    announced = [w.source.blocks[number] for number in w.sheets.get(w.number, ())[:-1]]
    if figure.full_page:
        words = CAPTION_MM + sum(WORDS_MM[type(block)] for block in announced)
        fit = min(w.text_width / natural_width, (w.text_height - words) / natural_height)
    else:
        fit = min(1.0, w.text_width / natural_width, w.text_height * FIGURE_PART / natural_height)
    paragraph = w.word.add_paragraph(style="Picture")
    if figure.full_page and not w.section_is_new and not announced:
        paragraph.paragraph_format.page_break_before = True
    shape = paragraph.add_run().add_picture(io.BytesIO(png.rasterise(figure)), parts.mm(natural_width * fit))
    parts.describe(shape, one_line(figure.title))
    if figure.caption:
        paragraph.paragraph_format.keep_with_next = True
        w.word.add_paragraph(one_line(figure.caption), style="Caption")
    if figure.full_page:
        end_page(w)


def put_image(image: Image, w: Writing) -> None:
    put_picture(w.word.add_paragraph(style="Picture"), image, w.text_width, w.text_height * FIGURE_PART)


def put_photo_grid(grid: PhotoGrid, w: Writing) -> None:
    photos = list(grid.photos)
    if len(photos) % 2:
        photo = photos.pop(0)
        paragraph = w.word.add_paragraph(style="Picture")
        paragraph.paragraph_format.keep_with_next = True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        put_picture(paragraph, photo, w.text_width, 0, WIDE_PHOTO_RATIO)
        w.word.add_paragraph(one_line(photo.caption), style="Caption")
    if not photos:
        return
    table = new_table(w, len(photos) // 2, (50, 50))
    parts.borders(table)
    for row, pair in zip(table.rows, zip(photos[::2], photos[1::2], strict=True), strict=True):
        keep_row_whole(row)
        for cell, photo in zip(row.cells, pair, strict=True):
            put_picture(cell.paragraphs[0], photo, w.text_width / 2 - 4, 0, PAIR_RATIO)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
            cell.add_paragraph(one_line(photo.caption), style="Caption")
    put_gap(w)


def put_picture(paragraph, image: Image, width: float, height: float, ratio: float = 0, trim: bool = False) -> None:
    """A picture within a width and a height in mm; with `ratio`, cut to that proportion and as wide as allowed."""
    picture = pictures.prepare(image, pictures.PHOTO_PX, trim)
    if picture is None:
        paragraph.add_run(f"[{one_line(image.alt)}]").italic = True
        return
    fit = min(width, height * picture.width / picture.height) if not ratio else width
    shape = paragraph.add_run().add_picture(io.BytesIO(picture.data), width=parts.mm(fit))
    if ratio:
        parts.crop_to(shape, ratio)
    parts.describe(shape, one_line(image.alt))
