"""Workshops of the demonstration that were held with phones, and one that goes on."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from alianzas.models import User
from sessions_app.live import codes
from sessions_app.models import Answer, Board, Note, Participant, SessionRun

from .worksheets import WRITER

DATA = Path(__file__).parent / "data" / "talleres.toml"


@cache
def _data():
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def load(organization):
    """Keep what the file says of `organization`, inside its scope; nothing for those it does not name."""
    for entry in _data().get(organization.slug, []):
        run = SessionRun(
            organization=organization,
            session_key=entry["session"],
            opened_by=User.objects.get(email=WRITER),
            opened_at=timezone.make_aware(entry["opened_at"]),
        )
        if minutes := entry.get("minutes"):
            run.closed_at = run.opened_at + timedelta(minutes=minutes)
        else:
            run.code, run.token, run.stage = entry["code"], entry["token"], entry["stage"]
        run.full_clean()
        run.save()
        for name, post in entry["people"]:
            row = Participant(organization=organization, run=run, name=name, post=post)
            # Of no phone: nobody can come in as one of them.
            row.key_digest = codes.digest(f"{organization.slug} {run.session_key} {name}")
            row.joined_at = run.opened_at
            row.full_clean()
            row.save()
        for key in entry["questions"]:
            _ask(run, key)


def _ask(run, key):
    """A question whose notes are what the worksheet says that people answered in that session."""
    rows = Answer.objects.get(organization=run.organization, prompt_key=key, subject="").value
    board = Board(organization=run.organization, run=run, prompt_key=key, phase=Board.Phase.CLOSED, is_on_screen=False)
    board.handed = rows
    board.full_clean()
    board.save()
    for position, said in enumerate(rows):
        facts = {"text": said["text"], "author": said["author"], "group": said["group"], "position": position}
        note = Note(organization=run.organization, board=board, key=uuid5(NAMESPACE_URL, f"{key} {position}"), **facts)
        note.full_clean()
        note.save()
