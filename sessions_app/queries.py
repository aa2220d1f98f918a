"""Reads over sessions that several pages share."""

from collections import Counter
from dataclasses import dataclass

from . import curriculum
from .curriculum import Session
from .models import Answer, Attendance, ProductMark, SessionDesign
from .moments import SessionFacts
from .worksheets.access import is_field

WRITTEN = {"text", "long", "list", "table", "choice", "multi", "yesno", "check"}


@dataclass(frozen=True)
class PathStep:
    """A session on the path of an organisation: recommended, open, or skipped with its reason."""

    session: Session
    recommended: bool
    note: str
    skip_reason: str


def path(level: str) -> list[PathStep]:
    """The six sessions for `level` ("" = undecided: all open), with what this organisation skips. One query."""
    skipped = dict(SessionDesign.objects.filter(is_skipped=True).values_list("session_key", "skip_reason"))
    if level:
        steps = curriculum.path_for(level).steps
    else:
        steps = [curriculum.Step(one, recommended=False) for one in curriculum.sessions() if one.hours]
    return [PathStep(step.session, step.recommended, step.note, skipped.get(step.session.key, "")) for step in steps]


def session_facts(level: str) -> list[SessionFacts]:
    """What is known of each of the six sessions, for the progress of the momentos. Five queries."""
    designed = set(SessionDesign.objects.values_list("session_key", flat=True))
    held = set(Attendance.objects.filter(is_present=True).values_list("session_key", flat=True))
    marked = Counter(ProductMark.objects.values_list("session_key", flat=True))
    answered = set(Answer.objects.exclude(value=None).values_list("prompt_key", flat=True))
    return [
        SessionFacts(
            key=step.session.key,
            hours=step.session.hours,
            on_path=step.recommended or not level,
            skip_reason=step.skip_reason,
            has_carta=step.session.key in designed,
            was_held=step.session.key in held,
            prompts=len(asked := _asked(step.session)),
            answered=len(asked & answered),
            products=len(step.session.products),
            products_done=marked[step.session.key],
        )
        for step in path(level)
    ]


def _asked(session: Session) -> set[str]:
    """The prompts that the whole organisation answers in writing, in a worksheet and not on a page of its own."""
    return {
        prompt.key
        for activity in session.activities
        for prompt in activity.prompts
        if prompt.kind in WRITTEN
        and prompt.scope in ("ORG", "RUN")
        and is_field(prompt)
        and not (prompt.optional or prompt.derived)
    }
