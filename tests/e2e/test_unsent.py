"""What was typed when the session had ended, and forms that are sent again, in a real browser."""

import pytest
from playwright.sync_api import expect

from .conftest import PASSWORD

pytestmark = pytest.mark.e2e
NEW = "/o/tejiendo-barrios/compromisos/nuevo/"
TEXT = "Pedir la sala grande " * 20


def said(page, text):
    return page.get_by_role("status").filter(has_text=text)


def sign_in(page, who):
    page.get_by_label("Correo electrónico").fill(f"{who}@demo.test")
    page.get_by_label("Contraseña", exact=False).first.fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Entrar").click()


def write_and_be_signed_out(page, base_url):
    page.goto(f"{base_url}{NEW}")
    page.locator("[name=title]").fill(TEXT)
    page.locator("[name=responsible]").fill("Dirección")
    page.context.clear_cookies()
    page.get_by_role("button", name="Guardar compromiso").click()
    page.wait_for_url("**/cuenta/login/**")


def test_after_signing_in_the_form_is_back_with_its_words(enter, page, base_url):
    enter("equipo")
    write_and_be_signed_out(page, base_url)
    expect(said(page, "Lo que escribiste está en este navegador")).to_be_visible()
    sign_in(page, "equipo")
    assert page.url.endswith(NEW)
    expect(said(page, "Recuperamos lo que habías escrito")).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value(TEXT)
    expect(page.locator("[name=responsible]")).to_have_value("Dirección")
    page.get_by_role("button", name="Guardar compromiso").click()
    expect(said(page, "Guardamos el compromiso")).to_be_visible()
    page.goto(f"{base_url}{NEW}")
    expect(page.locator("[name=title]")).to_have_value("")


def test_another_account_does_not_see_what_was_typed(enter, page, base_url):
    enter("equipo")
    write_and_be_signed_out(page, base_url)
    sign_in(page, "facilitadora")
    page.goto(f"{base_url}{NEW}")
    expect(page.locator("[name=title]")).to_have_value("")
    assert page.evaluate("sessionStorage.getItem('alianzas:sin-enviar')") is None


def test_a_form_that_is_sent_again_after_going_back_makes_one_row(enter, page, base_url):
    enter("equipo")
    page.goto(f"{base_url}{NEW}")
    page.locator("[name=title]").fill("Una sola vez, por favor")
    page.get_by_role("button", name="Guardar compromiso").dblclick()
    page.wait_for_url("**/compromisos/")
    page.go_back()
    if page.locator("[name=title]").input_value():  # the browser kept the page with its words
        page.get_by_role("button", name="Guardar compromiso").click()
        expect(said(page, "Ya lo habíamos guardado")).to_be_visible()
    page.goto(f"{base_url}/o/tejiendo-barrios/compromisos/?q=Una+sola+vez")
    expect(page.locator(".promise .title", has_text="Una sola vez, por favor")).to_have_count(1)
