"""The maps that compare: everybody where they should stand, and whatever moves drawn twice."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from sysmap import pictures
from sysmap.layout import RELATIONS, RESULTS, lay_out
from sysmap.states import ActorState, GhostState, MapState

from .strategies import states
from .test_layout import check

SVG = "{http://www.w3.org/2000/svg}"
BEFORE = MapState(
    "Línea base",
    (
        ActorState("1", "Iglesia local", "religious", relation="weak", result="positive", rules="Decide el párroco"),
        ActorState("2", "Cámara", relation="strong", result="negative"),
        ActorState("3", "Radio", relation="strong", result="positive"),
        ActorState("4", "Policía"),
    ),
)
AFTER = MapState(
    "Hoy",
    (
        replace(BEFORE.actors[0], relation="strong", desired_result="negative"),
        replace(BEFORE.actors[1], desired_relation="collaborative", desired_result="positive"),
        replace(BEFORE.actors[3], relation="weak", result="negative"),
        ActorState("5", "Colectivo", relation="weak", result="positive"),
    ),
    (GhostState("g", "Defensoría", "strong", "positive", "Conocimiento", "Barra de abogadas"),),
)


def drawn(picture):
    """{data-actor: (relation, result, is ghost, texts)} and the arrows of a picture."""
    root = ET.fromstring(picture.svg("Colectivo"))
    groups = {
        group.get("data-actor"): (
            group.get("data-relation"),
            group.get("data-result"),
            group.get("data-ghost") == "true",
            [text.text for text in group.iter(f"{SVG}text")],
        )
        for group in root.iter(f"{SVG}g")
        if "data-actor" in group.attrib
    }
    return groups, {group.get("data-arrow") for group in root.iter(f"{SVG}g") if "data-arrow" in group.attrib}


@pytest.mark.parametrize("make", [pictures.ideal, pictures.overlay, pictures.moment])
@given(state=states(most=60))
@settings(max_examples=25, deadline=None)
def test_any_map_holds_every_promise_of_the_layout(make, state):
    cards = make(state).cards
    check(lay_out(cards), cards)


@given(states("antes", most=40), states(most=40))
@settings(max_examples=25, deadline=None)
def test_any_comparison_holds_every_promise_of_the_layout(before, after):
    picture = pictures.comparison(before, after)
    check(lay_out(picture.cards), picture.cards)
    keys = [card.key for card in picture.cards]
    assert len(set(keys)) == len(keys)
    assert {key for pair in picture.arrows for key in pair} <= set(keys)


@pytest.mark.parametrize("make", [pictures.ideal, pictures.overlay])
def test_sixty_actors_that_all_move(make):
    actors = tuple(
        ActorState(
            str(n),
            f"Actor {n}",
            relation=RELATIONS[n % 4],
            result=RESULTS[n % 2],
            desired_relation=RELATIONS[(n + 1) % 4],
        )
        for n in range(60)
    )
    picture = make(MapState("Hoy", actors, AFTER.ghosts))
    check(lay_out(picture.cards), picture.cards)
    assert len(drawn(picture)[0]) == len(picture.cards)


def test_the_ideal_map_has_everybody_where_they_should_be():
    cards, arrows = drawn(pictures.ideal(AFTER))
    assert {key: found[:3] for key, found in cards.items()} == {
        "1": ("strong", "negative", False),
        "2": ("collaborative", "positive", False),
        "4": ("weak", "negative", False),
        "5": ("weak", "positive", False),
        "g": ("strong", "positive", True),
    }
    assert arrows == set()
    assert cards["g"][3] == ["falta", "Defensoría", "Conocimiento", "Barra de", "abogadas"]
    assert "más lejos" in cards["2"][3]
    assert "dificulta" in cards["1"][3]


def test_the_overlay_has_an_arrow_for_whoever_should_move():
    cards, arrows = drawn(pictures.overlay(AFTER))
    assert cards["2"][:3] == ("strong", "negative", False)
    assert cards["2:ideal"][:3] == ("collaborative", "positive", True)
    assert arrows == {"1:ideal", "2:ideal"}
    assert set(cards) == {"1", "2", "4", "5", "g", "1:ideal", "2:ideal"}


def test_the_comparison_shows_where_everybody_was():
    cards, arrows = drawn(pictures.comparison(BEFORE, AFTER))
    assert set(cards) == {"1", "2", "4", "5", "1:antes", "4:antes", "3:salió"}
    assert arrows == {"1", "4"}
    assert cards["1:antes"][:3] == ("weak", "positive", True)
    assert cards["4:antes"][:2] == ("", "")
    for key, tag in (("1", "más cerca"), ("1:antes", "antes"), ("3:salió", "salió"), ("5", "nuevo")):
        assert tag in cards[key][3]
    assert not {"más cerca", "más lejos", "nuevo"} & set(cards["2"][3])


def test_pictures_say_in_words_what_they_show():
    comparison = pictures.comparison(BEFORE, AFTER)
    for words in ("Iglesia local pasó de débil a fuerte", "Entró al mapa: Colectivo", "Salió del mapa: Radio"):
        assert words in comparison.description
    assert "Cámara, de relación fuerte y efecto negativo a relación colaborativa" in pictures.overlay(AFTER).description
    assert "Falta Defensoría, con relación fuerte" in pictures.ideal(AFTER).description
    assert "Nadie cambia de lugar" in pictures.comparison(BEFORE, BEFORE).description


def test_two_actors_without_a_place_do_not_move():
    one, other = (MapState("m", (ActorState("1", "Iglesia", relation=relation),)) for relation in ("", "weak"))
    assert [card.key for card in pictures.comparison(one, other).cards] == ["1"]
