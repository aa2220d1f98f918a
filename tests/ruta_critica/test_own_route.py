"""Allies' files follow the route that the organisation adapted: its steps, names, order and own elements."""

import pytest
from django.urls import reverse
from django_scopes import scope

from alianzas.commitments.hooks import source_of
from alianzas.models import Commitment
from ruta_critica.route import Stop, route_of
from ruta_critica.route_queries import file_steps
from ruta_critica.steps import ACTIVITIES, steps_of
from sessions_app import curriculum
from sessions_app.models import Answer
from tests import factories as make

from .rows import adapt
from .test_documents import said_in_word, take

METHOD = tuple(ACTIVITIES)


def row(key, step="", name="", order=None, **more):
    return {"id": key, "step": step, "own_name": name, "active": True, "order": order, **more}


FIVE = [
    row("a", "construccion_de_la_alianza", "Primer café", 1, own_elements=["Visita a la colonia", "Comida"]),
    row("b", "recursos_y_activos", "", 2),
    row("c", "due_diligence", "Preguntar por ahí", 3),
    {**row("d", "implementacion", "", 4), "active": False},
    row("e", "sostenibilidad", "Cuidarnos", 5),
    row("f", "evaluacion_y_reporte", "Contar lo logrado", 6),
]
SIX = [
    row("a", "recursos_y_activos", "", 1),
    row("b", "construccion_de_la_alianza", "Acordar", 2),
    row("c", "due_diligence", "", 3),
    row("d", "implementacion", "", 4),
    row("e", "", "Piloto de un mes", 5, own_elements=["Bitácora del piloto"]),
    row("f", "sostenibilidad", "", 6),
]


@pytest.fixture
def ally(org):
    return make.make_ally(org, "Radio Azul")


def fields(client, org, ally, step):
    page = client.get(reverse("aliado-paso", args=[org.slug, ally.pk, step]))
    assert page.status_code == 200
    return page, {one.prompt.key: one for one in page.context["fields"]}


def the_step(org, name):
    with scope(organization=org):
        return next(one for one in file_steps(str) if one.name == name)


def test_without_an_adapted_route_the_file_has_the_steps_of_the_method():
    assert tuple(one.key for one in steps_of(route_of(None), str)) == METHOD


def test_a_five_step_route_works_from_the_list_to_the_document(as_editor, cast, org, ally):
    adapt(org, cast.facilitator, FIVE)
    page = as_editor.get(reverse("aliado", args=[org.slug, ally.pk]))
    steps = page.context["row"].steps
    assert [(one.step.number, one.step.name) for one in steps] == [
        (1, "Primer café"),
        (2, curriculum.activity("S5.2").title),
        (3, "Preguntar por ahí"),
        (4, "Cuidarnos"),
        (5, "Contar lo logrado"),
    ]
    for one in steps:
        page, asked = fields(as_editor, org, ally, one.step.key)
        assert one.step.name in page.content.decode()
        method = ACTIVITIES[one.step.key]
        assert {key for key in asked if key.startswith(method)}
    assert as_editor.get(reverse("aliado-paso", args=[org.slug, ally.pk, "implementacion"])).status_code == 404
    page, asked = fields(as_editor, org, ally, "evaluacion_y_reporte")
    assert "S5.8.consideraciones" in asked
    said = asked["S5.6.q5"]
    assert as_editor.post(said.url, {"q5-version": 0, "q5": "Entre todas"}).status_code == 302
    text = said_in_word(take(as_editor, org, ally, "ruta-aliado", "docx"))
    assert text.index("1. Primer café") < text.index("3. Preguntar por ahí") < text.index("5. Contar lo logrado")
    assert "Entre todas" in text
    assert "Implementación" not in text


def test_a_six_step_route_with_a_step_of_its_own_asks_about_it(as_editor, cast, org, ally):
    adapt(org, cast.facilitator, SIX)
    step = the_step(org, "Piloto de un mes")
    assert (step.number, step.key[:7]) == (5, "propio-")
    page, asked = fields(as_editor, org, ally, step.key)
    notes, promise, own = (asked[f"R.{step.key}.{name}"] for name in ("notas", "acuerdo", "propio"))
    assert "«Piloto de un mes»" in page.content.decode()
    as_editor.post(notes.url, {"notas-version": 0, "notas": "Un taller en la cabina"})
    promised = {"acuerdo-id": "", "acuerdo-what": "Agendar el taller", "acuerdo-responsible": "Enlace"}
    as_editor.post(promise.url, {"acuerdo-version": 0, **promised, "acuerdo-due_date": "2099-03-01"})
    [item] = own.controls.items
    as_editor.post(own.url, {"propio-version": 0, item.name: "absent"})
    with scope(organization=org):
        found = {one.title: one for one in Commitment.objects.all()}
    assert set(found) == {"Agendar el taller", "Radio Azul: Completar: Bitácora del piloto"}
    assert {source_of(one.source).label for one in found.values()} == {"Ruta Crítica"}
    _, asked = fields(as_editor, org, ally, step.key)
    as_editor.post(asked[own.prompt.key].url, {"propio-version": 1, item.name: "present"})
    with scope(organization=org):
        assert Commitment.objects.get(title__startswith="Radio").status == "done"
    text = said_in_word(take(as_editor, org, ally, "ruta-aliado", "docx"))
    assert "Un taller en la cabina" in text
    done = as_editor.get(reverse("aliado", args=[org.slug, ally.pk])).context["row"].steps[4]
    assert (done.asked, done.answered) == (2, 2)


def test_own_elements_of_a_step_of_the_method_are_asked_beside_its_questions(as_editor, cast, org, ally):
    adapt(org, cast.facilitator, FIVE)
    _, asked = fields(as_editor, org, ally, "construccion_de_la_alianza")
    own = asked["R.construccion_de_la_alianza.propio"]
    assert [one.label for one in own.controls.items] == ["Visita a la colonia", "Comida"]
    assert "S5.3.q1" in asked


def test_a_step_that_stands_twice_asks_once_and_one_without_any_active_step_asks_all():
    twice = steps_of(route_of([row("a", "implementacion"), row("b", "implementacion", "Otra vez")]), str)
    assert twice[0].key == "implementacion"
    assert {one.key for one in twice[1].activity.prompts} == {
        f"R.{twice[1].key}.notas", f"R.{twice[1].key}.acuerdo", "S5.8.consideraciones"
    }  # fmt: skip
    off = steps_of(route_of([{**row("a", "due_diligence"), "active": False}]), str)
    assert [one.key for one in off] == ["due_diligence"]


def test_a_protected_name_is_hidden_in_the_file_and_keeps_its_answer():
    written = [row("a", "due_diligence", "Preguntar a Don Nadie", own_elements=["Hablar con Don Nadie"])]
    plain, [hidden] = (
        steps_of(route_of(written), hide) for hide in (str, lambda text: text.replace("Don Nadie", "Vecino"))
    )
    own = hidden.activity.prompts[-2]
    assert hidden.name == "Preguntar a Vecino"
    assert own.options[0].label == "Hablar con Vecino"
    assert own.options[0].key == plain[0].activity.prompts[-2].options[0].key


def test_the_longest_key_of_a_step_leaves_room_for_its_commitment(as_editor, cast, org, ally):
    adapt(org, cast.facilitator, [row("z" * 40, "", "Muy largo", 1, own_elements=["Algo" * 40])])
    step = the_step(org, "Muy largo")
    _, asked = fields(as_editor, org, ally, step.key)
    own = asked[f"R.{step.key}.propio"]
    [item] = own.controls.items
    assert as_editor.post(own.url, {"propio-version": 0, item.name: "absent"}).status_code == 302
    with scope(organization=org):
        assert Commitment.objects.count() == 1
        assert Answer.objects.filter(prompt_key=own.prompt.key).count() == 1


def test_a_nameless_step_is_still_called_something():
    [step] = steps_of(route_of([row("a", "", "")]), str)
    assert step.name == Stop("a").name != ""
