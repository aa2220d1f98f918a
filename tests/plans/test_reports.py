"""The report of alliances: assembled from its period, written by people in few places, and silent on what is secret."""

from datetime import date, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pypdf import PdfReader

from alianzas.exports import base
from alianzas.models import Commitment, Event
from plans.models import AllianceReport
from plans.reports import cluni, queries
from plans.reports.documents import report_document
from plans.reports.period import Period, current
from plans.reports.words import names
from ruta_critica.relation.models import JournalEntry
from ruta_critica.services import decide, set_state
from sessions_app.models import Answer
from sysmap import moments
from sysmap.models import Actor
from tests import factories as make
from tests.words import said_in_word

YEAR = {"kind": "annual", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}


def address(org, name="reportes", *args):
    return reverse(name, args=[org.slug, *args])


def make_report(org, start=date(2026, 1, 1), end=date(2026, 12, 31), **facts):
    return make._make(AllianceReport, org, starts_on=start, ends_on=end, **facts)


def data_of(org, report, today=date(2026, 11, 25)):
    with scope(organization=org):
        return queries.report_data(AllianceReport.objects.select_related("organization").get(pk=report.pk), today)


def written(report, **facts):
    said = {"version": report.version, "introduction": "", "lessons": "", "upcoming": ""}
    return YEAR | said | facts


def at(event, day):
    Event.objects.filter(pk=event.pk).update(at=timezone.make_aware(datetime.fromisoformat(f"{day}T12:00")))


# ── Periods ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "today", "label", "phrase"),
    [
        ("annual", date(2026, 11, 25), "2026", "en 2026"),
        ("semiannual", date(2026, 6, 30), "primer semestre de 2026", "en el primer semestre de 2026"),
        ("semiannual", date(2026, 7, 1), "segundo semestre de 2026", "en el segundo semestre de 2026"),
    ],
)
def test_the_current_period_has_a_name(kind, today, label, phrase):
    found = current(kind, today)
    assert found.holds(today)
    assert (found.label, found.phrase) == (label, phrase)


def test_any_other_period_says_its_days():
    found = Period(date(2026, 5, 1), date(2026, 9, 3))
    assert found.label == "1 de mayo de 2026 – 3 de septiembre de 2026"
    assert found.phrase == "del 1 de mayo de 2026 al 3 de septiembre de 2026"


def test_there_are_17_goals():
    assert list(names()) == list(range(1, 18))
    assert len(set(names().values())) == 17


# ── What it says ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_advances_are_what_went_forward_in_the_period(org):
    row = make.make_outcome_row(org, ally=make.make_ally(org, "Radio"))
    moved, same, back, late = (make.make_marker(row, "short", text) for text in ("Avanza", "Igual", "Atrás", "Después"))
    make.make_check(moved, "not_yet", date(2025, 11, 1))
    make.make_check(moved, "achieved", date(2026, 3, 1), evidence="Hay convenio", lesson="Escuchar primero")
    make.make_check(same, "partly", date(2025, 11, 1))
    make.make_check(same, "partly", date(2026, 3, 1))
    make.make_check(back, "partly", date(2025, 11, 1))
    make.make_check(back, "not_yet", date(2026, 3, 1))
    make.make_check(late, "achieved", date(2027, 1, 2), lesson="De otro año")
    found = data_of(org, make_report(org), today=date(2027, 2, 1))
    assert [(one.ally, one.text, one.label, one.evidence) for one in found.advances] == [
        ("Radio", "Avanza", "Se logró", "Hay convenio")
    ]
    assert found.lessons == ("Radio: Escuchar primero",)
    assert (found.tallies[0].achieved, found.tallies[0].partly, found.tallies[0].total) == (1, 1, 4)


def test_changes_of_the_alliances_come_from_the_trace(org, cast):
    radio, red = make.make_ally(org, "Radio"), make.make_ally(org, "Red")
    with scope(organization=org):
        set_state(ally=radio, by=cast.editor, state="active", reason="")
        at(Event.objects.first(), "2025-05-02")
        set_state(ally=radio, by=cast.editor, state="paused", reason="Cambió su dirección")
        at(Event.objects.first(), "2026-04-10")
        set_state(ally=red, by=cast.editor, state="active", reason="")
        at(Event.objects.first(), "2027-01-15")
    found = data_of(org, make_report(org))
    assert found.changes == ("Radio: de activo a en pausa, el 10/04/2026.",)


def test_commitments_are_done_when_they_were_done_and_late_when_they_are(login, cast, org):
    def promise(title, due, status="pending", source="S6.6"):
        facts = {"due_date": due, "status": status, "source": source, "responsible": "Enlace"}
        return make._make(Commitment, org, title=title, **facts)

    promise("Tarde", date(2026, 5, 1))
    promise("Hecho sin traza", date(2026, 5, 1), "done")
    traced = promise("Hecho después de su fecha", date(2025, 5, 1))
    promise("Por venir", date(2026, 12, 20))
    promise("Cancelado", date(2026, 5, 1), "cancelled")
    promise("Logística", date(2026, 5, 1), source="plan-de-trabajo.1")
    promise("De la debida diligencia", date(2026, 5, 1), source="S5.4.imagen:aliado-1:")
    login(cast.editor).post(reverse("estado-de-compromiso", args=[org.slug, traced.pk]), {"status": "done"})
    with scope(organization=org):
        at(Event.objects.get(verb="commitment.status"), "2026-06-01")
    found = data_of(org, make_report(org))
    assert [one.title for one in found.done] == ["Hecho sin traza", "Hecho después de su fecha"]
    assert [one.title for one in found.late] == ["Tarde"]
    assert [one.title for one in found.upcoming] == ["Por venir"]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("manual", True),
        ("seguimiento", True),
        ("S6.6", True),
        ("S5.6.q3", True),
        ("S5.3.q3", False),
        ("plan-de-trabajo.0b1c", False),
        ("salud:1", False),
        ("", False),
    ],
)
def test_what_is_confidential_or_unknown_is_not_told(source, told):
    assert queries.is_told(source) is told


def test_the_map_tells_what_moved_between_moments(org, cast):
    make.make_actor(org, "Radio", relation="weak")
    with scope(organization=org):
        moments.freeze(organization=org, by=cast.editor, kind="baseline", taken_on=date(2025, 10, 1))
        Actor.objects.update(relation="strong")
        moments.freeze(organization=org, by=cast.editor, kind="midterm", taken_on=date(2026, 8, 1))
    found = data_of(org, make_report(org))
    assert found.moves.sentences == ("Radio pasó de débil a fuerte.",)
    assert data_of(org, make_report(org, date(2027, 1, 1), date(2027, 12, 31))).moves is None


def test_the_cluni_section_is_words_that_can_be_copied(org, as_editor):
    ally = make.make_ally(org, actor=make.make_actor(org, "Fiscalía", sector="government"))
    row = make.make_outcome_row(org, ally=ally, objective="Derivar casos a mediación.")
    make.make_check(make.make_marker(row, "short", "Hubo un primer contacto."), "achieved", date(2026, 3, 1))
    report = make_report(org)
    said = cluni.plain(data_of(org, report))
    assert said == (
        "Trayectoria. En 2026, Manos Abiertas trabajó 1 alianza (1 potencial) para avanzar en su trabajo de derechos "
        "humanos.\n\n"
        "Vínculos. Con 1 actor de 1 sector:\n– Gobierno: Fiscalía.\n\n"
        "Para qué nos aliamos.\n– Con Fiscalía: Derivar casos a mediación.\n\n"
        "Incidencia. Entre sus aliados y potenciales aliados hay 1 autoridad: Fiscalía.\n\n"
        "Resultados. De 1 indicador de sus alianzas, 1 se logró y 0 avanzan en parte. Muestran el desempeño de las "
        "alianzas, no su impacto.\n– Fiscalía: Hubo un primer contacto. Se logró, 01/03/2026."
    )
    assert "Incidencia. Entre sus aliados" in as_editor.get(address(org, "reporte", report.pk)).content.decode()


# ── What people write ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def agreed(org):
    """The organisation agreed in S5.6 on what its report says, and how often."""
    with scope(organization=org):
        Answer.objects.create(
            organization=org, prompt_key="S5.6.q2", value=[{"id": "a", "text": "Qué puso cada parte"}]
        )
        Answer.objects.create(organization=org, prompt_key="S5.6.periodicidad", value={"choice": "semiannual"})


@pytest.mark.usefixtures("agreed")
def test_a_report_is_begun_written_and_taken_out(as_editor, org):
    assert "cada semestre" in as_editor.get(address(org)).content.decode()
    answer = as_editor.post(address(org), YEAR)
    with scope(organization=org):
        row = AllianceReport.objects.get()
    assert answer.url == address(org, "reporte", row.pk)
    page = as_editor.get(answer.url).content.decode()
    assert "Qué puso cada parte" in page
    assert "Falta escribir este contenido." in page
    said = {
        "introduction": "Así empezó",
        "lessons": "Aprendimos",
        "upcoming": "Sigue",
        "contenido-a": "Cada quien lo suyo",
    }
    assert as_editor.post(answer.url, written(row, sdgs=["16", "17"], **said)).status_code == 302
    file = as_editor.get(address(org, "reporte-archivo", row.pk, "pdf"))
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(file.content)).pages)
    for words in (*said.values(), "ODS 17. Alianzas para lograr los objetivos", "Trayectoria, impacto, incidencia"):
        assert words in text
    assert "2026-01-01-2026-12-31.pdf" in file["Content-Disposition"]
    assert as_editor.get(address(org, "reporte-archivo", row.pk, "svg")).status_code == 404


def test_all_three_formats_say_the_same(org):
    row = make.make_outcome_row(org, ally=make.make_ally(org, "Radio comunitaria"), objective="Contar historias")
    make.make_check(
        make.make_marker(row, text="Salió el programa"), "achieved", date(2026, 3, 1), evidence="Diez voces"
    )
    report = make_report(org, lessons="Escuchar", sdgs=[4])
    facts = [
        "Radio comunitaria",
        "Contar historias",
        "Salió el programa",
        "Diez voces",
        "Escuchar",
        "Educación de calidad",
    ]
    with scope(organization=org):
        document = base.get("reporte-anual").document(org, "pdf", report=report)
    pdf = " ".join(
        " ".join(one.extract_text() for one in PdfReader(BytesIO(base.render(document, "pdf"))).pages).split()
    )
    book = openpyxl.load_workbook(BytesIO(base.render(document, "xlsx")))
    xlsx = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    docx = said_in_word(base.render(document, "docx"))
    for said in (pdf, xlsx, docx):
        assert [fact for fact in facts if fact not in said] == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"starts_on": "2026-12-31", "ends_on": "2026-01-01"}, "termina antes de empezar"),
        ({"starts_on": "2020-01-01"}, "Un reporte cuenta un año a lo más"),
        ({"starts_on": "1026-01-01", "ends_on": "1026-12-31"}, "Revisa el año"),
        ({"ends_on": "31 de diciembre"}, "le falta el año"),
        ({"kind": "mensual"}, "Seleccione una opción válida"),
    ],
)
def test_periods_that_cannot_be_are_refused(as_editor, org, facts, said):
    answer = as_editor.post(address(org), YEAR | facts)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with scope(organization=org):
        assert not AllianceReport.objects.exists()


def test_two_reports_of_one_period_are_refused(as_editor, org):
    as_editor.post(address(org), YEAR)
    answer = as_editor.post(address(org), YEAR)
    assert answer.status_code == 422
    assert "Ya hay un reporte de ese periodo" in answer.content.decode()


@pytest.mark.usefixtures("agreed")
@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"lessons": "a" * 40_000}, "40000 caracteres"),
        ({"contenido-a": "a" * 6_001}, "6001 caracteres"),
        ({"sdgs": ["18"]}, "Seleccione una opción válida"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_stays_on_the_page(as_editor, org, facts, said):
    row = make_report(org)
    answer = as_editor.post(address(org, "reporte", row.pk), written(row, introduction="No me pierdas", **facts))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "No me pierdas" in answer.content.decode()
    with scope(organization=org):
        assert AllianceReport.objects.get().introduction == ""


def test_two_people_on_one_report_lose_nothing(as_editor, org):
    row = make_report(org)
    where = address(org, "reporte", row.pk)
    as_editor.post(where, written(row, introduction="De Ana"))
    answer = as_editor.post(where, written(row, introduction="De Beto"))
    assert answer.status_code == 409
    assert "De Ana" in answer.content.decode()
    assert "De Beto" in answer.content.decode()
    assert as_editor.post(where, written(row, version=2, introduction="De Beto")).status_code == 302


def test_a_report_is_taken_off_the_list_and_put_back(as_editor, org):
    row = make_report(org)
    as_editor.post(address(org, "retirar-reporte", row.pk, "quitar"))
    assert "se quitó" in as_editor.get(address(org)).content.decode()
    as_editor.post(address(org), YEAR)
    answer = as_editor.post(address(org, "retirar-reporte", row.pk, "recuperar"), follow=True)
    assert "Ya hay un reporte de ese periodo" in answer.content.decode()


# ── What leaves the house ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_deliverable_is_the_latest_report_or_a_draft_of_the_year(org):
    with scope(organization=org):
        draft = report_document(org)
        assert "Borrador" in draft.blocks[0].date_text
        assert not AllianceReport.objects.exists()
    make_report(org, date(2024, 1, 1), date(2024, 12, 31))
    make_report(org, date(2025, 1, 1), date(2025, 12, 31), introduction="El más reciente")
    with scope(organization=org):
        latest = report_document(org)
    assert latest.blocks[0].subtitle == "2025"
    assert "Borrador" not in latest.blocks[0].date_text


def test_nothing_of_due_diligence_and_no_protected_name_is_said(login, cast, org):
    actor = make.make_actor(org, "Comandante Rojas", is_sensitive=True, alias="Actor 7", rules="Secreto de la matriz")
    ally = make.make_ally(org, actor=actor)
    row = make.make_outcome_row(org, ally=ally, objective="Hablar con el Comandante Rojas")
    make.make_check(
        make.make_marker(row, text="Rojas nos recibe"),
        evidence="Lo dijo el comandante rojas",
        lesson="Comandante Rojas cumple",
        helped="Confidencial A",
        surprise="Confidencial B",
    )
    with scope(organization=org):
        decide(ally=ally, by=cast.facilitator, decision="conditions", reason="Confidencial C")
        set_state(ally=ally, by=cast.facilitator, state="paused", reason="Confidencial D")
        Answer.objects.create(
            organization=org,
            prompt_key="S5.3.q3",
            subject=f"aliado-{ally.pk}",
            value=[{"id": "a", "text": "Confidencial E"}],
        )
    today = timezone.localdate()
    report = make_report(org, today - timedelta(days=100), today, introduction="El Comandante Rojas nos ayudó")
    for who in ("viewer", "editor", "manager"):
        page = login(getattr(cast, who)).get(address(org, "reporte", report.pk)).content.decode()
        shown = page.split('<h2 id="cluni"')[1]
        assert "comandante rojas" not in shown.lower()
        assert "Actor 7" in shown
        assert "Confidencial" not in page
        assert "Secreto" not in page
    assert "<textarea name" not in login(cast.viewer).get(address(org, "reporte", report.pk)).content.decode()


@pytest.mark.parametrize("chosen", [True, False])
def test_the_journal_of_allies_is_told_only_where_editors_chose_so(login, cast, org, chosen):
    make.make_actor(org, "Comandante Rojas", is_sensitive=True, alias="Actor 7")
    ally = make.make_ally(org, "Red")
    for kind, day in (("agreement", 2), ("lesson", 3), ("contact", 4)):
        facts = {"kind": kind, "on": date(2026, 3, day), "text": f"{kind} con el Comandante Rojas"}
        make._make(JournalEntry, org, ally=ally, **facts)
    make._make(JournalEntry, org, ally=ally, kind="lesson", on=date(2024, 3, 1), text="De otro año")
    report = make_report(org, tells_journal=chosen)
    page = login(cast.viewer).get(address(org, "reporte", report.pk)).content.decode()
    for words in ("Red, 02/03/2026: agreement con el Actor 7", "Red, 03/03/2026: lesson con el Actor 7"):
        assert (words in page) is chosen
    assert "contact con" not in page
    assert "De otro año" not in page


def test_the_report_of_another_organisation_is_404(as_editor, org, other_org):
    theirs = make_report(other_org)
    for where in (address(org, "reporte", theirs.pk), address(org, "reporte-archivo", theirs.pk, "pdf")):
        assert as_editor.get(where).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_pages(as_editor, org, django_assert_num_queries, rows):
    for number in range(rows):
        marker = make.make_marker(make.make_outcome_row(org, make.make_strategy(org, priority=1)))
        make.make_check(marker, checked_on=date(2026, 3, 1 + number))
        make.make_activity(marker.row)
        make.make_actor(org)
    report = make_report(org)
    for where, count in ((address(org), 6), (address(org, "reporte", report.pk), 28)):
        as_editor.get(where)
        with django_assert_num_queries(count):
            as_editor.get(where)
