"""Case 11: capitals with accents are the same name on every database; without accents it is asked."""

from django.urls import reverse
from django_scopes import scope

from alianzas.models import ActionLine
from ruta_critica.models import Ally
from sysmap.models import Actor, Removal
from tests import factories as make


def allies(org):
    with scope(organization=org):
        return list(Ally.objects.filter(actor=None).values_list("name", flat=True))


def test_an_ally_in_other_capitals_is_the_same_ally(as_editor, org):
    address = reverse("aliados", args=[org.slug])
    for name in ("Fundación Ánimas", "FUNDACIÓN ÁNIMAS", "fundación ánimas"):
        assert as_editor.post(address, {"name": name}).status_code == 302
    assert allies(org) == ["Fundación Ánimas"]


def test_without_accents_it_is_asked_before_a_second_ally_is_made(as_editor, org):
    address = reverse("aliados", args=[org.slug])
    as_editor.post(address, {"name": "Fundación Ánimas"})
    asked = as_editor.post(address, {"name": "FUNDACION ANIMAS"})
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "¿Es el mismo que «Fundación Ánimas»?" in page
    assert "Sí, es el mismo" in page
    assert 'value="FUNDACION ANIMAS"' in page
    assert allies(org) == ["Fundación Ánimas"]
    key = asked.context["form"]["asked"].value()
    answer = {"name": "FUNDACION ANIMAS", "asked": key}
    assert as_editor.post(address, answer | {"is_same": "si"}).status_code == 302
    assert allies(org) == ["Fundación Ánimas"]
    assert as_editor.post(address, answer | {"is_same": "no"}).status_code == 302
    assert allies(org) == ["Fundación Ánimas", "FUNDACION ANIMAS"]


def test_an_answer_to_another_question_does_not_count(as_editor, org):
    address = reverse("aliados", args=[org.slug])
    as_editor.post(address, {"name": "Fundación Ánimas"})
    sent = {"name": "FUNDACION ANIMAS", "is_same": "no", "asked": "otra"}
    assert as_editor.post(address, sent).status_code == 422
    assert allies(org) == ["Fundación Ánimas"]


def test_a_line_in_other_capitals_is_refused_and_without_accents_asked(as_editor, org):
    address = reverse("nueva-linea", args=[org.slug])
    as_editor.post(address, {"name": "Participación juvenil"})
    for name in ("PARTICIPACIÓN JUVENIL", "participación JUVENIL"):
        answer = as_editor.post(address, {"name": name})
        assert answer.status_code == 422
        assert "Ya hay una línea de acción con ese nombre." in answer.content.decode()
    asked = as_editor.post(address, {"name": "PARTICIPACION JUVENIL", "description": "Con escuelas"})
    assert "¿Es el mismo que «Participación juvenil»?" in asked.content.decode()
    key = asked.context["form"]["asked"].value()
    sent = {"name": "PARTICIPACION JUVENIL", "description": "Con escuelas", "is_same": "si", "asked": key}
    assert as_editor.post(address, sent).status_code == 302
    with scope(organization=org):
        assert list(ActionLine.objects.values_list("name", "description")) == [
            ("Participación juvenil", "Con escuelas")
        ]


def test_an_actor_that_people_say_is_the_same_keeps_all_that_was_typed(as_editor, org):
    row = make.make_actor(org, "Fundación Ánimas", rules="")
    address = reverse("nuevo-actor", args=[org.slug])
    typed = {"name": "FUNDACION ANIMAS", "rules": "Por convenio", "notes": "Nota nueva"}
    asked = as_editor.post(address, typed)
    assert asked.status_code == 422
    assert "¿Es el mismo que «Fundación Ánimas»?" in asked.content.decode()
    sent = typed | {"is_same": "si", "asked": asked.context["form"]["asked"].value()}
    assert as_editor.post(address, sent).status_code == 302
    with scope(organization=org):
        [kept] = Actor.objects.all()
        assert (kept.pk, kept.rules) == (row.pk, "Por convenio")
        assert "Nota nueva" in kept.notes
        assert Removal.objects.count() == 1  # undone as any merge is


def test_a_sensitive_actor_is_never_named_by_the_question(as_editor, org):
    make.make_actor(org, "Fundación Ánimas", is_sensitive=True, alias="Actor A")
    answer = as_editor.post(reverse("nuevo-actor", args=[org.slug]), {"name": "FUNDACION ANIMAS"})
    assert "Ánimas" not in answer.content.decode()


def test_a_cell_takes_no_name_that_differs_in_an_accented_capital(as_editor, org):
    make.make_actor(org, "Fundación Ánimas")
    other = make.make_actor(org, "Radio")
    address = reverse("celda", args=[org.slug, other.pk, "name"])
    answer = as_editor.post(address, {"text": "FUNDACIÓN ÁNIMAS", "was": "Radio"})
    assert answer.status_code == 422
