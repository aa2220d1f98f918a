"""The Plan from the editor to an issued version, as people do it: writing, two at once, without scripts, on a phone."""

import hashlib
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

OURS = "Este Plan es la palabra que el barrio le da a sus aliados."


@pytest.fixture
def plan(enter, page, base_url):
    """The editor of the complete organisation, with its preview there."""
    enter("facilitadora")
    address = f"{base_url}/o/tejiendo-barrios/plan/"
    page.goto(address)
    page.locator("#vista-purpose").wait_for()
    return address


def section(page, key):
    """A section of the editor, open."""
    found = page.locator(f"#seccion-{key}")
    if found.get_attribute("open") is None:
        found.locator("> summary").click()
    return found


def write(found, text):
    field = found.locator("textarea[name=text]")
    field.fill(text)
    field.blur()


def saved(found):
    found.locator("[data-state]", has_text="Guardado").wait_for()


def test_a_text_saves_itself_shows_in_the_document_and_can_go_back(plan, page):
    purpose = section(page, "purpose")
    draft = purpose.locator("textarea[name=text]").input_value()
    write(purpose, OURS)
    saved(purpose)
    page.locator("#vista-purpose", has_text=OURS).wait_for()
    page.reload()
    purpose = section(page, "purpose")
    assert purpose.locator("textarea[name=text]").input_value() == OURS
    expect(purpose.get_by_text("Escrito por ustedes")).to_be_visible()
    with page.expect_navigation():
        purpose.get_by_role("button", name="Volver al texto propuesto").click()
    assert section(page, "purpose").locator("textarea[name=text]").input_value() == draft


def test_a_text_saves_itself_while_somebody_pauses(plan, page):
    purpose = section(page, "purpose")
    purpose.locator("textarea[name=text]").press("Control+End")
    page.keyboard.type(" Y algo más.")
    saved(purpose)
    page.reload()
    assert section(page, "purpose").locator("textarea[name=text]").input_value().endswith("Y algo más.")
    write(section(page, "purpose"), "")
    saved(section(page, "purpose"))


def test_two_people_on_one_text_choose_and_lose_nothing(plan, page, browser, console):
    other = browser.new_context(storage_state=page.context.storage_state())
    theirs = other.new_page()
    theirs.goto(plan)
    write(section(theirs, "axes"), "Lo que escribió la otra persona.")
    saved(section(theirs, "axes"))
    mine = section(page, "axes")
    write(mine, "Lo que escribí yo.")
    panel = mine.locator(".conflict")
    panel.wait_for()
    assert "Lo que escribió la otra persona." in panel.inner_text()
    assert "Lo que escribí yo." in panel.inner_text()
    panel.get_by_role("button", name="Poner lo mío").click()
    saved(mine)
    page.locator("#vista-axes", has_text="Lo que escribí yo.").wait_for()
    write(mine, "")
    saved(mine)
    other.close()
    console[:] = [text for text in console if "409" not in text]


def test_a_text_waits_for_the_connection(plan, page, console):
    found = section(page, "outcomes")
    page.context.set_offline(True)
    write(found, "Escrito sin conexión.")
    found.locator("[data-state]", has_text="Sin conexión").wait_for()
    page.context.set_offline(False)
    saved(found)
    page.reload()
    assert section(page, "outcomes").locator("textarea[name=text]").input_value() == "Escrito sin conexión."
    write(section(page, "outcomes"), "")
    saved(section(page, "outcomes"))
    console[:] = [text for text in console if "ERR_INTERNET_DISCONNECTED" not in text]


def test_each_section_says_where_it_comes_from(plan, page):
    found = section(page, "axes")
    found.get_by_text("¿De dónde sale?").click()
    link = found.locator(".origins a").last
    link.wait_for()
    assert "lugar 3" in link.inner_text()
    with page.expect_navigation():
        link.click()
    assert "/resultados/votaciones/" in page.url


def test_without_scripts_texts_are_written_with_a_button(plan, page, browser):
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(plan)
    found = section(plain, "participants")
    found.locator("textarea[name=text]").fill("Participaron, con su palabra:")
    found.get_by_role("button", name="Guardar").click()
    assert "Guardamos el texto." in plain.locator(".toasts").inner_text()
    plain.get_by_role("link", name="Ver el documento completo").click()
    assert "Participaron, con su palabra:" in plain.locator(".doc").inner_text()
    plain.goto(plan)
    section(plain, "participants").get_by_role("button", name="Volver al texto propuesto").click()
    context.close()


def test_a_version_is_issued_with_what_changed_and_its_files(plan, page):
    write(section(page, "conclusions"), OURS)
    saved(section(page, "conclusions"))
    page.get_by_role("link", name="Revisar y emitir").click()
    page.get_by_label("Nota").fill("Después de la asamblea")
    button = page.get_by_role("button", name=re.compile(r"Emitir la versión \d"))
    number = button.inner_text().split()[-1]
    with page.expect_navigation():
        button.click()
    version = page.locator(f"#version-{number}")
    assert "Después de la asamblea" in version.inner_text()
    assert "Cambió el texto de «Conclusiones»." in version.inner_text()
    with page.expect_download() as download:
        version.get_by_role("link", name="PDF").click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"%PDF")
    version.get_by_text("Huellas de los archivos").click()
    assert hashlib.sha256(content).hexdigest() in version.locator(".digests").inner_text()
    with page.expect_navigation():
        page.locator("#version-1").get_by_role("button", name="Partir de sus textos").click()
    assert OURS not in section(page, "conclusions").locator("textarea[name=text]").input_value()


@pytest.mark.parametrize("width", [360, 1440])
def test_the_pages_of_the_plan_pass_axe_and_fit_their_screen(plan, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    base = plan.removesuffix("plan/")
    for address in (
        "plan/",
        "plan/versiones/",
        "plan/origen/",
        "plan/documento/",
        "resultados/plazos/",
        "organizacion/",
    ):
        page.goto(base + address)
        page.wait_for_load_state("networkidle")
        if address == "plan/":
            section(page, "conclusions")
            section(page, "photos")
        found = Axe().run(page)
        assert found.violations_count == 0, (address, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_on_a_phone_writing_and_looking_are_two_tabs(plan, page):
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator(".plan-preview")).to_be_hidden()
    page.get_by_role("button", name="Ver cómo queda").click()
    expect(page.locator(".plan-preview")).to_be_visible()
    expect(page.locator(".plan-sections")).to_be_hidden()
    page.get_by_role("button", name="Escribir").click()
    expect(page.locator(".plan-sections")).to_be_visible()
