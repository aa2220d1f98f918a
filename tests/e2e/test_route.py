"""The Ruta Crítica in a real browser: what is written is drawn at once, and everybody can read it."""

import pytest
from playwright.sync_api import expect

from .looks import problems_of

pytestmark = pytest.mark.e2e


@pytest.fixture
def address(base_url):
    return f"{base_url}/o/tejiendo-barrios/ruta/"


def test_a_new_name_is_drawn_while_it_is_written(enter, page, address):
    enter("equipo")
    page.goto(address)
    name = page.get_by_label("Nuestro nombre para el paso").nth(1)
    picture, steps = page.locator(".for-wide svg"), page.locator(".route-steps h3")
    expect(steps.nth(1)).to_have_text("Primer café")
    name.fill("Café de olla")
    expect(steps.nth(1)).to_have_text("Café de olla")
    expect(picture).to_contain_text("Café de olla")

    name.fill("")
    expect(steps.nth(1)).to_have_text("Construcción de la alianza")
    expect(page.locator(".route-remarks")).to_contain_text("El paso 2 no tiene nombre propio")

    page.get_by_label("¿Lo usamos?").nth(1).select_option("no")
    expect(steps.nth(1)).to_contain_text("no por ahora")
    name.fill("Primer café")
    page.get_by_label("¿Lo usamos?").nth(1).select_option("yes")
    expect(steps.nth(1)).to_have_text("Primer café")
    expect(page.locator(".route-remarks")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1440])
def test_the_route_passes_axe_and_fits_its_screen(enter, page, address, width):
    enter("facilitadora")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    assert problems_of(page) == []
    expect(page.locator(".road-picture:visible")).to_have_count(1)
