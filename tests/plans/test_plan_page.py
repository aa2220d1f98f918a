"""The Plan on screen, its completeness, the road and the portfolio."""

import pytest
from django.urls import reverse
from django_scopes import scope

from alianzas.models import Horizon
from plans import completeness, queries
from tests import factories as make


@pytest.fixture
def scoped(org):
    with scope(organization=org):
        yield org


def texts(org):
    return [one.text for one in completeness.missing(queries.plan_data(org))]


def test_an_empty_plan_says_what_it_lacks_and_where(scoped):
    found = completeness.missing(queries.plan_data(scoped))
    assert [one.url_name for one in found] == [
        "organizacion",
        "organizacion",
        "participantes",
        "mapa",
        "organizacion",
        "prioridades",
        "registro",
    ]


def test_each_gap_of_the_outcome_map_is_named(scoped):
    row = make.make_outcome_row(scoped, ally=make.make_ally(scoped, "Fundación Sol"))
    make.make_marker(row, "short")
    make.make_activity(row, "medium", responsible="")
    said = texts(scoped)
    assert "Fundación Sol: falta un indicador a mediano plazo." in said
    assert "Fundación Sol: actividades a mediano plazo sin responsable o sin fecha: 1." in said
    assert "Fundación Sol: falta un indicador a corto plazo." not in said


def test_a_whole_plan_lacks_nothing(scoped):
    import datetime

    scoped.mission, scoped.vision, scoped.logo = "Misión", "Visión", "x.png"
    scoped.save()
    make.make_attendance(scoped)
    make.make_actor(scoped)
    row = make.make_outcome_row(scoped)
    for horizon in Horizon:
        make.make_marker(row, horizon)
        make.make_activity(row, horizon, due_date=datetime.date(2027, 1, 1))
    make.make_next_step(scoped, due_date=datetime.date(2027, 1, 1))
    assert texts(scoped) == []


def test_the_preview_is_a_fragment_for_htmx_and_escapes_what_people_write(as_editor, scoped):
    make.make_strategy(scoped, text="<script>alert(1)</script>")
    answer = as_editor.get(reverse("plan-documento", args=[scoped.slug]), headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "style=" not in page


def test_the_road_names_the_one_next_step(as_editor, scoped):
    page = as_editor.get(reverse("camino", args=[scoped.slug])).content.decode()
    assert page.count('class="is-next"') == 1
    make.make_line(scoped)
    scoped.mission, scoped.vision = "Misión", "Visión"
    scoped.save()
    page = as_editor.get(reverse("camino", args=[scoped.slug])).content.decode()
    assert "Matriz 5Rs y mapa" in page.split('class="is-next"')[1][:400]


def test_the_road_recommends_sessions_by_level(as_editor, org):
    make.make_process(org, level="advanced")
    page = as_editor.get(reverse("camino", args=[org.slug])).content.decode()
    assert page.count(">Recomendada<") == 4
    assert page.count(">Opcional<") == 2


def test_the_portfolio_shows_exactly_the_organizations_of_the_programme(login, cast, org, other_org):
    make.make_organization("segunda", org.program, name="Segunda Casa")
    page = login(cast.manager).get(reverse("portafolio")).content.decode()
    assert page.count("<tr>") - 1 == 2
    assert "Segunda Casa" in page
    assert other_org.name not in page
    for fmt in ("pdf", "docx", "xlsx"):
        assert reverse("entregable", args=[org.slug, "plan-de-alianzas", fmt]) in page


def test_the_portfolio_does_not_exist_for_others(login, cast):
    for person in (cast.facilitator, cast.editor, cast.outsider):
        assert login(person).get(reverse("portafolio")).status_code == 404
