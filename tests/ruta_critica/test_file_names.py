"""The files of one ally say in their name whose they are."""

import pytest
from django.urls import reverse
from django_scopes import scope

from alianzas.exports import base
from ruta_critica.ally_documents import DOCUMENTS
from ruta_critica.relation.documents import DOCUMENTS as RELATION
from tests import factories as make


def name_of(client, org, ally, page, key, fmt):
    answer = client.get(reverse(page, args=[org.slug, ally.pk, key, fmt]))
    assert answer.status_code == 200, key
    return answer["Content-Disposition"]


def test_every_file_of_an_ally_carries_its_name(as_editor, org):
    ally = make.make_ally(org, "Radio Azul, «La Ñandú»")
    pages = {"aliado-documento": DOCUMENTS, "aliado-relacion-documento": RELATION}
    for page, offered in pages.items():
        for key, deliverable in offered.items():
            fmt = next(fmt for fmt in ("xlsx", "docx", "pdf") if fmt in deliverable.formats)
            name = name_of(as_editor, org, ally, page, key, fmt)
            assert f"_{key}_radio-azul-la-nandu." in name


@pytest.mark.parametrize("name", ["Comandante Rojas", "Red del Comandante Rojas"])
def test_a_protected_name_is_in_no_name_of_a_file(as_editor, org, name):
    actor = make.make_actor(org, "Comandante Rojas", is_sensitive=True, alias="Actor 7")
    with scope(organization=org):
        ally = make.make_ally(org, actor=actor) if name == actor.name else make.make_ally(org, name)
    said = name_of(as_editor, org, ally, "aliado-documento", "mou", "docx")
    assert "rojas" not in said.lower()
    assert "actor-7" in said


def test_a_name_without_letters_leaves_the_name_of_the_document():
    assert base.filename("casa", "mou", "docx", "«…»") == "casa_mou.docx"
