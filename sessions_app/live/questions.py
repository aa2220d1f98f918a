"""Which questions of a session can be put to a room. Pure."""

from alianzas.content import Activity, Prompt, Session
from sessions_app.worksheets import access


def can_be_asked(prompt: Prompt) -> bool:
    """Lists that the worksheet of the session asks for, but those that only their author may read."""
    return prompt.kind == "list" and not prompt.private and access.is_field(prompt)


def questions_of(session: Session) -> list[tuple[Activity, list[Prompt]]]:
    """By activity, in the order of the method."""
    found = [(one, [prompt for prompt in one.prompts if can_be_asked(prompt)]) for one in session.activities]
    return [(activity, prompts) for activity, prompts in found if prompts]


def question(session: Session, key: str) -> Prompt | None:
    """The question of the session that has this key, if it can be asked."""
    return next((one for _, prompts in questions_of(session) for one in prompts if one.key == key), None)


def is_secret(prompt: Prompt) -> bool:
    """Whether what is written stays between who writes and whoever facilitates: off the wall and the phones."""
    return prompt.confidential
