"""The method as data: TOML files become frozen dataclasses, or one error that names every problem.

The dataclasses below are the schema. Their annotations say which fields a table must and may have and of
what type; a `problems` method adds the rules that no annotation can express. A `Loader` reads any number of
files, goes on after each mistake, and `finish` raises all of them together, each with its file and key.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from types import NoneType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

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


@dataclass(frozen=True)
class Problem:
    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.key, self.message) if part)


class ContentError(Exception):
    """Everything that is wrong with a set of content files."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


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
    min: int | None = None
    max: int | None = None  # items, rows, votes, seconds, or the end of a line or scale
    note: str = ""  # label of the free note beside the answer (yesno and check always have one)
    note_from: OptionSource | None = None  # what the note may name, besides anything new
    optional: bool = False
    consensus: bool = False  # one agreed answer rather than the sum of opinions
    commits: bool = False  # every row becomes a commitment
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
    def condition(self) -> tuple[str, tuple[str, ...]] | None:
        """The prompt and the answers to it after which this one is asked."""
        key, _, answers = (self.asked_if or "").partition("=")
        return (key, tuple(answers.split("|"))) if key else None

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


T = TypeVar("T")
WANTED = {str: "texto", int: "un número entero, 0 o mayor", bool: "true o false"}
LABELS = {"kind": "el tipo", "scope": "el alcance", "level": "el nivel", "mode": "el modo"}


class Loader:
    """Reads content files and remembers every problem it meets on the way."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.file_of: dict[str, str] = {}  # every key seen in session files, even in broken tables

    def report(self, file: str, key: str, message: str) -> None:
        self.problems.append(Problem(file, key, message))

    def finish(self) -> None:
        if self.problems:
            raise ContentError(self.problems)

    def read(self, path: Path) -> dict[str, Any] | None:
        try:
            return tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except tomllib.TOMLDecodeError as error:
            self.report(path.name, "", f"no es TOML válido: {error}")
        except UnicodeDecodeError:
            self.report(path.name, "", "no está guardado como texto UTF-8")
        except OSError as error:
            self.report(path.name, "", f"no se puede leer: {error.strerror}")
        return None

    def sessions(self, paths: Iterable[Path], expected: Iterable[str] = ()) -> tuple[Session, ...]:
        """The sessions of the files, in that order; complains of `expected` keys that no file has."""
        paths = list(paths)
        raw = [(path.name, table) for path in paths if (table := self.read(path)) is not None]
        for file, table in raw:
            self._check_keys(file, table)
        built = [self.build(Session, table, file, f"sesión {table.get('key', '?')}") for file, table in raw]
        found = tuple(session for session in built if session)
        if len(raw) == len(paths):  # with a file missing, its keys would be missed everywhere
            for key in expected:
                if key not in self.file_of:
                    self.report("", "", f'falta la sesión "{key}": ningún archivo tiene esa clave')
            self._check_references(found)
        return found

    def entries(self, path: Path, cls: type[T], field: str) -> tuple[T, ...]:
        """The `[[field]]` tables of one file, whose keys must differ."""
        table = self.read(path)
        if table is None:
            return ()
        for name in sorted(table.keys() - {field}):
            self.report(path.name, name, f'este campo no existe; usa "{field}"')
        entries = self._convert(tuple[cls, ...], table.get(field), path.name, "", field) or ()
        for key in repeated(entry.key for entry in entries):
            self.report(path.name, key, "la clave está repetida")
        return entries

    def build(self, cls: type[T], table: dict[str, Any], file: str, key: str) -> T | None:
        """A `cls` made from a table, without its broken children; None if a field of its own is wrong."""
        hints, values, whole = get_type_hints(cls), {}, True
        for name in sorted(table.keys() - hints.keys()):
            close = get_close_matches(name, hints, 1)
            self.report(file, key, f'el campo "{name}" no existe' + (f'; ¿es "{close[0]}"?' if close else ""))
        for field in fields(cls):
            name = field.name
            if name in table:
                values[name] = self._convert(hints[name], table[name], file, key, name)
                whole = whole and values[name] is not None
            elif field.default is MISSING:
                self.report(file, key, f'falta el campo "{name}"')
                whole = False
        if not whole:
            return None
        built = cls(**values)
        for message in built.problems() if hasattr(cls, "problems") else ():
            self.report(file, key, message)
        return built

    def _convert(self, hint: Any, value: Any, file: str, key: str, name: str) -> Any:
        """The value as the annotation wants it, or None after reporting why it cannot be."""
        if NoneType in get_args(hint):  # X | None: TOML has no null, so a value that is there is an X
            hint = get_args(hint)[0]
        if get_origin(hint) is tuple and isinstance(value, list):
            inner = get_args(hint)[0]
            items = [
                self._convert(inner, item, file, address(item, key, name, number), name)
                for number, item in enumerate(value, start=1)
            ]
            return tuple(item for item in items if item is not None)
        if is_dataclass(hint) and isinstance(value, dict):
            return self.build(hint, value, file, key)
        if get_origin(hint) is Literal:
            closed = get_args(hint)
            if value in closed:
                return value
            label = LABELS.get(name, f'en "{name}" el valor')
            self.report(file, key, f'{label} "{value}" no existe; usa uno de {", ".join(closed)}')
            return None
        blank = isinstance(value, str) and not value.strip()
        if type(value) is hint and not blank and not (hint is int and value < 0):
            return value
        wanted = "una lista" if get_origin(hint) is tuple else WANTED.get(hint, "una tabla")
        wrong = "está vacío" if blank else f"debe ser {wanted}"
        self.report(file, key, f'el campo "{name}" {wrong}')
        return None

    def _check_keys(self, file: str, table: dict[str, Any]) -> None:
        """Form, place and uniqueness of all keys, on the bare tables so that no other mistake hides one."""
        session = table.get("key")
        self._claim(file, session, "[1-9]|[A-Z]", "usa un dígito o una mayúscula")
        prefix = f"S{session}" if str(session).isdigit() else str(session)
        for activity in tables(table.get("activities")):
            hint = f'en esta sesión empieza con "{prefix}." y sigue un número («{prefix}.3», o «{prefix}.B1»)'
            key = activity.get("key")
            self._claim(file, key, rf"{re.escape(prefix)}\.B?[1-9]\d*", hint)
            for prompt in tables(activity.get("prompts")):
                hint = f'en esta actividad empieza con "{key}." y sigue un nombre en minúsculas («{key}.q1»)'
                pattern = rf"{re.escape(str(key))}\.([A-Z]|[a-z][a-z0-9_]*)"
                self._claim(file, prompt.get("key"), pattern, hint)

    def _claim(self, file: str, key: Any, pattern: str, hint: str) -> None:
        if not isinstance(key, str):
            return  # missing or of another type: `build` says so
        if not re.fullmatch(pattern, key):
            self.report(file, key, f"la clave no es válida: {hint}")
        if key in self.file_of:
            self.report(file, key, f"la clave está repetida; ya la usa {self.file_of[key]}")
        self.file_of.setdefault(key, file)

    def _check_references(self, sessions: Iterable[Session]) -> None:
        prompts = {p.key: p for session in sessions for activity in session.activities for p in activity.prompts}
        for session in sessions:
            for activity in session.activities:
                fold = activity.fold_into
                if fold and fold not in {other.key for other in session.activities}:
                    self._unknown(activity.key, "fold_into", fold)
        for prompt in prompts.values():
            for name in prompt.reuse:
                if name not in self.file_of and name not in get_args(Destination):
                    self._unknown(prompt.key, "reuse", name)
            asked, answers = prompt.condition or (None, ())
            known = asked in self.file_of and (asked not in prompts or {*answers} <= {*prompts[asked].answers})
            if asked and not known:
                self._unknown(prompt.key, "asked_if", prompt.asked_if)

    def _unknown(self, key: str, field: str, name: str | None) -> None:
        self.report(self.file_of[key], key, f'en "{field}", "{name}" no lleva a ningún lado')


def tables(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def repeated(keys: Iterable[str]) -> list[str]:
    return sorted(key for key, times in Counter(keys).items() if times > 1)


def address(item: Any, parent: str, field: str, number: int) -> str:
    """How a problem names an item: by its own key if that is a full one, else by its place in the parent."""
    key = item.get("key") if isinstance(item, dict) else None
    if isinstance(key, str) and ("." in key or not parent):
        return key
    return f"{parent}, {field}[{key or number}]" if parent else f"{field}[{number}]"
