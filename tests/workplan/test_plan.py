"""The plan de trabajo in the browser: rows, order, proposal, calendar, documents."""

from datetime import date

import pytest
from django.urls import reverse
from django_scopes import scope
from icalendar import Calendar

from alianzas.exports import base
from alianzas.models import Commitment
from sessions_app.models import WorkPlanItem
from sessions_app.workplan import queries, services
from sessions_app.workplan.proposal import proposal
from tests import factories as make

from .rows import make_item, make_plan, titles


def address(org, name, *args):
    return reverse(name, args=[org.slug, *args])


GOOD = {"title": "Leer", "parent": "", "duration": "2", "unit": "weeks", "start": "2026-03-02", "end": "2026-03-15"}


def test_an_activity_is_added_and_shown(as_editor, org):
    data = GOOD | {"responsibles": "Facilitación", "org_team": "Dirección", "product": "Carpeta"}
    assert as_editor.post(address(org, "nueva-actividad-de-trabajo"), data).status_code == 302
    page = as_editor.get(address(org, "plan-de-trabajo")).content.decode()
    for said in ("Leer", "2 semanas", "Facilitación", "Dirección", "Carpeta", "2 mar 2026", "<svg"):
        assert said in page


def test_codes_follow_from_the_order(org):
    make_plan(org)
    assert titles(org) == ["1 Preparar", "1.1 Leer", "1.2 Escribir", "2 Cerrar"]


def test_rows_move_among_their_own(as_editor, org):
    first, _, other, second = make_plan(org)
    as_editor.post(address(org, "mover-actividad-de-trabajo", other.pk, "subir"))
    as_editor.post(address(org, "mover-actividad-de-trabajo", second.pk, "subir"))
    as_editor.post(address(org, "mover-actividad-de-trabajo", first.pk, "bajar"))
    assert titles(org) == ["1 Cerrar", "2 Preparar", "2.1 Escribir", "2.2 Leer"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "obligatorio"),
        ({"title": "a" * 40_000}, "200"),
        ({"end": "2026-03-01"}, "El fin no puede ser antes del inicio."),
        ({"start": "ayer"}, "fecha válida"),
        ({"start": "0026-03-02"}, "Revisa el año"),
        ({"duration": "0"}, "La duración es mayor que cero."),
        ({"duration": "-3"}, "La duración es mayor que cero."),
        ({"duration": "mucho"}, "número"),
        ({"unit": "siglos"}, "válida"),
        ({"parent": "999999"}, "válida"),
    ],
)
def test_a_bad_activity_is_said_and_nothing_is_kept(as_editor, org, change, said):
    data = GOOD | {"product": "Lo que no se pierde"} | change
    answer = as_editor.post(address(org, "nueva-actividad-de-trabajo"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Lo que no se pierde" in page
    assert titles(org) == []


def test_a_parent_of_another_organization_is_refused(as_editor, org, other_org):
    foreign = make_item(other_org)
    answer = as_editor.post(address(org, "nueva-actividad-de-trabajo"), GOOD | {"parent": foreign.pk})
    assert answer.status_code == 422


def test_an_activity_with_sub_activities_cannot_become_one(as_editor, org):
    first, _, _, second = make_plan(org)
    answer = as_editor.post(address(org, "actividad-de-trabajo", first.pk), GOOD | {"parent": second.pk})
    assert answer.status_code == 422
    assert "Tiene subactividades" in answer.content.decode()
    assert titles(org)[0] == "1 Preparar"


def test_deleting_an_activity_takes_its_sub_activities_and_commitments(as_editor, org):
    first, *_ = make_plan(org)
    with scope(organization=org):
        assert Commitment.objects.count() == 2
    page = as_editor.get(address(org, "actividad-de-trabajo", first.pk)).content.decode()
    assert "Borrar actividad y sus 2 subactividades" in page
    as_editor.post(address(org, "borrar-actividad-de-trabajo", first.pk))
    assert titles(org) == ["1 Cerrar"]
    with scope(organization=org):
        assert not Commitment.objects.exists()


def test_an_activity_with_responsible_and_end_is_a_commitment_that_follows_it(org):
    item = make_item(org, "Leer", start=date(2026, 3, 2), duration=1, unit="weeks", responsibles="Enlace")
    with scope(organization=org):
        [promise] = Commitment.objects.all()
        assert (promise.title, promise.responsible, promise.due_date) == ("Leer", "Enlace", date(2026, 3, 8))
        promise.status = "in_progress"
        promise.save()
        item.end = date(2026, 4, 1)
        services.save_item(item=item)
        [promise] = Commitment.objects.all()
        assert (promise.due_date, promise.status) == (date(2026, 4, 1), "in_progress")
        item.responsibles = ""
        services.save_item(item=item)
        assert not Commitment.objects.exists()


def test_the_gantt_tells_apart_what_has_no_date_and_spans_what_has_it_below(org):
    parent = make_item(org, "Sin fecha propia")
    make_item(org, "Con fecha", parent, start=date(2026, 3, 2), end=date(2026, 3, 9))
    make_item(org, "Por agendar")
    with scope(organization=org):
        rows = queries.plan_rows()
    assert [(row.code, row.is_span, row.start) for row in rows] == [
        ("1", True, date(2026, 3, 2)),
        ("1.1", False, date(2026, 3, 2)),
        ("2", False, None),
    ]


def test_hostile_words_stay_words_on_the_page(as_editor, org):
    make_item(org, "<script>alert(1)</script>", start=date(2026, 3, 2), end=date(2026, 3, 9))
    page = as_editor.get(address(org, "plan-de-trabajo")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


# ── The proposal of the method ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("level", "sessions"),
    [("basic", "12345"), ("intermediate", "1235"), ("advanced", "1236"), ("", "123456")],
)
def test_the_proposal_has_the_sessions_of_the_level_with_their_products(as_editor, org, level, sessions):
    make.make_process(org, level=level)
    answer = as_editor.post(address(org, "proponer-plan-de-trabajo"), {"start": "2026-06-01", "months": "6"})
    assert answer.status_code == 302
    with scope(organization=org):
        rows = queries.plan_rows()
        found = [row.item for row in rows if row.item.title.startswith("Sesión ")]
    assert "".join(item.title[7] for item in found) == sessions
    assert all(item.product and item.responsibles and item.org_team and item.duration for item in found)
    assert [row.item.title for row in rows if not row.is_child] == [
        "Recuperación de aprendizajes",
        "Creación de capacidades",
        "Sesiones de trabajo",
        "Cierre",
    ]
    assert ("Plan de Alianzas Estratégicas" in [row.item.product for row in rows]) == ("6" in sessions)
    assert min(row.start for row in rows) == date(2026, 6, 1)
    assert max(row.end for row in rows) == date(2026, 11, 30)


def test_the_proposal_is_made_once(as_editor, org):
    as_editor.post(address(org, "proponer-plan-de-trabajo"), {"months": "6"})
    before = titles(org)
    answer = as_editor.post(address(org, "proponer-plan-de-trabajo"), {"months": "6"}, follow=True)
    assert "ya tiene la propuesta del método" in answer.content.decode()
    assert titles(org) == before


@pytest.mark.parametrize("months", ["0", "61", "seis", ""])
def test_a_proposal_of_impossible_length_is_refused(as_editor, org, months):
    assert as_editor.post(address(org, "proponer-plan-de-trabajo"), {"months": months}).status_code == 422
    assert titles(org) == []


def test_momentos_take_their_share_of_the_time():
    rows = proposal(services.sessions_of("basic"), weights=[15, 30, 40, 15], start=date(2026, 1, 1), months=12)
    days = [(row.end - row.start).days + 1 for row in rows]
    assert days == [55, 109, 146, 55]
    for row in rows:
        assert all(row.start <= child.start <= child.end <= row.end for child in row.children)


def test_the_plan_takes_no_more_rows_than_it_can_show(as_editor, org, monkeypatch):
    monkeypatch.setattr(services, "MAX_ITEMS", 1)
    make_item(org)
    answer = as_editor.post(address(org, "nueva-actividad-de-trabajo"), GOOD)
    assert answer.status_code == 422
    assert "admite hasta" in answer.content.decode()


# ── Out of the product ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_calendar_has_the_dated_activities(as_editor, org):
    make_plan(org)
    make_item(org, "Uno\r\nBEGIN:VEVENT\r\nSUMMARY:falso", start=date(2026, 5, 4), end=date(2026, 5, 5))
    answer = as_editor.get(address(org, "calendario-de-trabajo"))
    assert answer["Content-Type"].startswith("text/calendar")
    assert "private" in answer["Cache-Control"]
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [
        "1 Preparar",
        "1.1 Leer",
        "1.2 Escribir",
        "3 Uno BEGIN:VEVENT SUMMARY:falso",
    ]
    assert [event.decoded("DTSTART") for event in events][1] == date(2026, 3, 2)
    assert [event.decoded("DTEND") for event in events][1] == date(2026, 3, 16)
    again = as_editor.get(address(org, "calendario-de-trabajo"))
    assert again.content == answer.content


@pytest.mark.parametrize("fmt", ["xlsx", "pdf", "docx"])
def test_the_document_comes_in_every_format(as_editor, org, fmt):
    make_plan(org)
    answer = as_editor.get(reverse("entregable", args=[org.slug, "plan-de-trabajo", fmt]))
    assert answer.status_code == 200
    assert answer.content[:2] == (b"%P" if fmt == "pdf" else b"PK")


def test_an_empty_plan_has_documents_too(org):
    with scope(organization=org):
        document = base.get("plan-de-trabajo").build(org)
    assert base.render(document, "xlsx")[:2] == b"PK"


def test_readers_see_the_plan_without_buttons(login, cast, org):
    make_plan(org)
    page = login(cast.viewer).get(address(org, "plan-de-trabajo")).content.decode()
    assert "Preparar" in page
    assert "Agregar actividad" not in page
    assert "Proponer" not in page


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("plan-de-trabajo", 5), ("calendario-de-trabajo", 8)])
def test_queries_of_the_pages(as_editor, org, django_assert_num_queries, name, queries, rows):
    for _ in range(rows):
        make_plan(org)
    as_editor.get(address(org, name))
    with django_assert_num_queries(queries):
        assert as_editor.get(address(org, name)).status_code == 200


def test_rows_of_others_are_404(as_editor, org, other_org):
    foreign = make_item(other_org)
    assert as_editor.get(address(org, "actividad-de-trabajo", foreign.pk)).status_code == 404
    for name, more in (("borrar-actividad-de-trabajo", ()), ("mover-actividad-de-trabajo", ("subir",))):
        assert as_editor.post(address(org, name, foreign.pk, *more)).status_code == 404
    with scope(organization=other_org):
        assert WorkPlanItem.objects.exists()


def test_the_calendar_names_sensitive_actors_by_their_alias(as_editor, org):
    make.make_actor(org, "Comandante Rojas", is_sensitive=True, alias="Actor 7")
    make_item(org, "Evitar al Comandante Rojas", start=date(2026, 5, 4), responsibles="Enlace de Comandante Rojas")
    content = as_editor.get(address(org, "calendario-de-trabajo")).content.decode()
    assert content.count("Actor 7") == 2
    assert "Rojas" not in content
