"""One worksheet as somebody sees it: its fields with what is kept, by whom, and what may be done with each."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from django.urls import reverse

from alianzas.content import Activity, Prompt
from alianzas.models import Photo
from sessions_app import curriculum
from sessions_app.models import Answer, AnswerFile

from . import access, kinds, wire
from .controls import Controls, controls_of
from .forms import WallPhotoForm
from .frames import Frame
from .queries import Answers, activity_answers
from .reading import Shown
from .text import NOTE
from .trust import trust_of
from .visits import Visit

MODES = {"plenary": "en plenaria", "teams": "en equipos", "individual": "de forma individual"}
CONFIDENTIAL = "Esta respuesta es confidencial: la lee solo el equipo que trabaja con la organización."
ELSEWHERE = "Esta parte se trabaja en su propia página."
BY_ALLY = "Esto se responde por cada aliado, en su Ruta Crítica."
DERIVED = "Esto se arma solo con lo que respondieron antes."


@dataclass(frozen=True)
class Conflict:
    """Two texts of one field: what is kept, and what somebody wrote over an older version."""

    answer: Answer
    theirs: list[Shown]
    mine: list[Shown]
    packed: str
    since: int  # the version that somebody wrote over


@dataclass(frozen=True)
class Voice:
    """What another team or person answered to the same question."""

    who: str
    said: list[Shown]


@dataclass(frozen=True)
class Field:
    """One prompt with everything that its template shows."""

    visit: Visit
    prompt: Prompt
    frame: Frame
    answer: Answer | None = None
    voices: tuple[Voice, ...] = ()
    files: tuple[AnswerFile, ...] = ()
    photos: tuple[Photo, ...] = ()
    raw: object = None  # what was sent and could not be kept
    error: str = ""
    conflict: Conflict | None = None
    waits_for: str = ""
    before: tuple[str, ...] = ()  # what was said before that may answer this

    @property
    def suggestion(self) -> tuple[str, ...]:
        """What was said before, for a list that nobody has begun."""
        return self.before if self.value is None and self.raw is None and self.may_write else ()

    @property
    def name(self):
        return wire.field_name(self.prompt)

    @property
    def version(self):
        return self.answer.version if self.answer else 0

    @property
    def value(self):
        return self.answer.value if self.answer else None

    @property
    def base(self):
        return kinds.digest(self.value)

    @cached_property
    def controls(self) -> Controls:
        return controls_of(self.prompt, self.value if self.raw is None else self.raw, self.frame)

    @cached_property
    def said(self) -> list[Shown]:
        return self.visit.blocks(self.prompt, self.value, self.frame)

    @property
    def is_written(self):
        return self.visit.is_field(self.prompt) and self.prompt.kind in kinds.WRITTEN

    @property
    def is_files(self):
        return self.prompt.kind in access.FILES

    @property
    def is_photo(self):
        return self.prompt.kind == "photo"

    @property
    def may_write(self):
        return self.visit.access.can_edit and self.visit.is_field(self.prompt)

    @property
    def is_hidden(self):
        return not self.visit.access.can_edit and self.prompt.confidential

    @property
    def is_mine(self):
        return self.prompt.scope == "PERSON" or self.prompt.private

    @cached_property
    def home(self):
        wanted = access.is_elsewhere(self.prompt, self.visit.about)
        return access.home_of(self.prompt, self.visit.organization.slug, self.visit.session.key) if wanted else None

    @property
    def mark(self):
        return self.visit.mark_of(self.prompt)

    @property
    def mark_url(self):
        return self.visit.mark_url(self.prompt)

    @property
    def evidence_url(self):
        return self.visit.evidence_url(self.prompt)

    @property
    def voices_title(self):
        """What the answers of others are called."""
        if self.visit.about and access.is_about_allies(self.prompt):
            return "Lo que vale para toda la organización"
        who = "el grupo" if self.is_mine else "los demás equipos"
        return f"Lo que {'respondió' if self.is_mine else 'respondieron'} {who} ({len(self.voices)})"

    @property
    def remark(self):
        """Why there is nothing to fill in here, if so."""
        if self.is_hidden:
            return CONFIDENTIAL
        if access.is_elsewhere(self.prompt, self.visit.about):
            return DERIVED if self.prompt.derived else BY_ALLY if self.prompt.scope == "ALLY" else ELSEWHERE
        return ""

    @property
    def template(self):
        same = {"long": "text", "drawing": "file", "commitment": "table"}
        return f"worksheets/kinds/{same.get(self.prompt.kind, self.prompt.kind)}.html"

    @property
    def rows_home(self):
        """The worksheet whose rows this table starts with."""
        source = self.prompt.rows_from[0]
        session, activity = curriculum.session_of(source), curriculum.activity_of(source)
        page = reverse("planilla", args=[self.visit.organization.slug, session.key, activity.key])
        return f"{page}#campo-{source.rpartition('.')[2]}"

    @property
    def trust(self):
        return trust_of(self.value) if self.prompt.kind == "trust" else None

    @property
    def url(self):
        return self.visit.address("planilla-campo", self.prompt)

    @property
    def history_url(self):
        return self.visit.address("planilla-versiones", self.prompt)

    @property
    def upload_url(self):
        return self.visit.address("planilla-foto" if self.is_photo else "planilla-archivos", self.prompt)

    @property
    def photo_form(self):
        return WallPhotoForm(auto_id=f"{self.name}_%s")

    @property
    def file_links(self):
        """Every file with the addresses to take it out and to delete it."""
        return [
            (
                row,
                self.visit.address("planilla-archivo", self.prompt, row.pk),
                self.visit.address("planilla-borrar-archivo", self.prompt, row.pk),
            )
            for row in self.files
        ]


@dataclass(frozen=True)
class Brought:
    """What was answered before and is needed now."""

    prompt: Prompt
    url: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class Sheet:
    visit: Visit
    fields: list[Field]
    brought: list[Brought]
    teams: list[int] = field(default_factory=list)

    @property
    def modes(self):
        return modes_of(self.visit.activity)


def modes_of(activity: Activity) -> str:
    """How an activity is done, in words: «En equipos y en plenaria»."""
    *most, last = [MODES[mode] for mode in activity.mode] or [""]
    text = f"{', '.join(most)} y {last}" if most else last
    return text[:1].upper() + text[1:]


def sheet_of(visit: Visit) -> Sheet:
    """The whole worksheet in a constant number of queries."""
    answers, brought = activity_answers(visit.activity, visit.about)
    fields = [field_of(visit, prompt, answers) for prompt in visit.activity.prompts]
    return Sheet(visit, fields, _brought(visit, brought, answers), _teams(visit, answers))


def field_of(visit: Visit, prompt: Prompt, answers: Answers, **state) -> Field:
    subject = visit.subject(prompt)
    hidden = not visit.may_read(prompt, subject)
    return Field(
        visit=visit,
        prompt=prompt,
        frame=answers.frame(prompt),
        answer=None if hidden else answers.one(prompt, subject),
        voices=_voices(visit, prompt, answers, besides=subject),
        files=() if hidden else tuple(row for row in answers.files.get(prompt.key, ()) if row.subject == subject),
        photos=() if hidden else tuple(answers.photos.get(visit.activity.key, ())) if prompt.kind == "photo" else (),
        waits_for=_waits_for(visit, prompt, answers),
        before=() if hidden else _said_before(visit, prompt, answers),
        **state,
    )


def _voices(visit, prompt, answers, besides=None):
    return tuple(
        Voice(_who(prompt, answer), said)
        for answer in answers.of(prompt)
        if answer.subject != besides
        and visit.may_read(prompt, answer.subject)
        and (said := visit.blocks(prompt, answer.value, answers.frame(prompt)))
    )


def _who(prompt, answer):
    if team := access.team_of(answer.subject):
        return f"Equipo {team}"
    if answer.subject == access.ROOM:
        return "Lo que se dijo en el taller"
    if not answer.subject:
        return "Lo que vale para toda la organización" if access.is_about_allies(prompt) else ""
    return "Alguien del grupo" if prompt.anonymous or not answer.author else str(answer.author)


def _said_before(visit, prompt, answers):
    """The texts that travel to this very list (`reuse`), each once; those too long for a note stay behind."""
    if prompt.kind != "list":
        return ()
    found = dict.fromkeys(visit.known(prompt))
    for source in curriculum.brought_to(prompt.key):
        for answer in answers.of(source):
            if answer.value and visit.may_read(source, answer.subject):
                found |= dict.fromkeys(_texts(source, answer.value, answers.frame(source)))
    return tuple(text for text in found if text and len(text) <= NOTE)


def _texts(prompt, value, frame):
    if prompt.kind == "list":
        return [row["text"] for row in value]
    if prompt.kind == "multi":
        return [frame.labels().get(key, key) for key in value["choices"]]
    return [value] if isinstance(value, str) else []


def _waits_for(visit, prompt, answers):
    """What has to be answered before, while it is not."""
    if not prompt.condition:
        return ""
    key, wanted = prompt.condition
    asked = _prompt_of(key)
    kept = (answers.one(asked, visit.subject(asked)) or answers.one(asked, "")) if asked else None
    value = (kept.value if kept else None) or {}
    present = {name for name, item in value.get("items", {}).items() if item["state"] == "present"}
    given = {value.get("answer"), value.get("choice"), *value.get("choices", ()), *present}
    return "" if given & set(wanted) else asked.text if asked else ""


def _prompt_of(key):
    try:
        return curriculum.prompt(key)
    except KeyError:
        return None


def _brought(visit, prompts, answers):
    found = []
    for prompt in prompts:
        voices = _voices(visit, prompt, answers)
        if voices:
            origin = replace(
                visit, session=curriculum.session_of(prompt.key), activity=curriculum.activity_of(prompt.key)
            )
            found.append(Brought(prompt, f"{replace(origin, team=1).url}#campo-{wire.field_name(prompt)}", voices))
    return found


def _teams(visit, answers):
    """The teams to choose from: three, those that answered, the one in view, and room for one more."""
    if not visit.has_teams:
        return []
    known = [
        access.team_of(a.subject) or 0 for p in visit.activity.prompts for a in answers.of(p) if a.value is not None
    ]
    last = max([3, visit.team, *known])
    return list(range(1, min(last + 1, access.TEAMS) + 1))
