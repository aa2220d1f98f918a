"""Case 13: bullets of Word stay outside, and no private-use letter reaches a document."""

import re

import pytest
from django.urls import reverse
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from alianzas.bullets import items_in, without_bullet
from alianzas.exports.text import clean_text
from sessions_app.worksheets.text import line_item, words
from sysmap import cells
from sysmap.models import Actor
from tests import factories as make
from tests.sysmap.rows import apply, put, workbook
from tests.workbooks import edited

LINES = "· Sala de juntas\no Camioneta\n\uf0b7\tBase de datos\n▪ Voluntariado\n➢ Contactos\n1. Dinero"
ITEMS = ["Sala de juntas", "Camioneta", "Base de datos", "Voluntariado", "Contactos", "Dinero"]
PRIVATE = re.compile("[\ue000-\uf8ff]")


def test_a_list_pasted_into_the_workbook_of_the_matrix_leaves_its_bullets(as_editor, org):
    make.make_actor(org, "Radio")
    edit = put(resources_0=LINES, rules_0="\uf0b7\tConvenio firmado", roles_0="§ Financiador")
    apply(as_editor, org, edited(workbook(org), edit), [0])
    with scope(organization=org):
        actor = Actor.objects.get()
    assert actor.resources == ITEMS
    assert actor.roles == ["Financiador"]
    assert actor.rules == "• Convenio firmado"


def test_so_does_one_pasted_into_a_cell(as_editor, org):
    actor = make.make_actor(org, "Radio", primary_resource="")
    address = reverse("celda", args=[org.slug, actor.pk, "resources"])
    assert as_editor.post(address, {"text": LINES, "was": ""}).status_code == 200
    with scope(organization=org):
        assert Actor.objects.get().resources == ITEMS


def test_every_list_has_the_same_idea_of_a_bullet():
    assert cells.names_in(LINES) == items_in(LINES) == cells.lines_of(LINES) == ITEMS
    assert [line_item(line) for line in LINES.splitlines()] == ITEMS


@pytest.mark.parametrize("text", ["-5 grados", "1.5 millones", "otra cosa", "Ñu", "2026 fue", "a la mano", "*nota"])
def test_what_is_no_bullet_stays(text):
    assert without_bullet(text) == text


@given(st.text())
def test_no_private_letter_is_left_anywhere(text):
    for cleaned in (clean_text(text), words(text, 10**6), without_bullet(clean_text(text))):
        assert not PRIVATE.search(cleaned)
    assert without_bullet(without_bullet(text)) == without_bullet(text)


def test_in_running_text_the_bullet_of_word_becomes_one_that_all_fonts_have():
    assert clean_text("\uf0b7\tUno\n\uf0a7 Dos\ue123") == "•\tUno\n Dos"
