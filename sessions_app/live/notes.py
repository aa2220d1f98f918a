"""Notes of a question: written on phones or typed for others, joined, put under a theme. Each verb is one transaction.

A note that was written in time and arrives late is taken until the question closes.
"""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from alianzas import services as shared
from sessions_app.models import AppliedWrite, Board, Note

from .changes import Late, changed, locked

MOST_EACH = 60
MOST = 1500


class QuestionClosed(Late):
    """The question takes nothing any more."""

    def __init__(self):
        super().__init__("La pregunta ya se cerró y tu nota no entró. Si hace falta, pide que la reabran.")


@transaction.atomic
def write(*, board, key: UUID, text, participant=None, author="", team=0) -> Note:
    """Add a note. The same `key` again changes nothing, whenever and however often it arrives.

    Without a `participant` it is typed for somebody, `author`, of `team` where there are any. QuestionClosed, or
    ValidationError for a text that cannot be kept, for too many notes and for who has no team yet.
    """
    row = locked(board.run)
    known = Note.objects.filter(board=board, key=key).first()
    if known:
        return known
    board = _writable(board)
    if row.is_collected:
        until = timezone.localtime(row.collects_until)
        raise Late(f"El plazo terminó el {until:%d/%m/%Y a las %H:%M}. Pide a quien facilita que lo amplíe.")
    if not _is_new(row, key):
        raise ValidationError("Esa nota ya se había enviado a otra pregunta.")
    team = participant.team if participant else team
    if board.teams and not 1 <= team <= board.teams:
        raise ValidationError("Elige primero tu equipo: tu nota sigue aquí.")
    mine = board.notes.filter(participant=participant, removed_at=None).count() if participant else 0
    if mine >= MOST_EACH:
        raise ValidationError(f"Ya escribiste {MOST_EACH} notas en esta pregunta. Corrige o quita alguna.")
    if board.notes.count() >= MOST:
        raise ValidationError(f"Esta pregunta ya tiene {MOST} notas. Avisa a quien facilita.")
    last = board.notes.aggregate(last=Max("position"))["last"]
    note = Note(
        organization=row.organization,
        board=board,
        key=key,
        participant=participant,
        author="" if board.is_anonymous else participant.name if participant else author,
        team=team if board.teams else 0,
        text=text,
        position=0 if last is None else last + 1,
    )
    shared.save(note)
    changed(row, "notas")
    return note


@transaction.atomic
def write_all(*, board, keyed: list[tuple[UUID, str]], author="", team=0):
    """Add notes typed for somebody, each under its key. Raises as `write`, and then none is kept."""
    for key, text in keyed:
        write(board=board, key=key, text=text, author=author, team=team)


@transaction.atomic
def rewrite(*, note, key: UUID, text, participant):
    """Put other words into one's own note; without any, it is taken away. Note.DoesNotExist for somebody else's."""
    row = locked(note.board.run)
    _writable(note.board)
    found = Note.objects.get(pk=note.pk, participant=participant)
    if not _is_new(row, key):
        return
    if text:
        found.text, found.removed_at = text, None
    else:
        found.removed_at = timezone.now()
    shared.save(found)
    changed(row, "notas")


def _is_new(run, key) -> bool:
    """Whether this write was not applied before; from now on it was."""
    _, is_new = AppliedWrite.objects.get_or_create(organization=run.organization, run=run, key=key)
    return is_new


def _writable(board) -> Board:
    found = Board.objects.get(pk=board.pk)
    if found.is_closed:
        raise QuestionClosed
    return found


# ── By whoever facilitates ──────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def group(*, board, chosen: Iterable[UUID], name):
    """Put notes under a theme; without a name, under none."""
    row, notes = _chosen(board, chosen)
    notes.update(group=name)
    changed(row, "notas")


@transaction.atomic
def merge(*, board, chosen: Iterable[UUID]):
    """Join notes that say the same to the first of them, whose words stay."""
    row, notes = _chosen(board, chosen)
    found = list(notes.filter(merged_into=None, removed_at=None))
    if len(found) < 2:
        raise ValidationError("Para juntar, elige dos notas o más.")
    first, others = found[0], found[1:]
    Note.objects.filter(merged_into__in=others).update(merged_into=first)
    Note.objects.filter(pk__in=[one.pk for one in others]).update(merged_into=first)
    changed(row, "notas")


@transaction.atomic
def separate(*, board, chosen: Iterable[UUID]):
    """Let the notes that were joined to these stand by themselves again."""
    row, notes = _chosen(board, chosen)
    Note.objects.filter(merged_into__in=notes).update(merged_into=None)
    changed(row, "notas")


@transaction.atomic
def remove(*, board, chosen: Iterable[UUID]):
    """Take notes off the board; they can be brought back."""
    row, notes = _chosen(board, chosen)
    notes.update(removed_at=timezone.now())
    changed(row, "notas")


@transaction.atomic
def restore(*, board, chosen: Iterable[UUID]):
    """Bring removed notes back."""
    row, notes = _chosen(board, chosen)
    notes.update(removed_at=None)
    changed(row, "notas")


def _chosen(board, chosen):
    row = locked(board.run)
    if Board.objects.get(pk=board.pk).is_closed:
        raise ValidationError("La pregunta está cerrada: vuelve a «Agrupar» para acomodar sus notas.")
    notes = Note.objects.filter(board=board, key__in=list(chosen))
    if not notes.exists():
        raise ValidationError("Elige primero alguna nota.")
    return row, notes
