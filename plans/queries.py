"""Reads of Session 6 and of the Plan. The screen, the three documents and the completeness check call the same ones."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from copy import copy
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
    """One line of action with the strategies that serve it, its own and the cross-cutting ones of other lines.

    Each is under the state that this line gave it, with what was said here; see `_as_told`.
    """

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
            for one in _as_told(strategy, line):
                by_place[line.pk, one.status].append(one)
    status = Strategy.Status
    return [
        LineDiagnosis(line, *(by_place[line.pk, state] for state in (status.WORKS, status.DID_NOT, status.COULD)))
        for line in (ActionLine.objects.all() if lines is None else lines)
    ]


def _as_told(strategy, line) -> list[Strategy]:
    """Copies of a strategy as `line` tells it: once for each state that was given to it there, with its voices there.

    Its own line tells it, in its own state; from others, `told_in` says which one does. `whole` is the strategy itself.
    """
    is_own = line.pk == strategy.line_id
    voices = [voice for voice in strategy.voices if voice.line_id == line.pk]
    states = [strategy.status] if is_own or not voices else dict.fromkeys(voice.status for voice in voices)
    return [
        _copy_of(
            strategy,
            state,
            [voice for voice in voices if is_own or voice.status == state],
            None if is_own else strategy.line,
        )
        for state in states
    ]


def _copy_of(strategy, status, voices, told_in):
    one = copy(strategy)
    one.whole, one.status, one.voices, one.told_in = strategy, status, voices, told_in
    one.whys = list(dict.fromkeys(voice.why for voice in voices if voice.why))
    return one


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


def plan_data(organization, *, full=False) -> PlanData:
    """All of the Plan in a constant number of queries.

    What a document says of it goes through the veil; with `full`, texts, map and lessons hold the real words, too: that
    is what is kept of an issued version, and handed to nobody.
    """
    found, hide = strategies(), str if full else veil()
    axes = outcome_map(organization, ranking(found)[0])
    return PlanData(
        organization=organization,
        texts=texts_of(organization, hide, *counts_of(axes)),
        participants=participants(),
        actors=states(full=full, hide=hide),
        lessons=lessons(hide),
        diagnosis=diagnosis(found),
        axes=axes,
        next_steps=list(Commitment.objects.filter(is_born_in(NEXT_STEPS))),
        photos=list(chosen_photos()),
    )
