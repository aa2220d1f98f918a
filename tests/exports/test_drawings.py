"""Figures: one picture as SVG file, inline and PNG; what runs, loads or styles is refused."""

import io

import pytest
from lxml import etree
from PIL import Image as Pillow

from alianzas.exports import base, pictures, svg
from alianzas.exports.blocks import Figure, Image, Paragraph
from alianzas.exports.svg import DrawingError

from .samples import drawing, picture, small


def figure(body="", attributes='viewBox="0 0 100 50"'):
    return Figure(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>', "Una figura")


def test_svg_file_stands_alone():
    data = base.render(small(Paragraph("x"), Figure(drawing(), "Mapa & más")), "svg")
    root = etree.fromstring(data)
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.findtext("{*}title") == "Mapa & más"
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("400", "200", "0 0 400 200")


def test_png_has_the_size_and_the_picture():
    data = base.render(small(Figure(drawing(), "Mapa")), "png")
    with Pillow.open(io.BytesIO(data)) as opened:
        assert opened.format == "PNG"
        assert opened.size == (800, 400)
        assert opened.convert("RGB").getpixel((5, 300)) == (0xEF, 0xE6, 0xEB)


@pytest.mark.parametrize("blocks", [(), (Figure(drawing(), "a"), Figure(drawing(), "b"))])
@pytest.mark.parametrize("fmt", ["svg", "png"])
def test_picture_needs_exactly_one_figure(blocks, fmt):
    with pytest.raises(DrawingError, match="una sola figura"):
        base.render(small(*blocks), fmt)


def test_the_main_figure_stands_for_a_document_with_several():
    figures = [Figure(drawing(), "Otra"), Figure(drawing(), "La principal", main=True), Figure(drawing(), "Más")]
    assert etree.fromstring(base.render(small(*figures), "svg")).findtext("{*}title") == "La principal"


@pytest.mark.parametrize(
    "bad",
    [
        figure("<script>1</script>"),
        figure("<style>*{fill:red}</style>"),
        figure("<foreignObject/>"),
        figure('<rect style="fill:red"/>'),
        figure('<rect onclick="x()"/>'),
        figure('<image href="http://ejemplo.org/a.png"/>'),
        figure('<image href="file:///etc/passwd"/>'),
        figure('<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="otro.svg#a"/>'),
        figure('<rect fill="url(http://ejemplo.org/#a)"/>'),
        figure('<html xmlns="http://www.w3.org/1999/xhtml"/>'),
        figure(attributes=""),
        figure(attributes='viewBox="a b c d"'),
        figure(attributes='width="100000" height="10"'),
        Figure("<svg", "x"),
        Figure("<p>x</p>", "x"),
        Figure('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "x"),
    ],
)
def test_drawing_refuses_what_runs_loads_or_styles(bad):
    with pytest.raises(DrawingError):
        svg.inline(bad)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 100 50"', (100, 50)),
        ('viewBox="0 0 100 50" width="10mm"', (10 * 96 / 25.4, 5 * 96 / 25.4)),
        ('viewBox="0,0,100,50" width="100%" height="100%"', (100, 50)),
        ('width="72pt" height="1in"', (96, 96)),
    ],
)
def test_drawing_knows_its_size(attributes, size):
    assert svg.size_px(figure(attributes=attributes)) == pytest.approx(size)


def test_drawing_without_namespace_is_taken():
    assert svg.inline(Figure('<svg viewBox="0 0 9 9"><g><path d="M0 0"/></g></svg>', "x")).startswith("<svg xmlns=")


def test_photo_is_made_small_upright_and_without_metadata():
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turned
    exif[0x010E] = "lugar secreto"
    photo = Image(picture(3000, 1000, "JPEG", exif=exif), "image/jpeg", "x")
    made = pictures.prepare(photo)
    assert (made.width, made.height, made.mime) == (467, 1400, "image/jpeg")
    assert b"lugar secreto" in photo.data
    assert b"lugar secreto" not in made.data


def test_small_plain_picture_is_not_touched():
    data = picture()
    assert pictures.prepare(Image(data, "image/png", "x")).data is data


@pytest.mark.parametrize("kind", ["WEBP", "GIF"])
def test_other_pictures_become_png(kind):
    made = pictures.prepare(Image(picture(kind=kind), f"image/{kind.lower()}", "x"))
    assert made.mime == "image/png"


def test_logo_loses_its_see_through_border():
    canvas = Pillow.new("RGBA", (100, 60), (0, 0, 0, 0))
    canvas.paste((255, 0, 0, 255), (20, 10, 50, 30))
    out = io.BytesIO()
    canvas.save(out, "PNG")
    made = pictures.prepare(Image(out.getvalue(), "image/png", "x"), trim=True)
    assert (made.width, made.height) == (30, 20)
