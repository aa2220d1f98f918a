"""The lock over every address, whatever app it belongs to."""

import re

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_scopes.exceptions import ScopeError

from alianzas.models import ActionLine, OrgModel
from alianzas.tenancy import DOORSTEP
from tests import factories as make
from tests.live.rows import end_run, enter, open_run, send_out

SAMPLE = {
    "note": "00000000-0000-0000-0000-000000000001",
    "pk": "1",
    "step": "subir",
    "key": "plan-de-alianzas",
    "fmt": "pdf",
    "session": "1",
    "stage": "votacion",
    "activity": "S1.1",
    "field": "definicion",
    "block": "S1.1",
    "actor": "00000000-0000-0000-0000-000000000001",
    "entry": "00000000-0000-0000-0000-000000000001",
    "column": "rules",
    "what": "informal",
    "number": "1",
    "other": "1",
    "file": "1",
    "decision": "tomar",
    "action": "subir",
    "way": "quitar",
}


def every_route(patterns=None, prefix=""):
    """(route, name, converters) of every address in the project."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from every_route(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern


def org_addresses(slug):
    """One address for every route under an organisation."""
    for route, pattern in every_route():
        if "<slug:org>" in route:
            names = set(re.findall(r"<(?:\w+:)?(\w+)>", route)) - {"org"}
            kwargs = {name: SAMPLE[name] for name in names}
            yield reverse(pattern.name, kwargs={"org": slug, **kwargs})


def test_every_route_of_an_organisation_is_walked(org):
    addresses = list(org_addresses(org.slug))
    assert len(addresses) == len(set(addresses)) >= 25
    assert all(address.startswith(f"/o/{org.slug}/") for address in addresses)


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch"])
@pytest.mark.parametrize("who", ["stranger", "other_manager", "outsider"])
def test_outsiders_get_404_everywhere(login, cast, org, who, method):
    client = login(getattr(cast, who))
    answers = {address: getattr(client, method)(address).status_code for address in org_addresses(org.slug)}
    assert set(answers.values()) == {404}, {a: s for a, s in answers.items() if s != 404}


def test_what_is_not_yours_looks_like_what_does_not_exist(login, cast, org):
    client = login(cast.stranger)
    theirs = client.get(f"/o/{org.slug}/mapa/")
    nobodys = client.get("/o/no-existe-ninguna/mapa/")
    assert theirs.status_code == nobodys.status_code == 404
    assert _without_tokens(theirs) == _without_tokens(nobodys)


def _without_tokens(response):
    return re.sub(rb'value="\w{64}"', b"", response.content)


def test_without_a_session_every_address_asks_to_log_in(client, org):
    for slug in (org.slug, "no-existe-ninguna"):
        for address in org_addresses(slug):
            answer = client.get(address)
            assert answer.status_code == 302, address
            assert answer.url.startswith("/cuenta/login/?next=")


@pytest.mark.parametrize("who", ["viewer", "manager"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_readers_cannot_change_anything(login, cast, org, who, method):
    client = login(getattr(cast, who))
    answers = {address: getattr(client, method)(address).status_code for address in org_addresses(org.slug)}
    assert set(answers.values()) == {403}, {a: s for a, s in answers.items() if s != 403}


@pytest.mark.parametrize("who", ["facilitator", "editor", "viewer", "manager"])
def test_insiders_may_read(login, cast, org, who):
    assert login(getattr(cast, who)).get(f"/o/{org.slug}/").status_code == 200


def test_an_inactive_account_is_an_outsider(login, cast, org):
    client = login(cast.editor)
    cast.editor.is_active = False
    cast.editor.save()
    assert client.get(f"/o/{org.slug}/").status_code in (302, 404)


def test_a_row_of_another_organisation_is_404(as_editor, org, other_org):
    line = make.make_line(other_org)
    assert as_editor.get(f"/o/{org.slug}/organizacion/lineas/{line.pk}/").status_code == 404
    assert as_editor.post(f"/o/{org.slug}/organizacion/lineas/{line.pk}/borrar/").status_code == 404


def test_every_tenant_model_raises_without_a_scope(db):
    tenant_models = list(_concrete_subclasses(OrgModel))
    assert ActionLine in tenant_models
    for model in tenant_models:
        with pytest.raises(ScopeError):
            model.objects.count()


def _concrete_subclasses(model):
    for child in model.__subclasses__():
        if not child._meta.abstract:
            yield child
        yield from _concrete_subclasses(child)


# ── Guests: somebody without an account at the door of one run ──────────────────────────────────────────────────────


def door_addresses(token):
    """(name, address) of every route behind the door of a run."""
    for route, pattern in every_route():
        if "(?P<door>" in route:
            names = set(re.findall(r"\(\?P<(\w+)>|<(?:\w+:)?(\w+)>", route))
            names = {one or other for one, other in names} - {"door"}
            yield pattern.name, reverse(pattern.name, kwargs={"door": token} | {n: SAMPLE[n] for n in names})


METHODS = ["get", "post", "put", "delete", "patch"]


@pytest.mark.parametrize("method", METHODS)
def test_a_door_that_leads_nowhere_is_404_everywhere(client, org, method):
    run = open_run(org)
    ghost = "x" * len(run.token)
    answers = {address: getattr(client, method)(address).status_code for _, address in door_addresses(ghost)}
    assert len(answers) >= 2
    assert set(answers.values()) == {404}, answers


@pytest.mark.parametrize("method", METHODS)
def test_who_has_not_come_in_finds_the_doorstep_only(client, org, method):
    run = open_run(org)
    for name, address in door_addresses(run.token):
        status = getattr(client, method)(address).status_code
        assert (status == 404) == (name not in DOORSTEP), address


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("fate", ["closed", "expelled", "elsewhere"])
def test_a_guest_of_another_run_of_an_ended_one_or_sent_out_finds_nothing(client, org, other_org, method, fate):
    run = open_run(org)
    person = enter(client, run)
    if fate == "closed":
        end_run(run)
    if fate == "expelled":
        send_out(person)
    token = open_run(other_org).token if fate == "elsewhere" else run.token
    addresses = [address for name, address in door_addresses(token) if fate != "elsewhere" or name not in DOORSTEP]
    answers = {address: getattr(client, method)(address).status_code for address in addresses}
    assert set(answers.values()) <= {404}, answers


@pytest.mark.parametrize("method", METHODS)
def test_a_guest_is_nobody_in_the_organisation(client, org, method):
    enter(client, open_run(org))
    for address in org_addresses(org.slug):
        answer = getattr(client, method)(address)
        assert answer.status_code == 302, address
        assert answer.url.startswith("/cuenta/login/?next=")


def test_an_ended_run_looks_like_one_that_never_was(client, org):
    run = open_run(org)
    enter(client, run)
    end_run(run)
    ended, never = client.get(f"/t/{run.token}/"), client.get(f"/t/{'x' * 22}/")
    assert ended.status_code == never.status_code == 404
    assert _without_tokens(ended) == _without_tokens(never)


def test_every_table_with_an_organization_is_a_tenant_model():
    """Only who may enter, or is asked to, is read before there is a scope."""
    loose = [
        model.__name__
        for model in apps.get_models()
        if any(field.name == "organization" for field in model._meta.fields) and not issubclass(model, OrgModel)
    ]
    assert loose == ["Membership", "Invitation"]
