"""The shape of the method as data: frozen dataclasses whose annotations are the schema of the TOML files.

They say which fields a table must and may have and of what type; a `problems` method adds the rules that no annotation
can express. `content_loader` makes them from files.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

# fmt: off
Kind = Literal["text", "long", "list", "table", "choice", "multi", "yesno", "check", "votes", "position",
               "commitment", "photo", "file", "drawing", "attendance", "pitch", "trust"]
Scope = Literal["ORG", "ALLY", "ACTOR", "LINE", "STRAT", "PERSON", "GROUP", "RUN"]
ColumnKind = Literal["text", "long", "list", "number", "date", "recurrence", "person", "people",
                     "choice", "multi", "flag", "evidence"]
# Options that no file lists because they come from what the organisation has already said.
OptionSource = Literal["actors", "allies", "cases", "lines", "people", "resources", "roles", "route_steps",
                       "strategies", "cross_cutting_strategies"]
Level = Literal["basic", "intermediate", "advanced"]
Component = Literal["capacidades", "trabajo"]
Modality = Literal["in_person", "online", "hybrid"]
Mode = Literal["plenary", "teams", "individual"]
BreakKind = Literal["coffee", "meal"]
# Where an answer may travel besides other activities and prompts.
Destination = Literal["ally_health", "ally_route", "annual_report", "carta", "case_library", "certificate",
                      "contact_log", "evaluation", "event_log", "glossary", "ideal_map", "map", "monitoring",
                      "outcome_map", "people", "plan", "product", "tracker"]
# fmt: on

YESNO = ("yes", "no", "partly")
OPTIONS_NEEDED = frozenset({"choice", "multi", "check", "votes", "position", "trust"})
COLUMNS_NEEDED = frozenset({"table", "attendance", "pitch"})


@dataclass(frozen=True, kw_only=True)
class Option:
    key: str
    label: str
    help: str = ""
    value: int | None = None  # where an anchor stands on the line, how many seconds a part of the pitch lasts


@dataclass(frozen=True, kw_only=True)
class Column:
    key: str
    label: str
    kind: ColumnKind = "text"
    help: str = ""
    options: tuple[Option, ...] = ()
    options_from: OptionSource | None = None
    group: str = ""  # key of the prompt's option under which the column is shown
    value: str = ""  # what every new row starts with
    readonly: bool = False  # filled in by the content, not by people

    def problems(self) -> Iterator[str]:
        if self.kind in ("choice", "multi") and not (self.options or self.options_from):
            yield f'una columna de tipo "{self.kind}" necesita "options" u "options_from"'


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """One thing that the method asks for; its answers belong to a subject of the given scope."""

    key: str
    kind: Kind
    scope: Scope
    text: str
    help: str = ""
    columns: tuple[Column, ...] = ()
    options: tuple[Option, ...] = ()
    options_from: OptionSource | None = None
    rows_from: tuple[str, ...] = ()  # keys of lists or tables whose rows this table starts with
    rows_if: str | None = None  # «origin=own»: only those rows of them
    min: int | None = None
    max: int | None = None  # items, rows, votes, seconds, or the end of a line or scale
    note: str = ""  # label of the free note beside the answer (yesno and check always have one)
    note_from: OptionSource | None = None  # what the note may name, besides anything new
    optional: bool = False
    consensus: bool = False  # one agreed answer rather than the sum of opinions
    commits: bool = False  # every row becomes a commitment
    gaps: bool = False  # a «no», or an item that is missing, becomes a commitment until it is a «yes»
    promise: str = ""  # what its commitment says where nobody worded it: a question is no promise
    derived: bool = False  # shown, never asked: computed from other answers
    assumption: bool = False  # the answer is "assumed" until it is confirmed with the ally
    anonymous: bool = False  # shown without names
    private: bool = False  # only the person who answers sees it
    confidential: bool = False  # stays in the organisation, out of exports
    sensitive: bool = False  # may name people or groups that put somebody at risk
    override_scope: Scope | None = None  # the base answer may be replaced for one of these
    cross_scope: Scope | None = None  # asked again for each of these, within the scope
    asked_if: str | None = None  # «S5.5.c=no|partly»: only after that answer
    reuse: tuple[str, ...] = ()  # keys or names (Destination) to which the answer travels

    @property
    def is_question(self) -> bool:
        """Whether this is one of the method's lettered or numbered questions (S1.3.q1, S1.5.a, M.3.t1)."""
        return bool(re.fullmatch(r"[a-z]|[A-Z]|[qt]\d+", self.key.rpartition(".")[2]))

    @property
    def owed(self) -> str:
        """What stands in the list of commitments when an answer promises something that nobody worded."""
        return self.promise or "Acuerdo por escribir"

    @property
    def condition(self) -> tuple[str, tuple[str, ...]] | None:
        """The prompt and the answers to it after which this one is asked."""
        key, _, answers = (self.asked_if or "").partition("=")
        return (key, tuple(answers.split("|"))) if key else None

    @property
    def has_fixed_rows(self) -> bool:
        """Whether people fill in the rows that are there and add none of their own."""
        return bool(self.rows_from) and any(column.readonly for column in self.columns)

    @property
    def wanted_rows(self) -> tuple[str, str] | None:
        """The cell, and what it says, of the rows that `rows_from` brings."""
        column, _, value = (self.rows_if or "").partition("=")
        return (column, value) if column else None

    @property
    def answers(self) -> tuple[str, ...]:
        """The closed values that an answer may take, if it has any in the file."""
        return YESNO if self.kind == "yesno" else tuple(option.key for option in self.options)

    def problems(self) -> Iterator[str]:
        if self.kind in OPTIONS_NEEDED and not (self.options or self.options_from):
            yield f'el tipo "{self.kind}" necesita "options" u "options_from"'
        if self.kind in COLUMNS_NEEDED and not self.columns:
            yield f'el tipo "{self.kind}" necesita "columns"'
        if self.columns and self.kind not in COLUMNS_NEEDED:
            yield f'el tipo "{self.kind}" no lleva "columns"'
        if self.kind == "votes" and not self.max:
            yield 'el tipo "votes" necesita "max" (votos por persona)'
        if self.kind == "position" and any(anchor.value is None for anchor in self.options):
            yield 'cada opción del tipo "position" necesita "value" (su lugar en la línea)'
        if self.min is not None and self.max is not None and self.min > self.max:
            yield f'"min" ({self.min}) es mayor que "max" ({self.max})'
        kinds = {column.kind for column in self.columns}
        if self.commits and not ("person" in kinds and kinds & {"date", "recurrence"}):
            yield '"commits" necesita una columna "person" y otra "date" o "recurrence"'
        if self.rows_from and self.kind != "table":
            yield '"rows_from" es para tablas'
        if self.gaps and self.kind not in ("yesno", "check"):
            yield '"gaps" es para los tipos "yesno" y "check"'
        for name in ("columns", "options"):
            for key in repeated(item.key for item in getattr(self, name)):
                yield f'"{name}" repite la clave "{key}"'


@dataclass(frozen=True, kw_only=True)
class InnerBreak:
    """A pause inside an activity, part of its minutes: the sums do not add it."""

    kind: BreakKind
    minutes: int
    after: int  # minutes from the start of the activity
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class Activity:
    key: str
    title: str
    minutes: int
    is_break: bool = False
    break_kind: BreakKind | None = None
    untimed: bool = False  # a break that the method names without giving it minutes
    suggested_minutes: int | None = None
    inner_break: InnerBreak | None = None
    optional: bool = False
    fold_into: str | None = None  # the activity that can take this one in, to save time
    part: str = ""
    mode: tuple[Mode, ...] = ()
    objective: str = ""
    steps: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()  # keys of the glossary
    references: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    prompts: tuple[Prompt, ...] = ()

    @property
    def questions(self) -> tuple[Prompt, ...]:
        return tuple(prompt for prompt in self.prompts if prompt.is_question)

    def problems(self) -> Iterator[str]:
        if self.is_break != (".B" in self.key):
            yield 'solo los recesos ("is_break = true") llevan una clave con «B», y todos la llevan'
        if self.is_break and self.break_kind is None:
            yield 'a un receso no le puede faltar "break_kind" (coffee o meal)'
        if self.is_break and self.prompts:
            yield "un receso no lleva preguntas"
        if not self.is_break and not (self.objective and self.steps):
            yield 'una actividad necesita "objective" y "steps"'
        if self.untimed and (self.minutes or not self.suggested_minutes):
            yield 'con "untimed" los minutos son 0 y hace falta "suggested_minutes"'


@dataclass(frozen=True, kw_only=True)
class LevelNote:
    level: Level
    text: str


@dataclass(frozen=True, kw_only=True)
class Session:
    key: str
    title: str
    hours: int
    component: Component
    level: tuple[Level, ...]  # the levels for which it is recommended; it is open to the others
    objective: str
    products: tuple[str, ...]
    materials: tuple[str, ...]
    profiles: tuple[str, ...]
    modality: tuple[Modality, ...]
    activities: tuple[Activity, ...]
    format: str = ""
    topics: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    level_notes: tuple[LevelNote, ...] = ()

    @property
    def work_minutes(self) -> int:
        return sum(activity.minutes for activity in self.activities if not activity.is_break)

    @property
    def break_minutes(self) -> int:
        return sum(activity.minutes for activity in self.activities if activity.is_break)

    @property
    def total_minutes(self) -> int:
        return self.work_minutes + self.break_minutes

    @property
    def gap_minutes(self) -> int | None:
        """Total minus the hours of the temario; None where the temario gives no hours."""
        return self.total_minutes - 60 * self.hours if self.hours else None


def repeated(keys: Iterable[str]) -> list[str]:
    return sorted(key for key, times in Counter(keys).items() if times > 1)
