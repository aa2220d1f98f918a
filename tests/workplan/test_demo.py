"""The planes de trabajo of the demonstration."""

import pytest
from django_scopes import scope

from alianzas.models import Commitment
from plans.demo import cartas, trabajo
from sessions_app.workplan import gantt, queries
from tests import factories as make


@pytest.mark.parametrize(
    ("slug", "activities", "rows", "promises", "months"),
    [("tejiendo-barrios", 8, 24, 15, 10), ("semillas-del-norte", 4, 6, 4, 7), ("voz-clara", 0, 0, 0, 0)],
)
def test_the_demonstration_has_its_plans(db, slug, activities, rows, promises, months):
    organization = make.make_organization(slug)
    with scope(organization=organization):
        cartas.load(organization)  # which say when the sessions are
        trabajo.load(organization)
        found = queries.plan_rows()
        assert len(found) == rows
        assert sum(not row.is_child for row in found) == activities
        assert len(gantt.months_of(queries.bars(found))) == months
        assert Commitment.objects.count() == promises
