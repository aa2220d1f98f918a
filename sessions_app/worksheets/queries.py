"""Reads of worksheets. The screen, the room kit and the record of a session call the same ones."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from alianzas.content import Activity, Option, Prompt
from alianzas.fields import SHORT
from alianzas.models import ActionLine, Commitment, Photo
from sessions_app import curriculum
from sessions_app.models import Answer, AnswerFile, AnswerRevision, Attendance, SuccessCase

from . import access, services
from .frames import Frame, frame_of

ANY_ALLY = f"{access.ALLY_PREFIX}*"


@dataclass(frozen=True)
class Answers:
    """What is kept for a set of prompts: answers and files by prompt, photos by activity, frames by prompt."""

    by_prompt: dict[str, list[Answer]]
    files: dict[str, list[AnswerFile]] = field(default_factory=dict)
    photos: dict[str, list[Photo]] = field(default_factory=dict)
    frames: dict[str, Frame] = field(default_factory=dict)

    def of(self, prompt: Prompt) -> list[Answer]:
        """The answers that say something, teams in order, people in the order they wrote."""
        return self.by_prompt.get(prompt.key, [])

    def one(self, prompt: Prompt, subject: str) -> Answer | None:
        return next((answer for answer in self.of(prompt) if answer.subject == subject), None)

    def frame(self, prompt: Prompt) -> Frame:
        return self.frames.get(prompt.key) or frame_of(prompt)


def answers_to(prompts: Iterable[Prompt], with_empty: bool = False, about: str = "") -> Answers:
    """Everything kept for `prompts`, in at most seven queries, whatever their number and that of their rows.

    What was answered about one ally is there only when `about` names it; `ANY_ALLY` brings that of all.
    """
    prompts = {prompt.key: prompt for prompt in prompts}
    rows = Answer.objects.filter(_not_about_others(about), prompt_key__in=prompts).select_related("author")
    if not with_empty:
        rows = rows.exclude(value=None)
    by_prompt = defaultdict(list)
    for row in sorted(rows, key=lambda row: (access.team_of(row.subject) or 0, row.pk)):
        by_prompt[row.prompt_key].append(row)
    _show_commitments(prompts, by_prompt)
    sources = _sources({source for prompt in prompts.values() for source in _sources_of(prompt)}, about)
    return Answers(
        by_prompt=dict(by_prompt),
        files=_files(prompts.values()),
        photos=_photos(prompts.values()),
        frames=_frames(prompts.values(), sources, about),
    )


def frame(prompt: Prompt, about: str = "") -> Frame:
    """What `prompt` offers to choose from today. At most one query for each of its sources."""
    return _frames([prompt], _sources(set(_sources_of(prompt))), about)[prompt.key]


def _frames(prompts, sources, about):
    keys = {key for prompt in prompts if prompt.rows_from for key in (prompt.key, *prompt.rows_from)}
    said = _rows_said(keys, about)
    return {prompt.key: frame_of(prompt, sources, said) for prompt in prompts}


def _rows_said(keys, about):
    """The rows written under each of those prompts: those about the ally that `about` names, else everybody's."""
    found = defaultdict(list)
    if keys:
        rows = Answer.objects.filter(_not_about_others(about), prompt_key__in=keys).exclude(value=None)
        for key, value, subject in rows.order_by("subject", "pk").values_list("prompt_key", "value", "subject"):
            found[key] = value if about and subject == about else found[key] + value
    return found


def _not_about_others(about):
    return Q() if about == ANY_ALLY else ~Q(subject__startswith=access.ALLY_PREFIX) | Q(subject=about)


def session_answers(session_key: str) -> Answers:
    """Everything answered in a session that may leave the organisation: nothing private, nothing confidential."""
    activities = curriculum.session(session_key).activities
    return answers_to(p for one in activities for p in one.prompts if not (p.private or p.confidential))


def activity_answers(activity: Activity, about: str = "") -> tuple[Answers, tuple[Prompt, ...]]:
    """What is kept for the prompts of an activity and for the earlier ones that are brought to it."""
    brought = tuple(
        p for p in curriculum.brought_to(activity.key) if not access.is_elsewhere(p) and p not in activity.prompts
    )
    return answers_to([*activity.prompts, *brought], with_empty=True, about=about), brought


def revisions(answer: Answer) -> list[AnswerRevision]:
    """Earlier values of an answer, the latest first. One query."""
    return list(AnswerRevision.objects.filter(answer=answer).select_related("author")[:50])


def value_at(answer: Answer, version: int):
    """What the answer said at an earlier version, if that was kept. One query."""
    return AnswerRevision.objects.filter(answer=answer, version=version).values_list("value", flat=True).first()


def _files(prompts):
    keys = [prompt.key for prompt in prompts if prompt.kind in access.FILES]
    return _grouped(AnswerFile.objects.filter(prompt_key__in=keys), "prompt_key") if keys else {}


def _photos(prompts):
    keys = {prompt.key.rpartition(".")[0] for prompt in prompts if prompt.kind == "photo"}
    return _grouped(Photo.objects.filter(activity_key__in=keys), "activity_key") if keys else {}


def _grouped(rows, name):
    groups = defaultdict(list)
    for row in rows:
        groups[getattr(row, name)].append(row)
    return dict(groups)


def _show_commitments(prompts, by_prompt):
    """Put into the rows that promise what their Commitment says today: it may have changed in the list of all."""
    promising = [
        (prompts[key], row)
        for key, answers in by_prompt.items()
        if prompts[key].kind == "commitment" or prompts[key].commits
        for answer in answers
        for row in answer.value or []
    ]
    if not promising:
        return
    found = Commitment.objects.in_bulk([row["commitment"] for _, row in promising if row.get("commitment")])
    for prompt, row in promising:
        if commitment := found.get(row.get("commitment")):
            what, who, when, horizon = services.promise_columns(prompt)
            if row.get(what) or commitment.title != prompt.owed:
                row[what] = commitment.title
            if who:
                row[who] = commitment.responsible
            if when:
                row[when] = commitment.due_date.isoformat() if commitment.due_date else ""
            if horizon:
                row[horizon] = commitment.horizon


# ── What people choose from ─────────────────────────────────────────────────────────────────────────────────────────


def _sources_of(prompt):
    yield prompt.options_from
    for column in prompt.columns:
        yield "people" if column.kind in ("person", "people") else column.options_from


def _sources(wanted, about="") -> dict[str, tuple[Option, ...]]:
    """Options that come from what the organisation has said, for those sources that this floor knows."""
    found = {name: tuple(make()) for name, make in _SOURCES.items() if name in wanted}
    if "resources" in wanted:
        found["resources"] = tuple(_resources(about))
    return found


def _cases():
    for case in curriculum.cases():
        yield Option(key=case.key, label=case.title)
    for own in SuccessCase.objects.all():
        yield Option(key=f"propio-{own.pk}", label=own.title)


def _lines():
    return (Option(key=f"linea-{line.pk}", label=line.name) for line in ActionLine.objects.all())


def _people():
    posts = Attendance.objects.values_list("post", flat=True)
    return _named([*posts, *_said("S1.1.participacion", "person")])


def _actors():
    return _named(_said("S2.2.actores", "text"))


def _resources(about):
    """What the organisation has, and what the ally has."""
    return _named([*_said("S5.2.recursos_org", "text"), *_said("S5.2.recursos_aliado", "text", subject=about)])


def _said(prompt_key, cell, **narrower):
    rows = Answer.objects.filter(prompt_key=prompt_key, **narrower).exclude(value=None)
    return [row[cell] for value in rows.values_list("value", flat=True) for row in value if row.get(cell)]


def _named(names):
    lines = dict.fromkeys(" ".join(name.split()) for name in names)
    return (Option(key=name, label=name) for name in lines if 0 < len(name) <= SHORT)


_SOURCES = {"cases": _cases, "lines": _lines, "people": _people, "actors": _actors}
