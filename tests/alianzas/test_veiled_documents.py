"""The name behind an alias leaves in no document, wherever somebody wrote it, but in a full version."""

import re
from datetime import date

import pytest
from django_scopes import scope

from alianzas.exports import base
from plans.ballots import services as ballots
from plans.diagnosis import services as diagnosis
from plans.models import AllianceReport, PlanText
from ruta_critica.models import JournalEntry
from sessions_app.models import Answer, WorkPlanItem
from sysmap import moments
from sysmap.models import MissingRole
from tests import factories as make

NAME, ALIAS = "Zutano Perengano", "Actor Z"
SAID = f"Cuidado con {NAME.upper()} y su gente"


@pytest.fixture
def told(org, cast):
    """An organisation in which people wrote the name everywhere they could."""
    make.make_actor(org, NAME, is_sensitive=True, alias=ALIAS, roles=[SAID], rules=SAID, primary_resource=SAID)
    other = make.make_actor(org, "Radio", rules=SAID, desired_role=SAID, ideal_note=SAID, role_holder_name=NAME)
    row = make.make_outcome_row(
        org, make.make_strategy(org, text=SAID, why=SAID, priority=1), make.make_ally(org, SAID)
    )
    marker = make.make_marker(row, text=SAID)
    make.make_check(marker, "not_yet", date(2026, 2, 1), evidence=SAID)
    make.make_check(marker, "achieved", date(2026, 3, 1), evidence=SAID, lesson=SAID)
    make.make_activity(row, title=SAID, responsible=NAME)
    make.make_attendance(org, post=f"Enlace con {NAME}")
    make._make(MissingRole, org, role=SAID, holder=other)
    make._make(JournalEntry, org, ally=row.ally, on=date(2026, 3, 2), text=SAID, responsible=NAME)
    make._make(PlanText, org, key="conclusions", text=SAID)
    make._make(
        AllianceReport, org, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
        introduction=SAID, lessons=SAID, upcoming=SAID, tells_journal=True,
    )  # fmt: skip
    make._make(WorkPlanItem, org, title=SAID, responsibles=NAME, start=date(2026, 3, 2), end=date(2026, 4, 2))
    line = make.make_line(org)
    strategies = [make.make_strategy(org, line, f"{SAID} {number}", why=SAID, author=NAME) for number in range(3)]
    with scope(organization=org):
        diagnosis.merge(kept=strategies[0], gone=strategies[1], by=cast.editor, note=SAID)
        cancelled = ballots.open_round(organization=org, by=None)
        ballots.cancel_round(round=cancelled, by=None, reason=SAID)
        row = ballots.open_round(organization=org, by=None)
        ballots.cast_ballot(round=row, voter_key="persona-1", choices=[0, 1])
        ballots.close_round(round=row, by=None, is_sure=True)
        ballots.break_tie(round=row, rank=1, order=[1, 0], reason=SAID, by=None)
        moments.freeze(organization=org, by=cast.editor, kind="baseline", taken_on=date(2026, 1, 5), people=NAME)
        for key in ("M.8.aciertos", "S1.1.expectativas"):
            Answer.objects.create(organization=org, prompt_key=key, value=[{"id": "a", "text": SAID}])
        Answer.objects.create(organization=org, prompt_key="M.8.q1", value=SAID)
    return org


def leaks(document):
    """Where the name is said in what the writers are given; text cut into lines of a drawing is put together again."""
    told = re.sub(r"<[^>]*>", " ", repr(document.blocks))
    told = re.sub(r"\s+", " ", told)
    return re.findall(r".{0,60}(?:zutano|perengano).{0,40}", told, re.IGNORECASE)


def test_no_document_says_the_name(told):
    found = {}
    with scope(organization=told):
        for key, deliverable in base.load_catalogue().items():
            for fmt in deliverable.formats:
                if fmt in deliverable.comes_back:
                    continue
                if said := leaks(deliverable.document(told, fmt)):
                    found[f"{key}.{fmt}"] = said[:2]
    assert found == {}


def test_the_full_versions_do(told):
    with scope(organization=told):
        full = [one for one in base.load_catalogue().values() if one.build_full]
        assert {one.key for one in full} == {"mapa", "matriz-5rs"}
        assert all(leaks(one.build_full(told)) for one in full)


def test_what_comes_back_from_excel_keeps_its_words(told):
    with scope(organization=told):
        sheet = base.get("plan-de-trabajo")
        assert leaks(sheet.document(told, "xlsx"))
        assert not leaks(sheet.document(told, "pdf"))
