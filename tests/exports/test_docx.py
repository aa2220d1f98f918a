"""Word files opened again with python-docx."""

import io
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from alianzas.exports import base
from alianzas.exports.blocks import Bullets, Contents, Cover, Figure, Heading, Image, Paragraph
from alianzas.exports.errors import UnknownBlock

from .samples import BRAND, HIDDEN, SEEN, drawing, everything, picture, small, squeezed, table


def opened(data):
    return docx.Document(io.BytesIO(data))


@pytest.fixture(scope="module")
def word(docx_file):
    return opened(docx_file)


@pytest.fixture(scope="module")
def text(word):
    return squeezed(" ".join(node.text for node in word.element.body.iter(qn("w:t"))))


def styles(word):
    return [paragraph.style.name for paragraph in word.paragraphs]


def alternatives(element):
    return [node.get("descr") for node in element.iter(qn("wp:docPr"))]


def test_word_holds_every_fact(text):
    assert [fact for fact in SEEN if squeezed(fact) not in text] == []
    assert [fact for fact in HIDDEN if fact in text] == []


def test_word_uses_built_in_styles(word):
    used = styles(word)
    headings = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "Semblanza"),
        ("Heading 2", "Propósito"),
        ("Heading 3", "Detalle fino"),
        ("Heading 4", "Más fino"),
        ("Heading 1", "El sistema: actores / mapa"),
    ]
    assert {"TOC Heading", "List Bullet", "List Number", "Caption", "Body Text"} <= set(used)
    assert "Title" in [p.style.name for p in word.tables[0].rows[0].cells[0].paragraphs]


def test_word_says_what_it_is(word):
    properties = word.core_properties
    assert (properties.title, properties.author, properties.subject, properties.language, properties.comments) == (
        "Plan de Alianzas Estratégicas",
        "Equipo de la organización",
        "Plan 2027",
        "es-MX",
        "",
    )
    assert {lang.get(qn("w:val")) for lang in word.styles.element.iter(qn("w:lang"))} == {"es-MX"}


def test_word_table_repeats_its_header_and_keeps_rows_whole(word):
    made = next(t for t in word.tables if t.rows[0].cells[0].text == "Indicador")
    assert [cell.text for cell in made.rows[0].cells] == ["Indicador", "Actividad", "Avance", "Fecha"]
    assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in made.rows)
    assert [cell.text for cell in made.rows[2].cells] == [
        "Carta de intención firmada",
        "Redactar la carta\nEnviarla",
        "40",
        "26 feb 2027",
    ]
    assert [p.style.name for p in made.rows[2].cells[1].paragraphs] == ["Table Bullet", "Table Bullet"]
    assert made.rows[1].cells[0]._tc is made.rows[1].cells[3]._tc


def test_word_pictures_have_alternative_texts(word):
    assert alternatives(word.element.body) == [
        "",  # the ornament behind the cover, marked as decorative
        "Logotipo de la organización",
        "Mapa con tres anillos",
        "Calendario con ocho barras",
        "Foto 1",
        "Foto 2",
        "Foto 3",
        "Sello del programa",
    ]
    assert (
        len(list(word.element.body.iter("{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative")))
        == 1
    )


def test_word_contents_are_filled_in_and_lead_to_the_headings(word):
    body = word.element.body
    links = {
        link.get(qn("w:anchor")): "".join(t.text for t in link.iter(qn("w:t"))) for link in body.iter(qn("w:hyperlink"))
    }
    marks = {mark.get(qn("w:name")): mark.getparent() for mark in body.iter(qn("w:bookmarkStart"))}
    assert list(links.values()) == ["Semblanza", "Propósito", "El sistema: actores / mapa"]
    for anchor, title in links.items():
        assert "".join(t.text for t in marks[anchor].iter(qn("w:t"))) == title
    assert [code.text.split()[0] for code in body.iter(qn("w:instrText"))] == ["TOC"]


def test_word_pages_are_numbered_and_headed(word):
    assert word.sections[0].different_first_page_header_footer
    for section in word.sections:
        assert "Tejiendo Barrios, A. C. · Plan de Alianzas Estratégicas" in section.header.paragraphs[0].text
        codes = [code.text.strip() for code in section.footer._element.iter(qn("w:instrText"))]
        assert codes == ["PAGE", "NUMPAGES"]
        assert alternatives(section.header._element) == ["Logotipo de la organización"]


def test_word_turns_the_page_for_a_wide_figure_only(word):
    assert [section.orientation for section in word.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]


def test_landscape_document_has_landscape_sections():
    made = opened(base.render(everything(orientation="landscape"), "docx"))
    [section] = made.sections
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert round(section.page_width.mm) == 279


def test_poster_fits_what_word_knows():
    [section] = opened(base.render(small(Heading(1, "Cartel"), page_size="Poster"), "docx")).sections
    assert section.page_height.mm <= 558.8  # 22 inches
    assert section.page_width / section.page_height == pytest.approx(600 / 900, rel=0.01)


def test_wide_figures_in_a_row_leave_no_empty_page():
    wide = Figure(drawing(900, 300), "Calendario", full_page=True)
    made = opened(base.render(small(wide, wide), "docx"))
    assert [section.orientation for section in made.sections] == [WD_ORIENT.LANDSCAPE]


def test_each_numbered_list_starts_at_one():
    made = opened(base.render(small(Bullets(["a", "b"], numbered=True), Bullets(["c"], numbered=True)), "docx"))
    numbers = [p._p.pPr.numPr.numId.val for p in made.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]


def test_no_page_is_left_empty_after_cover_and_contents():
    blocks = (Cover("Plan"), Contents(), Heading(1, "Uno", page_break=True), Paragraph("x"))
    made = opened(base.render(small(*blocks), "docx"))
    assert not [br for br in made.element.body.iter(qn("w:br")) if br.get(qn("w:type")) == "page"]
    plain = opened(base.render(small(Cover("Plan"), Paragraph("x")), "docx"))
    assert len([br for br in plain.element.body.iter(qn("w:br")) if br.get(qn("w:type")) == "page"]) == 1


def test_word_takes_the_brand_as_theme(docx_file):
    with zipfile.ZipFile(io.BytesIO(docx_file)) as archive:
        theme = archive.read("word/theme/theme1.xml").decode()
        fonts = archive.read("word/fontTable.xml").decode()
    assert f'<a:accent1><a:srgbClr val="{BRAND.primary[1:].upper()}"/>' in theme
    assert theme.count("Source Serif 4") == theme.count("Source Sans 3") == 1
    assert '<w:altName w:val="Calibri"/>' in fonts


def test_properties_are_in_the_order_of_the_schema(word):
    """Word refuses to open what LibreOffice forgives."""
    order = ["tblStyle", "tblpPr", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook"]
    for made in word.tables:
        names = [child.tag.split("}")[1] for child in made._tbl.tblPr]
        assert names == sorted(names, key=order.index)
    order = (
        "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing jc"
    )
    order = [*order.split(), "outlineLvl", "rPr", "sectPr"]
    for properties in [*word.styles.element.iter(qn("w:pPr")), *word.element.body.iter(qn("w:pPr"))]:
        names = [child.tag.split("}")[1] for child in properties]
        assert names == sorted(names, key=order.index)


def test_unknown_block_raises():
    with pytest.raises(UnknownBlock, match="Word"):
        base.render(small(object()), "docx")


def test_broken_picture_and_empty_table_are_said():
    made = opened(base.render(small(Image(b"nada", "image/png", "La foto"), table(rows=()), Cover("T")), "docx"))
    assert "[La foto]" in [p.text for p in made.paragraphs]
    assert made.tables[0].rows[1].cells[0].text == "Sin registros todavía"


def test_picture_of_any_kind_is_taken():
    made = opened(base.render(small(Image(picture(kind="WEBP"), "image/webp", "Sello")), "docx"))
    assert alternatives(made.element.body) == ["Sello"]
