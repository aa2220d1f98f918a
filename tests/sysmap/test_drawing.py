"""The picture: well formed, safe with any text, told by more than colour; and text that fits."""

import unicodedata
from itertools import pairwise, permutations, product
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alianzas.textfit import ELLIPSIS, clean, shorten, text_width, wrap
from sysmap.arrows import route, taken
from sysmap.drawing import map_svg
from sysmap.layout import RELATIONS, RESULTS, Card, lay_out
from sysmap.marks import Palette, Tone
from sysmap.words import RELATION_LABELS, RESULT_LABELS

SVG = "{http://www.w3.org/2000/svg}"
SHARED_SUBSET = {"svg", "title", "desc", "g", "rect", "circle", "path", "text"}
FONT = "source-sans-3-latin-wght-normal.woff2"
HOSTILE = [
    '"><script>alert(1)</script>',
    "</title></svg><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "]]> <!-- & &amp; &#0;",
    "nulo\x00 campana\x07 escape\x1b \ud800 \ufffe \x9f",
    "al revés \u202e gnp.exe \u2066 aislado",
    "👩‍👩‍👧‍👦" * 1250,
    "Z̴̧̢͓͈̗̯̩̻͒̽a̵͎͒l̷̯͒g̵̛̫o̴͕͝" * 200,
    "x" * 5000,
    "línea\n" * 3000,
    "中文字符 العربية עברית ไทย",
    "",
    "   ",
]


def draw(cards, name="Colectivo Casa Abierta", **options):
    return map_svg(lay_out(cards), name, title="Mapa del sistema", description="Descripción", **options)


def parse(svg):
    root = ET.fromstring(svg)
    svg.encode("utf-8")
    return root


def groups(root):
    return [group for group in root.iter(f"{SVG}g") if "data-actor" in group.attrib]


def every_place():
    return [
        Card(f"{relation}-{result}", f"Actor {relation} {result}", "Dinero", "Convenio", relation, result)
        for relation, result in product(("", *RELATIONS), ("", *RESULTS))
    ]


# --- the picture -----------------------------------------------------------------------------------------


def test_every_card_carries_its_key_relation_and_result():
    cards = every_place()
    found = {
        (group.get("data-actor"), group.get("data-relation"), group.get("data-result"))
        for group in groups(parse(draw(cards)))
    }
    assert found == {(card.key, card.relation, card.result) for card in cards}


def test_root_says_what_it_is():
    root = parse(draw(every_place(), id_prefix="mapa-7"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "mapa-7-title mapa-7-desc"
    assert root.find(f"{SVG}title").text == "Mapa del sistema"
    assert root.find(f"{SVG}title").get("id") == "mapa-7-title"
    assert root.find(f"{SVG}desc").text == "Descripción"
    assert root.get("viewBox").startswith("0 0 ")
    assert root.get("width") is None


def test_title_of_a_card_says_everything_in_spanish():
    card = Card("1", "Iglesia local", "Instalaciones", "Solo decide el párroco", "weak", "positive", "religious")
    (group,) = groups(parse(draw([card])))
    assert group.find(f"{SVG}title").text == (
        "Iglesia local · Recurso: Instalaciones · Regla: Solo decide el párroco · Relación: débil · Resultado: positivo"
    )
    (group,) = groups(parse(draw([Card("2", "Cooperativa")])))
    assert group.find(f"{SVG}title").text == "Cooperativa · Relación: sin definir · Resultado: sin definir"


def test_rings_halves_tray_and_legend_are_labelled():
    words = [text.text for text in parse(draw(every_place())).iter(f"{SVG}text")]
    for label in (*RELATION_LABELS.values(), "POSITIVOS", "NEGATIVOS", "Sin definir", "En cada nota"):
        assert label in words
    plain = [text.text for text in parse(draw(every_place(), legend=False)).iter(f"{SVG}text")]
    assert "En cada nota" not in plain
    assert plain.count("Fuerte") == words.count("Fuerte") - 1


def test_relation_and_result_are_drawn_and_not_only_coloured():
    def marks(relation, result):
        (group,) = groups(parse(draw([Card("1", "Actor", "", "", relation, result)])))
        return tuple(
            (path.get("d"), path.get("stroke-dasharray"))
            for path in group.findall(f"{SVG}path")
            if path.get("d")[0] == "M"
        )

    assert len({marks(relation, "positive") for relation in RELATIONS}) == 4
    assert marks("weak", "positive") != marks("weak", "negative")
    assert marks("weak", "positive")[1][0].count("M") == 2, "a plus is two strokes"
    assert marks("weak", "negative")[1][0].count("M") == 1, "a minus is one"


def test_only_the_shared_subset_is_used():
    ghost = Card("g", "Papel por sumar", "", "", "strong", "positive", is_ghost=True)
    layout = lay_out([*every_place(), ghost])
    arrows = [("a", "weak-positive", "g")]
    for options in ({}, {"interactive": True, "scale": 2, "arrows": arrows}):
        root = parse(map_svg(layout, "Org", title="t", description="d", **options))
        for element in root.iter():
            assert element.tag.removeprefix(SVG) in SHARED_SUBSET
            assert not any(name == "style" or name.startswith("on") for name in element.attrib)


def test_focus_only_when_asked():
    cards = every_place()
    assert "tabindex" not in draw(cards)
    root = parse(draw(cards, interactive=True))
    assert root.get("role") == "group", "an image may hold nothing to act upon"
    for group in groups(root):
        assert group.get("tabindex") == "0"
        assert group.get("role") == "button"
        assert group.get("aria-label") == group.find(f"{SVG}title").text


def test_scale_sets_size():
    layout = lay_out(every_place())
    root = parse(map_svg(layout, "Org", title="t", description="d", scale=3))
    assert float(root.get("width")) == pytest.approx(layout.width * 3, abs=0.1)
    assert float(root.get("height")) == pytest.approx(layout.height * 3, abs=0.1)


def test_ghosts_are_dashed_and_explained():
    ghost = Card("g", "Defensoría", "", "", "strong", "positive", is_ghost=True)
    root = parse(draw([ghost], ghost_label="Papel que falta"))
    (group,) = groups(root)
    assert group.get("data-ghost") == "true"
    assert any(rect.get("stroke-dasharray") for rect in group.findall(f"{SVG}rect"))
    assert "Papel que falta" in [text.text for text in root.iter(f"{SVG}text")]
    assert "Papel que falta" not in draw([Card("1", "Actor")])


def test_arrows_run_between_cards_with_their_heads_on_top():
    layout = lay_out(every_place())
    arrows = [('<"&>', "weak-positive", "strong-negative"), ("x", "weak-positive", "weak-positive")]
    root = parse(map_svg(layout, "Org", title="t", description="d", arrows=arrows))
    first, _ = [group for group in root.iter(f"{SVG}g") if "data-arrow" in group.attrib]
    assert first.get("data-arrow") == '<"&>'
    assert all("C" in curve.get("d") for curve in first)
    order = list(root)
    assert order.index(first) < order.index(groups(root)[0])
    assert all(head.get("d").endswith("Z") for head in order[-2:])


def test_the_ends_of_an_arrow_are_outside_of_its_cards():
    layout = lay_out(every_place())
    cells, size = taken(layout), (layout.width, layout.height)
    for one, other in permutations([placed.box for placed in layout.cards], 2):
        first, *_, last = route(one, other, cells, size)
        assert not one.holds(*first)
        assert not other.holds(*last)


def test_a_palette_takes_only_colours():
    assert "#7a1f3d" in draw([], palette=Palette(accent="#7a1f3d"))
    assert Palette(accent="#f4d35e").on_accent == Palette().ink
    for bad in ('#fff" onload="x', "red", "#12345"):
        with pytest.raises(ValueError, match="colour"):
            Palette(accent=bad)
        with pytest.raises(ValueError, match="colour"):
            Tone(bad, "#ffffff", "#000000")


# --- hostile text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    card = Card(text, text, text, text, "weak", "positive", text)
    svg = map_svg(lay_out([card]), text, title=text, description=text, id_prefix=text, interactive=True)
    root = parse(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= SHARED_SUBSET
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)
    assert len(groups(root)) == 1
    assert len(svg) < 60_000


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=80, deadline=None)
def test_any_text_gives_well_formed_svg(name, rule):
    root = parse(draw([Card("1", name, name, rule, "strong", "negative")], name=rule))
    assert len(groups(root)) == 1


def test_the_same_cards_give_the_same_picture():
    cards = every_place()
    assert draw(cards) == draw(cards[::-1])


# --- text that fits --------------------------------------------------------------------------------------


def lines_of(group):
    """(text, left, baseline, right) of the lines of a card, in its own units."""
    for text in group.findall(f"{SVG}text"):
        if text.get("text-anchor") is None:
            left, size = float(text.get("x")), float(text.get("font-size"))
            bold = text.get("font-weight") == "700"
            yield text.text, left, float(text.get("y")), left + text_width(text.text, size, bold=bold)


LONG = "Coordinación interinstitucional para la prevención de las violencias en la Zona Metropolitana"


@given(
    st.one_of(st.text(max_size=90), st.sampled_from([*HOSTILE, LONG, "OSC", "Secretaría de Educación"])),
    st.one_of(st.just(""), st.just(LONG), st.just("Dinero"), st.text(max_size=40)),
    st.one_of(st.just(""), st.just(LONG), st.just("Convenio"), st.text(max_size=40)),
)
@settings(max_examples=150, deadline=None)
def test_lines_stay_inside_their_card(name, resource, rule):
    (group,) = groups(parse(draw([Card("1", name, resource, rule, "strong", "positive")])))
    note = group.findall(f"{SVG}rect")[-1]
    lines = list(lines_of(group))
    assert all(right <= float(note.get("width")) - 3 for *_, right in lines)
    assert all(baseline <= float(note.get("height")) - 4 for _, _, baseline, _ in lines)
    baselines = [baseline for _, _, baseline, _ in lines]
    assert all(below - above >= 12 for above, below in pairwise(baselines))


def test_long_texts_share_the_card():
    (group,) = groups(parse(draw([Card("1", LONG, LONG, LONG, "strong", "positive")])))
    bold = [text for text in group.findall(f"{SVG}text") if text.get("font-weight")]
    assert len(bold) == 3
    assert len(list(lines_of(group))) == 6
    assert group.find(f"{SVG}title").text.count(LONG) == 3


@given(st.text(max_size=200), st.integers(1, 300), st.sampled_from([9, 12, 14.5]), st.booleans(), st.integers(1, 4))
@settings(max_examples=300, deadline=None)
def test_wrapped_lines_never_exceed_the_width(text, width, size, bold, most):
    lines = wrap(text, width, size, bold=bold, max_lines=most)
    assert len(lines) <= most
    assert all(text_width(line, size, bold=bold) <= width + 1e-6 for line in lines)


@given(st.text(alphabet="aábcdeé ñz", max_size=60))
@settings(max_examples=100, deadline=None)
def test_wrapping_loses_no_letter_when_there_is_room(text):
    lines = wrap(text, 60, 12, max_lines=50)
    assert "".join(lines).replace(" ", "").replace("-", "") == clean(text).replace(" ", "")


def test_wrapping_prefers_words_then_marks_then_hyphens():
    assert wrap("Secretaría de Educación", 110, 14, bold=True) == ["Secretaría de", "Educación"]
    assert wrap("contacto@asociacion.org.mx", 95, 12)[0] == "contacto@"
    assert wrap("Otorrinolaringología", 60, 12)[0].endswith("-")
    assert wrap("Secretaría de Educación Pública del Estado", 110, 14, bold=True)[-1].endswith(ELLIPSIS)
    assert shorten("Iglesia", 100, 12) == "Iglesia"
    assert wrap("lo que sea", 50, 12, max_lines=0) == []
    assert wrap("lo que sea", 1, 12) == []


@pytest.mark.parametrize("text", [*HOSTILE, "\u0301" * 100_000, " " * 1_000_000, "a" * 5_000_000, "👍🏽" * 100_000])
def test_a_text_without_end_takes_no_more_than_its_lines(text):
    lines = wrap(text, 100, 12, max_lines=3)
    assert len(lines) <= 3
    assert all(text_width(line, 12) <= 100 for line in lines)


def test_clean_keeps_what_people_write():
    assert clean("  Núñez & Cía.\n«Los\tCoyotes»  ") == "Núñez & Cía. «Los Coyotes»"
    assert clean("a\u202eb\x00c\ud800d") == "abcd"
    assert clean("e" + "\u0301" * 9) == "e\u0301\u0301"
    assert clean("x" * 50, 10) == "x" * 9 + ELLIPSIS
    assert clean("ñ\u0303" * 50, 10).endswith(ELLIPSIS)


def test_advances_are_those_of_the_font():
    font_tools = pytest.importorskip("fontTools.ttLib")
    instancer = pytest.importorskip("fontTools.varLib.instancer")
    folder = Path(__file__).parents[2] / "node_modules/@fontsource-variable/source-sans-3/files"
    if not (folder / FONT).exists():
        pytest.skip("the font is not installed")
    for weight in (400, 700):
        font = instancer.instantiateVariableFont(font_tools.TTFont(folder / FONT), {"wght": weight})
        glyphs, advances = font.getBestCmap(), font["hmtx"]
        for code, glyph in glyphs.items():
            if code < 0x300 and unicodedata.category(chr(code)) not in {"Mn", "Cc", "Cf"}:
                measured = text_width(chr(code), 1000, bold=weight == 700)
                assert measured >= advances[glyph][0] - 1, hex(code)
                if code < 0x100:
                    assert measured <= advances[glyph][0] + 1, hex(code)


def test_forty_actors_are_all_drawn():
    cards = [
        Card(str(i), LONG, LONG, LONG, RELATIONS[i % 4], RESULTS[i // 4 % 2], is_ghost=i % 9 == 0) for i in range(40)
    ]
    drawn = draw(cards)
    assert all(f'data-actor="{card.key}"' in drawn for card in cards)
    assert set(RESULT_LABELS) == set(RESULTS)
