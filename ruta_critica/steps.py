"""The steps of an ally's file: those of the organisation's own route, what each asks, what is missing (domain §6.2).

A step of the method asks the questions of Session 5; what the organisation added (elements, whole steps) is asked too.
No queries.
"""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from alianzas.content import Activity, Option, Prompt
from alianzas.veiling import veiled
from sessions_app import curriculum
from sessions_app.worksheets import access

from .route import KEPT, Route, Stop

RESOURCES, DUE_DILIGENCE = "recursos_y_activos", "due_diligence"
ACTIVITIES = {
    RESOURCES: "S5.2",
    "construccion_de_la_alianza": "S5.3",
    DUE_DILIGENCE: "S5.4",
    "implementacion": "S5.5",
    "evaluacion_y_reporte": "S5.6",
    "sostenibilidad": "S5.7",
}
LEFT_OUT = {"S5.2.aliado"}  # which ally it is about is said by the page itself
LAST = "S5.8.consideraciones"  # asked before a route is taken as ready
OWN = "R."  # the keys of what the organisation added begin so


@dataclass(frozen=True)
class Step:
    """One step: its place in the route, the key of its address, and the activity that asks its questions."""

    number: int
    key: str
    stop: Stop
    activity: Activity

    @property
    def name(self) -> str:
        return self.stop.name

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


def steps_of(route: Route, hide: Callable[[str], str]) -> tuple[Step, ...]:
    """The active steps in the order of the organisation; of two that stand for one of the method, the first asks."""
    found, taken = [], set()
    for number, written in enumerate(route.active or route.stops, 1):
        stop = veiled(written, hide, KEPT)
        method = stop.step.key if stop.step and stop.step.key not in taken else ""
        taken.add(method)
        key = method or f"propio-{_short(stop.key)}"
        own = tuple(_own_prompts(key, stop, written.own_elements, is_whole=not method))
        found.append(Step(number, key, stop, _activity(key, method, stop, own)))
    last = found[-1]
    asked = (*last.activity.prompts, curriculum.prompt(LAST))
    return (*found[:-1], replace(last, activity=replace(last.activity, prompts=asked)))


def _activity(key, method, stop, own):
    if not method:
        return Activity(key=f"{OWN}{key}", title=stop.name, minutes=0, objective=stop.today, prompts=own)
    activity = curriculum.activity(ACTIVITIES[method])
    return replace(activity, title=stop.name, prompts=activity.prompts + own)


def _own_prompts(key, stop, elements, is_whole) -> Iterator[Prompt]:
    """What is asked of a step's own elements, and of a whole step that the method does not have."""
    facts = {"scope": "ALLY", "reuse": ("ally_route",)}
    if is_whole:
        text = f"¿Qué haremos con este aliado en «{stop.name}»?"
        yield Prompt(key=f"{OWN}{key}.notas", kind="long", text=text, assumption=True, **facts)
        text = "¿Quién lo hace y para cuándo?"
        yield Prompt(key=f"{OWN}{key}.acuerdo", kind="commitment", text=text, optional=True, **facts)
    if elements:
        yield Prompt(
            key=f"{OWN}{key}.propio",
            kind="check",
            text="De lo propio de este paso, ¿qué está ya con este aliado?",
            options=tuple(_options(elements, stop.own_elements)),
            gaps=True,
            **facts,
        )


def _options(written, shown):
    labels = {_short(text): label for text, label in zip(written, shown, strict=True)}
    return (Option(key=key, label=label) for key, label in labels.items())


def _short(text: str) -> str:
    """A name of eight letters for `text`, always the same: sources of commitments have little room."""
    return sha256(text.casefold().encode()).hexdigest()[:8]


def progress(step: Step, about: str, answered: Container[str]) -> StepProgress:
    """What is answered of a step; `answered` holds the keys of the questions that are."""
    asked = [one for one in step.prompts(about) if access.is_required(one)]
    return StepProgress(step, len(asked), tuple(one for one in asked if one.key not in answered))
