"""An ally in a real browser: from an actor of the map to a finished file, and what the room sees of it."""

import pytest
from playwright.sync_api import expect

from .grid import name
from .looks import problems_of

pytestmark = pytest.mark.e2e

# What somebody would say first to each control that is still empty, by the last part of its name.
ANSWERS = """
() => {
  for (const field of document.querySelectorAll(".field[data-url]")) {
    for (const box of field.querySelectorAll("textarea, input:not([type])")) {
      if (box.name && !box.name.endsWith("-note") && !box.value) box.value = "Lo que sabemos hoy";
    }
    for (const day of field.querySelectorAll("input[type=date]")) if (!day.value) day.value = "2099-03-01";
    for (const list of field.querySelectorAll("select")) if (!list.value) list.selectedIndex = 1;
    const seen = new Set();
    for (const pick of field.querySelectorAll("input[type=radio], input[type=checkbox]")) {
      if (!seen.has(pick.name) && pick.value) { pick.checked = true; seen.add(pick.name); }
    }
    const first = field.querySelector("textarea, input:not([type=hidden]), select");
    first?.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
"""


def test_from_an_actor_of_the_map_to_a_finished_file(new_org, page):
    name(page, new_org, ["Radio bosque"])
    home = new_org.replace("/mapa/", "/ruta/aliados/")
    page.goto(home)
    page.get_by_label("Agrega un aliado").fill("radio BOSQUE")  # it is on the map: no second one is made
    with page.expect_navigation():
        page.get_by_role("button", name="Agregar aliado").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Radio bosque")
    ally = page.url
    with page.expect_navigation():
        page.get_by_role("link", name="Seguir: Identificación de recursos y activos").click()
    for number in range(1, 7):
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"{number}. ")
        for _ in range(2):  # some questions wait for the answer to another one
            page.evaluate(ANSWERS)
            page.get_by_role("button", name="Guardar", exact=True).first.click()
            unsaved = page.locator(".field[data-url]:not(:has(.field-state .state-good))")
            none = ["propios"] if number == 3 else []  # there are no own criteria to ask about
            expect(unsaved).to_have_count(len(none))
            assert unsaved.evaluate_all("found => found.map(one => one.dataset.name)") == none
            page.reload()
        expect(page.get_by_text("Este paso está completo.")).to_be_visible()
        if number < 6:
            page.get_by_role("navigation", name="Otros pasos").get_by_role("link", name="→").click()
    page.goto(ally)
    expect(page.locator(".road > li.is-done")).to_have_count(6)
    with page.expect_download() as kept:
        page.get_by_role("link", name="Borrador del MoU").first.click()
    assert kept.value.suggested_filename.endswith(".docx")
    page.goto(home)
    expect(page.get_by_text("expediente completo")).to_be_visible()


def test_a_no_is_a_commitment_until_it_is_a_yes(enter, page, base_url):
    enter("equipo")
    page.goto(f"{base_url}/o/tejiendo-barrios/ruta/aliados/")
    page.get_by_role("link", name="Facultad de Derecho").first.click()
    page.get_by_role("link", name="Manos a la obra").click()
    step = page.url
    item = page.locator("#campo-d .check-item").filter(has_text="Roles y responsabilidades")
    with page.expect_response(lambda response: response.request.method == "POST"):
        item.get_by_text("Falta", exact=True).click()
    title = "Facultad de Derecho de la universidad pública: Completar: Roles y responsabilidades de las partes"
    page.goto(f"{base_url}/o/tejiendo-barrios/compromisos/")
    expect(page.get_by_text(title)).to_have_count(1)
    page.goto(step)
    with page.expect_response(lambda response: response.request.method == "POST"):
        item.get_by_text("Lo tenemos", exact=True).click()
    page.goto(f"{base_url}/o/tejiendo-barrios/compromisos/?estado=done")
    expect(page.get_by_text(title)).to_have_count(1)


@pytest.mark.parametrize("width", [360, 1440])
def test_the_pages_of_an_ally_pass_axe_and_fit_their_screen(enter, page, base_url, width):
    page.set_viewport_size({"width": width, "height": 800})
    enter("equipo")
    page.goto(f"{base_url}/o/tejiendo-barrios/ruta/aliados/")
    page.get_by_role("link", name="Radio comunitaria del poniente").first.click()
    pages = [page.url, *(f"{page.url}pasos/{step}/" for step in ("due_diligence", "implementacion"))]
    for address in (*pages, f"{base_url}/o/tejiendo-barrios/ruta/plenaria/"):
        page.goto(address)
        assert problems_of(page) == [], address


AT_ONCE = """
async (address) => {
  const body = new FormData(document.querySelector("form:has([name=name])"));
  body.set("name", "Cooperativa del molino");
  const sent = Array.from({ length: 20 }, () => fetch(address, { method: "POST", body }));
  return (await Promise.all(sent)).map((answer) => [answer.status, answer.url]);
}
"""


def test_twenty_at_once_make_one_ally(new_org, page):
    home = new_org.replace("/mapa/", "/ruta/aliados/")
    page.goto(home)
    answers = page.evaluate(AT_ONCE, home)
    assert {status for status, _ in answers} == {200}
    assert len({address for _, address in answers}) == 1
    page.goto(home)
    expect(page.locator(".ally-list h2")).to_have_text(["Cooperativa del molino"])


def test_what_a_step_lacks_and_how_sure_it_is_follow_what_is_typed(enter, page, base_url):
    enter("equipo")
    page.goto(f"{base_url}/o/tejiendo-barrios/ruta/aliados/")
    page.get_by_role("link", name="Fiscalía estatal").first.click()
    page.get_by_role("link", name="Primer café").click()
    expect(page.locator("#lo-que-falta")).to_contain_text("faltan 5 respuestas de 5")
    page.locator("#campo-q1 textarea").first.fill("Menos reincidencia")
    page.locator("#campo-q1 textarea").first.blur()
    expect(page.locator("#lo-que-falta")).to_contain_text("faltan 4 respuestas de 5")
    expect(page.locator("#seguro-q1").get_by_role("link", name="Confirmar")).to_be_visible()
