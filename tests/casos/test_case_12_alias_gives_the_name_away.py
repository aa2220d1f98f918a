"""Case 12: an alias says no name, in whatever accents and marks."""

import unicodedata

import pytest
from django.urls import reverse
from django_scopes import scope

from sysmap import services
from sysmap.models import Actor
from sysmap.veil import Veil
from tests import factories as make

NAME = "Secretaría de Seguridad municipal"
FORMS = [
    unicodedata.normalize("NFD", NAME),
    "Secretaria de Seguridad municipal",
    "SECRETARÍA  DE SEGURIDAD MUNICIPAL",
    NAME.replace("Seg", "Seg\u200b"),
    NAME.replace("Seg", "Se\u00adg"),
    f"La {NAME} (alias)",
    "Sécretaría de Ségúridad municipal",
]


@pytest.mark.parametrize("alias", FORMS)
def test_an_alias_cannot_say_the_name(as_editor, org, alias):
    row = make.make_actor(org, NAME)
    sent = {"name": NAME, "is_sensitive": "on", "alias": alias}
    answer = as_editor.post(reverse("actor", args=[org.slug, row.pk]), sent)
    assert answer.status_code == 422
    assert "El alias no puede decir el nombre" in " ".join(answer.context["form"].errors["alias"])
    with scope(organization=org):
        assert not Actor.objects.get().is_sensitive


def test_nor_a_name_that_the_actor_had_before(as_editor, org):
    with scope(organization=org):
        row = services.keep(Actor(organization=org, name="Comandancia norte"))
        row.name = "Jefatura"
        services.keep(row)
    sent = {"name": "Jefatura", "is_sensitive": "on", "alias": "Comandáncia  Norte"}
    answer = as_editor.post(reverse("actor", args=[org.slug, row.pk]), sent)
    assert answer.status_code == 422
    assert "El alias no puede decir el nombre" in " ".join(answer.context["form"].errors["alias"])


@pytest.mark.parametrize("written", [*FORMS[:5], FORMS[6]])
def test_the_veil_finds_the_name_in_every_form_of_it(written):
    hide = Veil({NAME: "Actor B"})
    assert hide(f"Vimos a {written}, ayer. ¡Señas!") == "Vimos a Actor B, ayer. ¡Señas!"
