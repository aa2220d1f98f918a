"""Adapting the carta descriptiva of Session 2 and taking it and the room kit out on paper."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from sessions_app import curriculum

from .hands import box_of, hold
from .looks import problems_of

pytestmark = pytest.mark.e2e
CARTA = "/o/semillas-del-norte/sesiones/2/carta/"


def text_of(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def without_spaces(text):
    return re.sub(r"\s", "", text)


def block(page, title):
    return page.get_by_role("listitem").filter(has=page.get_by_text(title, exact=True)).first


def summary(page):
    return page.get_by_role("group", name="Resumen de tiempos")


def test_session_2_is_adapted_and_its_new_times_are_in_the_carta_and_the_kit(enter, page, base_url, console):
    enter("facilitadora")
    page.goto(base_url + CARTA)
    assert "420 min de actividades" in page.get_by_text("Según el método").inner_text()
    assert "7 h 15 min" in summary(page).inner_text()

    page.get_by_label("Minutos de «Qué es un sistema local").fill("40")
    page.keyboard.press("Tab")
    page.get_by_text("09:40").first.wait_for()
    assert "6 h 55 min" in summary(page).inner_text()

    page.get_by_role("button", name="Agregar pausa para comer").click()
    block(page, "Pausa para comer").get_by_text("14:00").wait_for()
    meal = block(page, "Pausa para comer")
    meal.locator("summary").click()
    meal.get_by_label("Hora fija").fill("14:15")
    meal.get_by_role("button", name="Fijar hora").click()
    block(page, "Pausa para comer").get_by_text("Hora fija 14:15").wait_for()
    assert "15 min" in summary(page).get_by_text("Holgura").locator("..").inner_text()

    handle = block(page, "Mapeo de sistema: las 5Rs").get_by_role("button", name=re.compile("^Mover"))
    handle.focus()
    page.keyboard.press("ArrowUp")
    block(page, "Mapeo de sistema: las 5Rs").get_by_text("09:00").wait_for()
    assert page.evaluate("document.activeElement.id") == "asa-S2.2"
    assert page.locator("[data-block]").first.get_attribute("data-block") == "S2.2"

    close = block(page, "Cierre y reflexión")
    close.locator("summary").click()
    close.get_by_role("button", name="Omitir").click()
    page.get_by_text("quedará en la carta").wait_for()
    console.clear()  # the browser reports the refusal itself
    close = block(page, "Cierre y reflexión")
    close.get_by_label("Omitir: ¿por qué?").fill("Se cierra al día siguiente")
    close.get_by_role("button", name="Omitir").click()
    page.get_by_text("Razón: Se cierra al día siguiente").wait_for()

    [shown] = re.findall(r"(\d\d:\d\d)\D+(\d\d:\d\d)", block(page, "Receso para café").inner_text())[:1]
    carta = text_of(downloaded(page, page.get_by_role("link", name="Descargar PDF"), "carta-2"))
    assert "–".join(shown) in carta
    assert "14:15–15:00" in carta
    assert "Cierre y reflexión" not in carta

    page.goto(base_url + CARTA.replace("carta/", ""))
    kit = text_of(downloaded(page, page.get_by_role("link", name="Descargar Kit de sala"), "kit-2"))
    assert "–".join(shown) in kit
    assert "14:15–15:00" in kit
    assert "Matriz 5Rs para la pared" in kit
    drawn = without_spaces(kit)  # those of a drawing are gaps, and a narrow one is not always read as a space
    assert without_spaces("S2.3.a · Sistema actual y sistema ideal") in drawn
    assert without_spaces("ACTORES quién es y de qué sector ROLES") in drawn
    for prompt in (p for one in curriculum.session("2").activities for p in one.prompts if p.is_question):
        on_the_wall = f"{prompt.key} · {curriculum.activity_of(prompt.key).title}"  # the foot of its poster
        assert without_spaces(on_the_wall) in drawn or f"({prompt.key})" in kit


def downloaded(page, link, key):
    with page.expect_download() as taken:
        link.click()
    assert taken.value.suggested_filename == f"semillas-del-norte_{key}.pdf"
    return Path(taken.value.path()).read_bytes()


def test_a_block_is_dragged_to_its_new_place(enter, page, base_url):
    enter("facilitadora")
    page.goto(f"{base_url}/o/semillas-del-norte/sesiones/4/carta/")
    page.set_viewport_size({"width": 1280, "height": 1400})
    refs = lambda: page.eval_on_selector_all("[data-block]", "found => found.map(one => one.dataset.block)")  # noqa: E731
    before = refs()
    moved, target = (page.locator(f'[data-block="{ref}"]') for ref in (before[0], before[2]))
    there = box_of(target)
    hold(moved.locator("[data-handle]"), 5, 10, moved)
    page.mouse.move(box_of(moved)["x"] + 5, there["y"] + there["height"] - 4, steps=8)
    with page.expect_response(lambda response: "/orden/" in response.url):
        page.mouse.up()
    page.get_by_role("status").filter(has_text="Guardamos el orden.").wait_for(state="attached")
    assert refs()[:3] == [before[1], before[2], before[0]]
    page.reload()
    assert refs()[:3] == [before[1], before[2], before[0]]


def test_the_carta_works_without_javascript(browser, base_url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base_url}/cuenta/login/?next=/o/semillas-del-norte/sesiones/5/carta/")
    page.get_by_label("Correo electrónico").fill("facilitadora@demo.test")
    page.get_by_label("Contraseña", exact=False).first.fill("Alianzas-demo-2026")
    page.get_by_role("button", name="Entrar").click()
    page.get_by_label("Minutos de «Introducción»").fill("20")
    page.get_by_role("button", name="Cambiar").first.click()
    assert "09:20" in page.locator("#agenda").inner_text()
    page.get_by_role("button", name="Bajar «Introducción»").click()
    assert page.locator("[data-block]").nth(1).get_attribute("data-block") == "S5.1"
    context.close()


@pytest.mark.parametrize("width", [320, 1440])
def test_the_pages_of_the_carta_are_accessible_and_fit_their_screen(enter, page, base_url, width):
    page.set_viewport_size({"width": width, "height": 900})
    enter("facilitadora")
    problems = {}
    carta = "/o/semillas-del-norte/sesiones/6/carta/"
    for path in (
        "",
        "encabezado/",
        "bloques/S6.6/",
        "bloques/nuevo/",
        "retraso/?bloque=S6.4&minutos=20",
        "restablecer/",
    ):
        page.goto(base_url + carta + path)
        for details in page.locator("details").all():
            details.evaluate("one => { if (!one.dataset.menu && one.dataset.menu !== '') one.open = true }")
        if found := problems_of(page):
            problems[path] = found
    assert problems == {}
