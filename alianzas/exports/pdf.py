"""PDF: the HTML of the blocks with the print style sheet, drawn in a worker process."""

from alianzas.exports import html, styles, tiling, worker
from alianzas.exports.blocks import Document


def write(document: Document) -> bytes:
    """A tagged PDF (PDF/UA-1) with bookmarks and metadata; bare sheets where pages are tiled.

    Raises `RenderError`, `UnknownBlock` or `DrawingError`.
    """
    content = worker.render_pdf(html.page(document), styles.print_css(document))
    return content if document.tiles == (1, 1) else tiling.split(content, *document.tiles)
