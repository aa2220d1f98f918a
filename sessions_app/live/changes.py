"""What every write to a run does: wait for the others, count that something changed, and tell who listens."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from alianzas.relay import relay
from sessions_app.models import SessionRun


class Late(ValidationError):
    """What somebody sent belongs to something that is over; the message says so."""


def locked(run) -> SessionRun:
    """The run as it is now; whoever else writes to it waits until the transaction ends."""
    return SessionRun.objects.select_for_update().get(pk=run.pk)


def show_on_screen(run: SessionRun, stage="", **more):
    """Put a stage on the screen of the run, which is locked, or nothing; no question stays. `more` is kept with it."""
    run.boards.update(is_on_screen=False)
    for name, value in {"stage": stage, **more}.items():
        setattr(run, name, value)
    run.save(update_fields=["stage", *more])


def changed(run: SessionRun, kind: str):
    """Something in the run, which is locked, is different from now on; who listens hears of it once it is certain.

    Kinds: "gente", "salida", "puerta", "pregunta", "notas", "escena", "votos", "equipos", "cronometro", "reloj", "fin".
    """
    SessionRun.objects.filter(pk=run.pk).update(version=F("version") + 1)
    run.version += 1
    topic, version = topic_of(run.pk), run.version
    transaction.on_commit(lambda: relay.tell(topic, version, kind))


def topic_of(pk: int) -> str:
    return f"taller:{pk}"
