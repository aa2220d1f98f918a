"""What hostile, hasty and simultaneous hands do to the route and its allies."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django_scopes import scope

from alianzas.models import Commitment
from ruta_critica.models import Ally, AnswerMark, JournalEntry
from sessions_app import curriculum
from sessions_app.models import Answer
from sessions_app.worksheets.services import save_answer
from sysmap.removals import delete_actor, merge_actors
from tests import factories as make

from .rows import PROMPT, adapt

STEP = "construccion_de_la_alianza"


@pytest.fixture
def ally(org):
    return make.make_ally(org, "Radio Azul")


def say(org, ally, key, value):
    facts = {"organization": org, "prompt_key": key, "subject": f"aliado-{ally.pk}"}
    with scope(organization=org):
        return Answer.objects.create(value=value, version=1, **facts)


# ── Names ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["\u200b\u200b", "\u2800", "\u3164", "\u202e\u200f", " \u00a0 "])
def test_a_name_that_nobody_sees_makes_no_ally(as_editor, org, name):
    page = as_editor.post(reverse("aliados", args=[org.slug]), {"name": name})
    assert page.status_code == 422
    with scope(organization=org):
        assert Ally.objects.count() == 0


def test_a_name_does_not_turn_the_page_around(as_editor, org):
    as_editor.post(reverse("aliados", args=[org.slug]), {"name": "\u202eRadio\u2066 Azul 📻"})
    with scope(organization=org):
        assert Ally.objects.get().name == "Radio Azul 📻"


@pytest.mark.parametrize("who", ["viewer", "manager"])
def test_readers_see_no_protected_name_that_allies_were_given(login, cast, org, who):
    typed = make.make_ally(org, "Banda del Cerro")
    on_the_map = make.make_ally(org, actor=make.make_actor(org, "Tienda de la Banda del Cerro"))
    make.make_actor(org, "Banda del Cerro", is_sensitive=True, alias="Actor Nube")
    client = login(getattr(cast, who))
    pages = [("aliados", []), ("plenaria", [])]
    for ally in (typed, on_the_map):
        pages += [("aliado", [ally.pk]), ("aliado-paso", [ally.pk, STEP]), ("aliado-cierre", [ally.pk])]
    for name, more in pages:
        said = client.get(reverse(name, args=[org.slug, *more])).content.decode()
        assert "Banda del Cerro" not in said, name
        assert "Actor Nube" in said, name
    page = login(cast.editor).get(reverse("aliado", args=[org.slug, typed.pk])).content.decode()
    assert "Banda del Cerro" in page


def test_readers_find_no_protected_name_in_earlier_versions(login, cast, org, ally):
    make.make_actor(org, "Banda del Cerro", is_sensitive=True, alias="Actor Nube")
    prompt, subject = curriculum.prompt("S5.3.q1"), f"aliado-{ally.pk}"
    with scope(organization=org):
        for version, text in enumerate(["Trato con la Banda del Cerro", "Otra cosa"]):
            facts = {"organization": org, "by": cast.editor, "prompt": prompt, "subject": subject}
            save_answer(**facts, value=[{"id": "a", "text": text}], version=version)
    earlier = reverse("aliado-versiones", args=[org.slug, ally.pk, STEP, "q1"])
    page = login(cast.viewer).get(earlier).content.decode()
    assert "Trato con la Actor Nube" in page
    assert "Banda del Cerro" not in page
    assert "Banda del Cerro" in login(cast.editor).get(earlier).content.decode()


def test_an_actor_merged_while_its_file_is_open_loses_nothing(as_editor, cast, org):
    kept, gone = make.make_actor(org, "Radio"), make.make_actor(org, "La Radio")
    ally, other = make.make_ally(org, actor=gone), make.make_ally(org, "Escuela")
    with scope(organization=org):
        with pytest.raises(ValidationError, match="es un aliado"):
            delete_actor(actor=gone, by=cast.editor)
        merge_actors(kept=kept, gone=gone, by=cast.editor)
    typed = {"q1-version": 0, "q1-id": "", "q1-text": "Audiencia joven", "q1-author": "", "q1-group": ""}
    for one in (ally, other):
        address = reverse("aliado-respuesta", args=[org.slug, one.pk, STEP, "q1"])
        assert as_editor.post(address, typed).status_code == 302
    page = as_editor.get(reverse("aliado-paso", args=[org.slug, ally.pk, STEP])).content.decode()
    assert "<title>Construcción de la alianza · Radio ·" in page
    assert "Audiencia joven" in page


# ── What would be lost ──────────────────────────────────────────────────────────────────────────────────────────────


def test_an_ally_with_answers_is_closed_not_removed(as_editor, org, ally):
    kept = say(org, ally, "S5.3.q1", [{"id": "a", "text": "Audiencia"}])
    gone = reverse("quitar-aliado", args=[org.slug, ally.pk])
    assert "ya tiene respuestas" in as_editor.post(gone, follow=True).content.decode()
    with scope(organization=org):
        Answer.objects.filter(pk=kept.pk).update(value=None)
    as_editor.post(gone)
    with scope(organization=org):
        assert Ally.objects.count() == 0


@pytest.mark.parametrize("is_off", [True, False])
def test_what_was_typed_in_a_step_that_somebody_took_off_is_kept(as_editor, cast, org, ally, is_off):
    adapt(org, cast.facilitator)
    with scope(organization=org):
        rows = Answer.objects.get(prompt_key=PROMPT.key).value
        left = [{**row, "active": False} if row["id"] == "primer_cafe" else row for row in rows]
        left = left if is_off else left[1:]
        save_answer(organization=org, by=cast.editor, prompt=PROMPT, subject="", value=left, version=1)
    place = [org.slug, ally.pk, STEP]
    assert as_editor.get(reverse("aliado-paso", args=place)).status_code == 404
    typed = {"q1-version": 0, "q1-id": "", "q1-text": "Audiencia joven", "q1-author": "", "q1-group": ""}
    answers = [
        as_editor.post(reverse("aliado-paso", args=place), typed, follow=True),
        as_editor.post(reverse("aliado-respuesta", args=[*place, "q1"]), typed | {"q1-version": 1}, follow=True),
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert "quitó «Primer café» de la ruta" in answers[0].content.decode()
    with scope(organization=org):
        kept = Answer.objects.get(prompt_key="S5.3.q1")
    assert [row["text"] for row in kept.value] == ["Audiencia joven"]


def test_what_was_typed_in_an_own_step_that_was_deleted_is_kept(as_editor, cast, org, ally):
    with scope(organization=org):
        adapt(org, cast.facilitator, [{"id": "k", "step": "", "own_name": "Kermés", "active": True, "order": 1}])
        step = as_editor.get(reverse("aliado", args=[org.slug, ally.pk])).context["row"].steps[0].step
        save_answer(organization=org, by=cast.editor, prompt=PROMPT, subject="", value=None, version=1)
    place = [org.slug, ally.pk, step.key]
    page = as_editor.post(reverse("aliado-paso", args=place), {"notas-version": 0, "notas": "Bailar"}, follow=True)
    assert "quitó «Kermés» de la ruta" in page.content.decode()
    with scope(organization=org):
        assert Answer.objects.get(prompt_key=f"R.{step.key}.notas").value == "Bailar"
    never = reverse("aliado-paso", args=[org.slug, ally.pk, "propio-00000000"])
    assert as_editor.post(never, {"notas-version": 0, "notas": "x"}).status_code == 404


def test_nobody_undoes_unseen_how_an_alliance_stands(as_editor, login, cast, org, ally):
    page, decide = (reverse(name, args=[org.slug, ally.pk]) for name in ("aliado", "decidir-aliado"))
    step = reverse("aliado-paso", args=[org.slug, ally.pk, "due_diligence"])
    for shown, address, key, first, second in [
        (
            page,
            page,
            "form",
            {"state": "paused", "state_reason": "Cambió"},
            {"state": "closed", "state_reason": "Fin"},
        ),
        (step, decide, "decision", {"decision": "no_go", "decision_reason": "Mala fama"}, {"decision": "go"}),
    ]:
        seen = as_editor.get(shown).context[key]["seen"].value()
        assert login(cast.facilitator).post(address, first | {"seen": seen}).status_code == 302
        refused = as_editor.post(address, second | {"seen": seen})
        assert refused.status_code == 409
        (name, value), (_, reason) = first.items()
        assert getattr(refused.context["ally"], name) == value
        assert reason in refused.content.decode()
        again = refused.context[key]["seen"].value()
        assert as_editor.post(address, second | {"seen": again}).status_code == 302
    with scope(organization=org):
        row = Ally.objects.get()
    assert (row.state, row.decision) == ("closed", "go")


def test_a_form_sent_again_with_other_words_is_another_entry(as_editor, org, ally):
    address = reverse("aliado-bitacora", args=[org.slug, ally.pk])
    sent = {"key": str(uuid4()), "kind": "contact", "text": "Hablamos", "on": "2026-01-02", "responsible": "Nadie"}
    for said in (sent, sent, sent | {"text": "Hablamos de otra cosa"}):
        assert as_editor.post(address, said).status_code == 302
    with scope(organization=org):
        entries = JournalEntry.objects.order_by("pk").values_list("text", flat=True)
        assert list(entries) == ["Hablamos", "Hablamos de otra cosa"]


def test_gaps_of_an_earlier_version_still_say_whose_they_are(as_editor, org, ally):
    address = reverse("aliado-paso", args=[org.slug, ally.pk, "implementacion"])
    for version, state in enumerate(["absent", "present"]):
        field = next(one for one in as_editor.get(address).context["fields"] if one.prompt.key == "S5.5.d")
        as_editor.post(field.url, {"d-version": version} | {item.name: state for item in field.controls.items})
    field = next(one for one in as_editor.get(address).context["fields"] if one.prompt.key == "S5.5.d")
    revision = as_editor.get(field.history_url).context["rows"][0][0]
    as_editor.post(field.history_url, {"revision": revision.pk, "d-version": 2})
    with scope(organization=org):
        found = list(Commitment.objects.filter(status="pending"))
    assert found
    assert all(one.title.startswith("Radio Azul: Completar: ") for one in found)


def test_an_earlier_version_with_a_day_that_has_passed_says_so(as_editor, cast, org, ally):
    say(org, ally, "S5.5.a_compromiso", [{"id": "a", "what": "Ir", "responsible": "Yo", "due_date": "2020-01-01"}])
    address = reverse("aliado-paso", args=[org.slug, ally.pk, "implementacion"])
    field = next(one for one in as_editor.get(address).context["fields"] if one.prompt.key == "S5.5.a_compromiso")
    facts = {"organization": org, "by": cast.editor, "prompt": field.prompt, "subject": f"aliado-{ally.pk}"}
    with scope(organization=org):
        save_answer(**facts, value=None, version=1)
    revision = as_editor.get(field.history_url).context["rows"][0][0]
    page = as_editor.post(field.history_url, {"revision": revision.pk, "a_compromiso-version": 2}, follow=True)
    assert "01/01/2020 ya pasó" in page.content.decode()


def test_a_confirmation_of_another_age_is_a_slip(as_editor, org, ally):
    say(org, ally, "S5.3.q1", [{"id": "a", "text": "Audiencia"}])
    marking = reverse("aliado-marca", args=[org.slug, ally.pk, STEP, "q1"])
    said = {"status": "confirmed", "evidence": "Junta"}
    page = as_editor.post(marking, said | {"confirmed_on": "0206-05-01"})
    assert page.status_code == 422
    assert "Revisa el año" in page.content.decode()
    as_editor.post(marking, said | {"confirmed_on": "2026-05-01"})
    with scope(organization=org):
        assert AnswerMark.objects.get().confirmed_on == date(2026, 5, 1)
