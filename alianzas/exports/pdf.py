"""PDF: the HTML of the blocks with the print style sheet, drawn in a worker process."""

import pypdfium2

from alianzas.exports import html, styles, tiling, worker
from alianzas.exports.blocks import Contents, Document, Heading


def write(document: Document) -> bytes:
    """A tagged PDF (PDF/UA-1) with bookmarks and metadata; bare sheets where pages are tiled.

    Raises `RenderError`, `UnknownBlock` or `DrawingError`.
    """
    css = styles.print_css(document)
    content = worker.render_pdf(html.page(document), css)
    if any(isinstance(block, Contents) and block.parts for block in document.blocks):
        # Only the pages tell on which of them each part is; saying it moves nothing, its lines are there already.
        content = worker.render_pdf(html.page(document, _spans(document, content)), css)
    return content if document.tiles == (1, 1) else tiling.split(content, *document.tiles)


def _spans(document: Document, pdf: bytes) -> dict[int, tuple[int, int]]:
    """First and last page of what each heading of level 1 starts, by its number in the document.

    A part ends before the page on which the next begins.
    """
    with pypdfium2.PdfDocument(pdf) as pages:
        starts = [entry.get_dest().get_index() + 1 for entry in pages.get_toc() if entry.level == 0]
        ends = [*(start - 1 for start in starts[1:]), len(pages)]
    chapters = [
        number
        for number, block in enumerate(document.blocks)
        if isinstance(block, Contents) or (isinstance(block, Heading) and block.level == 1)
    ]
    spans = dict(zip(chapters, zip(starts, ends, strict=True), strict=True))
    return {number: (first, max(first, last)) for number, (first, last) in spans.items()}
