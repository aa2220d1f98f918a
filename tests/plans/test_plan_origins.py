"""Where each line of the Plan comes from: every variable line has a place, and the place exists."""

import re

import pytest
from django.urls import reverse
from django_scopes import scope

from alianzas.models import Organization, User
from plans import queries
from plans.editor.origins import origins
from plans.editor.queries import places_by_vote
from tests import factories as make
from tests.plans.test_documents import facts_of

SLUG = "tejiendo-barrios"


@pytest.fixture
def demo(demonstration):
    return Organization.objects.get(slug=SLUG)


def test_every_variable_line_of_the_complete_plan_comes_from_somewhere_that_answers(client, demo):
    client.force_login(User.objects.get(email="equipo@demo.test"))
    with scope(organization=demo):
        data = queries.plan_data(demo)
        lines = origins(data, places_by_vote(), edits=True)
        facts = {fact for fact in facts_of(data) if not isinstance(fact, str) or fact.strip()}
    told = {line.text for line in lines}
    dates = {fact for fact in facts if fact[:1].isdigit() and fact[-4:].isdigit()}
    vision_and_mission = {demo.vision, demo.mission}  # inside the text drafted with them
    assert len(lines) > 150
    assert facts - told - dates - vision_and_mission == set()
    assert all(any(fact in text for text in told) for fact in vision_and_mission)
    addresses = {line.origin.url.partition("#")[0] for line in lines}
    assert len(addresses) > 30
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    assert "con 11 votos en la ronda 1" in " ".join(line.origin.label for line in lines if line.section == "axes")


def test_readers_are_led_to_pages_that_they_may_read(client, demo):
    client.force_login(User.objects.get(email="lectura@demo.test"))
    shown = client.get(reverse("plan-origen", args=[SLUG])).content.decode()
    addresses = set(re.findall(rf'href="(/o/{SLUG}/[^"#]+)', shown.split('class="origins"', 1)[1]))
    assert len(addresses) > 15
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_the_origins_say_session_author_place_and_kind(org):
    make.make_attendance(org)
    strategy = make.make_strategy(org, text="Radio", author="Vocería", priority=1)
    actor = make.make_actor(org, "Preparatoria")
    row = make.make_outcome_row(org, strategy, make.make_ally(org, actor=actor))
    make.make_marker(row)
    make.make_next_step(org)
    with scope(organization=org):
        lines = origins(queries.plan_data(org), {}, edits=True)
    by_text = {(line.section, line.text): line.origin for line in lines}
    assert by_text["lines", "Radio"].label.startswith("Sesión 6, diagnóstico (S6.3)")
    assert by_text["lines", "Radio"].label.endswith("la aportó Vocería")
    assert by_text["axes", "Radio"].label == "Priorización de la Sesión 6 (S6.5): lugar 1"
    assert by_text["outcomes", "Preparatoria"].url == reverse("actor", args=[org.slug, actor.pk])
    assert by_text["outcomes", "Hubo un primer contacto"].url == reverse("renglon", args=[org.slug, row.pk])
    assert by_text["next_steps", "Repetir el mapeo"].url == reverse("registro", args=[org.slug, "6"])
    assert by_text["participants", "Dirección"].label == "Asistencia a la Sesión 6 (S6.1)"


def test_a_text_that_people_wrote_says_who_and_when(as_editor, cast, org):
    as_editor.post(reverse("plan-texto", args=[org.slug, "purpose"]), {"text": "Nuestro propósito"})
    with scope(organization=org):
        [line] = [line for line in origins(queries.plan_data(org), {}, edits=True) if line.text == "Nuestro propósito"]
    assert line.origin.label.startswith(f"Escrito en el Plan por {cast.editor} el ")
    assert line.origin.url.endswith("/plan/#seccion-purpose")


def test_the_origins_of_one_section_come_alone(as_editor, org):
    make.make_attendance(org, "Dirección general")
    address = reverse("plan-origen-seccion", args=[org.slug, "participants"])
    shown = as_editor.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Dirección general" in shown
    assert "<html" not in shown
    assert "Manos Abiertas" not in shown
    assert as_editor.get(reverse("plan-origen-seccion", args=[org.slug, "no-hay"])).status_code == 404
