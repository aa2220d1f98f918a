"""Issued versions: frozen files with their digest, what changed since, and the way on from them."""

import hashlib
from datetime import date
from io import BytesIO
from itertools import pairwise

import page as page_validation
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django_scopes import scope
from pypdf import PdfReader

from alianzas.exports.errors import RenderError
from alianzas.models import Event, Horizon
from plans import queries
from plans.editor import texts
from plans.models import OutcomeMarker, PlanFile, PlanVersion, Strategy
from plans.versions import services
from tests import factories as make
from tests.plans.test_documents import READERS


@pytest.fixture
def scoped(org):
    org.mission, org.vision = "Acompañar", "Barrios en paz"
    org.save()
    with scope(organization=org):
        yield org


@pytest.fixture
def row(scoped):
    row = make.make_outcome_row(
        scoped, make.make_strategy(scoped, text="Radio", priority=1), make.make_ally(scoped, "Fundación Sol")
    )
    for horizon in Horizon:
        make.make_marker(row, horizon)
    return row


def at(org, name, *args):
    return reverse(name, args=[org.slug, *args])


def issue(org, by, **facts):
    facts = {"with_gaps": True, "render": plain, **facts}
    return services.issue(organization=org, by=by, data=queries.plan_data(org), **facts)


def plain(document, fmt):
    """A file that says which document it is: drawing the real one is seen where it matters."""
    return f"{fmt} {document.blocks[0].date_text}".encode()


# ── Issuing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_issuing_keeps_the_three_files_with_their_digests(as_editor, cast, row, scoped):
    answer = as_editor.post(at(scoped, "plan-versiones"), {"with_gaps": "on", "note": "Para la fundación"})
    assert answer.status_code == 302
    version = PlanVersion.objects.get()
    assert (version.number, version.by, version.note) == (1, cast.editor, "Para la fundación")
    assert "Falta el logotipo para la portada." in version.gaps
    shown = as_editor.get(at(scoped, "plan-versiones")).content.decode()
    for file in version.files.all():
        taken = as_editor.get(at(scoped, "plan-archivo", 1, file.format))
        assert hashlib.sha256(taken.content).hexdigest() == file.sha256
        assert len(taken.content) == file.size
        assert file.sha256 in shown
        assert "Fundación Sol" in READERS[file.format](taken.content)
    assert {file.format for file in version.files.all()} == {"pdf", "docx", "xlsx"}
    assert "Versión 1" in READERS["pdf"](as_editor.get(at(scoped, "plan-archivo", 1, "pdf")).content)
    assert Event.objects.filter(verb="plan.issued").count() == 1


def test_a_version_is_the_same_whatever_becomes_of_the_data(as_editor, cast, row, scoped):
    issue(scoped, cast.editor)
    before = as_editor.get(at(scoped, "plan-archivo", 1, "pdf")).content
    Strategy.objects.update(text="Otra cosa")
    scoped.name = "Otro nombre"
    scoped.save()
    assert as_editor.get(at(scoped, "plan-archivo", 1, "pdf")).content == before


def test_a_plan_with_gaps_goes_out_only_when_somebody_says_so(as_editor, row, scoped):
    answer = as_editor.post(at(scoped, "plan-versiones"), {"note": "No se pierde"})
    assert answer.status_code == 422
    assert "Al Plan todavía le faltan cosas" in answer.content.decode()
    assert "No se pierde" in answer.content.decode()
    assert not PlanVersion.objects.exists()


def test_the_same_plan_is_not_issued_twice(cast, row, scoped):
    issue(scoped, cast.editor)
    with pytest.raises(ValidationError, match="Nada cambió desde la versión 1"):
        issue(scoped, cast.editor)
    texts.write_text(organization=scoped, by=cast.editor, key="purpose", text="Ahora sí")
    assert issue(scoped, cast.editor).number == 2


def test_when_a_file_cannot_be_made_nothing_is_kept(as_editor, cast, row, scoped):
    def fails_at_word(document, fmt):
        if fmt == "docx":
            raise RenderError("No cupo.")
        return b"x"

    with pytest.raises(RenderError):
        issue(scoped, cast.editor, render=fails_at_word)
    assert not PlanVersion.objects.exists()
    assert not default_storage.exists(f"{scoped.pk}/plan")


def test_when_somebody_else_issues_meanwhile_the_files_go_again(cast, row, scoped):
    def overtaken(document, fmt):
        if fmt == "xlsx" and not PlanVersion.objects.exists():
            issue(scoped, cast.editor)
        return b"late"

    with pytest.raises(ValidationError, match="Alguien acaba de emitir la versión 1"):
        issue(scoped, cast.editor, render=overtaken)
    assert PlanVersion.objects.count() == 1
    _, files = default_storage.listdir(f"{scoped.pk}/plan")
    assert len(files) == 3


def test_a_note_that_is_too_long_is_refused_and_stays(as_editor, row, scoped):
    answer = as_editor.post(at(scoped, "plan-versiones"), {"with_gaps": "on", "note": "n" * 700})
    assert answer.status_code == 422
    assert "n" * 700 in answer.content.decode()


# ── Nothing changes it ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_model_refuses_to_keep_a_changed_version(cast, row, scoped):
    version = issue(scoped, cast.editor)
    version.note = "Otra"
    with pytest.raises(ValidationError, match="ya no cambia"):
        version.full_clean()
    with pytest.raises(ValidationError, match="ya no cambia"):
        version.files.first().full_clean()


@pytest.mark.parametrize("change", [{"note": "Otra"}, {"facts": {}}, {"number": 7}, {"content": "x"}])
def test_the_database_refuses_to_change_a_version(cast, row, scoped, change):
    issue(scoped, cast.editor)
    with pytest.raises(DatabaseError, match="do not change"), transaction.atomic():
        PlanVersion.objects.update(**change)
    with pytest.raises(DatabaseError, match="do not change"), transaction.atomic():
        PlanFile.objects.update(sha256="0" * 64)


def test_an_account_that_issued_may_still_be_deleted(cast, row, scoped):
    person = make.make_member(scoped)
    issue(scoped, person)
    person.delete()
    assert PlanVersion.objects.get().by is None


def test_the_guards_are_in_the_database(db):
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT DISTINCT trigger_name FROM information_schema.triggers",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        assert {"plans_planversion_is_frozen", "plans_planfile_is_frozen"} <= {name for (name,) in cursor.fetchall()}


def test_a_file_that_was_tampered_with_is_not_handed_over(as_editor, cast, row, scoped):
    file = issue(scoped, cast.editor).files.get(format="pdf")
    with default_storage.open(file.file.name, "wb") as opened:
        opened.write(b"otra cosa")
    answer = as_editor.get(at(scoped, "plan-archivo", 1, "pdf"))
    assert answer.status_code == 503
    assert "no es el que se emitió" in answer.content.decode()
    default_storage.delete(file.file.name)
    assert as_editor.get(at(scoped, "plan-archivo", 1, "pdf")).status_code == 503


# ── Who may ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_readers_take_issued_files_and_issue_none(login, cast, row, scoped):
    issue(scoped, cast.editor)
    client = login(cast.viewer)
    shown = client.get(at(scoped, "plan-versiones")).content.decode()
    assert "Versión 1" in shown
    assert "<form" not in shown.split("<main")[1]
    assert client.get(at(scoped, "plan-archivo", 1, "pdf")).content.startswith(b"pdf Versi")
    assert client.post(at(scoped, "plan-versiones"), {"with_gaps": "on"}).status_code == 403
    assert Event.objects.filter(verb="document.taken").get().detail["key"] == "plan-de-alianzas-version-1"


def test_versions_of_others_and_unknown_ones_are_404(login, cast, row, scoped, other_org):
    issue(scoped, cast.editor)
    for address in (at(scoped, "plan-archivo", 2, "pdf"), at(scoped, "plan-archivo", 1, "exe")):
        assert login(cast.editor).get(address).status_code == 404
    assert login(cast.stranger).get(at(scoped, "plan-archivo", 1, "pdf")).status_code == 404
    assert login(cast.stranger).get(at(other_org, "plan-archivo", 1, "pdf")).status_code == 404


def test_protected_names_are_hidden_in_what_is_frozen(cast, row, scoped):
    make.make_actor(scoped, "Zutano Perengano", is_sensitive=True, alias="Actor Z")
    make.make_marker(row, "long", "Zutano Perengano nos recibe")
    version = issue(scoped, cast.editor)
    assert "Zutano" not in repr(version.facts)
    assert "Actor Z nos recibe" in repr(version.facts)


# ── What changed, and the next one ──────────────────────────────────────────────────────────────────────────────────


def test_what_changed_is_told_in_words(as_editor, cast, row, scoped):
    activity = make.make_activity(row, title="Pedir una reunión", due_date=date(2027, 1, 10)).commitment
    make.make_attendance(scoped, "Vocería")
    issue(scoped, cast.editor)
    make.make_strategy(scoped, row.strategy.line, "Círculos de lectura", priority=2)
    make.make_outcome_row(scoped, row.strategy, make.make_ally(scoped, "Radio Norte"))
    OutcomeMarker.objects.filter(row=row, horizon="long").delete()
    make.make_marker(row, "medium", "Firman el convenio.")
    activity.due_date, activity.responsible = date(2027, 3, 1), "Fondos"
    activity.save()
    texts.write_text(organization=scoped, by=cast.editor, key="conclusions", text="Otras conclusiones")
    make.make_attendance(scoped, "Administración")
    shown = as_editor.get(at(scoped, "plan-versiones")).content.decode()
    for said in (
        "Cambió el texto de «Conclusiones».",
        "Se sumó: Administración.",
        "Se sumó la estrategia «Círculos de lectura» (podría sumarse) en",
        "«Círculos de lectura» es eje prioritario, en el lugar 2.",
        "Radio Norte se sumó como potencial aliado para «Radio».",
        "Con Fundación Sol, nuevo indicador a mediano plazo: «Firman el convenio».",
        "Con Fundación Sol, salió el indicador a largo plazo «Hubo un primer contacto».",
        "«Pedir una reunión» ahora le toca a Fondos.",
        "«Pedir una reunión» cambió de fecha: 10/01/2027 → 01/03/2027.",
    ):
        assert said in shown, said


def test_an_update_starts_from_the_texts_of_a_version_and_loses_nothing(as_editor, cast, row, scoped):
    texts.write_text(organization=scoped, by=cast.editor, key="conclusions", text="Las de la primera")
    issue(scoped, cast.editor)
    texts.write_text(organization=scoped, by=cast.editor, key="conclusions", text="Las de después")
    as_editor.post(at(scoped, "plan-partir-de", 1))
    text = texts.text_now(scoped, "conclusions")
    assert (text.shown, text.set_aside) == ("Las de la primera", "Las de después")
    assert not texts.text_now(scoped, "purpose").is_own  # said the same: the draft still stands


def test_the_draft_says_on_its_cover_that_it_is_one(as_editor, row, scoped):
    draft = as_editor.get(at(scoped, "entregable", "plan-de-alianzas", "docx")).content
    assert "Borrador" in READERS["docx"](draft)


def test_the_issued_pdf_passes_structural_checks(as_editor, cast, row, scoped):
    scoped.logo.save("logo.png", BytesIO(make.picture_bytes()))
    make.make_actor(scoped)
    as_editor.post(at(scoped, "plan-versiones"), {"with_gaps": "on"})
    content = as_editor.get(at(scoped, "plan-archivo", 1, "pdf")).content
    assert page_validation.is_pdf_compliant_bytes(content, profile="ua1")
    reader = PdfReader(BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "es-MX"
    assert reader.metadata.title == "Plan de Alianzas Estratégicas"
    tags = list(_tags(root["/StructTreeRoot"]))
    headings = [int(name[2]) for name, _ in tags if name in ("/H1", "/H2", "/H3", "/H4")]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    figures = [alt for name, alt in tags if name == "/Figure"]
    assert len(figures) >= 2  # logo and map
    assert all(figures)
    assert "/TH" in {name for name, _ in tags}


def _tags(node):
    """(name, alternative text) of every structure element, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"], str(node.get("/Alt", ""))
        if "/K" in node:
            yield from _tags(node["/K"])


def test_the_portfolio_offers_the_issued_version_and_else_the_draft(login, cast, row, scoped):
    other = make.make_organization("segunda", scoped.program, name="Segunda Casa")
    for _ in range(2):
        texts.write_text(organization=scoped, by=cast.editor, key="purpose", text=f"{PlanVersion.objects.count()}")
        issue(scoped, cast.editor)
    shown = login(cast.manager).get(reverse("portafolio")).content.decode()
    assert at(scoped, "plan-archivo", 2, "pdf") in shown
    assert at(scoped, "entregable", "plan-de-alianzas", "pdf") not in shown
    assert at(other, "entregable", "plan-de-alianzas", "pdf") in shown
