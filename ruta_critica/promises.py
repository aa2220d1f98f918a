"""What is still to be done with an ally."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from alianzas.commitments.queries import CLOSED
from alianzas.models import Commitment
from sessions_app.models import Answer

from . import closing, queries
from .goals import Goal
from .models import Ally
from .relation.models import JournalEntry
from .relation.services import source_of


def open_promises(ally: Ally, goals: Iterable[Goal] = (), with_journal: bool = False) -> list[Commitment]:
    """The open commitments about an ally, soonest first: those of its file, and what its goals need. Two queries.

    With its journal, which only those who edit read, three.
    """
    about = queries.about(ally)
    values = Answer.objects.filter(subject=about).exclude(value=None).values_list("value", flat=True)
    born = {row["commitment"] for value in values if isinstance(value, list) for row in value if row.get("commitment")}
    born |= {one.pk for goal in goals for one in goal.activities}
    entries = JournalEntry.objects.filter(ally=ally, deleted_at=None) if with_journal else ()
    named = Q(pk__in=born) | Q(source__contains=f":{about}:") | Q(source__in=[source_of(entry) for entry in entries])
    found = Commitment.objects.filter(named).exclude(status__in=CLOSED)
    return sorted(found, key=lambda one: (one.due_date or date.max, one.pk))


def promises_to_share(ally: Ally, goals: Iterable[Goal]) -> list[Commitment]:
    """Those that the ally may read: not what prepares its closing, nor gaps that nobody took on yet."""
    return [
        one
        for one in open_promises(ally, goals)
        if (one.responsible or one.due_date) and not one.source.startswith(f"{closing.KEY}.")
    ]
