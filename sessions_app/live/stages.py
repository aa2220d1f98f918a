"""What a room does together besides writing notes, such as voting; higher floors say it in their `live_hooks`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sessions_app.models import AppliedWrite, Participant, SessionRun

from .changes import changed, locked, show_on_screen
from .hooks import discover


@dataclass(frozen=True)
class Face:
    """What one face of the run shows of a stage."""

    template: str
    context: dict = field(default_factory=dict)


def cleaned(form) -> dict:
    """What a form says; ValidationError with all that is wrong with it."""
    if not form.is_valid():
        raise ValidationError([text for texts in form.errors.values() for text in texts])
    return form.cleaned_data


class Stage:
    """One thing that a room does together. It finds out by itself, for a run, how far that has come."""

    key: str  # as in addresses
    title: str
    sessions: frozenset[str]

    def control(self, run: SessionRun, typed: Mapping | None = None) -> Face:
        """For whoever facilitates; `typed` is what they sent last and was refused."""
        raise NotImplementedError

    def wall(self, run: SessionRun, hide) -> Face:
        """What is projected; every text goes through `hide`."""
        raise NotImplementedError

    def phone(self, run: SessionRun, person: Participant, hide, typed: Mapping | None = None) -> Face:
        """What one participant sees."""
        raise NotImplementedError

    def take(self, run: SessionRun, person: Participant, data: Mapping):
        """Keep what a participant sent; ValidationError says why it cannot be kept."""
        raise NotImplementedError

    def act(self, run: SessionRun, what: str, data: Mapping, by) -> str:
        """Do what whoever facilitates asks for; returns what to say. ValidationError, or KeyError for no such thing."""
        raise NotImplementedError


_stages: dict[str, Stage] = {}


def register(stage: Stage) -> Stage:
    """Let the runs of its sessions show `stage`."""
    _stages[stage.key] = stage
    return stage


def stages_of(session_key: str) -> list[Stage]:
    """What can be done in this session."""
    discover()
    return [one for one in _stages.values() if session_key in one.sessions]


def stage_of(run: SessionRun, key: str | None = None) -> Stage | None:
    """The stage called `key` if the session of the run has it; without a key, the one on the screen."""
    wanted = run.stage if key is None else key
    return next((one for one in stages_of(run.session_key) if one.key == wanted), None)


@transaction.atomic
def show(*, run, stage: Stage):
    """Put a stage on the screen in place of whatever is there."""
    row = locked(run)
    show_on_screen(row, stage.key)
    changed(row, "pregunta")


@transaction.atomic
def take(*, run, stage: Stage, person, key: UUID, data):
    """Keep what a participant sent under its key. The same key again changes nothing, whenever it arrives."""
    if _is_applied(run, key):
        return
    try:
        with transaction.atomic():
            stage.take(run, person, data)
            AppliedWrite.objects.create(organization=run.organization, run=run, key=key)
    except (IntegrityError, ValidationError):
        if not _is_applied(run, key):  # else it came twice at once, and the other one counts
            raise


def _is_applied(run, key):
    return AppliedWrite.objects.filter(run=run, key=key).exists()


def run_at(key: str) -> SessionRun | None:
    """The open run that has this stage on its screen. One query."""
    return SessionRun.objects.filter(closed_at=None, stage=key).first()


def touch(kind: str, *keys: str):
    """Something that these stages show is different: open runs with one of them on the screen say so.

    Inside the transaction of the change, after it. One query where no such run is open.
    """
    for row in SessionRun.objects.select_for_update().filter(closed_at=None, stage__in=keys):
        changed(row, kind)
