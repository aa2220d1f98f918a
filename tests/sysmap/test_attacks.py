"""One regression test for each finding of an attack on the map."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from alianzas.exports import base
from sessions_app.models import Answer
from sysmap import moments, queries, removals, services
from sysmap.models import Actor, MapSnapshot, Removal
from tests import factories as make

PAGES = ("mapa", "matriz", "actores", "analisis-del-mapa", "mapa-ideal", "momentos", "comparar")


@pytest.fixture
def reader(login, cast):
    return login(cast.viewer)


def freeze(org, cast, kind="baseline", **facts):
    with scope(organization=org):
        return moments.freeze(organization=org, by=cast.editor, kind=kind, taken_on=timezone.localdate(), **facts)


def everything_read(client, org):
    """All that somebody can read of the map: pages, moments and drawings."""
    pages = [client.get(reverse(name, args=[org.slug])) for name in PAGES]
    with scope(organization=org):
        rows = list(MapSnapshot.objects.values_list("pk", flat=True))
    pages += [client.get(reverse("momento", args=[org.slug, pk])) for pk in rows]
    pages += [client.get(reverse("entregable", args=[org.slug, "mapa", "svg"]))]
    return " ".join(page.content.decode() for page in pages).casefold()


def test_an_earlier_spelling_of_a_sensitive_actor_is_hidden_too(reader, org, cast):
    actor = make.make_actor(org, "Los Pelones de Atras")
    make.make_actor(org, "Radio", rules="Cuidado con LOS PELONES de Atras y de atrás")
    freeze(org, cast)
    with scope(organization=org):
        services.save_cell(actor=actor, name="name", text="Los Pelones de Atrás", was="Los Pelones de Atras")
        services.protect(actor=actor, alias="Actor P")
        assert "pelones" not in everything_read(reader, org)
        removals.delete_actor(actor=Actor.objects.get(pk=actor.pk), by=cast.editor)
    assert "pelones" not in everything_read(reader, org)


def test_a_name_merged_into_a_sensitive_actor_is_hidden_and_shown_again_when_taken_apart(reader, org, cast):
    kept = make.make_actor(org, "Don Chuy", is_sensitive=True, alias="Actor Dos")
    gone = make.make_actor(org, "Banda Zorrillo")
    freeze(org, cast)
    with scope(organization=org):
        removal = removals.merge_actors(kept=kept, gone=gone, by=cast.editor)
        assert str(removal) == "Actor Dos"
    assert "banda zorrillo" not in everything_read(reader, org)
    with scope(organization=org):
        removals.restore(removal=Removal.objects.get(), by=cast.editor)
        assert queries.veil()("Banda Zorrillo") == "Banda Zorrillo"


def test_who_took_part_and_the_note_of_a_moment_hide_names(reader, org, cast):
    make.make_actor(org, "Grupo del cerro alto", is_sensitive=True, alias="Actor C")
    freeze(org, cast, people="Lideresa que denunció al Grupo del cerro alto", note="Sin el grupo DEL CERRO alto")
    assert "cerro alto" not in everything_read(reader, org)


def test_a_protected_name_inside_another_name_is_hidden(reader, org):
    make.make_actor(org, "Grupo del cerro alto", is_sensitive=True, alias="Actor C")
    make.make_actor(org, "Familias amenazadas por el Grupo del Cerro Alto")
    make.make_actor(org, "Policía", is_sensitive=True, alias="Actor P")
    make.make_actor(org, "Policía municipal de la costa")
    said = everything_read(reader, org)
    assert "cerro alto" not in said
    assert "policía municipal de la costa" in said


def test_the_result_sought_and_the_answers_hide_names_from_readers(login, cast, org):
    make.make_actor(org, "Grupo del cerro alto", is_sensitive=True, alias="Actor C")
    org.desired_result = "Que el Grupo del cerro alto deje de reclutar"
    org.save()
    with scope(organization=org):
        Answer.objects.create(organization=org, prompt_key="M.8.q1", value="Manda el grupo del cerro alto")
    client = login(cast.viewer)
    assert "cerro alto" not in everything_read(client, org)
    sheet = client.get(reverse("planilla", args=[org.slug, "M", "M.8"])).content.decode()
    assert "Manda el Actor C" in sheet
    with scope(organization=org):
        for key in ("matriz-5rs", "mapa-ideal", "plan-de-alianzas"):
            assert "cerro alto" not in repr(base.get(key).document(org, "pdf").blocks).casefold()
    assert "cerro alto" in login(cast.editor).get(reverse("analisis-del-mapa", args=[org.slug])).content.decode()


def test_the_dialog_of_the_projected_map_hides_names_from_everybody(as_editor, org):
    make.make_actor(org, "Grupo del cerro alto", is_sensitive=True, alias="Actor C")
    radio = make.make_actor(org, "Radio", rules="No tratar con el Grupo del cerro alto")
    page = as_editor.get(reverse("ficha-de-actor", args=[org.slug, radio.key])).content.decode()
    assert "No tratar con el Actor C" in page


@pytest.mark.parametrize("alias", ["Zetas", " zetas ", "Los zetas del norte", "Parroquia", ""])
def test_an_alias_that_tells_the_name_or_is_taken_is_refused(org, alias):
    make.make_actor(org, "Parroquia")
    with pytest.raises(ValidationError):
        make.make_actor(org, "Zetas", is_sensitive=True, alias=alias)


def test_what_names_a_change_holds_no_words(as_editor, org, cast):
    actor = make.make_actor(org, "Radio", primary_resource="voces")
    freeze(org, cast)
    with scope(organization=org):
        services.save_cell(actor=actor, name="resources", text="zetas", was="voces")
    [(ref, *_)] = as_editor.get(reverse("comparar", args=[org.slug])).context["rows"]
    assert "zetas" not in ref


def test_the_reason_of_a_full_version_keeps_no_name(login, cast, org):
    from alianzas.models import Event

    make.make_actor(org, "Grupo del cerro alto", is_sensitive=True, alias="Actor C")
    facts = {"document": "mapa.svg", "reason": "Para denunciar al grupo del cerro alto"}
    login(cast.facilitator).post(reverse("version-completa", args=[org.slug]), facts)
    with scope(organization=org):
        assert Event.objects.get(verb="document.taken_full").detail["reason"] == "Para denunciar al Actor C"


def test_a_mark_made_over_an_older_row_loses_no_cell(org):
    actor = make.make_actor(org, "Radio", rules="")
    with scope(organization=org):
        stale = Actor.objects.get()
        services.save_cell(actor=actor, name="rules", text="Con cita", was="")
        services.set_flag(actor=stale, flag="is_informal", value=True)
        services.place(actor=stale, relation="weak", result="negative")
        row = Actor.objects.get()
    assert (row.rules, row.is_informal, row.relation) == ("Con cita", True, "weak")


def test_the_same_moment_is_not_frozen_twice(as_editor, org, cast):
    make.make_actor(org)
    facts = {"kind": "midterm", "taken_on": timezone.localdate().isoformat()}
    as_editor.post(reverse("momentos", args=[org.slug]), facts)
    answer = as_editor.post(reverse("momentos", args=[org.slug]), facts)
    assert answer.status_code == 422
    assert "Ya está guardado" in answer.content.decode()
    freeze(org, cast)
    yesterday = timezone.localdate() - timedelta(days=1)
    with scope(organization=org), pytest.raises(ValidationError, match="Ya está guardado"):
        moments.freeze(organization=org, by=cast.editor, kind="baseline", taken_on=yesterday)
    with scope(organization=org):
        assert MapSnapshot.objects.count() == 2


def test_what_was_taken_off_is_not_taken_off_again(org, cast):
    one, other = make.make_actor(org, "Uno"), make.make_actor(org, "Otro")
    with scope(organization=org):
        stale = Actor.objects.get(pk=one.pk)
        removals.delete_actor(actor=one, by=cast.editor)
        with pytest.raises(ValidationError, match="Alguien ya lo quitó"):
            removals.delete_actor(actor=stale, by=cast.editor)
        with pytest.raises(ValidationError, match="Alguien ya lo quitó"):
            removals.merge_actors(kept=other, gone=stale, by=cast.editor)
        assert Removal.objects.count() == 1


@pytest.mark.parametrize("name", ["\u202e", "\u200b", "\x00", " \u2060 "])
def test_a_name_that_nobody_sees_is_no_name(as_editor, org, name):
    as_editor.post(reverse("mapa", args=[org.slug]), {"names": name})
    as_editor.post(reverse("nuevo-actor", args=[org.slug]), {"name": name, "sector": "osc"})
    with scope(organization=org):
        assert not Actor.objects.exists()


def test_what_cannot_be_seen_is_taken_out_of_cells(as_editor, org):
    actor = make.make_actor(org, "Radio", rules="")
    cell = reverse("celda", args=[org.slug, actor.pk, "rules"])
    as_editor.post(cell, {"text": "Sin\x00 cita\u202e previa", "was": ""})
    with scope(organization=org):
        assert Actor.objects.get().rules == "Sin cita previa"


def test_bullets_numbers_and_semicolons_of_a_pasted_list_are_no_part_of_the_names(as_editor, org):
    pasted = "1. Iglesia Bautista\n- DIF\n• Cruz Roja; Bomberos\n2) Radio 3\n4H del valle"
    as_editor.post(reverse("mapa", args=[org.slug]), {"names": pasted})
    with scope(organization=org):
        names = set(Actor.objects.values_list("name", flat=True))
    assert names == {"Iglesia Bautista", "DIF", "Cruz Roja", "Bomberos", "Radio 3", "4H del valle"}


@pytest.mark.parametrize("values", [{"x": "1e308", "y": "1e308"}, {"x": "3"}, {}, {"relation": "strong"}])
def test_a_move_that_names_no_place_moves_nothing(as_editor, org, values):
    actor = make.make_actor(org, relation="weak")
    assert as_editor.post(reverse("mover-actor", args=[org.slug, actor.key]), values).status_code in (302, 422)
    with scope(organization=org):
        assert Actor.objects.get().relation == "weak"


@pytest.mark.parametrize("pk", ["1e400", "99999999999999999999", "true", "-1", '"x"', "1.5", "[]"])
def test_a_block_for_no_actor_is_refused(as_editor, org, pk):
    actor = make.make_actor(org, rules="Antes")
    raw = f'[{{"actor": {pk}, "cells": {{"rules": "Después"}}, "was": {{}}}}]'
    answer = as_editor.post(reverse("pegar-en-la-matriz", args=[org.slug]), {"rows": raw})
    assert answer.status_code == 422
    with scope(organization=org):
        assert Actor.objects.get(pk=actor.pk).rules == "Antes"


def test_two_thousand_pasted_rows_are_told_how_many_fit(as_editor, org):
    rows = [{"actor": None, "cells": {"name": f"Actor {n}"}, "was": {}} for n in range(2000)]
    answer = as_editor.post(reverse("pegar-en-la-matriz", args=[org.slug]), {"rows": json.dumps(rows)})
    assert answer.json()["problems"] == ["Pegaste 2000 renglones y caben 300: pégalos por partes."]


def test_a_moment_long_ago_is_refused_and_the_baseline_comes_first(as_editor, org, cast):
    make.make_actor(org)
    answer = as_editor.post(reverse("momentos", args=[org.slug]), {"kind": "final", "taken_on": "0001-01-01"})
    assert "Revisa el año" in answer.content.decode()
    with scope(organization=org):
        earlier = timezone.localdate() - timedelta(days=900)
        moments.freeze(organization=org, by=cast.editor, kind="final", taken_on=earlier)
    baseline = freeze(org, cast)
    assert as_editor.get(reverse("comparar", args=[org.slug])).context["before"] == baseline


def test_two_moments_named_the_wrong_way_round_are_put_in_order(as_editor, org, cast):
    make.make_actor(org)
    later = freeze(org, cast, "midterm")
    with scope(organization=org):
        day = timezone.localdate() - timedelta(days=90)
        earlier = moments.freeze(organization=org, by=cast.editor, kind="baseline", taken_on=day)
    page = as_editor.get(reverse("comparar", args=[org.slug]), {"antes": later.pk, "despues": earlier.pk})
    assert (page.context["before"], page.context["after"]) == (earlier, later)
    assert "Los pusimos en orden" in page.content.decode()


def test_without_an_ideal_no_distance_is_claimed(as_editor, org, cast):
    make.make_actor(org)
    freeze(org, cast)
    for name in ("mapa-ideal", "comparar"):
        page = as_editor.get(reverse(name, args=[org.slug])).content.decode()
        assert "Todavía no hay un sistema ideal anotado" in page
        assert "Cero es haber" not in page


def test_an_actor_is_hidden_from_the_first_phase_on(as_editor, org):
    actor = make.make_actor(org, "Grupo del cerro alto")
    mark = reverse("marcar-actor", args=[org.slug, actor.pk, "sensible"])
    assert as_editor.post(mark, {"valor": "si"}, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = as_editor.get(reverse("fase-de-la-matriz", args=[org.slug, 1])).content.decode()
    assert "cerro alto" not in page
    assert "Actor A" in page
    as_editor.post(mark, {"valor": "no"})
    assert "cerro alto" in as_editor.get(reverse("fase-de-la-matriz", args=[org.slug, 1])).content.decode()
