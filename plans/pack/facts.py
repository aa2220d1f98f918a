"""What an organisation has data for: a document without any would say nothing."""

from django.db.models import Q

from alianzas.models import Commitment
from plans.models import AllianceReport, MarkerCheck, OutcomeRow, Strategy
from ruta_critica.models import Ally
from ruta_critica.relation.models import JournalEntry
from sessions_app import curriculum
from sessions_app.models import Answer, Attendance, SessionDesign, WorkPlanItem
from sysmap.models import Actor, MapSnapshot, MissingRole

ROUTE = "S3.2.pasos"


def found() -> set[str]:
    """The needs of `shelves` that are met. Seventeen queries at most, whatever there is."""
    people = set(Attendance.objects.values_list("session_key", flat=True))
    answered = set(Answer.objects.exclude(value=None).values_list("prompt_key", flat=True))
    worked = {session for key in answered if (session := _session_of(key))}
    wanted = ~Q(desired_role="") | ~Q(desired_relation="") | ~Q(desired_result="")
    there = {
        "work_plan": WorkPlanItem.objects.exists(),
        "actors": Actor.objects.exists(),
        "placed": Actor.objects.exclude(relation="").exclude(result="").exists(),
        "ideal": Actor.objects.filter(wanted).exists() or MissingRole.objects.exists(),
        "moments": MapSnapshot.objects.filter(is_withdrawn=False).exists(),
        "route": ROUTE in answered,
        "allies": Ally.objects.exists(),
        "journal": JournalEntry.objects.filter(deleted_at=None).exists(),
        "outcomes": OutcomeRow.objects.exists(),
        "ranked": Strategy.objects.filter(priority__isnull=False).exists(),
        "strategies": Strategy.objects.exists(),
        "commitments": Commitment.objects.exists(),
        "followed": MarkerCheck.objects.exists() or AllianceReport.objects.filter(is_withdrawn=False).exists(),
    }
    keys = {key for key, is_there in there.items() if is_there}
    keys |= {f"carta-{one.lower()}" for one in SessionDesign.objects.values_list("session_key", flat=True)}
    keys |= {f"asistencia-{one.lower()}" for one in people}
    return keys | {f"registro-{one.lower()}" for one in people | worked}


def _session_of(prompt_key):
    try:
        return curriculum.session_of(prompt_key).key
    except KeyError:
        return ""
