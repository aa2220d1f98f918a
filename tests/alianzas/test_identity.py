"""The identity of an organisation in its ficha: what it may choose, and colours that can be read."""

import pytest
from django.urls import reverse

from tests.alianzas.test_organizations import ficha


def post(client, org, **data):
    return client.post(reverse("organizacion", args=[org.slug]), ficha(**data))


def test_typeface_cover_and_letterhead_are_kept_and_seen(as_editor, org):
    look = {"typeface": "calida", "cover_style": "papel", "letterhead": "faro.example · hola@faro.example"}
    assert post(as_editor, org, **look).status_code == 302
    org.refresh_from_db()
    assert (org.typeface, org.cover_style, org.letterhead) == ("calida", "papel", "faro.example · hola@faro.example")
    css = as_editor.get(reverse("identidad-css", args=[org.slug])).content.decode()
    assert 'font-family: "Lora"' in css
    assert "vendor/lora" in css
    assert "vendor/figtree" in css


def test_a_ficha_without_them_keeps_what_was_chosen(as_editor, org):
    post(as_editor, org, typeface="legible", cover_style="tejido")
    assert post(as_editor, org).status_code == 302
    org.refresh_from_db()
    assert (org.typeface, org.cover_style) == ("legible", "tejido")


@pytest.mark.parametrize("data", [{"typeface": "comic"}, {"cover_style": "otro"}, {"letterhead": "m" * 201}])
def test_what_is_not_offered_is_refused(as_editor, org, data):
    assert post(as_editor, org, name="No se pierde", **data).status_code == 422


def test_a_colour_on_which_nothing_can_be_read_is_refused_with_the_nearest_that_can(as_editor, org):
    answer = post(as_editor, org, name="No se pierde", primary_color="#7c7c7c")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "no se lee bien ni el texto blanco ni el oscuro" in page
    assert "Usar #757676 y guardar" in page
    assert "No se pierde" in page
    org.refresh_from_db()
    assert org.primary_color != "#7c7c7c"
    answer = post(as_editor, org, primary_color="#7c7c7c", usar_color="#757676")
    assert answer.status_code == 302
    org.refresh_from_db()
    assert org.primary_color == "#757676"


def test_a_light_colour_is_corrected_in_titles_and_the_page_says_so(as_editor, org):
    assert post(as_editor, org, primary_color="#F2D21B").status_code == 302
    page = as_editor.get(reverse("organizacion", args=[org.slug])).content.decode()
    assert "Sobre #f2d21b va texto oscuro" in page
    assert "es el más cercano que sí" in page
    assert 'class="doc-cover-title' in page
