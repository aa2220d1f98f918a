"""Reads of allies and of what is known about them."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Q

from alianzas.content import Prompt
from alianzas.names import looks_like, same_name
from sessions_app import curriculum
from sessions_app.models import Answer
from sessions_app.worksheets import access
from sessions_app.worksheets.queries import ANY_ALLY, Answers, answers_to
from sysmap import ideal
from sysmap import queries as sysmap
from sysmap.models import Actor

from .models import Ally, AnswerMark
from .steps import Step, StepProgress, progress


@dataclass(frozen=True)
class AllyRow:
    """An ally with how far each step of its file is."""

    ally: Ally
    steps: tuple[StepProgress, ...]
    team: str = ""

    @property
    def answered(self):
        return sum(step.answered for step in self.steps)

    @property
    def asked(self):
        return sum(step.asked for step in self.steps)

    @property
    def next(self):
        """The first step that is open; None when all are done."""
        return next((step for step in self.steps if not step.is_done), None)


@dataclass(frozen=True)
class Candidate:
    """An actor of the map that could become an ally, and why it comes in this place."""

    actor: Actor
    why: str


@dataclass(frozen=True)
class ResourceRow:
    """A resource of the table of step 1: who has it."""

    name: str
    ours: bool
    theirs: bool

    @property
    def hint(self) -> str:
        """What it is good for in the alliance (domain §6.2, step 1)."""
        if self.ours and self.theirs:
            return "En común: se puede juntar"
        return "Lo que ofrecemos" if self.ours else "Lo que necesitamos"


def allies(steps: tuple[Step, ...], hide: Callable[[str], str]) -> list[AllyRow]:
    """Every ally with its progress and its team, protected names hidden. Three queries, whatever their number."""
    found = allies_in_order()
    teams = teams_of(found)
    return [replace(row, team=hide(teams[row.ally.pk])) for row in _rows(found, steps, Answer.objects.all())]


def ally_row(ally: Ally, steps: tuple[Step, ...]) -> AllyRow:
    """One ally with its progress. One query."""
    (row,) = _rows([ally], steps, Answer.objects.filter(subject__in=["", about(ally)]))
    return row


def _rows(found, steps, answers):
    answered = defaultdict(set)
    prompts = {one.key for step in steps for one in step.prompts(access.about_ally(0))}
    rows = answers.filter(prompt_key__in=prompts).exclude(value=None).values_list("subject", "prompt_key")
    for subject, key in rows:
        answered[subject].add(key)
    return ally_rows(found, steps, answered)


def ally_rows(found: list[Ally], steps: tuple[Step, ...], answered: Mapping[str, set[str]]) -> list[AllyRow]:
    """How far each ally is; `answered` holds the questions with an answer by whose it is, "" for the organisation's.

    No queries.
    """
    return [_row(ally, steps, answered) for ally in found]


def _row(ally, steps, answered):
    known = answered[""] | answered[about(ally)]
    return AllyRow(ally, tuple(progress(step, about(ally), known) for step in steps))


def teams_of(allies: list[Ally]) -> dict[int, str]:
    """Who works each ally: what its page says, or else the table of teams of Session 5 (S5.1). One query."""
    rows = Answer.objects.filter(prompt_key="S5.1.equipos", subject="").values_list("value", flat=True).first()
    formed = {same_name(row["ally"]): _team(row) for row in rows or () if row.get("ally")}
    return {one.pk: one.team or next((formed[name] for name in _names(one) if name in formed), "") for one in allies}


def _names(ally):
    return [same_name(name) for name in (str(ally), ally.actor.name if ally.actor_id else "")]


def _team(row):
    members = ", ".join(row.get("members") or ())
    return f"{row['group']}: {members}" if row.get("group") and members else row.get("group") or members


def candidates() -> list[Candidate]:
    """The actors that are not allies yet, those farthest from where we want them first; then the others that help.

    Five queries.
    """
    taken = set(Ally.objects.exclude(actor=None).values_list("actor_id", flat=True))
    actors = {str(one.key): one for one in sysmap.matrix() if one.pk not in taken}
    ranked = {}
    for gap in ideal.gaps(sysmap.today()):
        if gap.key in actors:
            ranked.setdefault(gap.key, gap.why)
    rest = [key for key, one in actors.items() if key not in ranked and one.result == "positive"]
    return [Candidate(actors[key], ranked.get(key, "Ayuda al resultado que buscamos")) for key in (*ranked, *rest)]


def marks(prompts: tuple[Prompt, ...], about: str) -> dict[str, AnswerMark]:
    """What is assumed or confirmed of the answers that an ally's file shows, by prompt. One query."""
    rows = AnswerMark.objects.filter(
        Q(answer__subject=about) | Q(answer__subject=""), answer__prompt_key__in=[one.key for one in prompts]
    ).select_related("answer", "by", "file")
    found = sorted(rows, key=lambda row: row.answer.subject == about)
    return {row.answer.prompt_key: row for row in found}


def resources(ally: Ally) -> list[ResourceRow]:
    """The table of resources and assets: what both have first, then theirs, then ours. One query.

    Until somebody writes down what the ally has, its row of the matrix says it.
    """
    about = access.about_ally(ally.pk)
    keys = {"S5.2.recursos_org": "", "S5.2.recursos_aliado": about, "S5.2.comunes": about}
    rows = Answer.objects.filter(prompt_key__in=keys).exclude(value=None)
    said = {row.prompt_key: row.value for row in rows if row.subject == keys[row.prompt_key]}
    ours = _texts(said.get("S5.2.recursos_org"))
    theirs = _texts(said.get("S5.2.recursos_aliado")) or (ally.actor.resources if ally.actor_id else [])
    both = list((said.get("S5.2.comunes") or {}).get("choices", ()))
    names = {}
    for name in (*both, *theirs, *ours):
        names.setdefault(looks_like(name), name)
    mine, other = ({looks_like(name) for name in (*some, *both)} for some in (ours, theirs))
    rows = [ResourceRow(name, key in mine, key in other) for key, name in names.items()]
    return sorted(rows, key=lambda row: (not (row.ours and row.theirs), row.ours))


def _texts(value):
    return [row["text"] for row in value or []]


# ── What the documents say ──────────────────────────────────────────────────────────────────────────────────────────


def about(ally: Ally) -> str:
    return access.about_ally(ally.pk)


def allies_in_order() -> list[Ally]:
    """Every ally with its actor. One query."""
    return list(Ally.objects.select_related("actor"))


def shareable(found: list[Ally]) -> list[Ally]:
    """`found` as whoever only reads may see them: their names and what the map says hold no protected name.

    Two queries.
    """
    hide = sysmap.veil()
    for ally in found:
        ally.name = hide.name(ally.name)
        if ally.actor_id:
            [ally.actor] = sysmap.shareable([ally.actor], hide)
    return found


def answers_in(steps: tuple[Step, ...]) -> tuple[Answers, dict[int, AnswerMark]]:
    """All that is answered in `steps` about any ally, and what of it is confirmed, by answer. Eight queries at most."""
    prompts = [one for step in steps for one in step.prompts(ANY_ALLY)]
    rows = AnswerMark.objects.filter(answer__prompt_key__in=[one.key for one in prompts]).select_related("answer")
    return answers_to(prompts, about=ANY_ALLY), {row.answer_id: row for row in rows}


def kept_for(answers: Answers, prompt: Prompt, ally: Ally) -> Answer | None:
    """The answer about this ally; else the organisation's, where that one holds for all."""
    own = answers.one(prompt, about(ally)) if access.is_about_allies(prompt) else None
    return own or (answers.one(prompt, "") if prompt.scope == "ORG" else None)


def present(answers: Answers, key: str, ally: Ally) -> tuple[str, ...]:
    """The items of a checklist that are there."""
    prompt = curriculum.prompt(key)
    kept = kept_for(answers, prompt, ally)
    items = kept.value.get("items", {}) if kept else {}
    return tuple(one.label for one in prompt.options if items.get(one.key, {}).get("state") == "present")
