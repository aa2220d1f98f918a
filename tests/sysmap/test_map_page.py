"""The map in the browser: cards moved in every way, faint sectors, ideal system, full versions, stale records."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django_scopes import scope

from alianzas.models import Event
from sysmap import queries
from sysmap.layout import Card, lay_out
from sysmap.models import Actor, MissingRole
from sysmap.places import stepped
from tests import factories as make

SECRET = "Grupo que nadie nombra"


@pytest.fixture
def actor(org):
    return make.make_actor(org, "Iglesia local", relation="weak", result="positive", sector="religious")


def move(client, org, actor, htmx=True, **values):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse("mover-actor", args=[org.slug, actor.key]), values, headers=headers)


def place(org, actor):
    with scope(organization=org):
        row = Actor.objects.get(pk=actor.pk)
    return row.relation, row.result


def test_a_card_dropped_on_a_ring_takes_its_relation_and_half(as_editor, org, actor):
    with scope(organization=org):
        layout = queries.map_layout(queries.states())
    x, y = layout.centre
    page = move(as_editor, org, actor, x=x + 40, y=y, was_relation="weak", was_result="positive")
    assert place(org, actor) == ("strong", "negative")
    assert "relación débil y efecto positivo → relación fuerte y efecto negativo" in page.content.decode()
    assert "Deshacer" in page.content.decode()


def test_every_place_of_the_picture_is_found_where_it_is_drawn():
    cards = [Card(f"{r}-{s}-{n}", "Actor", relation=r, result=s) for r in ("strong", "collaborative", "weak",
             "conflictive") for s in ("positive", "negative") for n in range(3)]  # fmt: skip
    cards += [Card("tray", "Sin lugar")]
    layout = lay_out(cards)
    for placed in (*layout.cards, *layout.tray):
        assert layout.place_at(*placed.box.centre) == (placed.card.relation, placed.card.result)
    assert layout.place_at(-9999, 0) == ("conflictive", "positive")
    assert layout.place_at(9999, layout.centre[1]) == ("conflictive", "negative")


@pytest.mark.parametrize(
    ("start", "step", "end"),
    [
        (("weak", "positive"), "cerca", ("collaborative", "positive")),
        (("strong", "positive"), "cerca", ("strong", "positive")),
        (("conflictive", "negative"), "lejos", ("conflictive", "negative")),
        (("weak", "positive"), "negativo", ("weak", "negative")),
        (("", ""), "cerca", ("weak", "positive")),
    ],
)
def test_steps_of_the_keyboard(start, step, end):
    assert stepped(*start, step) == end


def test_the_menu_moves_and_the_tray_takes_back(as_editor, org, actor):
    assert move(as_editor, org, actor, htmx=False, relation="strong", result="negative").status_code == 302
    assert place(org, actor) == ("strong", "negative")
    move(as_editor, org, actor, relation="", result="")
    assert place(org, actor) == ("", "")


def test_a_card_that_somebody_else_moved_stays_where_they_put_it(as_editor, org, actor):
    answer = move(
        as_editor, org, actor, relation="strong", result="positive", was_relation="conflictive", was_result=""
    )
    assert answer.status_code == 409
    assert "Alguien movió «Iglesia local»" in answer.content.decode()
    assert place(org, actor) == ("weak", "positive")


@pytest.mark.parametrize(
    "values",
    [
        {"x": "nan", "y": "1"},
        {"x": "inf", "y": "0"},
        {"relation": "amistosa"},
        {"paso": "arriba"},
        {"x": "1e999", "y": "3"},
    ],
)
def test_nonsense_moves_nothing(as_editor, org, actor, values):
    assert move(as_editor, org, actor, **values).status_code == 422
    assert place(org, actor) == ("weak", "positive")


def test_an_actor_of_another_organisation_is_not_found(as_editor, org, other_org):
    theirs = make.make_actor(other_org, "Ajeno", relation="weak")
    assert move(as_editor, org, theirs, relation="strong", result="positive").status_code == 404
    assert as_editor.get(reverse("ficha-de-actor", args=[org.slug, theirs.key])).status_code == 404
    assert as_editor.get(reverse("ficha-de-actor", args=[org.slug, uuid4()])).status_code == 404


def test_other_sectors_step_back(as_editor, org, actor):
    make.make_actor(org, "Radio", sector="media")
    page = as_editor.get(reverse("mapa", args=[org.slug]), {"sector": "media"}, headers={"HX-Request": "true"})
    assert page.content.decode().count('opacity="0.22"') == 1
    assert "<html" not in page.content.decode()
    everybody = as_editor.get(reverse("mapa", args=[org.slug]), {"sector": "inventado"}).content.decode()
    assert 'opacity="0.22"' not in everybody


def test_a_missing_role_is_a_ghost_that_somebody_could_take(as_editor, org, actor):
    facts = {"role": "Traduce a lengua náhuatl", "relation": "strong", "result": "positive", "who": "iglesia LOCAL"}
    as_editor.post(reverse("nuevo-papel", args=[org.slug]), facts)
    with scope(organization=org):
        row = MissingRole.objects.get()
    assert row.holder_id == actor.pk
    page = as_editor.get(reverse("mapa-ideal", args=[org.slug])).content.decode()
    assert 'data-ghost="true"' in page
    assert "le tocaría a Iglesia local" in page
    as_editor.post(reverse("papel", args=[org.slug, row.pk]), facts | {"who": "Una red nueva"})
    with scope(organization=org):
        assert MissingRole.objects.get().held_by == "Una red nueva"
    as_editor.post(reverse("borrar-papel", args=[org.slug, row.pk]))
    with scope(organization=org):
        assert not MissingRole.objects.exists()


def test_the_gap_to_the_ideal_ranks_the_candidates(as_editor, org, actor):
    make.make_actor(org, "Policía", relation="conflictive", result="negative", desired_relation="strong",
                    desired_result="positive")  # fmt: skip
    make.make_actor(org, "Escuela", relation="collaborative", desired_relation="strong")
    gaps = as_editor.get(reverse("mapa-ideal", args=[org.slug])).context["gaps"]
    assert [(gap.name, gap.steps) for gap in gaps] == [("Policía", 5), ("Escuela", 1)]


# ── Full versions ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def secret(org):
    return make.make_actor(org, SECRET, is_sensitive=True, alias="Actor S", rules="")


def take(client, org, document="mapa.svg", reason="Para la reunión de seguridad del consejo"):
    return client.post(reverse("version-completa", args=[org.slug]), {"document": document, "reason": reason})


def test_the_shareable_version_hides_and_the_full_one_is_recorded(login, cast, org, secret):
    client = login(cast.facilitator)
    shared = client.get(reverse("entregable", args=[org.slug, "mapa", "svg"])).content.decode()
    assert "que nadie nombra" not in shared
    full = take(client, org)
    assert "Grupo que" in full.content.decode()
    assert full["Cache-Control"] == "private, no-store"
    assert "version-completa" in full["Content-Disposition"]
    with scope(organization=org):
        event = Event.objects.get(verb="document.taken_full")
    assert event.detail == {"key": "mapa", "format": "svg", "reason": "Para la reunión de seguridad del consejo"}
    page = client.get(reverse("version-completa", args=[org.slug])).content.decode()
    assert "Para la reunión de seguridad del consejo" in page
    assert SECRET not in page


@pytest.mark.parametrize(("who", "status"), [("editor", 403), ("viewer", 403), ("manager", 403), ("stranger", 404)])
def test_only_whoever_facilitates_takes_the_full_version(login, cast, org, secret, who, status):
    client = login(getattr(cast, who))
    assert client.get(reverse("version-completa", args=[org.slug])).status_code == status
    assert take(client, org).status_code == status


@pytest.mark.parametrize(
    ("document", "reason"),
    [("mapa.svg", ""), ("mapa.svg", "porque sí"), ("mapa.docx", "x" * 20), ("plan.pdf", "x" * 20)],
)
def test_a_full_version_needs_a_document_and_a_reason(login, cast, org, secret, document, reason):
    assert take(login(cast.facilitator), org, document, reason).status_code == 422
    with scope(organization=org):
        assert not Event.objects.filter(verb="document.taken_full").exists()


def test_a_full_workbook_cannot_be_uploaded_again(login, cast, org, secret):
    from io import BytesIO

    client = login(cast.facilitator)
    book = BytesIO(take(client, org, "matriz-5rs.xlsx").content)
    book.name = "matriz.xlsx"
    answer = client.post(reverse("subir-matriz", args=[org.slug]), {"file": book})
    assert "versión completa, con nombres reales" in answer.content.decode()


# ── The record ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_record_that_somebody_changed_meanwhile_is_not_overwritten_silently(as_editor, org, actor):
    address = reverse("actor", args=[org.slug, actor.pk])
    form = as_editor.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    sent |= {"roles": "", "secondary_resources": "", "rules": "Lo mío"}
    with scope(organization=org):
        Actor.objects.filter(pk=actor.pk).update(rules="Lo de otra persona")
    answer = as_editor.post(address, sent)
    assert answer.status_code == 409
    assert "Lo de otra persona" in answer.content.decode()
    assert "Lo mío" in answer.content.decode()
    with scope(organization=org):
        assert Actor.objects.get().rules == "Lo de otra persona"
    again = sent | {"seen": answer.context["form"].data["seen"]}
    assert as_editor.post(address, again).status_code == 302
    with scope(organization=org):
        assert Actor.objects.get().rules == "Lo mío"


def test_the_analysis_counts_and_says_what_is_missing(as_editor, org, actor):
    make.make_actor(org, "Radio", relation="", result="", sector="media", rules="")
    context = as_editor.get(reverse("analisis-del-mapa", args=[org.slug])).context
    assert {label: counts for label, *counts in context["relations"]}["Débil"] == [1, 0, 0]
    assert dict(context["sectors"]) == {"Grupo religioso": 1, "Medio de comunicación": 1}
    missing = {label: [one.name for one in found] for label, found in context["lacking"]}
    assert missing["Sin relación"] == ["Radio"]
    assert missing["Sin reglas"] == ["Iglesia local", "Radio"]
