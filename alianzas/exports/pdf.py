"""PDF: the HTML of the blocks with the print style sheet, drawn in a worker process."""

from alianzas.exports import html, styles, worker
from alianzas.exports.blocks import Document


def write(document: Document) -> bytes:
    """A tagged PDF (PDF/UA-1) with bookmarks and metadata; raises `RenderError`, `UnknownBlock` or `DrawingError`."""
    return worker.render_pdf(html.page(document), styles.print_css(document))
