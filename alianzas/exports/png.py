"""PNG: a drawing rasterised in a worker process, as a file of its own or for Word and Excel."""

from functools import lru_cache

from alianzas.exports import svg, worker
from alianzas.exports.blocks import Document, Figure

FILE_DPI = 192
PICTURE_DPI = 220


def write(document: Document, dpi: float = FILE_DPI) -> bytes:
    """The document's only figure as PNG; 96 dots per inch make one pixel of one CSS pixel."""
    return rasterise(svg.only_figure(document), dpi)


@lru_cache(maxsize=16)
def rasterise(figure: Figure, dpi: float = PICTURE_DPI) -> bytes:
    """A figure as PNG on white; raises `DrawingError` or `RenderError`."""
    return worker.render_png(svg.inline(figure), *svg.size_px(figure), dpi)


@lru_cache(maxsize=8)
def rasterise_art(art: str, width_px: float, height_px: float, dpi: float) -> bytes:
    """One of our own ornaments as PNG; sizes in CSS pixels."""
    return worker.render_png(art, width_px, height_px, dpi)
