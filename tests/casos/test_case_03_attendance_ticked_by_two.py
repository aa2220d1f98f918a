"""Two people tick one list: each tick is its own change, and nobody takes away those of the other."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from alianzas.models import OrgRole
from plans.models import Strategy
from sessions_app.models import Attendance
from tests import factories as make
from tests.casos.pages import form_of
from tests.record import rows


@pytest.fixture
def two(org):
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(make.make_member(org, OrgRole.FACILITATOR))
    return browsers


@pytest.fixture
def people(org):
    return [rows.person(org, is_present=False).pk for _ in range(4)]


def present(org):
    with scope(organization=org):
        return set(Attendance.objects.filter(is_present=True).values_list("pk", flat=True))


def boxes(page, name):
    """{value: what htmx sends with it} of the boxes of a page."""
    found = re.findall(rf'name="{name}" value="(\d+)"[^>]*hx-vals=\'\{{"box": "(\d+)"\}}\'', page)
    assert all(value == box for value, box in found)
    return [value for value, _ in found]


def test_four_people_ticked_by_two_are_present(two, org, people):
    e, a = two
    page = reverse("registro", args=[org.slug, "1"])
    address = reverse("registro-asistencia", args=[org.slug, "1"])
    older, form = form_of(a.get(page), action=address), form_of(e.get(page), action=address)
    assert boxes(a.get(page).content.decode(), "present") == [str(pk) for pk in people]
    for place in range(1, 4):  # each tick sends the list as this page has it, and which box it was
        data = form.data(present=[str(pk) for pk in people[:place]]) | {"box": str(people[place - 1])}
        e.post(address, data, headers={"HX-Request": "true"})
    data = older.data(present=[str(people[3])]) | {"box": str(people[3])}
    said = a.post(address, data, headers={"HX-Request": "true"}).content.decode()
    assert "4 personas asistieron." in said
    assert present(org) == set(people)
    assert "Asistieron 4 de 4." in e.get(page).content.decode()


def test_a_box_that_is_unticked_takes_away_its_own_and_nothing_else(two, org, people):
    e, _ = two
    address = reverse("registro-asistencia", args=[org.slug, "1"])
    for boxes_on, box in [(people[:1], people[0]), (people[:2], people[1]), (people[1:2], people[0])]:
        data = {"was": "", "present": [str(pk) for pk in boxes_on], "box": str(box)}
        e.post(address, data, headers={"HX-Request": "true"})
    assert present(org) == {people[1]}


def test_without_javascript_the_differences_are_applied(two, org, people):
    e, a = two
    page = reverse("registro", args=[org.slug, "1"])
    address = reverse("registro-asistencia", args=[org.slug, "1"])
    older, form = form_of(a.get(page), action=address), form_of(e.get(page), action=address)
    e.post(address, form.data(present=[str(pk) for pk in people[:3]]))
    a.post(address, older.data(present=[str(people[3])]))
    assert present(org) == set(people)
    newer = form_of(a.get(page), action=address)
    a.post(address, newer.data(present=[str(pk) for pk in people[1:]]))
    assert present(org) == set(people[1:])


def test_a_strategy_serves_the_lines_that_two_people_ticked(two, org):
    e, a = two
    strategy, third, tenth = make.make_strategy(org), make.make_line(org, "Tres"), make.make_line(org, "Diez")
    page = reverse("transversales", args=[org.slug])
    address = reverse("lineas-de-estrategia", args=[org.slug, strategy.pk])
    older, form = form_of(a.get(page), action=address), form_of(e.get(page), action=address)
    e.post(address, form.data(lines=[str(third.pk)]))
    a.post(address, older.data(lines=[str(tenth.pk)]))
    assert served(org) == {third.pk, tenth.pk}
    a.post(address, older.data(lines=[]) | {"box": str(tenth.pk)}, headers={"HX-Request": "true"})
    assert served(org) == {third.pk}


def served(org):
    with scope(organization=org):
        return {link.line_id for link in Strategy.objects.get().also_serves.all()}
