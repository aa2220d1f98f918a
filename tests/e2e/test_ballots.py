"""Session 6 in a real browser: a room is typed, three people vote, the result opens the map of results."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import PASSWORD
from .looks import problems_of

pytestmark = pytest.mark.e2e
TWENTY = """async ([address, token]) => {
  const send = () => fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token },
    body: "choices=0",
    redirect: "manual",
  }).then((answer) => answer.status || answer.type);
  return Promise.all(Array.from({ length: 20 }, send));
}"""


@pytest.fixture
def team(session6, page, browser, base_url):
    """Two more people who may vote, once they accept; afterwards they are guests of nobody, as the other journeys
    expect."""
    address = session6.replace("resultados/", "organizacion/equipo/")
    page.goto(address)
    for who in ("equipo", "otra"):
        page.get_by_label("Correo electrónico").fill(f"{who}@demo.test")
        page.get_by_label("Función").select_option("editor")
        with page.expect_navigation():
            page.get_by_role("button", name="Invitar").click()
        theirs = somebody(browser, base_url, who)
        with theirs.expect_navigation():
            theirs.get_by_role("button", name="Aceptar").click()
        theirs.context.close()
    yield ("equipo", "otra")
    page.goto(address)
    for who in ("equipo@demo.test", "otra@demo.test"):
        with page.expect_navigation():
            person = page.locator("li", has_text=who)
            person.get_by_text("Quitar acceso", exact=True).click()
            person.get_by_role("button", name="Sí, quitar acceso").click()


def somebody(browser, base_url, who):
    """Another person in a browser of their own, on a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=base_url)
    page = context.new_page()
    page.goto(f"{base_url}/cuenta/login/")
    page.get_by_label("Correo electrónico").fill(f"{who}@demo.test")
    page.get_by_label("Contraseña", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url(lambda url: "/cuenta/" not in url)
    return page


def vote(page, address, *names):
    page.goto(f"{address}votar/")
    for name in names:
        page.get_by_label(name).check()
    if len(names) == 3:
        expect(page.get_by_text("Usaste todos tus votos")).to_be_visible()
    page.get_by_role("button", name="Enviar mi voto").click()
    expect(page.get_by_role("status")).to_have_text("Tu voto se contó. Nadie puede saber cuál fue.")


def test_three_people_vote_and_the_result_opens_the_map_of_results(session6, team, page, browser, base_url, console):
    page.goto(f"{session6}prioridades/")
    page.get_by_role("button", name="Abrir la votación").click()
    page.get_by_role("link", name="Ver la votación").click()
    address = page.url
    expect(page.locator("#avance")).to_contain_text("0 personas han votado")

    vote(page, address, "Radio del agua", "Brigadas de limpieza", "Feria de cuencas")
    first, second = (somebody(browser, base_url, who) for who in team)
    vote(first, address, "Radio del agua", "Brigadas de limpieza", "Convenio con la escuela")

    # The same ballot twenty times at once counts once.
    second.goto(f"{address}votar/")
    token = second.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    answers = second.evaluate(TWENTY, [f"{address}votar/", token])
    assert sorted(map(str, answers)) == ["409"] * 19 + ["opaqueredirect"]
    expect(page.locator("#avance")).to_contain_text("3 personas han votado")
    assert "votos</span>" not in page.content()

    page.get_by_role("button", name="Cerrar y mostrar el resultado").click()
    places = page.locator(".tally > li")
    expect(places).to_have_count(5)
    assert [re.sub(r"\s+", " ", text) for text in page.locator(".tally .votes").all_inner_texts()] == [
        "3 votos", "2 votos", "1 voto", "1 voto", "0 votos",
    ]  # fmt: skip
    expect(page.get_by_role("heading", name="Hay un empate en el lugar 3")).to_be_visible()
    page.get_by_label("Convenio con la escuela").select_option("3.º")
    page.get_by_label("Feria de cuencas").select_option("4.º")
    page.get_by_label("Razón").fill("La escuela ya nos abrió la puerta.")
    page.get_by_role("button", name="Anotar el desempate").click()
    page.get_by_role("button", name="Aceptar el resultado").click()
    expect(page.locator("ol.rank .what p:first-child")).to_have_text(
        ["Radio del agua", "Brigadas de limpieza", "Convenio con la escuela"]
    )
    page.get_by_role("link", name="Seguir al mapa de resultados").click()
    expect(page.get_by_role("heading", name=re.compile("Convenio con la escuela"))).to_be_visible()
    for one in (first, second):
        one.context.close()
    console.clear()  # the browser reports the nineteen refusals itself


def test_positions_are_set_with_a_slider_and_compared_at_the_end(session6, page):
    address = f"{session6}posibilidad/"
    for moment, places in (("Al inicio", ("10 20 30", "15 25 40")), ("Al final", ("60 70 90", "55 65 80"))):
        page.goto(address)
        page.get_by_label(moment).check()
        page.get_by_role("button", name="Abrir la toma").click()
        page.get_by_role("link", name="Capturar las posiciones del salón").click()
        for question, typed in zip(("¿cuánto empeño", "¿qué tan viable"), places, strict=True):
            page.get_by_label(re.compile(re.escape(question))).fill(typed)
        page.get_by_role("button", name="Guardar las posiciones").click()
        page.get_by_role("link", name="Colocarme en la línea").click()
        slider = page.get_by_label(re.compile("¿cuánto empeño"))
        slider.focus()
        slider.press("ArrowRight")
        expect(page.locator("output").first).to_have_text("55")
        page.get_by_label("Normal").check()
        page.get_by_role("button", name="Guardar mi lugar").click()
        page.get_by_role("button", name="Cerrar y mostrar al grupo").click()
    expect(page.get_by_role("heading", name="Antes y después")).to_be_visible()
    expect(page.get_by_text("El lugar de en medio pasó de 20 a 60.")).to_be_visible()
    expect(page.locator(".possibility-picture svg:visible")).to_have_count(1)  # once the styles are there


PAGES = {
    "tejiendo-barrios": [
        "posibilidad/",
        "captura/",
        "aportar/",
        "votaciones/1/",
        "votaciones/2/",
        "votaciones/2/votar/",
        "votaciones/2/papeleta/",
        "votaciones/2/papeletas/",
    ],
    "semillas-del-norte": ["posibilidad/", "parecidas/", "transversales/", "prioridades/"],
}


@pytest.mark.parametrize("width", [320, 1440])
def test_pages_of_session_6_are_accessible_and_fit_their_screen(enter, page, base_url, width):
    page.set_viewport_size({"width": width, "height": 900})
    enter("facilitadora")
    problems = {}
    for address in [f"{slug}/resultados/{path}" for slug, paths in PAGES.items() for path in paths]:
        assert page.goto(f"{base_url}/o/{address}").status == 200
        if found := problems_of(page):
            problems[address] = found
    assert problems == {}
