"""Text made safe, and values as people in Mexico read them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from alianzas.exports.text import breakable, clean_text, one_line, paragraphs, show


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("Niñez y juventud: «sí» – 20 %", "Niñez y juventud: «sí» – 20 %"),
        ("a\x00b\x1fc\x7fd\ufffee\ud800f", "abcdef"),
        ("uno\r\ndos\rtres\u2028cuatro", "uno\ndos\ntres\ncuatro"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a\n \n\t\n\n\nb", "a\n\nb"),
        ("a\n\nb", "a\n\nb"),
        ("\u202eoculto\u202c", "oculto"),
        ("Jose\u0301", "José"),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_clean_text_keeps_what_can_be_read(given_text, kept):
    assert clean_text(given_text) == kept


def test_clean_text_cuts_down_absurd_runs():
    assert "\u200d" not in clean_text("👩\u200d" * 5000)
    assert clean_text("👩\u200d" * 5000).count("👩") == 5000
    assert len(clean_text("a" + "\u0301" * 5000)) < 10
    assert clean_text("x" + "\n" * 10_000 + "y") == "x\n\ny"


@given(st.text())
def test_clean_text_is_valid_xml_and_stable(text):
    clean = clean_text(text)
    etree.Element("a").text = clean
    assert clean_text(clean) == clean
    assert one_line(text).count("\n") == 0


@given(st.text(alphabet="abc def-\n", max_size=400))
def test_breakable_adds_only_invisible_breaks(text):
    assert breakable(text).replace("\u200b", "") == text


def test_breakable_leaves_ordinary_words_alone():
    assert (
        breakable("electroencefalografista https://ejemplo.org/ruta")
        == "electroencefalografista https://ejemplo.org/ruta"
    )
    assert "\u200b" in breakable("a" * 100)


def test_paragraphs_parts_at_empty_lines():
    assert paragraphs("uno\ndos\n\n tres \n") == [["uno", "dos"], ["tres"]]
    assert paragraphs("") == [[""]]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (1240, "1,240"),
        (12.5, "12.5"),
        (1234.0, "1,234"),
        (0.333, "0.33"),
        (True, "Sí"),
        (date(2027, 3, 5), "5 mar 2027"),
        (datetime(2027, 12, 5, 9, 30), "5 dic 2027, 09:30"),
        (("uno", "dos\n"), "uno\ndos"),
    ],
)
def test_show_writes_as_in_mexico(value, shown):
    assert show(value) == shown
