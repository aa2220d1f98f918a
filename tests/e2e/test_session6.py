"""Session 6 in a real browser, by one facilitator alone: from who is there to the first version of the Plan."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

PAPERS = {"Radio del agua": 9, "Brigadas de limpieza": 8, "Feria de cuencas": 7, "Convenio con la escuela": 3}


def test_one_facilitator_takes_a_room_of_paper_from_check_in_to_an_issued_plan(session6, page):
    check_in(page, session6)
    stand_on_the_line(page, session6)
    count_the_papers(page, session6)
    for place in range(3):
        map_an_alliance(page, session6, place)
    agree_on_next_steps(page, session6)
    issue_the_plan(page, session6)


def check_in(page, results):
    page.goto(f"{results}participantes/")
    for post in ("Dirección", "Promotoría de cuencas"):
        page.get_by_label("Puesto").fill(post)
        page.get_by_role("button", name="Anotar").click()
        expect(page.locator("ul.rank")).to_contain_text(post)


def stand_on_the_line(page, results):
    page.goto(f"{results}posibilidad/")
    page.get_by_role("button", name="Abrir la toma").click()
    page.get_by_role("link", name="Capturar las posiciones del salón").click()
    for question in ("¿cuánto empeño", "¿qué tan viable"):
        page.get_by_label(re.compile(re.escape(question))).fill("10 40 60 80")
    page.get_by_role("button", name="Guardar las posiciones").click()
    page.get_by_role("button", name="Cerrar y mostrar al grupo").click()
    expect(page.get_by_role("heading", name="Así se repartió el grupo")).to_be_visible()


def count_the_papers(page, results):
    page.goto(f"{results}prioridades/")
    page.get_by_role("button", name="Abrir la votación").click()
    page.get_by_role("link", name="Ver la votación").click()
    page.get_by_role("link", name="Anotar los totales").click()
    page.get_by_label("Papeletas").fill("9")
    for strategy, votes in PAPERS.items():
        page.get_by_label(strategy).fill(str(votes))
    page.get_by_role("button", name="Guardar los totales").click()
    page.get_by_role("button", name="Cerrar y mostrar el resultado").click()
    page.get_by_role("button", name="Aceptar el resultado").click()
    expect(page.locator("ol.rank .what p:first-child")).to_have_text([*PAPERS][:3])


def map_an_alliance(page, results, place):
    ally = f"Aliada número {place + 1}"
    page.goto(f"{results}mapa/")
    page.get_by_role("link", name="Agregar aliado").nth(place).click()
    page.get_by_label("O alguien que no está en el mapa").fill(ally)
    page.get_by_label("Objetivo de la alianza").fill(f"Que {ally} sume su voz")
    page.get_by_role("button", name="Agregar aliado").click()
    for term in ("corto", "mediano", "largo"):
        page.get_by_label(f"A {term} plazo").fill(f"{ally} firma un acuerdo a {term} plazo")
    page.locator("#id_actividades-0-title").fill(f"Visitar a {ally}")
    page.get_by_label("Responsable").first.fill("Dirección")
    page.get_by_label("Fecha").first.fill("2099-03-15")
    page.get_by_role("button", name="Guardar renglón").click()
    expect(page.get_by_text(ally).first).to_be_visible()


def agree_on_next_steps(page, results):
    page.goto(results.replace("resultados/", "sesiones/6/registro/"))
    steps = page.locator("#pasos")
    if not steps.get_by_label("Qué se hará").is_visible():
        steps.locator("summary").first.click()
    steps.get_by_label("Qué se hará").fill("Repetir el mapeo en un año")
    steps.get_by_label("Responsable").fill("Dirección")
    steps.get_by_role("button", name="Agregar paso").click()
    expect(page.locator("#pasos")).to_contain_text("Repetir el mapeo en un año")


def issue_the_plan(page, results):
    page.goto(results.replace("resultados/", "plan/"))
    page.get_by_role("link", name="Revisar y emitir").click()
    page.get_by_label("Emitirla aunque le falte algo").check()  # nobody has written mission, vision nor conclusions
    with page.expect_navigation():
        page.get_by_role("button", name="Emitir la versión 1").click()
    with page.expect_download() as taken:
        page.locator("#version-1").get_by_role("link", name="PDF").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF")
