"""The six steps of an ally's file: what each asks, and what is missing (domain §6.2). No queries."""

from collections.abc import Container
from dataclasses import dataclass
from functools import cache

from alianzas.content import Activity, Prompt
from sessions_app import curriculum
from sessions_app.worksheets import access

ACTIVITIES = ("S5.2", "S5.3", "S5.4", "S5.5", "S5.6", "S5.7")
LEFT_OUT = {"S5.2.aliado"}  # which ally it is about is said by the page itself


@dataclass(frozen=True)
class Step:
    """One step: its number, name, and the activity that asks its questions."""

    number: int
    name: str
    activity: Activity

    def prompts(self, about: str) -> tuple[Prompt, ...]:
        """What is asked here about one ally, the questions of the whole organisation included."""
        return tuple(one for one in self.activity.prompts if one.key not in LEFT_OUT and access.is_field(one, about))


@dataclass(frozen=True)
class StepProgress:
    """How far a step is, and why it is still open: the questions without an answer."""

    step: Step
    asked: int
    missing: tuple[Prompt, ...]

    @property
    def answered(self) -> int:
        return self.asked - len(self.missing)

    @property
    def is_done(self) -> bool:
        return self.asked > 0 and not self.missing


@cache
def steps() -> tuple[Step, ...]:
    """The six steps in order."""
    activities = map(curriculum.activity, ACTIVITIES)
    return tuple(Step(number, activity.title, activity) for number, activity in enumerate(activities, 1))


def progress(step: Step, about: str, answered: Container[str]) -> StepProgress:
    """What is answered of a step; `answered` holds the keys of the questions that are."""
    asked = [
        one for one in step.prompts(about) if not one.optional and not one.condition and one.kind not in access.FILES
    ]
    return StepProgress(step, len(asked), tuple(one for one in asked if one.key not in answered))
