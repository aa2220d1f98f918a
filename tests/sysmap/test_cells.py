"""The matrix saved cell by cell, pasted in blocks, and guided by phases."""

import json
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django_scopes import scope

from sysmap import cells
from sysmap.models import Actor
from tests import factories as make


@pytest.fixture
def actor(org):
    return make.make_actor(org, "Iglesia local", roles=["Moviliza"], relation="weak", rules="Solo el párroco")


def send(client, org, actor, column, text, was=""):
    return client.post(reverse("celda", args=[org.slug, actor.pk, column]), {"text": text, "was": was})


def fresh(org, actor):
    with scope(organization=org):
        return Actor.objects.get(pk=actor.pk)


@pytest.mark.parametrize(
    ("column", "was", "text", "field", "value"),
    [
        ("name", "Iglesia local", "  Parroquia  del barrio ", "name", "Parroquia del barrio"),
        ("sector", "osc", "Grupo religioso", "sector", "religious"),
        ("roles", "Moviliza", "Moviliza; Acoge\nAcoge", "roles", ["Moviliza", "Acoge"]),
        ("relation", "weak", "FUERTE", "relation", "strong"),
        ("relation", "weak", "sin definir", "relation", ""),
        ("rules", "Solo el párroco", "Con cita\r\npor escrito", "rules", "Con cita\npor escrito"),
        ("result", "positive", "-", "result", "negative"),
        ("desired_relation", "", "colaborativo", "desired_relation", "collaborative"),
        ("role_is_held", "", "No", "role_is_held", "no"),
    ],
)
def test_a_cell_is_saved(as_editor, org, actor, column, was, text, field, value):
    answer = send(as_editor, org, actor, column, text, was)
    assert answer.status_code == 200, answer.content
    assert getattr(fresh(org, actor), field) == value


def test_the_first_resource_is_the_predominant_one(as_editor, org, actor):
    send(as_editor, org, actor, "resources", "Salón\nContactos; Voz")
    row = fresh(org, actor)
    assert (row.primary_resource, row.secondary_resources) == ("Salón", ["Contactos", "Voz"])
    assert cells.said(row, "resources") == "Salón\nContactos\nVoz"


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("roles", "a\nb\nc\nd", "caben tres"),
        ("relation", "tensa", "«tensa» no es una relación"),
        ("sector", "marciano", "no es un sector"),
        ("result", "neutro", "no es un resultado"),
        ("name", "   ", "necesita un nombre"),
        ("name", "😀" * 5000, "caben 200"),
        ("rules", "x" * 601, "caben 600"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_changes(as_editor, org, actor, column, text, said):
    before = cells.said(actor, column)
    answer = send(as_editor, org, actor, column, text, before)
    assert answer.status_code == 422
    assert said in answer.json()["message"]
    assert cells.said(fresh(org, actor), column) == before


def test_a_name_that_another_actor_has_is_refused(as_editor, org, actor):
    make.make_actor(org, "Radio")
    assert "Ya está en el mapa" in send(as_editor, org, actor, "name", "RADIO", "Iglesia local").json()["message"]


def test_a_stale_write_shows_what_is_kept_and_changes_nothing(as_editor, org, actor):
    answer = send(as_editor, org, actor, "relation", "strong", "conflictive")
    assert answer.status_code == 409
    assert (answer.json()["now"], answer.json()["shown"]) == ("weak", "Débil")
    assert fresh(org, actor).relation == "weak"


def test_the_same_write_twice_is_no_conflict(as_editor, org, actor):
    assert send(as_editor, org, actor, "relation", "strong", "weak").status_code == 200
    assert send(as_editor, org, actor, "relation", "strong", "weak").status_code == 200


def test_the_name_cell_of_a_sensitive_actor_is_its_alias(as_editor, org):
    actor = make.make_actor(org, "Grupo del norte", is_sensitive=True, alias="Actor N")
    assert send(as_editor, org, actor, "name", "Actor Norte", "Actor N").status_code == 200
    row = fresh(org, actor)
    assert (row.name, row.alias) == ("Grupo del norte", "Actor Norte")


def test_who_would_take_a_role_is_an_actor_where_there_is_one(as_editor, org, actor):
    radio = make.make_actor(org, "Radio")
    send(as_editor, org, actor, "holder", "radio")
    assert fresh(org, actor).role_holder_id == radio.pk
    send(as_editor, org, actor, "holder", "Una red nueva", "Radio")
    row = fresh(org, actor)
    assert (row.role_holder_id, row.role_holder_name) == (None, "Una red nueva")


@pytest.mark.parametrize("column", ["notes", "is_sensitive", "pk", "organization"])
def test_only_the_columns_of_the_matrix_can_be_written(as_editor, org, actor, column):
    assert send(as_editor, org, actor, column, "x").status_code == 404


def paste(client, org, rows):
    return client.post(reverse("pegar-en-la-matriz", args=[org.slug]), {"rows": json.dumps(rows)})


def test_a_block_is_pasted_with_new_actors_at_its_end(as_editor, org, actor):
    rows = [
        {"actor": str(actor.pk), "cells": {"name": "Iglesia local", "sector": "Religioso"}, "was": {"sector": "osc"}},
        {"actor": None, "cells": {"name": "Radio", "sector": "medios"}, "was": {}},
        {"actor": None, "cells": {"name": "", "sector": ""}, "was": {}},
    ]  # fmt: skip
    assert paste(as_editor, org, rows).json() == {"changed": 3}
    with scope(organization=org):
        assert dict(Actor.objects.values_list("name", "sector")) == {"Iglesia local": "religious", "Radio": "media"}


def test_a_block_with_one_bad_cell_changes_nothing_and_names_it(as_editor, org, actor):
    rows = [
        {"actor": str(actor.pk), "cells": {"relation": "Fuerte"}, "was": {}},
        {"actor": None, "cells": {"name": "Radio", "relation": "amistosa"}, "was": {}},
    ]
    answer = paste(as_editor, org, rows)
    assert answer.status_code == 422
    assert answer.json()["problems"][0].startswith("Renglón 2, Relaciones: «amistosa» no es una relación")
    assert fresh(org, actor).relation == "weak"
    with scope(organization=org):
        assert Actor.objects.count() == 1


def test_a_block_over_cells_that_changed_meanwhile_changes_nothing(as_editor, org, actor):
    rows = [{"actor": str(actor.pk), "cells": {"relation": "Fuerte"}, "was": {"relation": "conflictive"}}]
    assert "Alguien cambió esta celda" in paste(as_editor, org, rows).json()["problems"][0]
    assert fresh(org, actor).relation == "weak"


@pytest.mark.parametrize(
    "raw",
    ["", "{}", "[]", "[1]", '[{"actor": "x", "cells": {}}]', '[{"actor": null, "cells": {"notes": "a"}}]', "[" * 5000],
)
def test_nonsense_pasted_is_refused(as_editor, org, raw):
    answer = as_editor.post(reverse("pegar-en-la-matriz", args=[org.slug]), {"rows": raw})
    assert answer.status_code == 422
    assert answer.json()["problems"]


def test_a_block_does_not_reach_another_organisation(as_editor, org, other_org):
    theirs = make.make_actor(other_org, "Ajeno", relation="weak")
    rows = [{"actor": str(theirs.pk), "cells": {"relation": "Fuerte"}, "was": {}}]
    assert paste(as_editor, org, rows).status_code == 422
    assert fresh(other_org, theirs).relation == "weak"


def test_the_map_takes_three_hundred_actors_at_most(org):
    from sysmap import services

    with scope(organization=org), pytest.raises(ValidationError, match="hasta 300 actores"):
        services.add_actors(organization=org, names=[f"Actor {n}" for n in range(301)])
    with scope(organization=org):
        assert Actor.objects.count() == 0


def test_every_column_reads_back_what_it_says(org):
    actor = make.make_actor(
        org, "Uno", sector="media", roles=["a", "b"], primary_resource="x", secondary_resources=["y"],
        relation="conflictive", rules="r\ns", result="negative", desired_role="d", role_is_held="yes",
        desired_relation="strong", desired_result="positive", ideal_note="n",
    )  # fmt: skip
    for name in (*cells.MATRIX, *cells.IDEAL_COLUMNS):
        if name in ("name", "holder"):
            continue
        changed = SimpleNamespace(**cells.read(name, cells.shown(actor, name)))
        assert all(getattr(actor, field) == value for field, value in vars(changed).items()), name


# ── Phases ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("number", "minutes", "columns"),
    [
        (1, 45, ["name", "sector"]),
        (2, 30, ["name", "roles"]),
        (3, 60, ["name", "relation", "rules"]),
        (4, 30, ["name", "resources"]),
        (5, 45, ["name", "result"]),
    ],
)
def test_each_phase_asks_for_its_columns(as_editor, org, actor, number, minutes, columns):
    page = as_editor.get(reverse("fase-de-la-matriz", args=[org.slug, number]))
    assert [column.name for column in page.context["columns"]] == columns
    assert f"Cómo se hace, en {minutes} minutos" in page.content.decode()


def test_there_is_no_sixth_phase(as_editor, org):
    assert as_editor.get(reverse("fase-de-la-matriz", args=[org.slug, 6])).status_code == 404


def test_an_actor_left_out_of_the_matrix_keeps_its_row(as_editor, org, actor):
    as_editor.post(reverse("marcar-actor", args=[org.slug, actor.pk, "matriz"]), {"valor": "no"})
    assert fresh(org, actor).roles == ["Moviliza"]
    as_editor.get(reverse("matriz", args=[org.slug]))
    assert "Iglesia local" not in as_editor.get(reverse("matriz", args=[org.slug])).content.decode()
    assert "Iglesia local" in as_editor.get(reverse("fase-de-la-matriz", args=[org.slug, 2])).content.decode()


def test_names_are_added_in_the_first_phase(as_editor, org):
    as_editor.post(reverse("fase-de-la-matriz", args=[org.slug, 1]), {"names": "Radio\nEscuela"})
    with scope(organization=org):
        assert Actor.objects.count() == 2


def test_a_reader_sees_the_matrix_and_no_name_behind_an_alias(login, cast, org):
    make.make_actor(org, "Grupo del norte", is_sensitive=True, alias="Actor N")
    make.make_actor(org, "Radio", rules="Cuidado con el grupo  del NORTE")
    client = login(cast.viewer)
    for name in ("mapa", "matriz", "actores", "analisis-del-mapa", "mapa-ideal", "momentos", "comparar"):
        page = client.get(reverse(name, args=[org.slug]))
        assert page.status_code == 200
        assert "del norte" not in page.content.decode().lower(), name


def test_the_grid_says_how_many_queries(as_editor, org, django_assert_num_queries):
    for _ in range(3):
        make.make_actor(org)
    address = reverse("matriz", args=[org.slug])
    as_editor.get(address)
    with django_assert_num_queries(4):
        as_editor.get(address)
