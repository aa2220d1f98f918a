"""Who may enter, and who says so."""

import pytest
from django.core import mail
from django.urls import reverse

from alianzas.models import Membership, OrgRole, User


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
