"""Questions that people answer from their phones before the session, until a day and an hour."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sessions_app import curriculum
from sessions_app.models import Board, SessionRun

from . import boards, queries
from .changes import Late, changed, locked, show_on_screen
from .forms import CollectForm, UntilForm
from .questions import Question
from .stages import Face, Stage, cleaned

LONGEST = timedelta(days=60)


@transaction.atomic
def collect(*, run, questions: list[Question], until: datetime):
    """Open `questions` to everybody who has the link, all at once, `until` then. ValidationError for a time that is
    over or too far away; what was asked before stays as it is."""
    _require_a_time(until)
    for one in questions:
        boards.ask(run=run, prompt=one.prompt, about=one.about, about_name=one.about_name)
    row = locked(run)
    show_on_screen(row, SessionRun.COLLECTING, collects_until=until)
    changed(row, "pregunta")


@transaction.atomic
def begin_session(*, run):
    """Nothing more is collected: the session goes on with what is there."""
    row = locked(run)
    show_on_screen(row, collects_until=None)
    changed(row, "pregunta")


def _require_a_time(until):
    now = timezone.now()
    if until <= now:
        raise ValidationError("Esa hora ya pasó: elige una que esté por venir.")
    if until > now + LONGEST:
        raise ValidationError(f"El plazo es de {LONGEST.days} días a lo más.")


def collected(run) -> list[Board]:
    """The questions that are open to everybody. One query."""
    return list(run.boards.filter(phase=Board.Phase.WRITE, teams=0))


class CollectStage(Stage):
    """Before a session: its questions one under another, each with its policy."""

    key = SessionRun.COLLECTING
    title = "Recoger antes de la sesión"
    sessions = frozenset(session.key for session in curriculum.sessions())

    def control(self, run, typed=None):
        if not run.collects_until:
            form = CollectForm(typed, session=curriculum.session(run.session_key))
            return Face("live/collect_control.html", {"form": form})
        open_boards = [queries.asked_of(board) for board in collected(run)]
        return Face("live/collect_control.html", {"asked": open_boards, "until_form": UntilForm(typed)})

    def wall(self, run, hide):
        return Face("live/collect_wall.html")

    def phone(self, run, person, hide, typed=None):
        found = [] if run.is_collected else [queries.asked_of(board, hide, person) for board in collected(run)]
        return Face("live/collect_phone.html", {"asked": found})

    def take(self, run, person, data):
        raise Late("Aquí se responde pregunta por pregunta: recarga la página.")

    def act(self, run, what, data, by):
        if what == "empezar":
            begin_session(run=run)
            return "La sesión empieza con lo que ya escribieron."
        forms = {
            "abrir": lambda: CollectForm(data, session=curriculum.session(run.session_key)),
            "plazo": lambda: UntilForm(data),
        }
        form = forms[what]()
        cleaned(form)
        collect(run=run, questions=form.questions(), until=form.until())
        return "Listo: comparte el enlace. Cada quien responde cuando puede."
