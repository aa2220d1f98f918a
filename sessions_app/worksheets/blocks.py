"""Prompts and answers as export blocks: the read view of the screen, the printed blank and the record share them."""

from collections.abc import Container
from datetime import date

from alianzas.content import Activity, Prompt
from alianzas.exports.blocks import Block, Bullets, Column, Heading, KeyValues, Paragraph, Row, Table
from alianzas.exports.text import show
from sessions_app import curriculum

from . import access
from .blanks import boxes, lines, notes, table_rows
from .frames import Frame, frame_of
from .merging import STATE_LABELS, YESNO_LABELS
from .trust import trust_of

UNANSWERED = "Sin respuesta."
AT_RISK = "Se consulta en la planilla: puede nombrar a quien correría un riesgo."
WIDE = frozenset({"long", "list", "people", "evidence"})
WHOLE = 8  # letters of a word that a narrow column does not break


def value_blocks(prompt: Prompt, value, frame: Frame | None = None) -> list[Block]:
    """What an answer says, without its question; nothing when there is no answer."""
    if value is None:
        return []
    return _WRITERS[prompt.kind](prompt, value, frame or frame_of(prompt))


def answer_blocks(activity_key: str, answers, sensitive: bool = False) -> list[Block]:
    """The answers of an activity for a document, each under its question; empty when there are none.

    `answers` is what `queries.session_answers` gives. Private and confidential answers never appear; those that may
    put somebody at risk only with `sensitive`. Photos are left to whoever lays out the document.
    """
    found: list[Block] = []
    for prompt in curriculum.activity(activity_key).prompts:
        if prompt.private or prompt.confidential:
            continue
        said = _said(prompt, answers)
        if said and prompt.sensitive and not sensitive:
            said = [Paragraph(AT_RISK, "note")]
        if said:
            found += [Heading(4, prompt.text), *said]
    return found


def _said(prompt, answers):
    if prompt.kind in access.FILES:
        names = tuple(file.name for file in answers.files.get(prompt.key, ()))
        return [Bullets(names)] if names else []
    if not access.is_field(prompt) or prompt.kind == "photo":
        return []
    said, frame = [], answers.frame(prompt)
    for answer in answers.of(prompt):
        if team := access.team_of(answer.subject):
            said.append(Paragraph(f"Equipo {team}", "note"))
        said += value_blocks(prompt, answer.value, frame)
    return said


def blank_blocks(activity_key: str, elsewhere: Container[str] = ()) -> list[Block]:
    """The worksheet of an activity on paper: every question with room to write by hand.

    Those whose key is in `elsewhere` are left out. Empty when nothing is left.
    """
    activity = curriculum.activity(activity_key)
    found: list[Block] = [
        Heading(2, activity.title),
        Paragraph(f"Planilla {activity.key}. {activity.objective}", "note"),
    ]
    for prompt in asked_on_paper(activity):
        if prompt.key in elsewhere:
            continue
        found.append(Heading(4, f"{prompt.text} ({prompt.key})"))
        if prompt.help:
            found.append(Paragraph(prompt.help, "note"))
        found += _blank(prompt)
    return found if len(found) > 2 else []


def asked_on_paper(activity: Activity) -> list[Prompt]:
    """The questions of an activity that have a blank: what the system works out and the attendance have none."""
    return [prompt for prompt in activity.prompts if not prompt.derived and prompt.kind != "attendance"]


def _blank(prompt: Prompt) -> list[Block]:
    title = f"Espacio para responder: {prompt.text}"
    frame = frame_of(prompt)
    if prompt.kind in ("list", "votes"):
        return [notes(title, min(prompt.max or 6, 12))]
    if prompt.kind in ("photo", "file"):
        return [Paragraph("Se adjunta en la planilla en pantalla.", "note")]
    if prompt.kind == "drawing":
        return [boxes(title, 1, 150)]
    if prompt.kind == "position":
        return [_tick(prompt, "Marca tu lugar", [option.label for option in prompt.options])]
    if prompt.kind in ("choice", "multi"):
        labels = [option.label for option in frame.options.get("", ())] or [""] * 4
        return [_tick(prompt, prompt.note or "Nota", labels)]
    if prompt.kind == "yesno":
        return [_tick(prompt, prompt.note or "Nota", YESNO_LABELS.values())]
    if prompt.kind == "check":
        return [_check_blank(prompt)]
    if prompt.kind == "commitment":
        heads = (("what", "Qué se hará", 3), ("responsible", "Responsable", 2), ("due_date", "Fecha", 1))
        return [_empty_table(prompt, heads, (), prompt.max or 4)]
    if prompt.kind == "table":
        seeds = _seed_rows(prompt, frame)
        heads = [(c.key, c.label, _room(c, [row[n] for row in seeds])) for n, c in enumerate(prompt.columns)]
        return [_empty_table(prompt, heads, seeds, prompt.max or 6)]
    if prompt.kind == "pitch":
        rows = [(column.label, 2 if column.kind == "long" else 1) for column in prompt.columns]
        return [block for label, high in rows for block in (Paragraph(label, "note"), lines(label, 2 * high))]
    if prompt.kind == "trust":
        return [_tick(prompt, "Del 1 al 10", [f"{option.label}. {option.help}" for option in prompt.options])]
    return [lines(title, 2 if prompt.kind == "text" else 6)]


def _room(column, texts):
    """How wide a column is for its texts: the words of its head stay whole, and those below up to `WHOLE` letters."""
    printed = max(map(len, texts), default=0)
    below = max((len(word) for text in texts for word in text.split()), default=0)
    longest = max(*map(len, column.label.split()), min(below, WHOLE))
    return max(4 if printed > 80 else 3 if column.kind in WIDE else 2 if printed else 1, (longest + 3) / 4)


def _to_write_on(cells):
    """A row with printed text, high enough to write in its first empty cell."""
    place = next((number for number, said in enumerate(cells) if not said), None)
    return [table_rows(2) if number == place else said for number, said in enumerate(cells)]


def _seed_rows(prompt, frame):
    def cell(column, seed):
        said = seed[column.key]
        return frame.labels(column.key).get(said, said) if isinstance(said, str) else ""

    return [[cell(column, seed) for column in prompt.columns] for seed in frame.seeds]


def _tick(prompt, note, labels):
    columns = (Column("mark", "Marca", 1), Column("option", "Opción", 4), Column("note", note, 5))
    return Table(prompt.key, columns, [Row(str(n), ("", label, table_rows(1))) for n, label in enumerate(labels)])


def _check_blank(prompt):
    columns = (
        Column("item", "Elemento", 4),
        Column("present", STATE_LABELS["present"], 1),
        Column("absent", STATE_LABELS["absent"], 1),
        Column("note", "Nota", 4),
    )
    return Table(prompt.key, columns, [Row(o.key, (o.label, "", "", table_rows(1))) for o in prompt.options])


def _empty_table(prompt, heads, seeds, count):
    columns = [Column(key, label, width) for key, label, width in heads]
    blank = [table_rows(2), *[""] * (len(columns) - 1)]
    rows = [Row(f"m{n}", _to_write_on(cells)) for n, cells in enumerate(seeds)]
    return Table(prompt.key, columns, [*rows, *(Row(f"v{n}", blank) for n in range(2 if seeds else count))])


# ── What was answered ───────────────────────────────────────────────────────────────────────────────────────────────


def _text(prompt, value, frame):
    return [Paragraph(value)]


def _list(prompt, value, frame):
    groups: dict[str, list[str]] = {}
    for note in value:
        said = f"{note['text']} ({note['author']})" if note.get("author") else note["text"]
        groups.setdefault(note.get("group") or "", []).append(said)
    found = []
    for group, texts in groups.items():
        found += [Paragraph(group, "note")] if group else []
        found.append(Bullets(texts))
    return found


def _table(prompt, value, frame):
    rows = [Row(row["id"], [_shown(c, row.get(c.key), frame) for c in prompt.columns]) for row in value]
    texts = [[show(row.cells[place]) for row in rows] for place in range(len(prompt.columns))]
    columns = [Column(c.key, c.label, _room(c, said)) for c, said in zip(prompt.columns, texts, strict=True)]
    return [Table(prompt.key, columns, rows)]


def _shown(column, cell, frame):
    if column.kind == "flag":
        return {True: "Sí", False: "No"}.get(cell, "")
    if column.kind == "date" and cell:
        return date.fromisoformat(cell)
    labels = frame.labels(column.key)
    if isinstance(cell, list):
        return ", ".join(labels.get(item, item) for item in cell)
    return labels.get(cell, cell) if isinstance(cell, str) else cell


def _commitment(prompt, value, frame):
    columns = (
        Column("what", "Qué se hará", 3),
        Column("responsible", "Responsable", 2),
        Column("due_date", "Fecha", 1),
    )
    rows = [
        Row(
            row["id"],
            (
                row["what"] or prompt.owed,
                row["responsible"],
                date.fromisoformat(row["due_date"]) if row["due_date"] else "",
            ),
        )
        for row in value
    ]
    return [Table(prompt.key, columns, rows)]


def _choice(prompt, value, frame):
    said = frame.labels().get(value["choice"], value["choice"])
    return [Paragraph(text) for text in (said, value["note"]) if text]


def _multi(prompt, value, frame):
    labels = frame.labels()
    chosen = [Bullets([labels.get(key, key) for key in value["choices"]])] if value["choices"] else []
    return [*chosen, *([Paragraph(value["note"])] if value["note"] else [])]


def _yesno(prompt, value, frame):
    return [Paragraph(text) for text in (YESNO_LABELS.get(value["answer"], ""), value["note"]) if text]


def _check(prompt, value, frame):
    pairs = []
    for option in prompt.options:
        item = value["items"].get(option.key, {})
        said = [STATE_LABELS.get(item.get("state", ""), "Sin revisar"), item.get("note", "")]
        pairs.append((option.label, ". ".join(part for part in said if part)))
    return [KeyValues(pairs)]


def _pitch(prompt, value, frame):
    return [KeyValues([(c.label, value.get(c.key)) for c in prompt.columns if value.get(c.key) not in ("", None)])]


def _trust(prompt, value, frame):
    pairs = [(o.label, value[o.key]) for o in prompt.options if value.get(o.key) is not None]
    result = trust_of(value)
    return [KeyValues([*pairs, *([("Confianza", result)] if result is not None else [])])]


_WRITERS = {
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
