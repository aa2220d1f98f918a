"""The fragment for the screen: all facts, all escaped, nothing that a strict CSP would refuse."""

import re

import pytest
from lxml import html as lxml_html

from alianzas.exports import html, styles
from alianzas.exports.blocks import (
    Bullets,
    Contents,
    Figure,
    Heading,
    Image,
    KeyValues,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
)
from alianzas.exports.errors import UnknownBlock

from .samples import BRAND, HIDDEN, SEEN, drawing, everything, picture, small, squeezed, table


@pytest.fixture(scope="module")
def tree(document):
    return lxml_html.fromstring(html.fragment(document))


def test_fragment_holds_every_fact(tree):
    text = squeezed(tree.text_content())
    assert [fact for fact in SEEN if squeezed(fact) not in text] == []
    assert [fact for fact in HIDDEN if fact in text] == []


def test_fragment_has_no_inline_style_or_outside_reference(document):
    text = html.fragment(document)
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", text)
    assert {address.split(":")[0] for address in re.findall(r'(?:src|href)="([^"#][^"]*)"', text)} == {"data"}


def test_fragment_escapes_what_people_write():
    hostile = '<script>alert(1)</script> & "comillas"'
    text = html.fragment(
        small(
            Heading(1, hostile),
            Paragraph(hostile),
            Bullets([hostile]),
            KeyValues([(hostile, hostile)]),
            table(rows=[Row("r", (hostile, (hostile,), None, None, ""))], caption=hostile),
            Figure(drawing(), hostile, hostile),
            PhotoGrid([Photo(picture(), "image/png", hostile, hostile)]),
        )
    )
    assert "<script" not in text
    assert text.count("&lt;script&gt;") == 13
    assert lxml_html.fromstring(text).xpath("//img/@alt") == [hostile]


def test_fragment_is_semantic(tree):
    assert [h.tag for h in tree.iter("h1", "h2", "h3", "h4")] == ["h1", "h1", "h1", "h2", "h3", "h4", "h1"]
    [made] = tree.xpath("//table[contains(@class, 'doc-table')]")
    assert made.findtext("caption") == "Resultados por plazo"
    assert [th.get("scope") for th in made.xpath(".//thead//th")] == ["col"] * 4
    assert [th.get("scope") for th in made.xpath(".//tbody//th")] == ["row"] * 3
    assert sum(int(col.get("width").rstrip("%")) for col in made.iter("col")) == 100
    assert all(image.get("alt") for image in tree.iter("img"))
    assert [svg.findtext("{*}title") or svg.findtext("title") for svg in tree.iter("svg")] == [
        "Mapa con tres anillos",
        "Calendario con ocho barras",
    ]


def test_contents_link_to_headings_of_its_depth(tree):
    links = {link.get("href")[1:]: link.text for link in tree.xpath("//ol[@class='doc-toc']//a")}
    assert list(links.values()) == ["Semblanza", "Propósito", "El sistema: actores / mapa"]
    assert all(tree.get_element_by_id(anchor).text == text for anchor, text in links.items())
    deeper = html.fragment(small(Contents(depth=1), Heading(1, "Uno"), Heading(2, "Dos")))
    assert deeper.count("<li") == 1


def test_figures_do_not_share_ids():
    tree = lxml_html.fromstring(html.fragment(small(Figure(drawing(), "Uno"), Figure(drawing(), "Dos"))))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)) == 2
    assert [f"url(#{name})" for name in ids] == tree.xpath("//@marker-end")


def test_page_has_title_language_and_metadata(document):
    tree = lxml_html.document_fromstring(html.page(document))
    assert tree.get("lang") == "es-MX"
    assert tree.findtext("head/title") == "Plan de Alianzas Estratégicas"
    assert dict(zip(tree.xpath("//meta/@name"), tree.xpath("//meta/@content"), strict=True)) == {
        "author": "Equipo de la organización",
        "description": "Plan 2027",
        "generator": "Alianzas",
    }


def test_unknown_block_raises():
    with pytest.raises(UnknownBlock, match="HTML no sabe escribir un bloque str"):
        html.fragment(small("un texto suelto"))


def test_empty_blocks_leave_no_empty_elements():
    text = html.fragment(small(Bullets([]), KeyValues([]), PhotoGrid([]), table(rows=())))
    assert "<ul" not in text
    assert "Sin registros todavía" in text


def test_broken_picture_shows_its_alternative_text():
    text = html.fragment(small(Image(b"no es una imagen", "image/png", "La foto del taller")))
    assert "[La foto del taller]" in text
    assert "<img" not in text


@pytest.mark.parametrize("widths", [[1], [1, 1, 1], [0.1, 50, 3], [1] * 7, [3, 3, 3, 5, 2.2]])
def test_percentages_add_up(widths):
    shares = html.percentages(widths)
    assert sum(shares) == 100
    assert min(shares) >= 1


def test_style_sheets_have_every_value():
    document = everything()
    printed = styles.print_css(document)
    assert "var(" not in printed
    assert BRAND.primary in printed
    assert "url(" not in re.sub(r'url\("data:[^"]*"\)', "", printed + styles.font_css())
    screen = styles.screen_css(BRAND)
    declared = set(re.findall(r"(--[a-z-]+):", screen))
    assert set(re.findall(r"var\((--[a-z-]+)\)", screen)) <= declared


def test_print_style_is_shared_by_documents_of_one_brand(document):
    assert styles.print_css(document) is styles.print_css(everything())
    assert styles.print_css(document) != styles.print_css(everything(orientation="landscape"))
