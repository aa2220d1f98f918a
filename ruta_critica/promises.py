"""What is still to be done with an ally."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from alianzas.commitments.queries import CLOSED
from alianzas.models import Commitment
from sessions_app.models import Answer

from . import queries
from .goals import Goal
from .models import Ally


def open_promises(ally: Ally, goals: Iterable[Goal] = ()) -> list[Commitment]:
    """The open commitments about an ally, soonest first: those of its file, and what its goals need. Two queries."""
    about = queries.about(ally)
    values = Answer.objects.filter(subject=about).exclude(value=None).values_list("value", flat=True)
    born = {row["commitment"] for value in values if isinstance(value, list) for row in value if row.get("commitment")}
    born |= {one.pk for goal in goals for one in goal.activities}
    named = Q(pk__in=born) | Q(source__contains=f":{about}:") | Q(source__endswith=f":{about}")
    found = Commitment.objects.filter(named).exclude(status__in=CLOSED)
    return sorted(found, key=lambda one: (one.due_date or date.max, one.pk))
