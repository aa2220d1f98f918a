"""The facilitator's desk around a session: level, attendance, photo, product, and the document of all that."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests import factories as make

from .looks import problems_of

pytestmark = pytest.mark.e2e

POSTS = ("Coordinación de vinculación", "Promotoría de seguridad", "Locución de radio comunitaria")


def open_fold(page, title):
    page.locator("summary", has_text=title).click()


def test_a_level_is_decided_with_a_reason(enter, page, base_url, console):
    enter("facilitadora")
    page.goto(f"{base_url}/o/voz-clara/nivel/")
    for answer in (
        "De dos a cinco años",
        "Una o dos, con objetivos acordados",
        "Está empezando, o se activa de vez en cuando",
        "No lo ha mapeado",
        "No la conoce o no la ha adaptado",
        "Hay acuerdos o ideas sueltas",
    ):
        page.get_by_label(answer).check()
    page.get_by_role("button", name="Ver el nivel sugerido").click()
    expect(page.get_by_role("heading", name="Básico", exact=True)).to_be_visible()
    assert "32 horas" in page.content()
    page.get_by_label("Intermedio").check()
    page.get_by_role("button", name="Decidir el nivel").click()
    assert "Di por qué decides un nivel distinto del sugerido." in page.content()
    console.clear()  # the browser reports the 422 itself
    page.get_by_label("Razón").fill("La red de radios ya coordina la respuesta a cada agresión.")
    page.get_by_role("button", name="Decidir el nivel").click()
    assert page.get_by_role("status").first.inner_text() == "Decidiste el nivel intermedio."
    expect(page.get_by_text("Se sugirió básico")).to_be_visible()
    assert "28 horas" in page.content()


def test_what_happened_in_a_session_is_in_its_pdf(enter, page, base_url, tmp_path, console):
    enter("facilitadora")
    page.goto(f"{base_url}/o/voz-clara/sesiones/4/registro/")
    page.get_by_label("Una persona por renglón").fill(
        f"{POSTS[0]}, Grillo, Voz Clara\n{POSTS[1]}\n{POSTS[2]},,Radio Altiplano"
    )
    page.get_by_role("button", name="Agregar a la lista").click()
    expect(page.get_by_text("Así va cada columna.")).to_be_visible()  # without a header people see what goes where
    expect(page.get_by_role("combobox", name="Columna 1")).to_have_value("post")
    console.clear()  # the browser reports the 422 itself
    page.get_by_role("button", name="Agregar a la lista").click()
    expect(page.get_by_role("status").first).to_have_text("3 personas quedaron en la lista.")

    page.get_by_role("checkbox", name=POSTS[1]).uncheck()
    page.get_by_text("2 personas asistieron.").wait_for()

    open_fold(page, "Agregar una foto")
    wall = tmp_path / "pared.jpg"
    wall.write_bytes(make.picture_bytes((900, 600), format="JPEG"))
    page.locator("input[name=picture]").set_input_files(wall)
    page.get_by_label("Actividad que muestra").select_option("S4.4")
    page.get_by_label("Pie de foto").fill("Los acuerdos de vocería en la pared")
    page.get_by_label("dieron su consentimiento").check()
    page.get_by_role("button", name="Agregar foto").click()
    expect(page.get_by_text("Con consentimiento")).to_be_visible()

    page.get_by_role("button", name="Marcar como hecho: Elevator Pitch").click()
    assert "1 de 4 productos listos" in page.content()

    open_fold(page, "Agregar un siguiente paso")
    page.get_by_label("Qué se hará").fill("Invitar a la radio a la próxima reunión")
    page.get_by_label("Responsable").fill(POSTS[0])
    page.get_by_role("button", name="Agregar paso").click()

    with page.expect_download() as taken:
        page.get_by_role("link", name="Descargar Registro: Sesión 4 en PDF").click()
    assert taken.value.suggested_filename == "voz-clara_registro-4.pdf"
    content = Path(taken.value.path()).read_bytes()
    text = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(content)).pages))
    for said in (*POSTS, "Asistieron 2 de 3", "Los acuerdos de vocería en la pared", "Invitar a la radio"):
        assert said in text


PAGES = [
    "nivel/",
    "nivel/?years=over_5&alliances=many&network=active&map=old&route=none&plan=written",
    "nivel/?years=over_5",
    "sesiones/6/registro/",
    "sesiones/4/registro/",
    "biblioteca/",
    "biblioteca/casos/nuevo/",
    "biblioteca/glosario/?q=red",
    "biblioteca/paquetes/",
    "biblioteca/consideraciones/",
]


@pytest.mark.parametrize("width", [320, 1440])
def test_pages_are_accessible_and_fit_their_screen(enter, page, base_url, width, console):
    page.set_viewport_size({"width": width, "height": 900})
    enter("facilitadora")
    problems = {}
    for path in PAGES:
        page.goto(f"{base_url}/o/tejiendo-barrios/{path}")
        page.eval_on_selector_all("main details", "all => all.forEach(one => one.open = true)")
        if found := problems_of(page):
            problems[path] = found
    assert problems == {}
    console.clear()  # the browser reports the 422 of the unanswered questionnaire itself


@pytest.fixture
def slowly(page):
    """`slowly(address)` opens a page whose scripts arrive only when the function that it gives is called."""

    def _slowly(address):
        held = []
        page.route(re.compile(r"htmx[^/]*\.js"), lambda route: held.append(route))
        page.goto(address, wait_until="commit")

        def arrive():
            for route in held:
                route.continue_()
            page.unroute_all()

        return arrive

    return _slowly


def test_what_is_ticked_before_the_scripts_arrive_is_sent_when_they_do(enter, page, base_url, slowly):
    enter("facilitadora")
    address = f"{base_url}/o/tejiendo-barrios/sesiones/3/registro/"
    page.goto(address)
    open_fold(page, "Anotar a una persona")
    page.get_by_label("Puesto").fill("Promotoría nocturna")
    page.get_by_role("button", name="Anotar", exact=True).click()
    page.wait_for_load_state()
    here = page.get_by_role("checkbox", name="Promotoría nocturna")
    was = here.is_checked()
    arrive = slowly(address)
    here.set_checked(not was)
    arrive()
    page.locator("#asistieron").get_by_text("Guardado").wait_for()
    page.goto(address)
    expect(here).to_be_checked(checked=not was)

    arrive = slowly(f"{base_url}/o/tejiendo-barrios/resultados/transversales/")
    line = page.locator("input[name=lines]:not(:disabled)").first
    was = line.is_checked()
    line.set_checked(not was)
    arrive()
    page.locator("output").get_by_text("Guardado").wait_for()
    page.reload()
    expect(line).to_be_checked(checked=not was)


def test_what_is_written_before_the_scripts_arrive_is_saved(enter, page, base_url, slowly):
    enter("facilitadora")
    address = f"{base_url}/o/voz-clara/sesiones/4/planillas/S4.3/"
    arrive = slowly(address)
    page.locator("#campo-que_es").get_by_role("textbox").fill("Un encuentro con propósito")
    arrive()
    page.locator("#estado-que_es").get_by_text("Guardado").wait_for()
    page.goto(address)
    assert page.locator("#campo-que_es").get_by_role("textbox").input_value() == "Un encuentro con propósito"
