"""The thread of data in a real browser."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from .looks import problems_of

pytestmark = pytest.mark.e2e


def open_section(page, name):
    """Through the navigation, until scripts and typefaces are there: what still moves or is not bound loses clicks."""
    with page.expect_navigation():
        page.get_by_role("navigation", name="La organización").get_by_role("link", name=name, exact=True).click()


def text_of(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def test_a_strategy_written_in_the_browser_is_in_the_downloaded_pdf(enter, page):
    enter("equipo")
    open_section(page, "Resultados")
    page.get_by_role("link", name="Agregar estrategia").first.click()
    page.get_by_label("Estrategia", exact=False).first.fill("Ferias de oficios con las secundarias del poniente")
    page.get_by_label("Por qué").fill("Las familias confían en lo que ven funcionar")
    page.get_by_role("button", name="Guardar estrategia").click()
    assert page.get_by_role("status").inner_text() == "Guardamos la estrategia."
    open_section(page, "Plan")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Descargar el borrador en PDF").click()
    assert taken.value.suggested_filename == "tejiendo-barrios_plan-de-alianzas.pdf"
    text = text_of(Path(taken.value.path()).read_bytes())
    assert "Ferias de oficios con las secundarias del poniente" in text
    assert "Las familias confían en lo que ven funcionar" in text


@pytest.mark.postgresql
def test_the_whole_thread_from_registering_to_the_plan(enter, page):
    """A new organisation: ficha, actors, strategies, cross-cutting, priority, outcome map, Plan."""
    enter("facilitadora")
    page.get_by_role("link", name="Registrar organización").click()
    page.get_by_label("Nombre de la organización").fill("Luz de Milpa Alta")
    page.get_by_label("Tema en que trabaja").fill("Educación ambiental")
    page.get_by_label("Líneas de acción").fill("Escuelas vivas\nGuardianes del agua")
    page.get_by_label("Misión").fill("Acompañamos a las escuelas del sur a cuidar su agua.")
    page.get_by_label("Visión").fill("Pueblos con agua limpia y niñez que la defiende.")
    page.get_by_role("button", name="Registrar organización").click()
    assert page.url.endswith("/o/luz-de-milpa-alta/")

    open_section(page, "Mapa")
    page.get_by_label("Agrega actores").fill("Comité de agua\nPrimaria rural\nAlcaldía")
    with page.expect_navigation():
        page.get_by_role("button", name="Agregar actores").click()
    page.get_by_role("button", name=re.compile("^Comité de agua")).click()
    page.get_by_label("Relación con la organización").select_option("strong")
    page.get_by_label("Efecto en nuestro resultado").select_option("positive")
    page.get_by_role("button", name="Mover").click()
    page.locator('g[data-relation="strong"][data-result="positive"]').wait_for()

    open_section(page, "Resultados")
    page.get_by_role("link", name="Agregar estrategia").nth(2).click()
    page.get_by_label("Estrategia", exact=False).first.fill("Radio escolar del agua")
    page.get_by_role("button", name="Guardar estrategia").click()
    with page.expect_navigation():
        page.get_by_role("link", name="2. Transversales").click()
    page.get_by_label("Guardianes del agua").check()
    page.get_by_text("Guardado").wait_for()
    page.get_by_role("link", name="3. Prioridades").click()
    page.get_by_role("button", name="Agregar").click()
    page.get_by_role("link", name="Seguir al mapa de resultados").click()
    page.get_by_role("link", name="Agregar aliado").click()
    page.get_by_label("Potencial aliado").select_option(label="Comité de agua")
    page.get_by_label("Objetivo de la alianza").fill("Contar con su voz en cada transmisión.")
    page.get_by_role("button", name="Agregar aliado").click()
    page.get_by_label("A corto plazo").fill("El comité acepta una reunión")
    page.get_by_label("A mediano plazo").fill("Un programa al mes")
    page.get_by_label("A largo plazo").fill("La alcaldía adopta el programa")
    page.locator("#id_actividades-0-title").fill("Visitar al comité")
    page.get_by_label("Responsable").first.fill("Coordinación")
    page.get_by_label("Fecha").first.fill("2027-03-15")
    page.get_by_role("button", name="Guardar renglón").click()
    page.get_by_role("link", name="Ver el Plan").click()
    page.locator("#vista-conclusions").wait_for()
    document = page.locator(".plan-preview")
    for said in ("Luz de Milpa Alta", "Radio escolar del agua", "El comité acepta una reunión", "Visitar al comité"):
        assert said in document.inner_text()


def test_the_coordinator_takes_a_plan_out_in_one_click(enter, page):
    enter("coordinacion")
    assert page.url.endswith("/portafolio/")
    assert "Ríos Libres" not in page.content()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("en PDF de Tejiendo Barrios")).click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")


def test_a_stranger_meets_nothing(enter, page, console):
    enter("otra")
    answer = page.goto(page.url.split("/o/")[0] + "/o/tejiendo-barrios/")
    assert answer.status == 404
    assert "Tejiendo" not in page.content()
    console.clear()  # the browser reports the 404 itself


PAGES = [
    "",
    "organizacion/",
    "organizacion/fotos/",
    "organizacion/equipo/",
    "nivel/",
    "sesiones/",
    "sesiones/2/",
    "sesiones/2/carta/",
    "sesiones/1/planillas/",
    "sesiones/1/planillas/S1.1/",
    "sesiones/6/registro/",
    "biblioteca/",
    "plan-de-trabajo/",
    "compromisos/",
    "mapa/",
    "mapa/actores/nuevo/",
    "resultados/",
    "resultados/transversales/",
    "resultados/prioridades/",
    "resultados/mapa/",
    "resultados/participantes/",
    "plan/",
    "plan/documento/",
]


@pytest.mark.parametrize("width", [360, 1440])
def test_pages_are_accessible_and_fit_their_screen(enter, page, base_url, width):
    page.set_viewport_size({"width": width, "height": 900})
    enter("facilitadora")
    problems = {}
    for path in PAGES:
        page.goto(f"{base_url}/o/tejiendo-barrios/{path}")
        if found := problems_of(page):
            problems[path] = found
    assert problems == {}
