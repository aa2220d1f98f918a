"""What people may type, or paste, or send on purpose: nothing of it breaks a document, nothing readable is lost."""

import io

import docx
import openpyxl
import page as page_validation
import pypdfium2
import pytest
from docx.oxml.ns import qn

from alianzas.exports import base
from alianzas.exports.blocks import (
    Bullets,
    Callout,
    Column,
    Contents,
    Cover,
    Figure,
    Heading,
    KeyValues,
    Paragraph,
    Row,
    Table,
)

from .samples import drawing, small, squeezed

TEXTS = {
    "formula": "=SUMA(A1:A9)",
    "control": "a\x00b\x07c\x1bd\ufffee\ud800f",
    "direction": "\u202eal revés\u202c \u200fשלום\u200e",
    "markup": "<script>alert(1)</script> &amp; <b>no</b> ]]> {{ x }} {% y %}",
    "emoji": "Alianza 🤝🏽 con 👩‍👩‍👧‍👦 y 🇲🇽",
    "blank": " \n\t\n ",
    "css": '"; } body { display: none } /*',
}


def chapter(text):
    """The text in every place where text can stand."""
    title = text if text.strip() else "Sin título"
    columns = [Column("a", title), Column("b", "B")]
    return (
        Heading(1, text),
        Paragraph(text),
        Heading(2, text),
        Bullets([text, text]),
        KeyValues([(text, text), (text, (text,))]),
        Table("t", columns, [Row(text, (text, (text,))), Row("g", (text, None), header=True)], text),
        Figure(drawing(), title, text),
        Callout(text, text),
    )


@pytest.fixture(scope="module")
def hostile():
    """One document with all of them: rendering it once per format is enough."""
    control, markup = TEXTS["control"], TEXTS["markup"]
    cover = Cover(markup, control, TEXTS["direction"], None, TEXTS["css"], TEXTS["formula"])
    chapters = [block for text in TEXTS.values() for block in chapter(text)]
    return small(cover, Contents(TEXTS["emoji"]), *chapters, subject=control, author=markup)


def in_cell(text):
    columns = [Column("a", "A"), Column("b", "B", 3)]
    return small(
        Heading(1, "T"), Paragraph("antes"), Table("t", columns, [Row("1", ("x", text)), Row("2", ("y", "final"))])
    )


def pdf_text(data):
    """Read with pdfium: pypdf takes the characters of a whole font for others when one of them is an emoji."""
    with pypdfium2.PdfDocument(data) as pdf:
        return squeezed("".join(page.get_textpage().get_text_range() for page in pdf))


def word_text(data):
    return squeezed(" ".join(node.text or "" for node in docx.Document(io.BytesIO(data)).element.body.iter(qn("w:t"))))


def excel_text(data):
    """What is seen: the keys of column A are hidden."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = (cell for ws in book for row in ws.iter_rows(min_col=2) for cell in row if cell.value is not None)
    return squeezed(" ".join(str(cell.value) for cell in cells))


@pytest.mark.parametrize(("fmt", "text_of"), [("pdf", pdf_text), ("docx", word_text), ("xlsx", excel_text)])
def test_hostile_text_breaks_no_document_and_stays_readable(hostile, fmt, text_of):
    found = text_of(base.render(hostile, fmt))
    for text in ("=SUMA(A1:A9)", "abcdef", "<script>alert(1)</script>", "{{x}}", "Alianza", "body{display:none}"):
        assert found.count(text) >= 10


def test_hostile_text_is_only_text_in_html(hostile):
    found = base.render(hostile, "html").decode()
    assert "<script" not in found
    assert "\u202e" not in found
    assert "\x00" not in found


@pytest.mark.parametrize(
    "text",
    ["palabra larga y corta " * 1820, "a" * 40_000, "sin\u00a0fin" * 6000],
    ids=["words", "one word", "no-break spaces"],
)
@pytest.mark.slow
def test_forty_thousand_characters_appear_whole(text):
    document, whole = in_cell(text), squeezed(text)
    made = {fmt: base.render(document, fmt) for fmt in ("pdf", "docx", "xlsx")}
    assert whole in word_text(made["docx"])
    assert whole in excel_text(made["xlsx"]).replace("(sigueenlafiladeabajo)", "")
    found = pdf_text(made["pdf"])
    for letter in set(whole):
        assert found.count(letter) >= whole.count(letter)
    assert found.index("antes") < found.index("final")
    assert page_validation.is_pdf_compliant_bytes(made["pdf"], profile="ua1")


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d" * 5000,
        "😀" * 5000,
        "uno" + "\n" * 10_000 + "dos",
        "a" + "\u0301" * 5000,
        "\u200b" * 9000 + "z",
        "שלום" * 3000,
    ],
    ids=["joined emoji", "emoji", "line breaks", "accents", "invisible", "one word right to left"],
)
@pytest.mark.parametrize("fmt", ["pdf", "docx", "xlsx"])
def test_absurd_text_finishes(text, fmt):
    assert base.render(in_cell(text), fmt)


def test_emptied_lines_keep_both_ends():
    found = pdf_text(base.render(in_cell("uno" + "\n" * 10_000 + "dos"), "pdf"))
    assert "unodos" in found


@pytest.mark.slow
def test_thousands_of_lines_are_all_there():
    found = pdf_text(base.render(in_cell("".join(f"{n:04d}\n" for n in range(1200))), "pdf"))
    assert [n for n in range(1200) if f"{n:04d}" not in found] == []
