"""What saves itself on the pages of the map: nothing that was typed is lost, and the page says how it goes."""

import re

import pytest
from playwright.sync_api import expect

from .grid import cell, name, saved
from .hands import box_of

pytestmark = pytest.mark.e2e

ACTORS = ["Comité de agua", "Primaria rural"]


@pytest.fixture
def phone(page, browser):
    """A page of the same person on a telephone."""
    screen = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    context = browser.new_context(storage_state=page.context.storage_state(), **screen)
    yield context.new_page()
    context.close()


@pytest.fixture
def baseline(new_org, page):
    """The address of a new map with a moment and two moves since."""
    name(page, new_org, ACTORS)
    page.goto(f"{new_org}matriz/")
    for actor in ACTORS:
        write(page, cell(page, actor, "relation"), "d", "Débil")
        write(page, cell(page, actor, "result"), "p", "Positivo")
    page.goto(f"{new_org}momentos/")
    with page.expect_navigation():
        page.get_by_role("button", name="Guardar este momento").dblclick()
    expect(page.locator(".road > li")).to_have_count(1)
    page.goto(f"{new_org}matriz/")
    for actor in ACTORS:
        write(page, cell(page, actor, "relation"), "f", "Fuerte")
    return new_org


def write(page, target, typed, shown):
    target.focus()
    page.keyboard.press(typed[0])
    page.keyboard.insert_text(typed[1:])
    page.keyboard.press("Tab")
    target.locator(".said", has_text=shown).wait_for()
    saved(page)


def but(console, *expected):
    console[:] = [text for text in console if not any(one in text for one in expected)]


def test_a_cell_waits_for_the_connection_and_nothing_is_lost(new_org, page, console):
    name(page, new_org, ACTORS[:1])
    page.goto(f"{new_org}matriz/")
    page.context.set_offline(True)
    cell(page, ACTORS[0], "rules").focus()
    page.keyboard.press("L")
    page.keyboard.insert_text("o decide la asamblea")
    page.keyboard.press("Tab")
    page.locator(".grid-state", has_text="Sin conexión: 1 cambio por guardar").wait_for()
    page.context.set_offline(False)
    saved(page)
    page.reload()
    assert cell(page, ACTORS[0], "rules").inner_text() == "Lo decide la asamblea"
    but(console, "ERR_INTERNET_DISCONNECTED")


def test_what_a_closed_tab_left_goes_out_from_any_page_with_cells(new_org, page, console):
    name(page, new_org, ACTORS[:1])
    page.goto(f"{new_org}momentos/")
    other = page.context.new_page()
    other.goto(f"{new_org}matriz/")
    page.context.set_offline(True)
    cell(other, ACTORS[0], "rules").focus()
    other.keyboard.press("L")
    other.keyboard.insert_text("o decide la asamblea")
    with other.expect_event("close"):
        other.close(run_before_unload=True)
    page.context.set_offline(False)
    page.goto(f"{new_org}fases/1/")
    expect(page.locator('[data-column="rules"]')).to_have_count(0)
    saved(page)
    page.goto(f"{new_org}matriz/")
    assert cell(page, ACTORS[0], "rules").inner_text() == "Lo decide la asamblea"
    but(console, "ERR_INTERNET_DISCONNECTED")


def test_what_another_tab_may_still_send_is_announced_and_sent_when_it_does_not(new_org, page):
    name(page, new_org, ACTORS[:1])
    page.goto(f"{new_org}matriz/")
    url = page.evaluate(
        """() => { const table = document.querySelector("[data-grid]");
        const url = table.dataset.cell.replace("/0/", `/${table.querySelector("[data-actor-row]").dataset.actorRow}/`)
          .replace("COLUMNA", "rules");
        const entry = {text: "Por turnos", was: "", fields: {}, sent: null, tab: "otra", at: Date.now() - 55_000};
        localStorage.setItem(`alianzas-planilla:rejilla:${table.dataset.user}:${url}`, JSON.stringify(entry));
        return url; }"""
    )
    assert url.endswith("/rules/")
    page.reload()
    page.locator(".grid-state", has_text="Sin conexión: 1 cambio por guardar").wait_for()
    assert cell(page, ACTORS[0], "rules").inner_text() == "Por turnos"
    saved(page)
    page.reload()
    assert cell(page, ACTORS[0], "rules").inner_text() == "Por turnos"


def test_two_people_on_one_cell_are_shown_both_texts(new_org, page, console):
    name(page, new_org, ACTORS[:1])
    page.goto(f"{new_org}matriz/")
    other = page.context.new_page()
    other.goto(f"{new_org}matriz/")
    write(other, cell(other, ACTORS[0], "rules"), "A", "A")
    cell(page, ACTORS[0], "rules").focus()
    page.keyboard.press("B")
    page.keyboard.press("Enter")
    panel = page.locator(".grid .conflict")
    panel.wait_for()
    assert re.sub(r"\s+", " ", panel.inner_text()).startswith("Alguien cambió esta celda.")
    panel.get_by_role("button", name="Poner lo mío").click()
    saved(page)
    other.reload()
    assert cell(other, ACTORS[0], "rules").inner_text() == "B"
    but(console, "409")


def test_a_refused_text_is_given_back_while_another_cell_is_written(new_org, page, console):
    name(page, new_org, ACTORS[:1])
    page.goto(f"{new_org}matriz/")
    cell(page, ACTORS[0], "roles").focus()
    page.keyboard.press("a")
    page.keyboard.insert_text(";b;c;d")
    page.keyboard.press("Tab")
    page.keyboard.press("X")
    refused = cell(page, ACTORS[0], "roles")
    refused.get_by_text("Son 4 roles y caben tres").wait_for()
    page.keyboard.press("Escape")
    refused.click()
    page.keyboard.press("Enter")
    assert refused.locator("textarea").input_value() == "a;b;c;d"
    but(console, "422")


def test_on_a_phone_a_choice_is_saved_at_once_and_one_tap_goes_to_the_next_cell(new_org, page, phone):
    name(page, new_org, ACTORS[:1])
    phone.goto(f"{new_org}matriz/")
    cell(phone, ACTORS[0], "relation").tap()
    cell(phone, ACTORS[0], "relation").locator("select").select_option("strong")
    saved(phone)
    line = box_of(phone.locator(".grid-state"))
    assert 0 < line["y"] < 740
    cell(phone, ACTORS[0], "rules").tap()
    phone.keyboard.insert_text("Por turnos")
    cell(phone, ACTORS[0], "roles").tap()
    expect(cell(phone, ACTORS[0], "roles").locator("textarea")).to_be_visible()
    assert cell(phone, ACTORS[0], "rules").locator(".said").inner_text() == "Por turnos"
    phone.keyboard.insert_text("Vigila la toma")
    phone.goto(f"{new_org}momentos/")
    phone.goto(f"{new_org}matriz/")
    phone.reload()
    said = [cell(phone, ACTORS[0], column).inner_text() for column in ("relation", "rules", "roles")]
    assert said == ["Fuerte", "Por turnos", "Vigila la toma"]


def test_arrows_in_a_list_save_nothing_until_it_is_left(new_org, page):
    name(page, new_org, ACTORS[:1])
    page.goto(f"{new_org}matriz/")
    cell(page, ACTORS[0], "relation").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(cell(page, ACTORS[0], "relation").locator("select")).to_be_visible()
    page.keyboard.press("Escape")
    assert cell(page, ACTORS[0], "relation").inner_text() == ""


def test_a_phase_counts_and_the_ideal_draws_what_was_just_saved(new_org, page):
    name(page, new_org, ACTORS)
    page.goto(f"{new_org}fases/3/")
    expect(page.get_by_text("0 de 2 listos")).to_be_visible()
    write(page, cell(page, ACTORS[0], "relation"), "d", "Débil")
    page.get_by_text("1 de 2 listos").wait_for()
    page.goto(f"{new_org}fases/2/")
    page.get_by_role("button", name=f"{ACTORS[1]}: en la matriz").click()
    page.get_by_text("0 de 1 listos").wait_for()
    page.goto(f"{new_org}ideal/")
    page.get_by_role("button", name="Ampliar").first.click()
    write(page, cell(page, ACTORS[0], "desired_relation"), "f", "Fuerte")
    page.get_by_role("heading", name=re.compile("Distancia al sistema ideal: 2 pasos")).wait_for()
    page.locator("#por-donde").get_by_text("de débil a fuerte").wait_for()
    expect(page.locator(".two-maps .is-wide")).to_have_count(1)


def test_a_reason_waits_for_the_connection_and_for_a_decision(baseline, page, console):
    page.goto(f"{baseline}comparar/")
    reasons = page.locator(".moves > li")
    page.context.set_offline(True)
    reasons.first.get_by_role("textbox").fill("Firmamos un convenio")
    reasons.first.get_by_role("textbox").press("Tab")
    reasons.first.get_by_text("Sin conexión: 1 cambio por guardar").wait_for()
    page.context.set_offline(False)
    reasons.first.get_by_text("✓ Guardado").wait_for()

    other = page.context.new_page()
    other.goto(f"{baseline}comparar/")
    theirs = other.locator(".moves > li").first
    assert theirs.get_by_role("textbox").input_value() == "Firmamos un convenio"
    theirs.get_by_role("textbox").fill("Cambió la directora")
    theirs.get_by_role("textbox").press("Enter")
    theirs.get_by_text("✓ Guardado").wait_for()
    reasons.first.get_by_role("textbox").fill("Firmamos dos convenios")
    reasons.first.get_by_role("textbox").press("Enter")
    panel = reasons.first.locator(".conflict")
    panel.get_by_text("Cambió la directora").wait_for()
    panel.get_by_role("button", name="Poner lo mío").click()
    reasons.first.get_by_text("✓ Guardado").wait_for()

    reasons.last.get_by_role("textbox").evaluate("field => field.removeAttribute('maxlength')")
    reasons.last.get_by_role("textbox").fill("a" * 601)
    reasons.last.get_by_role("textbox").press("Enter")
    reasons.last.get_by_text("hasta 600 caracteres").wait_for()
    reasons.last.get_by_role("textbox").fill("Llegó otra maestra")  # and leave without waiting
    page.goto(f"{baseline}momentos/")
    page.goto(f"{baseline}comparar/")
    page.reload()
    told = [one.input_value() for one in page.locator(".moves").get_by_role("textbox").all()]
    assert told == ["Firmamos dos convenios", "Llegó otra maestra"]
    but(console, "ERR_INTERNET_DISCONNECTED", "409", "422")
