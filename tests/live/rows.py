"""Runs and people in them, for tests."""

from django.test import Client
from django_scopes import scope

from sessions_app.live import codes, services
from sessions_app.models import Participant, SessionRun


def open_run(org, session="1", **facts):
    with scope(organization=org):
        return services.open_run(organization=org, session_key=session, by=None, **facts)


def end_run(run):
    with scope(organization=run.organization):
        return services.close_run(run=run, by=None)


def send_out(person):
    with scope(organization=person.organization):
        services.expel(participant=person)


def fresh(run):
    with scope(organization=run.organization):
        return SessionRun.objects.filter(pk=run.pk).first()


def enter(client, run, name="Ana", **typed):
    """Come in through the page, as a phone does; gives the participant."""
    key = codes.new_key()
    answer = client.post(f"/t/{run.token}/entrar/", {"name": name, "key": key, "accepts": "on", **typed})
    assert answer.status_code == 302, answer.content.decode()
    with scope(organization=run.organization):
        return Participant.objects.get(key_digest=codes.digest(key))


def phone_in(run, name="Ana"):
    """The browser of somebody who has come in, who is its `person`."""
    client = Client()
    client.person = enter(client, run, name)
    return client


def says(client, address):
    """The page at `address` as text."""
    return client.get(address).content.decode()
