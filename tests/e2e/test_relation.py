"""A quiet ally on a phone: the warning, a contact noted with the thumb, and the warning is gone."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from .looks import problems_of

pytestmark = pytest.mark.e2e

QUIET = "Fundación Puentes del Desierto"


@pytest.fixture(params=[True, False], ids=["con JavaScript", "sin JavaScript"])
def phone(request, browser, base_url):
    """The browser of somebody of the team on a small phone."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, java_script_enabled=request.param
    )
    page = context.new_page()
    page.goto(f"{base_url}/cuenta/login/")
    page.get_by_label("Correo electrónico").fill("equipo@demo.test")
    page.get_by_label("Contraseña", exact=False).first.fill("Alianzas-demo-2026")
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url(lambda url: "/cuenta/" not in url)
    yield page
    context.close()


def test_a_contact_noted_on_a_phone_ends_the_silence_and_its_undo_brings_it_back(phone, base_url):
    phone.goto(f"{base_url}/o/tejiendo-barrios/ruta/aliados/")
    expect(phone.get_by_text("1 en silencio")).to_be_visible()
    phone.get_by_role("link", name=QUIET).tap()
    expect(phone.get_by_text("En silencio")).to_be_visible()

    phone.get_by_text("Anotar contacto").tap()
    phone.get_by_label("Qué pasó").fill("Hoy hablé con su enlace: quieren las cifras de permanencia.")
    phone.get_by_label("Por qué medio").select_option("call")
    phone.get_by_role("button", name="Guardar contacto").tap()
    expect(phone.get_by_text("Anotado en la bitácora")).to_be_visible()
    expect(phone.locator(".timeline > li").first).to_contain_text("cifras de permanencia")
    expect(phone.locator(".page-head")).to_contain_text("Al corriente")
    phone.goto(f"{base_url}/o/tejiendo-barrios/ruta/aliados/")
    expect(phone.get_by_text("en silencio")).to_have_count(0)

    phone.get_by_role("link", name=QUIET).tap()
    phone.wait_for_url(re.compile(r"/aliados/\d+/$"))
    phone.locator(".subnav").get_by_role("link", name="Bitácora").tap()
    phone.wait_for_url("**/bitacora/")
    phone.get_by_role("button", name="Borrar Contacto").first.tap()
    expect(phone.get_by_role("status").filter(has_text="Borramos")).to_be_visible()
    expect(phone.locator(".page-head")).to_contain_text("En silencio")
    phone.get_by_role("button", name="Deshacer").tap()
    expect(phone.locator(".page-head")).to_contain_text("Al corriente")
    phone.get_by_role("button", name="Borrar Contacto").first.tap()
    expect(phone.locator(".page-head")).to_contain_text("En silencio")


def test_a_next_action_shows_who_and_when_only_if_it_is_one(enter, page, base_url):
    enter("equipo")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{base_url}/o/tejiendo-barrios/ruta/aliados/")
    page.get_by_role("link", name="Preparatoria").click()
    page.locator(".subnav").get_by_role("link", name="Bitácora").click()
    who = page.get_by_label("Responsable")
    expect(who).to_be_hidden()
    page.get_by_role("radio", name="Siguiente acción").check()
    who.fill("Enlace escolar")
    page.get_by_label("Para cuándo").fill(f"{date.today().year + 1}-02-01")
    page.get_by_label("Qué pasó").fill("Preguntar quién firma la invitación")
    page.get_by_role("button", name="Anotar en la bitácora").click()
    expect(page.locator(".promised").first).to_contain_text("Enlace escolar")
    page.locator(".promised a").first.click()
    expect(page.locator(".promise .title").filter(has_text="Preguntar quién firma la invitación")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("where", ["", "bitacora/", "salud/", "salud/nueva/"])
def test_the_pages_of_the_relation_pass_axe_and_fit_their_screen(enter, page, base_url, where, width):
    enter("equipo")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{base_url}/o/tejiendo-barrios/ruta/aliados/")
    page.get_by_role("link", name="Radio comunitaria").click()
    page.goto(f"{page.url}{where}")
    assert problems_of(page) == []
    small = page.evaluate(
        """[...document.querySelectorAll("main .btn, main .chip, main .light, main .filter a")]
        .filter(one => one.offsetParent && one.getBoundingClientRect().height < 36).map(one => one.textContent)"""
    )
    assert small == []
