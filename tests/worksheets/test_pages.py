"""The worksheets of every session on screen and as blocks, and how often they ask the database."""

import pytest
from django.urls import reverse
from django_scopes import scope

from alianzas.exports.base import render
from alianzas.exports.blocks import Brand, Bullets, Document, Figure, Heading, Paragraph, Table
from sessions_app import curriculum
from sessions_app.worksheets import access, kinds, queries, services
from sessions_app.worksheets.blocks import answer_blocks, blank_blocks, value_blocks
from sessions_app.worksheets.frames import frame_of

from .samples import sample, written_prompts

ACTIVITIES = [activity for activity in curriculum.activities() if activity.prompts]


def fill(org, by, session_key, teams=1):
    """Answer everything of a session; prompts of teams, `teams` times."""
    with scope(organization=org):
        for prompt in written_prompts():
            if curriculum.session_of(prompt.key).key != session_key:
                continue
            frame = queries.frame(prompt)
            for team in range(1, teams + 1 if prompt.scope == "GROUP" else 2):
                services.save_answer(
                    organization=org,
                    by=by,
                    prompt=prompt,
                    subject=access.subject_of(prompt, by, team),
                    value=kinds.clean(prompt, sample(prompt, frame), frame),
                    version=0,
                )


def page(client, org, activity):
    session = curriculum.session_of(activity.key).key
    return client.get(reverse("planilla", args=[org.slug, session, activity.key]))


@pytest.mark.parametrize("session", curriculum.sessions(), ids=lambda session: session.key)
def test_every_worksheet_opens_empty_and_answered_for_writers_and_readers(login, cast, org, session):
    for answered in (False, True):
        if answered:
            fill(org, cast.editor, session.key, teams=2)
        for person in (cast.editor, cast.viewer, cast.manager):
            client = login(person)
            assert client.get(reverse("planillas", args=[org.slug, session.key])).status_code == 200
            for activity in (one for one in session.activities if one.prompts):
                said = page(client, org, activity)
                assert said.status_code == 200, activity.key
                for prompt in activity.prompts:
                    assert f'id="campo-{prompt.key.rpartition(".")[2]}"' in said.content.decode()


def test_the_worksheets_of_sessions_one_to_four_ask_for_everything_in_writing(as_editor, org):
    """Whatever has no page of its own has a control."""
    for prompt in written_prompts():
        assert access.is_field(prompt)
    loose = [p.key for p in curriculum.prompts() if p.key[:2] in ("S1", "S3", "S4") and not access.is_field(p)]
    assert loose == ["S1.1.asistencia"]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("S6.1.asistencia", "registro"),
        ("S6.2.q1", "posibilidad"),
        ("S6.3.q1", "resultados"),
        ("S6.5.votos", "prioridades"),
        ("M.4.roles", "mapa"),
    ],
)
def test_data_with_a_page_of_its_own_are_linked_not_asked(as_editor, org, key, name):
    activity = curriculum.activity_of(key)
    text = page(as_editor, org, activity).content.decode()
    assert access.home_of(curriculum.prompt(key), org.slug, "6")[0] in text
    assert access.LABELS[name].split()[0] in text


def test_what_was_answered_before_is_shown_where_it_is_needed(as_editor, org, cast):
    fill(org, cast.editor, "1")
    text = page(as_editor, org, curriculum.activity("S4.2")).content.decode()
    assert "Lo que traemos" in text
    assert curriculum.prompt("S1.5.a").text in text
    assert reverse("planilla", args=[org.slug, "1", "S1.5"]) in text
    assert "Lo que traemos" not in page(as_editor, org, curriculum.activity("S4.7")).content.decode()


def test_a_question_that_depends_on_another_says_so(as_editor, org, cast):
    activity = curriculum.activity("S5.5")
    waiting = "Se contesta según lo que respondan a «¿Hay presentación base?»"
    assert page(as_editor, org, activity).content.decode().count(waiting) == 3
    prompt = curriculum.prompt("S5.5.c")
    with scope(organization=org):
        services.save_answer(
            organization=org,
            by=cast.editor,
            prompt=prompt,
            subject="",
            value={"answer": "yes", "note": ""},
            version=0,
        )
    assert page(as_editor, org, activity).content.decode().count(waiting) == 2


def test_teams_see_each_other(as_editor, org, cast):
    fill(org, cast.editor, "1", teams=3)
    text = page(as_editor, org, curriculum.activity("S1.3")).content.decode()
    assert "Lo que respondieron los demás equipos (2)" in " ".join(text.split())
    assert "?equipo=4" in text


@pytest.mark.parametrize("team", ["0", "13", "999999999999", "dos", "%00"])
def test_a_team_that_cannot_be_is_the_first_one(as_editor, org, team):
    url = reverse("planilla", args=[org.slug, "1", "S1.3"]) + f"?equipo={team}"
    assert 'aria-current="page">Equipo 1<' in as_editor.get(url).content.decode()


# ── Documents ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("activity", ACTIVITIES, ids=lambda activity: activity.key)
def test_every_activity_has_a_blank_that_can_be_printed(activity):
    blocks = blank_blocks(activity.key)
    asked = [p for p in activity.prompts if not p.derived and p.kind != "attendance"]
    assert len([block for block in blocks if isinstance(block, Heading) and block.level == 4]) == len(asked)
    document = Document("Prueba", Brand("Prueba"), blocks)
    assert b"doc-h4" in render(document, "html") or not asked


def test_the_blank_leaves_room_to_write_by_hand():
    blocks = blank_blocks("S1.5")
    assert sum(isinstance(block, Figure) for block in blocks) == 9
    steps = next(block for block in blank_blocks("S3.2") if isinstance(block, Table))
    assert steps.rows[0].cells[0] == "Recursos y bienes intercambiables"
    assert len(steps.rows) == 8


def test_the_answers_of_every_activity_can_be_printed(org, cast):
    for session in curriculum.sessions():
        fill(org, cast.editor, session.key, teams=2)
        with scope(organization=org):
            answers = queries.session_answers(session.key)
        for activity in session.activities:
            blocks = answer_blocks(activity.key, answers)
            render(Document("Prueba", Brand("Prueba"), blocks), "html")
            shown = [p for p in activity.prompts if access.is_field(p) and p.kind in kinds.WRITTEN]
            shown = [p for p in shown if not (p.private or p.confidential)]
            assert len([block for block in blocks if isinstance(block, Heading)]) == len(shown), activity.key


def test_what_is_private_confidential_or_risky_stays_out_of_documents(org, cast):
    fill(org, cast.editor, "4")
    fill(org, cast.editor, "2")
    with scope(organization=org):
        fourth, second = queries.session_answers("4"), queries.session_answers("2")
        assert {"S4.9.experiencias", "S4.8.confianza"}.isdisjoint(fourth.by_prompt)
    assert answer_blocks("S4.9", fourth) == answer_blocks("S4.8", fourth) == []
    actors = answer_blocks("S2.2", second)[1]
    assert isinstance(actors, Paragraph)
    assert actors.style == "note"
    assert isinstance(answer_blocks("S2.2", second, sensitive=True)[1], Paragraph | Bullets)


def test_notes_are_read_by_theme_with_their_author():
    prompt = curriculum.prompt("S1.3.q1")
    value = kinds.clean(prompt, sample(prompt), frame_of(prompt))
    assert value_blocks(prompt, value) == [
        Paragraph("Alcance", "note"),
        Bullets(["Una idea (Dirección)"]),
        Bullets(["Otra"]),
    ]


# ── Queries ─────────────────────────────────────────────────────────────────────────────────────────────────────────

# Session, user and access are three of each; how far the organisation is, 30 without strategies.
QUERIES = {"planillas": 33, "S1.3": 34, "S1.4": 35, "S3.2": 38, "S4.4": 36, "S5.5": 38}


@pytest.mark.parametrize("teams", [1, 3])
@pytest.mark.parametrize("what", QUERIES)
def test_queries_of_a_page(as_editor, org, cast, django_assert_num_queries, what, teams):
    for session in ("1", "3", "4", "5"):
        fill(org, cast.editor, session, teams)
    session = "1" if what == "planillas" else curriculum.session_of(what).key
    args = [org.slug, session] + ([] if what == "planillas" else [what])
    url = reverse("planillas" if what == "planillas" else "planilla", args=args)
    as_editor.get(url)
    with django_assert_num_queries(QUERIES[what]):
        assert as_editor.get(url).status_code == 200


@pytest.mark.parametrize("teams", [1, 3])
def test_queries_of_the_record_of_a_session(org, cast, django_assert_num_queries, teams):
    fill(org, cast.editor, "1", teams)
    with scope(organization=org), django_assert_num_queries(4):
        queries.session_answers("1")


def test_queries_of_saving_one_field(as_editor, org, django_assert_num_queries):
    url = reverse("planilla-campo", args=[org.slug, "1", "S1.3", "reflexion"])
    form = {"reflexion": "Uno", "version": "0"}
    as_editor.post(url, form, headers={"HX-Request": "true"})
    with django_assert_num_queries(7):
        as_editor.post(url, {"reflexion": "Uno y dos", "version": "1"}, headers={"HX-Request": "true"})
