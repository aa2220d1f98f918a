"""The right letters are drawn, whatever mixture of alphabets a text has."""

import io

import page as page_validation
import pypdfium2
import pytest
from PIL import Image as Pillow

from alianzas.exports import base, fonts
from alianzas.exports.blocks import Figure, Heading, Paragraph

from .samples import small

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200" font-family="{family}" font-size="40">'
    '<text x="10" y="160">{below}</text><text x="10" y="60">{above}</text></svg>'
)


def drawn(family, above, below):
    """The pixels of the upper half, where only `above` stands."""
    data = base.render(small(Figure(SVG.format(family=family, above=above, below=below), "x")), "png")
    with Pillow.open(io.BytesIO(data)) as opened:
        return opened.crop((0, 0, 600, 200)).tobytes()


@pytest.mark.parametrize("family", fonts.PACKAGES)
def test_letters_of_two_alphabets_keep_their_shapes(family):
    """WeasyPrint swaps the letters of two files of one family: macrons of Nahuatl came out as other signs."""
    family = f"{family}, {family} Ext"
    assert drawn(family, "āēīōūŁź", "") == drawn(family, "āēīōūŁź", "Hola, niñez: ¿qué tal?")
    assert drawn(family, "āē", "") != drawn(family, "ōū", "")


def test_typefaces_are_installed_and_named_once():
    css = fonts.font_css()
    names = [line.split('"')[1] + line.split("font-style: ")[1].split(";")[0] for line in css.splitlines()]
    assert len(names) == len(set(names)) == 20
    stack = fonts.stack("Source Serif 4", "Source Sans 3", "DejaVu Sans", "sans-serif")
    assert stack.startswith('"Source Serif 4", "Source Sans 3", "Source Serif 4 Ext", "Source Sans 3 Ext"')
    assert stack.endswith('"DejaVu Sans", sans-serif')


@pytest.mark.skipif(not fonts.emoji_css(), reason="the emoji typeface is not installed")
def test_emoji_are_drawn():
    data = base.render(small(Heading(1, "Fiesta 🎉"), Paragraph("Gracias 💜 a todas 🤝🏽 ✅")), "pdf")
    assert page_validation.is_pdf_compliant_bytes(data, profile="ua1")
    with pypdfium2.PdfDocument(data) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    assert all(emoji in text for emoji in "🎉💜🤝✅")
