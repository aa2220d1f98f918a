"""From TOML files to the dataclasses of `content`, or one error that names every problem.

A `Loader` reads any number of files, goes on after each mistake, and `finish` raises all of them together, each with
its file and key.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from types import NoneType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from .content import Destination, Session, repeated

T = TypeVar("T")
WANTED = {str: "texto", int: "un número entero, 0 o mayor", bool: "true o false"}
LABELS = {"kind": "el tipo", "scope": "el alcance", "level": "el nivel", "mode": "el modo"}


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
            for name in prompt.rows_from:
                if name not in prompts:
                    self._unknown(prompt.key, "rows_from", name)
            asked, answers = prompt.condition or (None, ())
            known = asked in self.file_of and (asked not in prompts or {*answers} <= {*prompts[asked].answers})
            if asked and not known:
                self._unknown(prompt.key, "asked_if", prompt.asked_if)

    def _unknown(self, key: str, field: str, name: str | None) -> None:
        self.report(self.file_of[key], key, f'en "{field}", "{name}" no lleva a ningún lado')


def tables(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def address(item: Any, parent: str, field: str, number: int) -> str:
    """How a problem names an item: by its own key if that is a full one, else by its place in the parent."""
    key = item.get("key") if isinstance(item, dict) else None
    if isinstance(key, str) and ("." in key or not parent):
        return key
    return f"{parent}, {field}[{key or number}]" if parent else f"{field}[{number}]"
