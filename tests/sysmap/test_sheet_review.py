"""Between reading a sheet of the matrix and applying it: what is chosen, by whom, and what changed meanwhile."""

from dataclasses import replace

import pytest
from django.core import signing
from django.urls import reverse
from django_scopes import scope

from alianzas.models import Event
from sysmap import sheet_views
from sysmap.sheet import line_of
from tests import factories as make
from tests.workbooks import edited

from .rows import (
    FIRST,
    actors,
    apply,
    at,
    changes_of,
    facts,
    make_matrix,
    post,
    put,
    workbook,
)


@pytest.fixture
def matrix(org):
    return make_matrix(org)


def test_what_is_applied_is_what_the_file_says(as_editor, org, matrix):
    cells = {
        "actor": "Universidad",
        "sector": "academia",
        "informal": "no",
        "roles": "Asesora; Aliada",
        "rules": "Convenio",
    }
    cells |= {"resources": "Conocimiento\nContactos", "relation": "débil", "result": "+"}
    data = edited(workbook(org), put(**{f"{name}_4": value for name, value in cells.items()}))
    assert apply(as_editor, org, data, ["0"]).status_code == 302
    new = actors(org)["Universidad"]
    assert (new.sector, new.is_informal, new.roles, new.rules) == ("academia", False, ["Asesora", "Aliada"], "Convenio")
    assert (new.primary_resource, new.secondary_resources) == ("Conocimiento", ["Contactos"])
    assert (new.relation, new.result, new.in_matrix) == ("weak", "positive", True)
    assert new.position > max(actor.position for actor in matrix)
    assert changes_of(org, workbook(org)) == []
    with scope(organization=org):
        assert Event.objects.get(verb="matrix.imported").detail == {"changes": 1}


def test_the_sheet_of_an_empty_matrix_takes_its_first_rows(as_editor, org):
    data = as_editor.get(reverse("entregable", args=[org.slug, "matriz-5rs", "xlsx"])).content
    assert changes_of(org, data) == []
    apply(as_editor, org, edited(data, put(actor_0="Primera", actor_1="Segunda")), ["0", "1"])
    assert list(actors(org)) == ["Primera", "Segunda"]


def test_only_what_is_chosen_is_applied_and_only_its_fields(as_editor, org, matrix):
    data = edited(workbook(org), put(rules_0="Nueva regla", rules_1="No elegida"))
    before = actors(org)
    assert apply(as_editor, org, data, ["0"]).status_code == 302
    after = actors(org)
    assert after["Radio local"].rules == ""
    assert after["OSC X"].rules == "Nueva regla"
    assert line_of(after["OSC X"]) == replace(line_of(before["OSC X"]), rules="Nueva regla")


def test_actors_can_exchange_their_names(as_editor, org, matrix):
    apply(as_editor, org, edited(workbook(org), put(actor_0="Radio local", actor_1="OSC X")), ["0", "1"])
    assert (actors(org)["OSC X"].pk, actors(org)["Radio local"].pk) == (matrix[1].pk, matrix[0].pk)


def test_an_actor_gives_its_name_to_a_new_one_when_it_is_removed_too(as_editor, org, matrix):
    def edit(sheet):
        sheet.cell(FIRST + 1, 1).value = sheet.cell(FIRST + 1, 10).value = None

    data = edited(workbook(org), edit)
    assert [kind for kind, _, _ in changes_of(org, data)] == ["added", "removed"]
    answer = apply(as_editor, org, data, ["0"])
    assert answer.status_code == 422
    assert actors(org)["Radio local"].pk == matrix[1].pk
    apply(as_editor, org, data, ["0", "1"])
    assert actors(org)["Radio local"].pk != matrix[1].pk


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (["0"], "quedarían dos actores que se llaman «Radio local»"),
        ([], "No elegiste ningún cambio"),
        (["7"], "sube el archivo otra vez"),
        (["0; drop"], "sube el archivo otra vez"),
    ],
)
def test_a_choice_that_does_not_hold_together_writes_nothing(as_editor, org, matrix, chosen, said):
    before = facts(org)
    answer = apply(as_editor, org, edited(workbook(org), put(actor_0="Radio local", actor_1="OSC X")), chosen)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert facts(org) == before


def test_an_ally_is_not_removed_and_nothing_else_is_applied(as_editor, org, matrix):
    make.make_ally(org, actor=matrix[1])

    def edit(sheet):
        sheet[at("rules", 0)] = "Nueva regla"
        sheet.delete_rows(FIRST + 1)

    before = facts(org)
    answer = apply(as_editor, org, edited(workbook(org), edit), ["0", "1"])
    assert answer.status_code == 422
    assert "«Radio local» ya es un aliado" in answer.content.decode()
    assert facts(org) == before


def test_the_review_says_when_the_matrix_changed_meanwhile(as_editor, org, matrix):
    token = post(as_editor, org, edited(workbook(org), put(rules_0="Nueva regla"))).context["token"]
    make.make_actor(org, "De última hora")
    answer = as_editor.post(reverse("aplicar-matriz", args=[org.slug]), {"review": token, "aplicar": ["0"]})
    assert answer.status_code == 422
    assert "La matriz cambió mientras revisabas el archivo" in answer.content.decode()
    assert actors(org)["OSC X"].rules != "Nueva regla"


def test_a_review_of_another_table_person_or_organization_is_refused(login, cast, org, other_org, matrix):
    client = login(cast.editor)
    token = post(client, org, edited(workbook(org), put(rules_0="Nueva regla"))).context["token"]
    salt = sheet_views.JOURNEY.salt
    data = signing.loads(token, salt=salt)
    forged = [
        token[:-2],
        signing.dumps(data, salt="workplan.sheet"),
        signing.dumps(data | {"org": other_org.pk}, salt=salt),
        signing.dumps(data | {"user": cast.facilitator.pk}, salt=salt),
    ]
    for one in forged:
        answer = client.post(reverse("aplicar-matriz", args=[org.slug]), {"review": one, "aplicar": ["0"]})
        assert answer.status_code == 422
        assert "Esa revisión ya no sirve" in answer.content.decode()
    assert actors(org)["OSC X"].rules != "Nueva regla"


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("manager", 403), ("stranger", 404), ("outsider", 404)])
def test_who_may_not_change_the_matrix_neither_uploads_nor_applies(login, cast, org, matrix, who, status):
    data = edited(workbook(org), put(rules_0="Nueva regla"))
    token = post(login(cast.editor), org, data).context["token"]
    client = login(getattr(cast, who))
    assert post(client, org, data).status_code == status
    assert post(client, org, data, actualizar="1").status_code == status
    answer = client.post(reverse("aplicar-matriz", args=[org.slug]), {"review": token, "aplicar": ["0"]})
    assert answer.status_code == status
    assert actors(org)["OSC X"].rules != "Nueva regla"


def test_hostile_words_of_a_file_stay_words_in_the_review(as_editor, org, matrix):
    page = post(as_editor, org, edited(workbook(org), put(actor_0="<script>alert(1)</script>"))).content.decode()
    assert "<script>alert" not in page
