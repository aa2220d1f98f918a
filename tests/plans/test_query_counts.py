"""Pages ask the database as often with three of everything as with one."""

import pytest
from django.urls import reverse

from tests import factories as make

# Session, user and access are three of each; how far an organisation is takes 33, of one or of many.
QUERIES = {
    "camino": 40,
    "mapa": 6,
    "actores": 8,
    "matriz": 4,
    "mapa-ideal": 11,
    "momentos": 7,
    "comparar": 4,
    "analisis-del-mapa": 8,
    "posibilidad": 4,
    "resultados": 7,
    "captura-de-respuestas": 6,
    "aportar-estrategia": 7,
    "estrategias-parecidas": 7,
    "transversales": 8,
    "prioridades": 6,
    "mapa-de-resultados": 8,
    "participantes": 4,
    "plan": 56,
    "plan-origen": 20,
    "plan-versiones": 32,
    "plazos": 3,
    "plan-documento": 19,
    "organizacion": 6,
    "fotos": 4,
    "equipo": 4,
}


def fill(org, times):
    for _ in range(times):
        line = make.make_line(org)
        strategy = make.make_strategy(org, line, priority=1)
        row = make.make_outcome_row(org, strategy, make.make_ally(org, actor=make.make_actor(org)))
        for horizon in ("short", "medium", "long"):
            make.make_marker(row, horizon)
            make.make_activity(row, horizon)
        make.make_attendance(org, post=f"Puesto {line.pk}")
        make.make_member(org, "viewer")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", QUERIES)
def test_queries_of_a_page(as_editor, org, django_assert_num_queries, name, rows):
    fill(org, rows)
    address = reverse(name, args=[org.slug])
    as_editor.get(address)
    with django_assert_num_queries(QUERIES[name]):
        assert as_editor.get(address).status_code == 200


@pytest.mark.parametrize("organizations", [1, 3])
def test_queries_of_the_portfolio(login, cast, org, django_assert_num_queries, organizations):
    for _ in range(organizations):
        fill(make.make_organization(program=org.program), 2)
    client = login(cast.manager)
    client.get(reverse("portafolio"))
    with django_assert_num_queries(41):
        client.get(reverse("portafolio"))
