"""The journal of markers: what is noted, what is late, what nobody may lose and what readers never read."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from alianzas.dates import months_after
from alianzas.models import Commitment, Event
from plans.followup import queries, services
from plans.followup.standing import Standing, standing
from plans.models import MarkerCheck, OutcomeMarker
from sessions_app.models import AnswerFile
from tests import factories as make


@pytest.fixture
def marker(org):
    return make.make_marker(make.make_outcome_row(org, ally=make.make_ally(org, "Cámara de comercio")))


def today():
    return timezone.localdate()


def in_days(number):
    return today() + timedelta(days=number)


def address(org, name="seguimiento", *args):
    return reverse(name, args=[org.slug, *args])


def written(**facts):
    facts = {"key": str(uuid.uuid4()), "state": "partly", "checked_on": today().isoformat(), **facts}
    return {name: value for name, value in facts.items() if value is not None}


def checks(org):
    with scope(organization=org):
        return list(MarkerCheck.objects.select_related("next_step", "file").order_by("pk"))


# ── Pure ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Looked:
    def __init__(self, pk, state, day):
        self.pk, self.state, self.checked_on = pk, state, date.fromisoformat(day)


def test_a_marker_stands_as_its_latest_check_says_since_the_first_that_said_so():
    journal = [
        Looked(1, "partly", "2026-01-10"),
        Looked(2, "not_yet", "2026-03-01"),
        Looked(3, "partly", "2026-05-01"),
        Looked(4, "partly", "2026-06-01"),
    ]
    found = standing(reversed(journal))
    assert (found.state, found.since, found.latest.pk) == ("partly", date(2026, 5, 1), 4)


def test_of_two_checks_of_one_day_the_one_written_last_counts():
    found = standing([Looked(2, "achieved", "2026-01-10"), Looked(1, "partly", "2026-01-10")])
    assert found.state == "achieved"


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 10, 30), 6, date(2027, 4, 30)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 6, 15), 36, date(2029, 6, 15)),
    ],
)
def test_a_term_ends_so_many_months_later(start, months, end):
    assert months_after(start, months) == end


@pytest.mark.parametrize(
    ("state", "late"), [("", True), ("not_yet", True), ("partly", True), ("achieved", False), ("dropped", False)]
)
def test_what_is_settled_is_not_late(state, late):
    end = date(2026, 5, 1)
    assert Standing(state).is_late(end, date(2026, 5, 2)) is late
    assert Standing(state).is_late(end, end) is False


# ── What is noted ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_check_is_noted_with_its_next_step_as_a_commitment(as_editor, org, marker):
    answer = as_editor.post(
        address(org, "bitacora", marker.pk),
        written(
            evidence="Firmaron la minuta",
            link="https://ejemplo.mx/minuta",
            helped="La presentó la red",
            surprise="Fue rápido",
            lesson="Llegar con datos",
            next_title="Pedir la carta",
            next_responsible="Dirección",
            next_due_date=in_days(10).isoformat(),
        ),
    )
    assert answer.status_code == 302
    [row] = checks(org)
    assert (row.state, row.evidence, row.link) == ("partly", "Firmaron la minuta", "https://ejemplo.mx/minuta")
    step = row.next_step
    assert (step.title, step.responsible, step.due_date) == ("Pedir la carta", "Dirección", in_days(10))
    assert (step.source, step.horizon) == ("seguimiento", "short")
    page = as_editor.get(address(org, "compromisos")).content.decode()
    assert page.count("Pedir la carta") >= 1
    assert "Seguimiento de indicadores" in page


def test_what_is_changed_among_commitments_is_read_in_the_journal(as_editor, org, marker):
    as_editor.post(
        address(org, "bitacora", marker.pk),
        written(next_title="Pedir la carta", next_responsible="Dirección", next_due_date=in_days(10).isoformat()),
    )
    [row] = checks(org)
    as_editor.post(address(org, "estado-de-compromiso", row.next_step_id), {"status": "done"})
    assert "· hecho" in as_editor.get(address(org, "bitacora", marker.pk)).content.decode()
    with scope(organization=org):
        assert Commitment.objects.count() == 1


def test_sent_twice_it_is_noted_once(as_editor, org, marker):
    said = written(evidence="Igual", next_title="Ir", next_responsible="Yo", next_due_date=in_days(3).isoformat())
    for _ in range(2):
        assert as_editor.post(address(org, "bitacora", marker.pk), said).status_code == 302
    assert len(checks(org)) == 1
    with scope(organization=org):
        assert Commitment.objects.count() == 1


def test_other_words_under_the_same_key_are_another_check(as_editor, org, marker):
    said = written(evidence="Uno")
    as_editor.post(address(org, "bitacora", marker.pk), said)
    as_editor.post(address(org, "bitacora", marker.pk), said | {"evidence": "Dos"})
    assert {row.evidence for row in checks(org)} == {"Uno", "Dos"}


def test_one_touch_notes_how_it_stands_today_once(as_editor, org, marker):
    for _ in range(2):
        answer = as_editor.post(address(org, "anotar-avance", marker.pk), written(state="achieved", checked_on=None))
    [row] = checks(org)
    assert (row.state, row.checked_on) == ("achieved", today())
    assert answer.url == address(org, "corregir-avance", marker.pk, row.pk)
    assert "Falta decir en qué se nota" in as_editor.get(address(org)).content.decode()


@pytest.mark.parametrize("state", ["dropped", "otro", ""])
def test_one_touch_takes_only_what_needs_no_words(as_editor, org, marker, state):
    answer = as_editor.post(address(org, "anotar-avance", marker.pk), written(state=state), follow=True)
    assert "No se anotó" in answer.content.decode()
    assert checks(org) == []


# ── What is refused, without losing what was typed ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"checked_on": "mañana"}, "fecha válida"),
        ({"checked_on": "2026-02-30"}, "febrero de 2026 tiene 28 días"),
        ({"checked_on": "2999-01-01"}, "todavía no llega"),
        ({"checked_on": "1899-01-01"}, "Revisa el año"),
        ({"checked_on": ""}, "obligatorio"),
        ({"state": "casi"}, "Seleccione una opción válida"),
        ({"state": "dropped", "evidence": ""}, "Di por qué ya no aplica"),
        ({"link": "javascript:alert(1)"}, "URL"),
        ({"lesson": "a" * 601}, "caben 600"),
        ({"next_title": "Ir"}, "Di quién lo hará"),
        ({"next_responsible": "Dirección"}, "Escribe qué se hará"),
        ({"next_title": "Ir", "next_responsible": "Yo", "next_due_date": "2020-01-01"}, "Esa fecha ya pasó"),
        ({"next_title": "Ir", "next_responsible": "Yo", "next_due_date": "2101-01-01"}, "va hasta 2100"),
    ],
)
def test_bad_input_is_refused_and_nothing_typed_is_lost(as_editor, org, marker, facts, said):
    answer = as_editor.post(
        address(org, "bitacora", marker.pk), written(**{"evidence": "Lo que tecleé", "surprise": "Esto"} | facts)
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Esto" in page
    assert checks(org) == []


def test_an_executable_is_refused_and_the_rest_stays(as_editor, org, marker):
    upload = SimpleUploadedFile("minuta.pdf", b"MZ\x90\x00" + b"\x00" * 200)
    answer = as_editor.post(address(org, "bitacora", marker.pk), written(evidence="Sigue aquí", upload=upload))
    assert answer.status_code == 422
    assert "Ese archivo no se puede subir" in answer.content.decode()
    assert "Sigue aquí" in answer.content.decode()
    with scope(organization=org):
        assert AnswerFile.objects.count() == 0


# ── Documents, corrections and two people at once ───────────────────────────────────────────────────────────────────


def pdf(name="minuta.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4 prueba")


def test_the_document_of_a_check_is_for_who_edits(login, cast, org, marker):
    login(cast.editor).post(address(org, "bitacora", marker.pk), written(upload=pdf()))
    [row] = checks(org)
    where = address(org, "documento-de-avance", marker.pk, row.pk)
    answer = login(cast.editor).get(where)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 prueba"
    assert "attachment" in answer["Content-Disposition"]
    for who in ("viewer", "manager", "stranger"):
        assert login(getattr(cast, who)).get(where).status_code == 404


def test_a_correction_takes_the_place_of_the_file_and_the_step(
    as_editor, org, marker, django_capture_on_commit_callbacks
):
    said = written(upload=pdf("una.pdf"), next_title="Ir", next_responsible="Yo", next_due_date=in_days(3).isoformat())
    as_editor.post(address(org, "bitacora", marker.pk), said)
    [row] = checks(org)
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_editor.post(
            address(org, "corregir-avance", marker.pk, row.pk),
            written(version=1, evidence="Mejor dicho", upload=pdf("otra.pdf")),
        )
    assert answer.status_code == 302
    [row] = checks(org)
    assert (row.evidence, row.file.name, row.next_step, row.version) == ("Mejor dicho", "otra.pdf", None, 2)
    with scope(organization=org):
        assert AnswerFile.objects.count() == 1
        assert Commitment.objects.count() == 0


def test_a_step_that_is_under_way_outlives_its_check(as_editor, org, marker):
    said = written(next_title="Ir", next_responsible="Yo", next_due_date=in_days(3).isoformat())
    as_editor.post(address(org, "bitacora", marker.pk), said)
    [row] = checks(org)
    as_editor.post(address(org, "estado-de-compromiso", row.next_step_id), {"status": "in_progress"})
    as_editor.post(address(org, "corregir-avance", marker.pk, row.pk), written(version=1))
    with scope(organization=org):
        assert Commitment.objects.count() == 1


def test_a_past_date_that_stays_as_it_was_is_no_obstacle(as_editor, org, marker):
    step = make._make(
        Commitment, org, title="Ir", responsible="Yo", due_date=in_days(-3), source="seguimiento", horizon="short"
    )
    row = make.make_check(marker, next_step=step)
    answer = as_editor.post(
        address(org, "corregir-avance", marker.pk, row.pk),
        written(
            version=1, evidence="Ya", next_title="Ir", next_responsible="Yo", next_due_date=in_days(-3).isoformat()
        ),
    )
    assert answer.status_code == 302


def test_two_people_on_one_check_lose_nothing(as_editor, org, marker):
    row = make.make_check(marker, evidence="Al principio")
    where = address(org, "corregir-avance", marker.pk, row.pk)
    as_editor.post(where, written(version=1, evidence="Lo que escribió Ana"))
    answer = as_editor.post(where, written(version=1, evidence="Lo que escribió Beto"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Lo que escribió Ana" in page
    assert "Lo que escribió Beto" in page
    assert checks(org)[0].evidence == "Lo que escribió Ana"
    assert 'name="version" value="2"' in page
    assert as_editor.post(where, written(version=2, evidence="Lo que escribió Beto")).status_code == 302
    assert checks(org)[0].evidence == "Lo que escribió Beto"


def test_withdrawn_it_counts_for_nothing_and_comes_back(as_editor, org, marker):
    make.make_check(marker, "not_yet", in_days(-5))
    said = written(state="achieved", next_title="Ir", next_responsible="Yo", next_due_date=in_days(3).isoformat())
    as_editor.post(address(org, "bitacora", marker.pk), said)
    row = checks(org)[-1]
    as_editor.post(address(org, "retirar-avance", marker.pk, row.pk, "quitar"))
    assert "Todavía no" in as_editor.get(address(org)).content.decode()
    with scope(organization=org):
        assert Commitment.objects.get().status == "cancelled"
        assert queries.follow_up(org, today()).tallies[0].achieved == 0
    as_editor.post(address(org, "retirar-avance", marker.pk, row.pk, "recuperar"))
    with scope(organization=org):
        assert Commitment.objects.get().status == "pending"
        assert queries.follow_up(org, today()).tallies[0].achieved == 1
        assert list(Event.objects.filter(verb__startswith="check").values_list("verb", flat=True)) == [
            "check.put_back",
            "check.withdrawn",
        ]


def test_the_check_of_another_marker_or_organisation_is_404(as_editor, org, other_org, marker):
    other = make.make_marker(make.make_outcome_row(other_org))
    theirs = make.make_check(other)
    mine = make.make_check(marker)
    second = make.make_marker(marker.row, "long", "Otro")
    for where in (
        address(org, "bitacora", other.pk),
        address(org, "corregir-avance", other.pk, theirs.pk),
        address(org, "corregir-avance", second.pk, mine.pk),
    ):
        assert as_editor.get(where).status_code == 404


# ── The outcome map does not lose a journal ─────────────────────────────────────────────────────────────────────────


def row_of(marker, **facts):
    lines = {"objective": "Algo", "short": marker.text, "medium": "", "long": "", **facts}
    return lines | {"actividades-TOTAL_FORMS": 0, "actividades-INITIAL_FORMS": 0}


def test_a_marker_worded_anew_keeps_its_journal(as_editor, org, marker):
    make.make_check(marker)
    as_editor.post(address(org, "renglon", marker.row_id), row_of(marker, short="Dicho de otra manera"))
    with scope(organization=org):
        kept = OutcomeMarker.objects.get()
        assert (kept.pk, kept.text, kept.checks.count()) == (marker.pk, "Dicho de otra manera", 1)


def test_a_marker_with_a_journal_is_not_taken_out(as_editor, org, marker):
    make.make_check(marker)
    answer = as_editor.post(address(org, "renglon", marker.row_id), row_of(marker, short="", medium="Nuevo"))
    assert answer.status_code == 422
    assert "tiene avances anotados" in answer.content.decode()
    answer = as_editor.post(address(org, "borrar-renglon", marker.row_id), follow=True)
    assert "ya hay avances anotados" in answer.content.decode()
    with scope(organization=org):
        assert OutcomeMarker.objects.get().text == marker.text


def test_markers_that_change_places_keep_their_own_journal(as_editor, org, marker):
    second = make.make_marker(marker.row, "short", "Segundo")
    make.make_check(second, "achieved")
    lines = f"Segundo\nNuevo\n{marker.text}"
    as_editor.post(address(org, "renglon", marker.row_id), row_of(marker, short=lines))
    with scope(organization=org):
        found = {one.text: one.checks.count() for one in OutcomeMarker.objects.all()}
    assert found == {"Segundo": 1, "Nuevo": 0, marker.text: 0}


# ── What is shown, and to whom ──────────────────────────────────────────────────────────────────────────────────────


def test_what_is_late_is_said_in_words_and_can_be_singled_out(as_editor, org, marker):
    make.make_process(org, started_on=in_days(-400))
    make.make_marker(marker.row, "long", "A largo plazo")
    page = as_editor.get(address(org)).content.decode()
    assert "1 con retraso" in page
    assert "⚠ Venció el" in page
    late = as_editor.get(address(org) + "?ver=tarde").content.decode()
    assert marker.text in late
    assert "A largo plazo" not in late


def test_terms_count_from_the_first_issued_plan_else_from_the_process(org, marker):
    make.make_process(org, started_on=date(2026, 1, 15))
    with scope(organization=org):
        assert queries.start_of(org).day == date(2026, 1, 15)
        assert queries.ends_of(org, marker) == date(2026, 7, 15)


def test_readers_read_states_and_veiled_words_but_no_details(login, cast, org, marker):
    make.make_actor(org, "Comandante Rojas", is_sensitive=True, alias="Actor 7")
    make.make_check(
        marker,
        evidence="Nos recibió el Comandante Rojas",
        lesson="El comandante rojas cumple",
        helped="Lo dijo la licenciada Pérez",
        surprise="Vino la licenciada Pérez",
        link="https://ejemplo.mx/secreto",
    )
    client = login(cast.viewer)
    for where in (address(org), address(org, "bitacora", marker.pk)):
        page = client.get(where).content.decode()
        assert "En parte" in page
        assert "rojas" not in page.lower()
        assert "Pérez" not in page
        assert "secreto" not in page
        assert "<form method" not in page.replace(reverse("account_logout"), "").split("</header>")[1]
    assert "Nos recibió el Actor 7" in page
    assert "Hay evidencia adjunta" in page


def test_the_service_refuses_a_day_that_has_not_come(org, marker, cast):
    with scope(organization=org), pytest.raises(ValidationError):
        services.note(
            marker=marker, by=cast.editor, key=uuid.uuid4(), state="partly", checked_on=in_days(1), evidence="Sí"
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_pages(as_editor, org, django_assert_num_queries, rows):
    for _ in range(rows):
        marker = make.make_marker(make.make_outcome_row(org, make.make_strategy(org, priority=1)))
        for _ in range(rows):
            make.make_check(marker)
    as_editor.get(address(org))
    with django_assert_num_queries(11):
        as_editor.get(address(org))
    with django_assert_num_queries(7):
        as_editor.get(address(org, "bitacora", marker.pk))
