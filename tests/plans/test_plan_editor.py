"""The texts of the Plan: drafted from data, written over, linked to what they came from; photos and participants."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django_scopes import scope

from alianzas.exports.blocks import PhotoGrid
from alianzas.models import Photo
from plans import queries
from plans.completeness import missing
from plans.deliverables import section_blocks
from plans.editor import texts
from plans.editor.drafts import SECTIONS, TEXTS
from plans.models import PlanText
from tests import factories as make


@pytest.fixture
def scoped(org):
    org.mission, org.vision = "Acompañar", "Barrios en paz"
    org.save()
    with scope(organization=org):
        yield org


def at(org, name, *args):
    return reverse(name, args=[org.slug, *args])


def write(client, org, key, text, **data):
    return client.post(at(org, "plan-texto", key), {"text": text, **data})


def fetch(client, org, key, text, **data):
    return client.post(at(org, "plan-texto", key), {"text": text, **data}, headers={"X-Requested-With": "fetch"})


def now(org, key):
    return texts.text_now(org, key)


def page(client, org):
    return client.get(at(org, "plan")).content.decode()


def make_photo(org, caption, **facts):
    facts = {"in_plan": True, "has_consent": True, **facts}
    with scope(organization=org):
        image = ContentFile(make.picture_bytes(format="JPEG"), name="foto.jpg")
        return Photo.objects.create(organization=org, caption=caption, image=image, **facts)


# ── Drafted from data ───────────────────────────────────────────────────────────────────────────────────────────────


def test_every_text_is_drafted_and_says_the_data(scoped):
    data = queries.plan_data(scoped)
    assert set(data.texts) == set(TEXTS)
    assert all(text.draft and not text.is_own for text in data.texts.values())
    assert "Barrios en paz" in data.texts["semblanza"].shown
    assert "Acompañar" in data.texts["semblanza"].shown
    assert "Manos Abiertas" in data.texts["purpose"].shown
    assert "derechos humanos" in data.texts["purpose"].shown


def test_the_conclusions_count_what_was_chosen(scoped):
    assert "eligió" not in now(scoped, "conclusions").draft
    row = make.make_outcome_row(scoped)
    assert "eligió una estrategia y busca avanzar con un potencial aliado" in now(scoped, "conclusions").draft
    make.make_outcome_row(scoped, row.strategy)
    make.make_outcome_row(scoped, make.make_strategy(scoped, priority=2), row.ally)
    assert "eligió dos estrategias y busca avanzar con dos potenciales aliados" in now(scoped, "conclusions").draft


def test_the_page_shows_the_sections_in_the_order_of_the_method(as_editor, scoped):
    shown = page(as_editor, scoped)
    places = [shown.index(f'id="seccion-{key}"') for key in SECTIONS]
    assert places == sorted(places)


# ── Written over, with the link kept ────────────────────────────────────────────────────────────────────────────────


def test_a_text_is_kept_and_is_what_the_document_says(as_editor, scoped):
    assert write(as_editor, scoped, "purpose", "Para llegar juntas.").status_code == 302
    assert now(scoped, "purpose").is_own
    assert "Para llegar juntas." in as_editor.get(at(scoped, "plan-documento")).content.decode()
    assert "Escrito por ustedes" in page(as_editor, scoped)


def test_an_edited_text_says_that_the_data_changed_and_what_they_say_now(as_editor, scoped):
    write(as_editor, scoped, "semblanza", "Somos vecinas.")
    assert "Los datos cambiaron" not in page(as_editor, scoped)
    scoped.vision = "Barrios con futuro"
    scoped.save()
    text = now(scoped, "semblanza")
    assert (text.shown, text.has_changed) == ("Somos vecinas.", True)
    shown = page(as_editor, scoped)
    assert "Los datos cambiaron" in shown
    assert "Barrios en paz" in shown  # what it was drafted from
    assert "Barrios con futuro" in shown
    assert [one.section for one in missing(queries.plan_data(scoped)) if one.url_name == "plan"] == ["semblanza"]


def test_keeping_ones_own_text_ends_the_question(as_editor, scoped):
    write(as_editor, scoped, "semblanza", "Somos vecinas.")
    scoped.vision = "Otra"
    scoped.save()
    as_editor.post(at(scoped, "plan-texto-decision", "semblanza", "conservar"))
    text = now(scoped, "semblanza")
    assert (text.shown, text.has_changed) == ("Somos vecinas.", False)


def test_taking_the_new_draft_sets_ones_own_aside_and_it_can_come_back(as_editor, scoped):
    write(as_editor, scoped, "semblanza", "Somos vecinas.")
    scoped.vision = "Barrios con futuro"
    scoped.save()
    as_editor.post(at(scoped, "plan-texto-decision", "semblanza", "tomar"))
    assert "Barrios con futuro" in now(scoped, "semblanza").shown
    as_editor.post(at(scoped, "plan-texto-decision", "semblanza", "recuperar"))
    assert now(scoped, "semblanza").shown == "Somos vecinas."
    assert not now(scoped, "semblanza").has_changed


@pytest.mark.parametrize("typed", ["", "draft"])
def test_an_empty_text_or_the_draft_itself_goes_back_to_the_draft(as_editor, scoped, typed):
    draft = now(scoped, "purpose").draft
    write(as_editor, scoped, "purpose", "Nuestro")
    write(as_editor, scoped, "purpose", draft if typed else "")
    assert not now(scoped, "purpose").is_own
    assert now(scoped, "purpose").shown == draft
    assert now(scoped, "purpose").set_aside == "Nuestro"


# ── Two people, bad input ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_stale_write_is_refused_with_both_texts(as_editor, scoped):
    draft = now(scoped, "purpose").draft
    assert fetch(as_editor, scoped, "purpose", "La primera", was=draft).json()["said"] == "La primera"
    answer = fetch(as_editor, scoped, "purpose", "La segunda", was=draft)
    assert answer.status_code == 409
    assert answer.json()["now"] == "La primera"
    assert now(scoped, "purpose").shown == "La primera"
    without_script = write(as_editor, scoped, "purpose", "La segunda", was=draft)
    assert without_script.status_code == 409
    assert "La primera" in without_script.content.decode()
    assert "La segunda" in without_script.content.decode()
    assert fetch(as_editor, scoped, "purpose", "La segunda", was="La primera").status_code == 200


def test_sending_the_same_twice_is_one_write(as_editor, scoped):
    for _ in range(2):
        assert fetch(as_editor, scoped, "purpose", "Una vez", was=now(scoped, "purpose").draft).status_code == 200
    assert PlanText.objects.get(key="purpose").version == 1


def test_a_text_over_a_draft_that_changed_meanwhile_is_not_a_conflict(as_editor, scoped):
    draft = now(scoped, "semblanza").draft
    scoped.vision = "Otra"
    scoped.save()
    assert fetch(as_editor, scoped, "semblanza", "Nuestra", was=draft).status_code == 200


def test_windows_line_breaks_are_no_change(as_editor, scoped):
    draft = now(scoped, "semblanza").draft
    write(as_editor, scoped, "semblanza", draft.replace("\n", "\r\n"), was=draft.replace("\n", "\r\n"))
    assert not PlanText.objects.exists()


def test_a_text_of_forty_thousand_characters_is_refused_and_stays_on_the_page(as_editor, scoped):
    answer = write(as_editor, scoped, "conclusions", "b" * 40_000)
    assert answer.status_code == 422
    assert "Acórtalo o divídelo" in answer.content.decode()
    assert "b" * 40_000 in answer.content.decode()
    assert fetch(as_editor, scoped, "conclusions", "b" * 40_000).status_code == 422
    assert not PlanText.objects.exists()


@pytest.mark.parametrize("key", ["cover", "photos", "no-hay"])
def test_what_is_no_text_is_404(as_editor, scoped, key):
    assert write(as_editor, scoped, key, "x").status_code == 404
    assert as_editor.post(at(scoped, "plan-texto-decision", key, "tomar")).status_code == 404


def test_readers_see_the_texts_and_no_form(login, cast, scoped):
    shown = page(login(cast.viewer), scoped)
    assert "Barrios en paz" in shown
    assert "<textarea" not in shown
    assert "Revisar y emitir" not in shown


def test_protected_names_are_hidden_in_the_editor_and_its_parts(login, cast, scoped):
    make.make_actor(scoped, "Zutano Perengano", is_sensitive=True, alias="Actor Z")
    texts.write_text(organization=scoped, by=cast.editor, key="purpose", text="Cuidado con Zutano Perengano")
    make.make_strategy(scoped, text="Hablar con Zutano Perengano", priority=1)
    client = login(cast.viewer)
    for name, args in (("plan", ()), ("plan-documento", ()), ("plan-seccion", ("purpose",)), ("plan-origen", ())):
        shown = client.get(at(scoped, name, *args)).content.decode()
        assert "Zutano" not in shown, name
        assert "Actor Z" in shown, name


# ── The preview ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_preview_has_a_part_for_each_section_with_ids_of_its_own(as_editor, scoped):
    make.make_outcome_row(scoped)
    shown = as_editor.get(at(scoped, "plan-documento"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in shown
    found = [key for key in SECTIONS if f'id="vista-{key}"' in shown]
    assert found == ["cover", "semblanza", "purpose", "objectives", "axes", "lines", "outcomes", "conclusions"]
    ids = [part.split('"')[0] for part in shown.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_one_part_comes_alone(as_editor, scoped):
    write(as_editor, scoped, "purpose", "Para llegar juntas.")
    shown = as_editor.get(at(scoped, "plan-seccion", "purpose")).content.decode()
    assert "Para llegar juntas." in shown
    assert "Semblanza de la organización" not in shown
    assert as_editor.get(at(scoped, "plan-seccion", "no-hay")).status_code == 404


# ── Photos ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_photos_are_chosen_and_put_in_order(as_editor, scoped):
    one, _, three = (make_photo(scoped, caption, position=n) for n, caption in enumerate("abc"))
    as_editor.post(at(scoped, "plan-foto", three.pk, "subir"))
    as_editor.post(at(scoped, "plan-foto", one.pk, "quitar"))
    assert [photo.caption for photo in queries.plan_data(scoped).photos] == ["c", "b"]
    as_editor.post(at(scoped, "plan-foto", one.pk, "elegir"))
    assert {photo.caption for photo in queries.plan_data(scoped).photos} == {"a", "b", "c"}


def test_a_photo_without_consent_stays_out_whatever_is_asked(as_editor, scoped):
    make_photo(scoped, "Con permiso")
    secret = make_photo(scoped, "Sin permiso", has_consent=False)
    assert [photo.caption for photo in queries.plan_data(scoped).photos] == ["Con permiso"]
    answer = as_editor.post(at(scoped, "plan-foto", secret.pk, "elegir"), follow=True)
    assert "no tiene registrado el consentimiento" in answer.content.decode()
    assert "se queda fuera" in answer.content.decode()
    assert "Sin permiso" not in as_editor.get(at(scoped, "plan-documento")).content.decode()


def test_a_photo_stands_where_its_activity_is_told_and_once_only(as_editor, scoped):
    make.make_attendance(scoped)
    make_photo(scoped, "El círculo", activity_key="S6.1")
    make_photo(scoped, "El muro", activity_key="S6.5")  # there are no axes yet to tell
    make_photo(scoped, "La ruta", activity_key="S3.2")
    data = queries.plan_data(scoped)
    found = {key: _captions(section_blocks(data, key)) for key in SECTIONS}
    assert {key: captions for key, captions in found.items() if captions} == {
        "participants": ["El círculo"],
        "photos": ["El muro", "La ruta"],
    }


def _captions(blocks):
    return [photo.caption for block in blocks if isinstance(block, PhotoGrid) for photo in block.photos]


def test_a_photo_of_another_organisation_is_404(as_editor, scoped, other_org):
    foreign = make_photo(other_org, "Ajena")
    assert as_editor.post(at(scoped, "plan-foto", foreign.pk, "quitar")).status_code == 404


# ── Hints ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_conclusions_have_the_lessons_and_the_reasons_beside_them(as_editor, scoped):
    from sessions_app.models import Answer

    rows = {"M.8.aciertos": "Escribir los acuerdos", "M.8.errores": "Prometer de más", "S1.3.q2": "En lo legal"}
    for key, text in rows.items():
        Answer.objects.create(organization=scoped, prompt_key=key, value=[{"id": "a", "text": text}])
    shown = page(as_editor, scoped).split('id="seccion-conclusions"')[1].split('id="seccion-photos"')[0]
    assert [text for text in rows.values() if text not in shown] == []
