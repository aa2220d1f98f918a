"""What people may type, or paste, or send on purpose: nothing of it breaks a document, nothing readable is lost."""

import io

import docx
import openpyxl
import page as page_validation
import pypdf
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


def everywhere(text):
    title = text if text.strip() else "Sin título"
    column = Column("a", title)
    return small(
        Cover(title, text, text, None, text, text),
        Contents(text),
        Heading(1, text),
        Paragraph(text),
        Heading(2, text),
        Bullets([text, text]),
        KeyValues([(text, text), (text, (text,))]),
        Table("t", [column, Column("b", "B")], [Row(text, (text, (text,))), Row("g", (text, None), header=True)], text),
        Figure(drawing(), title, text),
        Callout(text, text),
        subject=text,
        author=text,
    )


def in_cell(text):
    columns = [Column("a", "A"), Column("b", "B", 3)]
    return small(
        Heading(1, "T"), Paragraph("antes"), Table("t", columns, [Row("1", ("x", text)), Row("2", ("y", "final"))])
    )


def pdf_text(data):
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages))


def word_text(data):
    return squeezed(" ".join(node.text or "" for node in docx.Document(io.BytesIO(data)).element.body.iter(qn("w:t"))))


def excel_text(data):
    """What is seen: the keys of column A are hidden."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = (cell for ws in book for row in ws.iter_rows(min_col=2) for cell in row if cell.value is not None)
    return squeezed(" ".join(str(cell.value) for cell in cells))


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("fmt", ["html", "pdf", "docx", "xlsx"])
def test_hostile_text_breaks_no_document(name, fmt):
    data = base.render(everywhere(TEXTS[name]), fmt)
    if fmt == "pdf":
        assert len(pypdf.PdfReader(io.BytesIO(data)).pages) >= 3
    elif fmt == "docx":
        docx.Document(io.BytesIO(data))
    elif fmt == "xlsx":
        assert {
            c.data_type for ws in openpyxl.load_workbook(io.BytesIO(data)) for row in ws.iter_rows() for c in row
        } <= {
            "s",
            "n",
        }


def test_control_characters_go_and_the_words_stay():
    document = everywhere(TEXTS["control"])
    assert "abcdef" in pdf_text(base.render(document, "pdf"))
    assert "abcdef" in word_text(base.render(document, "docx"))
    assert "abcdef" in excel_text(base.render(document, "xlsx"))


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
