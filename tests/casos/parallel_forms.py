"""Run by test_case_05_second_tap_duplicates.py in a process of its own: forms that arrive at the same moment."""

import json
import sys

import django

from tests.apart import together


def main():
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse
    from django_scopes import scope

    from alianzas.models import ActionLine, Commitment, Organization, OrgRole, ProgramRole
    from tests import factories as make
    from tests.casos.pages import form_of

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}  # the tables as models say
    call_command("migrate", run_syncdb=True, verbosity=0)
    program = make.make_program("cauce")
    person = make.make_program_member(program, ProgramRole.FACILITATOR)

    def browser():
        client = Client()
        client.force_login(person)
        return client

    first = browser()
    clients = [browser() for _ in range(6)]
    form = form_of(first.get(reverse("registrar")), "name", "lines")
    data = form.data(name="Casa del Faro", field="Salud", lines="Prevención")
    answers = together(None, *[lambda one=one: one.post(form.action, data) for one in clients])
    statuses = {one.status_code for one in answers}
    places = {one.url for one in answers}

    org = Organization.objects.get()
    make.make_member(org, OrgRole.FACILITATOR, make.make_user())

    def six(name, /, **typed):
        page = form_of(first.get(reverse(name, args=[org.slug])), *typed)
        found = together(None, *[lambda one=one: one.post(page.action, page.data(**typed)) for one in clients])
        return [one.status_code for one in found]

    six("nuevo-compromiso", title="Pedir la sala")
    six("nueva-linea", name="Cuencas vivas")
    address = reverse("nueva-linea", args=[org.slug])
    fresh = [form_of(one.get(address), "name") for one in clients]
    jobs = [
        lambda one=one, page=page: one.post(address, page.data(name="Otra"))
        for one, page in zip(clients, fresh, strict=True)
    ]
    different = sorted(one.status_code for one in together(None, *jobs))

    with scope(organization=org):
        row = Commitment.objects.get()
        lines = ActionLine.objects.filter(name="Cuencas vivas").count()
    address = reverse("compromiso", args=[org.slug, row.pk])
    e, a = form_of(clients[0].get(address), "title"), form_of(clients[1].get(address), "title")
    together(
        None,
        lambda: clients[0].post(address, e.data(title="De E")),
        lambda: clients[1].post(address, a.data(responsible="De A")),
    )
    with scope(organization=org):
        row.refresh_from_db()
        return {
            "organizations": Organization.objects.count(),
            "places": len(places),
            "commitments": Commitment.objects.count(),
            "lines": lines,
            "different keys": different,
            "statuses": sorted(statuses),
            "edited": [row.responsible, row.title],
        }


if __name__ == "__main__":
    django.setup()
    json.dump(main(), sys.stdout)
