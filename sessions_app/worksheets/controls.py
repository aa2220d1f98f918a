"""The controls with which a field is filled in, as the templates draw them. Pure."""

from dataclasses import dataclass

from alianzas.content import YESNO, Column, Prompt
from alianzas.numbers import typed_number

from . import wire
from .frames import Frame
from .kinds import MAX_NOTES, NOTE_FIELDS, STATES
from .merging import STATE_LABELS, YESNO_LABELS
from .text import LONG, MEDIUM, NOTE, SHORT

FLAGS = (("", "Sin definir"), ("yes", "Sí"), ("no", "No"))
LINE, AREA, SELECT, DATE, NUMBER, FIXED, HIDDEN = "line", "area", "select", "date", "number", "fixed", "hidden"
NOTE_LABELS = {"text": "Nota", "author": "Quién lo dijo", "group": "Tema"}


@dataclass(frozen=True)
class Pick:
    key: str
    label: str
    is_on: bool
    help: str = ""
    note: str = ""


@dataclass(frozen=True)
class Control:
    """One input. `suggestions` names the list of texts it proposes."""

    name: str
    label: str
    type: str
    text: str = ""
    picks: tuple[Pick, ...] = ()
    limit: int = SHORT
    help: str = ""
    suggestions: str = ""
    key: str = ""


@dataclass(frozen=True)
class RowControls:
    id: str
    controls: tuple[Control, ...]
    stays: bool = False  # a row of the method: it cannot be taken away
    title: str = ""


@dataclass(frozen=True)
class Controls:
    """Everything a template needs to draw one field; each kind uses the parts that it has."""

    text: str = ""
    note: str = ""
    note_label: str = ""
    others: str = ""
    picks: tuple[Pick, ...] = ()
    rows: tuple[RowControls, ...] = ()
    blank: RowControls | None = None
    items: tuple[Control, ...] = ()
    groups: tuple[tuple[object, tuple[Control, ...]], ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    limit: int = LONG
    most: int = MAX_NOTES
    is_open: bool = False


def controls_of(prompt: Prompt, value, frame: Frame) -> Controls:
    """Controls filled with `value`, be it clean or what somebody sent and could not be kept."""
    return _BUILDERS[prompt.kind](prompt, value, frame, wire.field_name(prompt))


def _text(prompt, value, frame, name):
    return Controls(text=_plain(value), limit=MEDIUM if prompt.kind == "text" else LONG)


def _list(prompt, value, frame, name):
    own = prompt.scope == "PERSON"  # then nobody needs to say whose note it is

    def control(key, limit, note):
        type = AREA if key == "text" else HIDDEN if own and key == "author" else LINE
        return Control(f"{name}-{key}", NOTE_LABELS[key], type, _plain(note.get(key)), limit=limit, key=key)

    def row(note):
        return RowControls(_plain(note.get("id")), tuple(control(*facts, note) for facts in NOTE_FIELDS))

    notes = [row(note) for note in value or []] or [row({})]
    return Controls(rows=tuple(notes), blank=row({}), most=prompt.max or MAX_NOTES, limit=NOTE)


def _table(prompt, value, frame, name):
    method = {seed["id"] for seed in frame.seeds} if any(column.readonly for column in prompt.columns) else set()

    def row(cells):
        key = _plain(cells.get("id"))
        made = tuple(_cell(prompt, column, cells.get(column.key), frame, name) for column in prompt.columns)
        if made[0].type != FIXED:
            return RowControls(key, made, stays=key in method)
        return RowControls(key, made[1:], stays=key in method, title=made[0].text)

    blank = row({column.key: column.value for column in prompt.columns})
    there = {cells.get("id") for cells in value or ()}
    unasked = [seed for seed in frame.seeds if seed["id"] not in there] if prompt.has_fixed_rows or not value else []
    rows = [row(cells) for cells in (*(value or ()), *unasked)]
    lists = tuple(
        (_list_id(name, column.key), tuple(frame.labels(column.key).values()))
        for column in prompt.columns
        if _suggests(column, frame)
    )
    if prompt.has_fixed_rows:
        return Controls(rows=tuple(rows), lists=lists)
    return Controls(rows=tuple(rows or [blank]), blank=blank, lists=lists, most=prompt.max or 100)


def _suggests(column, frame):
    return column.kind in ("person", "people") or column.key in frame.open


def _cell(prompt: Prompt, column: Column, cell, frame, name) -> Control:
    control, text = f"{name}-{column.key}", typed_number(cell) if isinstance(cell, float) else _plain(cell)
    suggestions = _list_id(name, column.key) if _suggests(column, frame) else ""
    facts = {"help": column.help, "key": column.key}
    if column.readonly:
        return Control(control, column.label, FIXED, text, **facts)
    if column.kind == "flag":
        said = {True: "yes", False: "no"}.get(cell, text)
        picks = tuple(Pick(key, label, key == said) for key, label in FLAGS)
        return Control(control, column.label, SELECT, picks=picks, **facts)
    if column.kind in ("choice", "recurrence") and not suggestions:
        options = frame.options.get(column.key, ())
        picks = (Pick("", "Elige…", not text), *(Pick(o.key, o.label, o.key == text, o.help) for o in options))
        if text and not any(pick.is_on for pick in picks):
            picks = (*picks, Pick(text, text, True))
        return Control(control, column.label, SELECT, picks=picks, **facts)
    if column.kind in ("date", "number"):
        return Control(control, column.label, DATE if column.kind == "date" else NUMBER, text, **facts)
    if column.kind in ("long", "list", "people", "multi"):
        limit = MEDIUM if prompt.commits else LONG
        several = "" if column.kind == "long" else "Uno por renglón."
        return Control(control, column.label, AREA, text, limit=limit, help=column.help or several, key=column.key)
    text = frame.labels(column.key).get(text, text)
    return Control(control, column.label, LINE, text, limit=MEDIUM, suggestions=suggestions, **facts)


def _list_id(name, key):
    return f"sugerencias-{name}-{key}"


def _commitment(prompt, value, frame, name):
    def row(promise):
        def get(key):
            return _plain(promise.get(key))

        return RowControls(
            get("id"),
            (
                Control(f"{name}-what", "Qué se hará", AREA, get("what"), limit=MEDIUM, key="what"),
                Control(
                    f"{name}-responsible",
                    "Responsable",
                    LINE,
                    get("responsible"),
                    help="Con el puesto basta.",
                    key="responsible",
                ),
                Control(f"{name}-due_date", "Fecha", DATE, get("due_date"), key="due_date"),
            ),
        )

    rows = [row(promise) for promise in value or []] or [row({})]
    return Controls(rows=tuple(rows), blank=row({}), most=prompt.max or 100)


def _choice(prompt, value, frame, name):
    value = value or {}
    picked = _plain(value.get("choice"))
    picks = tuple(Pick(option.key, option.label, option.key == picked, option.help) for option in frame.options[""])
    is_open = "" in frame.open
    text = frame.labels().get(picked, picked) if is_open else picked
    lists = ((_list_id(name, ""), tuple(frame.labels().values())),) if is_open else ()
    note_label = prompt.note or ("Nota" if value.get("note") else "")
    return Controls(
        text=text, picks=picks, note=_plain(value.get("note")), note_label=note_label, is_open=is_open, lists=lists
    )


def _multi(prompt, value, frame, name):
    value = value or {}
    chosen = [_plain(item) for item in value.get("choices") or []]
    options = frame.options[""]
    known = {option.key for option in options}
    return Controls(
        picks=tuple(Pick(option.key, option.label, option.key in chosen, option.help) for option in options),
        others="\n".join(item for item in chosen if item and item not in known),
        note=_plain(value.get("note")),
        note_label=prompt.note or ("Nota" if value.get("note") else ""),
        is_open="" in frame.open,
    )


def _yesno(prompt, value, frame, name):
    value = value or {}
    said = _plain(value.get("answer"))
    picks = tuple(Pick(key, YESNO_LABELS[key], key == said) for key in YESNO)
    return Controls(
        picks=(*picks, Pick("", "Sin responder", said not in YESNO)),
        note=_plain(value.get("note")),
        note_label=prompt.note or "Nota",
    )


def _check(prompt, value, frame, name):
    said = (value or {}).get("items") or {}
    labels = {**STATE_LABELS, "": "Sin revisar"}
    items = tuple(
        Control(
            f"{name}-{option.key}",
            option.label,
            SELECT,
            _plain(item.get("note")),
            tuple(Pick(state, labels[state], state == (item.get("state") or "")) for state in STATES),
            MEDIUM,
            option.help,
            key=option.key,
        )
        for option in prompt.options
        for item in [said.get(option.key) or {}]
    )
    return Controls(items=items)


def _pitch(prompt, value, frame, name):
    made = {column.key: _cell(prompt, column, (value or {}).get(column.key), frame, name) for column in prompt.columns}
    groups = tuple(
        (option, tuple(made[column.key] for column in prompt.columns if column.group == option.key))
        for option in prompt.options
    )
    return Controls(groups=groups, items=tuple(made[column.key] for column in prompt.columns if not column.group))


def _trust(prompt, value, frame, name):
    items = tuple(
        Control(f"{name}-{o.key}", o.label, NUMBER, _plain((value or {}).get(o.key)), help=o.help, key=o.key)
        for o in prompt.options
    )
    return Controls(items=items)


def _plain(cell) -> str:
    if cell is None:
        return ""
    return "\n".join(map(str, cell)) if isinstance(cell, list) else str(cell)


_BUILDERS = {
    "text": _text,
    "long": _text,
    "list": _list,
    "table": _table,
    "commitment": _commitment,
    "choice": _choice,
    "multi": _multi,
    "yesno": _yesno,
    "check": _check,
    "pitch": _pitch,
    "trust": _trust,
}
