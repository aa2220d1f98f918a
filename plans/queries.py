"""Reads of Session 6 and of the Plan. The screen, the three documents and the completeness check call the same ones."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import MappingProxyType

from django.db.models import F, Prefetch

from alianzas.models import ActionLine, Commitment, Horizon, Organization, Photo
from ruta_critica.models import Ally
from sessions_app.models import Attendance
from sessions_app.record.queries import is_born_in
from sysmap.queries import Lessons, lessons, states, veil
from sysmap.states import ActorState

from .editor.drafts import SectionText
from .editor.texts import texts_of
from .models import OutcomeActivity, OutcomeMarker, OutcomeRow, Strategy, StrategyLine

OUTCOME_SESSION = "6"
NEXT_STEPS = "S6.7"
FIRST_ROUND = 3


@dataclass(frozen=True)
class LineDiagnosis:
    """One line of action with the strategies that serve it, its own and the cross-cutting ones of other lines."""

    line: ActionLine
    works: list[Strategy]
    did_not: list[Strategy]
    could: list[Strategy]

    @property
    def columns(self):
        """(status, strategies) in the order of the three questions of S6.3."""
        status = Strategy.Status
        return [(status.WORKS, self.works), (status.DID_NOT, self.did_not), (status.COULD, self.could)]


@dataclass(frozen=True)
class HorizonPlan:
    """Markers and activities of one ally for one horizon."""

    horizon: Horizon
    label: str  # with the months of the organisation
    markers: list[OutcomeMarker]
    activities: list[Commitment]


@dataclass(frozen=True)
class AllyPlan:
    """One row of the outcome map: what the alliance solves, and the three horizons."""

    row: OutcomeRow
    horizons: list[HorizonPlan]


@dataclass(frozen=True)
class Axis:
    """A ranked strategy with its allies."""

    strategy: Strategy
    allies: list[AllyPlan]


@dataclass(frozen=True)
class PlanData:
    """Everything the Plan says (domain §9)."""

    organization: Organization
    texts: dict[str, SectionText]
    participants: list[Attendance]
    actors: tuple[ActorState, ...]
    diagnosis: list[LineDiagnosis]
    axes: list[Axis]
    next_steps: list[Commitment]
    lessons: Lessons
    photos: list[Photo] = field(default_factory=list)


def strategies(hide: Callable[[str], str] | None = None) -> list[Strategy]:
    """The strategies that stand, with `line`, `served` (every line they serve, their own first) and what was said.

    `voices` are the answers joined in each, its own first, with their `whys` and who said them. `hide` goes over
    every text that people wrote, for whom may not read protected names. Three queries.
    """
    every = list(
        Strategy.said.select_related("line").prefetch_related(
            Prefetch("also_serves", StrategyLine.objects.select_related("line").order_by("line__position"))
        )
    )
    joined = defaultdict(list)
    for one in every:
        if hide:
            one.text, one.why, one.author = hide(one.text), hide(one.why), hide(one.author)
        joined[one.merged_into_id].append(one)
    for strategy in joined[None]:
        strategy.voices = [strategy, *_voices_in(strategy, joined)]
        strategy.whys = list(dict.fromkeys(voice.why for voice in strategy.voices if voice.why))
        strategy.served = [strategy.line, *(link.line for link in strategy.also_serves.all())]
        strategy.is_cross_cutting = len(strategy.served) > 1
    return joined[None]


def _voices_in(strategy, joined):
    for one in joined[strategy.pk]:
        yield one
        yield from _voices_in(one, joined)


def diagnosis(found: list[Strategy], lines: Iterable[ActionLine] | None = None) -> list[LineDiagnosis]:
    """`found` by line and status, every line included. One query, none when `lines` are given."""
    by_place = defaultdict(list)
    for strategy in found:
        for line in strategy.served:
            by_place[line.pk, strategy.status].append(strategy)
    status = Strategy.Status
    return [
        LineDiagnosis(line, *(by_place[line.pk, state] for state in (status.WORKS, status.DID_NOT, status.COULD)))
        for line in (ActionLine.objects.all() if lines is None else lines)
    ]


def ranking(found: list[Strategy]) -> tuple[list[Strategy], list[Strategy]]:
    """The ranked strategies in order, and the candidates still without a place: cross-cutting ones first (S6.5)."""
    ranked = sorted((one for one in found if one.priority is not None), key=lambda one: one.priority)
    waiting = [one for one in found if one.priority is None and one.is_candidate]
    return ranked, sorted(waiting, key=lambda one: not one.is_cross_cutting)


def outcome_map(organization, ranked: list[Strategy]) -> list[Axis]:
    """One axis per ranked strategy, with every ally and horizon. Three queries, whatever the number of rows."""
    return axes_of(organization, ranked, outcome_rows().select_related("ally__actor"))


def axes_of(organization, ranked: list[Strategy], rows) -> list[Axis]:
    """One axis per ranked strategy, from the rows of the outcome map. No queries but those of `rows`."""
    labels, by_strategy = organization.horizon_labels, defaultdict(list)
    for row in rows:
        by_strategy[row.strategy_id].append(AllyPlan(row, _horizons(row, labels)))
    return [Axis(strategy, by_strategy[strategy.pk]) for strategy in ranked]


def plans_with(allies: list[Ally]) -> list[AllyPlan]:
    """The rows of the outcome map with these allies, those of the first strategies first. Three queries."""
    rows = outcome_rows().filter(ally__in=allies).select_related("strategy")
    order = F("strategy__priority").asc(nulls_last=True)
    return [AllyPlan(row, _horizons(row)) for row in rows.order_by(order, "position")]


def outcome_rows():
    """The rows of the outcome map with their markers and activities. Three queries."""
    return OutcomeRow.objects.prefetch_related(
        Prefetch("markers", OutcomeMarker.objects.all()),
        Prefetch(
            "activities",
            OutcomeActivity.objects.select_related("commitment").order_by(
                F("commitment__due_date").asc(nulls_last=True), "position"
            ),
        ),
    )


def _horizons(row, labels=MappingProxyType(dict(Horizon.choices))):
    activities = [link.commitment for link in row.activities.all()]
    return [
        HorizonPlan(
            horizon,
            labels[horizon],
            [marker for marker in row.markers.all() if marker.horizon == horizon],
            [activity for activity in activities if activity.horizon == horizon],
        )
        for horizon in Horizon
    ]


def participants() -> list[Attendance]:
    return list(Attendance.objects.filter(session_key=OUTCOME_SESSION, is_present=True))


def counts_of(axes: list[Axis]) -> tuple[int, int]:
    """How many strategies are worked, and with how many different allies."""
    return len(axes), len({ally.row.ally_id for axis in axes for ally in axis.allies})


def chosen_photos():
    """The photos of the Plan in their order: chosen, and with consent."""
    return Photo.objects.filter(in_plan=True, has_consent=True)


def plan_data(organization) -> PlanData:
    """All of the Plan in a constant number of queries."""
    found, hide = strategies(), veil()
    axes = outcome_map(organization, ranking(found)[0])
    return PlanData(
        organization=organization,
        texts=texts_of(organization, hide, *counts_of(axes)),
        participants=participants(),
        actors=states(hide=hide),
        lessons=lessons(hide),
        diagnosis=diagnosis(found),
        axes=axes,
        next_steps=list(Commitment.objects.filter(is_born_in(NEXT_STEPS))),
        photos=list(chosen_photos()),
    )
