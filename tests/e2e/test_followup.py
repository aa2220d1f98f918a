"""After the Plan, in a real browser: a team on a phone notes an advance, writes its report and shares what it has."""

import re

import pytest
from playwright.sync_api import expect

from .looks import problems_of

pytestmark = pytest.mark.e2e
TEAM = "o/tejiendo-barrios"


def test_an_advance_is_noted_on_a_phone_with_its_next_step(enter, page, base_url):
    enter("equipo")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{base_url}/{TEAM}/seguimiento/")
    marker = page.locator(".followed > li", has_text="La preparatoria incorpora el taller")
    expect(marker).to_contain_text("Sin anotar")
    marker.get_by_role("button", name="En parte").click()
    expect(page.get_by_role("status")).to_contain_text("en parte")

    page.get_by_label("En qué se nota").fill("La dirección lo llevó al consejo escolar")
    page.get_by_text("Siguiente acción", exact=True).first.click()
    page.get_by_label("Siguiente acción").fill("Mandar la evaluación al consejo")
    page.get_by_label("Responsable").fill("Monitoreo")
    page.get_by_label("Para cuándo").fill("2099-05-04")
    page.get_by_role("button", name="Guardar avance").click()
    journal = page.locator(".journal")
    expect(journal).to_contain_text("La dirección lo llevó al consejo escolar")
    expect(journal).to_contain_text("Mandar la evaluación al consejo")

    page.goto(f"{base_url}/{TEAM}/compromisos/?q=evaluación+al+consejo")
    expect(page.locator(".promise")).to_contain_text("Seguimiento de indicadores")


def test_two_quick_taps_note_one_advance(enter, page, base_url):
    enter("equipo")
    page.goto(f"{base_url}/{TEAM}/seguimiento/")
    marker = page.locator(".followed > li", has_text="La cámara crea su propio programa")
    where = marker.get_by_role("link").get_attribute("href")
    marker.get_by_role("button", name="Se logró").dblclick()
    page.wait_for_url(re.compile("/avances/"))
    page.goto(f"{base_url}{where}")
    expect(page.locator(".journal > li")).to_have_count(1)


def test_a_report_is_written_and_its_section_is_copied(enter, page, base_url, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    enter("equipo")
    page.goto(f"{base_url}/{TEAM}/reportes/")
    page.get_by_label("Desde").fill("2026-07-01")
    page.get_by_label("Hasta").fill("2026-12-31")
    page.get_by_role("button", name="Empezar reporte").click()
    expect(page.locator(".page-head h1")).to_have_text("Segundo semestre de 2026")
    page.get_by_role("textbox", name="Aprendizajes").fill("Llegar con datos de quien recibe")
    page.get_by_label("17. Alianzas para lograr los objetivos").check()
    page.get_by_role("button", name="Guardar reporte").click()
    document = page.get_by_role("region", name="Documento", exact=True)
    expect(document).to_contain_text("Llegar con datos de quien recibe")
    expect(document).to_contain_text("ODS 17")
    page.get_by_role("button", name="Copiar el texto").click()
    expect(page.get_by_role("button", name="Copiado")).to_be_visible()
    assert "Vínculos. Con 9 actores" in page.evaluate("navigator.clipboard.readText()")


def test_a_link_is_made_read_without_an_account_and_revoked(enter, page, base_url, browser):
    enter("equipo")
    page.goto(f"{base_url}/{TEAM}/compartir/")
    page.get_by_label("Para quién").fill("Asamblea de comités")
    page.get_by_label("Ruta Crítica").check()
    page.get_by_role("button", name="Crear enlace").click()
    address = page.get_by_label("Dirección del enlace").input_value()

    with browser.new_context() as outside:
        reader = outside.new_page()
        reader.goto(address)
        expect(reader.get_by_role("heading", level=1)).to_have_text("Tejiendo Barrios, A.C.")
        expect(reader.locator(".shared-products li")).to_have_count(3)
        reader.get_by_role("link", name="Leer: Mapa del sistema").click()
        expect(reader.locator(".shared-document svg")).to_be_visible()
        with reader.expect_download() as taken:
            reader.get_by_role("link", name="Descargar en PDF: Mapa del sistema").click()
        assert taken.value.suggested_filename == "tejiendo-barrios_mapa.pdf"
        assert outside.cookies() == []

        page.goto(f"{base_url}/{TEAM}/compartir/")
        link = page.locator(".rank > li", has_text="Asamblea de comités")
        link.get_by_text("Revocar", exact=True).click()
        link.get_by_role("button", name="Sí, revocar").click()
        expect(page.get_by_role("status")).to_contain_text("Revocamos el enlace")
        assert reader.goto(address).status == 404


@pytest.mark.parametrize("width", [360, 1440])
def test_pages_after_the_plan_pass_axe_and_fit_their_screen(enter, page, base_url, width):
    enter("facilitadora")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{base_url}/o/casa-girasol/seguimiento/")
    assert problems_of(page) == []
    page.get_by_role("link", name="Ochenta mujeres venden").click()
    assert problems_of(page) == []
    for where in ("reportes/", "compartir/"):
        page.goto(f"{base_url}/o/casa-girasol/{where}")
        assert problems_of(page) == []
    page.goto(f"{base_url}/o/casa-girasol/reportes/")
    page.get_by_role("link", name="1 de octubre de 2025", exact=False).first.click()
    assert problems_of(page) == []


@pytest.mark.parametrize("width", [360, 1440])
def test_what_is_shared_passes_axe_and_fits_its_screen(page, base_url, width):
    page.set_viewport_size({"width": width, "height": 900})
    for where in ("", "plan/", "mapa/", "resultados/", "reporte/"):
        page.goto(f"{base_url}/c/demostracion-casa-girasol/{where}")
        assert problems_of(page) == []


def test_everything_is_taken_in_one_file(enter, page, base_url):
    enter("facilitadora")
    page.goto(f"{base_url}/o/voz-clara/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Descargar todo").click()
    assert taken.value.suggested_filename == "voz-clara_entregables.zip"
