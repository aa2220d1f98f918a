"""Elevator Pitches (S4.6): somebody presents against the clock, and the others write what they thought of it.

What they write is a question about that pitch, in phases like any other one.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from alianzas import services as shared
from sessions_app import curriculum
from sessions_app.models import Board, PitchTake

from . import boards
from .changes import changed, locked

QUESTION = "S4.6.retroalimentacion"
MOST = 30  # pitches in one run


def pitches_of(run):
    """The pitches of a run with their time, in order. One query."""
    return Board.objects.filter(run=run, prompt_key=QUESTION).exclude(about="").select_related("take")


@transaction.atomic
def present(*, run, name: str, is_anonymous=False) -> Board:
    """Put the pitch of `name` on the screen; one that was there before comes back with its time and what was said."""
    if not name:
        raise ValidationError("Escribe o elige quién presenta.")
    locked(run)
    known = pitches_of(run).filter(about_name=name).first()
    number = pitches_of(run).count() + 1
    if not known and number > MOST:
        raise ValidationError(f"Ya hay {MOST} presentaciones en este taller.")
    about = known.about if known else f"{boards.PITCH}{number}"
    prompt = curriculum.prompt(QUESTION)
    board = boards.ask(run=run, prompt=prompt, about=about, about_name=name, is_anonymous=is_anonymous)
    PitchTake.objects.get_or_create(organization=run.organization, board=board)
    return board


@transaction.atomic
def start(*, board, now=None):
    """Begin to count, anew if it was counted before. ValidationError for a question that is no pitch."""
    take, row = _take(board)
    take.started_at, take.seconds = now or timezone.now(), None
    shared.save(take)
    changed(row, "cronometro")


@transaction.atomic
def stop(*, board, now=None):
    """Stop counting and keep how long it took; twice is the same as once."""
    take, row = _take(board)
    if take.is_running:
        take.seconds = take.elapsed_at(now or timezone.now())
        shared.save(take)
        changed(row, "cronometro")


def _take(board):
    row = locked(board.run)
    take = PitchTake.objects.filter(board=board).first()
    if take is None:
        raise ValidationError("Esa pregunta no es una presentación.")
    return take, row
