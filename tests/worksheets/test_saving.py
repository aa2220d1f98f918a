"""Saving a field: what is kept, what is refused, and that nobody overwrites anybody."""

import json
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django_scopes import scope

from alianzas.concurrency import Changed
from alianzas.models import Commitment
from sessions_app import curriculum
from sessions_app.models import Answer, AnswerRevision
from sessions_app.worksheets import kinds, queries, services
from sessions_app.worksheets.frames import frame_of
from tests import factories as make

HTMX = {"headers": {"HX-Request": "true"}}


def address(org, key, name="planilla-campo", *more):
    activity, _, field = key.rpartition(".")
    session = curriculum.session_of(key).key
    return reverse(name, args=[org.slug, session, activity, field, *more])


def post(client, org, key, query="", htmx=True, **form):
    return client.post(address(org, key) + query, form, **(HTMX if htmx else {}))


def packed(**controls):
    return {"campos": json.dumps({name.replace("__", "-"): value for name, value in controls.items()})}


def answer(org, key, subject=""):
    with scope(organization=org):
        return Answer.objects.filter(prompt_key=key, subject=subject).first()


def write(org, by, key, value, subject="", version=None):
    prompt = curriculum.prompt(key)
    with scope(organization=org):
        kept = Answer.objects.filter(prompt_key=key, subject=subject).first()
        return services.save_answer(
            organization=org,
            by=by,
            prompt=prompt,
            subject=subject,
            value=kinds.clean(prompt, value, frame_of(prompt)),
            version=(kept.version if kept else 0) if version is None else version,
        )


def test_a_field_saves_itself_and_says_when(as_editor, org, cast):
    said = post(as_editor, org, "S1.3.reflexion", reflexion="Nos necesitamos", version="0")
    assert said.status_code == 200
    assert "Guardado" in said.content.decode()
    assert said["X-Answer-Version"] == "1"
    kept = answer(org, "S1.3.reflexion")
    assert (kept.value, kept.version, kept.author) == ("Nos necesitamos", 1, cast.editor)


def test_packed_controls_are_the_same_as_plain_ones(as_editor, org):
    controls = packed(
        **{"q1__id": ["a", "b"], "q1__text": ["uno", "dos"], "q1__author": ["", "Ana"], "q1__group": ["", ""]}
    )
    assert post(as_editor, org, "S1.3.q1", version="0", **controls).status_code == 200
    assert [note["text"] for note in answer(org, "S1.3.q1", "equipo-1").value] == ["uno", "dos"]


def test_an_empty_field_that_was_never_answered_makes_no_row(as_editor, org):
    assert post(as_editor, org, "S1.3.reflexion", reflexion=" ", version="0").status_code == 200
    assert answer(org, "S1.3.reflexion") is None


@pytest.mark.parametrize(
    ("key", "form", "message"),
    [
        ("S1.3.reflexion", {"reflexion": "x" * 40_000}, "caben 6,000"),
        ("S1.1.prioridad", {"prioridad": "inmensa"}, "no está en la lista"),
        ("S1.3.q1", {"campos": "{no es json"}, "no llegó completa"),
        ("S1.3.q1", packed(**{"q1__id": ["a"], "q1__text": []}), "no llegó completa"),
        ("S1.3.reflexion", {"reflexion": "x", "version": "menos uno"}, "no llegó completa"),
        (
            "S4.1.alianzas",
            packed(**{f"alianzas__{c}": ["x"] * 500 for c in ("id", "alliance", "why", "learning")}),
            "Son 500 renglones",
        ),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_changes(as_editor, org, cast, key, form, message):
    subject = "equipo-1" if key == "S1.3.q1" else ""
    before = {"S1.3.reflexion": "Lo de antes", "S1.1.prioridad": {"choice": "low"}, "S1.3.q1": [{"text": "antes"}]}
    if key in before:
        write(org, cast.editor, key, before[key], subject)
    kept = answer(org, key, subject)
    said = post(as_editor, org, key, **{"version": "1", **form})
    assert said.status_code == 422
    assert message in said.content.decode()
    now = answer(org, key, subject)
    assert (now and now.value) == (kept and kept.value)


def test_an_older_version_never_overwrites_and_both_texts_are_shown(as_editor, org, cast):
    write(org, cast.editor, "S1.3.reflexion", "Primera")
    write(org, cast.facilitator, "S1.3.reflexion", "La de la facilitadora")
    said = post(as_editor, org, "S1.3.reflexion", reflexion="La del equipo", version="1")
    page = said.content.decode()
    assert said.status_code == 409
    assert said["HX-Retarget"] == "#conflicto-reflexion"
    for text in ("La de la facilitadora", "La del equipo", "Juntar los dos", "Dejar lo guardado", "Dejar lo mío"):
        assert text in page
    assert str(cast.facilitator) in page
    assert answer(org, "S1.3.reflexion").value == "La de la facilitadora"


@pytest.mark.parametrize(("decision", "kept"), [("guardado", "Suya"), ("mio", "Mía"), ("ambos", "Suya\nMía")])
def test_the_two_texts_are_settled_with_a_button(as_editor, org, cast, decision, kept):
    write(org, cast.facilitator, "S1.3.reflexion", "Primera")
    write(org, cast.facilitator, "S1.3.reflexion", "Suya")
    form = packed(reflexion=["Mía"]) | {"version": "2", "decision": decision}
    said = post(as_editor, org, "S1.3.reflexion", **form)
    assert said.status_code == 200
    assert 'id="campo-reflexion"' in said.content.decode()
    assert answer(org, "S1.3.reflexion").value == kept


def test_settling_works_without_javascript_too(as_editor, org, cast):
    write(org, cast.facilitator, "S1.3.reflexion", "Suya")
    first = post(as_editor, org, "S1.3.reflexion", htmx=False, reflexion="Mía", version="0")
    assert first.status_code == 409
    assert "<html" in first.content.decode()
    form = packed(reflexion=["Mía"]) | {"version": "1", "decision": "ambos"}
    assert post(as_editor, org, "S1.3.reflexion", htmx=False, **form).status_code == 302
    assert answer(org, "S1.3.reflexion").value == "Suya\nMía"


def test_a_text_too_long_when_joined_stays_a_choice(as_editor, org, cast):
    write(org, cast.facilitator, "S1.3.reflexion", "a" * 4000)
    form = packed(reflexion=["b" * 4000]) | {"version": "1", "decision": "ambos"}
    said = post(as_editor, org, "S1.3.reflexion", **form)
    assert said.status_code == 409
    assert "caben 6,000" in said.content.decode()
    assert "b" * 4000 in said.content.decode()


def test_identical_texts_are_no_conflict(as_editor, org, cast):
    write(org, cast.facilitator, "S1.3.reflexion", "Lo mismo")
    said = post(as_editor, org, "S1.3.reflexion", reflexion="Lo mismo", version="0")
    assert said.status_code == 200
    assert said["X-Answer-Version"] == "1"


def test_an_older_list_is_joined_note_by_note(as_editor, org, cast):
    write(org, cast.facilitator, "S1.3.temas", [{"id": "a", "text": "Voz"}])
    write(org, cast.facilitator, "S1.3.temas", [{"id": "a", "text": "Voz"}, {"id": "b", "text": "Suya"}])
    mine = {"temas__id": ["a", "c"], "temas__text": ["Voz", "Mía"], "temas__author": ["", ""], "temas__group": ["", ""]}
    post(as_editor, org, "S1.3.temas", version="2", decision="ambos", **packed(**mine))
    assert [note["text"] for note in answer(org, "S1.3.temas").value] == ["Voz", "Suya", "Mía"]


def test_earlier_values_are_kept_and_come_back(as_editor, org, cast):
    write(org, cast.facilitator, "S1.3.reflexion", "La primera")
    write(org, cast.editor, "S1.3.reflexion", "Otra cosa")
    url = address(org, "S1.3.reflexion", "planilla-versiones")
    assert "La primera" in as_editor.get(url).content.decode()
    with scope(organization=org):
        earlier = AnswerRevision.objects.get()
    as_editor.post(url, {"revision": earlier.pk, "reflexion-version": "2"})
    kept = answer(org, "S1.3.reflexion")
    assert (kept.value, kept.version) == ("La primera", 3)
    with scope(organization=org):
        assert [one.value for one in AnswerRevision.objects.all()] == ["Otra cosa", "La primera"]


def test_restoring_over_a_newer_text_is_refused(as_editor, org, cast):
    write(org, cast.facilitator, "S1.3.reflexion", "La primera")
    write(org, cast.editor, "S1.3.reflexion", "Otra cosa")
    with scope(organization=org):
        earlier = AnswerRevision.objects.get()
    write(org, cast.facilitator, "S1.3.reflexion", "La más nueva")
    as_editor.post(
        address(org, "S1.3.reflexion", "planilla-versiones"), {"revision": earlier.pk, "reflexion-version": "2"}
    )
    assert answer(org, "S1.3.reflexion").value == "La más nueva"


def test_going_on_writing_makes_no_revision_and_taking_away_does(org, cast):
    write(org, cast.editor, "S1.3.reflexion", "Hola")
    write(org, cast.editor, "S1.3.reflexion", "Hola a todo el grupo")
    with scope(organization=org):
        assert not AnswerRevision.objects.exists()
    write(org, cast.editor, "S1.3.reflexion", "")
    with scope(organization=org):
        assert [one.value for one in AnswerRevision.objects.all()] == ["Hola a todo el grupo"]


def test_each_person_and_team_has_an_answer_of_its_own(login, org, cast):
    for person, text in ((cast.editor, "mía"), (cast.facilitator, "tuya")):
        form = {"definicion-id": "a", "definicion-text": text, "definicion-author": "", "definicion-group": ""}
        assert post(login(person), org, "S1.1.definicion", version="0", **form).status_code == 200
    assert answer(org, "S1.1.definicion", f"persona-{cast.editor.pk}").value[0]["text"] == "mía"
    form = {"q1-id": "a", "q1-text": "del dos", "q1-author": "", "q1-group": "", "version": "0"}
    post(login(cast.editor), org, "S1.3.q1", "?equipo=2", **form)
    assert answer(org, "S1.3.q1", "equipo-2").value[0]["text"] == "del dos"
    assert answer(org, "S1.3.q1", "equipo-1") is None


def test_a_commitment_is_one_row_however_often_it_is_saved(as_editor, org):
    key = "S5.5.c_borrador"
    form = {"c_borrador-id": "uno", "c_borrador-responsible": "Comunicación", "c_borrador-due_date": "2099-03-15"}
    post(as_editor, org, key, version="0", **form, **{"c_borrador-what": "Borrador"})
    post(as_editor, org, key, version="1", **form, **{"c_borrador-what": "Borrador de la presentación"})
    with scope(organization=org):
        row = Commitment.objects.get()
    assert (row.title, row.responsible, str(row.due_date)) == (
        "Borrador de la presentación",
        "Comunicación",
        "2099-03-15",
    )
    assert row.source == key
    assert answer(org, key).value[0]["commitment"] == row.pk


def test_rows_that_commit_become_commitments_and_leave_with_them(org, cast):
    steps = [{"id": "a", "what": "Llamar"}, {"id": "b", "what": "Visitar", "responsible": "Dirección"}]
    write(org, cast.editor, "M.9.pasos", steps)
    with scope(organization=org):
        assert set(Commitment.objects.values_list("title", flat=True)) == {"Llamar", "Visitar"}
        Commitment.objects.filter(title="Llamar").update(status="done")
    write(org, cast.editor, "M.9.pasos", [])
    with scope(organization=org):
        assert list(Commitment.objects.values_list("title", flat=True)) == ["Llamar"]  # somebody did it: it stays


def test_a_form_cannot_take_over_somebody_elses_commitment(as_editor, org):
    make_one = make._make(Commitment, org, title="De otra parte", source="S6.6")
    rows = {
        "c_borrador__id": ["a"],
        "c_borrador__what": ["Mío"],
        "c_borrador__responsible": [""],
        "c_borrador__due_date": [""],
    }
    post(as_editor, org, "S5.5.c_borrador", version="0", **packed(**rows, c_borrador__commitment=[str(make_one.pk)]))
    make_one.refresh_from_db()
    assert make_one.title == "De otra parte"


def test_a_worksheet_shows_what_the_commitment_says_today(as_editor, org, cast):
    write(org, cast.editor, "S5.5.c_borrador", [{"id": "a", "what": "Borrador"}])
    with scope(organization=org):
        Commitment.objects.update(title="Borrador revisado", responsible="Dirección")
        said = queries.answers_to([curriculum.prompt("S5.5.c_borrador")])
        assert said.by_prompt["S5.5.c_borrador"][0].value[0]["what"] == "Borrador revisado"


def test_the_trust_check_is_seen_only_by_its_author(login, org, cast):
    form = {"credibility": "8", "reliability": "8", "intimacy": "8", "self_orientation": "4"}
    said = post(
        login(cast.editor), org, "S4.8.confianza", version="0", **{f"confianza-{k}": v for k, v in form.items()}
    )
    assert "<strong>6" in said.content.decode()
    for person in (cast.facilitator, cast.viewer, cast.manager):
        page = login(person).get(reverse("planilla", args=[org.slug, "4", "S4.8"])).content.decode()
        assert "<strong>6" not in page
        assert 'value="8"' not in page
    with scope(organization=org):
        assert queries.session_answers("4").by_prompt == {}


def test_a_confidential_answer_is_hidden_from_readers(login, org, cast):
    write(org, cast.editor, "S4.9.experiencias", [{"text": "Pasó algo delicado"}])
    url = reverse("planilla", args=[org.slug, "4", "S4.9"])
    assert "Pasó algo delicado" in login(cast.facilitator).get(url).content.decode()
    for person in (cast.viewer, cast.manager):
        client = login(person)
        assert "Pasó algo delicado" not in client.get(url).content.decode()
        assert (
            "Pasó algo delicado" not in client.get(reverse("planilla", args=[org.slug, "4", "S4.10"])).content.decode()
        )
        assert client.get(address(org, "S4.9.experiencias", "planilla-versiones")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "sesiones/9/planillas/",
        "sesiones/1/planillas/S9.9/",
        "sesiones/1/planillas/S1.B1/",
        "sesiones/2/planillas/S1.3/",
        "sesiones/1/planillas/S1.3/q9/",
        "sesiones/1/planillas/S1.1/asistencia/",
        "sesiones/6/planillas/S6.2/q1/",
        "sesiones/3/planillas/S3.2/dibujo/",
    ],
)
def test_what_does_not_exist_is_404(as_editor, org, path):
    assert as_editor.get(f"/o/{org.slug}/{path}").status_code == 404
    assert as_editor.post(f"/o/{org.slug}/{path}", {}).status_code in (404, 405)


def test_another_organisations_answers_are_never_read_or_written(login, cast, org, other_org):
    write(other_org, cast.stranger, "S1.3.reflexion", "De otra organización")
    client = login(cast.editor)
    assert "De otra" not in client.get(reverse("planilla", args=[org.slug, "1", "S1.3"])).content.decode()
    with scope(organization=other_org):
        theirs = Answer.objects.get()
        theirs_earlier = AnswerRevision.objects.create(organization=other_org, answer=theirs, value="x", version=1)
    write(org, cast.editor, "S1.3.reflexion", "Nuestra")
    form = {"revision": theirs_earlier.pk, "reflexion-version": "1"}
    assert client.post(address(org, "S1.3.reflexion", "planilla-versiones"), form).status_code == 404
    assert post(client, other_org, "S1.3.reflexion", reflexion="x", version="1").status_code == 404


# ── The whole worksheet at once, without JavaScript ─────────────────────────────────────────────────────────────────


def whole(client, org, key, **changes):
    """Send a worksheet as a browser would: every control as it stands, with `changes`."""
    url = reverse("planilla", args=[org.slug, curriculum.session_of(key).key, key])
    return client.post(
        url, form_of(client.get(url).content.decode()) | {k.replace("__", "-"): v for k, v in changes.items()}
    )


def form_of(page):
    class Reader(HTMLParser):
        def __init__(self):
            super().__init__(convert_charrefs=True)
            self.pairs, self.inside, self.skip = {}, None, 0

        def handle_starttag(self, tag, attrs):
            attrs = dict(attrs)
            self.skip += tag in ("template", "noscript")
            if self.skip or attrs.get("form") != "planilla" or tag == "button":
                if tag == "option" and self.inside and (self.inside not in self.pairs or "selected" in attrs):
                    self.pairs[self.inside] = attrs["value"]
                return
            if tag == "input" and attrs.get("type") in ("radio", "checkbox") and "checked" not in attrs:
                return
            if tag == "input":
                self.pairs[attrs["name"]] = attrs.get("value", "on")
            else:
                self.inside = attrs["name"]

        def handle_endtag(self, tag):
            self.skip -= tag in ("template", "noscript")
            if tag in ("textarea", "select"):
                if tag == "textarea" and self.inside:
                    self.pairs.setdefault(self.inside, "")
                self.inside = None

        def handle_data(self, data):
            if self.inside and data.strip() and not self.skip:
                self.pairs[self.inside] = data.removeprefix("\n")

    reader = Reader()
    reader.feed(page)
    return reader.pairs


def test_the_save_button_keeps_the_whole_worksheet(as_editor, org):
    said = whole(as_editor, org, "S1.3", reflexion="Escrito de una vez", q1__text="Una nota")
    assert said.status_code == 302
    assert answer(org, "S1.3.reflexion").value == "Escrito de una vez"
    assert answer(org, "S1.3.q1", "equipo-1").value[0]["text"] == "Una nota"
    with scope(organization=org):
        assert Answer.objects.count() == 2


def test_fields_nobody_touched_never_conflict(as_editor, org, cast):
    """I open the page, somebody writes in another field, I save the whole page: theirs stays."""
    write(org, cast.editor, "S1.3.temas", [{"text": "Al principio"}])
    url = reverse("planilla", args=[org.slug, "1", "S1.3"])
    form = form_of(as_editor.get(url).content.decode())
    write(org, cast.facilitator, "S1.3.temas", [{"text": "Cambiado mientras"}])
    assert as_editor.post(url, form | {"reflexion": "Lo mío"}).status_code == 302
    assert answer(org, "S1.3.temas").value[0]["text"] == "Cambiado mientras"
    assert answer(org, "S1.3.reflexion").value == "Lo mío"


def test_a_bad_field_keeps_its_text_on_the_page_and_the_others_are_saved(as_editor, org):
    said = whole(as_editor, org, "S1.1", valoracion="v" * 40_000, prioridad="high")
    assert said.status_code == 422
    assert "v" * 40_000 in said.content.decode()
    assert answer(org, "S1.1.prioridad").value["choice"] == "high"
    assert answer(org, "S1.1.valoracion") is None


def test_the_buttons_of_a_note_work_without_javascript(as_editor, org, cast):
    write(org, cast.editor, "S1.3.temas", [{"id": "a", "text": "Primera"}, {"id": "b", "text": "Segunda"}])
    rows = {
        "temas-id": ["a", "b"],
        "temas-text": ["Primera", "Segunda"],
        "temas-author": ["", ""],
        "temas-group": ["", ""],
    }
    form = rows | {"temas-version": "1", "mover": "temas:subir:1"}
    said = as_editor.post(reverse("planilla", args=[org.slug, "1", "S1.3"]), form)
    assert said.url.endswith("#campo-temas")
    assert [note["text"] for note in answer(org, "S1.3.temas").value] == ["Segunda", "Primera"]


def test_readers_see_answers_and_no_form(login, org, cast):
    write(org, cast.editor, "S1.3.reflexion", "Nos necesitamos")
    page = login(cast.viewer).get(reverse("planilla", args=[org.slug, "1", "S1.3"])).content.decode()
    assert "Nos necesitamos" in page
    assert 'form="planilla"' not in page


# ── At the same time ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_answer_of_somebody_else_in_between_is_a_conflict(org, cast, monkeypatch):
    """Both looked and found nothing; the second one to write meets the unique constraint."""
    write(org, cast.facilitator, "S1.3.reflexion", "Llegué antes")
    prompt, real, looks = curriculum.prompt("S1.3.reflexion"), Answer.objects.select_for_update, []
    with scope(organization=org):
        manager = type(Answer.objects)

        def blind(self, *args, **kwargs):
            looks.append(1)
            found = real(*args, **kwargs)
            return found.none() if len(looks) == 1 else found

        monkeypatch.setattr(manager, "select_for_update", blind)
        with pytest.raises(Changed):
            services.save_answer(
                organization=org, by=cast.editor, prompt=prompt, subject="", value="Llegué después", version=0
            )
    assert len(looks) == 2
