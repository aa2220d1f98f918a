"""What an answer of each kind may be. Pure: anything that arrives becomes a value to keep, or `Invalid` says why not.

Values are plain JSON; None is "not answered". A list, a table and a commitment are lists of rows with an `id` each:

text, long   "…"
list         [{"id", "text", "author", "group"}]
table        [{"id", <column>: …}]
commitment   [{"id", "what", "responsible", "due_date"}]
choice       {"choice", "note"}          multi   {"choices": […], "note"}
yesno        {"answer", "note"}          check   {"items": {<option>: {"state": "present"|"absent"|"", "note"}}}
pitch        {<column>: …}               trust   {<option>: 1–10 or None}

A row that is a promise also keeps `commitment`, the id of its `Commitment`; that one is never taken from a form.
"""

import hashlib
import json
import re

from alianzas.content import YESNO, Prompt
from alianzas.dates import CALENDAR, NotADate, read_date
from alianzas.names import same_name
from alianzas.numbers import NotANumber, read_number
from alianzas.written import says_nothing

from .frames import Frame
from .text import LONG, MEDIUM, NOTE, SHORT, Invalid, line, line_item, noted, words

MAX_NOTES, MAX_ROWS, MAX_NAMES, MAX_CHOICES = 200, 100, 40, 60
WRONG_SHAPE = "La respuesta no llegó completa. Recarga la página: lo guardado sigue ahí."
UNKNOWN_OPTION = "Esa opción no está en la lista. Elige una de las que se ofrecen."
NOTE_FIELDS = (("text", NOTE), ("author", SHORT), ("group", SHORT))
STATES = ("present", "absent", "")
WRITTEN = frozenset(
    {"text", "long", "list", "table", "choice", "multi", "yesno", "check", "commitment", "pitch", "trust"}
)
ROWS = frozenset({"list", "table", "commitment"})
_ID = re.compile(r"[a-z0-9_-]{1,40}")


def clean(prompt: Prompt, raw, frame: Frame):
    """`raw` as it is kept for `prompt`: doing it twice changes nothing. None when it says nothing."""
    if raw is None:
        return None
    return _CLEANERS[prompt.kind](prompt, raw, frame)


def same(one, other) -> bool:
    """Whether two values say the same, whatever commitments hang from them."""
    return bare(one) == bare(other)


def bare(value):
    """The value without the ids of its commitments."""
    if isinstance(value, list):
        return [{key: cell for key, cell in row.items() if key != "commitment"} for row in value]
    return value


def digest(value) -> str:
    """Names a value, to know later whether somebody touched it."""
    return hashlib.sha256(json.dumps(bare(value), sort_keys=True).encode()).hexdigest()[:16]


def _text(prompt, raw, frame):
    return words(raw, MEDIUM if prompt.kind == "text" else LONG) or None


def _list(prompt, raw, frame):
    notes = []
    for number, given in enumerate(_rows(raw, MAX_NOTES, "notas"), start=1):
        note = {"id": given.get("id"), "text": noted(given.get("text"), NOTE, f"La nota {number}")}
        for name, limit in NOTE_FIELDS[1:]:
            note[name] = line(
                given.get(name), limit, f"«{'Autoría' if name == 'author' else 'Tema'}» de la nota {number}"
            )
        if note["text"]:
            notes.append(note)
    _at_most(prompt, notes, "notas")
    return _identified(notes) or None


def _table(prompt, raw, frame):
    seeds = {seed["id"]: seed for seed in frame.seeds}
    known = {row["id"]: row for row in frame.known}
    stays, rows = any(column.readonly for column in prompt.columns), []
    for number, item in enumerate(_rows(raw, MAX_ROWS, "renglones"), start=1):
        key = item["id"] if isinstance(item.get("id"), str) else ""
        seed = seeds.pop(key, None)
        fixed = seed or known.pop(key, {})
        row = {"id": item.get("id")}
        for column in prompt.columns:
            if column.readonly:
                row[column.key] = fixed.get(column.key, column.value)
            else:
                row[column.key] = _cell(prompt, column, item.get(column.key), frame, number)
        if (seed and stays) or _says_something(prompt, row):
            rows.append(row)
    if len(rows) > len(frame.seeds):
        _at_most(prompt, rows, "renglones")
    rows = _identified(rows)
    return rows if rows and rows != list(frame.seeds) else None


def _says_something(prompt, row):
    return any(
        row[column.key] not in ("", None, []) and row[column.key] != column.value
        for column in prompt.columns
        if not column.readonly
    )


def _cell(prompt, column, raw, frame, number):
    what = f"«{column.label}» del renglón {number}"
    if column.kind == "number":
        return _number(raw, what)
    if column.kind == "date":
        return _date(raw, what)
    if column.kind == "flag":
        return _flag(raw)
    if column.kind in ("choice", "recurrence"):
        return _option(raw, frame, column.key)
    if column.kind in ("list", "people", "multi"):
        items = _names(raw, what)
        return [_option(item, frame, column.key) for item in items] if column.kind == "multi" else items
    if column.kind == "long":
        return words(raw, MEDIUM if prompt.commits else LONG, what)
    return line(raw, SHORT if column.kind == "person" else MEDIUM, what)


def _commitment(prompt, raw, frame):
    promises = []
    for number, item in enumerate(_rows(raw, MAX_ROWS, "compromisos"), start=1):
        promise = {
            "id": item.get("id"),
            "what": words(item.get("what"), MEDIUM, f"«Qué se hará» del compromiso {number}"),
            "responsible": line(item.get("responsible"), SHORT, f"«Responsable» del compromiso {number}"),
            "due_date": _date(item.get("due_date"), f"«Fecha» del compromiso {number}"),
        }
        if promise["what"] or promise["responsible"] or promise["due_date"]:
            promises.append(promise)
    _at_most(prompt, promises, "compromisos")
    return _identified(promises) or None


def _choice(prompt, raw, frame):
    kept = {"choice": _option(_part(raw, "choice"), frame), "note": words(raw.get("note"), NOTE, "La nota")}
    return kept if any(kept.values()) else None


def _multi(prompt, raw, frame):
    picked = _part(raw, "choices")
    if not isinstance(picked, list | type(None)):
        raise Invalid(WRONG_SHAPE)
    if len(picked or []) > MAX_CHOICES:
        raise Invalid(f"Elegiste {len(picked)} y caben {MAX_CHOICES}.")
    choices = [option for item in picked or [] if (option := _option(item, frame))]
    kept = {"choices": list(dict.fromkeys(choices)), "note": words(raw.get("note"), NOTE, "La nota")}
    _at_most(prompt, kept["choices"], "opciones")
    return kept if any(kept.values()) else None


def _yesno(prompt, raw, frame):
    kept = {"answer": _part(raw, "answer") or "", "note": words(raw.get("note"), NOTE, "La nota")}
    if kept["answer"] not in ("", *YESNO):
        raise Invalid(UNKNOWN_OPTION)
    return kept if any(kept.values()) else None


def _check(prompt, raw, frame):
    items = _part(raw, "items") or {}
    if not isinstance(items, dict) or not all(isinstance(item, dict) for item in items.values()):
        raise Invalid(WRONG_SHAPE)
    if items.keys() - {option.key for option in prompt.options}:
        raise Invalid(UNKNOWN_OPTION)
    kept = {}
    for option in prompt.options:
        item = items.get(option.key, {})
        state = item.get("state") or ""
        if state not in STATES:
            raise Invalid(UNKNOWN_OPTION)
        note = words(item.get("note"), MEDIUM, f"La nota de «{option.label}»")
        if state or note:
            kept[option.key] = {"state": state, "note": note}
    return {"items": kept} if kept else None


def _pitch(prompt, raw, frame):
    _part(raw, "")
    kept = {column.key: _cell(prompt, column, raw.get(column.key), frame, 1) for column in prompt.columns}
    return kept if any(cell not in ("", None) for cell in kept.values()) else None


def _trust(prompt, raw, frame):
    _part(raw, "")
    kept = {}
    for option in prompt.options:
        number = _number(raw.get(option.key), f"«{option.label}»")
        if number is not None and (number != int(number) or not prompt.min <= number <= prompt.max):
            raise Invalid(f"«{option.label}» va del {prompt.min} al {prompt.max}, sin decimales.")
        kept[option.key] = None if number is None else int(number)
    return kept if any(number is not None for number in kept.values()) else None


_CLEANERS = {
    "text": _text,
    "long": _text,
    "list": _list,
    "table": _table,
    "choice": _choice,
    "multi": _multi,
    "yesno": _yesno,
    "check": _check,
    "commitment": _commitment,
    "pitch": _pitch,
    "trust": _trust,
}


# ── Pieces ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _part(raw, name):
    if not isinstance(raw, dict):
        raise Invalid(WRONG_SHAPE)
    return raw.get(name)


def _rows(raw, most, things):
    if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
        raise Invalid(WRONG_SHAPE)
    if len(raw) > most:
        raise Invalid(f"Son {len(raw)} {things} y caben {most}. Guarda menos o repártelos.")
    return raw


def _at_most(prompt, rows, things):
    if prompt.max and len(rows) > prompt.max:
        raise Invalid(f"Son {len(rows)} {things} y aquí caben {prompt.max}. Junta o quita {len(rows) - prompt.max}.")


def _identified(rows):
    """`rows` with an id each. What comes without one gets the same one every time: a repeated request is the same."""
    taken = set()
    for place, row in enumerate(rows):
        if not (isinstance(row["id"], str) and _ID.fullmatch(row["id"])) or row["id"] in taken:
            said = json.dumps([place, {**row, "id": ""}], sort_keys=True).encode()
            row["id"] = next(
                key
                for again in range(len(rows) + 1)
                if (key := hashlib.sha256(said + bytes(again)).hexdigest()[:10]) not in taken
            )
        taken.add(row["id"])
    return rows


def _option(raw, frame, name=""):
    """The key of an option; where the list is open, a text of one's own, which may be the label of an option."""
    kept = line(raw, SHORT, "La opción")
    options = frame.options.get(name, ())
    if not kept or any(option.key == kept for option in options):
        return kept
    named = next((option.key for option in options if same_name(option.label) == same_name(kept)), None)
    if named is None and name not in frame.open:
        if says_nothing(kept):
            return ""
        raise Invalid(UNKNOWN_OPTION)
    return named or kept


def _names(raw, what):
    """Several short texts: a list, or one text with a line or a semicolon between them."""
    if raw is None:
        return []
    items = re.split(r"[\n;]", raw) if isinstance(raw, str) else raw
    if not isinstance(items, list):
        raise Invalid(WRONG_SHAPE)
    if len(items) > MAX_NAMES:
        raise Invalid(f"{what} tiene {len(items)} y caben {MAX_NAMES}.")
    kept = (line_item(item, SHORT, what).replace(";", ",").strip() for item in items)
    return list(dict.fromkeys(filter(None, kept)))


def _number(raw, what):
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | None):
        raise Invalid(f"{what} es un número, por ejemplo 45.")
    try:
        number = read_number(raw) if isinstance(raw, str) else raw
    except NotANumber as problem:
        raise Invalid(f"{what}: {problem}") from None
    if number is None:
        return None
    if not 0 <= number <= 1_000_000_000:
        raise Invalid(f"{what} es un número de 0 en adelante.")
    return int(number) if number == int(number) else float(number)


def _date(raw, what):
    try:
        found = read_date(line(raw, SHORT, what), CALENDAR)
    except NotADate as problem:
        raise Invalid(f"{what}: {problem}") from None
    return found.isoformat() if found else ""


def _flag(raw):
    if raw in (True, "yes"):
        return True
    if raw in (False, "no"):
        return False
    if raw in (None, ""):
        return None
    raise Invalid(UNKNOWN_OPTION)
