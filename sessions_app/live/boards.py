"""Questions put to the room: asking, changing phase, and what a question leaves when it closes.

Each verb is one transaction.
"""

from uuid import NAMESPACE_OID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from alianzas import services as shared
from alianzas.concurrency import Changed
from sessions_app import curriculum
from sessions_app.models import Answer, Board, BoardSnapshot, Note, PitchTake
from sessions_app.worksheets import access, kinds, merging
from sessions_app.worksheets import queries as worksheet_queries
from sessions_app.worksheets.services import save_answer
from sessions_app.worksheets.text import Invalid

from .changes import changed, locked, show_on_screen
from .questions import can_be_asked, is_about_next_steps
from .sources import source_of
from .steps import step_in

LEAST_TEAMS = 2
PITCH = "pitch-"  # begins what a question about a presentation is about
TEAM = "equipo-{}"  # whose answer of the worksheet the notes of a team are


@transaction.atomic
def ask(*, run, prompt, about="", about_name="", teams=0, is_hidden=True, is_anonymous=False) -> Board:
    """Put a question on the screen, in place of whatever is there; with `teams`, for so many to answer apart.

    One that was asked before comes back as it was, in its phase and under the policy it was asked with; only teams can
    be added to those that it has.
    """
    row = locked(run)
    if not can_be_asked(prompt):
        raise ValidationError("Esa pregunta se contesta en su planilla, no en el taller.")
    show_on_screen(row)
    if teams and not LEAST_TEAMS <= teams <= access.TEAMS:
        raise ValidationError(f"Los equipos van de {LEAST_TEAMS} a {access.TEAMS}.")
    board = row.boards.filter(prompt_key=prompt.key, about=about).first() or Board(
        organization=row.organization,
        run=row,
        prompt_key=prompt.key,
        about=about,
        about_name=about_name,
        teams=teams,
        is_hidden=is_hidden,
        is_anonymous=is_anonymous or prompt.anonymous,
    )
    board.is_on_screen = True
    board.teams = max(board.teams, teams) if board.teams else board.teams
    shared.save(board)
    changed(row, "pregunta")
    return board


@transaction.atomic
def clear_screen(*, run):
    """Take off the screen whatever is there; it stays as far as it has come."""
    row = locked(run)
    show_on_screen(row)
    changed(row, "pregunta")


@transaction.atomic
def turn(*, board, phase, by) -> Board:
    """Bring a question to another phase, forwards or back; nothing is deleted either way.

    Side effects: a BoardSnapshot of how it was. Closing gives its notes to the worksheet, or to whoever else takes
    them (but in a rehearsal), and takes away who wrote what when the question is without names. ValidationError, and
    nothing changes, when they cannot be taken.
    """
    row = locked(board.run)
    board = Board.objects.get(pk=board.pk)
    if phase not in Board.Phase.values:
        raise ValidationError("Esa fase no existe. Recarga la página.")
    if phase == board.phase:
        return board
    notes = list(board.notes.all())
    BoardSnapshot.objects.create(
        organization=row.organization, board=board, phase=board.phase, notes=[_kept(note) for note in notes], by=by
    )
    board.phase = phase
    if board.is_closed:
        if not row.is_rehearsal:
            board.handed = _hand_over(board, notes, by)
        if board.is_anonymous:
            board.notes.update(participant=None)
    shared.save(board)
    changed(row, "pregunta")
    return board


def is_standing(note: Note) -> bool:
    """Whether the note counts by itself: neither removed nor joined to another."""
    return note.removed_at is None and note.merged_into_id is None


def _kept(note):
    return {
        "key": note.key.hex,
        "text": note.text,
        "author": note.author,
        "group": note.group,
        "team": note.team,
        "merged_into": note.merged_into_id,
        "removed": note.removed_at is not None,
    }


def subject_of(prompt, about="") -> str:
    """Whose answer in the worksheet the notes of a question for all together are."""
    if about and not about.startswith(PITCH):
        return about
    if prompt.scope == "GROUP":
        return TEAM.format(1)
    return access.ROOM if prompt.scope == "PERSON" else ""


def _hand_over(board, notes, by) -> list[dict]:
    """Give the notes to whoever takes them. Teams of a question for teams have an answer each; a note that was joined
    to one of another team stays in the answer of its own."""
    standing = [note for note in notes if is_standing(note)]
    source, prompt = source_of(board.prompt_key), curriculum.prompt(board.prompt_key)
    if source and source.hand_over:
        return source.hand_over(board, standing, by)
    if not board.teams or prompt.scope != "GROUP":
        return _to_worksheet(board, prompt, subject_of(prompt, board.about), standing, board.handed, by)
    teams_of, handed = {note.pk: note.team for note in notes}, []
    for team in range(1, board.teams + 1):
        own = [n for n in notes if n.team == team and not n.removed_at and teams_of.get(n.merged_into_id) != team]
        before = None if board.handed is None else [_bare(row) for row in board.handed if row["team"] == team]
        if own or before:
            rows = _to_worksheet(board, prompt, TEAM.format(team), own, before, by)
            handed += [{**row, "team": team} for row in rows]
    return handed


def _rows(board, prompt, notes, frame):
    """The notes as the worksheet keeps them: next steps as promises, others as they are."""
    if is_about_next_steps(prompt):
        today = timezone.localdate()
        return kinds.clean(prompt, [{"id": n.key.hex, **step_in(n.text, today)} for n in notes], frame) or []
    whose = board.about_name if board.about.startswith(PITCH) else ""
    rows = [{"id": n.key.hex, "text": n.text, "author": n.author, "group": n.group or whose} for n in notes]
    return rows + (_time_of(board) if whose else [])


def _time_of(board) -> list[dict]:
    """How long a presentation took, as one more row of what was said of it."""
    take = PitchTake.objects.filter(board=board).exclude(seconds=None).first()
    if take is None:
        return []
    text = f"Duró {take.seconds} segundos; el tiempo ideal va de {PitchTake.LEAST} a {PitchTake.MOST}."
    return [{"id": uuid5(NAMESPACE_OID, f"take {take.pk}").hex, "text": text, "author": "", "group": board.about_name}]


def _bare(row):
    return {name: value for name, value in row.items() if name != "team"}


def _to_worksheet(board, prompt, subject, notes, handed, by) -> list[dict]:
    """Join the notes to an answer of the worksheet; what somebody changed or took away there since stays so."""
    frame = worksheet_queries.frame(prompt)
    for _ in range(5):
        answer = Answer.objects.filter(prompt_key=prompt.key, subject=subject).first()
        there = (answer.value if answer else None) or []
        try:
            rows = _rows(board, prompt, notes, frame)
            value = kinds.clean(prompt, merging.merge(prompt, there, rows, frame, handed), frame)
            save_answer(
                organization=board.organization,
                by=by,
                prompt=prompt,
                subject=subject,
                value=value,
                version=answer.version if answer else 0,
            )
        except Invalid as error:
            raise ValidationError(f"No se cerró, y no se perdió nada. {error}") from None
        except Changed:
            continue  # somebody wrote at a desk meanwhile: join to that
        return rows
    raise ValidationError("Alguien está escribiendo en esa planilla. No se perdió nada: vuelve a cerrar la pregunta.")
