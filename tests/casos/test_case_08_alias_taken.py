"""Case 08: an alias that another actor has is said beside the field, and nothing that was typed is lost."""

import ast
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import RequestFactory
from django.urls import reverse
from django_scopes import scope

from alianzas.acting import RefusalMiddleware
from sysmap.models import Actor
from tests import factories as make

APPS = ("alianzas", "sessions_app", "sysmap", "ruta_critica", "plans")
TYPED = {"name": "Comisaría nueva", "is_sensitive": "on", "notes": "Lo que supimos ayer", "rules": "Solo por oficio"}


@pytest.mark.parametrize(
    "alias", ["Parroquia del barrio", "Actor Ocotillo", "PARROQUIA  del barrio", "actor ocotillo\u200b"]
)
@pytest.mark.parametrize("is_new", [True, False])
def test_an_alias_that_is_taken_is_said_beside_it(as_editor, org, alias, is_new):
    make.make_actor(org, "Parroquia del barrio")
    make.make_actor(org, "Jefatura", is_sensitive=True, alias="Actor Ocotillo")
    row = make.make_actor(org, "Comisaría")
    address = reverse("nuevo-actor", args=[org.slug]) if is_new else reverse("actor", args=[org.slug, row.pk])
    answer = as_editor.post(address, TYPED | {"alias": alias})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form.errors == {"alias": ["Ya está en el mapa un actor con ese nombre."]}
    assert (form["notes"].value(), form["rules"].value()) == (TYPED["notes"], TYPED["rules"])
    page = answer.content.decode()
    assert TYPED["notes"] in page
    with scope(organization=org):
        assert Actor.objects.count() == 3
        assert not Actor.objects.filter(notes=TYPED["notes"]).exists()


@pytest.mark.parametrize(("refusal", "status"), [(ValidationError("Ya no cabe."), 422), (IntegrityError("x"), 409)])
def test_what_no_view_foresaw_is_said_on_a_page_that_holds_all_that_was_typed(refusal, status):
    request = RequestFactory().post("/o/x/algo/", {"texto": "Dos palabras", "clave": "k1"})
    answer = RefusalMiddleware(lambda request: None).process_exception(request, refusal)
    page = answer.content.decode()
    assert answer.status_code == status
    assert "Dos palabras</textarea>" in page
    assert 'name="clave" value="k1"' in page
    assert ("Ya no cabe." in page) == (status == 422)


def _unguarded(tree):
    """(line, call) of every service called in a view that has a form and neither tries nor says refusals on it."""
    services = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in ("services", "removals", "moments")
    }
    verbs = ("save", "append", "add", "keep", "set", "register", "update", "note", "change", "new", "decide", "weigh")

    def walk(node, guarded):
        if isinstance(node, ast.Try):
            guarded = True
        if isinstance(node, ast.With):
            guarded = guarded or any(
                getattr(getattr(one.context_expr, "func", None), "id", "") == "refusals_on" for one in node.items
            )
        called = node.func if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else None
        if called and not guarded and getattr(called.value, "id", "") in services and called.attr.startswith(verbs):
            yield node.lineno, f"{called.value.id}.{called.attr}"
        for child in ast.iter_child_nodes(node):
            yield from walk(child, guarded)

    for view in tree.body:
        if isinstance(view, ast.FunctionDef) and not view.name.startswith("_"):
            shows_its_form = any(
                isinstance(node, ast.Attribute) and node.attr == "errors" and getattr(node.value, "id", "") == "form"
                for node in ast.walk(view)
            )
            if shows_its_form:
                yield from walk(view, False)


def test_every_view_that_shows_its_form_again_says_there_what_a_service_refuses():
    root = Path(__file__).parents[2]
    found = [
        f"{path.relative_to(root)}:{line} {call}"
        for app in APPS
        for path in sorted((root / app).rglob("*views.py"))
        for line, call in _unguarded(ast.parse(path.read_text()))
    ]
    assert found == []
