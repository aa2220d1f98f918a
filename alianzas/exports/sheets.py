"""Full-page figures and what stands with them on their page, the same for the PDF and for Word."""

from alianzas.exports import svg
from alianzas.exports.blocks import Block, Callout, Document, Figure, Heading, Paragraph

SHORT_INTRODUCTION = 400  # characters of a paragraph that stays on the page of what it announces
WIDE_RATIO = 1.2  # a full-page figure wider than this gets a page on its side


def is_wide(figure: Figure) -> bool:
    """Whether a full-page figure wants its page on its side."""
    width, height = svg.size_px(figure)
    return figure.full_page and width > height * WIDE_RATIO


def is_short(block: Block) -> bool:
    """Whether a block is a paragraph or callout of a few lines."""
    return isinstance(block, Paragraph | Callout) and len(block.text) < SHORT_INTRODUCTION


def figure_sheets(document: Document) -> dict[int, range]:
    """The numbers of the blocks that share a page with a full-page figure, for each of them, the figure last.

    That is a heading that starts a page and the short texts between it and the figure; on a bare document a figure
    without them too.
    """
    found = {}
    for number, block in enumerate(document.blocks):
        if isinstance(block, Figure) and block.full_page:
            start = _heading_before(document.blocks, number)
            if start < number or document.bare:
                sheet = range(start, number + 1)
                found |= dict.fromkeys(sheet, sheet)
    return found


def _heading_before(blocks: tuple[Block, ...], number: int) -> int:
    start = number - 1
    while start >= 0 and is_short(blocks[start]):
        start -= 1
    starts = start >= 0 and isinstance(blocks[start], Heading) and blocks[start].page_break
    return start if starts else number
