"""Case 10: the same word in other code points is the same word."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from alianzas import services as shared
from alianzas.models import ActionLine
from alianzas.names import folded_with_places, key_of, looks_like, numbered, same_name
from alianzas.spreadsheets import Cell, as_text
from sessions_app.live import services as live
from sessions_app.models import Participant
from sessions_app.workplan.sheet import _unit
from sysmap.models import Actor
from tests import factories as make
from tests.live.rows import open_run
from tests.sysmap.rows import put, review_of, workbook
from tests.workbooks import edited

NAME = "Fundación Puentes del Desierto"


def nfd(text):
    return unicodedata.normalize("NFD", text)


FORMS = [
    nfd(NAME),
    NAME + "\u200b",
    NAME.replace("dación", "da\u00adción"),
    NAME.upper(),
    f" {NAME.replace(' ', '  ')}",
]


def test_a_unit_in_other_code_points_is_read():
    assert _unit(Cell("E7", "text", nfd("días"))) == "days"


def test_cells_in_other_code_points_are_no_change(org):
    make.make_actor(org, NAME, roles=["Intermediación"], rules="Según convenio")
    data = edited(workbook(org), put(actor_0=nfd(NAME), roles_0=nfd("Intermediación"), rules_0=nfd("Según convenio")))
    review = review_of(org, data)
    assert (review.problems, review.changes) == ((), ())


@pytest.mark.parametrize("written", FORMS)
def test_a_new_row_with_a_name_that_is_there_is_refused(org, written):
    make.make_actor(org, NAME)
    make.make_actor(org, "Vecinas")
    review = review_of(org, edited(workbook(org), put(actor_2=written)))
    assert "ya está en la fila" in " ".join(review.problems)


def test_nor_is_the_real_name_of_a_sensitive_actor_taken_in_any_form(org):
    make.make_actor(org, NAME, is_sensitive=True, alias="Actor A")
    for written in FORMS:
        review = review_of(org, edited(workbook(org), put(actor_1=written)))
        assert "ya está en el mapa un actor" in " ".join(review.problems)


def test_guests_of_a_workshop_are_told_apart(org):
    run = open_run(org)
    with scope(organization=org):
        came = [
            live.join(run=run, key=f"{place:0>26}", name=name).name
            for place, name in enumerate(["Ítalo Peña", nfd("Ítalo Peña"), "Ítalo Peña\u200b", "ÍTALO PEÑA"])
        ]
        assert came[0] == "Ítalo Peña"
        assert [one[-4:] for one in came[1:]] == [" (2)", " (3)", " (4)"]
        assert len(set(Participant.objects.values_list("name_key", flat=True))) == 4


def test_who_comes_back_under_a_name_that_was_taken_meanwhile_gets_a_number(org):
    run = open_run(org)
    with scope(organization=org):
        first = live.join(run=run, key="a" * 26, name="Luz")
        live.expel(participant=first)
        live.join(run=run, key="b" * 26, name="LUZ")
        live.readmit(participant=first)
        first.refresh_from_db()
        assert (first.name, first.expelled_at) == ("Luz (2)", None)


@pytest.mark.parametrize("written", FORMS)
def test_the_database_itself_refuses_the_same_name(org, written):
    with scope(organization=org):
        shared.append(Actor(organization=org, name=NAME))
        with pytest.raises(ValidationError, match="Ya está en el mapa"):
            shared.append(Actor(organization=org, name=written))
        shared.append(ActionLine(organization=org, name=NAME))
        with pytest.raises(ValidationError, match="Ya hay una línea"):
            shared.append(ActionLine(organization=org, name=written))


def test_a_cell_of_text_is_clean():
    assert as_text(Cell("B2", "text", nfd(" Peña \uf0b7")), 20) == "Peña •"


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(words)
def test_keys_are_stable_and_one_is_coarser_than_the_other(text):
    same, like = same_name(text), looks_like(text)
    assert same_name(same) == same
    assert looks_like(like) == like
    assert looks_like(same) == like


@given(words, st.sampled_from(["\u200b", "\u00ad", "\ufeff", "\u2060", "\ufe0f"]), st.integers(0, 30))
def test_other_code_points_capitals_spaces_and_marks_do_not_count(text, mark, place):
    same = same_name(text)
    assert same_name(unicodedata.normalize("NFD", text)) == same
    assert same_name(unicodedata.normalize("NFC", text)) == same
    assert same_name(text[:place] + mark + text[place:]) == same
    assert same_name(f"  {text}\t") == same
    assert same_name(text.casefold()) == same


@given(words)
def test_a_folded_text_says_where_its_letters_stood(text):
    folded, places = folded_with_places(text)
    assert looks_like(folded) == looks_like(text)
    if places is not None:
        assert len(places) == len(folded)
        assert places == sorted(places)


@given(st.lists(words.filter(same_name), max_size=5), words.filter(same_name))
def test_a_number_makes_a_name_free_and_short(taken, name):
    keys = {key_of(one) for one in taken}
    given_name = numbered(name[:20], keys, 30)
    assert key_of(given_name) not in keys
    assert len(given_name) <= 30


def test_accents_and_enie_are_kept():
    assert same_name("Peña") != same_name("Pena")
    assert looks_like("Peña") == looks_like("PENA")


def test_whatever_is_stored_is_found_in_any_of_its_forms(org):
    """Reader ∘ writer on the database in use."""
    names = ["Ñandú", "ÁNIMAS", "Straße", "İstanbul", "ﬁn", "Ｗｉｄｅ", "á" * 200, "漢字", "🙂 risa"]
    with scope(organization=org):
        for name in names:
            shared.append(Actor(organization=org, name=name))
        for name in names:
            for written in (name, nfd(name), name.casefold(), f"{name}\u200b"):
                assert Actor.objects.get(name_key=key_of(written)).name == name
