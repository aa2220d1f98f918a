"""Two answers to one question made into one, without losing what either says. Pure."""

from alianzas.content import Prompt

from .frames import Frame
from .kinds import ROWS, bare

YESNO_LABELS = {"yes": "Sí", "no": "No", "partly": "En parte"}
STATE_LABELS = {"present": "Lo tenemos", "absent": "Falta"}


def merge(prompt: Prompt, theirs, mine, frame: Frame, base=None):
    """`theirs` with everything that `mine` adds: texts joined by a line break, lists united, rows appended.

    With `base`, the value that both started from, what only one of them changed is taken as that one left it.
    The result still has to pass `kinds.clean`: together they may be too long.
    """
    if theirs is None or mine is None:
        return mine if theirs is None else theirs
    theirs, mine, base = bare(theirs), bare(mine), bare(base)
    if base is not None and base in (theirs, mine):
        return mine if base == theirs else theirs
    if prompt.kind in ROWS and base is not None:
        theirs, mine = _unchanged_left_out(theirs, mine, {row["id"]: row for row in base})
    return _MERGERS[prompt.kind](prompt, theirs, mine, frame)


def _unchanged_left_out(theirs, mine, base):
    """Both lists of rows without what one of them left as it was and the other one changed or took away."""
    by_them, by_me = ({row["id"]: row for row in rows} for rows in (theirs, mine))
    kept_theirs = [
        by_me[key] if key in by_me and row == base.get(key) else row
        for key, row in by_them.items()
        if key in by_me or row != base.get(key)
    ]
    kept_mine = [
        by_them[key] if key in by_them and row == base.get(key) else row
        for key, row in by_me.items()
        if key in by_them or row != base.get(key)
    ]
    return kept_theirs, kept_mine


def join(theirs: str, mine: str, between: str = "\n") -> str:
    if mine in theirs:
        return theirs
    return mine if theirs in mine else f"{theirs}{between}{mine}"


def _texts(prompt, theirs, mine, frame):
    return join(theirs, mine)


def _rows(prompt, theirs, mine, frame):
    """Rows by id; of one that both changed, texts are joined, and what cannot be joined becomes one more row."""
    ours = {row["id"]: row for row in mine}
    seeds = {seed["id"] for seed in frame.seeds}
    merged, extra = [], []
    for row in theirs:
        other = ours.pop(row["id"], None)
        if other is None or other == row:
            merged.append(row)
        elif _joinable(prompt, row, other) or row["id"] in seeds:
            merged.append({key: _cell(prompt, key, row[key], other.get(key)) for key in row})
        else:
            merged.append(row)
            extra.append({**other, "id": ""})
    return [*merged, *ours.values(), *extra]


def _joinable(prompt, row, other):
    return all(
        _is_text(prompt, key) or not row[key] or not other.get(key) or row[key] == other[key] or _is_list(row[key])
        for key in row
        if key != "id"
    )


def _cell(prompt, key, theirs, mine):
    if theirs == mine or mine in ("", None, []):
        return theirs
    if theirs in ("", None, []):
        return mine
    if _is_list(theirs):
        return list(dict.fromkeys([*theirs, *mine]))
    return join(theirs, mine, _between(prompt, key)) if _is_text(prompt, key) else theirs


def _is_list(cell):
    return isinstance(cell, list)


def _is_text(prompt, key):
    if prompt.kind == "list":
        return True
    if prompt.kind == "commitment":
        return key == "what"
    return any(column.key == key and column.kind in ("text", "long", "evidence") for column in prompt.columns)


def _between(prompt, key):
    several = (prompt.kind, key) in (("list", "text"), ("commitment", "what"))
    return "\n" if several or any(c.key == key and c.kind == "long" for c in prompt.columns) else " / "


def _choice(prompt, theirs, mine, frame):
    return _one_of(theirs, mine, "choice", frame.labels())


def _yesno(prompt, theirs, mine, frame):
    return _one_of(theirs, mine, "answer", YESNO_LABELS)


def _one_of(theirs, mine, name, labels):
    """Of two different picks theirs stays and mine goes into the note."""
    note = join(theirs["note"], mine["note"]) if theirs["note"] and mine["note"] else theirs["note"] or mine["note"]
    if theirs[name] and mine[name] and theirs[name] != mine[name]:
        note = _also(note, labels.get(mine[name], mine[name]))
    return {name: theirs[name] or mine[name], "note": note}


def _also(note, said):
    return f"{note}\nTambién se respondió: {said}".strip()


def _multi(prompt, theirs, mine, frame):
    both = list(dict.fromkeys([*theirs["choices"], *mine["choices"]]))
    return {"choices": both, "note": join(theirs["note"], mine["note"])}


def _check(prompt, theirs, mine, frame):
    blank, items = {"state": "", "note": ""}, {}
    for key in [option.key for option in prompt.options]:
        both = theirs["items"].get(key, blank), mine["items"].get(key, blank)
        items[key] = _one_of(*both, "state", STATE_LABELS)
    return {"items": items}


def _cells(prompt, theirs, mine, frame):
    return {key: _cell(prompt, key, theirs[key], mine.get(key)) for key in theirs}


def _mine_first(prompt, theirs, mine, frame):
    return {key: theirs[key] if mine.get(key) is None else mine[key] for key in theirs}


_MERGERS = {
    "text": _texts,
    "long": _texts,
    "list": _rows,
    "table": _rows,
    "commitment": _rows,
    "choice": _choice,
    "multi": _multi,
    "yesno": _yesno,
    "check": _check,
    "pitch": _cells,
    "trust": _mine_first,
}
