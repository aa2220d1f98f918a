"""The method: six sessions and the guide of Annex 3, the success cases, the concepts and the paths by level.

A typed view over the TOML files of `content/`, read once. No Django here.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alianzas.content import Activity, Level, Prompt, Scope, Session
from alianzas.content_loader import Loader

CONTENT = Path(__file__).parent / "content"
SESSION_KEYS = ("1", "2", "3", "4", "5", "6", "M")
LEVELS: dict[Level, str] = {"basic": "Básico", "intermediate": "Intermedio", "advanced": "Avanzado"}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A success case, to be told in S1.4."""

    key: str
    title: str
    country: str
    story: str
    lesson: str
    value: str  # short label of the value that the alliance shows


@dataclass(frozen=True, kw_only=True)
class Concept:
    key: str
    term: str
    definition: str
    example: str = ""
    source: str = ""


@dataclass(frozen=True)
class Curriculum:
    sessions: tuple[Session, ...]
    cases: tuple[Case, ...]
    concepts: tuple[Concept, ...]


@dataclass(frozen=True)
class Step:
    """A session on the path of a level."""

    session: Session
    recommended: bool
    note: str = ""


@dataclass(frozen=True)
class LevelPath:
    level: Level
    steps: tuple[Step, ...]

    @property
    def recommended(self) -> tuple[Session, ...]:
        return tuple(step.session for step in self.steps if step.recommended)

    @property
    def open(self) -> tuple[Session, ...]:
        return tuple(step.session for step in self.steps if not step.recommended)

    @property
    def hours(self) -> int:
        return sum(session.hours for session in self.recommended)

    @property
    def work_minutes(self) -> int:
        return sum(session.work_minutes for session in self.recommended)

    @property
    def break_minutes(self) -> int:
        return sum(session.break_minutes for session in self.recommended)

    @property
    def total_minutes(self) -> int:
        return self.work_minutes + self.break_minutes

    @property
    def gap_minutes(self) -> int:
        """Total minus the hours of the temario."""
        return self.total_minutes - 60 * self.hours


def load(folder: Path = CONTENT) -> Curriculum:
    """Read all content files afresh. Raises ContentError with every problem found."""
    loader = Loader()
    paths = sorted([*folder.glob("sesion-*.toml"), *folder.glob("anexo-*.toml")])
    found = loader.sessions(paths, expected=SESSION_KEYS)
    cases = loader.entries(folder / "casos.toml", Case, "cases")
    concepts = loader.entries(folder / "glosario.toml", Concept, "concepts")
    terms = {concept.key for concept in concepts}
    for activity in (activity for session in found for activity in session.activities):
        for key in activity.concepts:
            if terms and key not in terms:
                loader.report(loader.file_of[activity.key], activity.key, f'el glosario no tiene "{key}"')
    loader.finish()
    ordered = sorted(found, key=lambda session: (session.key.isalpha(), session.key))
    return Curriculum(tuple(ordered), cases, concepts)


@cache
def current() -> Curriculum:
    return load()


def sessions() -> tuple[Session, ...]:
    """Sessions 1 to 6, then "M", the guide that belongs inside or beside Session 2."""
    return current().sessions


def activities() -> tuple[Activity, ...]:
    return tuple(activity for session in sessions() for activity in session.activities)


def prompts(scope: Scope | None = None) -> tuple[Prompt, ...]:
    """All prompts in the order of the method, or those of one scope."""
    found = (prompt for activity in activities() for prompt in activity.prompts)
    return tuple(prompt for prompt in found if scope in (None, prompt.scope))


def cases() -> tuple[Case, ...]:
    return current().cases


def concepts() -> tuple[Concept, ...]:
    return current().concepts


@cache
def _index() -> dict[str, Session | Activity | Prompt]:
    return {item.key: item for item in (*sessions(), *activities(), *prompts())}


def _find(kind: type, key: str):
    found = _index()[key]
    if not isinstance(found, kind):
        raise KeyError(key)
    return found


def session(key: str) -> Session:
    """The session "1" to "6" or "M"; KeyError if there is none, as in all functions that take a key."""
    return _find(Session, key)


def activity(key: str) -> Activity:
    return _find(Activity, key)


def prompt(key: str) -> Prompt:
    return _find(Prompt, key)


def activity_of(prompt_key: str) -> Activity:
    return activity(prompt(prompt_key).key.rpartition(".")[0])


def session_of(key: str) -> Session:
    """The session of an activity or prompt."""
    return session(_index()[key].key.partition(".")[0].removeprefix("S"))


def case(key: str) -> Case:
    return {item.key: item for item in cases()}[key]


def concept(key: str) -> Concept:
    return {item.key: item for item in concepts()}[key]


@cache
def brought_to(key: str) -> tuple[Prompt, ...]:
    """What was answered before and is needed now: prompts that travel to an activity or to its prompts."""
    return tuple(p for p in prompts() if any(target == key or target.startswith(f"{key}.") for target in p.reuse))


def path_for(level: Level) -> LevelPath:
    """Which sessions are recommended for a level and which are open to it. Nothing is forbidden."""
    if level not in LEVELS:
        raise KeyError(level)
    steps = []
    for item in sessions():
        if item.hours:  # "M" has no time of its own: it is a way to do Session 2
            notes = [note.text for note in item.level_notes if note.level == level]
            steps.append(Step(item, level in item.level, " ".join(notes)))
    return LevelPath(level, tuple(steps))
