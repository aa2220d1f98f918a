"""What every write to a run does: wait for the others, and count that something changed."""

from django.db.models import F

from sessions_app.models import SessionRun


def locked(run) -> SessionRun:
    """The run as it is now; whoever else writes to it waits until the transaction ends."""
    return SessionRun.objects.select_for_update().get(pk=run.pk)


def changed(run):
    """Something in the run is different from now on."""
    SessionRun.objects.filter(pk=run.pk).update(version=F("version") + 1)
