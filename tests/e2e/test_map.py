"""The map in a real browser: from ten names to what moved a year later."""

import json
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .grid import cell, name, saved
from .hands import box_of

pytestmark = pytest.mark.e2e

TEN = [
    "Comité de agua", "Primaria rural", "Alcaldía", "Radio bosque", "Parroquia del pueblo",
    "Red de cuencas", "Universidad del sur", "Tienda de doña Luz", "Fundación Raíz", "Sindicato de pipas",
]  # fmt: skip
PATHS = ("", "actores/", "matriz/", "fases/1/", "fases/2/", "ideal/", "momentos/", "comparar/", "analisis/")


def test_from_ten_pasted_names_to_what_moved(new_org, page):
    name(page, new_org, TEN)
    expect(page.locator("[data-actor-row]")).to_have_count(10)

    finish_the_matrix_by_keyboard(page, new_org)
    move_one_on_the_map(page, new_org)

    page.goto(f"{new_org}momentos/")
    page.get_by_label("Quiénes participaron").fill("Dirección\nCoordinación de cuencas")
    with page.expect_navigation():
        page.get_by_role("button", name="Guardar este momento").click()
    assert "Línea base" in page.get_by_role("heading", level=3).first.inner_text()

    change_three_things(page, new_org)

    page.goto(f"{new_org}comparar/")
    told = page.locator(".moves > li")
    expect(told).to_have_count(3)
    words = told.all_inner_texts()
    assert any("Comité de agua" in text and "fuerte" in text for text in words)
    assert any("Primaria rural" in text and "ayuda" in text for text in words)
    assert any("Radio bosque" in text for text in words)
    told.first.get_by_role("textbox").fill("Firmamos un convenio en la asamblea")
    told.first.get_by_role("textbox").press("Tab")
    told.first.locator(".why-state", has_text="Guardado").wait_for()
    page.reload()
    assert told.first.get_by_role("textbox").input_value() == "Firmamos un convenio en la asamblea"


def finish_the_matrix_by_keyboard(page, address):
    """Arrows, Enter, typing and Tab only; then nothing is left without a place."""
    page.goto(f"{address}matriz/")
    cell(page, TEN[0], "sector").focus()
    for number in range(10):
        press = page.keyboard.press
        press("o")
        press("Tab")
        press("M")
        page.keyboard.insert_text("oviliza a su gente")
        press("Tab")
        press("V")
        page.keyboard.insert_text("oces del barrio; Agua")
        press("Tab")
        press("cfd"[number % 3])
        press("Tab")
        press("S")
        page.keyboard.insert_text("e acuerda en asamblea")
        press("Tab")
        press("pn"[number % 2])
        press("Enter")
        for _ in range(5):
            press("ArrowLeft")
    saved(page)
    page.reload()
    assert cell(page, TEN[0], "roles").inner_text() == "Moviliza a su gente"
    assert cell(page, TEN[9], "resources").inner_text() == "Voces del barrio\nAgua"
    page.goto(f"{address}analisis/")
    expect(page.get_by_text("Todos los actores tienen rol, recurso, relación, reglas y resultado.")).to_be_visible()


def move_one_on_the_map(page, address):
    """By dragging, with the keyboard and with the menu; the matrix says the same."""
    page.goto(address)
    card = page.locator("svg [data-actor]", has_text="Red de").first
    key = card.get_attribute("data-actor")
    assert (card.get_attribute("data-relation"), card.get_attribute("data-result")) == ("weak", "negative")
    mine = page.locator(f'svg [data-actor="{key}"]')
    page.locator(".map-scroll").evaluate("node => node.scrollIntoView({block: 'center', behavior: 'instant'})")
    box, centre = box_of(mine), box_of(page.locator(".map-scroll svg"))
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(centre["x"] + centre["width"] / 2 - 90, centre["y"] + centre["height"] / 2, steps=8)
    page.mouse.up()
    page.locator(".moved").wait_for()
    assert "Red de cuencas" in page.locator(".moved").inner_text()
    assert (mine.get_attribute("data-relation"), mine.get_attribute("data-result")) == ("strong", "positive")
    page.get_by_role("button", name="Deshacer").click()
    page.locator(f'svg [data-actor="{key}"][data-relation="weak"]').wait_for()
    mine.focus()
    mine.press("Alt+ArrowDown")
    page.locator(f'svg [data-actor="{key}"][data-relation="conflictive"]').wait_for()
    mine.press("Enter")
    page.locator("dialog[open]").wait_for()
    page.get_by_label("Relación con la organización").select_option("collaborative")
    page.get_by_role("button", name="Mover").click()
    page.locator(f'svg [data-actor="{key}"][data-relation="collaborative"]').wait_for()
    page.goto(f"{address}matriz/")
    assert cell(page, "Red de cuencas", "relation").inner_text() == "Colaborativa"


def change_three_things(page, address):
    page.goto(f"{address}matriz/")
    for actor, column, letter in [(TEN[0], "relation", "f"), (TEN[1], "result", "p")]:
        cell(page, actor, column).focus()
        page.keyboard.press(letter)
        page.keyboard.press("Enter")
    cell(page, "Radio bosque", "rules").focus()
    page.keyboard.press("Enter")
    page.keyboard.insert_text("Dos programas al mes, sin propaganda")
    page.keyboard.press("Enter")
    saved(page)


def test_a_block_copied_from_a_spreadsheet_is_pasted_into_the_matrix(new_org, page, console):
    name(page, new_org, TEN[:2])
    page.goto(f"{new_org}matriz/")
    wrong = "Comité de agua\tOSC\nPrimaria rural\tAcademia o investigación\nClub de madres\tMarciano\n"
    paste(page, cell(page, TEN[0], "name"), wrong)
    page.get_by_role("alert").get_by_text("Renglón 3, Sector: «Marciano» no es un sector").wait_for()
    expect(page.locator("[data-actor-row]")).to_have_count(2)
    with page.expect_navigation():
        paste(page, cell(page, TEN[0], "name"), wrong.replace("Marciano", "Ciudadanía o comunidad"))
    expect(page.locator("[data-actor-row]")).to_have_count(3)
    assert cell(page, "Primaria rural", "sector").inner_text() == "Academia o investigación"
    console[:] = [text for text in console if "422" not in text]


def paste(page, target, text):
    target.focus()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true})); }""",
        text,
    )


def drawn(page, address):
    """A map with one card, and that card."""
    name(page, address, TEN[:1])
    page.goto(f"{address}matriz/")
    for column, letter in (("relation", "d"), ("result", "p")):
        cell(page, TEN[0], column).focus()
        page.keyboard.press(letter)
        page.keyboard.press("Enter")
    saved(page)
    page.goto(address)
    return page.locator("svg [data-actor]")


def test_a_card_dragged_out_of_the_picture_goes_back(new_org, page):
    card = drawn(page, new_org)
    card.evaluate("node => node.scrollIntoView({block: 'center', behavior: 'instant'})")
    place, box = card.get_attribute("transform"), box_of(card)
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 30, steps=3)
    assert card.get_attribute("transform") != place
    page.mouse.move(2, 2, steps=3)
    page.mouse.up()
    assert card.get_attribute("transform") == place
    page.mouse.move(box["x"] + 90, box["y"] + 60, steps=3)
    assert card.get_attribute("transform") == place
    expect(page.locator(".moved")).to_have_count(0)


def test_moving_a_card_keeps_the_sector_that_stands_out(new_org, page):
    card = drawn(page, new_org)
    page.get_by_label("Resaltar").select_option("media")
    page.wait_for_url("**/?sector=media")
    card.press("Enter")
    page.locator("dialog[open]").wait_for()
    page.get_by_label("Relación con la organización").select_option("strong")
    page.get_by_role("button", name="Mover").click()
    page.locator('svg [data-relation="strong"]').wait_for()
    assert page.get_by_label("Resaltar").input_value() == "media"
    page.get_by_role("button", name="Deshacer").click()
    page.locator('svg [data-relation="weak"]').wait_for()
    assert page.get_by_label("Resaltar").input_value() == "media"


def test_a_card_that_cannot_be_opened_says_so(new_org, page, console):
    card = drawn(page, new_org)
    page.context.set_offline(True)
    card.press("Enter")
    page.get_by_text("Sin conexión: la ficha no se pudo abrir").wait_for()
    page.context.set_offline(False)
    console[:] = [text for text in console if "ERR_INTERNET_DISCONNECTED" not in text and "htmx:" not in text]


@pytest.mark.parametrize("path", ["", "ideal/", "comparar/"])
def test_on_a_phone_every_map_opens_on_its_centre_and_can_be_enlarged(enter, page, base_url, path):
    enter("facilitadora")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{base_url}/o/tejiendo-barrios/mapa/{path}")
    frame = page.locator(".map-scroll").first
    middle = "box => (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth"
    wide = "box => box.scrollWidth"
    assert frame.evaluate(middle) == pytest.approx(0.5, abs=0.01)
    before = frame.evaluate(wide)
    page.get_by_role("button", name="Acercar").first.click()
    assert frame.evaluate(wide) > before
    assert frame.evaluate(middle) == pytest.approx(0.5, abs=0.01)
    page.get_by_role("button", name="Ajustar a la página").first.click()
    assert frame.evaluate(wide) == frame.evaluate("box => box.clientWidth")


def test_a_word_without_end_widens_no_page(new_org, page):
    word = "Coordinadora" * 16
    name(page, new_org, [word])
    page.goto(f"{new_org}matriz/")
    for column, text in (("relation", "d"), ("result", "p"), ("roles", word), ("resources", word), ("rules", word)):
        page.locator(f'[data-column="{column}"]').focus()
        page.keyboard.press(text[0])
        page.keyboard.insert_text(text[1:])
        page.keyboard.press("Tab")
    saved(page)
    page.goto(f"{new_org}ideal/papeles/nuevo/")
    page.get_by_label("Papel").first.fill(word)
    page.get_by_role("button", name="Guardar papel").click()
    page.goto(f"{new_org}momentos/")
    page.get_by_role("button", name="Guardar este momento").click()
    moment = page.get_by_role("link", name="Línea base").get_attribute("href")
    page.goto(f"{new_org}matriz/")
    page.locator('[data-column="relation"]').focus()
    page.keyboard.press("f")
    page.keyboard.press("Tab")
    saved(page)
    paths = [*PATHS, *(f"fases/{number}/" for number in (3, 4, 5)), moment]
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for path in paths:
            page.goto(urljoin(new_org, path))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


@pytest.mark.parametrize("width", [360, 1440])
def test_the_pages_of_the_map_pass_axe(enter, page, base_url, width):
    enter("facilitadora")
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for path in PATHS:
        page.goto(f"{base_url}/o/tejiendo-barrios/mapa/{path}")
        results = Axe().run(page).response
        if results["violations"]:
            found[path] = [(one["id"], one["nodes"][0]["html"][:200]) for one in results["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)
