"""The map in a real browser: from ten names to what moved a year later."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.e2e

TEN = [
    "Comité de agua", "Primaria rural", "Alcaldía", "Radio bosque", "Parroquia del pueblo",
    "Red de cuencas", "Universidad del sur", "Tienda de doña Luz", "Fundación Raíz", "Sindicato de pipas",
]  # fmt: skip


@pytest.fixture
def new_org(enter, page, base_url):
    """A new organisation of the facilitator; gives the address of its map."""
    enter("facilitadora")
    page.goto(f"{base_url}/organizaciones/nueva/")
    page.get_by_label("Nombre de la organización").fill("Agua de Todas")
    page.get_by_label("Tema en que trabaja").fill("Derecho al agua")
    page.get_by_label("Líneas de acción").fill("Cuencas vivas")
    page.get_by_label("Resultado que buscamos").fill("Agua limpia todos los días")
    with page.expect_navigation():
        page.get_by_role("button", name="Registrar organización").click()
    return f"{page.url}mapa/"


def cell(page, actor, column):
    return page.locator(f'tr:has([data-column="name"] :text-is("{actor}")) [data-column="{column}"]')


def saved(page):
    page.locator(".grid-state", has_text="Guardado").wait_for()


def test_from_ten_pasted_names_to_what_moved(new_org, page):
    page.goto(f"{new_org}fases/1/")
    page.get_by_label("Agrega actores").fill("\n".join(TEN))
    with page.expect_navigation():
        page.get_by_role("button", name="Agregar actores").click()
    assert page.locator("[data-actor-row]").count() == 10

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
    assert told.count() == 3
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
    assert page.get_by_text("Todos los actores tienen rol, recurso, relación, reglas y resultado.").is_visible()


def move_one_on_the_map(page, address):
    """By dragging, with the keyboard and with the menu; the matrix says the same."""
    page.goto(address)
    card = page.locator("svg [data-actor]", has_text="Red de").first
    key = card.get_attribute("data-actor")
    assert (card.get_attribute("data-relation"), card.get_attribute("data-result")) == ("weak", "negative")
    mine = page.locator(f'svg [data-actor="{key}"]')
    page.locator(".map-scroll").evaluate("node => node.scrollIntoView({block: 'center', behavior: 'instant'})")
    box, centre = mine.bounding_box(), page.locator(".map-scroll svg").bounding_box()
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
    page.goto(f"{new_org}fases/1/")
    page.get_by_label("Agrega actores").fill("\n".join(TEN[:2]))
    with page.expect_navigation():
        page.get_by_role("button", name="Agregar actores").click()
    page.goto(f"{new_org}matriz/")
    wrong = "Comité de agua\tOSC\nPrimaria rural\tAcademia o investigación\nClub de madres\tMarciano\n"
    paste(page, cell(page, TEN[0], "name"), wrong)
    page.get_by_role("alert").get_by_text("Renglón 3, Sector: «Marciano» no es una opción").wait_for()
    assert page.locator("[data-actor-row]").count() == 2
    with page.expect_navigation():
        paste(page, cell(page, TEN[0], "name"), wrong.replace("Marciano", "Ciudadanía o comunidad"))
    assert page.locator("[data-actor-row]").count() == 3
    assert cell(page, "Primaria rural", "sector").inner_text() == "Academia o investigación"
    console[:] = [text for text in console if "422" not in text]


def paste(page, target, text):
    target.focus()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true})); }""",
        text,
    )


def test_a_cell_waits_for_the_connection_and_nothing_is_lost(new_org, page, console):
    page.goto(f"{new_org}fases/1/")
    page.get_by_label("Agrega actores").fill(TEN[0])
    with page.expect_navigation():
        page.get_by_role("button", name="Agregar actores").click()
    page.goto(f"{new_org}matriz/")
    page.context.set_offline(True)
    cell(page, TEN[0], "rules").focus()
    page.keyboard.press("L")
    page.keyboard.insert_text("o decide la asamblea")
    page.keyboard.press("Tab")
    page.locator(".grid-state", has_text="Sin conexión: 1 cambio por guardar").wait_for()
    page.context.set_offline(False)
    saved(page)
    page.reload()
    assert cell(page, TEN[0], "rules").inner_text() == "Lo decide la asamblea"
    console[:] = [text for text in console if "ERR_INTERNET_DISCONNECTED" not in text]


def test_two_people_on_one_cell_are_shown_both_texts(new_org, page, browser, console):
    page.goto(f"{new_org}fases/1/")
    page.get_by_label("Agrega actores").fill(TEN[0])
    with page.expect_navigation():
        page.get_by_role("button", name="Agregar actores").click()
    page.goto(f"{new_org}matriz/")
    other = page.context.new_page()
    other.goto(f"{new_org}matriz/")
    cell(other, TEN[0], "rules").focus()
    other.keyboard.press("A")
    other.keyboard.press("Enter")
    saved(other)
    cell(page, TEN[0], "rules").focus()
    page.keyboard.press("B")
    page.keyboard.press("Enter")
    panel = page.locator(".grid .conflict")
    panel.wait_for()
    assert re.sub(r"\s+", " ", panel.inner_text()).startswith("Alguien cambió esta celda.")
    panel.get_by_role("button", name="Poner lo mío").click()
    saved(page)
    other.reload()
    assert cell(other, TEN[0], "rules").inner_text() == "B"
    console[:] = [text for text in console if "409" not in text]


@pytest.mark.parametrize("width", [360, 1440])
def test_the_pages_of_the_map_pass_axe(enter, page, base_url, width):
    enter("facilitadora")
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for path in ("", "actores/", "matriz/", "fases/1/", "fases/2/", "ideal/", "momentos/", "comparar/", "analisis/"):
        page.goto(f"{base_url}/o/tejiendo-barrios/mapa/{path}")
        results = Axe().run(page).response
        if results["violations"]:
            found[path] = [(one["id"], one["nodes"][0]["html"][:200]) for one in results["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)
