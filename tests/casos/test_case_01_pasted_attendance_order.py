"""Case 01: attendance pasted in the usual order of columns keeps people's names out of what is shared."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django_scopes import scope

from alianzas.models import Organization, User
from plans.sharing import products
from sessions_app.models import Attendance
from sessions_app.record.pasting import Person, people_in
from sessions_app.record.posts import SOMEBODY, posts_for, reads_as_post
from tests import factories as make

INPUT = (
    "Nombre\tCargo\tOrganización\n"
    "Nombre Uno\tCoordinación de ingresos\tCasa Girasol\n"
    "Nombre Dos\tCoordinación de cuidados\tCasa Girasol\n"
)
POSTS = ("Coordinación de ingresos", "Coordinación de cuidados")
NAMES = ("Nombre Uno", "Nombre Dos")
SHARED = "/c/demostracion-casa-girasol/"


def test_pasted_attendance_in_any_order_keeps_posts(client, db):
    call_command("demo", force=True, stdout=StringIO())
    org = Organization.objects.get(slug="casa-girasol")
    pages = ("plan", "resultados", "reporte")
    before = {page: client.get(f"{SHARED}{page}/").content.decode() for page in pages}
    assert all(post in before["plan"] for post in POSTS)
    client.force_login(User.objects.get(email="facilitadora@demo.test"))
    answer = client.post("/o/casa-girasol/sesiones/6/registro/personas/pegar/", {"lines": INPUT, "are_present": "on"})
    assert answer.status_code == 302
    with scope(organization=org):
        found = Attendance.objects.filter(session_key="6", post__in=POSTS, name__in=NAMES)
        assert sorted(found.values_list("name", "post")) == sorted(zip(NAMES, POSTS, strict=True))
        assert not Attendance.objects.filter(name__in=["Nombre", *POSTS]).exists()
    client.logout()
    for page in pages:
        text = client.get(f"{SHARED}{page}/").content.decode()
        assert not any(name in text for name in NAMES)
        assert [text.count(post) >= before[page].count(post) for post in POSTS] == [True, True]
    with scope(organization=org):  # the paper says what the page says
        for page in pages:
            said = repr(products.shareable(org, products.PRODUCTS[page]))
            assert not any(name in said for name in NAMES)
    # somebody turned the columns round in the record itself: no name comes out all the same
    with scope(organization=org):
        for row in Attendance.objects.filter(name__in=NAMES):
            row.name, row.post = row.post, row.name
            row.save()
    for page in pages:
        text = client.get(f"{SHARED}{page}/").content.decode()
        assert not any(name in text for name in NAMES)
        assert [text.count(post) >= before[page].count(post) for post in POSTS] == [True, True]


@pytest.mark.parametrize(
    "header",
    [
        "NOMBRE\tCARGO\tINSTITUCION",
        "Nombre (s)\tPuesto:\tOrganización / institución",
        "nombre completo\tpuesto u ocupación\tdependencia",
    ],
)
def test_a_header_in_any_case_and_accent_decides_the_columns(header):
    [one] = people_in(f"{header}\nLuz Vega\tEnlace\tRed")
    assert one == Person("Enlace", "Luz Vega", "Red")


def test_columns_that_are_not_asked_for_are_left_out_and_surnames_join_the_name():
    text = "No.\tOrganización\tNombre\tApellidos\tCorreo electrónico\tCargo\tFirma\n1\tRed\tLuz\tVega\tx@y.mx\tEnlace\t"
    assert people_in(text) == [Person("Enlace", "Luz Vega", "Red")]


def test_in_doubt_people_see_what_goes_where_before_it_is_kept(as_editor, org):
    address = reverse("registro-pegar", args=[org.slug, "1"])
    lines = "Luz Vega\tEnlace comunitario\nSol Ríos\tDirección"
    answer = as_editor.post(address, {"lines": lines})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'name="columna-0"' in page
    assert "Luz Vega" in page
    assert '<option value="name" selected>' in page  # the guess: it was Nombre, Puesto
    with scope(organization=org):
        assert not Attendance.objects.exists()
    as_editor.post(address, {"lines": lines, "columna-0": "name", "columna-1": "post"})
    with scope(organization=org):
        kept = list(Attendance.objects.values_list("name", "post"))
    assert kept == [("Luz Vega", "Enlace comunitario"), ("Sol Ríos", "Dirección")]


def test_nothing_that_stands_for_a_name_is_a_name():
    people = [("Luz Vega", "Sol Ríos"), ("Sol Ríos", "Dirección"), ("Coordinación de cuidados", "Mar Paz")]
    put = posts_for(people)
    assert put["Luz Vega"] == SOMEBODY
    assert put["Sol Ríos"] == "Dirección"
    assert put["Mar Paz"] == "Coordinación de cuidados"
    assert "Coordinación de cuidados" not in put


@pytest.mark.parametrize("text", ["Coordinación de ingresos", "COORDINACIÓN GENERAL", "Dirección General", "Vocal"])
def test_posts_read_as_posts(text):
    assert reads_as_post(text)


@pytest.mark.parametrize("text", ["Luz Vega", "Directora Luz Vega", "Nombre Uno", ""])
def test_names_do_not(text):
    assert not reads_as_post(text)


def test_a_post_that_names_another_person_is_not_written(org):
    make.make_attendance(org, post="Asistente de Sol Ríos", name="Luz Vega")
    make.make_attendance(org, post="Dirección", name="Sol Ríos")
    with scope(organization=org):
        assert products._posts()("Habla con Luz Vega y Sol Ríos.") == f"Habla con {SOMEBODY} y Dirección."


def test_a_block_pasted_into_the_matrix_is_read_by_its_header(as_editor, org):
    import json

    from sysmap.models import Actor

    rows = [
        {"name": "Sector", "roles": "ACTORES", "resources": "Recurso"},
        {"name": "OSC", "roles": "Radio del valle", "resources": "• Cabina\no Antena"},
    ]
    sent = [{"actor": None, "cells": cells, "was": {}} for cells in rows]
    answer = as_editor.post(reverse("pegar-en-la-matriz", args=[org.slug]), {"rows": json.dumps(sent)})
    assert answer.status_code == 200
    with scope(organization=org):
        [actor] = Actor.objects.all()
    assert (actor.name, actor.sector, actor.resources) == ("Radio del valle", "osc", ["Cabina", "Antena"])


def test_a_pasted_table_of_actors_gives_the_column_of_the_names(as_editor, org):
    from sysmap.models import Actor

    address = reverse("actores", args=[org.slug])
    as_editor.post(address, {"names": "No.\tSector\tActores\n1\tOSC\tRadio del valle\n2\tOSC\tRed del agua"})
    as_editor.post(address, {"names": "Nombre\nMercado viejo"})
    refused = as_editor.post(address, {"names": "Uno\tOSC\nDos\tOSC"})
    assert refused.status_code == 422
    with scope(organization=org):
        assert set(Actor.objects.values_list("name", flat=True)) == {
            "Radio del valle",
            "Red del agua",
            "Mercado viejo",
        }


def test_a_quick_entry_is_read_by_its_header():
    from plans.diagnosis.quick import Said, answers_in

    text = "Quién | Estrategia | ¿Por qué?\nDirección | Radio | Llega lejos"
    assert answers_in(text) == [Said("Radio", "Llega lejos", "Dirección")]
