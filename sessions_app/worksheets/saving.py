"""From what a form sent to what is kept: read, clean, write, and what the page must show when that cannot be."""

from dataclasses import dataclass, replace

from django.utils.datastructures import MultiValueDict

from alianzas.concurrency import Changed
from alianzas.content import Prompt
from sessions_app.models import Answer

from . import kinds, merging, queries, services, wire
from .blocks import value_blocks
from .reading import shown
from .sheet import Conflict, Field, Sheet
from .text import Invalid
from .visits import Visit


@dataclass(frozen=True)
class Outcome:
    """How saving one field went: the answer as kept, or what stopped it and what was sent."""

    answer: Answer | None = None
    error: str = ""
    raw: object = None
    conflict: Conflict | None = None

    @property
    def is_fine(self):
        return not (self.error or self.conflict)

    @property
    def status(self):
        return 409 if self.conflict else 422 if self.error else 200

    def shown_in(self, field: Field) -> Field:
        """`field` with what the person has to see."""
        return field if self.is_fine else replace(field, error=self.error, raw=self.raw, conflict=self.conflict)


def fields_after(sheet: Sheet, outcomes: dict[str, Outcome]) -> list[Field]:
    """The fields of a whole page with what became of each."""
    return [outcomes.get(one.prompt.key, Outcome()).shown_in(one) for one in sheet.fields]


def status_of(outcomes: dict[str, Outcome]) -> int:
    """The status of a whole page: the worst of its fields."""
    return max((outcome.status for outcome in outcomes.values()), default=200)


def save_all(visit: Visit, form) -> dict[str, Outcome]:
    """Save every field of a whole worksheet that somebody touched; outcomes by prompt."""
    outcomes, move = {}, form.get("mover", "")
    for prompt in visit.activity.prompts:
        name = wire.field_name(prompt)
        is_asked = visit.is_field(prompt) and visit.may_read(prompt, visit.subject(prompt))
        if is_asked and prompt.kind in kinds.WRITTEN and wire.says(form, name):
            mine = move if move.startswith(f"{name}:") else ""
            outcomes[prompt.key] = _save(visit, prompt, form, move=mine, base=form.get(f"{name}-base"))
    return outcomes


def save_one(visit: Visit, prompt: Prompt, form) -> Outcome:
    """Save one field, its controls packed by a script or plain. `decision` says how two texts are settled."""
    if form.get("decision") == "guardado":
        return Outcome()
    name = wire.field_name(prompt)
    try:
        data = MultiValueDict(wire.unpack(form["campos"])) if "campos" in form else form.copy()
    except Invalid as error:
        return Outcome(error=str(error))
    data["desde"] = form.get("desde", "0")
    data.setlist(f"{name}-version", [form.get("version") or data.get(f"{name}-version") or "0"])
    return _save(visit, prompt, data, move=form.get("mover", ""), joined=form.get("decision") == "ambos")


def _save(visit, prompt, data, *, move="", base=None, joined=False):
    """`base` is the digest of what the form showed: a field that still says that was not touched."""
    name, raw, kept = wire.field_name(prompt), None, None
    frame, subject = queries.frame(prompt, visit.about), visit.subject(prompt)
    try:
        version = wire.version_in(data, name)
        since = wire.number(data.get("desde")) if joined else version
        raw = wire.read(prompt, data, name)
        value = mine = kinds.clean(prompt, raw, frame)
        if base and base == kinds.digest(value) and not move:
            return Outcome()
        if move:
            value = kinds.clean(prompt, wire.rearranged(prompt, value, move), frame)
        if joined:
            kept = queries.answers_to([prompt], about=visit.about).one(prompt, subject)
            value = kinds.clean(prompt, _both(prompt, kept, mine, frame, since), frame)
        answer = services.save_answer(
            organization=visit.organization,
            by=visit.user,
            prompt=prompt,
            subject=subject,
            value=value,
            version=version,
            whose=visit.whose,
        )
    except Invalid as error:
        both = _conflict(prompt, data, kept, mine, frame, since) if kept else None
        return Outcome(error=str(error), raw=raw, conflict=both)
    except Changed as changed:
        return Outcome(conflict=_conflict(prompt, data, changed.now, mine, frame, version))
    return Outcome(answer=answer)


def _both(prompt, kept, mine, frame, since):
    base = queries.value_at(kept, since) if kept else None
    return merging.merge(prompt, kept.value if kept else None, mine, frame, base)


def _conflict(prompt, data, kept, mine, frame, since):
    theirs, ours = (shown(value_blocks(prompt, value, frame)) for value in (kept.value, mine))
    return Conflict(kept, theirs, ours, wire.pack(data, wire.field_name(prompt)), since)
