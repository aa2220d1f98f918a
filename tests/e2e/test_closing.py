"""Closing an alliance in a real browser: the agreed steps become this ally's own, and the state says it is over."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("width", [360, 1440])
def test_an_alliance_is_closed_with_what_was_agreed(enter, page, base_url, width):
    page.set_viewport_size({"width": width, "height": 900})
    enter("equipo")
    page.goto(f"{base_url}/o/tejiendo-barrios/ruta/aliados/")
    page.get_by_role("link", name="Preparatoria técnica" if width == 360 else "Casa productora").click()
    page.get_by_role("link", name="Cierre", exact=True).click()
    road = page.locator("#campo-hoja")
    expect(road.get_by_label("Paso").first).to_have_value("Hablarlo de frente con el aliado")
    steps = road.locator("[data-row], fieldset").count()
    assert steps > 4
    road.get_by_label("Responsable").first.fill("Dirección general")
    expect(page.locator("#estado-hoja")).to_contain_text("Guardado")
    page.reload()
    expect(road.get_by_label("Responsable").first).to_have_value("Dirección general")
    expect(road.locator("[data-row], fieldset")).to_have_count(steps)
    opened = page.get_by_role("group", name="Compromisos abiertos")
    expect(opened.get_by_role("row").filter(has_text="Hablarlo de frente con el aliado")).to_contain_text("Dirección")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("Por qué se cierra").fill("Terminó el ciclo escolar")
    page.get_by_role("button", name="Cerrar la alianza").click()
    expect(page.get_by_text("quedó cerrada")).to_be_visible()
    expect(page.get_by_role("button", name="Cerrar la alianza")).to_have_count(0)
