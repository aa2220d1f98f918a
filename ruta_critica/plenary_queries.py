"""What all teams have said of their allies in one step, side by side, as a whole room may read it."""

from collections.abc import Callable
from dataclasses import dataclass

from alianzas.content import Prompt
from alianzas.veiling import NO_WORDS, veiled
from sessions_app.worksheets import access
from sessions_app.worksheets.blocks import value_blocks
from sessions_app.worksheets.queries import ANY_ALLY, answers_to
from sessions_app.worksheets.reading import Shown, shown

from . import queries
from .models import Ally
from .steps import Step


@dataclass(frozen=True)
class Said:
    """One question with what is said to it."""

    prompt: Prompt
    said: list[Shown]


@dataclass(frozen=True)
class Board:
    """What the team of an ally has written in a step."""

    ally: Ally
    team: str
    answers: tuple[Said, ...]


@dataclass(frozen=True)
class Plenary:
    """A step in front of everybody: what holds for all allies, the board of each one, and how much is kept back.

    `silent` are the boards where nothing is written yet.
    """

    step: Step
    common: tuple[Said, ...]
    boards: tuple[Board, ...]
    silent: tuple[Board, ...]
    kept_back: int


def plenary(step: Step, hide: Callable[[str], str]) -> Plenary:
    """The boards of `step`, protected names hidden; nothing private or confidential. Eleven queries at most."""
    asked = step.prompts(ANY_ALLY)
    prompts = [one for one in asked if not (one.private or one.confidential) and one.kind not in access.FILES]
    answers = answers_to(prompts, about=ANY_ALLY)

    def said(subject, wanted):
        found = ((prompt, answers.one(prompt, subject)) for prompt in prompts if wanted(prompt))
        return tuple(
            Said(prompt, shown(veiled(tuple(value_blocks(prompt, kept.value, answers.frame(prompt))), hide, NO_WORDS)))
            for prompt, kept in found
            if kept
        )

    rows = queries.allies_in_order()
    teams = queries.teams_of(rows)
    queries.shareable(rows)
    boards = [Board(ally, hide(teams[ally.pk]), said(queries.about(ally), access.is_about_allies)) for ally in rows]
    return Plenary(
        step,
        said("", lambda prompt: prompt.scope == "ORG"),
        tuple(board for board in boards if board.answers),
        tuple(board for board in boards if not board.answers),
        kept_back=sum(one.confidential for one in asked),
    )
