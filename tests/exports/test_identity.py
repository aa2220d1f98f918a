"""An organisation's image on its documents: typeface, cover, letterhead and colours, in PDF, Word and Excel."""

import io
import uuid
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import openpyxl
import page as page_validation
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from alianzas.exports import base
from alianzas.exports.blocks import COVERS, Brand, Cover, Document, Heading, Paragraph
from alianzas.exports.colours import carries_text, contrast, nearest_that_carries_text, palette, readings
from alianzas.exports.cover import cover_art
from alianzas.exports.fonts import PAIRS

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
LETTERHEAD = "agua.example · hola@agua.example & más"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document(pair="clasica", **look):
    heading, body = PAIRS[pair]
    brand = Brand("Agua de Todas", "#114477", "#aa3311", heading, body, **look)
    blocks = (Cover("Plan", organization=brand.organization), Heading(1, "Quiénes somos"), Paragraph("Niñez, río"))
    return Document("Plan", brand, blocks)


@pytest.mark.parametrize("cover", COVERS)
def test_each_cover_is_a_drawing_of_its_own_in_the_colours_of_the_organisation(cover):
    art = cover_art(replace(document().brand, cover=cover), (215.9, 279.4))
    fills = {node.get("fill") for node in ElementTree.fromstring(art).iter() if node.get("fill")}
    assert {"#114477", "#aa3311"} <= fills
    others = [cover_art(replace(document().brand, cover=one), (215.9, 279.4)) for one in COVERS if one != cover]
    assert art not in others


def test_an_unknown_cover_is_a_mistake():
    with pytest.raises(ValueError, match="Unknown style of cover"):
        Brand("Org", cover="otra")


@given(colours, st.sampled_from(COVERS))
def test_the_words_of_a_cover_can_be_read_on_it(primary, cover):
    primary = nearest_that_carries_text(primary)
    found = palette(Brand("Org", primary, cover=cover))
    ground = "#ffffff" if cover == "papel" else found["primary"]
    assert contrast(found["cover-ink"], ground) >= 4.5
    assert contrast(found["cover-soft"], ground) >= 4.5


@given(colours)
def test_the_suggested_colour_carries_text_and_a_good_one_stays(colour):
    nearest = nearest_that_carries_text(colour)
    assert carries_text(nearest)
    assert nearest == colour or not carries_text(colour)


def test_the_readings_say_what_was_corrected():
    said = readings(Brand("Org", "#f2d21b", "#114477"))
    assert said[0].startswith("Sobre #f2d21b va texto oscuro")
    assert "#f2d21b sobre blanco no se lee (1.5 a 1)" in said[1]
    assert len(said) == 2


@pytest.mark.parametrize("pair", PAIRS)
def test_the_typeface_is_inside_the_pdf(pair):
    content = base.render(document(pair, cover="tejido", letterhead=LETTERHEAD), "pdf")
    assert page_validation.is_pdf_compliant_bytes(content, profile="ua1")
    reader = PdfReader(io.BytesIO(content))
    page = reader.pages[1]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    names = " ".join(font["/BaseFont"] for font in fonts).replace("-", " ").replace("Hyperlegible", " Hyperlegible ")
    assert all(name.split()[0] in names for name in PAIRS[pair])
    text = page.extract_text()
    assert LETTERHEAD in text
    assert "Agua de Todas · Plan" in text


@pytest.mark.parametrize("pair", PAIRS)
def test_the_typeface_is_inside_the_word_file(pair):
    content = base.render(document(pair, letterhead=LETTERHEAD), "docx")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        table = ElementTree.fromstring(parts.read("word/fontTable.xml"))
        assert ElementTree.fromstring(parts.read("word/settings.xml")).find(f"{W}embedTrueTypeFonts") is not None
        files = [name for name in parts.namelist() if name.startswith("word/fonts/")]
        assert len(files) == 2 * len(set(PAIRS[pair]))
        keys = {
            node.get(f"{W}fontKey"): font.get(f"{W}name")
            for font in table
            for node in font
            if node.tag in (f"{W}embedRegular", f"{W}embedBold")
        }
        families = {_family(parts.read(name), keys) for name in files}
        header = " ".join(parts.read(name).decode() for name in parts.namelist() if name.startswith("word/header"))
    assert families == set(PAIRS[pair])
    assert LETTERHEAD.replace("&", "&amp;") in header


def _family(scrambled, keys):
    """The family of a font that one of the keys opens."""
    for key, family in keys.items():
        mask = uuid.UUID(key).bytes[::-1] * 2
        plain = bytes(one ^ other for one, other in zip(scrambled, mask, strict=False)) + scrambled[32:]
        if plain[:4] in (b"\0\1\0\0", b"OTTO", b"true"):
            font = TTFont(io.BytesIO(plain))
            assert font["name"].getDebugName(1) == family
            assert "fvar" not in font
            assert all(ord(letter) in font.getBestCmap() for letter in "áéíóúüñÑ¿¡«»–…")
            return family
    raise AssertionError("no key opens it")


def test_the_letterhead_is_on_the_printed_pages_of_excel():
    book = openpyxl.load_workbook(io.BytesIO(base.render(document(letterhead=LETTERHEAD), "xlsx")))
    assert book.worksheets[0].oddHeader.left.text == "Agua de Todas · Plan · " + LETTERHEAD.replace("&", "&&")
    assert book.worksheets[0].oddFooter.right.text == "Página &P de &N"


def test_without_a_letterhead_the_head_is_one_line():
    book = openpyxl.load_workbook(io.BytesIO(base.render(document(), "xlsx")))
    assert book.worksheets[0].oddHeader.left.text == "Agua de Todas · Plan"


def test_the_head_of_excel_stays_within_what_excel_takes():
    long = document(letterhead="& " * 100)
    book = openpyxl.load_workbook(io.BytesIO(base.render(replace(long, title="Plan & " * 30), "xlsx")))
    assert len(book.worksheets[0].oddHeader.left.text) <= 255
