"""The adapted cartas descriptivas of the demonstration's organisations."""

import tomllib
from functools import cache
from pathlib import Path

from sessions_app import curriculum
from sessions_app.design import prefill
from sessions_app.models import AgendaItem

DATA = Path(__file__).parent / "data" / "cartas.toml"


@cache
def _data():
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def load(organization):
    """Create the cartas of `organization` inside its scope; nothing for those that the file does not name."""
    for entry in _data().get(organization.slug, []):
        facts = dict(entry)
        session, blocks = curriculum.session(facts.pop("session")), facts.pop("blocks", None)
        design = prefill.design(organization, session)
        for name, value in facts.items():
            setattr(design, name, value.strip() if isinstance(value, str) else value)
        design.full_clean()
        design.save()
        if blocks is None:  # as the method says
            AgendaItem.objects.bulk_create(prefill.items(design, session))
        else:
            _add(design, session, blocks)


def _add(design, session, blocks):
    """The whole orden del día; a session whose activities are not all there is a mistake in the file."""
    named = {block["activity"] for block in blocks if "activity" in block}
    if named != {activity.key for activity in session.activities}:
        raise ValueError(f"{design.organization.slug}: the carta of session {session.key} must name every activity")
    for position, block in enumerate(blocks):
        item = _item(design, session, dict(block))
        item.position = position
        item.full_clean()
        item.save()


def _item(design, session, block):
    key = block.pop("activity", "")
    proposed = {item.activity_key: item for item in prefill.items(design, session)}
    item = proposed.get(key) or AgendaItem(organization=design.organization, design=design)
    for name, value in block.items():
        setattr(item, name, value.strip() if isinstance(value, str) else value)
    return item
