"""Answers to the worksheets of the demonstration's organisations.

People's own answers belong to an account: load this once the accounts are there.
"""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from alianzas.models import User
from ruta_critica import closing
from ruta_critica.models import Ally
from ruta_critica.route_queries import file_steps
from ruta_critica.services import mark
from sessions_app import curriculum
from sessions_app.library import selfcheck
from sessions_app.worksheets import kinds, queries, services
from sessions_app.worksheets.access import about_ally, subject_of

from .mapa import key_of

DATA = Path(__file__).parent / "data" / "planillas.toml"
WRITER = "facilitadora@demo.test"
STARTS = date(2026, 1, 1)  # the day from which the demonstration looks ahead, whenever it is loaded


def _ally(organization, name):
    """The ally that an actor of the demonstration is, by the key of its file."""
    return Ally.objects.get(actor__key=key_of(organization, name)) if name else None


@cache
def _data():
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def load(organization):
    """Answer what the file says for `organization`, inside its scope; nothing for those it does not name."""
    entries = _data().get(organization.slug, [])
    emails = {entry.get("by", WRITER) for entry in entries}
    people = {user.email: user for user in User.objects.filter(email__in=emails)}
    for entry in entries:
        prompt = _prompt(entry)
        by = people[entry.get("by", WRITER)]
        ally = _ally(organization, entry.get("ally"))
        about = about_ally(ally.pk) if ally else ""
        frame = queries.frame(prompt, about)
        kept = services.save_answer(
            organization=organization,
            by=by,
            prompt=prompt,
            subject=subject_of(prompt, by, entry.get("team", 1), about),
            value=kinds.clean(prompt, _raw(entry, prompt, frame), frame),
            version=0,
            whose=str(ally or ""),
            today=STARTS,
        )
        if "confirmed" in entry:
            mark(answer=kept, by=by, status="confirmed", **entry["confirmed"])


def _prompt(entry):
    """A question of the method, of the library, of a closing, or of a step that the organisation added to its route."""
    if "step" in entry:
        step = next(one for one in file_steps(str) if one.name == entry["step"])
        return next(one for one in step.activity.prompts if one.key.endswith(f".{entry['prompt']}"))
    own_pages = {**selfcheck.prompts(), **closing.prompts()}
    return own_pages.get(entry["prompt"]) or curriculum.prompt(entry["prompt"])


def _raw(entry, prompt, frame):
    if "checks" in entry:
        keys = {option.label: option.key for option in prompt.options}
        return {"items": {keys[label]: {"state": state} for label, state in entry["checks"].items()}}
    if "notes" in entry:
        return [_note(note) for note in entry["notes"]]
    if entry.get("value", {}).get("first"):
        return {"choice": frame.options[""][0].key}
    if "rows" in entry:
        said = {row.get("id"): row for row in entry["rows"]}
        if prompt.rows_from and not prompt.has_fixed_rows:
            return entry["rows"]
        if prompt.rows_from:
            return [{**seed, **row} for seed, row in zip(frame.seeds, entry["rows"], strict=True)]
        method = [{**seed, **said.pop(seed["id"], {})} for seed in frame.seeds]
        return [*method, *said.values()] if method else entry["rows"]
    return next(entry[name] for name in ("text", "promises", "value") if name in entry)


def _note(note):
    text, author, group = (note, "", "") if isinstance(note, str) else note
    return {"text": text, "author": author, "group": group}
