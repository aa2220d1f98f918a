"""The list of commitments: everything with an owner and a date, whatever its source."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from alianzas.commitments import hooks, queries, services
from alianzas.exports import base
from alianzas.models import Commitment, Event
from tests import factories as make


def address(org, name="compromisos", *args):
    return reverse(name, args=[org.slug, *args])


def promise(organization, title="Pedir una reunión", source="manual", **facts):
    with scope(organization=organization):
        row = Commitment(organization=organization, title=title, source=source, **facts)
        row.full_clean()
        row.save()
    return row


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


# ── The list ────────────────────────────────────────────────────────────────────────────────────────────────────────


MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("due", "status", "group"),
    [
        (date(2026, 11, 22), "pending", "late"),
        (MONDAY, "pending", "week"),
        (date(2026, 11, 29), "in_review", "week"),
        (date(2026, 11, 30), "in_progress", "later"),
        (None, "pending", "undated"),
        (date(2026, 11, 22), "done", "closed"),
        (None, "cancelled", "closed"),
    ],
)
def test_each_one_is_in_its_group(due, status, group):
    assert queries.group_of(Commitment(due_date=due, status=status), MONDAY) == group


def test_groups_come_in_order_and_empty_ones_are_left_out(org):
    promise(org, "Tarde", due_date=in_days(-3))
    promise(org, "Sin fecha")
    promise(org, "Hecho", status="done")
    with scope(organization=org):
        groups = queries.grouped(queries.entries(timezone.localdate()))
    assert [(group.label, [one.title for one in group.entries]) for group in groups] == [
        ("Vencidos", ["Tarde"]),
        ("Sin fecha", ["Sin fecha"]),
        ("Hechos y cancelados", ["Hecho"]),
    ]


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("S6.6", "Mapa de resultados"),
        ("S6.7", "Cierre y conclusiones"),
        ("S6.1.asistencia", "Bienvenida y objetivo"),
        ("plan-de-trabajo.0b1c", "Plan de trabajo"),
        ("manual", "Manual"),
        ("algo-nuevo", "algo-nuevo"),
    ],
)
def test_every_source_has_a_name_for_people(key, label):
    assert hooks.source_of(key).label == label


def test_the_page_shows_what_everybody_promised(as_editor, org):
    make.make_activity(make.make_outcome_row(org), title="Visitar la planta", responsible="Vinculación")
    promise(org, "Llamar a la red", responsible="Enlace", due_date=in_days(-1))
    page = as_editor.get(address(org)).content.decode()
    for said in ("Visitar la planta", "Vinculación", "Mapa de resultados", "Llamar a la red", "Venció el", "Manual"):
        assert said in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "PLANTA"}, ["Visitar la planta"]),
        ({"q": "vinculacion"}, ["Visitar la planta"]),
        ({"q": "nada de esto"}, []),
        ({"responsable": "Enlace"}, ["Llamar a la red"]),
        ({"estado": "done"}, ["Ya quedó"]),
        ({"origen": "Mapa de resultados"}, ["Visitar la planta"]),
        ({"origen": "Mapa de resultados", "responsable": "Enlace"}, []),
        ({"estado": "perdido", "responsable": "Nadie"}, ["Llamar a la red", "Visitar la planta", "Ya quedó"]),
    ],
)
def test_filters_narrow_the_list_without_javascript(as_editor, org, query, found):
    promise(org, "Visitar la planta", "S6.6", responsible="Vinculación", due_date=in_days(30))
    promise(org, "Llamar a la red", responsible="Enlace", due_date=in_days(-1))
    promise(org, "Ya quedó", status="done")
    answer = as_editor.get(address(org), query)
    assert [one.title for group in answer.context["groups"] for one in group.entries] == found


def test_hostile_words_stay_words(as_editor, org):
    promise(org, "<img src=x onerror=alert(1)>", responsible='"><script>')
    page = as_editor.get(address(org), {"q": "<script>"}).content.decode()
    assert "<script>" not in page.split("</head>")[1]
    page = as_editor.get(address(org)).content.decode()
    assert "<img src=x" not in page


def test_a_sensitive_actor_is_named_by_its_alias_and_its_own_form_keeps_the_words(as_editor, org):
    make.make_actor(org, "Comandante Rojas", is_sensitive=True, alias="Actor 7")
    row = promise(org, "Buscar a la gente del  comandante ROJAS", responsible="Comandante Rojas")
    page = as_editor.get(address(org)).content.decode()
    assert "Buscar a la gente del  Actor 7" in page
    assert "rojas" not in page.lower()
    assert "ROJAS" in as_editor.get(address(org, "compromiso", row.pk)).content.decode()
    with scope(organization=org):
        said = repr(base.get("compromisos").build(org).blocks)
    assert "Actor 7" in said
    assert "rojas" not in said.lower()


# ── One tap ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_tap_marks_it_done_and_another_undoes_it(as_editor, org):
    row = promise(org, status="in_progress")
    tap = address(org, "estado-de-compromiso", row.pk)
    answer = as_editor.post(tap, {"status": "done"}, headers={"HX-Request": "true"})
    fragment = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in fragment
    assert "Deshacer" in fragment
    assert 'value="in_progress"' in fragment
    with scope(organization=org):
        assert Commitment.objects.get().status == "done"
        assert Event.objects.get().detail == {"commitment": row.pk, "from": "in_progress", "to": "done"}
    as_editor.post(tap, {"status": "in_progress"}, headers={"HX-Request": "true"})
    with scope(organization=org):
        assert Commitment.objects.get().status == "in_progress"


def test_without_javascript_the_list_comes_back_filtered_with_a_way_to_undo(as_editor, org):
    row = promise(org, responsible="Enlace")
    here = address(org) + "?" + urlencode({"responsable": "Enlace"})
    answer = as_editor.post(address(org, "estado-de-compromiso", row.pk), {"status": "done", "regreso": here})
    assert answer.status_code == 302
    assert answer.url.startswith(here)
    page = as_editor.get(answer.url).content.decode()
    assert "quedó como <strong>hecho</strong>" in page
    undo = {"status": "pending", "regreso": answer.url, "deshacer": "1"}
    assert as_editor.post(address(org, "estado-de-compromiso", row.pk), undo).url == here
    with scope(organization=org):
        assert Commitment.objects.get().status == "pending"


@pytest.mark.parametrize("elsewhere", ["https://malo.test/", "//malo.test", "/o/otra/compromisos/", "javascript:x"])
def test_the_way_back_never_leads_elsewhere(as_editor, org, elsewhere):
    row = promise(org)
    data = {"status": "done", "regreso": elsewhere}
    assert as_editor.post(address(org, "estado-de-compromiso", row.pk), data).url.startswith(address(org) + "?")


@pytest.mark.parametrize("htmx", [True, False])
def test_an_unknown_status_changes_nothing(as_editor, org, htmx):
    row = promise(org)
    headers = {"HX-Request": "true"} if htmx else {}
    answer = as_editor.post(address(org, "estado-de-compromiso", row.pk), {"status": "perdido"}, headers=headers)
    assert answer.status_code == (422 if htmx else 302)
    with scope(organization=org):
        assert Commitment.objects.get().status == "pending"
        assert not Event.objects.exists()


# ── Adding and changing ─────────────────────────────────────────────────────────────────────────────────────────────


def test_one_is_added_by_hand(as_editor, org):
    data = {"title": "Llamar", "responsible": "Enlace", "due_date": in_days(0).isoformat()}
    assert as_editor.post(address(org, "nuevo-compromiso"), data).status_code == 302
    with scope(organization=org):
        [row] = Commitment.objects.all()
    assert (row.title, row.source, row.status) == ("Llamar", "manual", "pending")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "obligatorio"),
        ({"title": "a" * 40_000}, "Acórtalo"),
        ({"responsible": "a" * 201}, "200"),
        ({"due_date": in_days(-1).isoformat()}, "Esa fecha ya pasó"),
        ({"due_date": "mañana"}, "fecha válida"),
        ({"due_date": "2126-01-01"}, "Revisa el año"),
    ],
)
def test_a_bad_one_is_said_and_nothing_is_kept(as_editor, org, change, said):
    data = {"title": "Llamar a quien no se pierde", "responsible": "Enlace", "due_date": ""} | change
    answer = as_editor.post(address(org, "nuevo-compromiso"), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with scope(organization=org):
        assert not Commitment.objects.exists()


def test_the_service_refuses_the_past_too(org):
    with scope(organization=org), pytest.raises(services.ValidationError, match="ya pasó"):
        services.add(organization=org, today=MONDAY, title="Tarde", due_date=date(2026, 11, 1))


def test_one_that_is_late_can_still_be_changed(as_editor, org):
    row = promise(org, due_date=in_days(-9))
    data = {"title": "Otra cosa", "responsible": "", "due_date": in_days(-9).isoformat(), "status": "in_review"}
    assert as_editor.post(address(org, "compromiso", row.pk), data).status_code == 302
    with scope(organization=org):
        row = Commitment.objects.get()
    assert (row.title, row.status) == ("Otra cosa", "in_review")


def test_what_belongs_to_the_plan_de_trabajo_is_changed_there(as_editor, org):
    row = promise(org, source="plan-de-trabajo.0b1c")
    answer = as_editor.post(address(org, "compromiso", row.pk), {"title": "Otra", "status": "done"})
    assert answer.url == address(org, "plan-de-trabajo")
    with scope(organization=org):
        assert Commitment.objects.get().title == "Pedir una reunión"


def test_only_those_written_by_hand_are_deleted(as_editor, org):
    make.make_activity(make.make_outcome_row(org))
    mine = promise(org)
    with scope(organization=org):
        theirs = Commitment.objects.get(source="S6.6")
    for row in (mine, theirs):
        assert as_editor.post(address(org, "borrar-compromiso", row.pk)).status_code == 302
    with scope(organization=org):
        assert list(Commitment.objects.all()) == [theirs]


def test_rows_of_others_are_404(as_editor, org, other_org):
    foreign = promise(other_org)
    assert as_editor.get(address(org, "compromiso", foreign.pk)).status_code == 404
    for name in ("estado-de-compromiso", "borrar-compromiso"):
        assert as_editor.post(address(org, name, foreign.pk), {"status": "done"}).status_code == 404


def test_readers_see_the_list_without_buttons(login, cast, org):
    promise(org)
    page = login(cast.viewer).get(address(org)).content.decode()
    assert "Pedir una reunión" in page
    assert "Agregar compromiso" not in page
    assert "Marcar como hecho" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_list(as_editor, org, django_assert_num_queries, rows):
    for number in range(rows):
        make.make_activity(make.make_outcome_row(org))
        make.make_actor(org, is_sensitive=True, alias=f"Actor {number}")
        promise(org, due_date=in_days(number))
    as_editor.get(address(org))
    with django_assert_num_queries(6):
        as_editor.get(address(org))


# ── Documents ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fmt", ["xlsx", "pdf"])
def test_the_document_comes_in_every_format(as_editor, org, fmt):
    promise(org, "=1+1", due_date=in_days(2))
    answer = as_editor.get(reverse("entregable", args=[org.slug, "compromisos", fmt]))
    assert answer.status_code == 200
    assert answer.content[:2] == (b"%P" if fmt == "pdf" else b"PK")


def test_an_organization_without_commitments_has_a_document_too(org):
    with scope(organization=org):
        assert base.render(base.get("compromisos").build(org), "xlsx")[:2] == b"PK"
