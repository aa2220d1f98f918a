"""Workshops of the demonstration that were held with phones."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

from alianzas.models import User
from sessions_app.live import codes
from sessions_app.models import Participant, SessionRun

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
            opened_at=entry["opened_at"],
            closed_at=entry["opened_at"] + timedelta(minutes=entry["minutes"]),
        )
        run.full_clean()
        run.save()
        for name, post in entry["people"]:
            row = Participant(organization=organization, run=run, name=name, post=post)
            # Of no phone: the run is over and its door leads nowhere.
            row.key_digest = codes.digest(f"{organization.slug} {run.session_key} {name}")
            row.joined_at = run.opened_at
            row.full_clean()
            row.save()
