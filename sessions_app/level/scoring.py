"""Which level the six answers suggest, and why (domain §1.7, K-04, K-06). No Django here.

Each answer is worth 0, 1 or 2 points, twelve in all. The first of these rules that holds gives the level:

1. no active network: basic, whatever the rest; building the first alliances towards one is what basic means;
2. fewer than `INTERMEDIATE_FROM` points: basic;
3. `ADVANCED_FROM` points or more, with a network that gives results and at least a first route: advanced, whose path
   leaves Session 5 (applying the route) open;
4. intermediate.

A better answer never lowers the level. It is a suggestion: whoever facilitates decides, and says why when it differs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alianzas.content import Level, repeated
from alianzas.content_loader import Loader
from sessions_app.curriculum import LEVELS

CONTENT = Path(__file__).parent.parent / "content" / "nivel.toml"
NETWORK, ROUTE = "network", "route"
BEST = 2
INTERMEDIATE_FROM, ADVANCED_FROM = 5, 9
_ADVANCED_NEEDS = (
    ("que la red dé resultados", lambda network, route: network == BEST),
    ("una primera Ruta Crítica", lambda network, route: route > 0),
)


class AnswersError(ValueError):
    """A question without a usable answer; the message says which."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    key: str
    label: str
    points: int
    reason: str  # what the answer says about the organisation, as a sentence


@dataclass(frozen=True, kw_only=True)
class Question:
    key: str
    title: str
    text: str
    options: tuple[Choice, ...]
    help: str = ""

    def problems(self):
        if [option.points for option in self.options] != list(range(BEST + 1)):
            yield 'las opciones valen 0, 1 y 2 puntos ("points"), en ese orden'
        for key in repeated(option.key for option in self.options):
            yield f'"options" repite la clave "{key}"'

    def choice(self, key: str | None) -> Choice | None:
        """The option called `key`, if there is one."""
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True)
class Reply:
    """An answer in words; `choice` is None when it was not given or is no longer offered."""

    question: Question
    choice: Choice | None


@dataclass(frozen=True)
class Suggestion:
    """The level that the answers suggest: the rule that gave it and what was answered, in sentences."""

    level: Level
    points: int
    most: int
    rule: str
    replies: tuple[Reply, ...]

    @property
    def label(self) -> str:
        return LEVELS[self.level]

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(reply.choice.reason for reply in self.replies)


def load(path: Path = CONTENT) -> tuple[Question, ...]:
    """Read the questionnaire afresh. Raises ContentError with every problem found."""
    loader = Loader()
    found = loader.entries(path, Question, "questions")
    keys = {question.key for question in found}
    for needed in (NETWORK, ROUTE):
        if not loader.problems and needed not in keys:
            loader.report(path.name, needed, "falta esta pregunta: las reglas de nivel la usan")
    loader.finish()
    return found


@cache
def questions() -> tuple[Question, ...]:
    return load()


def in_words(answers: Mapping[str, str]) -> tuple[Reply, ...]:
    """Every question with what was answered, also when it was answered with words no longer offered."""
    return tuple(Reply(question, question.choice(answers.get(question.key))) for question in questions())


def suggest(answers: Mapping[str, str]) -> Suggestion:
    """The level for `answers` (question key → option key). Raises AnswersError when one is missing or unknown."""
    replies = in_words(answers)
    for reply in replies:
        if reply.choice is None:
            raise AnswersError(f"Falta una respuesta válida a «{reply.question.text}»")
    earned = {reply.question.key: reply.choice.points for reply in replies}
    points, most = sum(earned.values()), BEST * len(replies)
    level, rule = _decide(points, most, network=earned[NETWORK], route=earned[ROUTE])
    return Suggestion(level, points, most, rule, replies)


def _decide(points, most, *, network, route) -> tuple[Level, str]:
    score = f"{points} de {most} puntos"
    if not network:
        return "basic", (
            f"{score}. Sin una red activa, el camino empieza en el nivel básico: primero los conceptos y las primeras "
            "alianzas."
        )
    if points < INTERMEDIATE_FROM:
        return "basic", f"{score}. Con menos de {INTERMEDIATE_FROM} conviene empezar por el nivel básico."
    lacks = [text for text, held in _ADVANCED_NEEDS if not held(network, route)]
    if points >= ADVANCED_FROM and not lacks:
        return "advanced", (
            f"{score}. Con {ADVANCED_FROM} o más, una red que da resultados y una Ruta Crítica, no hace falta "
            "detenerse en lo ya sabido: nivel avanzado."
        )
    if points >= ADVANCED_FROM:
        return "intermediate", f"{score}. Para el avanzado falta {' y '.join(lacks)}: nivel intermedio."
    return "intermediate", (
        f"{score}. Ya hay una red con la que revisar el sistema y crear o fortalecer alianzas: nivel intermedio."
    )
