"""Session 6 in the browser, from diagnosis to outcome map."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django_scopes import scope

from alianzas.models import Commitment
from plans import queries, services
from plans.models import OutcomeActivity, OutcomeMarker, OutcomeRow, Strategy
from ruta_critica.models import Ally
from tests import factories as make


@pytest.fixture
def line(org):
    return make.make_line(org, "Prevención")


@pytest.fixture
def scoped(org):
    with scope(organization=org):
        yield org


def address(org, name, *args):
    return reverse(name, args=[org.slug, *args])


def test_a_strategy_is_written_under_its_line(as_editor, org, line):
    data = {"line": line.pk, "status": "works", "text": "Campaña de radio", "why": "La gente la escucha"}
    assert as_editor.post(address(org, "nueva-estrategia"), data).status_code == 302
    page = as_editor.get(address(org, "resultados")).content.decode()
    assert "Campaña de radio" in page
    assert "La gente la escucha" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [({"text": ""}, "obligatorio"), ({"text": "a" * 40_000}, "Acórtalo"), ({"status": "quizá"}, "válida")],
)
def test_a_bad_strategy_is_said_and_nothing_is_kept(as_editor, org, line, change, said):
    data = {"line": line.pk, "status": "works", "text": "Campaña", "why": "Un porqué que no se pierde"} | change
    answer = as_editor.post(address(org, "nueva-estrategia"), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Un porqué que no se pierde" in answer.content.decode()
    with scope(organization=org):
        assert not Strategy.objects.exists()


def test_a_line_of_another_organization_is_refused(as_editor, org, line, other_org):
    foreign = make.make_line(other_org)
    data = {"line": foreign.pk, "status": "works", "text": "Campaña"}
    assert as_editor.post(address(org, "nueva-estrategia"), data).status_code == 422


def test_serving_a_second_line_makes_it_cross_cutting_in_both(as_editor, scoped, line):
    second = make.make_line(scoped, "Justicia")
    strategy = make.make_strategy(scoped, line)
    as_editor.post(address(scoped, "lineas-de-estrategia", strategy.pk), {"lines": [second.pk]})
    [found] = queries.strategies()
    assert found.is_cross_cutting
    assert [one.could for one in queries.diagnosis([found])] == [[found], [found]]
    as_editor.post(address(scoped, "lineas-de-estrategia", strategy.pk), {})
    assert not queries.strategies()[0].is_cross_cutting


def test_htmx_gets_the_state_of_the_row_only(as_editor, org, line):
    strategy = make.make_strategy(org, line)
    answer = as_editor.post(address(org, "lineas-de-estrategia", strategy.pk), {}, headers={"HX-Request": "true"})
    assert "Guardado" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_candidates_are_what_failed_or_could_be_added_and_cross_cutting_ones_come_first(scoped, line):
    make.make_strategy(scoped, line, "Funciona", status="works")
    make.make_strategy(scoped, line, "Podría", status="could")
    cross = make.make_strategy(scoped, line, "Falló", status="did_not")
    services.serve_lines(strategy=cross, more=[make.make_line(scoped).pk])
    ranked, waiting = queries.ranking(queries.strategies())
    assert ranked == []
    assert [one.text for one in waiting] == ["Falló", "Podría"]


def test_the_priority_order_is_moved_and_closes_its_gaps(as_editor, scoped, line):
    rows = [make.make_strategy(scoped, line, text) for text in "abc"]
    for row in rows:
        as_editor.post(address(scoped, "prioridad", row.pk, "agregar"))
    as_editor.post(address(scoped, "prioridad", rows[2].pk, "subir"))
    as_editor.post(address(scoped, "prioridad", rows[0].pk, "quitar"))
    ranked, waiting = queries.ranking(queries.strategies())
    assert [(one.text, one.priority) for one in ranked] == [("c", 1), ("b", 2)]
    assert [one.text for one in waiting] == ["a"]


def test_ranking_twice_keeps_one_place(scoped, line):
    strategy = make.make_strategy(scoped, line)
    for _ in range(2):
        services.rank(strategy=Strategy.objects.get(pk=strategy.pk))
    assert Strategy.objects.get().priority == 1


def test_what_works_is_not_ranked(scoped, line):
    with pytest.raises(ValidationError, match="Solo se priorizan"):
        services.rank(strategy=make.make_strategy(scoped, line, status="works"))


def test_a_strategy_with_allies_leaves_neither_the_order_nor_the_diagnosis(as_editor, scoped):
    row = make.make_outcome_row(scoped)
    as_editor.post(address(scoped, "prioridad", row.strategy.pk, "quitar"))
    page = as_editor.post(address(scoped, "borrar-estrategia", row.strategy.pk), follow=True).content.decode()
    assert "tiene aliados en el mapa de resultados" in page
    assert Strategy.objects.get().priority == 1


def new_row(client, org, strategy, **data):
    return client.post(address(org, "nuevo-renglon", strategy.pk), {"objective": "Abrir la puerta", **data})


def test_an_actor_of_the_map_becomes_an_ally_once(as_editor, scoped):
    actor = make.make_actor(scoped, "Radio comunitaria")
    strategies = [make.make_strategy(scoped, priority=place) for place in (1, 2)]
    assert new_row(as_editor, scoped, strategies[0], who=f"actor-{actor.pk}").status_code == 302
    ally = Ally.objects.get()
    assert ally.actor == actor
    assert new_row(as_editor, scoped, strategies[1], who=f"aliado-{ally.pk}").status_code == 302
    assert Ally.objects.count() == 1
    assert OutcomeRow.objects.count() == 2


def test_a_new_ally_with_the_name_of_an_actor_is_that_actor(as_editor, scoped):
    actor = make.make_actor(scoped, "Radio comunitaria")
    new_row(as_editor, scoped, make.make_strategy(scoped, priority=1), new_name="radio COMUNITARIA")
    assert Ally.objects.get().actor == actor


@pytest.mark.parametrize("data", [{}, {"who": "actor-999", "new_name": ""}, {"new_name": "   "}])
def test_an_ally_must_be_named(as_editor, scoped, data):
    assert new_row(as_editor, scoped, make.make_strategy(scoped, priority=1), **data).status_code == 422
    assert not OutcomeRow.objects.exists()


def test_an_actor_of_another_organization_is_no_ally(as_editor, scoped, other_org):
    foreign = make.make_actor(other_org)
    strategy = make.make_strategy(scoped, priority=1)
    assert new_row(as_editor, scoped, strategy, who=f"actor-{foreign.pk}").status_code == 422


def test_the_same_ally_twice_in_a_strategy_is_said(as_editor, scoped):
    row = make.make_outcome_row(scoped, ally=make.make_ally(scoped, "Fundación Sol"))
    answer = new_row(as_editor, scoped, row.strategy, new_name="Fundación Sol")
    assert answer.status_code == 422
    assert "ya está en esta estrategia" in answer.content.decode()


def detail(activities=(), **changes):
    data = {
        "objective": "Abrir la puerta",
        "short": "Hubo un primer contacto\nFirmamos carta de intención",
        "medium": "Un proyecto piloto",
        "long": "Una política local",
        "actividades-TOTAL_FORMS": str(len(activities)),
        "actividades-INITIAL_FORMS": str(sum("id" in one for one in activities)),
    } | changes
    for number, one in enumerate(activities):
        data |= {f"actividades-{number}-{name}": value for name, value in {"horizon": "short", **one}.items()}
    return data


def test_a_row_is_kept_with_markers_and_activities_as_commitments(as_editor, scoped):
    row = make.make_outcome_row(scoped)
    activity = {"title": "Pedir una reunión", "responsible": "Dirección", "due_date": "2027-02-01"}
    assert as_editor.post(address(scoped, "renglon", row.pk), detail([activity, {}])).status_code == 302
    assert OutcomeMarker.objects.count() == 4
    commitment = Commitment.objects.get()
    assert (commitment.title, commitment.responsible) == ("Pedir una reunión", "Dirección")
    assert (commitment.due_date, commitment.source) == (datetime.date(2027, 2, 1), "S6.6")


def test_saving_again_keeps_the_identity_of_what_stays(as_editor, scoped):
    row = make.make_outcome_row(scoped)
    kept, gone = make.make_marker(row, text="Hubo un primer contacto"), make.make_marker(row, text="Ya no")
    activity = make.make_activity(row)
    data = detail([{"id": activity.pk, "title": "Pedir otra reunión"}])
    assert as_editor.post(address(scoped, "renglon", row.pk), data).status_code == 302
    assert OutcomeMarker.objects.filter(pk=kept.pk).exists()
    assert not OutcomeMarker.objects.filter(pk=gone.pk).exists()
    assert OutcomeActivity.objects.get().pk == activity.pk
    assert Commitment.objects.get().title == "Pedir otra reunión"


def test_an_activity_marked_to_delete_goes_with_its_commitment(as_editor, scoped):
    row = make.make_outcome_row(scoped)
    activity = make.make_activity(row)
    data = detail([{"id": activity.pk, "title": "Pedir una reunión", "delete": "on"}])
    as_editor.post(address(scoped, "renglon", row.pk), data)
    assert not OutcomeActivity.objects.exists()
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("activity", "said"),
    [
        ({"responsible": "Dirección"}, "Escribe qué se hará"),
        ({"title": "Reunión", "due_date": "mañana"}, "fecha válida"),
        ({"title": "Reunión", "horizon": "pronto"}, "válida"),
        ({"title": "a" * 40_000}, "40000"),
        ({"id": 999_999, "title": "De otro"}, "ya no existe"),
    ],
)
def test_a_bad_activity_is_said_and_the_row_stays(as_editor, scoped, activity, said):
    row = make.make_outcome_row(scoped, objective="El de antes")
    answer = as_editor.post(address(scoped, "renglon", row.pk), detail([activity]))
    assert answer.status_code == 422
    assert said in answer.content.decode().replace(",", "").replace("\xa0", "")
    row.refresh_from_db()
    assert row.objective == "El de antes"
    assert not Commitment.objects.exists()


def test_taking_an_ally_out_takes_its_commitments_along_and_leaves_the_ally(as_editor, scoped):
    row = make.make_outcome_row(scoped)
    make.make_activity(row)
    as_editor.post(address(scoped, "borrar-renglon", row.pk))
    assert not OutcomeRow.objects.exists()
    assert not Commitment.objects.exists()
    assert Ally.objects.exists()


def test_participants_are_noted_by_post(as_editor, scoped):
    as_editor.post(address(scoped, "participantes"), {"post": "Coordinación de territorio"})
    [person] = queries.participants()
    assert str(person) == "Coordinación de territorio"
    assert as_editor.post(address(scoped, "participantes"), {"name": "Sin puesto"}).status_code == 422
