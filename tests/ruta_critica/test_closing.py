"""The closing assistant of an ally, its letter and its roadmap."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from alianzas.commitments.hooks import source_of
from alianzas.exports.blocks import Heading, Paragraph, Table
from alianzas.models import Commitment, Event
from ruta_critica import closing
from ruta_critica.ally_documents import DOCUMENTS
from ruta_critica.models import Ally
from ruta_critica.relation import services as told
from ruta_critica.relation.models import JournalEntry
from sessions_app import curriculum
from sessions_app.models import Answer
from tests import factories as make

AGREED = {
    "criterios": ["No cumple lo acordado", "Nos pone en riesgo"],
    "afectados": ["Jóvenes del grupo"],
    "proceso_fin": ["Hablarlo en el equipo", "Escuchar al aliado"],
    "proceso_cierre": ["Hablarlo de frente", "Firmar el cierre"],
}


@pytest.fixture
def ally(org):
    return make.make_ally(org, "Radio del valle")


@pytest.fixture
def agreed(org):
    """What Session 4 says about closing, and the minimum of any roadmap."""
    for name, texts in AGREED.items():
        keep(org, f"S4.10.{name}", [{"id": f"{name}-{n}", "text": text} for n, text in enumerate(texts)])
    keep(org, "S5.7.cierre_elementos", [{"id": "e-0", "text": "Informe final"}])


def keep(org, key, value, subject=""):
    with scope(organization=org):
        return Answer.objects.create(organization=org, prompt_key=key, subject=subject, value=value, version=1)


def address(org, ally, name="aliado-cierre", *more):
    return reverse(name, args=[org.slug, ally.pk, *more])


def field(client, org, ally, name):
    fields = client.get(address(org, ally)).context["fields"]
    return next(one for one in fields if one.name == name)


def rows_shown(field):
    """The first cell of every row that a table shows."""
    return [row.controls[0].text for row in field.controls.rows]


def send(client, field, columns):
    """Save a table; `columns` holds the texts of each one, row by row."""
    said = {f"{field.name}-version": field.version} | {f"{field.name}-{key}": texts for key, texts in columns.items()}
    return client.post(field.url, said)


def kept(org, ally, name):
    with scope(organization=org):
        return Answer.objects.filter(prompt_key=f"cierre.{name}", subject=f"aliado-{ally.pk}").first()


# ── What it asks ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_its_questions_are_about_one_ally_and_start_with_answers_that_exist():
    asked = closing.prompts()
    assert {one.scope for one in asked.values()} == {"ALLY"}
    assert {key for key, one in asked.items() if one.confidential} == {"cierre.criterios", "cierre.trayectoria"}
    for one in asked.values():
        assert all(curriculum.prompt(key).kind == "list" for key in one.rows_from)


def test_tables_start_with_what_was_agreed_in_session_4(as_editor, org, ally, agreed):
    fields = {one.name: one for one in as_editor.get(address(org, ally)).context["fields"]}
    assert rows_shown(fields["criterios"]) == AGREED["criterios"]
    assert rows_shown(fields["afectados"]) == AGREED["afectados"]
    assert rows_shown(fields["decision"]) == AGREED["proceso_fin"]
    assert rows_shown(fields["hoja"]) == [*AGREED["proceso_cierre"], "Informe final"]
    assert all(one.controls.blank for one in fields.values() if one.prompt.rows_from)


def test_the_roadmap_of_another_ally_is_not_brought(as_editor, org, ally, agreed):
    other = make.make_ally(org, "Escuela")
    keep(org, "S5.7.cierre_elementos", [{"id": "x-0", "text": "Devolver las llaves"}], f"aliado-{other.pk}")
    assert rows_shown(field(as_editor, org, ally, "hoja"))[-1] == "Informe final"
    assert rows_shown(field(as_editor, org, other, "hoja")) == [*AGREED["proceso_cierre"], "Devolver las llaves"]


def test_a_page_that_nobody_touched_keeps_nothing_when_it_is_sent_whole(as_editor, org, ally, agreed):
    keep(org, "S5.7.cierre_elementos", [{"id": "x-0", "text": "Devolver las llaves"}], f"aliado-{ally.pk}")
    found = field(as_editor, org, ally, "hoja")
    texts = rows_shown(found)
    said = {"hoja-version": 0, "hoja-base": found.base, "hoja-id": [row.id for row in found.controls.rows]}
    said |= {"hoja-step": texts, "hoja-responsible": [""] * len(texts), "hoja-due_date": [""] * len(texts)}
    assert as_editor.post(address(org, ally), said).status_code == 302
    assert kept(org, ally, "hoja") is None
    with scope(organization=org):
        assert not Commitment.objects.exists()


def test_without_session_4_people_are_told_where_and_write_their_own(as_editor, org, ally):
    page = as_editor.get(address(org, ally)).content.decode()
    assert "todavía no acuerdan cómo se cierra una alianza" in page
    assert reverse("planilla", args=[org.slug, "4", "S4.10"]) in page
    found = field(as_editor, org, ally, "criterios")
    columns = {"id": [""], "criterion": ["Ya no contesta"], "met": ["yes"], "note": ["Tres meses"]}
    assert send(as_editor, found, columns).status_code == 302
    assert [row["criterion"] for row in kept(org, ally, "criterios").value] == ["Ya no contesta"]


def test_a_step_that_people_empty_is_gone(as_editor, org, ally, agreed):
    found = field(as_editor, org, ally, "decision")
    ids = [row.id for row in found.controls.rows]
    columns = {"id": ids, "step": ["", "Escuchar al aliado"], "done": ["", "yes"], "date": ["", "2026-01-09"]}
    assert send(as_editor, found, columns).status_code == 302
    (row,) = kept(org, ally, "decision").value
    assert (row["step"], row["done"], row["date"]) == ("Escuchar al aliado", True, "2026-01-09")
    assert rows_shown(field(as_editor, org, ally, "decision")) == ["Escuchar al aliado"]


# ── Promises ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_roadmap_and_what_is_pending_become_commitments(as_editor, org, ally, agreed):
    due = timezone.localdate() + timedelta(days=20)
    found = field(as_editor, org, ally, "hoja")
    columns = {
        "id": [row.id for row in found.controls.rows],
        "step": rows_shown(found),
        "responsible": ["Dirección", "", ""],
        "due_date": [due.isoformat(), "", ""],
    }
    assert send(as_editor, found, columns).status_code == 302
    columns = {"id": [""], "what": ["Segundo pago"], "kind": ["payment"], "side": ["theirs"], "responsible": ["Enlace"]}
    assert send(as_editor, field(as_editor, org, ally, "pendientes"), columns | {"due_date": [""]}).status_code == 302
    with scope(organization=org):
        made = {one.title: one for one in Commitment.objects.all()}
        assert set(made) == {*AGREED["proceso_cierre"], "Informe final", "Segundo pago"}
        assert made["Hablarlo de frente"].responsible == "Dirección"
        assert made["Hablarlo de frente"].due_date == due
        assert {source_of(one.source).label for one in made.values()} == {"Cierre de una alianza"}
        Commitment.objects.filter(title="Informe final").update(status="done")
    open_now = [title for title, _, _ in as_editor.get(address(org, ally)).context["promises"]]
    assert open_now == ["Hablarlo de frente", "Firmar el cierre", "Segundo pago"]


def test_the_next_actions_of_the_journal_are_open_too_for_those_who_edit(login, cast, org, ally):
    due = timezone.localdate() + timedelta(days=5)
    entry = {"kind": "next_action", "text": "Llamar a su mesa", "responsible": "Enlace", "due_date": due}
    with scope(organization=org):
        told.add(row=JournalEntry(organization=org, ally=ally, on=timezone.localdate(), **entry))
    shown = {
        who: [title for title, _, _ in login(person).get(address(org, ally)).context["promises"]]
        for who, person in {"editor": cast.editor, "viewer": cast.viewer}.items()
    }
    assert shown == {"editor": ["Radio del valle: Llamar a su mesa"], "viewer": []}


# ── Who sees it ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_only_reads_sees_no_criteria_and_writes_nothing(login, cast, org, ally, agreed):
    row = {"id": "a", "criterion": "No paga", "met": "yes", "note": "Debe dos meses"}
    keep(org, "cierre.criterios", [row], f"aliado-{ally.pk}")
    keep(org, "cierre.trayectoria", {"choice": "close", "note": "Ya no da más"}, f"aliado-{ally.pk}")
    client = login(cast.viewer)
    page = client.get(address(org, ally))
    assert page.status_code == 200
    for text in ("No paga", "Debe dos meses", "Ya no da más", "Cerrar la alianza"):
        assert text not in page.content.decode()
    assert client.post(address(org, ally, "cerrar-aliado"), {"state_reason": "x"}).status_code == 403
    assert client.get(address(org, ally, "aliado-cierre-respuesta", "criterios")).status_code == 404


def test_who_only_reads_finds_no_protected_name(login, cast, org, ally, agreed):
    make.make_actor(org, "Zutano Perengano", is_sensitive=True, alias="Actor Z")
    said = "Avisar a Zutano Perengano"
    row = {"id": "a", "who": said, "how": said, "care": said}
    keep(org, "cierre.afectados", [row], f"aliado-{ally.pk}")
    keep(org, "cierre.anuncio", said, f"aliado-{ally.pk}")
    keep(org, "S4.10.anuncio", said)
    with scope(organization=org):
        Commitment.objects.create(
            organization=org, title=said, responsible="Zutano Perengano", source=f"S5.5.e:aliado-{ally.pk}:staff"
        )
        Ally.objects.filter(pk=ally.pk).update(state="closed", state_reason=said)
    page = login(cast.viewer).get(address(org, ally)).content.decode()
    assert page.count("Avisar a Actor Z") == 7
    assert "Perengano" not in page
    assert "Perengano" not in repr(letter(org, ally))


def test_an_ally_of_another_organisation_is_not_found(as_editor, org, other_org):
    theirs = make.make_ally(other_org)
    for name, more in [("aliado-cierre", []), ("cerrar-aliado", []), ("aliado-cierre-respuesta", ["hoja"])]:
        assert as_editor.post(address(org, theirs, name, *more)).status_code == 404


def test_the_page_asks_few_questions_of_the_database(as_editor, org, ally, agreed, django_assert_num_queries):
    as_editor.get(address(org, ally))
    with django_assert_num_queries(14):
        as_editor.get(address(org, ally))


# ── Closing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_closing_wants_a_reason_and_says_it(as_editor, org, ally):
    page = as_editor.post(address(org, ally, "cerrar-aliado"), {"state_reason": "  "})
    assert page.status_code == 422
    assert "Di por qué se pausa o se cierra" in page.content.decode()
    answer = as_editor.post(address(org, ally, "cerrar-aliado"), {"state_reason": "Terminó el proyecto"}, follow=True)
    assert "Terminó el proyecto" in answer.content.decode()
    with scope(organization=org):
        ally = Ally.objects.get(pk=ally.pk)
        assert (ally.state, ally.state_reason) == ("closed", "Terminó el proyecto")
        assert Event.objects.filter(verb="ally.state").count() == 1


# ── Letter and roadmap ──────────────────────────────────────────────────────────────────────────────────────────────


def letter(org, *allies):
    with scope(organization=org):
        document = DOCUMENTS["cierre-aliado"]
        return document.document(org, "docx", **({"allies": list(allies)} if allies else {})).blocks


def test_the_letter_thanks_and_never_says_the_criteria(org, ally, agreed):
    about = f"aliado-{ally.pk}"
    keep(org, "cierre.criterios", [{"id": "a", "criterion": "No paga", "met": "yes", "note": "Debe dos meses"}], about)
    keep(org, "cierre.trayectoria", {"choice": "close", "note": "Ya no da más"}, about)
    keep(org, "cierre.lecciones", [{"id": "a", "text": "Firmar desde el primer día"}], about)
    keep(org, "cierre.agradecer", [{"id": "a", "text": "Su cabina cada sábado"}], about)
    keep(org, "S4.10.anuncio", "Con una nota de las dos partes")
    said = repr(letter(org, ally))
    assert "Su cabina cada sábado" in said
    assert "Con una nota de las dos partes" in said
    for text in ("No paga", "Debe dos meses", "Ya no da más", "Firmar desde el primer día", *AGREED["criterios"]):
        assert text not in said


def test_a_letter_of_which_nothing_is_known_is_in_blank_with_the_agreed_steps(org, ally, agreed):
    found = letter(org, ally)
    blanks = [one.text for one in found if isinstance(one, Paragraph) and one.text.startswith("[Por escribir: ")]
    assert [text.count("[Por escribir: ") for text in blanks] == [2, 1, 1, 1, 1]
    (road,) = [one for one in found if isinstance(one, Table)]
    assert [row.cells[0] for row in road.rows][:3] == [*AGREED["proceso_cierre"], "Informe final"]
    assert all(row.cells[1].strip("_") == "" for row in road.rows)


def test_the_roadmap_says_who_and_when(org, ally):
    row = {"id": "a", "step": "Hablarlo", "responsible": "Dirección", "due_date": "2027-02-03"}
    keep(org, "cierre.hoja", [row], f"aliado-{ally.pk}")
    road = next(one for one in letter(org, ally) if isinstance(one, Table))
    assert road.rows[0].cells[:3] == ("Hablarlo", "Dirección", date(2027, 2, 3))


def test_among_the_deliverables_are_only_allies_that_are_closing(org, ally):
    assert "Ningún aliado está en cierre" in repr(letter(org))
    other = make.make_ally(org, "Escuela")
    keep(org, "cierre.logros", [{"id": "a", "text": "Una serie"}], f"aliado-{ally.pk}")
    titles = [one.text for one in letter(org) if isinstance(one, Heading) and one.level == 1]
    assert titles == ["Carta de cierre para Radio del valle", "Hoja de ruta de cierre: Radio del valle"]
    with scope(organization=org):
        Ally.objects.filter(pk=other.pk).update(state="closed", state_reason="Se mudó")
    assert "Carta de cierre para Escuela" in repr(letter(org))
