"""Deleting and merging actors, and bringing them back exactly as they were."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from ruta_critica.models import Ally
from sysmap import removals
from sysmap.models import Actor, MissingRole, Removal
from tests import factories as make


def everything(actor):
    return {field.attname: getattr(actor, field.attname) for field in Actor._meta.concrete_fields}


@pytest.fixture
def pair(org):
    kept = make.make_actor(org, "Secretaría de Educación Pública", roles=["Autoriza"], rules="", sector="")
    gone = make.make_actor(
        org, "SEP", roles=["Autoriza", "Financia"], rules="Solo por oficio", primary_resource="Dinero",
        secondary_resources=["Aulas"], sector="government", relation="weak",
    )  # fmt: skip
    return kept, gone


def test_a_deleted_actor_comes_back_the_same_with_what_pointed_at_it(org, cast):
    actor = make.make_actor(org, "Radio", roles=["Difunde"], is_sensitive=True, alias="Actor R")
    role = make._make(MissingRole, org, role="Enlace con medios", holder=actor)
    before = everything(actor)
    with scope(organization=org):
        removal = removals.delete_actor(actor=actor, by=cast.editor)
        assert (Actor.objects.count(), str(removal)) == (0, "Actor R")
        role.refresh_from_db()
        assert role.holder_id is None
        removals.restore(removal=removal, by=cast.editor)
        assert everything(Actor.objects.get()) == before
        role.refresh_from_db()
        assert role.holder_id == before["id"]
        assert not Removal.objects.exists()


def test_merging_fills_gaps_joins_lists_and_moves_the_alliance(org, cast, pair):
    kept, gone = pair
    ally = make.make_ally(org, actor=gone)
    with scope(organization=org):
        removals.merge_actors(kept=kept, gone=gone, by=cast.editor)
        one = Actor.objects.get()
        ally = Ally.objects.get(pk=ally.pk)
    assert one.name == "Secretaría de Educación Pública"
    assert (one.sector, one.rules, one.relation) == ("government", "Solo por oficio", "strong")
    assert one.roles == ["Autoriza", "Financia"]
    assert one.resources == ["Dinero", "Aulas"]
    assert "También se le llamó «SEP»" in one.notes
    assert ally.actor_id == one.pk


def test_a_merge_taken_apart_leaves_both_as_they_were(org, cast, pair):
    kept, gone = pair
    ally = make.make_ally(org, actor=gone)
    before, gone_pk = (everything(kept), everything(gone)), gone.pk
    with scope(organization=org):
        removal = removals.merge_actors(kept=kept, gone=gone, by=cast.editor)
        removals.restore(removal=Removal.objects.get(pk=removal.pk), by=cast.editor)
        assert everything(Actor.objects.get(pk=kept.pk)) == before[0]
        assert everything(Actor.objects.get(pk=gone_pk)) == before[1]
        assert Ally.objects.get(pk=ally.pk).actor_id == gone_pk


def test_what_somebody_wrote_after_the_merge_stays(org, cast, pair):
    kept, gone = pair
    with scope(organization=org):
        removal = removals.merge_actors(kept=kept, gone=gone, by=cast.editor)
        kept.rules = "Por convenio anual"
        kept.save()
        removals.restore(removal=Removal.objects.get(pk=removal.pk), by=cast.editor)
        assert Actor.objects.get(pk=kept.pk).rules == "Por convenio anual"


def test_two_allies_are_not_merged(org, cast, pair):
    kept, gone = pair
    make.make_ally(org, actor=kept)
    make.make_ally(org, actor=gone)
    with scope(organization=org), pytest.raises(ValidationError, match="ya son aliados los dos"):
        removals.merge_actors(kept=kept, gone=gone, by=cast.editor)
    with scope(organization=org):
        assert Actor.objects.count() == 2


def test_a_merge_keeps_who_was_sensitive_hidden(org, cast):
    kept = make.make_actor(org, "Grupo del cerro")
    gone = make.make_actor(org, "Los del cerro", is_sensitive=True, alias="Actor C")
    with scope(organization=org):
        removals.merge_actors(kept=kept, gone=gone, by=cast.editor)
        one = Actor.objects.get()
        assert (one.is_sensitive, one.public_name) == (True, "Actor C")
        assert "Los del cerro" not in one.notes


def test_an_actor_whose_name_was_taken_meanwhile_does_not_come_back_twice(as_editor, org, cast):
    actor = make.make_actor(org, "Radio")
    with scope(organization=org):
        removal = removals.delete_actor(actor=actor, by=cast.editor)
    make.make_actor(org, "radio")
    page = as_editor.post(reverse("traer-de-vuelta", args=[org.slug, removal.pk]), follow=True).content.decode()
    assert "Ya está en el mapa un actor con ese nombre" in page
    with scope(organization=org):
        assert Actor.objects.count() == 1


def test_what_was_removed_is_erased_after_thirty_days(org, cast):
    old, new = make.make_actor(org, "Viejo"), make.make_actor(org, "Nuevo")
    with scope(organization=org):
        removal = removals.delete_actor(actor=old, by=cast.editor)
        Removal.objects.filter(pk=removal.pk).update(at=timezone.now() - timedelta(days=31))
        removals.delete_actor(actor=new, by=cast.editor)
        assert [one.data["name"] for one in Removal.objects.all()] == ["Nuevo"]


def test_the_page_suggests_merges_and_forgets_those_told_apart(as_editor, org):
    one, other = make.make_actor(org, "Sec. de Educación"), make.make_actor(org, "SEP")
    address = reverse("actores", args=[org.slug])
    assert "siglas" in as_editor.get(address).content.decode()
    as_editor.post(reverse("distinguir-actores", args=[org.slug]), {"kept": one.pk, "gone": other.pk})
    assert "siglas" not in as_editor.get(address).content.decode()


def test_merging_through_the_page_is_undone_there(as_editor, org, pair):
    kept, gone = pair
    page = as_editor.post(
        reverse("unir-actores", args=[org.slug]), {"kept": kept.pk, "gone": gone.pk}, follow=True
    ).content.decode()
    assert "Unimos «SEP» con «Secretaría de Educación Pública»" in page
    with scope(organization=org):
        removal = Removal.objects.get()
    assert "Separarlos" in page
    as_editor.post(reverse("traer-de-vuelta", args=[org.slug, removal.pk]))
    with scope(organization=org):
        assert Actor.objects.count() == 2


def test_an_actor_of_another_organisation_is_not_merged(as_editor, org, other_org):
    mine, theirs = make.make_actor(org, "Mío"), make.make_actor(other_org, "Ajeno")
    page = as_editor.post(
        reverse("unir-actores", args=[org.slug]), {"kept": mine.pk, "gone": theirs.pk}, follow=True
    ).content.decode()
    assert "ya no está en el mapa" in page
    with scope(organization=other_org):
        assert Actor.objects.filter(name="Ajeno").exists()


def test_names_of_the_sessions_are_brought_once(as_editor, org, cast):
    from sessions_app.models import Answer

    make.make_actor(org, "Radio")
    with scope(organization=org):
        for key, names in [("S2.2.actores", ["radio", "Escuela"]), ("M.3.t1", ["Los de la esquina"])]:
            Answer.objects.create(organization=org, prompt_key=key, value=[{"id": n, "text": n} for n in names])
    address = reverse("actores", args=[org.slug])
    page = as_editor.get(address).content.decode()
    assert "Escuela" in page
    as_editor.post(reverse("traer-actores", args=[org.slug]))
    with scope(organization=org):
        found = {actor.name: actor.is_informal for actor in Actor.objects.all()}
    assert found == {"Radio": False, "Escuela": False, "Los de la esquina": True}
    assert "todavía fuera del mapa" not in as_editor.get(address).content.decode()
