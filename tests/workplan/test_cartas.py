"""What the carta says of a session is written once: the plan de trabajo, its commitment and its page read it there."""

import datetime

import pytest
from django.urls import reverse
from django_scopes import scope

from alianzas.models import Commitment
from sessions_app.design.whole_services import save_header, skip_session
from sessions_app.models import WorkPlanItem
from sessions_app.workplan.cartas import key_of
from sessions_app.workplan.queries import plan_rows
from sessions_app.workplan.services import propose, save_item
from tests import factories as make

DAY = datetime.date(2026, 9, 3)
PEOPLE = {"facilitators": {"who": "Facilitación del norte", "count": 1, "profiles": ""}}


@pytest.fixture
def scoped(org):
    make.make_process(org, level="basic")
    with scope(organization=org):
        yield org


def sitting(day):
    return {"date": day.isoformat(), "start": "09:00", "place": ""}


def row_of(org, session="1"):
    return next(row for row in plan_rows() if row.item.key == key_of(org.pk, f"S{session}"))


def promise():
    return Commitment.objects.get(title__startswith="Sesión 1.")


def test_days_and_facilitators_of_a_carta_are_those_of_the_plan(scoped):
    save_header(organization=scoped, session_key="1", sittings=[sitting(DAY)], participants=PEOPLE)
    propose(organization=scoped, start=datetime.date(2026, 8, 1))
    row = row_of(scoped)
    assert (row.start, row.end, row.responsibles) == (DAY, DAY, "Facilitación del norte")
    assert row.differences == []
    assert (promise().due_date, promise().responsible) == (DAY, "Facilitación del norte")
    later = DAY + datetime.timedelta(days=7)
    save_header(organization=scoped, session_key="1", sittings=[sitting(DAY), sitting(later)])
    assert (row_of(scoped).start, row_of(scoped).end, promise().due_date) == (DAY, later, later)


def test_other_days_in_the_plan_are_kept_and_both_are_told(scoped, as_editor):
    propose(organization=scoped, start=datetime.date(2026, 8, 1))
    own = row_of(scoped)
    save_header(organization=scoped, session_key="1", sittings=[sitting(DAY)], participants=PEOPLE)
    row = row_of(scoped)
    assert (row.start, row.end) == (own.start, own.end)
    assert row.differences == ["La carta dice 3 sep 2026.", "La carta dice que facilita Facilitación del norte."]
    assert "La carta dice 3 sep 2026." in as_editor.get(reverse("plan-de-trabajo", args=[scoped.slug])).content.decode()
    item = WorkPlanItem.objects.get(pk=row.item.pk)
    item.start = item.end = None
    save_item(item=item)
    assert row_of(scoped).start == DAY


def test_an_omitted_session_is_neither_proposed_nor_promised(scoped):
    skip_session(organization=scoped, session_key="4", reason="Ya la vivieron")
    propose(organization=scoped, start=datetime.date(2026, 8, 1))
    assert not WorkPlanItem.objects.filter(key=key_of(scoped.pk, "S4")).exists()
    assert promise()
    skip_session(organization=scoped, session_key="1", reason="Ya la vivieron")
    assert row_of(scoped).differences[0] == "Se omite: Ya la vivieron"
    assert not Commitment.objects.filter(title__startswith="Sesión 1.").exists()
