"""The page of the route: picture, list, what was drawn by hand, and the questions that it is made of."""

import re

import pytest
from django.urls import reverse
from django_scopes import scope

from sessions_app.models import Answer, AnswerFile
from tests import factories as make
from tests.ruta_critica.rows import ROWS, adapt, take_photo

SECRET = "Comandante Robles"


@pytest.fixture
def address(org):
    return reverse("ruta", args=[org.slug])


def page_of(client, address, **facts):
    answer = client.get(address, **facts)
    assert answer.status_code == 200
    return answer.content.decode()


def listed(page):
    """What the list says, without the picture."""
    return page[page.index('<ol class="route-steps">') : page.index("</ol>", page.index('<ol class="route-steps">'))]


def test_before_anybody_adapts_it_the_route_is_the_method(as_editor, address):
    page = page_of(as_editor, address)
    assert "Por ahora son los pasos del método" in page
    assert re.findall(r"<h3>([^<]+)</h3>", listed(page))[2:4] == ["Due Diligence (debida diligencia)", "Implementación"]
    assert page.count("<svg xmlns") == 2  # for a wide screen and for a phone
    assert 'class="route-remarks"' not in page


def test_the_adapted_route_is_drawn_and_listed_with_everything(as_editor, cast, org, address):
    adapt(org, cast.editor)
    page = page_of(as_editor, address)
    said = listed(page)
    assert re.findall(r"<h3>([^<]+?) ?<", said) == ["Primer café", "Evaluación y reporte", "Celebrar en la colonia"]
    for fact in ("Construcción de la alianza", "Una visita antes de hablar de dinero", "Dirección general",
                 "Comités del poniente", "Visita a la colonia", "La visita va primero", "no por ahora"):  # fmt: skip
        assert fact in said
    assert page.count('data-active="false"') == 2


def test_a_step_renamed_to_nothing_is_told_above_the_fields_to_who_edits(as_editor, login, cast, org, address):
    adapt(org, cast.editor)
    page = page_of(as_editor, address)
    remark = "El paso 2 no tiene nombre propio: se queda con el del método, «Evaluación y reporte»."
    assert page.index(remark) < page.index('id="campo-pasos"')
    assert remark not in page_of(login(cast.viewer), address)


def test_the_questions_are_on_the_page_and_what_the_picture_is_made_of_goes_first(as_editor, org, address):
    page = page_of(as_editor, address)
    assert re.findall(r'id="campo-(\w+)"', page) == ["pasos", "dibujo", "foto", "reflexion"]
    assert f'action="/o/{org.slug}/sesiones/3/planillas/S3.2/"' in page
    assert 'name="pasos-own_elements"' in page


def test_an_answer_without_javascript_reaches_the_route(as_editor, org, address):
    keys = ("step", "own_name", "active", "order", "what_we_do_today", "people", "contacts", "own_elements",
            "adaptation_note")  # fmt: skip
    form = {f"pasos-{key}": [""] for key in keys} | {"pasos-id": [""], "pasos-version": "0"}
    form |= {"pasos-own_name": ["Sobremesa"], "pasos-own_elements": ["Café de olla\nPan"]}
    assert as_editor.post(reverse("planilla", args=[org.slug, "3", "S3.2"]), form).status_code == 302
    assert "Café de olla · Pan" in listed(page_of(as_editor, address))


def test_htmx_gets_only_what_follows_the_answers(as_editor, cast, org, address):
    adapt(org, cast.editor)
    part = page_of(as_editor, address, headers={"HX-Request": "true"})
    assert "Primer café" in listed(part)
    assert "<html" not in part
    assert 'id="campo-pasos"' not in part


def test_who_only_reads_finds_no_form(login, cast, org, address):
    adapt(org, cast.editor)
    page = page_of(login(cast.viewer), address)
    assert "Primer café" in listed(page)
    assert 'id="planilla"' not in page
    assert login(cast.viewer).post(address).status_code == 403
    assert login(cast.editor).post(address).status_code == 405


def test_names_that_put_somebody_at_risk_are_not_drawn_nor_listed(login, cast, org, address):
    make.make_actor(org, SECRET, is_sensitive=True, alias="Actor B")
    adapt(
        org,
        cast.editor,
        [{**ROWS[0], "people": [SECRET], "contacts": f"Primo de {SECRET}", "own_name": f"Ver a {SECRET}"}],
    )
    for person in (cast.viewer, cast.editor):
        page = page_of(login(person), address)
        above = page[: page.index('id="adaptar"')]
        assert SECRET not in above
        assert "Primo de Actor B" in above
    assert SECRET not in page_of(login(cast.viewer), address)


def test_the_first_illustration_stands_beside_the_list(as_editor, cast, org, address):
    assert "Nuestra primera ilustración" not in page_of(as_editor, address)
    photo = take_photo(org)
    with scope(organization=org):
        facts = {"organization": org, "prompt_key": "S3.2.dibujo", "name": "d.jpg", "media_type": "image/jpeg"}
        drawing = AnswerFile.objects.create(**facts, file="d.jpg")
    page = page_of(as_editor, address)
    assert reverse("foto", args=[org.slug, photo.pk]) in page
    assert f'src="{reverse("planilla-archivo", args=[org.slug, "3", "S3.2", "dibujo", drawing.pk])}"' in page


@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', "👩‍👩‍👧‍👦" * 50, "x" * 600])
def test_hostile_words_are_shown_as_words(as_editor, cast, org, address, hostile):
    adapt(
        org, cast.editor, [{**ROWS[0], "own_name": hostile, "people": [hostile[:150]], "own_elements": [hostile[:150]]}]
    )
    assert "<script>alert" not in page_of(as_editor, address)


def test_a_row_that_names_an_unknown_step_is_a_step_of_its_own(as_editor, cast, org, address):
    adapt(org, cast.editor)
    with scope(organization=org):
        Answer.objects.update(value=[{"id": "viejo", "step": "un_paso_retirado", "own_name": ""}])
    assert "Paso sin nombre" in listed(page_of(as_editor, address))


# session, user and access are three; then the answer, two of the veil, two of the illustration, and the worksheet.
@pytest.mark.parametrize("times", [1, 3])
def test_queries_of_the_page(as_editor, cast, org, address, django_assert_num_queries, times):
    adapt(org, cast.editor, [{**row, "id": f"{row['id']}{n}"} for n in range(times) for row in ROWS])
    for _ in range(times):
        take_photo(org)
    as_editor.get(address)
    with django_assert_num_queries(13):
        assert as_editor.get(address).status_code == 200
