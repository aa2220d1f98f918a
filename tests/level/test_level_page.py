"""Recuperación de aprendizajes in the browser and its services."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django_scopes import scope

from alianzas.models import Event, Process
from alianzas.services import set_level
from sessions_app.level import scoring, services
from sessions_app.models import LevelAssessment
from tests import factories as make

ANSWERS = {q.key: q.options[2].key for q in scoring.questions()} | {"route": "none"}  # suggests intermediate


@pytest.fixture
def address(org):
    return reverse("nivel", args=[org.slug])


@pytest.fixture
def as_facilitator(login, cast):
    return login(cast.facilitator)


def process_of(org):
    with scope(organization=org):
        return Process.objects.get()


def decide(org, cast, decided="intermediate", reason="", answers=ANSWERS):
    with scope(organization=org):
        return services.decide_level(
            organization=org, by=cast.facilitator, answers=answers, decided=decided, reason=reason
        )


def test_the_questions_are_asked_and_nothing_is_decided_by_looking(as_facilitator, org, address):
    page = as_facilitator.get(address)
    assert page.status_code == 200
    assert "¿Tiene una red activa?" in page.content.decode()
    suggested = as_facilitator.get(address, ANSWERS)
    said = suggested.content.decode()
    assert suggested.status_code == 200
    assert "Para el avanzado falta una primera Ruta Crítica" in said
    assert "La red trabaja en común y da resultados." in said
    assert "28 horas" in said
    with scope(organization=org):
        assert not LevelAssessment.objects.exists()
        assert not Process.objects.exists()


def test_questions_left_out_are_named_and_the_rest_is_kept(as_facilitator, address):
    answer = as_facilitator.get(address, {"years": "over_5", "network": "quizá"})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Elige una de las tres respuestas." in said
    assert answer.context["questionnaire"]["years"].value() == "over_5"
    assert "Nivel sugerido" not in said


def test_other_parameters_of_the_address_ask_nothing(as_facilitator, address):
    assert as_facilitator.get(address, {"utm": "x"}).status_code == 200


def test_the_suggested_level_is_decided_without_a_reason(as_facilitator, org, cast, address):
    answer = as_facilitator.post(address, {**ANSWERS, "decided": "intermediate"})
    assert answer.status_code == 302
    assert process_of(org).level == "intermediate"
    with scope(organization=org):
        row = LevelAssessment.objects.get()
        assert (row.suggested, row.decided, row.answers, row.by) == (
            "intermediate",
            "intermediate",
            ANSWERS,
            cast.facilitator,
        )
        assert Event.objects.filter(verb="process.level").count() == 1


def test_another_level_needs_its_reason(as_facilitator, org, address):
    answer = as_facilitator.post(address, {**ANSWERS, "decided": "advanced", "reason": "  "})
    assert answer.status_code == 422
    assert "Di por qué decides un nivel distinto del sugerido." in answer.content.decode()
    with scope(organization=org):
        assert not Process.objects.exists()
    as_facilitator.post(address, {**ANSWERS, "decided": "advanced", "reason": "La ruta existe, falta dibujarla."})
    assert process_of(org).level == "advanced"
    page = as_facilitator.get(address).content.decode()
    assert "La ruta existe, falta dibujarla." in page
    assert "Se sugirió intermedio" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"decided": "experto"}, "válida"),
        ({"decided": ""}, "obligatorio"),
        ({"reason": "a" * 40_000}, "Acórtalo"),
        ({"network": ""}, "Elige una de las tres respuestas."),
    ],
)
def test_a_bad_decision_is_said_and_nothing_is_kept(as_facilitator, org, address, change, said):
    answer = as_facilitator.post(address, {**ANSWERS, "decided": "intermediate"} | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with scope(organization=org):
        assert not LevelAssessment.objects.exists()


def test_who_edits_reads_and_does_not_decide(as_editor, org, cast, address):
    decide(org, cast, decided="advanced", reason="Por su trayectoria.")
    page = as_editor.get(address, ANSWERS).content.decode()
    assert "Por su trayectoria." in page
    assert "24 horas" in page
    assert "Ver el nivel sugerido" not in page
    assert "Nivel sugerido" not in page
    assert as_editor.post(address, {**ANSWERS, "decided": "basic"}).status_code == 403
    assert as_editor.post(reverse("pesos-de-momentos", args=[org.slug]), {}).status_code == 403
    assert process_of(org).level == "advanced"


def test_the_history_only_grows(org, cast):
    first = decide(org, cast)
    decide(org, cast, decided="basic", reason="El equipo cambió casi entero.")
    with scope(organization=org):
        assert [row.decided for row in LevelAssessment.objects.all()] == ["basic", "intermediate"]
        assert LevelAssessment.objects.get(pk=first.pk).decided == "intermediate"
    assert process_of(org).level == "basic"


def test_a_level_changed_in_the_ficha_is_noticed(as_facilitator, org, cast, address):
    decide(org, cast)
    with scope(organization=org):
        set_level(organization=org, by=cast.facilitator, level="basic")
    assert "se cambió en la ficha" in as_facilitator.get(address).content.decode()


def test_the_service_refuses_what_the_form_would(org, cast):
    with pytest.raises(ValidationError, match="Falta una respuesta"):
        decide(org, cast, answers={})
    with pytest.raises(ValidationError, match="Di por qué"):
        decide(org, cast, decided="basic")
    with scope(organization=org):
        assert not LevelAssessment.objects.exists()


def test_weights_of_the_momentos_are_changed(as_facilitator, org):
    weights = {"recuperacion": 10, "capacidades": 40, "trabajo": 40, "cierre": 10}
    assert as_facilitator.post(reverse("pesos-de-momentos", args=[org.slug]), weights).status_code == 302
    assert process_of(org).moment_weights == [10, 40, 40, 10]


@pytest.mark.parametrize(
    ("change", "said"),
    [({"cierre": 16}, "Ahora suman 101"), ({"cierre": -5}, "mayor o igual"), ({"cierre": "quince"}, "número entero")],
)
def test_bad_weights_are_said_and_nothing_changes(as_facilitator, org, change, said):
    make.make_process(org)
    weights = {"recuperacion": 15, "capacidades": 30, "trabajo": 40, "cierre": 15} | change
    answer = as_facilitator.post(reverse("pesos-de-momentos", args=[org.slug]), weights)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert process_of(org).moment_weights == [15, 30, 40, 15]


def test_the_history_of_another_organisation_is_not_shown(as_facilitator, org, other_org, cast, address):
    decide(other_org, cast, decided="basic", reason="Solo del río ajeno.")
    assert "río ajeno" not in as_facilitator.get(address).content.decode()


@pytest.mark.parametrize("rounds", [1, 3])
def test_queries_of_the_page(as_facilitator, org, cast, address, django_assert_num_queries, rounds):
    for _ in range(rounds):
        decide(org, cast)
    as_facilitator.get(address)
    with django_assert_num_queries(5):  # session, user, access, process, history
        as_facilitator.get(address)
