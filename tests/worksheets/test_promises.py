"""Commitments that are born in a worksheet say what is owed, never the question."""

import pytest
from django_scopes import scope

from alianzas.models import Commitment
from ruta_critica import closing
from sessions_app import curriculum
from sessions_app.worksheets import kinds, queries, services

PROMISING = [
    prompt
    for prompt in (*curriculum.prompts(), *closing.prompts().values())
    if prompt.commits or prompt.kind == "commitment" or (prompt.gaps and prompt.kind == "yesno")
]


@pytest.mark.parametrize("prompt", PROMISING, ids=lambda prompt: prompt.key)
def test_what_is_owed_is_a_sentence_of_its_own(prompt):
    assert prompt.promise
    assert "?" not in prompt.owed
    assert prompt.owed != prompt.text


@pytest.mark.parametrize("key", ["S5.5.c", "S5.6.q1", "S5.7.cierre_continuidad"])
def test_a_no_becomes_what_has_to_be_done(org, cast, key):
    prompt = curriculum.prompt(key)
    _answer(org, cast, prompt, {"answer": "no", "note": ""})
    with scope(organization=org):
        assert [one.title for one in Commitment.objects.all()] == [prompt.promise]


def test_who_and_when_without_what_are_kept_and_the_cell_stays_empty(org, cast):
    prompt = curriculum.prompt("S6.7.pasos")
    row = {"what": "", "horizon": "short", "responsible": "Dirección", "due_date": ""}
    _answer(org, cast, prompt, [row])
    with scope(organization=org):
        assert [(one.title, one.responsible) for one in Commitment.objects.all()] == [(prompt.promise, "Dirección")]
        [shown] = queries.answers_to([prompt]).of(prompt)
        assert shown.value[0]["what"] == ""


def _answer(org, cast, prompt, raw):
    with scope(organization=org):
        frame = queries.frame(prompt, "")
        services.save_answer(
            organization=org,
            by=cast.editor,
            prompt=prompt,
            subject="",
            value=kinds.clean(prompt, raw, frame),
            version=0,
        )
