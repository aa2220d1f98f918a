"""Whatever two colours an organisation has, what is written in them can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alianzas.exports.blocks import Brand
from alianzas.exports.colours import contrast, mix, palette

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours, colours)
def test_palette_can_always_be_read(primary, accent):
    p = palette(Brand("Org", primary, accent))
    for colour, background in (
        ("primary-text", "#ffffff"),
        ("primary-text", p["primary-tint"]),
        ("accent-text", "#ffffff"),
        ("muted", "#ffffff"),
    ):
        assert contrast(p[colour], background) >= 4.5
    assert contrast(p["on-primary"], p["primary"]) >= 3  # 12 points bold and more


@pytest.mark.parametrize(("primary", "ink"), [("#1f5c57", "#ffffff"), ("#ffd400", "#22262b")])
def test_cover_text_is_white_only_where_it_reads(primary, ink):
    assert palette(Brand("Org", primary))["on-primary"] == ink


def test_mix_goes_from_one_colour_to_the_other():
    assert [mix("#000000", "#ffffff", part) for part in (0, 0.5, 1)] == ["#000000", "#808080", "#ffffff"]
