"""Documents as plain data and back."""

import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alianzas.exports import blocks
from alianzas.exports.plain import from_plain, to_plain
from tests.factories import picture_bytes

texts = st.text(max_size=40)
named = st.text(min_size=1, max_size=20).filter(str.strip)
cells = st.one_of(
    texts, st.integers(), st.floats(allow_nan=False), st.dates(), st.none(), st.booleans(), st.datetimes(),
    st.lists(texts, max_size=3).map(tuple),
)  # fmt: skip
pictures = st.builds(blocks.Photo, data=st.binary(max_size=30), mime=st.just("image/png"), alt=named, caption=texts)
tables = st.lists(cells, max_size=4).map(
    lambda found: blocks.Table(
        key="k",
        columns=(blocks.Column("uno", "Uno", 2.5, row_header=True, choices=("a", "b")),),
        rows=tuple(blocks.Row(str(number), (cell,)) for number, cell in enumerate(found)),
    )
)
every_block = st.one_of(
    st.builds(blocks.Cover, title=texts, logo=st.one_of(st.none(), pictures)),
    st.builds(blocks.Contents, parts=st.booleans()),
    st.builds(blocks.Heading, level=st.integers(1, 4), text=texts, page_break=st.booleans()),
    st.builds(blocks.Paragraph, text=texts, style=st.sampled_from(["normal", "lead", "note"])),
    st.builds(blocks.Bullets, items=st.lists(texts, max_size=3).map(tuple), numbered=st.booleans()),
    st.builds(blocks.KeyValues, pairs=st.lists(st.tuples(texts, cells), max_size=3).map(tuple)),
    tables,
    st.builds(blocks.Figure, svg=texts, title=named, main=st.booleans()),
    st.lists(pictures, max_size=2).map(lambda found: blocks.PhotoGrid(tuple(found))),
    st.builds(blocks.Callout, title=texts, text=texts),
)


@given(st.lists(every_block, max_size=6))
def test_what_is_kept_is_what_is_read(found):
    document = blocks.Document("Plan", blocks.Brand("Tejiendo", primary="#123456"), tuple(found), tiles=(2, 1))
    again = from_plain(json.loads(json.dumps(to_plain(document))))
    assert again == document
    assert blocks.digest(again) == blocks.digest(document)


def test_what_nobody_chose_is_not_written():
    assert to_plain(blocks.Paragraph("Hola")) == {"is": "Paragraph", "text": "Hola"}


@pytest.mark.parametrize("data", [{"is": "Script", "text": "x"}, {"text": "x"}, {"is": None}])
def test_an_unknown_kind_is_refused(data):
    with pytest.raises(ValueError, match="No block is called"):
        from_plain(data)


def test_what_no_document_holds_is_refused():
    with pytest.raises(TypeError, match="No document holds object"):
        to_plain(object())


def test_days_moments_and_pictures_stay_apart():
    image = blocks.Image(picture_bytes(), "image/png", "Logo")
    for value in (date(2027, 3, 5), datetime(2027, 3, 5, 10, 30), image):
        assert from_plain(to_plain(value)) == value
