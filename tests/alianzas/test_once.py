"""A form has one effect, however often it arrives."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from django.utils import timezone
from django_scopes import scope

from alianzas import once, views
from alianzas.models import ActionLine, AppliedForm, Organization, Photo, ProgramRole
from tests import factories as make
from tests.casos.pages import form_of, forms_of


@pytest.fixture
def new_line(as_editor, org):
    return form_of(as_editor.get(reverse("nueva-linea", args=[org.slug])), "name", "description")


def lines(org):
    with scope(organization=org):
        return list(ActionLine.objects.values_list("name", flat=True))


def test_a_form_that_comes_five_times_is_applied_once(as_editor, org, new_line):
    data = new_line.data(name="Cuencas vivas")
    answers = [as_editor.post(new_line.action, data) for _ in range(5)]
    assert {answer.url for answer in answers} == {reverse("organizacion", args=[org.slug])}
    assert lines(org) == ["Cuencas vivas"]
    assert "Ya lo habíamos guardado" in as_editor.get(answers[0].url).content.decode()


def test_other_words_under_the_same_key_are_something_new(as_editor, org, new_line):
    for name in ("Cuencas vivas", "Escuelas del agua"):
        as_editor.post(new_line.action, new_line.data(name=name))
    assert lines(org) == ["Cuencas vivas", "Escuelas del agua"]


def test_what_was_refused_may_be_sent_again(as_editor, org, new_line):
    data = new_line.data(name="Cuencas vivas")
    taken = make.make_line(org, "Cuencas vivas")
    assert as_editor.post(new_line.action, data).status_code == 422
    with scope(organization=org):
        taken.delete()
    assert as_editor.post(new_line.action, data).status_code == 302
    assert lines(org) == ["Cuencas vivas"]


def test_what_was_refused_with_a_message_may_be_tried_again(as_editor, org):
    strategy = make.make_strategy(org)
    page = as_editor.get(reverse("linea", args=[org.slug, strategy.line_id]))
    gone = next((one for one in forms_of(page) if "borrar" in one.action), None)
    gone = gone or form_of(
        as_editor.get(reverse("organizacion", args=[org.slug])),
        action=reverse("borrar-linea", args=[org.slug, strategy.line_id]),
    )
    as_editor.post(gone.action, gone.data())
    assert len(lines(org)) == 1
    with scope(organization=org):
        strategy.delete()
    as_editor.post(gone.action, gone.data())
    assert lines(org) == []


def test_the_key_is_of_one_person_and_one_address(client, login, cast, org, new_line):
    data = new_line.data(name="Cuencas vivas")
    login(cast.editor).post(new_line.action, data)
    assert login(cast.facilitator).post(new_line.action, data).status_code == 422  # tried, and there is one already
    assert AppliedForm.objects.count() == 1


def test_two_files_under_one_key_are_two(as_editor, org):
    page = form_of(as_editor.get(reverse("fotos", args=[org.slug])), "caption")
    for colour in ("#111111", "#222222", "#222222"):
        picture = SimpleUploadedFile("foto.png", make.picture_bytes(colour=colour))
        as_editor.post(page.action, page.data(caption="La reunión", has_consent="on") | {"picture": picture})
    with scope(organization=org):
        assert Photo.objects.count() == 2


def test_registering_twice_makes_one_organisation(client, login, db):
    program = make.make_program("cauce")
    login(make.make_program_member(program, ProgramRole.FACILITATOR))
    form = form_of(client.get(reverse("registrar")), "name", "lines")
    data = form.data(name="Casa del Faro", field="Salud", lines="Prevención")
    answers = {client.post(form.action, data).url for _ in range(5)}
    assert answers == {reverse("camino", args=["casa-del-faro"])}
    assert Organization.objects.count() == 1


def test_keys_are_forgotten_after_a_month_and_unfinished_ones_sooner(as_editor, org, new_line):
    now = timezone.now()
    rows = [("a", "/x/", once.KEPT), ("b", "", once.LONGEST), ("c", "/x/", once.LONGEST)]
    for digest, location, age in rows:
        AppliedForm.objects.create(digest=digest, location=location)
        AppliedForm.objects.filter(digest=digest).update(at=now - age - timedelta(minutes=1))
    as_editor.post(new_line.action, new_line.data(name="Cuencas vivas"))
    assert AppliedForm.objects.filter(digest__in="abc").values_list("digest", flat=True).get() == "c"


def test_a_failure_on_the_way_leaves_nothing(as_editor, org, new_line, monkeypatch):
    """Half of a form is not kept, and the form may be sent again."""

    def broken(*args):
        raise RuntimeError("the disk is full")

    as_editor.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr(views.messages, "success", broken)
        assert as_editor.post(new_line.action, new_line.data(name="Cuencas vivas")).status_code == 500
    assert lines(org) == []
    assert not AppliedForm.objects.exists()
    assert as_editor.post(new_line.action, new_line.data(name="Cuencas vivas")).status_code == 302


def test_every_form_of_somebody_with_an_account_has_a_key_and_those_of_others_do_not(client, as_editor, org):
    page = as_editor.get(reverse("organizacion", args=[org.slug]))
    forms = forms_of(page)
    assert forms
    assert all(once.KEY in one.hidden for one in forms)
    assert len({one.hidden[once.KEY] for one in forms}) == len(forms)
    client.logout()
    assert all(once.KEY not in one.hidden for one in forms_of(client.get("/cuenta/login/")))


def test_nothing_of_a_vote_is_remembered():
    for name in ("votar", "papeleta", "responder-posibilidad"):
        address = reverse(name, args=["una", 1])
        assert resolve(address).func.forgets
