"""The Plans of several organisations with as many queries as one takes, for what is measured of all of them at once.

They hold what `completeness` reads; photos and lessons, which nothing is measured by, are left out.
"""

from collections import defaultdict
from collections.abc import Mapping

from alianzas.models import ActionLine, Commitment
from sessions_app.models import Attendance
from sessions_app.record.queries import is_born_in
from sysmap.queries import Lessons, matrix, state_of
from sysmap.veil import Veil

from . import queries
from .editor.texts import texts_from
from .models import PlanText
from .queries import PlanData


def plans_of(organizations: list, hide: Mapping[int, Veil]) -> dict[int, PlanData]:
    """What each Plan says, by the id of its organisation; all of them in scope, with the veil of each. Ten queries."""
    lines, strategies = _by_org(ActionLine.objects.all()), _by_org(queries.strategies())
    rows = _by_org(queries.outcome_rows().select_related("ally__actor"))
    actors, texts = _by_org(matrix()), _by_org(PlanText.objects.all())
    people = _by_org(Attendance.objects.filter(session_key=queries.OUTCOME_SESSION, is_present=True))
    next_steps = _by_org(Commitment.objects.filter(is_born_in(queries.NEXT_STEPS)))

    def one(organization):
        org = organization.pk
        axes = queries.axes_of(organization, queries.ranking(strategies[org])[0], rows[org])
        return PlanData(
            organization=organization,
            texts=texts_from(texts[org], organization, hide[org], *queries.counts_of(axes)),
            participants=people[org],
            actors=tuple(state_of(actor) for actor in actors[org]),
            diagnosis=queries.diagnosis(strategies[org], lines[org]),
            axes=axes,
            next_steps=next_steps[org],
            lessons=Lessons((), ()),
        )

    return {organization.pk: one(organization) for organization in organizations}


def _by_org(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.organization_id].append(row)
    return found
