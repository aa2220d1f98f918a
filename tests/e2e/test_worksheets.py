"""Worksheets in a real browser: on a phone, without network, and with two people on one field."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .hands import box_of
from .looks import problems_of

pytestmark = pytest.mark.e2e

PASSWORD = "Alianzas-demo-2026"


@pytest.fixture
def sheet(base_url):
    """`sheet(page, "S1.5", "?equipo=3")` opens a worksheet of Tejiendo Barrios."""

    def _sheet(page, activity, query=""):
        session = activity[1] if activity.startswith("S") else "M"
        page.goto(f"{base_url}/o/tejiendo-barrios/sesiones/{session}/planillas/{activity}/{query}")
        return page

    return _sheet


def field(page, name):
    return page.locator(f"#campo-{name}")


def state(page, name):
    return page.locator(f"#estado-{name}")


def note(page, name, place):
    return field(page, name).get_by_label("Nota", exact=True).nth(place)


def notes(page, name):
    return [box.input_value() for box in field(page, name).get_by_label("Nota", exact=True).all()]


def write_notes(page, name, *texts):
    for place, text in enumerate(texts):
        if place:
            field(page, name).get_by_role("button", name="Agregar nota").press("Enter")
        page.keyboard.type(text) if place else note(page, name, 0).fill(text)


def all_saved(page):
    """What is typed waits in the browser until the server has it."""
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('alianzas-planilla:'))")


def test_a_worksheet_on_a_phone_loses_the_network_and_nothing_else(enter, page, context, sheet):
    page.set_viewport_size({"width": 390, "height": 844})
    enter("equipo")
    sheet(page, "S1.5", "?equipo=3")
    note(page, "b", 0).fill("La violencia cerca de las escuelas")
    expect(state(page, "b")).to_contain_text("Guardado")
    context.set_offline(True)
    field(page, "b").get_by_role("button", name="Agregar nota").click()
    note(page, "b", 1).fill("Que nadie nos escucha")
    expect(state(page, "b")).to_contain_text("Sin conexión: 1 cambio")
    note(page, "c", 0).fill("Dos tardes al mes")
    expect(page.locator("[data-all-state]")).to_have_text("Sin conexión: 2 cambios por guardar")
    context.set_offline(False)
    expect(state(page, "b")).to_contain_text(re.compile(r"Guardado \d\d:\d\d"))
    expect(state(page, "c")).to_contain_text("Guardado")
    expect(page.locator("[data-all-state]")).to_be_hidden()
    page.reload()
    assert notes(page, "b") == ["La violencia cerca de las escuelas", "Que nadie nos escucha"]
    assert notes(page, "c") == ["Dos tardes al mes"]


def test_what_could_not_be_sent_survives_a_reload(enter, page, sheet, console):
    enter("equipo")
    sheet(page, "S1.5", "?equipo=4")
    page.route(re.compile(r"/planillas/S1\.5/f/"), lambda route: route.abort())
    note(page, "f", 0).fill("En las asambleas de los comités")
    expect(state(page, "f")).to_contain_text("Sin conexión: 1 cambio")
    page.unroute_all()
    page.reload()
    expect(state(page, "f")).to_contain_text("Guardado")
    page.reload()
    assert notes(page, "f") == ["En las asambleas de los comités"]
    assert page.evaluate("Object.keys(localStorage).length") == 0
    console.clear()  # the browser reports the request that was cut


def test_leaving_the_page_while_typing_loses_nothing(enter, page, sheet):
    enter("equipo")
    sheet(page, "S1.5", "?equipo=6")
    note(page, "h", 0).fill("Un mensaje cada quincena")
    sheet(page, "S4.7")
    sheet(page, "S1.5", "?equipo=6")
    expect(state(page, "h")).to_contain_text("Guardado")
    assert notes(page, "h") == ["Un mensaje cada quincena"]


def test_two_editors_on_one_field_keep_both_texts(enter, page, browser, base_url, sheet):
    enter("equipo")
    sheet(page, "S4.3")
    other = browser.new_context().new_page()
    other.goto(f"{base_url}/cuenta/login/")
    other.get_by_label("Correo electrónico").fill("facilitadora@demo.test")
    other.get_by_label("Contraseña", exact=False).first.fill(PASSWORD)
    other.get_by_role("button", name="Entrar").click()
    other.wait_for_url(lambda url: "/cuenta/" not in url)
    sheet(other, "S4.3")
    field(page, "que_es").get_by_role("textbox").fill("Un lugar para encontrarnos")
    expect(state(page, "que_es")).to_contain_text(re.compile(r"Guardado \d\d:\d\d"))
    field(other, "que_es").get_by_role("textbox").fill("Una feria o un foro")
    two = other.locator("#conflicto-que_es")
    expect(two).to_contain_text("Lo que está guardado")
    expect(two).to_contain_text("Un lugar para encontrarnos")
    expect(two).to_contain_text("Lo que escribiste")
    expect(two).to_contain_text("Una feria o un foro")
    assert Axe().run(other).response["violations"] == []
    two.get_by_role("button", name="Juntar los dos").click()
    expect(field(other, "que_es").get_by_role("textbox")).to_have_value(
        "Un lugar para encontrarnos\nUna feria o un foro"
    )
    sheet(page, "S4.3")
    expect(field(page, "que_es").get_by_role("textbox")).to_have_value(
        "Un lugar para encontrarnos\nUna feria o un foro"
    )
    other.context.close()


def test_the_same_request_four_times_at_once_makes_one_answer(enter, page, base_url, sheet):
    enter("equipo")
    sheet(page, "S4.7")
    answers = page.evaluate("""async () => {
      const url = document.querySelector("#campo-q2").dataset.url;
      const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
      const campos = JSON.stringify({"q2-id": ["a"], "q2-text": ["A veces"], "q2-author": [""], "q2-group": [""]});
      const body = () => new URLSearchParams({csrfmiddlewaretoken, campos, version: "0"});
      const send = () => fetch(url, {method: "POST", body: body(), headers: {"HX-Request": "true"}});
      const found = await Promise.all([send(), send(), send(), send()]);
      return found.map((one) => `${one.status} ${one.headers.get("X-Answer-Version")}`);
    }""")
    assert answers == ["200 1"] * 4


def test_notes_are_ordered_joined_and_deleted_with_the_keyboard(enter, page, sheet):
    enter("equipo")
    sheet(page, "S1.5", "?equipo=5")
    write_notes(page, "g", "Uno", "Dos", "Tres")
    note(page, "g", 2).press("Alt+ArrowUp")
    assert notes(page, "g") == ["Uno", "Tres", "Dos"]
    field(page, "g").get_by_role("button", name="Juntar").nth(2).press("Enter")
    field(page, "g").get_by_role("button", name="Juntar aquí").first.press("Enter")
    assert notes(page, "g") == ["Uno\nDos", "Tres"]
    field(page, "g").get_by_role("button", name="Deshacer").press("Enter")
    assert notes(page, "g") == ["Uno", "Tres", "Dos"]
    field(page, "g").get_by_role("button", name="Borrar").first.press("Enter")
    assert notes(page, "g") == ["Tres", "Dos"]
    page.keyboard.press("Enter")  # the undo has the focus
    assert notes(page, "g") == ["Uno", "Tres", "Dos"]
    expect(state(page, "g")).to_contain_text(re.compile(r"Guardado \d\d:\d\d"))
    all_saved(page)
    page.reload()
    assert notes(page, "g") == ["Uno", "Tres", "Dos"]


def test_notes_are_dragged_to_their_place(enter, page, sheet):
    enter("equipo")
    page.set_viewport_size({"width": 1280, "height": 1000})
    sheet(page, "S1.5", "?equipo=7")
    write_notes(page, "h", "Uno", "Dos", "Tres")
    field(page, "h").evaluate("field => field.scrollIntoView({block: 'center', behavior: 'instant'})")
    handles = field(page, "h").get_by_role("button", name=re.compile("^Mover nota"))
    first, last = box_of(handles.nth(0)), box_of(note(page, "h", 2))
    page.mouse.move(first["x"] + 8, first["y"] + 10)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 10, last["y"] + 20, steps=12)
    page.mouse.up()
    assert notes(page, "h") == ["Dos", "Tres", "Uno"]
    expect(field(page, "h").locator("[data-undo]")).to_have_text("Ahora va en el lugar 3.")
    handles.nth(2).press("ArrowUp")
    assert notes(page, "h") == ["Dos", "Uno", "Tres"]
    expect(state(page, "h")).to_contain_text(re.compile(r"Guardado \d\d:\d\d"))
    all_saved(page)
    page.reload()
    assert notes(page, "h") == ["Dos", "Uno", "Tres"]


def test_notes_are_dragged_with_a_finger_on_a_phone(browser, base_url, sheet):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{base_url}/cuenta/login/")
    page.get_by_label("Correo electrónico").fill("equipo@demo.test")
    page.get_by_label("Contraseña", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url(lambda url: "/cuenta/" not in url)
    sheet(page, "S1.5", "?equipo=8")
    write_notes(page, "h", "Uno", "Dos")
    field(page, "h").evaluate("field => field.scrollIntoView({block: 'start', behavior: 'instant'})")
    handle = box_of(field(page, "h").get_by_role("button", name=re.compile("^Mover nota")).first)
    x, y = handle["x"] + 10, handle["y"] + 15
    end = box_of(note(page, "h", 1))["y"] + 170
    finger = context.new_cdp_session(page)
    touch = lambda kind, *points: finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})  # noqa: E731
    touch("touchStart", {"x": x, "y": y})
    for step in range(1, 11):
        touch("touchMove", {"x": x, "y": y + (end - y) * step / 10})
    touch("touchEnd")
    assert notes(page, "h") == ["Dos", "Uno"]
    expect(state(page, "h")).to_contain_text(re.compile(r"Guardado \d\d:\d\d"))
    context.close()


def test_the_summary_of_the_considerations_follows_the_answers(enter, page, base_url):
    enter("facilitadora")
    page.goto(f"{base_url}/o/tejiendo-barrios/biblioteca/consideraciones/")
    expect(page.locator("#resumen")).to_have_text("3 de 4 en orden; falta: Personal desde el principio.")
    field(page, "people_from_start").get_by_label("En parte", exact=True).check()
    expect(page.locator("#resumen")).to_have_text("3 de 4 en orden; a medias: Personal desde el principio.")
    field(page, "people_from_start").get_by_label("Sí", exact=True).check()
    expect(page.locator("#resumen")).to_have_text("4 de 4 en orden.")


def test_the_pitch_is_timed_and_the_take_is_kept(enter, page, sheet):
    enter("facilitadora")
    page.clock.install()
    sheet(page, "S4.6")
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    page.get_by_role("button", name="Empezar el cronómetro").click()
    page.clock.run_for(1200)
    page.get_by_role("button", name="Detener").click()
    expect(page.locator("[data-pitch-said]")).to_contain_text("Duró 1 s: te sobran 39 s")
    expect(page.get_by_label("Segundos que duró")).to_have_value("1")
    page.clock.resume()
    expect(state(page, "pitch")).to_contain_text("Guardado")


def test_the_trust_result_is_computed_by_the_server(enter, page, sheet):
    enter("facilitadora")
    sheet(page, "S4.8")
    for label, number in (("Credibilidad", 8), ("Confiabilidad", 8), ("Cercanía", 8), ("Interés propio", 4)):
        page.get_by_label(re.compile(f"^{label}")).fill(str(number))
    expect(page.locator("#confianza")).to_contain_text("Tu confianza: 6")


def test_a_drawing_made_on_the_page_is_uploaded(enter, page, sheet):
    enter("equipo")
    sheet(page, "S3.2")
    page.get_by_text("Dibujar aquí").click()
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = box_of(canvas)
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 90, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="Guardar el dibujo").click()
    expect(page.get_by_role("link", name="dibujo.jpg")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1440])
def test_worksheets_are_accessible_and_fit_their_screen(enter, page, sheet, base_url, width):
    page.set_viewport_size({"width": width, "height": 900})
    enter("facilitadora")
    problems = {}
    for activity in ("", "S1.1", "S1.2", "S1.3", "S2.3", "S3.2", "S4.4", "S4.6", "S4.8", "S5.5", "S6.2"):
        if activity:
            sheet(page, activity)
        else:
            page.goto(f"{base_url}/o/tejiendo-barrios/sesiones/1/planillas/")
        if found := problems_of(page):
            problems[activity] = found
    assert problems == {}
