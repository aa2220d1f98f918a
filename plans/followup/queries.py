"""Reads of the follow-up: the pages and the annual report call the same ones."""

import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone

from alianzas.commitments import hooks
from alianzas.dates import months_after
from alianzas.models import Horizon, Organization, Process
from plans import queries as plans
from plans.models import MarkerCheck, OutcomeMarker, OutcomeRow, PlanVersion, Strategy

from .standing import ACHIEVED, Standing, standing

LATE, UNPROVEN = "tarde", "sin-evidencia"
NOT_NOTED = "Sin anotar"


@dataclass(frozen=True)
class Followed:
    """A marker with how it stands; `ends_on` is the last day of its term."""

    marker: OutcomeMarker
    text: str
    standing: Standing
    ends_on: date
    is_late: bool
    key: uuid.UUID = field(default_factory=uuid.uuid4)  # of the touch that notes how it goes

    @property
    def state(self) -> str:
        return self.standing.state

    @property
    def label(self) -> str:
        return MarkerCheck.State(self.state).label if self.state else NOT_NOTED

    @property
    def is_unproven(self) -> bool:
        """Achieved, and nobody could verify it."""
        return self.state == ACHIEVED and not self.standing.latest.has_evidence


@dataclass(frozen=True)
class FollowedHorizon:
    horizon: Horizon
    label: str
    markers: list[Followed]


@dataclass(frozen=True)
class FollowedAlly:
    """A row of the outcome map; names may be read by whoever asked."""

    row: OutcomeRow
    name: str
    objective: str
    horizons: list[FollowedHorizon]


@dataclass(frozen=True)
class FollowedAxis:
    strategy: Strategy
    text: str
    allies: list[FollowedAlly]


@dataclass(frozen=True)
class Tally:
    """How the markers of one term go, all allies together."""

    label: str
    ends_on: date
    total: int
    achieved: int
    partly: int
    dropped: int
    late: int


@dataclass(frozen=True)
class Start:
    """The day from which terms are counted, and what happened then."""

    day: date
    why: str


@dataclass(frozen=True)
class FollowUp:
    start: Start
    axes: list[FollowedAxis]
    tallies: list[Tally]

    @property
    def markers(self) -> list[Followed]:
        return [one for axis in self.axes for ally in axis.allies for term in ally.horizons for one in term.markers]


def start_of(organization: Organization) -> Start:
    """The first version of the Plan that was issued; without one, the start of the process. Two queries at most."""
    first = PlanVersion.objects.defer("facts").order_by("number").first()
    if first is not None:
        return Start(timezone.localdate(first.issued_at), "cuando se emitió la primera versión del Plan")
    process = Process.objects.filter(organization=organization).first()
    if process is not None and process.started_on:
        return Start(process.started_on, "cuando empezó el proceso")
    return Start(timezone.localdate(organization.created_at), "cuando se registró la organización")


def follow_up(organization, today: date, hide: Callable[[str], str] | None = None, *, only="", until=None) -> FollowUp:
    """How every marker of the outcome map stands, names hidden with `hide`.

    `only` LATE or UNPROVEN narrows the list; with `until`, what was seen after that day counts for nothing.
    Eight queries at most, whatever the number of markers.
    """
    hide, start = hide or _as_it_is, start_of(organization)
    ends = _ends(organization, start.day)
    journal = journals(checked_on__lte=until) if until else journals()

    def followed(marker):
        stands = standing(journal.get(marker.pk, ()))
        ends_on = ends[marker.horizon]
        return Followed(marker, hide(marker.said), stands, ends_on, stands.is_late(ends_on, today))

    ranked, _ = plans.ranking(plans.strategies())
    axes = [
        FollowedAxis(axis.strategy, hide(axis.strategy.text), [_ally(ally, followed, hide) for ally in axis.allies])
        for axis in plans.outcome_map(organization, ranked)
    ]
    found = FollowUp(start, axes, [])
    labels = organization.horizon_labels
    tallies = [_tally(labels[term], ends[term], term, found.markers) for term in Horizon]
    return FollowUp(start, _narrowed(axes, only), tallies)


def journals(**which) -> dict[int, list[MarkerCheck]]:
    """The checks that count, by marker, the latest first. One query."""
    found = defaultdict(list)
    rows = MarkerCheck.objects.filter(is_withdrawn=False, **which).select_related("next_step", "file", "by")
    for row in rows:
        found[row.marker_id].append(row)
    return found


def ends_of(organization, marker: OutcomeMarker) -> date:
    return _ends(organization, start_of(organization).day)[marker.horizon]


def _ends(organization, start):
    months = (organization.short_months, organization.medium_months, organization.long_months)
    return {horizon.value: months_after(start, count) for horizon, count in zip(Horizon, months, strict=True)}


def _ally(ally, followed, hide):
    horizons = [FollowedHorizon(one.horizon, one.label, [*map(followed, one.markers)]) for one in ally.horizons]
    return FollowedAlly(ally.row, hide(str(ally.row.ally)), hide(ally.row.objective), horizons)


def _tally(label, ends_on, term, markers):
    mine = [one for one in markers if one.marker.horizon == term]
    counted = {state: sum(one.state == state for one in mine) for state in MarkerCheck.State.values}
    return Tally(
        label,
        ends_on,
        total=len(mine),
        achieved=counted["achieved"],
        partly=counted["partly"],
        dropped=counted["dropped"],
        late=sum(one.is_late for one in mine),
    )


def _narrowed(axes, only):
    keeps = {LATE: lambda one: one.is_late, UNPROVEN: lambda one: one.is_unproven}.get(only)
    if keeps is None:
        return axes
    found = []
    for axis in axes:
        allies = [replace(ally, horizons=[_only(term, keeps) for term in ally.horizons]) for ally in axis.allies]
        allies = [ally for ally in allies if any(term.markers for term in ally.horizons)]
        if allies:
            found.append(replace(axis, allies=allies))
    return found


def _only(term, keeps):
    return replace(term, markers=[*filter(keeps, term.markers)])


# ── The journal of one marker ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Entry:
    """A check as it may be read; who only reads gets `details` (link, file, what helped, surprise) never."""

    check: MarkerCheck
    evidence: str
    lesson: str
    next_title: str
    next_responsible: str
    details: bool


def journal(marker: OutcomeMarker, *, can_edit: bool) -> list[Entry]:
    """Every check of a marker, withdrawn ones too where they can be put back. One query, and those of the veil."""
    rows = MarkerCheck.objects.filter(marker=marker).select_related("next_step", "file", "by")
    if can_edit:
        return [_entry(row, _as_it_is, True) for row in rows]
    hide = hooks.veil()
    return [_entry(row, hide, False) for row in rows if not row.is_withdrawn]


def _entry(row, hide, details):
    step = row.next_step
    promised = (hide(step.title), hide(step.responsible)) if step else ("", "")
    return Entry(row, hide(row.evidence), hide(row.lesson), *promised, details)


def _as_it_is(text: str) -> str:
    return text
