"""Answers to try every kind with."""

from sessions_app import curriculum
from sessions_app.worksheets import access, kinds
from sessions_app.worksheets.frames import frame_of

SAMPLES = {
    "text": "Cada seis meses",
    "long": "Una línea\n\notra línea",
    "list": [{"text": "Una idea", "author": "Dirección", "group": "Alcance"}, {"text": "Otra"}],
    "choice": {"choice": "", "note": ""},
    "yesno": {"answer": "partly", "note": "A medias"},
    "commitment": [{"what": "Hacer el borrador", "responsible": "Comunicación", "due_date": "2099-03-15"}],
    "trust": {"credibility": 8, "reliability": 8, "intimacy": 8, "self_orientation": 4},
}


def written_prompts():
    """Every prompt that a worksheet asks in writing."""
    return [p for p in curriculum.prompts() if access.is_field(p) and p.kind in kinds.WRITTEN]


def sample(prompt, frame=None):
    """Something valid to answer to `prompt`."""
    frame = frame or frame_of(prompt)
    first = next(iter(frame.options.get("", ())), None)
    if prompt.kind == "choice":
        own = "Algo propio" if "" in frame.open else ""
        return {"choice": first.key if first else own, "note": "Porque sí"}
    if prompt.kind == "multi":
        return {"choices": [first.key if first else "Algo propio"], "note": ""}
    if prompt.kind == "check":
        return {"items": {prompt.options[0].key: {"state": "present", "note": "Está"}}}
    if prompt.kind in ("table", "pitch"):
        row = {column.key: _cell(column, frame) for column in prompt.columns if not column.readonly}
        return row if prompt.kind == "pitch" else [{"id": frame.seeds[0]["id"] if frame.seeds else "uno", **row}]
    return SAMPLES[prompt.kind]


def _cell(column, frame):
    options = frame.options.get(column.key, ())
    if column.kind in ("choice", "recurrence"):
        return options[0].key if options else "Algo propio"
    return {"number": 3, "date": "2099-03-15", "flag": True, "people": ["Dirección", "Enlace"]}.get(column.kind, "Algo")
