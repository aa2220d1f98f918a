"""A workshop in real browsers: one control, one wall and two phones, with the network cut in the middle."""

import re

import pytest
from playwright.sync_api import expect

from .hands import carry, hold
from .looks import problems_of

pytestmark = pytest.mark.e2e
QUESTION = "¿Qué dificultades ven en su propio contexto?"


@pytest.fixture
def control(enter, page, base_url):
    """The control of an open rehearsal-free run of Session 1 of Ríos Libres' neighbour in the demonstration."""
    enter("facilitadora")
    page.goto(f"{base_url}/o/semillas-del-norte/sesiones/1/taller/")
    page.get_by_role("button", name="Abrir el taller").click()
    yield page
    page.goto(f"{base_url}/o/semillas-del-norte/sesiones/1/taller/")
    page.get_by_text("Cerrar el taller…").click()
    page.get_by_role("button", name="Sí, cerrar").click()
    expect(page.locator(".toasts")).to_contain_text("El taller terminó.")


def wall_of(control):
    with control.context.expect_page() as opened:
        control.get_by_role("link", name="Abrir la pared").click()
    wall = opened.value
    wall.set_viewport_size({"width": 1920, "height": 1080})
    return wall


def phone(browser, base_url, control, name, width=360):
    context = browser.new_context(viewport={"width": width, "height": 740}, base_url=base_url)
    page = context.new_page()
    page.goto("/t/")
    page.get_by_label("Código").fill(control.locator(".door .code").inner_text().lower())
    page.get_by_role("button", name="Entrar").click()
    page.get_by_label("Tu nombre o un alias").fill(name)
    page.get_by_label("Leí el aviso y quiero participar").check()
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("heading", name=f"Ya estás dentro, {name}")).to_be_visible()
    return page


def write(page, text):
    page.get_by_label("Tu nota").first.fill(text)
    page.get_by_role("button", name="Enviar la nota").click()


def phase(control, name):
    control.locator(".phases").get_by_role("button", name=name).click()


def test_a_room_writes_shows_and_closes_through_a_cut(control, browser, base_url):
    wall = wall_of(control)
    expect(wall.get_by_text("No hace falta cuenta")).to_be_visible()
    ana, beto = (phone(browser, base_url, control, name) for name in ("Ana", "Beto"))
    expect(wall.get_by_text("2 personas en el salón")).to_be_visible()
    expect(control.locator(".people li")).to_have_count(2)

    control.get_by_label("Pregunta", exact=True).select_option(label=QUESTION)
    control.get_by_role("button", name="Mostrar la pregunta").click()
    for face in (wall, ana, beto):
        expect(face.get_by_role("heading", name=QUESTION)).to_be_visible()
    expect(ana.get_by_text("Nadie ve las notas hasta que se muestran todas juntas.")).to_be_visible()

    write(ana, "Las distancias entre comunidades")
    expect(ana.get_by_text("Lo que has escrito (1)")).to_be_visible()
    expect(wall.locator(".number")).to_have_text("1")
    expect(wall.get_by_text("distancias")).to_have_count(0)

    # Beto's network is cut; what he writes waits on his phone, through a reload of its page too.
    beto.get_by_label("Tu nota").fill("La desconfianza")
    beto.context.set_offline(True)
    beto.get_by_role("button", name="Enviar la nota").click()
    expect(beto.get_by_text("Pendiente (1)")).to_be_visible()
    write(beto, "Poco tiempo")
    expect(beto.get_by_text("Pendiente (2)")).to_be_visible()
    phase(control, "Mostrar")
    expect(wall.get_by_text("Las distancias entre comunidades")).to_be_visible()
    expect(ana.get_by_text("Esto fue lo que escribió el grupo.")).to_be_visible()
    beto.context.set_offline(False)
    for face in (wall, control, ana):
        for text in ("La desconfianza", "Poco tiempo"):
            expect(face.get_by_text(text)).to_have_count(1)
    expect(beto.get_by_text("Esto fue lo que escribió el grupo.")).to_be_visible()
    expect(beto.get_by_text("Pendiente")).to_have_count(0)

    # Grouped with the keyboard only, while another note arrives.
    phase(control, "Agrupar")
    box = control.get_by_role("checkbox", name="Poco tiempo Beto")
    box.focus()
    box.press("Space")
    control.locator("#tema").focus()
    control.keyboard.type("Lo que ")
    control.get_by_text("Capturar notas de quien no tiene teléfono").click()
    control.get_by_label("Una nota por renglón").fill("El miedo")
    control.get_by_role("button", name="Agregar las notas").click()
    expect(wall.get_by_text("El miedo")).to_be_visible()
    control.get_by_role("checkbox", name="Poco tiempo Beto").check()
    control.locator("#tema").fill("Lo que falta")
    control.locator("#tema").press("Enter")
    expect(wall.get_by_role("heading", name="Lo que falta 1")).to_be_visible()
    expect(ana.get_by_role("heading", name="Lo que falta")).to_be_visible()

    for face in (wall, ana, beto, control):
        face.reload()
        expect(face.get_by_text("La desconfianza").first).to_be_visible()

    phase(control, "Cerrar")
    expect(control.get_by_role("status")).to_contain_text("ya están en la planilla")
    expect(beto.get_by_text("La pregunta se cerró. ¡Gracias!")).to_be_visible()
    control.get_by_role("link", name="la planilla", exact=True).click()
    for text in ("Las distancias entre comunidades", "La desconfianza", "Poco tiempo", "El miedo"):
        expect(control.locator("textarea", has_text=text)).to_have_count(1)
    ana.context.close()
    beto.context.close()


def drag(note, target):
    """Hold it over the target; it moves there at once, and letting go keeps it."""
    hold(note.locator("[data-handle]"), 8, 8, note)
    carry(note, target, 30, 0.5)
    expect(target.locator("[data-note].is-dragged")).to_have_count(1)


def test_notes_are_dragged_to_a_theme_while_others_arrive(control, browser, base_url):
    wall, ana = wall_of(control), phone(browser, base_url, control, "Ana")
    control.set_viewport_size({"width": 1280, "height": 1800})
    control.get_by_label("Pregunta", exact=True).select_option(label=QUESTION)
    control.get_by_role("button", name="Mostrar la pregunta").click()
    for text in ("Falta dinero", "Falta tiempo"):
        write(ana, text)
        expect(control.locator(".sticky", has_text=text)).to_have_count(1)
    phase(control, "Agrupar")
    note = control.locator("[data-note]", has_text="Falta dinero")
    drag(note, control.locator(".new-theme"))
    control.mouse.up()
    expect(control.get_by_role("heading", name="Falta dinero")).to_be_visible()
    expect(wall.get_by_role("heading", name="Falta dinero 1")).to_be_visible()
    other = control.locator("[data-note]", has_text="Falta tiempo")
    theme = control.locator("[data-theme='Falta dinero']")
    drag(other, theme)
    control.keyboard.press("Escape")
    control.mouse.up()
    expect(control.get_by_role("heading", name="Sin tema")).to_be_visible()
    drag(other, theme)
    control.mouse.up()
    expect(wall.get_by_role("heading", name="Falta dinero 2")).to_be_visible()
    expect(control.get_by_role("heading", name="Sin tema")).to_have_count(0)
    ana.context.close()


def test_what_somebody_is_typing_survives_changes_and_arrivals(control, browser, base_url):
    ana, beto = (phone(browser, base_url, control, name) for name in ("Ana", "Beto"))
    control.get_by_label("Pregunta", exact=True).select_option(label="¿Qué esperas de este taller?")
    control.get_by_role("button", name="Mostrar la pregunta").click()
    expect(ana.get_by_label("Tu nota")).to_be_visible()
    ana.get_by_label("Tu nota").fill("A medio escri")
    ana.get_by_label("Tu nota").focus()
    control.get_by_text("Capturar notas de quien no tiene teléfono").click()
    control.get_by_label("Una nota por renglón").fill("Dos que")
    write(beto, "Una de Beto")
    expect(control.locator(".sticky", has_text="Una de Beto")).to_be_visible()
    expect(control.get_by_label("Una nota por renglón")).to_have_value("Dos que")
    expect(control.get_by_label("Una nota por renglón")).to_be_focused()
    phase(control, "Mostrar")
    expect(ana.get_by_text("esto quedó sin enviar")).to_be_visible()
    ana.get_by_label("Tu nota").press("End")
    ana.keyboard.type("bir")
    ana.get_by_role("button", name="Enviar la nota").click()
    expect(control.locator(".sticky", has_text="A medio escribir")).to_have_count(1)
    phase(control, "Escribir")
    expect(beto.get_by_label("Tu nota").first).to_be_visible()
    beto.get_by_text("Corregir").click()
    beto.locator(".sticky textarea").fill("Una de Beto, corregida")
    beto.get_by_role("button", name="Guardar").click()
    expect(control.locator(".sticky", has_text="corregida")).to_have_count(1)
    ana.context.close()
    beto.context.close()


def test_who_is_sent_out_and_everybody_at_the_end_is_told(control, browser, base_url):
    ana, beto = (phone(browser, base_url, control, name) for name in ("Ana", "Beto"))
    expect(control.locator(".people li")).to_have_count(2)
    control.get_by_role("button", name=re.compile("Sacar del taller a Beto")).click()
    expect(beto.get_by_role("heading", name="El taller terminó")).to_be_visible()
    expect(ana.get_by_role("heading", name="Ya estás dentro, Ana")).to_be_visible()
    ana.context.close()
    beto.context.close()


def test_a_page_whose_stream_is_blocked_asks_by_itself(control, browser, base_url):
    context = browser.new_context(base_url=base_url)
    context.route(re.compile(r"/vivo/$"), lambda route: route.abort())
    page = context.new_page()
    page.goto("/t/")
    page.get_by_label("Código").fill(control.locator(".door .code").inner_text())
    page.get_by_role("button", name="Entrar").click()
    page.get_by_label("Tu nombre o un alias").fill("Caro")
    page.get_by_label("Leí el aviso y quiero participar").check()
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("heading", name="Ya estás dentro, Caro")).to_be_visible()
    control.get_by_label("Pregunta", exact=True).select_option(label=QUESTION)
    control.get_by_role("button", name="Mostrar la pregunta").click()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    context.close()


def test_the_first_load_of_a_guest_weighs_less_than_100_kb(control, browser, base_url):
    context = browser.new_context(base_url=base_url)
    page = context.new_page()
    bodies = []
    page.on("requestfinished", lambda request: bodies.append(request.sizes()))
    page.goto("/t/")
    page.get_by_label("Código").fill(control.locator(".door .code").inner_text())
    page.get_by_role("button", name="Entrar").click()
    page.get_by_label("Tu nombre o un alias").fill("Dora")
    page.get_by_label("Leí el aviso y quiero participar").check()
    with page.expect_request(re.compile(r"/vivo/$")):  # the last thing that a page asks for
        page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("heading", name="Ya estás dentro, Dora")).to_be_visible()
    page.wait_for_load_state("load")
    weight = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in bodies)
    assert 5_000 < weight < 100_000, weight
    context.close()


@pytest.mark.parametrize("width", [320, 1440, 1920])
def test_the_three_faces_are_accessible_and_fit_their_screen(control, browser, base_url, width):
    found = {}
    wall = wall_of(control)
    ana = phone(browser, base_url, control, "Ana", width)
    for face in (wall, control):
        face.set_viewport_size({"width": width, "height": 900})
    control.reload()
    for name, face in (("wall", wall), ("phone", ana), ("control", control)):
        found[f"{name} before"] = problems_of(face)
    control.get_by_label("Pregunta", exact=True).select_option(label=QUESTION)
    control.get_by_role("button", name="Mostrar la pregunta").click()
    expect(ana.get_by_label("Tu nota")).to_be_visible()
    write(ana, "Una nota")
    expect(ana.get_by_text("Lo que has escrito (1)")).to_be_visible()
    control.locator(".phases").get_by_role("button", name="Agrupar").click()
    expect(wall.get_by_text("Una nota")).to_be_visible()
    for name, face in (("wall", wall), ("phone", ana), ("control", control)):
        found[name] = problems_of(face)
    page = ana.context.new_page()
    page.goto("/t/")
    found["code"] = problems_of(page)
    assert {name: one for name, one in found.items() if one} == {}
    ana.context.close()
