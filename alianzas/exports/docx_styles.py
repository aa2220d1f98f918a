"""Word's built-in styles dressed in the organisation's image, and the few styles that Word does not have."""

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from alianzas.exports import docx_parts as parts
from alianzas.exports.blocks import Brand
from alianzas.exports.docx_fonts import embed_fonts

_THEME_FONTS = (
    ("asciiTheme", "HAnsi"),
    ("hAnsiTheme", "HAnsi"),
    ("eastAsiaTheme", "EastAsia"),
    ("cstheme", "Bidi"),
)


def prepare_styles(word, brand: Brand, colours: dict[str, str], scale: float) -> None:
    """Set theme and styles of a new document; `scale` enlarges everything on paper larger than Letter."""
    parts.set_theme(word, colours, brand.heading_font, brand.body_font)
    embed_fonts(word, (brand.heading_font, brand.body_font))

    def style(name: str, based_on: str = "", **look):
        return _style(word, name, based_on, colours, scale, **look)

    style("Normal", size=10.5, colour="ink", after=0, line=1.05)
    style("Body Text", size=10.5, colour="ink", after=7, line=1.12)
    style("Heading 1", heading=True, size=24, colour="primary-text", before=14, after=12)
    style("Heading 2", heading=True, size=16, colour="primary-text", before=18, after=6)
    style("Heading 3", size=12.5, bold=True, colour="primary-text", before=15, after=4)
    style("Heading 4", size=10.5, bold=True, colour="muted", before=12, after=3)
    style("Title", heading=True, size=38, colour="cover-ink", after=10, line=1.05)
    style("Subtitle", size=15, colour="cover-soft", after=0, line=1.25)
    style("Cover Organization", "Normal", size=12.5, bold=True, colour="cover-ink")
    style("Cover Foot", "Normal", size=9.5, colour="muted")
    style("Lead", "Body Text", size=12.5, colour="primary-text", after=9, line=1.12)
    style("Note", "Body Text", size=9, colour="muted", after=7, line=1.08)
    for name in ("List Bullet", "List Number"):
        style(name, size=10.5, colour="ink", after=4, line=1.1)
    style("Table Text", "Normal", size=9.2, colour="ink", after=0, line=1.0)
    bullet = style("Table Bullet", "List Bullet", size=9.2, colour="ink", after=1, line=1.0)
    bullet.paragraph_format.left_indent, bullet.paragraph_format.first_line_indent = Mm(3.2), Mm(-3.2)
    style("Caption", size=9, colour="muted", bold=False, before=3, after=7)
    picture = style("Picture", "Normal", before=8, after=2)
    picture.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    style("Gap", "Normal", size=5, after=4)
    for name, look in (("Header", {"colour": "muted"}), ("Footer", {"colour": "primary-text", "bold": True})):
        tabs = style(name, size=8.2, **look).element.pPr.find(qn("w:tabs"))
        tabs.getparent().remove(tabs)
    style("TOC Heading", heading=True, size=24, colour="primary-text", before=6, after=14)
    for level, (size, bold, before) in enumerate(
        ((11.2, True, 9), (10.5, False, 3), (9.8, False, 2), (9.8, False, 2)), 1
    ):
        made = style(
            f"toc {level}", "Normal", size=size, bold=bold, before=before, colour="primary-text" if bold else "ink"
        )
        made.paragraph_format.left_indent = Mm(6 * (level - 1))
    for name, look in (
        ("Callout Title", {"heading": True, "size": 12, "colour": "accent-text", "before": 10, "after": 0}),
        ("Callout", {"size": 10.5, "colour": "ink", "after": 10, "line": 1.12}),
    ):
        made = style(name, "Normal", **look)
        made.paragraph_format.left_indent = made.paragraph_format.right_indent = Mm(5)
        made.paragraph_format.keep_with_next = name == "Callout Title"
        parts.paragraph_shading(made, colours["accent-tint"])
        padding = {"top" if name == "Callout Title" else "bottom": (4, colours["accent-tint"], 6)}
        parts.paragraph_borders(made, left=(36, colours["accent"], 10), **padding)
    word.styles["Callout Title"].next_paragraph_style = word.styles["Callout"]


def _style(
    word,
    name,
    based_on,
    colours,
    scale,
    heading=False,
    size=None,
    colour=None,
    bold=None,
    before=None,
    after=None,
    line=None,
):
    """Find or make a paragraph style and set what is given; sizes in points of a Letter page."""
    if name in word.styles:
        style = word.styles[name]
    else:
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles[based_on]
        style.quick_style = True
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    kind = "major" if heading else "minor"
    for attribute, value in _THEME_FONTS:
        fonts.set(qn(f"w:{attribute}"), kind + value)
    if size:
        style.font.size = Pt(round(size * scale * 2) / 2)
    if colour:
        style.font.color.rgb = RGBColor.from_string(colours[colour][1:])
    if heading or bold is not None:
        style.font.bold = bool(bold) if bold is not None else True
    style.font.italic = False
    for unwanted in ("w:spacing", "w:kern"):
        for found in style.element.rPr.findall(qn(unwanted)):
            style.element.rPr.remove(found)
    for found in [] if style.element.pPr is None else style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(found)
    layout = style.paragraph_format
    if before is not None:
        layout.space_before = Pt(before * scale)
    if after is not None:
        layout.space_after = Pt(after * scale)
    if line is not None:
        layout.line_spacing = line
    return style
