"""Reads of a run. The three faces call the same ones."""

from sessions_app.models import Participant, SessionRun


def open_run(session_key: str) -> SessionRun | None:
    """The run of the session that is open now. One query."""
    return SessionRun.objects.filter(session_key=session_key, closed_at=None).first()


def past_runs(session_key: str) -> list[SessionRun]:
    """The runs that were held, the latest first. One query."""
    return list(SessionRun.objects.filter(session_key=session_key).exclude(closed_at=None).select_related("opened_by"))


def people(run: SessionRun) -> list[Participant]:
    """Everybody who came in, those sent out too. One query."""
    return list(run.participants.all())
