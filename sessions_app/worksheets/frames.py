"""What a prompt offers to choose from and the rows its table starts with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from alianzas.content import Option, OptionSource, Prompt
from sessions_app import curriculum

OPEN_SOURCES: frozenset[OptionSource] = frozenset(
    {"actors", "allies", "people", "resources", "roles", "strategies", "cross_cutting_strategies"}
)
ROUTE_STEPS = (
    "recursos_y_activos",
    "construccion_de_la_alianza",
    "due_diligence",
    "implementacion",
    "evaluacion_y_reporte",
    "sostenibilidad",
)
RECURRENCES = (
    Option(key="weekly", label="Cada semana"),
    Option(key="monthly", label="Cada mes"),
    Option(key="bimonthly", label="Cada dos meses"),
    Option(key="quarterly", label="Cada tres meses"),
    Option(key="semiannual", label="Cada semestre"),
    Option(key="annual", label="Cada año"),
)
DUE_DILIGENCE = (
    ("Imagen corporativa", "S5.4.imagen"),
    ("Rendición de cuentas ambiental", "S5.4.ambiental"),
    ("Solidez financiera", "S5.4.finanzas"),
    ("Reputación", "S5.4.reputacion"),
)


@dataclass(frozen=True)
class Frame:
    """Options of the prompt (under "") and of its columns (under their key).

    Those in `open` also take something that is not on the list. `seeds` are the rows of a table nobody wrote in yet.
    `known` are rows whose fixed cells are known although nobody is asked about them any more.
    """

    options: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    open: frozenset[str] = frozenset()
    seeds: tuple[dict, ...] = ()
    known: tuple[dict, ...] = ()

    def labels(self, name: str = "") -> dict[str, str]:
        return {option.key: option.label for option in self.options.get(name, ())}


def frame_of(
    prompt: Prompt,
    sources: Mapping[str, tuple[Option, ...]] | None = None,
    said: Mapping[str, list[dict]] | None = None,
) -> Frame:
    """The frame of `prompt`.

    `sources` holds what the organisation has already said, by `OptionSource`; `said` the rows that it wrote, by the key
    of their prompt, for tables that start with those of others (`rows_from`).
    """
    sources = {"route_steps": route_steps(), **(sources or {})}
    options, is_open = {"": prompt.options or sources.get(prompt.options_from, ())}, set()
    if prompt.options_from in OPEN_SOURCES:
        is_open.add("")
    for column in prompt.columns:
        if column.kind == "recurrence":
            options[column.key] = RECURRENCES
        elif column.kind in ("choice", "multi"):
            options[column.key] = column.options or sources.get(column.options_from, ())
            if column.options_from in OPEN_SOURCES:
                is_open.add(column.key)
        elif column.kind in ("person", "people"):
            options[column.key] = sources.get("people", ())
    seeds, known = rows_brought(prompt, said or {}) if prompt.rows_from else (seeds_of(prompt), ())
    return Frame(options, frozenset(is_open), seeds, known)


def route_steps() -> tuple[Option, ...]:
    return tuple(Option(key=key, label=curriculum.concept(key).term) for key in ROUTE_STEPS)


def seeds_of(prompt: Prompt) -> tuple[dict, ...]:
    """The rows that the method itself gives: concepts of S1.2, criteria of S4.2, steps of S3.2."""
    make = _SEEDS.get(prompt.key)
    return tuple(_whole(prompt, row) for row in make(prompt)) if make else ()


def rows_brought(prompt: Prompt, said: Mapping[str, list[dict]]) -> tuple[tuple[dict, ...], tuple[dict, ...]]:
    """The rows that other answers give to a table: those it asks about, and those it only knows by now.

    What they say goes into the column that nobody writes in, or into the first one when people may change it.
    """
    fixed = next((column.key for column in prompt.columns if column.readonly), prompt.columns[0].key)
    asked, known = {}, {}
    for key in prompt.rows_from:
        for row in said.get(key, ()):
            text = row.get(fixed) or row.get("text") or ""
            if text:
                into = asked if _is_wanted(prompt, row) else known
                into.setdefault(row["id"], _whole(prompt, {"id": row["id"], fixed: text}))
    for row in said.get(prompt.key, ()):
        if row["id"] not in asked and row.get(fixed):
            known[row["id"]] = _whole(prompt, {"id": row["id"], fixed: row[fixed]})
    return tuple(asked.values()), tuple(known.values())


def _is_wanted(prompt, row):
    column, value = prompt.wanted_rows or ("", "")
    return row.get("active") is not False and (not column or row.get(column) == value)


def _whole(prompt, row):
    blank = {column.key: _blank(column) for column in prompt.columns}
    return {"id": row.pop("id"), **blank, **row}


def _blank(column):
    if column.kind in ("number", "flag"):
        return None
    return [] if column.kind in ("list", "people", "multi") else column.value


def _concepts(prompt):
    for key in curriculum.activity_of(prompt.key).concepts:
        concept = curriculum.concept(key)
        yield {"id": key, "concept": concept.term, "base_definition": concept.definition}


def _criteria(prompt):
    for label, key in DUE_DILIGENCE:
        question = curriculum.prompt(key).text
        yield {"id": key.rpartition(".")[2], "criterion": label, "question": question, "origin": "toolkit"}


def _steps(prompt):
    for number, key in enumerate(ROUTE_STEPS, start=1):
        yield {"id": key, "step": key, "order": number}


_SEEDS = {"S1.2.conceptos": _concepts, "S4.2.criterios": _criteria, "S3.2.pasos": _steps}
