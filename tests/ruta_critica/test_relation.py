"""The relation with an ally in the browser: journal, health, trust, silence; and who must not see or break it."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from openpyxl import load_workbook
from pypdf import PdfReader

from alianzas.models import Commitment, Event
from ruta_critica.models import Ally, HealthCheck, JournalEntry, TrustCheck
from ruta_critica.relation import health, services
from sessions_app.models import Answer
from tests import factories as make
from tests.ruta_critica.test_documents import said_in_word

HOSTILE = "<script>alert(1)</script>\n=cmd|'/c calc'!A1 {{ 7*7 }}"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def ally(org):
    return make.make_ally(org, actor=make.make_actor(org, "Radio"))


@pytest.fixture
def journal(org, ally):
    return reverse("aliado-bitacora", args=[org.slug, ally.pk])


def facts(today, **more):
    return {"kind": "contact", "text": "Hablé con su dirección", "on": today.isoformat(), "medium": "call", **more}


def action(today, **more):
    due = (today + timedelta(days=7)).isoformat()
    return facts(today, kind="next_action", text="Mandar la carta", responsible="Dirección", due_date=due, **more)


def entries(org):
    with scope(organization=org):
        return list(JournalEntry.objects.filter(deleted_at=None))


def promises(org):
    with scope(organization=org):
        return list(Commitment.objects.filter(source__startswith="bitacora:"))


def tell(org, ally, **more):
    row = {"on": timezone.localdate(), "text": "Hablamos", **more}
    with scope(organization=org):
        return services.add(row=JournalEntry(organization=org, ally=ally, **row))


def agree(org, every, subject=""):
    with scope(organization=org):
        Answer.objects.create(
            organization=org, prompt_key="S5.7.contacto", subject=subject, version=1,
            value=[{"id": "a", "every": every, "how": "", "responsible": ""}],
        )  # fmt: skip


def age(ally, days):
    with scope(organization=ally.organization):
        Ally.objects.filter(pk=ally.pk).update(created_at=timezone.now() - timedelta(days=days))


# ── Journal ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_noted_is_read_newest_first_and_by_kind(as_editor, org, journal, today):
    as_editor.post(journal, facts(today, text="Ayer hablamos", on=(today - timedelta(days=1)).isoformat()))
    as_editor.post(journal, facts(today, text="Hoy aprendimos", kind="lesson"))
    page = as_editor.get(journal)
    assert [one.text for one in page.context["entries"]] == ["Hoy aprendimos", "Ayer hablamos"]
    assert "Llamada" in page.content.decode()
    only = as_editor.get(journal, {"clase": "lesson"})
    assert [one.text for one in only.context["entries"]] == ["Hoy aprendimos"]
    assert len(as_editor.get(journal, {"clase": "<nada>", "pagina": "x"}).context["entries"]) == 2


def test_a_long_journal_has_pages(as_editor, org, ally, journal):
    for number in range(23):
        tell(org, ally, text=f"Entrada {number}")
    assert len(as_editor.get(journal).context["entries"]) == 20
    assert len(as_editor.get(journal, {"pagina": "2"}).context["entries"]) == 3


def test_a_next_action_is_one_commitment_that_follows_it(as_editor, org, journal, today):
    as_editor.post(journal, action(today))
    [entry], [promise] = entries(org), promises(org)
    assert (promise.title, promise.responsible) == ("Radio: Mandar la carta", "Dirección")
    assert promise.due_date == today + timedelta(days=7)
    address = reverse("entrada-de-bitacora", args=[org.slug, entry.key])
    listed = as_editor.get(reverse("compromisos", args=[org.slug])).content.decode()
    assert f'href="{address}"' in listed
    moved = as_editor.get(reverse("compromiso", args=[org.slug, promise.pk]))
    assert moved.url == address

    as_editor.post(address, action(today, version="1") | {"text": "Mandar la carta firmada", "responsible": "Enlace"})
    [promise] = promises(org)
    assert (promise.title, promise.responsible) == ("Radio: Mandar la carta firmada", "Enlace")
    as_editor.post(address, facts(today, version="2", responsible="Enlace"))
    assert promises(org) == []
    assert entries(org)[0].responsible == ""


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"due_date": "2020-01-01"}, "Esa fecha ya pasó"),
        ({"due_date": ""}, "Di para cuándo"),
        ({"due_date": "9999-01-01"}, "Revisa el año"),
        ({"responsible": " "}, "Di quién se encarga"),
        ({"responsible": "x" * 201}, "200"),
        ({"text": "  "}, "obligatorio"),
        ({"text": "a" * 10_000}, "caben 6000"),
        ({"kind": "gossip"}, "gossip"),
        ({"medium": "paloma"}, "paloma"),
        ({"on": "1850-01-01"}, "Revisa el año"),
        ({"on": "mañana"}, "fecha válida"),
        ({"on": (timezone.localdate() + timedelta(days=1)).isoformat()}, "todavía no llega"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(as_editor, org, journal, today, wrong, says):
    answer = as_editor.post(journal, action(today) | wrong)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert says in said
    for name, value in (action(today) | wrong).items():
        assert answer.context["form"][name].value() == value
    assert entries(org) == promises(org) == []


def test_a_next_action_whose_day_passed_may_still_be_corrected(as_editor, org, ally, today):
    row = tell(org, ally, kind="next_action", responsible="Enlace", due_date=today)
    late = today - timedelta(days=3)
    with scope(organization=org):
        JournalEntry.objects.update(due_date=late)
    address = reverse("entrada-de-bitacora", args=[org.slug, row.key])
    sent = action(today, version="1") | {"due_date": late.isoformat(), "text": "Con su nombre bien escrito"}
    assert as_editor.post(address, sent).status_code == 302
    assert promises(org)[0].due_date == late
    earlier = sent | {"version": "2", "due_date": (late - timedelta(days=1)).isoformat()}
    assert as_editor.post(address, earlier).status_code == 422


def test_a_form_sent_twice_is_kept_once(as_editor, org, journal, today):
    sent = action(today, key=str(uuid.uuid4()))
    assert [as_editor.post(journal, sent).status_code for _ in range(3)] == [302, 302, 302]
    assert len(entries(org)) == len(promises(org)) == 1
    as_editor.post(journal, action(today, key="no es una clave"))
    assert len(entries(org)) == 1
    page = as_editor.get(journal)
    assert page.context["form"]["key"].value() != as_editor.get(journal).context["form"]["key"].value()


def test_two_people_on_one_entry_see_what_the_other_wrote(as_editor, org, ally, today):
    row = tell(org, ally, text="Primero")
    address = reverse("entrada-de-bitacora", args=[org.slug, row.key])
    assert as_editor.post(address, facts(today, text="Lo de ella", version="1")).status_code == 302
    answer = as_editor.post(address, facts(today, text="Lo mío", version="1"))
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Otra persona cambió esto" in said
    assert "Lo de ella" in said
    assert "Lo mío" in said
    assert entries(org)[0].text == "Lo de ella"
    assert answer.context["version"] == 2
    assert as_editor.post(address, facts(today, text="Lo mío", version="2")).status_code == 302
    assert entries(org)[0].text == "Lo mío"
    for version in ("", "-1", "9" * 30, "x"):
        assert as_editor.post(address, facts(today, text="Otro", version=version)).status_code == 422


def test_what_somebody_deleted_meanwhile_comes_back_with_what_was_typed(as_editor, org, ally, today):
    row = tell(org, ally, text="Primero")
    as_editor.post(reverse("borrar-de-la-relacion", args=[org.slug, "bitacora", row.pk]))
    address = reverse("entrada-de-bitacora", args=[org.slug, row.key])
    answer = as_editor.post(address, facts(today, text="Lo mío", version="1"))
    assert "Otra persona borró esto" in answer.content.decode()
    as_editor.post(address, facts(today, text="Lo mío", version="2"))
    assert [one.text for one in entries(org)] == ["Lo mío"]


def test_deleting_asks_nothing_and_is_undone_with_its_commitment_as_it_stood(as_editor, org, ally, journal, today):
    as_editor.post(journal, action(today))
    [row] = entries(org)
    with scope(organization=org):
        Commitment.objects.update(status="in_progress")
    page = as_editor.post(reverse("borrar-de-la-relacion", args=[org.slug, "bitacora", row.pk]), follow=True)
    back = reverse("recuperar-de-la-relacion", args=[org.slug, "bitacora", row.pk])
    assert "Deshacer" in page.content.decode()
    assert back in page.content.decode()
    assert entries(org) == promises(org) == []
    for _ in range(2):
        as_editor.post(back)
    assert [one.status for one in promises(org)] == ["in_progress"]
    assert [one.text for one in entries(org)] == ["Mandar la carta"]
    with scope(organization=org):
        verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["journalentry.deleted", "journalentry.restored"]


def test_what_was_deleted_long_ago_is_gone_for_good(as_editor, org, ally, journal):
    old, new = tell(org, ally, text="Vieja"), tell(org, ally, text="Nueva")
    with scope(organization=org):
        JournalEntry.objects.filter(pk=old.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    assert as_editor.get(journal).context["deleted"] == []
    as_editor.post(reverse("borrar-de-la-relacion", args=[org.slug, "bitacora", new.pk]))
    with scope(organization=org):
        assert list(JournalEntry.objects.values_list("text", flat=True)) == ["Nueva"]


def test_hostile_words_are_only_words(as_editor, org, journal, today):
    as_editor.post(journal, action(today) | {"text": HOSTILE, "responsible": "<img src=x onerror=alert(1)>"})
    said = as_editor.get(journal).content.decode()
    assert "<script>alert" not in said
    assert "<img src=x" not in said
    assert "{{ 7*7 }}" in said


def test_an_ally_with_a_history_is_closed_not_removed(as_editor, org, ally):
    row = tell(org, ally)
    page = as_editor.post(reverse("quitar-aliado", args=[org.slug, ally.pk]), follow=True)
    assert "ya tiene bitácora" in page.content.decode()
    as_editor.post(reverse("borrar-de-la-relacion", args=[org.slug, "bitacora", row.pk]))
    as_editor.post(reverse("quitar-aliado", args=[org.slug, ally.pk]))
    with scope(organization=org):
        assert Ally.objects.count() == 0


# ── Who may read ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", ["viewer", "manager"])
def test_readers_see_nothing_of_the_relation_but_the_silence(login, cast, org, ally, who):
    row = tell(org, ally, text="Secreto de la radio")
    agree(org, "weekly")
    client = login(getattr(cast, who))
    for name, more in [
        ("aliado-bitacora", [ally.pk]), ("entrada-de-bitacora", [row.key]), ("aliado-salud", [ally.pk]),
        ("nueva-salud", [ally.pk]), ("aliado-relacion-documento", [ally.pk, "bitacora-aliado", "docx"]),
        ("entregable", ["bitacora-aliado", "xlsx"]),
    ]:  # fmt: skip
        assert client.get(reverse(name, args=[org.slug, *more])).status_code == 403, name
    page = client.get(reverse("aliado", args=[org.slug, ally.pk])).content.decode()
    assert "Al corriente" in page
    assert "Anotar contacto" not in page
    assert "/bitacora/" not in page
    assert "Secreto" not in page
    blank = client.get(reverse("entregable", args=[org.slug, "salud-aliado", "pdf"]))
    assert blank.status_code == 200


def test_readers_are_not_led_to_the_journal_from_its_commitments(login, cast, org, ally, today):
    tell(org, ally, kind="next_action", responsible="Enlace", due_date=today)
    page = login(cast.viewer).get(reverse("compromisos", args=[org.slug])).content.decode()
    assert "Bitácora de un aliado" in page
    assert "/bitacora/" not in page


def test_the_relation_with_an_ally_of_another_organisation_does_not_exist(as_editor, org, other_org, today):
    theirs = make.make_ally(other_org)
    row = tell(other_org, theirs)
    for name, more in [
        ("aliado-bitacora", [theirs.pk]), ("entrada-de-bitacora", [row.key]), ("aliado-salud", [theirs.pk]),
        ("nueva-salud", [theirs.pk]), ("borrar-de-la-relacion", ["bitacora", row.pk]),
        ("recuperar-de-la-relacion", ["bitacora", row.pk]), ("borrar-de-la-relacion", ["otra-cosa", row.pk]),
    ]:  # fmt: skip
        assert as_editor.post(reverse(name, args=[org.slug, *more]), facts(today)).status_code == 404, name
    taken = reverse("aliado-relacion-documento", args=[org.slug, theirs.pk, "bitacora-aliado", "docx"])
    assert as_editor.get(taken).status_code == 404
    assert len(entries(other_org)) == 1
    assert entries(org) == []


def test_a_key_of_another_organisation_does_not_stop_an_entry(as_editor, org, other_org, journal, today):
    row = tell(other_org, make.make_ally(other_org))
    assert as_editor.post(journal, facts(today, key=str(row.key))).status_code == 302
    assert len(entries(org)) == 1


# ── Silence ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_contact_ends_the_silence_and_other_notes_do_not(as_editor, org, ally, journal, today):
    agree(org, "monthly")
    age(ally, 90)
    page = reverse("aliado", args=[org.slug, ally.pk])
    assert "En silencio" in as_editor.get(page).content.decode()
    as_editor.post(journal, facts(today, kind="lesson"))
    assert "En silencio" in as_editor.get(page).content.decode()
    as_editor.post(journal, facts(today))
    assert "En silencio" not in as_editor.get(page).content.decode()
    [row] = [one for one in entries(org) if one.kind == "contact"]
    as_editor.post(reverse("borrar-de-la-relacion", args=[org.slug, "bitacora", row.pk]))
    assert "En silencio" in as_editor.get(page).content.decode()


def test_the_cadence_of_an_ally_wins_and_without_one_nobody_is_warned(as_editor, org, ally):
    age(ally, 40)
    address = reverse("aliados", args=[org.slug])
    assert as_editor.get(address).context["quiet"] == 0
    agree(org, "monthly")
    assert as_editor.get(address).context["quiet"] == 1
    agree(org, "annual", f"aliado-{ally.pk}")
    assert as_editor.get(address).context["quiet"] == 0


@pytest.mark.parametrize(("state", "quiet"), [("candidate", 1), ("active", 1), ("paused", 0), ("closed", 0)])
def test_only_who_is_worked_with_can_be_quiet(as_editor, org, ally, state, quiet):
    agree(org, "weekly")
    age(ally, 40)
    with scope(organization=org):
        Ally.objects.update(state=state)
    assert as_editor.get(reverse("aliados", args=[org.slug])).context["quiet"] == quiet


def test_the_road_and_the_portfolio_count_the_quiet_of_each_organisation(login, cast, org, ally):
    second = make.make_organization(program=org.program)
    agree(org, "weekly")
    age(ally, 40)
    age(make.make_ally(second, "Sin cadencia"), 400)
    assert "Aliados en silencio" in login(cast.editor).get(reverse("camino", args=[org.slug])).content.decode()
    page = login(cast.manager).get(reverse("portafolio"))
    assert {row["organization"].pk: row["quiet"] for row in page.context["rows"]} == {org.pk: 1, second.pk: 0}
    assert "1 aliado en silencio" in page.content.decode()


# ── Health and trust ────────────────────────────────────────────────────────────────────────────────────────────────


def colours(state="green", note="", **more):
    said = {f"{one.key}-estado": state for one in health.domains()}
    return said | {f"{one.key}-nota": note for one in health.domains()} | more


def check(today, side="us", kind="light", **more):
    return {"side": side, "kind": kind, "on": today.isoformat(), **more}


def test_both_sides_are_read_side_by_side_and_where_they_differ_in_words(as_editor, org, ally, today):
    address = reverse("nueva-salud", args=[org.slug, ally.pk])
    ours = check(today) | colours()
    theirs = check(today, "ally", "formal") | colours() | {"accion-estado": "red", "accion-nota": "No llegó nadie"}
    for sent in (ours, theirs):
        assert as_editor.post(address, sent).status_code == 302
    page = as_editor.get(reverse("aliado-salud", args=[org.slug, ally.pk]))
    said = " ".join(page.content.decode().split())
    assert page.context["health"].overall.state == "red"
    assert "<strong>Acción conjunta</strong>: nosotros verde, el aliado rojo." in said
    assert "No coinciden" in said
    assert "Aliado: ■&nbsp;Rojo" in said
    assert "Nosotros: ●&nbsp;Verde" in said
    assert len(page.context["health"].days) == 1


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "al menos un punto"),
        ({"kind": "formal"}, "mira todos los puntos"),
        ({"accion-estado": "azul"}, "azul"),
        ({"accion-estado": "red", "accion-nota": "x" * 601}, "600"),
        ({"accion-estado": "red", "side": "nadie"}, "nadie"),
        ({"accion-estado": "red", "on": (timezone.localdate() + timedelta(days=1)).isoformat()}, "todavía no llega"),
    ],
)
def test_a_check_that_cannot_be_is_refused_with_what_was_typed(as_editor, org, ally, today, sent, says):
    typed = check(today) | {"necesidad-nota": "Esto no se pierde"} | sent
    answer = as_editor.post(reverse("nueva-salud", args=[org.slug, ally.pk]), typed)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Esto no se pierde" in answer.content.decode()
    with scope(organization=org):
        assert HealthCheck.objects.count() == 0


def test_a_check_is_changed_with_care_for_others_deleted_and_brought_back(as_editor, org, ally, today):
    as_editor.post(reverse("nueva-salud", args=[org.slug, ally.pk]), check(today) | colours("amber"))
    with scope(organization=org):
        row = HealthCheck.objects.get()
    address = reverse("revision-de-salud", args=[org.slug, row.pk])
    assert as_editor.post(address, check(today, version="1") | colours("green")).status_code == 302
    stale = as_editor.post(address, check(today, version="1") | colours("red", "Lo mío"))
    assert stale.status_code == 422
    assert "Necesidad: ● Verde" in stale.content.decode()
    assert "Lo mío" in stale.content.decode()
    gone = as_editor.post(reverse("borrar-de-la-relacion", args=[org.slug, "salud", row.pk]), follow=True)
    assert gone.context["health"].overall is None
    assert "Deshacer" in gone.content.decode()
    back = as_editor.post(reverse("recuperar-de-la-relacion", args=[org.slug, "salud", row.pk]), follow=True)
    assert back.context["health"].overall.state == "green"


def test_trust_is_the_published_equation_over_time(as_editor, org, ally, today):
    address = reverse("aliado-salud", args=[org.slug, ally.pk])
    parts = {"credibility": 8, "reliability": 8, "intimacy": 8, "self_orientation": 4}
    for wrong in ({"credibility": 11}, {"self_orientation": 0}, {"intimacy": ""}, {"on": "2999-01-01"}):
        assert as_editor.post(address, {"on": today.isoformat(), **parts, **wrong}).status_code == 422
    as_editor.post(address, {"on": (today - timedelta(days=30)).isoformat(), **parts, "self_orientation": 8})
    as_editor.post(address, {"on": today.isoformat(), **parts})
    page = as_editor.get(address)
    assert [one.result for one in page.context["trust"]] == [6.0, 3.0]
    assert "<polyline" in page.content.decode()
    with scope(organization=org):
        row = TrustCheck.objects.first()
    gone = as_editor.post(reverse("borrar-de-la-relacion", args=[org.slug, "confianza", row.pk]), follow=True)
    assert "Deshacer" in gone.content.decode()
    assert len(gone.context["trust"]) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_relation(as_editor, org, ally, today, django_assert_num_queries, rows):
    for number in range(rows):
        entry = tell(org, ally, kind="next_action", responsible="Enlace", due_date=today, text=f"Acción {number}")
        with scope(organization=org):
            marks = {"accion": {"state": "red", "note": ""}}
            about = {"organization": org, "ally": ally, "on": today - timedelta(days=number)}
            row = services.add(row=HealthCheck(side="us", marks=marks, **about))
            services.add(row=TrustCheck(credibility=5, reliability=5, intimacy=5, self_orientation=number + 1, **about))
    for name, more, queries in [
        ("aliado-bitacora", [ally.pk], 10), ("entrada-de-bitacora", [entry.key], 4), ("aliado-salud", [ally.pk], 8),
        ("nueva-salud", [ally.pk], 4), ("revision-de-salud", [row.pk], 4),
    ]:  # fmt: skip
        address = reverse(name, args=[org.slug, *more])
        as_editor.get(address)
        with django_assert_num_queries(queries, info=name):
            assert as_editor.get(address).status_code == 200


# ── Documents ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def told(org, ally, today):
    """An ally with a journal, health and trust."""
    tell(org, ally, text="Hablamos con Zutano Perengano", medium="call")
    tell(org, ally, kind="next_action", text=HOSTILE, responsible="Enlace", due_date=today)
    tell(org, make.make_ally(org, "Escuela"), text="Otra cosa")
    make.make_actor(org, "Zutano Perengano", is_sensitive=True, alias="Actor Z")
    with scope(organization=org):
        about = {"organization": org, "ally": ally, "on": today}
        services.add(row=HealthCheck(side="us", marks={"accion": {"state": "red", "note": "Salud reservada"}}, **about))
        services.add(row=TrustCheck(credibility=5, reliability=5, intimacy=5, self_orientation=7, **about))
    return ally


def test_the_journal_leaves_in_word_without_health_and_behind_the_veil(as_editor, org, told):
    answer = as_editor.get(reverse("aliado-relacion-documento", args=[org.slug, told.pk, "bitacora-aliado", "docx"]))
    said = said_in_word(BytesIO(answer.content))
    assert "Hablamos con Actor Z" in said
    assert "Pendiente" in said
    for hidden in ("Zutano", "Salud reservada", "Confianza", "Otra cosa"):
        assert hidden not in said


def test_the_journals_of_all_allies_are_sheets_whose_words_are_no_formulas(as_editor, org, told):
    answer = as_editor.get(reverse("entregable", args=[org.slug, "bitacora-aliado", "xlsx"]))
    book = load_workbook(BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    said = " ".join(str(cell.value) for cell in cells)
    assert "Otra cosa" in said
    assert "=cmd" in said
    assert "Zutano" not in said
    assert "Salud reservada" not in said
    assert {cell.data_type for cell in cells if "=cmd" in str(cell.value)} == {"s"}


def test_the_blank_of_health_has_a_page_for_each_side_and_nothing_that_was_said(as_editor, org, told):
    answer = as_editor.get(reverse("aliado-relacion-documento", args=[org.slug, told.pk, "salud-aliado", "pdf"]))
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.content)).pages]
    assert len(pages) == 2
    assert "Cómo la ve Manos Abiertas" in pages[0]
    assert "Cómo la ve Radio" in pages[1]
    for one in health.domains():
        assert all(one.red in page for page in pages), one.key
    assert "Salud reservada" not in " ".join(pages)


def test_there_are_no_other_documents_of_the_relation(as_editor, org, told):
    for key, fmt in [("salud-aliado", "docx"), ("mou", "docx"), ("confianza", "pdf")]:
        address = reverse("aliado-relacion-documento", args=[org.slug, told.pk, key, fmt])
        assert as_editor.get(address).status_code == 404
