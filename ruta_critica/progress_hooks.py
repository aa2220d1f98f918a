"""What the organisation's route and the files of its allies prove of the method."""

from collections import defaultdict
from statistics import fmean

from django.db.models import Q

from sessions_app.evidence import Evidence, Known, knows
from sessions_app.models import Answer
from sessions_app.worksheets.access import ALLY_PREFIX

from .models import Ally
from .queries import AllyRow, ally_rows
from .route import PROMPT, route_of
from .steps import OWN, steps_of

CONSIDERED = "S5."


@knows
def of_the_routes(organizations):
    """The adapted route, and how far it is applied to each organisation's potential allies. Three queries."""
    said = dict(
        Answer.objects.filter(prompt_key=PROMPT, subject="").exclude(value=None).values_list("organization_id", "value")
    )
    allies, answered = defaultdict(list), defaultdict(lambda: defaultdict(set))
    for ally in worked_allies():
        allies[ally.organization_id].append(ally)
    asked = Q(prompt_key__startswith=CONSIDERED) | Q(prompt_key__startswith=OWN)
    rows = Answer.objects.filter(asked, Q(subject="") | Q(subject__startswith=ALLY_PREFIX)).exclude(value=None)
    for org, subject, key in rows.values_list("organization_id", "subject", "prompt_key"):
        answered[org][subject].add(key)
    return {one.pk: _known(said.get(one.pk), allies[one.pk], answered[one.pk]) for one in organizations}


def worked_allies():
    """The allies whose file is expected to be filled in: neither paused nor closed nor decided «no»."""
    left = Q(state__in=[Ally.State.PAUSED, Ally.State.CLOSED]) | Q(decision=Ally.Decision.NO_GO)
    return Ally.objects.exclude(left).select_related("actor")


def _known(route, allies, answered):
    found = ally_rows(allies, steps_of(route_of(route), str), answered)
    evidence = {"rutas-de-aliados": applied(found)}
    evidence["ruta"] = Evidence(float(bool(route)), "" if route else "adaptar los pasos de la Ruta Crítica")
    activities = {step.step.activity.key for row in found for step in row.steps if step.asked}
    for key in activities:
        shares = [step.answered / step.asked for row in found for step in row.steps if step.step.activity.key == key]
        evidence[f"paso-{key}"] = Evidence(fmean(shares))
    if not found:  # the steps wait for an ally
        evidence |= {f"paso-{step.activity.key}": Evidence(0.0) for step in steps_of(route_of(route), str)}
    return Known(evidence)


def applied(rows: list[AllyRow]) -> Evidence:
    """How far the route is applied: the mean over the allies of what is answered of all that it asks of each.

    Nothing while there is none; whole when every one of them is.
    """
    shares = [row.answered / row.asked if row.asked else 0.0 for row in rows]
    if not shares:
        return Evidence(0.0, "elegir al menos un aliado potencial")
    whole = sum(share >= 1 for share in shares)
    if whole == len(shares):
        return Evidence(1.0)
    said = f"completar la ruta de {len(shares) - whole} de {len(shares)} aliados"
    return Evidence(min(fmean(shares), 0.99), said)
