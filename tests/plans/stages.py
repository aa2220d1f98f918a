"""Organisations at every stage of the method, one per level: each stage adds to the one before."""

import datetime
from itertools import count

from django_scopes import scope

from alianzas.models import ActionLine, Horizon, OrgRole
from plans.models import PlanVersion, Reading
from plans.queries import plan_data
from plans.versions.services import issue
from ruta_critica.queries import about
from ruta_critica.route_queries import file_steps
from sessions_app import curriculum
from sessions_app.models import Answer, Attendance, LevelAssessment, ProductMark, SessionDesign
from sessions_app.moments import COMPONENT_SESSIONS
from sessions_app.worksheets import kinds
from sessions_app.worksheets.access import is_field, is_required
from sessions_app.worksheets.frames import frame_of
from sysmap.models import Actor
from tests import factories as make
from tests.ruta_critica.rows import PROMPT, ROWS
from tests.worksheets.samples import sample

LEVELS = ("basic", "intermediate", "advanced")
DONE = datetime.date(2026, 3, 6)
DUE = datetime.date(2027, 1, 15)
_number = count(1)


def new(org):
    """Only its name."""


def level_decided(org):
    org.mission, org.vision, org.logo = "Misión", "Visión", "x.png"
    org.save()
    make.make_line(org)
    make.make_line(org)
    make.make_process(org, level=org.wanted)
    facts = {"suggested": org.wanted, "decided": org.wanted, "answers": {"years": "over_5"}, "reason": "Así se acordó"}
    make._make(LevelAssessment, org, **facts, by=make.make_user())


def sessions_held(org):
    """Sessions 1 to 3, with their worksheets."""
    for key in COMPONENT_SESSIONS["capacidades"]:
        hold(org, key)
    Answer.objects.filter(organization=org, prompt_key=PROMPT.key).delete()  # answered with the route, later


def map_done(org):
    answer(org, PROMPT, value=ROWS)
    for _ in range(3):
        make.make_actor(org, desired_role="Abre puertas")


def ally_worked(org):
    """The work sessions of those who apply their route; its one ally has answered everything."""
    if org.wanted == "advanced":
        return
    for key in ("4", "5"):
        if org.wanted == "basic" or key == "5":
            hold(org, key)
    ally = make.make_ally(org, actor=Actor.objects.first())
    for step in file_steps(str):
        for prompt in step.prompts(about(ally)):
            if is_required(prompt) and prompt.scope == "ALLY":
                answer(org, prompt, subject=about(ally))


def ranking(org):
    if org.wanted == "advanced":
        hold(org, "6")
        make._make(Reading, org, moment="start", state="closed", opened_on=DONE, closed_on=DONE)
        first, second = ActionLine.objects.all()[:2]
        one = make.make_strategy(org, first, priority=1)
        make._make(one.also_serves.model, org, strategy=one, line=second)
        org.ranked = one


def outcome_map(org):
    if org.wanted == "advanced":
        org.row = make.make_outcome_row(org, org.ranked, make.make_ally(org, actor=Actor.objects.first()))


def plan_complete(org):
    if org.wanted == "advanced":
        for horizon in Horizon:
            make.make_marker(org.row, horizon)
            make.make_activity(org.row, horizon, due_date=DUE)
        make.make_next_step(org, due_date=DUE)


def issued(org):
    if org.wanted == "advanced":
        facts = {"note": "", "with_gaps": False, "render": lambda document, fmt: b"x"}
        issue(organization=org, data=plan_data(org), by=org.facilitator, **facts)
        assert PlanVersion.objects.count() == 1


def second_year(org):
    if org.wanted == "advanced":
        make.make_check(org.row.markers.first())


STAGES = (
    new, level_decided, sessions_held, map_done, ally_worked, ranking, outcome_map, plan_complete, issued, second_year,
)  # fmt: skip
# What there is after the routes of allies concerns only those who work a Plan.
EVERY = [
    (stage, level)
    for level in LEVELS
    for stage in (STAGES if level == "advanced" else STAGES[: STAGES.index(ally_worked) + 1])
]


def at(stage, level, program=None):
    """An organisation of that level that has come as far as `stage`, and its own facilitator."""
    org = make.make_organization(f"{level}-{stage.__name__.replace('_', '-')}-{next(_number)}", program)
    org.wanted = level
    org.facilitator = make.make_member(org, OrgRole.FACILITATOR)
    with scope(organization=org):
        for step in STAGES[: STAGES.index(stage) + 1]:
            step(org)
    return org


def hold(org, key, day=DONE):
    """Carta, attendance, every question of its worksheets answered, and the products that people tick."""
    session = curriculum.session(key)
    sittings = [{"date": day.isoformat(), "start": "09:00", "place": ""}]
    make._make(SessionDesign, org, session_key=key, objective=session.objective, sittings=sittings)
    make._make(Attendance, org, session_key=key, post="Dirección")
    for activity in session.activities:
        for prompt in activity.prompts:
            if is_field(prompt) and is_required(prompt):
                answer(org, prompt)
    if key == "4":
        make._make(ProductMark, org, session_key=key, product=2, by=org.facilitator)


def answer(org, prompt, value=None, subject=""):
    """Keep an answer as a worksheet would, without what follows from it elsewhere."""
    frame = frame_of(prompt)
    kept = {"value": kinds.clean(prompt, value or sample(prompt, frame), frame)}
    Answer.objects.update_or_create(organization=org, prompt_key=prompt.key, subject=subject, defaults=kept)
