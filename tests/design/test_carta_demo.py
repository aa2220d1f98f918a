"""The cartas of the demonstration."""

import pytest
from django_scopes import scope

from plans.demo import cartas
from sessions_app.design import queries
from sessions_app.models import SessionDesign
from tests import factories as make


def carta_of(slug, session):
    organization = make.make_organization(slug)
    with scope(organization=organization):
        cartas.load(organization)
        return queries.carta(organization, session)


@pytest.mark.parametrize(
    ("slug", "session", "planned", "ends"),
    [
        ("tejiendo-barrios", "2", 435, ["17:15"]),
        ("tejiendo-barrios", "6", 295, ["14:00"]),
        ("semillas-del-norte", "1", 375, ["19:30", "18:45"]),
    ],
)
def test_a_carta_adds_up(db, slug, session, planned, ends):
    found = carta_of(slug, session)
    assert found.is_saved
    assert found.schedule.planned == planned
    assert [sitting.ends for sitting in found.sittings] == ends
    assert {sitting.date.year for sitting in found.sittings} == {2026}
    assert not {"overlap", "lock_before_start", "locks_out_of_order"} & {notice.kind for notice in found.notices}


def test_session_2_shows_a_locked_meal_a_skipped_activity_and_an_own_block(db):
    lines = carta_of("tejiendo-barrios", "2").lines
    assert [line.times for line in lines if line.item.locked_start] == ["14:00–14:45"]
    assert [bool(line.item.skip_reason) for line in lines if line.item.is_skipped] == [True]
    assert "Recorrido por el mapa de ayer" in [line.item.title for line in lines if line.is_own]


def test_who_has_no_carta_gets_none(db):
    organization = make.make_organization("voz-clara")
    with scope(organization=organization):
        cartas.load(organization)
        assert not SessionDesign.objects.exists()
