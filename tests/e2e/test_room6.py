"""Session 6 in a room: one control, one wall and three phones, from who is there to the ranking."""

import re

import pytest
from playwright.sync_api import expect

from .hands import Keyboard, Mouse
from .looks import problems_of

pytestmark = pytest.mark.e2e
PEOPLE = ("Ana", "Beto", "Caro")
LINES = ("Cuencas vivas", "Escuelas del agua")
COULD = ("Radio del agua", "Brigadas de limpieza", "Feria de cuencas")


@pytest.fixture
def home(new_org, page):
    """A new organisation with two lines of action and nothing said about them."""
    address = new_org.removesuffix("mapa/")
    page.goto(f"{address}organizacion/lineas/nueva/")
    page.get_by_label("Línea de acción").fill(LINES[1])
    page.get_by_role("button", name="Guardar").click()
    return address


@pytest.mark.parametrize("hands", [Mouse(), Keyboard()], ids=["ratón", "teclado"])
def test_a_room_goes_from_check_in_to_ranking(home, page, browser, base_url, hands):
    control = page
    control.goto(f"{home}sesiones/6/taller/")
    hands.press(control.get_by_role("button", name="Abrir el taller"))
    wall = control.context.new_page()
    wall.set_viewport_size({"width": 1920, "height": 1080})
    wall.goto(f"{home}sesiones/6/taller/pared/")
    phones = [come_in(browser, base_url, control, hands, name) for name in PEOPLE]
    expect(wall.get_by_text("3 personas en el salón")).to_be_visible()

    stand_on_the_line(control, wall, phones, hands)
    said_of_a_line(control, wall, phones, hands)
    find_what_serves_both(control, home, hands)
    vote(control, wall, phones, hands)

    for face in (control, wall, *phones):  # all of them can be reloaded and are right again
        face.reload()
        expect(face.locator(".tally > li").first).to_contain_text(COULD[1])
    problems = {name: problems_of(face) for name, face in (("control", control), ("wall", wall), ("phone", phones[0]))}
    assert problems == {"control": [], "wall": [], "phone": []}

    control.goto(f"{home}sesiones/6/taller/")
    hands.press(control.locator("summary", has_text="Cerrar el taller"))
    hands.press(control.get_by_role("button", name="Sí, cerrar"))
    expect(phones[0].get_by_role("heading", name="El taller terminó")).to_be_visible()
    control.wait_for_url("**/sesiones/6/registro/**")
    control.goto(f"{home}resultados/participantes/")
    for name in PEOPLE:
        expect(control.locator("ul.rank")).to_contain_text(name)
    for phone in phones:
        phone.context.close()


def come_in(browser, base_url, control, hands, name):
    phone = browser.new_context(viewport={"width": 360, "height": 740}, base_url=base_url).new_page()
    phone.goto("/t/")
    hands.write(phone.get_by_label("Código"), control.locator(".door .code").inner_text().lower())
    hands.press(phone.get_by_role("button", name="Entrar"))
    hands.write(phone.get_by_label("Tu nombre o un alias"), name)
    hands.tick(phone.get_by_label("Leí el aviso y quiero participar"))
    hands.press(phone.get_by_role("button", name="Entrar"))
    expect(phone.get_by_role("heading", name=f"Ya estás dentro, {name}")).to_be_visible()
    return phone


def stand_on_the_line(control, wall, phones, hands):
    hands.press(control.get_by_role("button", name="Línea de Posibilidad"))
    expect(wall.get_by_role("heading", name="¿En qué lugar de la línea estás?")).to_be_visible()
    hands.press(control.get_by_role("button", name="Abrir la toma"))
    for place, phone in zip((20, 50, 80), phones, strict=True):
        sliders = phone.locator("input[type=range]")
        expect(sliders).to_have_count(2)
        hands.slide(sliders.nth(0), place)
        expect(phone.locator("output").first).to_have_text(str(place))
        hands.tick(phone.get_by_role("radio", name="Normal"))
        hands.press(phone.get_by_role("button", name="Guardar mi lugar"))
        expect(phone.get_by_text("Tu lugar está guardado.")).to_be_visible()
    expect(wall.locator(".stage-count strong")).to_have_text("3")
    expect(wall.locator(".wall-stage svg")).to_have_count(0)
    expect(control.locator(".voted strong")).to_have_text("3")
    hands.press(control.get_by_role("button", name="Cerrar y mostrar al grupo"))
    expect(wall.locator(".wall-stage svg")).to_have_count(1)
    expect(phones[2].get_by_role("heading", name="Así se repartió el grupo")).to_be_visible()


def said_of_a_line(control, wall, phones, hands):
    asked = f"{LINES[0]}: ¿Cuáles podrían sumarse?"
    hands.choose(control.get_by_label("Pregunta", exact=True), asked)
    hands.press(control.get_by_role("button", name="Mostrar la pregunta"))
    for strategy, phone in zip(COULD, phones, strict=True):
        expect(phone.get_by_role("heading", name=asked)).to_be_visible()
        hands.write(phone.get_by_label("Tu nota"), strategy)
        hands.press(phone.get_by_role("button", name="Enviar la nota"))
        expect(phone.get_by_text("Lo que has escrito (1)")).to_be_visible()
    expect(wall.locator(".number")).to_have_text("3")
    hands.press(control.locator(".phases").get_by_role("button", name="Mostrar"))
    for strategy in COULD:
        expect(wall.locator(".sticky", has_text=strategy)).to_be_visible()
    hands.press(control.locator(".phases").get_by_role("button", name="Cerrar"))
    expect(control.get_by_role("link", name="el diagnóstico de estrategias")).to_be_visible()


def find_what_serves_both(control, home, hands):
    control.goto(f"{home}resultados/transversales/")
    boxes = control.get_by_role("checkbox", name=LINES[1])
    expect(boxes).to_have_count(3)
    for number in range(3):
        hands.tick(boxes.nth(number))
        expect(control.locator("output", has_text="Guardado")).to_have_count(number + 1)
    control.goto(f"{home}sesiones/6/taller/")


def vote(control, wall, phones, hands):
    hands.press(control.get_by_role("button", name="Votar prioridades"))
    for phone in phones:
        expect(phone.get_by_role("heading", name="En un momento votamos")).to_be_visible()
    hands.write(control.get_by_label("Votos por persona"), "2")
    hands.press(control.get_by_role("button", name="Abrir la votación"))
    expect(wall.get_by_role("heading", name="¿Cuáles son las 2 estrategias más relevantes?")).to_be_visible()

    # Caro's network is cut: her vote waits on her phone and counts once.
    for chosen, phone in zip(((0, 1), (1, 2), (1, 0)), phones, strict=True):
        boxes = phone.locator("[name=choices]")
        expect(boxes).to_have_count(3)
        for one in chosen:
            hands.tick(boxes.nth(one))
        expect(phone.get_by_text("Usaste todos tus votos.")).to_be_visible()
        expect(boxes.nth(3 - sum(chosen))).to_be_disabled()
        phone.context.set_offline(phone is phones[2])
        hands.press(phone.get_by_role("button", name="Enviar mi voto"))
    for phone in phones[:2]:
        expect(phone.get_by_role("heading", name="Tu voto está contado")).to_be_visible()
    expect(phones[2].get_by_text("Pendiente (1)")).to_be_visible()
    expect(phones[2].get_by_role("button", name="Enviar mi voto")).to_be_hidden()
    expect(wall.locator(".stage-count strong")).to_have_text("2")
    expect(wall.locator("meter")).to_have_count(0)
    phones[2].context.set_offline(False)
    expect(phones[2].get_by_role("heading", name="Tu voto está contado")).to_be_visible()
    expect(wall.locator(".stage-count strong")).to_have_text("3")
    expect(control.locator(".voted strong")).to_have_text("3")

    hands.press(control.get_by_role("button", name="Cerrar y mostrar el resultado"))
    for face in (control, wall, phones[1]):
        first = face.locator(".tally > li").first
        expect(first).to_contain_text(COULD[1])
        expect(first).to_contain_text(re.compile(r"3\s*votos"))
    hands.press(control.get_by_role("button", name="Aceptar el resultado"))
    expect(control.get_by_text("Las estrategias ya tienen su lugar.")).to_be_visible()
    control.wait_for_load_state()
    expect(wall.get_by_text("aceptado por el grupo")).to_be_visible()
