"""Who may enter, and who says so."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from alianzas import services
from alianzas.models import Invitation, Membership, OrgRole, User


def test_inviting_makes_the_account_and_writes_to_the_person(login, cast, org):
    login(cast.facilitator).post(reverse("equipo", args=[org.slug]), {"email": "Nueva@Prueba.test", "role": "editor"})
    person = User.objects.get(email="nueva@prueba.test")
    assert Membership.objects.get(user=person, organization=org).role == OrgRole.EDITOR
    assert not person.has_usable_password()
    assert mail.outbox[0].to == ["nueva@prueba.test"]
    assert "/cuenta/password/reset/" in mail.outbox[0].body


def test_the_invited_person_can_make_a_password(login, client, cast, org):
    login(cast.facilitator).post(reverse("equipo", args=[org.slug]), {"email": "nueva@prueba.test", "role": "viewer"})
    client.logout()
    client.post(reverse("account_reset_password"), {"email": "nueva@prueba.test"})
    assert "/cuenta/password/reset/key/" in mail.outbox[-1].body


def test_an_editor_cannot_invite(login, cast, org):
    client = login(cast.editor)
    assert (
        client.post(reverse("equipo", args=[org.slug]), {"email": "x@prueba.test", "role": "editor"}).status_code == 403
    )
    member = Membership.objects.get(user=cast.viewer)
    assert client.post(reverse("quitar-del-equipo", args=[org.slug, member.pk])).status_code == 403


def test_the_last_facilitator_stays(login, cast, org):
    client = login(cast.facilitator)
    mine = Membership.objects.get(user=cast.facilitator)
    client.post(reverse("quitar-del-equipo", args=[org.slug, mine.pk]))
    client.post(reverse("equipo", args=[org.slug]), {"email": cast.facilitator.email, "role": "viewer"})
    assert Membership.objects.get(user=cast.facilitator).role == OrgRole.FACILITATOR


def test_who_is_taken_out_cannot_enter(login, cast, org):
    member = Membership.objects.get(user=cast.editor)
    login(cast.facilitator).post(reverse("quitar-del-equipo", args=[org.slug, member.pk]))
    assert login(cast.editor).get(reverse("camino", args=[org.slug])).status_code == 404


def test_a_member_of_another_organization_is_not_ours_to_take_out(login, cast, org):
    foreign = Membership.objects.get(user=cast.stranger)
    answer = login(cast.facilitator).post(reverse("quitar-del-equipo", args=[org.slug, foreign.pk]))
    assert answer.status_code == 404
    assert Membership.objects.filter(pk=foreign.pk).exists()


@pytest.mark.parametrize("email", ["", "no-es-correo"])
def test_a_wrong_email_is_said(login, cast, org, email):
    answer = login(cast.facilitator).post(reverse("equipo", args=[org.slug]), {"email": email, "role": "editor"})
    assert answer.status_code == 422


@pytest.fixture
def team(org):
    return reverse("equipo", args=[org.slug])


@pytest.fixture
def invited(client, cast, org, team):
    """The stranger, who has an account, is asked in by whoever facilitates."""
    client.force_login(cast.facilitator)
    client.post(team, {"email": cast.stranger.email.upper(), "role": "editor"})
    return Invitation.objects.get()


def _answer(client, who, row, what):
    client.force_login(who)
    return client.post(f"/invitaciones/{row.pk}/{what}/", follow=True)


@pytest.mark.parametrize("path", ["", "algo/", "../email/", "?next=/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_changes_an_address_without_proof(login, cast, path, method):
    answer = getattr(login(cast.outsider), method)(
        f"/cuenta/email/{path}", {"email": "otra@prueba.test", "action_add": ""}
    )
    assert answer.status_code == 404
    assert not User.objects.filter(email="otra@prueba.test").exists()


def test_an_account_that_exists_is_never_added_silently(client, cast, org, team):
    client.force_login(cast.facilitator)
    said = client.post(team, {"email": cast.stranger.email, "role": "editor"}, follow=True).content.decode()
    assert "ya tiene cuenta" in said
    assert "Todavía no aceptan" in said
    assert not Membership.objects.filter(user=cast.stranger, organization=org).exists()
    client.force_login(cast.stranger)
    assert client.get(reverse("camino", args=[org.slug])).status_code == 404
    assert "/cuenta/login/" in mail.outbox[0].body


def test_who_was_invited_accepts_after_login(client, cast, org, invited):
    client.force_login(cast.stranger)
    assert f"Te invitaron a trabajar con {org.name}" in client.get("/").content.decode()
    assert _answer(client, cast.stranger, invited, "aceptar").status_code == 200
    assert Membership.objects.get(user=cast.stranger, organization=org).role == OrgRole.EDITOR
    again = _answer(client, cast.stranger, invited, "aceptar").content.decode()
    assert "ya no espera respuesta" in again
    assert Membership.objects.filter(user=cast.stranger, organization=org).count() == 1


def test_who_was_invited_says_no(client, cast, org, invited):
    assert "Dijiste que no" in _answer(client, cast.stranger, invited, "rechazar").content.decode()
    assert not Invitation.objects.exists()
    assert not Membership.objects.filter(user=cast.stranger, organization=org).exists()


@pytest.mark.parametrize("what", ["aceptar", "rechazar"])
def test_the_invitation_of_another_person_is_not_there(client, cast, invited, what):
    mine = _answer(client, cast.outsider, invited, what)
    never = client.post(f"/invitaciones/{invited.pk + 1}/{what}/", follow=True)
    assert mine.status_code == never.status_code == 200
    assert "ya no espera respuesta" in mine.content.decode()
    assert Invitation.objects.filter(pk=invited.pk).exists()


def test_an_invitation_is_withdrawn_by_whoever_facilitates(client, cast, org, team, invited):
    address = reverse("retirar-invitacion", args=[org.slug, invited.pk])
    client.force_login(cast.editor)
    assert client.post(address).status_code == 403
    client.force_login(cast.stranger)
    assert client.post(address).status_code == 404
    client.force_login(cast.facilitator)
    assert "Retiramos la invitación" in client.post(address, follow=True).content.decode()
    assert "ya no espera respuesta" in _answer(client, cast.stranger, invited, "aceptar").content.decode()


def test_an_invitation_withdrawn_while_it_is_accepted_lets_nobody_in(cast, org, invited):
    services.withdraw(invitation=Invitation.objects.get(), by=cast.facilitator)
    with pytest.raises(ValidationError):
        services.accept(invitation=invited)
    assert not Membership.objects.filter(user=cast.stranger, organization=org).exists()


def test_whoever_coordinates_a_programme_sees_an_invitation_before_the_portfolio(client, cast, org, team):
    client.force_login(cast.facilitator)
    client.post(team, {"email": cast.other_manager.email, "role": "viewer"})
    client.force_login(cast.other_manager)
    page = client.get("/").content.decode()
    assert "Te invitaron" in page
    assert reverse("portafolio") in page


def test_inviting_twice_is_one_invitation_with_the_last_role(client, cast, org, team, invited):
    client.post(team, {"email": cast.stranger.email, "role": "viewer"})
    assert [one.role for one in Invitation.objects.all()] == ["viewer"]


def test_the_role_of_a_member_changes_at_once(client, cast, org, team):
    client.force_login(cast.facilitator)
    client.post(team, {"email": cast.editor.email, "role": "viewer"})
    assert Membership.objects.get(user=cast.editor, organization=org).role == OrgRole.VIEWER
    assert not Invitation.objects.exists()
