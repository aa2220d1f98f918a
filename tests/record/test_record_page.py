"""The record of a session in the browser: photos, products, next steps."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from alianzas.models import Commitment, Event, Photo
from sessions_app import curriculum
from sessions_app.models import ProductMark
from sessions_app.record import queries, services
from sysmap.models import Actor
from tests import factories as make

from . import rows
from .rows import at


@pytest.mark.parametrize("session", curriculum.SESSION_KEYS)
def test_every_session_has_its_record(as_editor, org, session):
    page = as_editor.get(at(org, "registro", session=session))
    assert page.status_code == 200
    said = page.content.decode()
    assert curriculum.session(session).title in said
    assert all(product in said for product in curriculum.session(session).products)


@pytest.mark.parametrize("session", ["0", "7", "m", "S1", "S1.1", "12"])
def test_a_session_that_does_not_exist_is_404(as_editor, org, session):
    assert as_editor.get(f"/o/{org.slug}/sesiones/{session}/registro/").status_code == 404


def test_who_reads_finds_no_forms(login, cast, org):
    rows.person(org, "Dirección", is_present=False)
    rows.step(org, title="Escribir a la red")
    page = login(cast.viewer).get(at(org, "registro")).content.decode()
    assert "Dirección" in page
    assert "Escribir a la red" in page
    assert "<textarea" not in page
    assert 'name="present"' not in page


# ── Photos ──────────────────────────────────────────────────────────────────────────────────────────────────


def upload(content=None):
    return SimpleUploadedFile("pared.jpg", content or make.picture_bytes(format="JPEG"))


def test_a_photo_is_pasted_to_its_activity(as_editor, scoped):
    data = {
        "picture": upload(),
        "activity_key": "S1.2",
        "caption": "Los conceptos",
        "has_consent": "on",
        "in_plan": "on",
    }
    assert as_editor.post(at(scoped, "registro-foto"), data).status_code == 302
    found = Photo.objects.get()
    assert (found.activity_key, found.has_consent, found.in_plan) == ("S1.2", True, True)
    page = as_editor.get(at(scoped, "registro")).content.decode()
    assert "S1.2 Repaso de conceptos básicos" in page
    assert "Con consentimiento" in page
    assert "Los conceptos" not in as_editor.get(at(scoped, "registro", session="2")).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"picture": upload(b"texto")}, "no es una imagen"),
        ({"picture": None}, "obligatorio"),
        ({"activity_key": "S2.1"}, "válida"),
        ({"activity_key": "S1.B1"}, "válida"),
        ({"caption": "a" * 40_000}, "200 caracteres"),
        ({"in_plan": "on"}, "consentimiento"),
    ],
)
def test_a_bad_photo_is_said_and_not_kept(as_editor, scoped, change, said):
    data = {"picture": upload(), "activity_key": "S1.2", "caption": "La pared"} | change
    answer = as_editor.post(at(scoped, "registro-foto"), {name: value for name, value in data.items() if value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Photo.objects.exists()


def test_a_photo_gets_another_caption_and_another_activity(as_editor, scoped):
    row = rows.photo(scoped, "S1.2", caption="Sin enfocar")
    address = at(scoped, "registro-cambiar-foto", row.pk)
    assert address in as_editor.get(at(scoped, "registro")).content.decode()
    data = {"activity_key": "S1.3", "caption": "Los beneficios", "has_consent": "on"}
    assert as_editor.post(address, data).status_code == 302
    found = Photo.objects.get()
    assert (found.activity_key, found.caption, found.image.name) == ("S1.3", "Los beneficios", row.image.name)
    assert as_editor.post(address, data | {"activity_key": "S2.1"}).status_code == 422
    assert as_editor.post(at(scoped, "registro-cambiar-foto", row.pk, session="2"), data).status_code == 404


def test_a_photo_is_deleted_only_from_its_session(as_editor, scoped):
    row = rows.photo(scoped, "S2.1")
    assert as_editor.post(at(scoped, "registro-borrar-foto", row.pk)).status_code == 404
    assert as_editor.post(at(scoped, "registro-borrar-foto", row.pk, session="2")).status_code == 302
    assert not Photo.objects.exists()


# ── Products ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_product_is_marked_and_unmarked_once(as_editor, scoped):
    address = at(scoped, "registro-producto", session="4")
    for _ in range(2):
        as_editor.post(address, {"product": 2, "done": "1"})
    assert ProductMark.objects.get().product == 2
    assert "1 de 4 productos listos" in as_editor.get(at(scoped, "registro", session="4")).content.decode()
    for _ in range(2):
        as_editor.post(address, {"product": 2, "done": "0"})
    assert not ProductMark.objects.exists()
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == ["product.done", "product.undone"]


@pytest.mark.parametrize(
    "data", [{}, {"product": 9, "done": "1"}, {"product": "uno", "done": "1"}, {"product": 0, "done": "2"}]
)
def test_a_product_of_elsewhere_marks_nothing(as_editor, scoped, data):
    answer = as_editor.post(at(scoped, "registro-producto"), data, follow=True)
    assert "no es de esta sesión" in answer.content.decode()
    assert not ProductMark.objects.exists()
    with pytest.raises(ValidationError):
        services.mark_product(organization=scoped, by=None, session_key="1", number=9, done=True)


# ── Next steps ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("session", "source"),
    [("1", "S1"), ("2", "S2"), ("3", "S3"), ("4", "S4"), ("5", "S5.8"), ("6", "S6.7"), ("M", "M.9")],
)
def test_next_steps_are_commitments_of_the_closing_activity(as_editor, scoped, session, source):
    data = {"title": "Llamar a la red", "responsible": "Enlace", "due_date": "2027-03-15", "horizon": "short"}
    assert as_editor.post(at(scoped, "registro-agregar-paso", session=session), data).status_code == 302
    row = Commitment.objects.get()
    assert (row.source, row.title, row.responsible) == (source, "Llamar a la red", "Enlace")
    assert row.due_date == datetime.date(2027, 3, 15)
    assert row.horizon == ("short" if session == "6" else "")
    assert "Llamar a la red" in as_editor.get(at(scoped, "registro", session=session)).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "obligatorio"),
        ({"title": "a" * 40_000}, "Acórtalo"),
        ({"due_date": "31/02/2027"}, "fecha válida"),
        ({"due_date": "2026-06-12"}, "anterior a la sesión, que es el 13/06/2026"),
        ({"responsible": "a" * 201}, "200 caracteres"),
    ],
)
def test_a_bad_step_is_said_and_not_kept(as_editor, scoped, change, said):
    rows.sittings(scoped, {"date": "2026-06-14"}, {"date": "2026-06-13", "start": "09:00", "place": "La casa"})
    data = {"title": "Llamar a la red", "responsible": "Enlace", "due_date": "2026-06-13"} | change
    answer = as_editor.post(at(scoped, "registro-agregar-paso"), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Commitment.objects.exists()


def test_steps_come_by_date_and_are_changed_and_taken_away(as_editor, scoped):
    later = rows.step(scoped, title="Después", due_date=datetime.date(2027, 5, 1))
    rows.step(scoped, title="Sin fecha")
    rows.step(scoped, title="Antes", due_date=datetime.date(2027, 2, 1))
    rows.step(scoped, source="S2", title="De otra sesión")
    record = queries.record_of(curriculum.session("1"), scoped)
    assert [step.title for step in record.steps] == ["Antes", "Después", "Sin fecha"]
    as_editor.post(at(scoped, "registro-paso", later.pk), {"title": "Cambiado", "due_date": ""})
    later.refresh_from_db()
    assert (later.title, later.due_date, later.source) == ("Cambiado", None, "S1")
    as_editor.post(at(scoped, "registro-borrar-paso", later.pk))
    assert len(queries.record_of(curriculum.session("1"), scoped).steps) == 2
    other = Commitment.objects.get(source="S2")
    assert as_editor.post(at(scoped, "registro-borrar-paso", other.pk)).status_code == 404


def test_a_step_of_a_worksheet_is_shown_and_changed_but_not_taken_away(as_editor, scoped):
    row = rows.step(scoped, source="S5.8.pasos", title="De la planilla")
    page = as_editor.get(at(scoped, "registro-paso", row.pk, session="5")).content.decode()
    assert "se escribió en una planilla" in page
    assert as_editor.post(at(scoped, "registro-borrar-paso", row.pk, session="5")).status_code == 404
    assert as_editor.post(at(scoped, "registro-paso", row.pk, session="5"), {"title": "Ajustado"}).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.source) == ("Ajustado", "S5.8.pasos")


def test_a_sensitive_actor_keeps_its_alias_in_the_steps(as_editor, scoped):
    rows.keep(Actor(organization=scoped, name="Comandante Ocampo", alias="Actor Sauce", is_sensitive=True))
    rows.step(scoped, title="Buscar a Comandante Ocampo", responsible="Enlace")
    page = as_editor.get(at(scoped, "registro")).content.decode()
    assert "Buscar a Actor Sauce" in page
    assert "Ocampo" not in page


# ── The lock ────────────────────────────────────────────────────────────────────────────────────────────────


def test_rows_of_another_organisation_are_404(as_editor, org, other_org):
    person, photo, step = rows.person(other_org), rows.photo(other_org), rows.step(other_org)
    for name, row in {
        "registro-persona": person,
        "registro-borrar-persona": person,
        "registro-cambiar-foto": photo,
        "registro-borrar-foto": photo,
        "registro-paso": step,
        "registro-borrar-paso": step,
    }.items():
        assert as_editor.post(at(org, name, row.pk), {}).status_code == 404, name


def test_nothing_of_another_organisation_is_shown(as_editor, org, other_org):
    rows.person(other_org, "Puesto ajeno")
    rows.photo(other_org, caption="Foto ajena")
    rows.step(other_org, title="Paso ajeno")
    rows.mark(other_org)
    page = as_editor.get(at(org, "registro")).content.decode()
    assert "ajen" not in page
    assert "0 de 1 producto listo" in page


@pytest.mark.parametrize("times", [1, 3])
def test_queries_of_the_page(as_editor, org, django_assert_num_queries, times):
    for _ in range(times):
        rows.person(org, session_key="2")
        rows.person(org, session_key="1")
        rows.photo(org, "S2.1")
        rows.step(org, "S2")
    for product in range(min(times, 2)):
        rows.mark(org, product, "2")
    address = at(org, "registro", session="2")
    as_editor.get(address)
    # session, user, access; names to hide, photos, marks, carta, people, steps; lists to copy; what the carta leaves
    # out, and how far the organisation is
    with django_assert_num_queries(42):
        assert as_editor.get(address).status_code == 200
