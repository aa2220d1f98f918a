"""Which questions of a session can be put to a room."""

from dataclasses import dataclass

from alianzas.content import Activity, Prompt, Session
from sessions_app.omissions import worked
from sessions_app.worksheets import access

from .sources import source_of

STEP = {"what", "responsible", "due_date"}


@dataclass(frozen=True)
class Question:
    """A question as a room is asked it; `about` is whose answer it is where it is asked about several things."""

    prompt: Prompt
    about: str = ""
    about_name: str = ""

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.prompt.key}@{self.about}" if self.about else self.prompt.key

    @property
    def text(self) -> str:
        return f"{self.about_name}: {self.prompt.text}" if self.about_name else self.prompt.text


def can_be_asked(prompt: Prompt) -> bool:
    """Lists that the worksheet of the session asks for, but those that only their author may read; next steps; and
    what a higher floor takes."""
    if source_of(prompt.key) or is_about_next_steps(prompt):
        return True
    return prompt.kind == "list" and not prompt.private and access.is_field(prompt)


def is_about_next_steps(prompt: Prompt) -> bool:
    """Whether each answer is a promise: what, who and until when."""
    return prompt.kind == "table" and {column.key for column in prompt.columns} >= STEP


def questions_of(session: Session) -> list[tuple[Activity, list[Question]]]:
    """By activity, in the order of the method, but for what the carta leaves out.

    One query, and as many as there are kinds of things to ask about.
    """
    abouts: dict = {}
    found = [
        (activity, [one for prompt in activity.prompts if can_be_asked(prompt) for one in _about_each(prompt, abouts)])
        for activity in worked(session)
    ]
    return [(activity, questions) for activity, questions in found if questions]


def _about_each(prompt, abouts):
    source = source_of(prompt.key)
    if source is None:
        return [Question(prompt)]
    if source.abouts not in abouts:
        abouts[source.abouts] = list(source.abouts())
    return [Question(prompt, about, name) for about, name in abouts[source.abouts]]


def question(session: Session, value: str) -> Question | None:
    """The question of the session that a form names so, if it can be asked."""
    return next((one for _, asked in questions_of(session) for one in asked if one.value == value), None)


def is_secret(prompt: Prompt) -> bool:
    """Whether what is written stays between who writes and whoever facilitates: off the wall and the phones."""
    return prompt.confidential
