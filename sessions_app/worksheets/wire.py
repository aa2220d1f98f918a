"""How an answer travels: names of the controls of a form, and back. Pure.

The controls of the prompt "S1.3.q1" are named "q1", "q1-text", …; those of rows repeat their name once per row, in
order. `data` is anything with `get` and `getlist`. A script sends the same controls packed as one JSON text, which
no limit on the number of fields can cut.
"""

import json

from alianzas.content import Prompt

from .kinds import ROWS, WRONG_SHAPE
from .text import Invalid

MOVES = ("subir", "bajar", "juntar", "quitar")


def field_name(prompt: Prompt) -> str:
    """The last part of the key: it names the prompt within its activity."""
    return prompt.key.rpartition(".")[2]


def unpack(text: str) -> dict[str, list[str]]:
    """The controls that `text` holds as JSON: {name: [value, …]}."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid(WRONG_SHAPE) from None
    if not isinstance(found, dict) or not all(
        isinstance(values, list) and all(isinstance(value, str) for value in values) for values in found.values()
    ):
        raise Invalid(WRONG_SHAPE)
    return found


def pack(data, name: str) -> str:
    """The controls of one field of a form as JSON."""
    names = [key for key in data if key == name or key.startswith(f"{name}-")]
    return json.dumps({key: data.getlist(key) for key in names if key not in (f"{name}-version", f"{name}-base")})


def says(data, name: str) -> bool:
    """Whether the form holds the field at all."""
    return f"{name}-version" in data


def version_in(data, name: str) -> int:
    """The version that the form was based on: 0 when nothing was answered."""
    return number(data.get(f"{name}-version"))


def number(text: str | None) -> int:
    raw = text or "0"
    if not (raw.isascii() and raw.isdigit() and len(raw) < 10):
        raise Invalid(WRONG_SHAPE)
    return int(raw)


def read(prompt: Prompt, data, name: str):
    """What the form says for `prompt`, still to be cleaned."""
    return _READERS[prompt.kind](prompt, data, name)


def rearranged(prompt: Prompt, value, move: str):
    """`value` after a button such as "q1:subir:2" (0 is the first row). Joining puts a row into the one before."""
    _, what, place = [*move.split(":"), "", ""][:3]
    if prompt.kind not in ROWS or what not in MOVES or not (place.isascii() and place.isdigit()):
        raise Invalid(WRONG_SHAPE)
    rows, here = list(value or []), int(place[:6])
    if here >= len(rows):
        return value
    if what == "quitar":
        rows.pop(here)
    elif what == "subir" and here:
        rows.insert(here - 1, rows.pop(here))
    elif what == "bajar":
        rows.insert(here + 1, rows.pop(here))
    elif what == "juntar" and here and prompt.kind == "list":
        gone, kept = rows.pop(here), rows[here - 1]
        rows[here - 1] = {**kept, "text": f"{kept['text']}\n{gone['text']}", "author": _both(kept, gone)}
    return rows or None


def _both(kept, gone):
    return ", ".join(dict.fromkeys(name for name in (kept["author"], gone["author"]) if name))[:200]


def _text(prompt, data, name):
    return data.get(name)


def _rows(prompt, data, name):
    columns = {"list": ("text", "author", "group"), "commitment": ("what", "responsible", "due_date")}
    keys = columns.get(prompt.kind) or [column.key for column in prompt.columns if not column.readonly]
    lists = {key: data.getlist(f"{name}-{key}") for key in ("id", *keys)}
    length = len(lists["id"])
    if any(len(values) != length for values in lists.values()):
        raise Invalid(WRONG_SHAPE)
    return [{key: values[place] for key, values in lists.items()} for place in range(length)]


def _choice(prompt, data, name):
    return {"choice": data.get(name), "note": data.get(f"{name}-note")}


def _multi(prompt, data, name):
    others = (data.get(f"{name}-otras") or "").split("\n")
    return {"choices": [*data.getlist(name), *others], "note": data.get(f"{name}-note")}


def _yesno(prompt, data, name):
    return {"answer": data.get(name), "note": data.get(f"{name}-note")}


def _check(prompt, data, name):
    return {
        "items": {
            option.key: {
                "state": data.get(f"{name}-{option.key}"),
                "note": data.get(f"{name}-{option.key}-note"),
            }
            for option in prompt.options
        }
    }


def _columns(prompt, data, name):
    return {column.key: data.get(f"{name}-{column.key}") for column in prompt.columns}


def _options(prompt, data, name):
    return {option.key: data.get(f"{name}-{option.key}") for option in prompt.options}


_READERS = {
    "text": _text,
    "long": _text,
    "list": _rows,
    "table": _rows,
    "commitment": _rows,
    "choice": _choice,
    "multi": _multi,
    "yesno": _yesno,
    "check": _check,
    "pitch": _columns,
    "trust": _options,
}
