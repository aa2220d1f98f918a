"""The session ends while somebody writes: after signing in there is a page, and the form is back with its words.

What the browser does is in tests/e2e/test_unsent.py; here is what it stands on.
"""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from alianzas.models import Commitment
from tests.alianzas.test_tenancy import org_addresses
from tests.casos.pages import form_of

HOST = "http://testserver"


def next_of(answer):
    assert answer.status_code == 302
    assert answer.url.startswith("/cuenta/login/?")
    return parse_qs(urlsplit(answer.url).query)["next"][0]


def test_whoever_was_sending_a_form_goes_back_to_its_page(client, org):
    page = reverse("registro", args=[org.slug, "1"])
    sent = client.post(reverse("registro-anotar", args=[org.slug, "1"]), headers={"Referer": f"{HOST}{page}?ver=1"})
    assert next_of(sent) == f"{page}?ver=1"


@pytest.mark.parametrize("referer", ["", "https://otro.test/o/x/", f"{HOST}/no-hay-tal/", "no es una dirección"])
def test_without_a_page_of_ours_to_go_back_to_it_is_the_road(client, org, referer):
    sent = client.post(reverse("registro-anotar", args=[org.slug, "1"]), headers={"Referer": referer})
    assert next_of(sent) == reverse("camino", args=[org.slug])


def test_reading_goes_on_where_it_was(client, org):
    address = reverse("compromisos", args=[org.slug]) + "?estado=done"
    assert next_of(client.get(address)) == address


def test_no_address_after_signing_in_is_one_that_only_takes_forms(staff, org):
    refused = [address for address in org_addresses(org.slug) if staff.get(address).status_code == 405]
    assert refused == []


def test_the_page_says_whose_it_is_and_the_one_to_sign_in_that_something_was_interrupted(client, staff, cast, org):
    page = staff.get(reverse("nuevo-compromiso", args=[org.slug])).content.decode()
    assert f'data-account="{cast.facilitator.pk}"' in page
    assert "data-interrupted" not in page
    client.logout()
    page = client.get("/cuenta/login/").content.decode()
    assert "data-interrupted" in page
    assert "data-account" not in page


def test_a_form_of_another_session_is_not_saved_and_the_page_says_so(cast, org):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.facilitator)
    address = reverse("nuevo-compromiso", args=[org.slug])
    form = form_of(browser.get(address), "title")
    data = form.data(title="Pedir la sala") | {"csrfmiddlewaretoken": "x" * 64}
    answer = browser.post(address, data, headers={"Referer": f"{HOST}{address}"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "data-interrupted" in page
    assert f'href="{address}"' in page
    with scope(organization=org):
        assert not Commitment.objects.exists()
    assert browser.post(address, form.data(title="Pedir la sala"), headers={"Referer": HOST}).status_code == 302


def test_ballots_are_never_kept_in_the_browser(staff, org, cast):
    """Their forms say data-forget, and so does everything a guest sends, who has no account."""
    from plans.ballots.services import open_round
    from plans.possibility.services import open_reading
    from tests import factories as make

    for _ in range(2):
        make.make_strategy(org)
    with scope(organization=org):
        vote, reading = open_round(organization=org, by=None), open_reading(organization=org, moment="start", by=None)
    for name, row in [("votar", vote), ("papeleta", vote), ("responder-posibilidad", reading)]:
        form = form_of(staff.get(reverse(name, args=[org.slug, row.pk])), "csrfmiddlewaretoken")
        assert "data-forget" in form.attrs, name
