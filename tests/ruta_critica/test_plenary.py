"""What every team wrote of its ally, in front of the whole room."""

import pytest
from django.urls import reverse
from django_scopes import scope

from sessions_app.models import Answer
from tests import factories as make


@pytest.fixture
def allies(org):
    rows = [make.make_ally(org, name) for name in ("Radio Azul", "Escuela Nueve")]
    said = {
        ("S5.3.q1", f"aliado-{rows[0].pk}"): [{"id": "a", "text": "Quiere audiencia joven"}],
        ("S5.3.q1", f"aliado-{rows[1].pk}"): [{"id": "a", "text": "Le faltan talleres"}],
        ("S5.3.q3", f"aliado-{rows[1].pk}"): [{"id": "a", "text": "Cedemos la sede"}],
        ("S5.2.recursos_org", ""): [{"id": "a", "text": "Metodología"}],
        ("S5.1.equipos", ""): [{"id": "a", "group": "Equipo 2", "members": ["Enlace"], "ally": "Escuela Nueve"}],
    }
    with scope(organization=org):
        for (key, subject), value in said.items():
            Answer.objects.create(organization=org, prompt_key=key, subject=subject, value=value, version=1)
    return rows


def at(org, step=None):
    return reverse("plenaria-paso", args=[org.slug, step]) if step else reverse("plenaria", args=[org.slug])


def test_a_step_shows_every_team_next_to_the_others(as_editor, org, allies):
    page = as_editor.get(at(org, "construccion_de_la_alianza"))
    boards = page.context["plenary"].boards
    assert [str(board.ally) for board in boards] == ["Radio Azul", "Escuela Nueve"]
    text = page.content.decode()
    assert text.index("Radio Azul") < text.index("Quiere audiencia joven") < text.index("Le faltan talleres")
    assert [board.team for board in boards] == ["", "Equipo 2: Enlace"]


def test_what_is_confidential_is_not_on_the_wall_even_for_those_who_edit(as_editor, org, allies):
    page = as_editor.get(at(org, "construccion_de_la_alianza")).content.decode()
    assert "Cedemos la sede" not in page
    assert "no se proyecta" in page


def test_what_holds_for_all_is_said_once(as_editor, org, allies):
    page = as_editor.get(at(org)).content.decode()
    assert page.count("Metodología") == 1


def test_htmx_gets_the_boards_alone(as_editor, org, allies):
    page = as_editor.get(at(org), HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in page
    assert "Metodología" in page


def test_a_protected_name_is_never_on_the_wall(as_editor, org, allies):
    actor = make.make_actor(org, "Don Nadie", is_sensitive=True, alias="Vecino")
    make.make_ally(org, actor=actor)
    with scope(organization=org):
        Answer.objects.filter(prompt_key="S5.3.q1").update(value=[{"id": "a", "text": "Habla con Don Nadie"}])
    page = as_editor.get(at(org, "construccion_de_la_alianza")).content.decode()
    assert "Don Nadie" not in page
    assert "Habla con Vecino" in page


@pytest.mark.parametrize("step", ["celebrar", "1"])
def test_there_is_no_board_of_a_step_that_is_not_in_the_route(as_editor, org, step):
    assert as_editor.get(at(org, step)).status_code == 404


def test_boards_of_another_organisation_are_not_there(login, cast, org, allies):
    assert login(cast.stranger).get(at(org)).status_code == 404


def test_allies_of_one_team(as_editor, org, allies):
    with scope(organization=org):
        allies[0].team = "Comunicación"
        allies[0].save()
    home = reverse("aliados", args=[org.slug])
    assert as_editor.get(home).context["teams"] == ["Comunicación", "Equipo 2: Enlace"]
    for team, names in [("Comunicación", ["Radio Azul"]), ("nadie", ["Radio Azul", "Escuela Nueve"])]:
        page = as_editor.get(home, {"equipo": team})
        assert [str(row.ally) for row, _ in page.context["rows"]] == names


@pytest.mark.parametrize("more", [0, 3])
def test_queries_of_the_boards(as_editor, org, allies, django_assert_num_queries, more):
    for number in range(more):
        make.make_ally(org, f"Otra {number}")
    as_editor.get(at(org, "implementacion"))
    with django_assert_num_queries(11):
        as_editor.get(at(org, "implementacion"))
