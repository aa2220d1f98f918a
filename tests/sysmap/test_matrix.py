"""The 5Rs matrix in the browser."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django_scopes import scope

from sysmap.models import Actor
from tests import factories as make

IGLESIA = {
    "name": "Iglesia local",
    "sector": "religious",
    "roles": "Movilizadora social",
    "relation": "weak",
    "rules": "Solo decide el párroco",
    "primary_resource": "Instalaciones",
    "secondary_resources": "Contactos\nInfluencia",
    "result": "positive",
}


def names(org):
    with scope(organization=org):
        return list(Actor.objects.values_list("name", flat=True))


def test_a_row_of_the_matrix_is_kept_whole(as_editor, org):
    assert as_editor.post(reverse("nuevo-actor", args=[org.slug]), IGLESIA).status_code == 302
    with scope(organization=org):
        actor = Actor.objects.get()
    assert (actor.roles, actor.relation, actor.result) == (["Movilizadora social"], "weak", "positive")
    assert actor.resources == ["Instalaciones", "Contactos", "Influencia"]
    page = as_editor.get(reverse("mapa", args=[org.slug])).content.decode()
    assert f'data-actor="{actor.key}"' in page
    assert 'data-relation="weak"' in page
    assert "Solo decide el párroco" in page


def test_a_fourth_role_is_refused(as_editor, org):
    answer = as_editor.post(reverse("nuevo-actor", args=[org.slug]), IGLESIA | {"roles": "a\nb\nc\nd"})
    assert answer.status_code == 422
    assert "a lo más tres roles" in answer.content.decode()
    assert names(org) == []


def test_an_unknown_relation_is_refused(as_editor, org):
    assert as_editor.post(reverse("nuevo-actor", args=[org.slug]), IGLESIA | {"relation": "tensa"}).status_code == 422
    assert names(org) == []


def test_ten_names_pasted_become_ten_actors_and_repeated_ones_are_said(as_editor, org):
    make.make_actor(org, "Escuela técnica")
    pasted = "\n".join(["ESCUELA TÉCNICA", *[f"Actor {n}" for n in range(10)]])
    page = as_editor.post(reverse("mapa", args=[org.slug]), {"names": pasted}, follow=True).content.decode()
    assert len(names(org)) == 11
    assert "Ya estaban en el mapa: ESCUELA TÉCNICA" in page


def test_a_sensitive_actor_needs_an_alias_and_shows_only_it(as_editor, org):
    sensitive = IGLESIA | {"name": "Grupo del norte", "is_sensitive": "on"}
    answer = as_editor.post(reverse("nuevo-actor", args=[org.slug]), sensitive)
    assert "necesita un alias" in answer.content.decode()
    as_editor.post(reverse("nuevo-actor", args=[org.slug]), sensitive | {"alias": "Actor B"})
    page = as_editor.get(reverse("mapa", args=[org.slug])).content.decode()
    assert "Actor B" in page
    assert "Grupo del norte" not in page


def test_viewers_never_see_the_name_behind_an_alias(login, cast, org):
    actor = make.make_actor(org, "Grupo del norte", is_sensitive=True, alias="Actor B")
    client = login(cast.viewer)
    for name, args in [("mapa", []), ("actor", [actor.pk]), ("camino", []), ("plan-documento", [])]:
        assert "Grupo del norte" not in client.get(reverse(name, args=[org.slug, *args])).content.decode(), name


def test_an_actor_that_is_an_ally_is_not_deleted(as_editor, org):
    actor = make.make_actor(org)
    make.make_ally(org, actor=actor)
    page = as_editor.post(reverse("borrar-actor", args=[org.slug, actor.pk]), follow=True).content.decode()
    assert "ya es un aliado" in page
    assert names(org) == [actor.name]


def test_deleting_an_actor(as_editor, org):
    actor = make.make_actor(org)
    as_editor.post(reverse("borrar-actor", args=[org.slug, actor.pk]))
    assert names(org) == []


def test_markup_in_a_name_stays_text(as_editor, org):
    hostile = '"><script>alert(1)</script><svg onload=x>'
    as_editor.post(reverse("nuevo-actor", args=[org.slug]), IGLESIA | {"name": hostile})
    page = as_editor.get(reverse("mapa", args=[org.slug])).content.decode()
    assert "<script>alert" not in page
    assert "<svg onload" not in page


def test_the_database_refuses_a_sensitive_actor_without_alias(org):
    with pytest.raises(ValidationError):
        make.make_actor(org, is_sensitive=True)
