"""The product as people get it: `scripts/serve.py` in its own process, on loopback, with the demonstration loaded."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.apart import own_database
from tests.waiting import PATIENCE, until

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES_WAIT = 300_000  # milliseconds; only what will never be there takes as long
PASSWORD = "Alianzas-demo-2026"
STRATEGIES = ["Radio del agua", "Brigadas de limpieza", "Feria de cuencas", "Convenio con la escuela", "Atlas de pozos"]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser_type_launch_args():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("No hay Chromium: ejecuta scripts/system-packages test")
    return {"executable_path": chromium, "args": QUIET, "timeout": PAGES_WAIT}


@pytest.fixture(scope="session")
def browser(browser):
    """Its pages wait for what must become true as long as a busy machine needs: nothing here is a measure of speed."""
    open_context = browser.new_context

    def patient(**options):
        context = open_context(**options)
        context.set_default_timeout(PAGES_WAIT)
        return context

    browser.new_context = patient
    expect.set_options(timeout=PAGES_WAIT)
    return browser


@pytest.fixture(scope="session")
def base_url(tmp_path_factory):
    """Address of a running server with its own data."""
    folder = tmp_path_factory.mktemp("servidor")
    with own_database(folder) as database, served(folder, database) as address:
        yield address


@contextmanager
def served(folder, database):
    """The address at which the product answers, until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DATA_DIR": str(folder), "DATABASE_URL": database, "DEBUG": "true", "HTTPS": "false",
        "DJANGO_SETTINGS_MODULE": "alianzas.settings",
    }  # fmt: skip
    command = [sys.executable, str(ROOT / "scripts" / "serve.py"), "--port", str(port)]
    with (
        (folder / "log.txt").open("w") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT, cwd=ROOT) as server,
    ):
        address = f"http://127.0.0.1:{port}"
        try:
            # It loads the demonstration first: that may take long, as long as it lives.
            if not until(lambda: _answers(address), gives_up=lambda: server.poll() is not None, patience=4 * PATIENCE):
                pytest.fail(f"The server did not start:\n{(folder / 'log.txt').read_text()}")
            yield address
        finally:
            server.terminate()


def _answers(address):
    try:
        return urllib.request.urlopen(f"{address}/cuenta/login/", timeout=PATIENCE)
    except OSError:
        return False


@pytest.fixture
def enter(page, base_url):
    """`enter("equipo")` logs in with a demonstration account through the login page."""

    def _enter(who):
        page.goto(f"{base_url}/cuenta/login/")
        page.get_by_label("Correo electrónico").fill(f"{who}@demo.test")
        page.get_by_label("Contraseña", exact=False).first.fill(PASSWORD)
        page.get_by_role("button", name="Entrar").click()
        page.wait_for_url(lambda url: "/cuenta/" not in url)
        return page

    return _enter


@pytest.fixture
def new_org(enter, page, base_url):
    """A new organisation of the facilitator; gives the address of its map."""
    enter("facilitadora")
    page.goto(f"{base_url}/organizaciones/nueva/")
    page.get_by_label("Nombre de la organización").fill("Agua de Todas")
    page.get_by_label("Tema en que trabaja").fill("Derecho al agua")
    page.get_by_label("Líneas de acción").fill("Cuencas vivas")
    page.get_by_label("Resultado que buscamos").fill("Agua limpia todos los días")
    with page.expect_navigation():
        page.get_by_role("button", name="Registrar organización").click()
    return f"{page.url}mapa/"


@pytest.fixture
def session6(new_org, page):
    """A new organisation with two lines and five candidates that serve both; the address of its results."""
    home = new_org.removesuffix("mapa/")
    page.goto(f"{home}organizacion/lineas/nueva/")
    page.get_by_label("Línea de acción").fill("Escuelas del agua")
    page.get_by_role("button", name="Guardar").click()
    page.goto(f"{home}resultados/captura/")
    said = ["Radio del agua | la oyen | Promotoría", *STRATEGIES[1:]]
    page.get_by_label("¿Cuáles podrían sumarse?").fill("\n".join(said))
    page.get_by_role("button", name="Guardar respuestas").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Guardamos 5 respuestas en «Cuencas vivas».")
    page.goto(f"{home}resultados/transversales/")
    for box in page.get_by_role("checkbox", name="Escuelas del agua").all():
        box.check()
        expect(page.locator("output", has_text="Guardado").first).to_be_visible()
    expect(page.locator("output", has_text="Guardado")).to_have_count(5)
    return f"{home}resultados/"


@pytest.fixture(autouse=True)
def console(page):
    """Whatever the browser complains about fails the journey."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield complaints
    assert complaints == []
