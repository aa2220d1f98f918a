"""Everything in one ZIP: what has data, numbered in folders, and an index that says what lacks and where."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django_scopes import scope
from pypdf import PdfReader

from alianzas.exports import base
from alianzas.exports.errors import RenderError
from alianzas.models import Event
from plans.pack import contents
from plans.pack.archive import stream
from plans.pack.shelves import FOLDERS, SHELVES, in_order, shelf_of
from ruta_critica.relation.models import JournalEntry
from tests import factories as make

CHEAP = b"contenido"
INDEX = {"00-indice.html", "00-indice.pdf", "estilo/indice.css"}


def where(name, args):
    return f"https://ejemplo.mx{reverse(name, args=args)}"


def cheap(document, fmt):
    return CHEAP, "etiqueta"


def opened(parts):
    return zipfile.ZipFile(BytesIO(b"".join(parts)))


@pytest.fixture
def worked(org):
    """An organisation with an actor, an outcome map and people who came to Session 6."""
    row = make.make_outcome_row(org, ally=make.make_ally(org, actor=make.make_actor(org, "Radio")))
    make.make_check(make.make_marker(row))
    make.make_attendance(org)
    return org


# ── A ZIP that leaves while it is written ───────────────────────────────────────────────────────────────────────────


def test_a_zip_leaves_entry_by_entry_and_opens_again():
    made = []

    def entries():
        for number in range(3):
            made.append(number)
            yield f"carpeta/{number}.txt", b"x" * 1000 * (number + 1)

    parts = stream(entries())
    next(parts)
    assert made == [0]
    book = opened(stream(entries()))
    assert book.testzip() is None
    assert [len(book.read(name)) for name in book.namelist()] == [1000, 2000, 3000]


def test_an_empty_zip_is_a_zip():
    assert opened(stream([])).namelist() == []


# ── What goes where ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_deliverable_has_a_place_or_is_room_material():
    catalogue = base.load_catalogue()
    out = {key for key in catalogue if shelf_of(key) is None}
    assert all("cartel" in key or key.startswith(("kit-", "salud-")) for key in out)
    assert set(SHELVES) <= set(catalogue)
    for shelf in in_order(catalogue):
        deliverable = base.get(shelf.key)
        assert shelf.folder in FOLDERS
        assert set(shelf.formats) <= set(deliverable.formats), shelf.key


def test_every_place_where_data_are_worked_is_a_page(org):
    for shelf in in_order(base.load_catalogue()):
        if shelf.url_name:
            assert reverse(shelf.url_name, args=[org.slug, *shelf.args]).startswith(f"/o/{org.slug}/")


def test_what_has_data_is_in_it_and_what_has_none_is_told(worked):
    made = dict(contents.entries(worked, where, can_edit=True, render=cheap))
    names = set(made)
    assert "08-plan-y-seguimiento/01-plan-de-alianzas-estrategicas-borrador.docx" in names
    assert "07-sesion-6-mapeo-de-resultados/04-mapa-de-resultados.xlsx" in names
    assert not any("plan-de-trabajo" in name or "ruta-critica.pdf" in name for name in names)
    index = made["00-indice.html"].decode()
    assert "Plan de trabajo" in index
    assert f"https://ejemplo.mx/o/{worked.slug}/plan-de-trabajo/" in index
    for name in names - INDEX:
        assert f'href="{name}"' in index


def test_an_empty_organisation_gets_its_index(org):
    assert list(dict(contents.entries(org, where, can_edit=True, render=cheap))) == [
        "00-indice.pdf",
        "00-indice.html",
        "estilo/indice.css",
    ]


@pytest.mark.parametrize("can_edit", [True, False])
def test_what_is_for_editors_only_is_in_the_pack_of_editors_only(worked, cast, can_edit):
    ally = make.make_ally(worked, "Red")
    make._make(JournalEntry, worked, ally=ally, on=date(2026, 3, 2), kind="lesson", text="Escuchar", author=cast.editor)
    made = dict(contents.entries(worked, where, can_edit=can_edit, render=cheap))
    assert any("bitacora" in name for name in made) is can_edit
    assert ("Bitácora" in made["00-indice.html"].decode()) is can_edit


# ── What goes wrong ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_document_that_fails_is_named_and_the_others_are_there(worked):
    def render(document, fmt):
        if document.title == "Mapa del sistema" and fmt == "png":
            raise RenderError("tardó demasiado")
        return CHEAP, ""

    made = dict(contents.entries(worked, where, can_edit=True, render=render))
    assert "03-sesion-2-mapa-de-sistema/02-mapa-del-sistema.pdf" in made
    assert not any(name.endswith(".png") for name in made)
    index = made["00-indice.html"].decode()
    assert "Mapa del sistema (imagen)" in index
    assert contents.NOT_MADE in index


def test_an_index_that_cannot_be_drawn_leaves_the_one_to_be_read_in_a_browser(worked):
    def render(document, fmt):
        if document.title == "Índice de documentos":
            raise RenderError("sin memoria")
        return CHEAP, ""

    made = dict(contents.entries(worked, where, can_edit=True, render=render))
    assert "00-indice.pdf" not in made
    assert "00-indice.html" in made


def test_what_there_is_no_time_for_is_told(worked):
    made = dict(contents.entries(worked, where, can_edit=True, seconds=-1, render=cheap))
    assert set(made) == INDEX
    assert contents.NO_TIME in made["00-indice.html"].decode()


# ── Who takes it, and what it may say ───────────────────────────────────────────────────────────────────────────────


def _words(document, fmt):
    """What a document says, in place of a drawing of it."""
    return repr(document.blocks).encode(), ""


@pytest.mark.parametrize("who", ["facilitator", "editor", "viewer", "manager"])
def test_whoever_takes_documents_takes_all_of_them_and_it_is_recorded(login, cast, org, who):
    make.make_attendance(org)
    answer = login(getattr(cast, who)).get(reverse("entregables-zip", args=[org.slug]))
    assert answer["Content-Type"] == "application/zip"
    assert "manos-abiertas_entregables.zip" in answer["Content-Disposition"]
    assert len(opened(answer.streaming_content).namelist()) == 6
    with scope(organization=org):
        assert [(one.verb, one.detail["format"]) for one in Event.objects.all()] == [("document.taken", "zip")]


def test_no_protected_name_is_in_it(org):
    secret = "Comandante Rojas"
    actor = make.make_actor(org, secret, is_sensitive=True, alias="Actor 7", rules=f"Lo dice {secret}")
    row = make.make_outcome_row(
        org, make.make_strategy(org, text=f"Con {secret}", priority=1), make.make_ally(org, actor=actor)
    )
    make.make_check(make.make_marker(row, text=f"{secret} nos recibe"), evidence=secret)
    make.make_next_step(org, f"Llamar a {secret}")
    made = dict(contents.entries(org, where, can_edit=True, render=_words))
    said = {name: content.decode("utf-8", "replace").lower() for name, content in made.items()}
    assert [name for name, text in said.items() if "rojas" in text] == []
    assert any("actor 7" in text for text in said.values())


def test_the_portfolio_has_the_plans_of_its_own_programme(login, cast, worked, other_org):
    make.make_strategy(other_org)
    empty = make.make_organization(program=worked.program, name="Recién Llegada")
    book = opened(login(cast.manager).get(reverse("planes-zip")).streaming_content)
    drafts = [f"manos-abiertas_plan-de-alianzas_Borrador.{fmt}" for fmt in ("pdf", "docx", "xlsx")]
    assert book.namelist() == [*drafts, "00-sin-plan.txt"]
    assert empty.name in book.read("00-sin-plan.txt").decode("utf-8-sig")
    for who in ("facilitator", "editor", "outsider"):
        assert login(getattr(cast, who)).get(reverse("planes-zip")).status_code == 404


def test_really_drawn_the_index_in_pdf_names_every_file(login, cast, org):
    make.make_attendance(org)
    book = opened(login(cast.editor).get(reverse("entregables-zip", args=[org.slug])).streaming_content)
    index = PdfReader(BytesIO(book.read("00-indice.pdf")))
    said = "".join("".join(page.extract_text() for page in index.pages).split())
    assert "01-registro-sesion-6.pdf" in said
    assert "Loquefalta" in said
    assert PdfReader(BytesIO(book.read("07-sesion-6-mapeo-de-resultados/01-registro-sesion-6.pdf"))).pages
