"""The four considerations as a self-check of the organisation."""

import pytest
from django.urls import reverse
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.library import selfcheck, shelf
from sessions_app.models import Answer

KEYS = [one.key for one in shelf.considerations()]
TITLES = [one.title for one in shelf.considerations()]


def at(org, name="consideraciones", *args):
    return reverse(name, args=[org.slug, *args])


def answer(client, org, key, said, note="", version=0, **more):
    data = {f"{key}-version": version, key: said, f"{key}-note": note, **more}
    return client.post(at(org, "consideracion", key), data, headers={"HX-Request": "true"})


def kept(org, key):
    with scope(organization=org):
        row = Answer.objects.filter(prompt_key=f"{selfcheck.KEY}.{key}").first()
        return row and row.value


def page_of(client, org):
    return client.get(at(org)).content.decode()


def test_each_consideration_is_asked_with_its_question(as_editor, org):
    page = page_of(as_editor, org)
    for one in shelf.considerations():
        assert f"{one.title}. {one.question}" in page
        assert one.text in page
    assert f"0 de 4 en orden; sin contestar: {', '.join(TITLES)}." in page


def test_an_answer_saves_itself_and_says_so_to_the_summary(as_editor, org):
    response = answer(as_editor, org, KEYS[0], "yes", "Hay reglas escritas")
    assert response.status_code == 200
    assert response["HX-Trigger"] == "answer-saved"
    assert kept(org, KEYS[0]) == {"answer": "yes", "note": "Hay reglas escritas"}
    assert "1 de 4 en orden" in page_of(as_editor, org)


def test_a_whole_page_is_saved_without_javascript(as_editor, org):
    data = {}
    for key, said in zip(KEYS, ["yes", "no", "yes", "partly"], strict=True):
        data |= {f"{key}-version": "0", key: said, f"{key}-note": ""}
    assert as_editor.post(at(org), data).headers["Location"] == at(org)
    page = page_of(as_editor, org)
    assert f"2 de 4 en orden; falta: {TITLES[1]}; a medias: {TITLES[3]}." in page


def test_a_stale_answer_shows_both(as_editor, org):
    answer(as_editor, org, KEYS[1], "yes", "Ya está quien coordina")
    response = answer(as_editor, org, KEYS[1], "no", "Falta quien diseñe")
    assert response.status_code == 409
    assert "HX-Trigger" not in response
    assert "Ya está quien coordina" in response.content.decode()
    assert "Falta quien diseñe" in response.content.decode()
    assert kept(org, KEYS[1])["answer"] == "yes"


def test_an_unknown_answer_is_refused_and_nothing_is_kept(as_editor, org):
    assert answer(as_editor, org, KEYS[0], "tal vez").status_code == 422
    assert kept(org, KEYS[0]) is None


def test_a_consideration_that_does_not_exist_is_not_found(as_editor, org):
    assert answer(as_editor, org, "otra", "yes").status_code == 404


def test_an_earlier_answer_comes_back(as_editor, org):
    answer(as_editor, org, KEYS[0], "yes", "Antes")
    answer(as_editor, org, KEYS[0], "no", "Ahora", version=1)
    versions = at(org, "consideracion-versiones", KEYS[0])
    assert "Antes" in as_editor.get(versions).content.decode()
    with scope(organization=org):
        revision = Answer.objects.get(prompt_key=f"{selfcheck.KEY}.{KEYS[0]}").revisions.get()
    back = as_editor.post(versions, {"revision": revision.pk, f"{KEYS[0]}-version": 2})
    assert back.headers["Location"].startswith(at(org))
    assert kept(org, KEYS[0]) == {"answer": "yes", "note": "Antes"}


@pytest.mark.parametrize("who", ["viewer", "manager"])
def test_who_reads_sees_what_is_answered_and_cannot_write(login, cast, as_editor, org, who):
    answer(as_editor, org, KEYS[2], "partly", "<b>Falta</b> acordarlo")
    client = login(getattr(cast, who))
    page = page_of(client, org)
    assert "&lt;b&gt;Falta&lt;/b&gt; acordarlo" in page
    assert "En parte" in page
    assert 'type="radio"' not in page
    assert answer(client, org, KEYS[2], "yes", version=1).status_code == 403
    assert kept(org, KEYS[2])["answer"] == "partly"


def test_the_considerations_of_another_organisation_do_not_exist(login, cast, other_org):
    assert login(cast.editor).get(at(other_org)).status_code == 404


@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["yes", "no", "partly", ""])))
def test_every_consideration_is_counted_once(said):
    found = selfcheck.summary({key: {"answer": answer, "note": ""} for key, answer in said.items()})
    assert found.asked == 4
    assert found.in_order == list(said.values()).count("yes")
    rest = [*found.partly, *found.missing, *found.unanswered]
    assert len(rest) == len(set(rest)) == 4 - found.in_order
