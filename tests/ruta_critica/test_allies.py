"""Allies and their file of six steps in the browser."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from alianzas.models import Commitment
from ruta_critica.models import Ally, AnswerMark
from ruta_critica.steps import ACTIVITIES, LAST
from sessions_app import curriculum
from sessions_app.models import Answer, AnswerFile
from tests import factories as make

MOU = ("S5.5.d", "S5.5.d_base", "S5.5.d_monitoreo")


@pytest.fixture
def ally(org):
    return make.make_ally(org, actor=make.make_actor(org, "Radio", primary_resource="Cabina", roles=["Difunde"]))


STEPS = tuple(ACTIVITIES)


def respond(client, org, ally, step, name, **values):
    address = reverse("aliado-respuesta", args=[org.slug, ally.pk, step, name])
    return client.post(address, {f"{name}-version": "0", **values})


def answer(org, key, subject=""):
    with scope(organization=org):
        return Answer.objects.filter(prompt_key=key, subject=subject).first()


def check(client, org, ally, key, state, version=0):
    """Say the same of every item of a checklist."""
    name = key.replace(".", "_")
    page = client.get(reverse("aliado-paso", args=[org.slug, ally.pk, "implementacion"]))
    field = next(one for one in page.context["fields"] if one.prompt.key == key)
    values = {f"{field.name}-version": field.version}
    values |= {item.name: state for item in field.controls.items}
    return name, client.post(field.url, values)


def test_an_actor_becomes_an_ally_with_what_the_map_knows(as_editor, org):
    actor = make.make_actor(org, "Radio", primary_resource="Cabina", relation="weak", desired_relation="strong")
    page = as_editor.get(reverse("aliados", args=[org.slug]))
    assert [(one.actor.name, "débil a fuerte" in one.why) for one in page.context["candidates"]] == [("Radio", True)]
    page = as_editor.post(reverse("elegir-aliado", args=[org.slug, actor.key]), follow=True)
    assert "Cabina" in page.content.decode()
    assert [(row.name, row.theirs, row.ours) for row in page.context["resources"]] == [("Cabina", True, False)]
    again = as_editor.post(reverse("elegir-aliado", args=[org.slug, actor.key]))
    assert again.status_code == 302
    with scope(organization=org):
        assert Ally.objects.count() == 1


def test_an_actor_of_another_organisation_becomes_no_ally(as_editor, org, other_org):
    theirs = make.make_actor(other_org, "Ajeno")
    assert as_editor.post(reverse("elegir-aliado", args=[org.slug, theirs.key])).status_code == 404
    ally = make.make_ally(other_org)
    for name, more in [("aliado", []), ("aliado-paso", [STEPS[0]]), ("quitar-aliado", []), ("decidir-aliado", [])]:
        assert as_editor.post(reverse(name, args=[org.slug, ally.pk, *more])).status_code == 404


@pytest.mark.parametrize("step", STEPS)
def test_every_step_asks_its_questions(as_editor, org, ally, step):
    page = as_editor.get(reverse("aliado-paso", args=[org.slug, ally.pk, step]))
    assert page.status_code == 200
    asked = {one.prompt.key for one in page.context["fields"]}
    prompts = curriculum.activity(ACTIVITIES[step]).prompts
    last = {LAST} if step == STEPS[-1] else set()
    assert asked == {one.key for one in prompts if not one.derived and one.key != "S5.2.aliado"} | last
    assert all(one.may_write for one in page.context["fields"])


def test_there_is_no_step_that_the_route_does_not_have(as_editor, org, ally):
    assert as_editor.get(reverse("aliado-paso", args=[org.slug, ally.pk, "celebrar"])).status_code == 404


def test_an_answer_of_the_organisation_is_in_every_file_and_one_of_an_ally_in_its_own(as_editor, org, ally):
    other = make.make_ally(org, "Escuela")
    field = next(
        one for one in as_editor.get(reverse("aliado-paso", args=[org.slug, ally.pk, STEPS[0]])).context["fields"]
        if one.prompt.key == "S5.2.recursos_org"
    )  # fmt: skip
    with scope(organization=org):
        for key, subject, text in [
            ("S5.2.recursos_org", "", "Metodología"),
            ("S5.3.q1", f"aliado-{ally.pk}", "Quiere audiencia joven"),
        ]:
            Answer.objects.create(
                organization=org, prompt_key=key, subject=subject, value=[{"id": "a", "text": text}], version=1
            )
    assert field.visit.subject(field.prompt) == ""
    for one, says in [(ally, True), (other, False)]:
        first = as_editor.get(reverse("aliado-paso", args=[org.slug, one.pk, STEPS[0]])).content.decode()
        second = as_editor.get(reverse("aliado-paso", args=[org.slug, one.pk, STEPS[1]])).content.decode()
        assert "Metodología" in first
        assert ("Quiere audiencia joven" in second) is says
    sheet = as_editor.get(reverse("planilla", args=[org.slug, "5", "S5.3"])).content.decode()
    assert "Quiere audiencia joven" not in sheet


def test_the_whole_mou_with_a_no_is_one_open_commitment_for_each_gap_and_a_yes_closes_them(as_editor, org, ally):
    gaps = sum(len(curriculum.prompt(key).options) for key in MOU)
    for key in MOU:
        assert check(as_editor, org, ally, key, "absent")[1].status_code == 302
        check(as_editor, org, ally, key, "absent")
    with scope(organization=org):
        found = list(Commitment.objects.all())
    assert len(found) == gaps
    assert {one.status for one in found} == {"pending"}
    assert all(one.title.startswith("Radio: Completar: ") for one in found)
    with scope(organization=org):
        Commitment.objects.update(responsible="Dirección", due_date=date(2027, 3, 1))
    for key in MOU:
        check(as_editor, org, ally, key, "present")
    with scope(organization=org):
        found = list(Commitment.objects.all())
    assert len(found) == gaps
    assert {(one.status, one.responsible) for one in found} == {("done", "Dirección")}
    check(as_editor, org, ally, "S5.5.d", "absent")
    with scope(organization=org):
        assert Commitment.objects.filter(status="pending").count() == len(curriculum.prompt("S5.5.d").options)
        assert Commitment.objects.count() == gaps


def test_a_promise_for_a_day_that_has_passed_is_refused_and_nothing_is_lost(as_editor, org, ally):
    page = as_editor.get(reverse("aliado-paso", args=[org.slug, ally.pk, "implementacion"]))
    field = next(one for one in page.context["fields"] if one.prompt.key == "S5.5.a_compromiso")
    said = {"a_compromiso-id": "", "a_compromiso-what": "Invitarles", "a_compromiso-responsible": "Enlace"}
    yesterday = timezone.localdate() - timedelta(days=1)
    page = as_editor.post(field.url, {"a_compromiso-version": 0, **said, "a_compromiso-due_date": yesterday})
    assert page.status_code == 422
    assert "ya pasó" in page.content.decode()
    assert "Invitarles" in page.content.decode()
    with scope(organization=org):
        assert Commitment.objects.count() == 0
    assert (
        as_editor.post(
            field.url, {"a_compromiso-version": 0, **said, "a_compromiso-due_date": timezone.localdate()}
        ).status_code
        == 302
    )
    with scope(organization=org):
        Commitment.objects.update(due_date=yesterday)
    page = as_editor.get(reverse("aliado-paso", args=[org.slug, ally.pk, "implementacion"]))
    field = next(one for one in page.context["fields"] if one.prompt.key == "S5.5.a_compromiso")
    said |= {"a_compromiso-id": field.value[0]["id"], "a_compromiso-what": "Invitarles a comer"}
    kept = as_editor.post(field.url, {"a_compromiso-version": 1, **said, "a_compromiso-due_date": yesterday})
    assert kept.status_code == 302


def test_a_base_answer_is_shown_where_the_ally_has_none_of_its_own(as_editor, org, ally):
    with scope(organization=org):
        Answer.objects.create(
            organization=org, prompt_key="S5.7.puntos", value=[{"id": "a", "text": "Llamar cada mes"}], version=1
        )
    page = as_editor.get(reverse("aliado-paso", args=[org.slug, ally.pk, STEPS[5]]))
    field = next(one for one in page.context["fields"] if one.prompt.key == "S5.7.puntos")
    assert field.value is None
    assert "Lo que vale para toda la organización" in page.content.decode()
    assert "Llamar cada mes" in page.content.decode()


def test_progress_says_what_is_missing(as_editor, org, ally):
    page = as_editor.get(reverse("aliado", args=[org.slug, ally.pk]))
    _, second, *_ = page.context["row"].steps
    assert (second.answered, second.asked) == (0, 4)
    with scope(organization=org):
        for question in ("q1", "q2", "q3"):
            facts = {"prompt_key": f"S5.3.{question}", "subject": f"aliado-{ally.pk}"}
            Answer.objects.create(organization=org, value=[{"id": "a", "text": "x"}], version=1, **facts)
    second = as_editor.get(reverse("aliado", args=[org.slug, ally.pk])).context["row"].steps[1]
    assert [one.key for one in second.missing] == ["S5.3.q4"]


def test_a_pause_and_a_no_say_why(as_editor, org, ally):
    address = reverse("aliado", args=[org.slug, ally.pk])
    assert as_editor.post(address, {"state": "paused", "state_reason": " "}).status_code == 422
    as_editor.post(address, {"state": "paused", "state_reason": "Cambió la dirección"})
    decide = reverse("decidir-aliado", args=[org.slug, ally.pk])
    assert "Escribe las condiciones" in as_editor.post(decide, {"decision": "conditions"}).content.decode()
    as_editor.post(decide, {"decision": "conditions", "decision_reason": "Con convenio firmado"})
    with scope(organization=org):
        row = Ally.objects.get()
    assert (row.state, row.state_reason, row.decision) == ("paused", "Cambió la dirección", "conditions")
    assert row.decided_on == timezone.localdate()
    assert row.decided_by is not None


def test_an_answer_is_assumed_until_it_is_confirmed(as_editor, org, ally):
    with scope(organization=org):
        kept = Answer.objects.create(
            organization=org, prompt_key="S5.3.q1", subject=f"aliado-{ally.pk}", version=1,
            value=[{"id": "a", "text": "Audiencia"}],
        )  # fmt: skip
    step = reverse("aliado-paso", args=[org.slug, ally.pk, STEPS[1]])
    page = as_editor.get(step)
    assert "Supuesto" in page.content.decode()
    field = next(one for one in page.context["fields"] if one.prompt.key == "S5.3.q1")
    tomorrow = timezone.localdate() + timedelta(days=1)
    for wrong in [{}, {"evidence": "Reunión", "confirmed_on": tomorrow}, {"link": "javascript:alert(1)"}]:
        assert as_editor.post(field.mark_url, {"status": "confirmed", **wrong}).status_code == 422
    as_editor.post(field.mark_url, {"status": "confirmed", "evidence": "Reunión con su dirección"})
    page = as_editor.get(step).content.decode()
    assert "Confirmado el" in page
    assert "Reunión con su dirección" in page
    with scope(organization=org):
        Answer.objects.filter(pk=kept.pk).update(version=2)
        assert AnswerMark.objects.get().is_outdated
    assert "cambió después" in as_editor.get(step).content.decode()


OWN = [
    {"id": "imagen", "criterion": "Imagen corporativa", "question": "", "origin": "toolkit", "active": True},
    {"id": "paga", "criterion": "Paga salarios dignos", "question": "¿Cuánto paga?", "origin": "own", "active": True},
    {"id": "vende", "criterion": "No vende tabaco", "question": "", "origin": "own", "active": None},
]


def test_the_criteria_of_the_organisation_are_asked_about_each_ally_and_stay_when_they_change(as_editor, org, ally):
    step = reverse("aliado-paso", args=[org.slug, ally.pk, STEPS[2]])
    assert "salen de" in as_editor.get(step).content.decode()
    with scope(organization=org):
        criteria = Answer.objects.create(organization=org, prompt_key="S4.2.criterios", value=OWN, version=1)

    def rows():
        field = next(one for one in as_editor.get(step).context["fields"] if one.prompt.key == "S5.4.propios")
        return field, [(row.id, row.title) for row in field.controls.rows]

    field, asked = rows()
    assert asked == [("paga", "Paga salarios dignos"), ("vende", "No vende tabaco")]
    said = {"propios-id": ["paga", "vende"], "propios-answer": ["El doble del mínimo", ""]}
    said |= {"propios-rating": ["in_favor", ""], "propios-evidence": ["", ""]}
    assert as_editor.post(field.url, {"propios-version": 0, **said}).status_code == 302
    with scope(organization=org):
        criteria.value = [{**OWN[1], "active": False}, {**OWN[2], "criterion": "No vende alcohol", "id": "alcohol"}]
        criteria.save()
    field, asked = rows()
    assert asked == [("paga", "Paga salarios dignos"), ("vende", "No vende tabaco"), ("alcohol", "No vende alcohol")]
    said = {name: [*texts, "no" if name == "propios-answer" else ""] for name, texts in said.items()}
    said["propios-id"][-1] = "alcohol"
    as_editor.post(field.url, {"propios-version": 1, **said})
    kept = answer(org, "S5.4.propios", f"aliado-{ally.pk}").value
    assert [(row["criterion"], row["answer"]) for row in kept] == [
        ("Paga salarios dignos", "El doble del mínimo"),
        ("No vende alcohol", "no"),
    ]


def test_a_list_may_begin_with_what_was_said_before(as_editor, login, cast, org, ally):
    step = reverse("aliado-paso", args=[org.slug, ally.pk, STEPS[0]])
    page = as_editor.get(step)
    field = next(one for one in page.context["fields"] if one.prompt.key == "S5.2.recursos_aliado")
    assert field.suggestion == ("Cabina",)
    assert "<q>Cabina</q>" in page.content.decode()
    name = field.name
    taken = {
        f"{name}-version": 0,
        f"{name}-id": "",
        f"{name}-text": "Cabina",
        f"{name}-author": "",
        f"{name}-group": "",
    }
    assert as_editor.post(field.url, taken).status_code == 302
    page = as_editor.get(step)
    field = next(one for one in page.context["fields"] if one.prompt.key == "S5.2.recursos_aliado")
    assert [row["text"] for row in field.value] == ["Cabina"]
    assert field.suggestion == ()
    with scope(organization=org):
        Answer.objects.create(
            organization=org, prompt_key="S4.10.anuncio", value="Un mensaje conjunto y sin reproches", version=1
        )
    last = reverse("aliado-paso", args=[org.slug, ally.pk, STEPS[5]])
    assert "<q>Un mensaje conjunto y sin reproches</q>" in as_editor.get(last).content.decode()
    assert "<q>" not in login(cast.viewer).get(last).content.decode()


def test_resources_in_common_are_chosen_from_those_of_both(as_editor, org, ally):
    other = make.make_ally(org, "Escuela")
    with scope(organization=org):
        for key, subject, text in [
            ("S5.2.recursos_org", "", "Metodología"),
            ("S5.2.recursos_aliado", f"aliado-{ally.pk}", "Cabina de radio"),
            ("S5.2.recursos_aliado", f"aliado-{other.pk}", "Salones"),
        ]:
            value = [{"id": "a", "text": text}]
            Answer.objects.create(organization=org, prompt_key=key, subject=subject, value=value, version=1)
    page = as_editor.get(reverse("aliado-paso", args=[org.slug, ally.pk, STEPS[0]]))
    field = next(one for one in page.context["fields"] if one.prompt.key == "S5.2.comunes")
    assert [pick.label for pick in field.controls.picks] == ["Metodología", "Cabina de radio"]


def test_a_document_is_evidence_and_a_program_is_not(as_editor, login, cast, org, other_org, ally):
    with scope(organization=org):
        kept = Answer.objects.create(
            organization=org, prompt_key="S5.3.q1", subject=f"aliado-{ally.pk}", value=[{"id": "a", "text": "x"}]
        )
    place = [org.slug, ally.pk, STEPS[1], "q1"]
    marking, document = reverse("aliado-marca", args=place), reverse("aliado-evidencia", args=place)
    program = SimpleUploadedFile("minuta.pdf", b"MZ" + bytes(200), content_type="application/pdf")
    page = as_editor.post(marking, {"status": "confirmed", "evidence": "Reunión", "upload": program})
    assert (page.status_code, "no se puede subir" in page.content.decode()) == (422, True)
    assert "Reunión" in page.content.decode()
    assert as_editor.get(document).status_code == 404
    for name in ("minuta.pdf", "otra.pdf"):
        upload = SimpleUploadedFile(name, b"%PDF-1.4 " + name.encode())
        assert as_editor.post(marking, {"status": "confirmed", "upload": upload}).status_code == 302
    answer = as_editor.get(document)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 otra.pdf"
    assert 'filename="otra.pdf"' in answer["Content-Disposition"]
    with scope(organization=org):
        assert [one.name for one in AnswerFile.objects.all()] == ["otra.pdf"]
        assert AnswerMark.objects.get().answer == kept
    for person in (cast.viewer, cast.outsider):
        client = login(person)
        assert [client.get(url).status_code for url in (marking, document)] == [404, 404]
    page = login(cast.editor).post(marking, {"status": "confirmed", "drop_file": "on"})
    assert page.status_code == 422
    as_editor.post(marking, {"status": "confirmed", "drop_file": "on", "evidence": "Llamada"})
    with scope(organization=org):
        assert AnswerFile.objects.count() == 0


def test_readers_see_no_due_diligence(login, cast, org, ally):
    with scope(organization=org):
        Answer.objects.create(
            organization=org, prompt_key="S5.4.imagen", subject=f"aliado-{ally.pk}", version=1,
            value=[{"id": "a", "answer": "Mala fama en la zona", "rating": "", "evidence": ""}],
        )  # fmt: skip
    client = login(cast.viewer)
    page = client.get(reverse("aliado-paso", args=[org.slug, ally.pk, STEPS[2]])).content.decode()
    assert "Mala fama" not in page
    assert "confidencial" in page
    assert "Guardar la decisión" not in page
    assert client.post(reverse("decidir-aliado", args=[org.slug, ally.pk]), {"decision": "go"}).status_code == 403


def test_readers_find_protected_names_nowhere_in_the_file(login, cast, org, ally):
    make.make_actor(org, "Don Nadie", is_sensitive=True, alias="Vecino")
    said = [{"id": "a", "text": "Trato con Don Nadie"}]
    with scope(organization=org):
        for key, subject in [("S5.2.recursos_org", ""), ("S5.2.recursos_aliado", f"aliado-{ally.pk}")]:
            Answer.objects.create(organization=org, prompt_key=key, subject=subject, value=said, version=1)
        Ally.objects.update(state="paused", state_reason="Don Nadie se opuso", team="Quien conoce a Don Nadie")
    client = login(cast.viewer)
    addresses = [reverse("aliados", args=[org.slug]), reverse("aliado", args=[org.slug, ally.pk])]
    addresses += [reverse("aliado-paso", args=[org.slug, ally.pk, step]) for step in STEPS]
    for address in addresses:
        page = client.get(address).content.decode()
        assert "Don Nadie" not in page, address
    assert "Trato con Vecino" in client.get(addresses[2]).content.decode()


def test_an_ally_of_the_outcome_map_is_not_removed(as_editor, org, ally):
    make.make_outcome_row(org, ally=ally)
    page = as_editor.post(reverse("quitar-aliado", args=[org.slug, ally.pk]), follow=True).content.decode()
    assert "está en el mapa de resultados" in page
    with scope(organization=org):
        assert Ally.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_pages(as_editor, org, django_assert_num_queries, rows):
    for number in range(rows):
        ally = make.make_ally(org, actor=make.make_actor(org, f"Aliado {number}"))
    for name, more, queries in [
        ("aliados", [], 15),
        ("aliado", [ally.pk], 11),
        ("aliado-paso", [ally.pk, STEPS[1]], 10),
    ]:
        address = reverse(name, args=[org.slug, *more])
        as_editor.get(address)
        with django_assert_num_queries(queries):
            as_editor.get(address)
