"""Pages of a Word document: size, margins, what stands on every one of them, and what is known while writing."""

import io
from dataclasses import dataclass, field

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT

from alianzas.exports import docx_parts as parts
from alianzas.exports import pictures
from alianzas.exports.blocks import Contents, Cover, Document, Figure, Heading
from alianzas.exports.html import running_head
from alianzas.exports.sheets import figure_sheets, is_wide
from alianzas.exports.text import one_line


@dataclass
class Writing:
    """What is known while a document is written; all measures in millimetres."""

    source: Document
    word: object
    colours: dict[str, str]
    width: float
    height: float
    margin_side: float
    margin_top: float
    margin_bottom: float
    style_ids: dict[str, str]
    number: int = 0
    sideways: bool = False
    section_is_new: bool = True
    sheets: dict[int, range] = field(init=False)

    def __post_init__(self):
        self.sheets = figure_sheets(self.source)

    @property
    def text_width(self) -> float:
        return self.width - 2 * self.margin_side

    @property
    def text_height(self) -> float:
        return self.height - self.margin_top - self.margin_bottom


def set_size(w: Writing, section) -> None:
    """The current size, orientation and margins for a section."""
    section.page_width, section.page_height = parts.mm(w.width), parts.mm(w.height)
    section.orientation = WD_ORIENT.LANDSCAPE if w.width > w.height else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = parts.mm(w.margin_side)
    section.top_margin, section.bottom_margin = parts.mm(w.margin_top), parts.mm(w.margin_bottom)
    section.header_distance, section.footer_distance = parts.mm(w.margin_top * 0.4), parts.mm(w.margin_bottom * 0.5)


def put_letterhead(w: Writing, section) -> None:
    """What stands on every page: organisation, title and logo above, page numbers below."""
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    if header.text:
        header.clear()
        footer.clear()
    header.style, footer.style = "Header", "Footer"
    across = section.page_width - section.left_margin - section.right_margin
    header.paragraph_format.tab_stops.add_tab_stop(across, WD_TAB_ALIGNMENT.RIGHT)
    first, *rest = running_head(w.source)
    header.add_run(first + "\t")
    logo = next((block.logo for block in w.source.blocks if isinstance(block, Cover)), None)
    picture = pictures.prepare(logo, pictures.LOGO_PX, trim=True) if logo else None
    if picture:
        shape = header.add_run().add_picture(io.BytesIO(picture.data), height=parts.mm(9))
        parts.describe(shape, one_line(logo.alt))
    for line in rest:
        header.add_run(f"\n{line}")
    parts.paragraph_borders(header, bottom=(4, w.colours["line"], 4))
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer.add_run("Página ")
    parts.put_field(footer, "PAGE", "1")
    footer.add_run(" de ")
    parts.put_field(footer, "NUMPAGES", "1")


def turn_page(w: Writing, block: object) -> None:
    """Start a section on its side for a wide full-page figure and its heading, one upright after the last of them."""
    figure = w.source.blocks[w.sheets[w.number][-1]] if w.number in w.sheets else block
    sideways = isinstance(figure, Figure) and is_wide(figure) and w.source.orientation == "portrait"
    w.section_is_new = sideways != w.sideways
    if not w.section_is_new:
        return
    w.sideways, w.width, w.height = sideways, w.height, w.width
    section = w.word.sections[-1] if w.number == 0 else w.word.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    set_size(w, section)
    put_letterhead(w, section)


def end_page(w: Writing) -> None:
    """Go to a new page, unless the document ends here or the next block starts one by itself."""
    following = w.source.blocks[w.number + 1 : w.number + 2]
    if following and not starts_page(following[0]) and not w.sideways:
        w.word.add_paragraph(style="Gap").add_run().add_break(WD_BREAK.PAGE)


def starts_page(block: object) -> bool:
    """Whether a block starts a page by itself."""
    return (
        isinstance(block, Contents)
        or (isinstance(block, Heading) and block.page_break)
        or (isinstance(block, Figure) and block.full_page)
    )
