"""Reads of a run. The three faces call the same ones, each with the names it may read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db.models import Count, Q
from django.utils import timezone

from alianzas.content import Prompt
from alianzas.names import same_name
from sessions_app import curriculum
from sessions_app.design import queries as design
from sessions_app.models import Attendance, Board, Note, Participant, PitchTake, SessionRun

from .boards import PITCH, is_standing
from .clock import Clock, Real, clock_of
from .questions import Question, is_about_next_steps, is_secret
from .sources import Source, source_of

HOW_TO_PROMISE = "Escribe un paso por nota, así: qué se hará | quién | cuándo (15/03/2027)."


@dataclass(frozen=True)
class ShownNote:
    """A note as a face may show it, with how many others say the same."""

    key: str
    text: str
    author: str
    group: str
    same: int = 0
    is_mine: bool = False
    team: int = 0


@dataclass(frozen=True)
class Asked:
    """A question on the screen: what was written, in the order it came and by theme."""

    board: Board
    prompt: Prompt
    notes: tuple[ShownNote, ...] = ()
    removed: tuple[ShownNote, ...] = ()
    mine: tuple[Note, ...] = field(default=())
    writers: int = 0
    team: int = 0  # of who looks

    about_name: str = ""
    pitch: PitchTake | None = None  # of a question about a presentation

    @property
    def text(self) -> str:
        return Question(self.prompt, self.board.about, self.about_name).text

    @property
    def activity_key(self) -> str:
        return self.prompt.key.rpartition(".")[0]

    @property
    def source(self) -> Source | None:
        """Who takes the notes, when it is not the worksheet."""
        return source_of(self.prompt.key)

    @property
    def is_secret(self) -> bool:
        return is_secret(self.prompt)

    @property
    def shows_notes(self) -> bool:
        """Whether the room may see them."""
        return self.board.shows_notes and not self.is_secret

    @property
    def teams(self) -> list[tuple[int, list[ShownNote]]]:
        """The notes of each team, for a question in teams."""
        numbers = range(1, self.board.teams + 1)
        return [(number, [note for note in self.notes if note.team == number]) for number in numbers]

    @property
    def of_my_team(self) -> list[ShownNote]:
        """What others of my team wrote, which its phones see while they write."""
        return [note for note in self.notes if self.team and note.team == self.team and not note.is_mine]

    @property
    def themes(self) -> list[tuple[str, list[ShownNote]]]:
        """Notes by theme, those without one last; of a question in teams, by team until they are grouped."""
        if self.board.teams and self.board.phase in (Board.Phase.WRITE, Board.Phase.SHOWN):
            return [(f"Equipo {number}", notes) for number, notes in self.teams]
        names = list(dict.fromkeys(note.group for note in self.notes if note.group))
        found = [(name, [note for note in self.notes if note.group == name]) for name in names]
        loose = [note for note in self.notes if not note.group]
        return [*found, ("", loose)] if loose else found

    @property
    def may_be_dragged(self) -> bool:
        """Whether notes can be moved to a theme by hand: once nobody writes and until it is closed."""
        return self.board.phase == Board.Phase.GROUPED

    @property
    def policy(self) -> tuple[str, ...]:
        """What people must know before they write."""
        if self.board.teams and not self.is_secret:
            seen = "Tu equipo ve tu nota en cuanto la envías; los demás equipos, cuando se muestren todas."
        elif self.is_secret:
            seen = "Es confidencial: solo la lee quien facilita, y no se proyecta."
        elif self.board.is_hidden:
            seen = "Nadie ve las notas hasta que se muestran todas juntas."
        else:
            seen = "Tu nota se ve en la pantalla en cuanto la envías."
        named = "Va sin nombre." if self.board.is_anonymous else "Lleva el nombre con que entraste."
        how = (HOW_TO_PROMISE,) if is_about_next_steps(self.prompt) else ()
        return (*how, seen, named)


def open_run(session_key: str) -> SessionRun | None:
    """The run of the session that is open now. One query."""
    runs = SessionRun.objects.select_related("organization")
    return runs.filter(session_key=session_key, closed_at=None).first()


def past_runs(session_key: str) -> list[SessionRun]:
    """The runs that were held, the latest first, with people, notes and the minutes they took. Two queries."""
    held = SessionRun.objects.filter(session_key=session_key).exclude(closed_at=None).select_related("opened_by")
    came = Count("participants", filter=Q(participants__expelled_at=None), distinct=True)
    held = held.annotate(came=came, notes=Count("boards__notes", distinct=True))
    return list(held.prefetch_related("activities"))


def clock_now(run: SessionRun, now: datetime | None = None) -> Clock:
    """The plan of the run's sitting against what happens. Three queries."""
    carta = design.carta(run.organization, run.session_key)
    items = [item for item in design.clock_items(carta) if item.sitting == run.sitting]
    start = design.starts_of(carta).get(run.sitting, next(iter(design.starts_of(carta).values())))
    midnight = datetime.combine(timezone.localdate(run.opened_at), time.min)

    def second(moment):
        """By the clock on the wall, as people planned it, also on the day on which it changes."""
        return None if moment is None else (timezone.make_naive(moment) - midnight).total_seconds()

    reals = [
        Real(
            ref=row.ref,
            minutes=row.minutes,
            started=second(row.started_at),
            ended=second(row.ended_at),
            paused_since=second(row.paused_at),
            paused=row.paused_seconds,
        )
        for row in run.activities.all()
    ]
    return clock_of(items, start, reals, second(now or timezone.now()))


def people(run: SessionRun) -> list[Participant]:
    """Everybody who came in, those sent out too. One query."""
    return list(run.participants.all())


def expected(run: SessionRun, people: list[Participant]) -> list[Attendance]:
    """Who is on the list of the session and not among `people` under that name, in any case. One query."""
    inside = {same_name(person.name) for person in people if person.expelled_at is None}
    listed = Attendance.objects.filter(session_key=run.session_key).exclude(name="")
    return [one for one in listed if same_name(one.name) not in inside]


def on_screen(run: SessionRun, hide: Callable[[str], str] = str, me: Participant | None = None) -> Asked | None:
    """The question that the room is at, its notes gone through `hide`; with those that are mine. Two queries."""
    board = run.boards.filter(is_on_screen=True).first()
    return board and asked_of(board, hide, me)


def asked_of(board: Board, hide: Callable[[str], str] = str, me: Participant | None = None) -> Asked:
    """A question with its notes. One query."""
    rows = list(board.notes.all())
    same: dict[int, int] = {}
    for note in rows:
        if note.merged_into_id and note.removed_at is None:
            same[note.merged_into_id] = same.get(note.merged_into_id, 0) + 1

    def shown(note):
        mine = me is not None and note.participant_id == me.pk
        words = (hide(text) for text in (note.text, note.author, note.group))
        return ShownNote(str(note.key), *words, same.get(note.pk, 0), mine, note.team)

    return Asked(
        board=board,
        prompt=curriculum.prompt(board.prompt_key),
        notes=tuple(shown(note) for note in rows if is_standing(note)),
        removed=tuple(shown(note) for note in rows if note.removed_at),
        mine=tuple(n for n in rows if me and n.participant_id == me.pk and n.removed_at is None),
        writers=len({note.participant_id for note in rows if note.participant_id}),
        about_name=hide(board.about_name),
        pitch=PitchTake.objects.filter(board=board).first() if board.about.startswith(PITCH) else None,
        team=me.team if me and me.team <= board.teams else 0,
    )
