"""Blocks refuse what cannot be a document, and equal content has an equal digest."""

import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from datetime import date
from pathlib import Path

import pytest

from alianzas.exports.blocks import (
    Brand,
    Bullets,
    Column,
    Document,
    Heading,
    Image,
    Paragraph,
    Photo,
    Row,
    Table,
    digest,
)

from .samples import BRAND, everything, table

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Heading(5, "x"),
        lambda: Paragraph("x", "grande"),
        lambda: Column("a", "A", width=0),
        lambda: Column("a", "A", align="justify"),
        lambda: Column("a", "A", choices=("uno, dos", "tres")),
        lambda: Column("a", "A", choices=("x" * 256,)),
        lambda: table(rows=(Row("r", ("una", "dos")),)),
        lambda: Table("t", (Column("a", "A"), Column("a", "B")), ()),
        lambda: Table("t", (Column("a", "A", hidden=True),), ()),
        lambda: Brand("Org", primary="rojo"),
        lambda: Brand("Org", body_font='x"; } body { color: red'),
        lambda: Image(b"", "image/svg+xml", "x"),
        lambda: Photo(b"", "image/png", " "),
        lambda: Document(" ", BRAND, ()),
        lambda: Document("T", BRAND, (), page_size="Sábana"),
        lambda: Document("T", BRAND, (), orientation="diagonal"),
    ],
)
def test_block_refuses_what_it_cannot_be(make):
    with pytest.raises(ValueError, match=r"\w"):
        make()


@pytest.mark.parametrize("make", [lambda: Bullets("texto"), lambda: Row("r", ({"a": 1},)), lambda: Row("r", ([1, 2],))])
def test_block_refuses_other_types(make):
    with pytest.raises(TypeError):
        make()


def test_block_keeps_sequences_as_tuples_and_is_frozen():
    row = Row("r", [["uno", "dos"], None])
    assert row.cells == (("uno", "dos"), None)
    with pytest.raises(FrozenInstanceError):
        row.key = "otra"


def test_page_turns_with_orientation():
    assert Document("T", BRAND, (), orientation="landscape").page_mm == (279.4, 215.9)


def test_digest_is_the_same_in_another_process(document):
    script = (
        "import sys; sys.path.insert(0, '.')\n"
        "from alianzas.exports.blocks import digest\n"
        "from tests.exports.samples import everything\n"
        "print(digest(everything()))"
    )
    other = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == digest(document) == digest(everything())


def test_digest_sees_every_change():
    plain = Document("T", BRAND, (Paragraph("ab"), Paragraph("c")))
    variants = [
        plain,
        replace(plain, title="U"),
        replace(plain, language="es"),
        replace(plain, brand=replace(BRAND, accent="#000000")),
        replace(plain, blocks=(Paragraph("a"), Paragraph("bc"))),
        replace(plain, blocks=(Paragraph("ab", "lead"), Paragraph("c"))),
        replace(plain, blocks=(Bullets(["ab", "c"]),)),
        replace(plain, blocks=(Bullets(["abc"]),)),
    ]
    assert len({digest(variant) for variant in variants}) == len(variants)


def test_digest_tells_types_apart():
    def of(value):
        return digest(Document("T", BRAND, (Table("t", (Column("a", "A"),), (Row("r", (value,)),)),)))

    values = [1, 1.0, True, "1", ("1",), None, "", (), date(2027, 1, 1), "2027-01-01"]
    assert len({of(value) for value in values}) == len(values)
