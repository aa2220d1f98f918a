"""Registering an organisation and keeping its ficha."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_scopes import scope

from alianzas.models import ActionLine, Event, Membership, Organization, Process, ProgramRole
from tests import factories as make

FICHA = {
    "name": "Casa del Faro",
    "field": "Salud comunitaria",
    "place": "Mérida, Yucatán",
    "mission": "Acompañar a jóvenes.",
    "vision": "Barrios que se cuidan.",
    "desired_result": "Menos abandono escolar",
    "primary_color": "#114477",
    "accent_color": "#aa3311",
}


def ficha(**changes):
    return {**FICHA, **changes}


@pytest.fixture
def program(db):
    return make.make_program("cauce")


@pytest.fixture
def facilitator(program, login):
    person = make.make_program_member(program, ProgramRole.FACILITATOR)
    login(person)
    return person


def logo(name="logo.png", content=None):
    return SimpleUploadedFile(name, content or make.picture_bytes())


def test_registering_keeps_lines_logo_and_process(client, facilitator, program):
    data = ficha(program=program.pk, lines="Prevención\n\n Cuidado  \nPrevención", level="basic", new_logo=logo())
    answer = client.post(reverse("registrar"), data)
    org = Organization.objects.get(name="Casa del Faro")
    assert answer.url == reverse("camino", args=["casa-del-faro"])
    with org.logo.open() as file:
        assert file.read(8) == b"\x89PNG\r\n\x1a\n"
    assert Membership.objects.get(organization=org).user == facilitator
    with scope(organization=org):
        assert list(ActionLine.objects.values_list("name", flat=True)) == ["Prevención", "Cuidado"]
        assert Process.objects.get().level == "basic"
        assert Event.objects.get().verb == "organization.registered"


def test_two_organizations_of_one_name_get_two_addresses(client, facilitator, program):
    for _ in range(2):
        client.post(reverse("registrar"), ficha(program=program.pk, lines="Una"))
    assert list(Organization.objects.values_list("slug", flat=True).order_by("pk")) == [
        "casa-del-faro",
        "casa-del-faro-2",
    ]


@pytest.mark.parametrize("field", ["name", "field", "lines"])
def test_a_missing_required_field_is_said_and_nothing_is_kept(client, facilitator, program, field):
    answer = client.post(reverse("registrar"), ficha(program=program.pk, lines="Una") | {field: "  "})
    assert answer.status_code == 422
    assert "Este campo es obligatorio" in answer.content.decode()
    assert not Organization.objects.exists()


def test_what_was_typed_comes_back_with_the_message(client, facilitator, program):
    answer = client.post(reverse("registrar"), ficha(program=program.pk, lines=""))
    assert "Acompañar a jóvenes." in answer.content.decode()


@pytest.mark.parametrize("field", ["mission", "vision", "desired_result", "name"])
def test_forty_thousand_characters_are_refused_clearly(client, facilitator, program, field):
    answer = client.post(reverse("registrar"), ficha(program=program.pk, lines="Una") | {field: "a" * 40_000})
    assert answer.status_code == 422
    assert "40000" in answer.content.decode().replace(",", "").replace("\xa0", "").replace(".", "")
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"no soy una imagen", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"%PDF-1.7", b"MZ\x90"],
)
def test_a_wrong_file_as_logo_is_refused(client, facilitator, program, content):
    data = ficha(program=program.pk, lines="Una", new_logo=logo("logo.png", content))
    answer = client.post(reverse("registrar"), data)
    assert answer.status_code == 422
    assert "no es una imagen que podamos leer" in answer.content.decode()
    assert not Organization.objects.exists()


def test_registering_in_a_programme_that_is_not_yours_is_refused(client, facilitator):
    foreign = make.make_program("ajeno")
    answer = client.post(reverse("registrar"), ficha(program=foreign.pk, lines="Una"))
    assert answer.status_code == 422
    assert not Organization.objects.exists()


def test_registering_does_not_exist_for_who_accompanies_nobody(login, cast):
    assert login(cast.editor).get(reverse("registrar")).status_code == 404


def test_a_new_logo_replaces_the_file_of_the_earlier_one(as_editor, org, django_capture_on_commit_callbacks):
    address = reverse("organizacion", args=[org.slug])
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert as_editor.post(address, ficha(new_logo=logo())).status_code == 302
    org.refresh_from_db()
    kept = Path(org.logo.path)
    assert [path.name for path in kept.parent.glob("*.png")] == [kept.name]


def test_the_ficha_without_a_new_logo_keeps_the_old_one(as_editor, org):
    address = reverse("organizacion", args=[org.slug])
    as_editor.post(address, ficha(new_logo=logo()))
    org.refresh_from_db()
    name = org.logo.name
    as_editor.post(address, ficha(name="Otro nombre"))
    org.refresh_from_db()
    assert (org.logo.name, org.name) == (name, "Otro nombre")


def test_a_colour_that_is_none_is_refused(as_editor, org):
    answer = as_editor.post(reverse("organizacion", args=[org.slug]), ficha(primary_color="red;}a{"))
    assert answer.status_code == 422
    assert "Escribe el color como #" in answer.content.decode()


def test_lines_are_moved_and_deleted_unless_strategies_stand_on_them(as_editor, org):
    first, second = make.make_line(org, "Primera", position=0), make.make_line(org, "Segunda", position=1)
    as_editor.post(reverse("mover-linea", args=[org.slug, second.pk, "subir"]))
    with scope(organization=org):
        assert [line.name for line in ActionLine.objects.all()] == ["Segunda", "Primera"]
    make.make_strategy(org, first)
    as_editor.post(reverse("borrar-linea", args=[org.slug, first.pk]))
    as_editor.post(reverse("borrar-linea", args=[org.slug, second.pk]))
    with scope(organization=org):
        assert [line.name for line in ActionLine.objects.all()] == ["Primera"]


def test_a_repeated_line_is_refused(as_editor, org):
    make.make_line(org, "Prevención")
    answer = as_editor.post(reverse("nueva-linea", args=[org.slug]), {"name": "prevención"})
    assert answer.status_code == 422
    assert "Ya hay una línea de acción con ese nombre" in answer.content.decode()


def test_home_leads_each_person_to_their_place(login, cast, org):
    assert login(cast.manager).get("/").url == reverse("portafolio")
    assert login(cast.editor).get("/").url == reverse("camino", args=[org.slug])
    assert org.name in login(cast.facilitator).get("/").content.decode()
    assert login(cast.outsider).get("/").status_code == 200


def test_home_shows_nobody_elses_organizations(login, cast, org, other_org):
    page = login(cast.facilitator).get("/").content.decode()
    assert org.name in page
    assert other_org.name not in page
