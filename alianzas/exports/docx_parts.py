"""The pieces of Word that python-docx has no words for: fields, bookmarks, shading, pictures behind text, the theme."""

import re

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Length

EMU_PER_MM = 36_000
EMU_PER_PX = 9_525


def mm(value: float) -> Emu:
    """Millimetres as Word measures pictures and pages."""
    return Emu(round(value * EMU_PER_MM))


def element(tag: str, **attributes: object):
    """A WordprocessingML element: `element("w:shd", fill="ffffff")`; attributes are in the `w` namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), str(value))
    return made


def put_field(paragraph, instruction: str, result: str = "") -> None:
    """A field such as PAGE, with what is shown until Word works it out."""
    open_field(paragraph, instruction)
    paragraph.add_run(result)
    close_field(paragraph)


def open_field(paragraph, instruction: str) -> None:
    """The start of a field; its result may go on over the following paragraphs."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="begin"))
    code = element("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    paragraph.add_run()._r.append(code)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="separate"))


def close_field(paragraph) -> None:
    """The end of a field opened with `open_field`."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def put_bookmark(paragraph, number: int, name: str) -> None:
    """A bookmark around everything in the paragraph."""
    start = element("w:bookmarkStart", id=number, name=name)
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(element("w:bookmarkEnd", id=number))


def put_link(paragraph, text: str, bookmark: str) -> None:
    """A link to a bookmark of the same document."""
    link = element("w:hyperlink", anchor=bookmark, history="1")
    run = paragraph.add_run(text)
    link.append(run._r)
    paragraph._p.append(link)


def shade(cell, colour: str) -> None:
    """Fill a table cell with a colour `#rrggbb`."""
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=colour[1:]))


def cell_margins(table, top: int, side: int, bottom: int) -> None:
    """Inner margins of all cells of a table, in twentieths of a point."""
    margins = element("w:tblCellMar")
    for name, value in (("top", top), ("left", side), ("bottom", bottom), ("right", side)):
        margins.append(element(f"w:{name}", w=value, type="dxa"))
    _insert(table._tbl.tblPr, margins, "w:tblLook")


def borders(table, **lines: tuple[int, str] | None) -> None:
    """Lines of a table by name (top, bottom, insideH…): eighths of a point and colour; None takes one away."""
    container = element("w:tblBorders")
    for name in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = lines.get(name)
        if line is None:
            container.append(element(f"w:{name}", val="nil"))
        else:
            container.append(element(f"w:{name}", val="single", sz=line[0], space=0, color=line[1][1:]))
    _insert(table._tbl.tblPr, container, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _insert(parent, child, *successors: str) -> None:
    """Word rejects properties in another order than its schema's: put the child before any of its successors."""
    for sibling in parent:
        if sibling.tag in {qn(name) for name in successors}:
            sibling.addprevious(child)
            return
    parent.append(child)


_AFTER_SHADING = (
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:outlineLvl",
)


def paragraph_borders(target, **lines: tuple[int, str, int]) -> None:
    """Lines along a paragraph or style (top, left, bottom): eighths of a point, colour, points of space to the text."""
    container = element("w:pBdr")
    for name in ("top", "left", "bottom", "right"):
        if name in lines:
            width, colour, space = lines[name]
            container.append(element(f"w:{name}", val="single", sz=width, space=space, color=colour[1:]))
    _insert(target._element.get_or_add_pPr(), container, "w:shd", *_AFTER_SHADING, "w:rPr", "w:sectPr")


def paragraph_shading(style, colour: str) -> None:
    """A colour behind every paragraph of a style."""
    fill = element("w:shd", val="clear", color="auto", fill=colour[1:])
    _insert(style._element.get_or_add_pPr(), fill, *_AFTER_SHADING, "w:rPr", "w:sectPr")


def describe(shape, alternative: str) -> None:
    """The alternative text of an inline picture."""
    for side in ("distT", "distB", "distL", "distR"):  # LibreOffice takes 3 mm for what is not said
        shape._inline.set(side, "0")
    properties = shape._inline.docPr
    properties.set("descr", alternative)
    properties.set("name", f"Imagen {properties.get('id')}")


def crop_to(shape, ratio: float) -> None:
    """Cut an inline picture to a proportion (width / height) around its middle; its width stays."""
    current = shape.width / shape.height
    crop = OxmlElement("a:srcRect")
    if current > ratio:
        cut = round((1 - ratio / current) / 2 * 100_000)
        crop.set("l", str(cut))
        crop.set("r", str(cut))
    else:
        cut = round((1 - current / ratio) / 2 * 100_000)
        crop.set("t", str(cut))
        crop.set("b", str(cut))
    shape._inline.graphic.graphicData.pic.blipFill.find(qn("a:blip")).addnext(crop)
    shape.height = Emu(round(shape.width / ratio))


def send_behind(shape, width: Length, height: Length) -> None:
    """Turn an inline picture into one that fills the page from its corner, behind the text, and that readers skip."""
    inline = shape._inline
    number = inline.docPr.get("id")
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp", "a", "pic", "r")} distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="0" behindDoc="1" locked="1" layoutInCell="0" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{int(width)}" cy="{int(height)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:wrapNone/><wp:docPr id="{number}" name="Portada" descr="">'
        '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
        '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
        "</a:ext></a:extLst></wp:docPr><wp:cNvGraphicFramePr/></wp:anchor>"
    )
    anchor.append(inline.graphic)
    inline.getparent().replace(inline, anchor)


def set_theme(document, palette: dict[str, str], heading_font: str, body_font: str) -> None:
    """The organisation's colours and typefaces as the theme: they show up in Word's own menus."""
    for part in document.part.package.iter_parts():
        if part.partname == "/word/theme/theme1.xml":
            xml = part.blob.decode()
            for name, colour in (
                ("dk2", palette["primary-text"]),
                ("accent1", palette["primary"]),
                ("accent2", palette["accent"]),
                ("accent3", palette["primary-line"]),
            ):
                swatch = f'<a:{name}><a:srgbClr val="{colour[1:].upper()}"/></a:{name}>'
                xml = re.sub(rf"<a:{name}>.*?</a:{name}>", swatch, xml, flags=re.DOTALL)
            for kind, font in (("major", heading_font), ("minor", body_font)):
                xml = re.sub(rf'(<a:{kind}Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{font}", xml)
            part._blob = xml.encode()


def set_language(document, language: str) -> None:
    """The language that spelling is checked in and read aloud in, and Word's current file format."""
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
    for lang in document.settings.element.iter(qn("w:themeFontLang")):
        lang.set(qn("w:val"), language)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def restart_numbering(document, paragraph_style) -> int:
    """A new numbered list like the style's, starting at 1; gives its number id."""
    numbering = document.part.numbering_part.element
    number = paragraph_style.element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(number).abstractNumId.val
    new = numbering.add_num(abstract)
    new.add_lvlOverride(ilvl=0).add_startOverride(1)
    return new.numId
