"""A second tap while the network is slow makes one row: a form has one effect, however often it arrives."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from django.utils import timezone
from django_scopes import scopes_disabled

from tests import factories as make
from tests.alianzas.test_postgresql import database
from tests.apart import run_apart
from tests.casos.pages import filled, forms_of
from tests.casos.whole import everything

__all__ = ["database"]

# The page, the address that the form goes to (None: the page itself), and what has to be typed in its own way.
CREATES = [
    ("nueva-linea", None, {}),
    ("fotos", None, {"has_consent": "on"}),
    ("nuevo-compromiso", None, {}),
    ("calendario-compartido", "crear-calendario", {}),
    ("nueva-actividad-de-trabajo", None, {"parent": ""}),
    ("nuevo-caso", None, {}),
    ("equipo", None, {}),
    ("carta-nuevo-bloque", None, {"locked_start": "", "least_minutes": ""}),
    ("carta-bloque", "carta-dividir-bloque", {}),
    ("registro", "registro-anotar", {}),
    ("registro", "registro-pegar", {}),
    ("registro", "registro-agregar-paso", {}),
    ("registro", "registro-foto", {"has_consent": "on"}),
    ("mapa", None, {"names": "Radio nueva\nOtra radio"}),
    ("actores", None, {"names": "Radio nueva\nOtra radio"}),
    ("fase-de-la-matriz", None, {"names": "Radio nueva\nOtra radio"}),
    ("nuevo-actor", None, {}),
    ("nuevo-papel", None, {}),
    ("momentos", None, {}),
    ("aliados", None, {}),
    ("aliado-bitacora", None, {}),
    ("aliado-salud", None, {}),
    ("nueva-salud", None, {}),
    ("nueva-estrategia", None, {}),
    ("captura-de-respuestas", None, {}),
    ("aportar-estrategia", None, {}),
    ("nuevo-renglon", None, {"who": ""}),
    ("renglon", None, {"actividades-1-title": "Una más", "actividades-1-horizon": "short"}),
    ("participantes", None, {}),
    ("bitacora", None, {"next_title": "", "next_responsible": "", "next_due_date": ""}),
    ("seguimiento", "anotar-avance", {"state": "achieved"}),
    ("reportes", None, {}),
    ("compartir", None, {}),
    ("planilla-con-archivo", "planilla-archivos", {}),
    ("planilla-con-archivo", "planilla-foto", {"has_consent": "on"}),
    ("taller", "taller-abrir", {}),
]
MORE_PAGES = {
    "nueva-linea": (), "nuevo-compromiso": (), "nueva-actividad-de-trabajo": (), "nuevo-caso": (),
    "carta-nuevo-bloque": ("1",), "nuevo-actor": (), "nuevo-papel": (), "nueva-estrategia": (),
    "captura-de-respuestas": (), "aportar-estrategia": (), "fase-de-la-matriz": (1,), "taller": ("2",),
}  # fmt: skip
NOT_ROWS = {"AppliedForm", "Session", "Event"}


@pytest.fixture
def pages(org):
    found = everything(org)
    ally, strategy = (found[name].rstrip("/").split("/")[-1] for name in ("aliado", "estrategia"))
    more = MORE_PAGES | {"nueva-salud": (ally,), "nuevo-renglon": (strategy,)}
    found |= {name: reverse(name, args=[org.slug, *args]) for name, args in more.items()}
    found["planilla-con-archivo"] = reverse("planilla", args=[org.slug, "3", "S3.2"])
    return found


def rows():
    """How many rows there are of everything."""
    with scopes_disabled():
        models = [model for model in apps.get_models() if model.__name__ not in NOT_ROWS]
        return {model.__name__: model._default_manager.count() for model in models}


def upload():
    return SimpleUploadedFile("foto.png", make.picture_bytes(), content_type="image/png")


def goes_to(form, action):
    """Whether a form goes to the address called `action` (None: to its own page)."""
    if action is None:
        return form.action == form.page
    return resolve(form.action.partition("?")[0]).url_name == action


@pytest.mark.parametrize(("page", "action", "typed"), CREATES)
def test_every_form_that_makes_something_makes_it_once(staff, pages, org, page, action, typed):
    found = [form for form in forms_of(staff.get(pages[page])) if goes_to(form, action)]
    form = max(found, key=lambda one: len(one.controls))
    data = filled(form, timezone.localdate().isoformat(), **typed)
    files = [one.name for one in form.controls if one.kind == "file"]
    before = rows()
    answers = []
    for _ in range(5):
        answers.append(staff.post(form.action, data | {name: upload() for name in files}))
        if len(answers) == 1:
            once = rows()
    errors = answers[0].context and answers[0].context.get("form") and answers[0].context["form"].errors
    assert answers[0].status_code in (200, 302), errors
    assert once != before
    assert rows() == once
    if answers[0].status_code == 302:
        assert {answer.url for answer in answers} == {answers[0].url}


def test_six_parallel_posts_register_one_organisation(tmp_path):
    assert run_apart("tests.casos.parallel_forms", tmp_path, DEBUG="true") == RIGHT


@pytest.mark.slow
def test_six_parallel_posts_register_one_organisation_on_postgresql(database, tmp_path):
    assert run_apart("tests.casos.parallel_forms", tmp_path, DATABASE_URL=database) == RIGHT


RIGHT = {
    "organizations": 1, "places": 1, "commitments": 1, "lines": 1, "different keys": [302, *[422] * 5],
    "statuses": [302], "edited": ["De A", "De E"],
}  # fmt: skip
