"""Level history, products and cases of the demonstration."""

import pytest
from django_scopes import scope

from plans.demo import registro
from sessions_app.models import LevelAssessment, ProductMark, SuccessCase
from tests import factories as make


@pytest.mark.parametrize(
    ("slug", "levels", "products", "cases"),
    [
        ("tejiendo-barrios", ["advanced", "intermediate"], 1, 1),
        ("semillas-del-norte", ["intermediate"], 0, 1),
        ("voz-clara", [], 0, 0),
        ("rios-libres", ["intermediate"], 0, 0),
        ("casa-girasol", ["advanced"], 0, 0),
    ],
)
def test_each_organisation_gets_its_own(db, slug, levels, products, cases):
    organization = make.make_organization(slug)
    with scope(organization=organization):
        registro.load(organization)
        history = list(LevelAssessment.objects.all())
        assert [row.decided for row in history] == levels
        assert all(row.reason for row in history if row.decided != row.suggested)
        assert ProductMark.objects.count() == products
        assert SuccessCase.objects.filter(country="México").count() == cases


def test_what_it_writes_is_the_same_each_time(db):
    def written(organization):
        with scope(organization=organization):
            registro.load(organization)
            return [
                *LevelAssessment.objects.values_list("at", "decided", "reason"),
                *ProductMark.objects.order_by("session_key", "product").values_list("session_key", "product", "at"),
            ]

    first = make.make_organization("tejiendo-barrios")
    once = written(first)
    first.delete()
    assert written(make.make_organization("tejiendo-barrios")) == once
