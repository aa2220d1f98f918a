"""Reads of the votes. Of an open round, only how many have voted, and the papers to whoever types them."""

from dataclasses import dataclass

from django.db.models import F, Q, Sum
from django.utils import timezone

from alianzas.secrecy import mark_of, member_key
from sessions_app.models import Attendance, SessionRun

from ..models import Strategy
from . import tally
from .models import BallotBox, Candidate, Round, TieBreak, VoterMark

PEOPLE_SESSION = "6"
VOTE = "voto"  # the key of the step that an open round is for each person


@dataclass(frozen=True)
class Placed:
    """A candidate in the result: its shared rank, its order once ties are settled, and whether it gets a place."""

    candidate: Candidate
    rank: int
    order: int
    is_worked: bool
    is_tied: bool


@dataclass(frozen=True)
class Tie:
    """A shared rank, its candidates in order, and how it was settled, if it was."""

    rank: int
    candidates: list[Candidate]
    decision: TieBreak | None
    is_needed: bool

    @property
    def numbered(self):
        """(place, candidate), as the decision left them."""
        return list(enumerate(self.candidates, self.rank))


@dataclass(frozen=True)
class RoundSheet:
    """A round as people read it. Before it is counted it has candidates and no result."""

    round: Round
    candidates: list[Candidate]
    placed: list[Placed]
    ties: list[Tie]
    earlier: list[TieBreak]  # decisions that another one replaced

    @property
    def waits_for_ties(self):
        return any(tie.is_needed and tie.decision is None for tie in self.ties)


def next_list(found: list[Strategy]) -> tuple[str, list[Strategy]]:
    """What is voted next: cross-cutting candidates while there are any without a place, then those of one line."""
    waiting = [one for one in found if one.priority is None and one.is_candidate]
    cross = [one for one in waiting if one.is_cross_cutting]
    return (Round.Kind.CROSS, cross) if cross else (Round.Kind.SPECIFIC, waiting)


def candidates_of(row: Round):
    return Candidate.objects.filter(round=row)


def sheets(hide=None) -> list[RoundSheet]:
    """Every round but those of rehearsals, the last one first. Three queries."""
    rows = Round.objects.filter(rehearsal=None).order_by("-number").prefetch_related("candidates", "breaks__by")
    return [sheet_of(row, hide) for row in rows]


def sheet_of(row: Round, hide=None) -> RoundSheet:
    """One round with its result. Two queries, or none when `row` brought its candidates and decisions."""
    found, breaks = list(row.candidates.all()), list(row.breaks.all())
    for one in found if hide else ():
        one.text, one.lines = hide(one.text), [hide(line) for line in one.lines]
    for one in (*breaks, row) if hide else ():
        one.reason = hide(one.reason)
    if not row.is_counted:
        return RoundSheet(row, found, [], [], [])
    votes = [candidate.votes for candidate in found]
    holding = {one.rank: one for one in breaks}
    agreed = {rank: one.order for rank, one in holding.items()}
    order, shared, ranks = tally.order(votes, agreed), tally.ties(votes), tally.ranks(votes)
    last = tally.worked(votes, row.places)
    placed = [
        Placed(found[position], ranks[position], place, place <= last, ranks[position] in shared)
        for place, position in enumerate(order, 1)
    ]
    ties = [
        Tie(rank, [found[position] for position in order if ranks[position] == rank], holding.get(rank), rank <= last)
        for rank in shared
    ]
    return RoundSheet(row, found, placed, ties, [one for one in breaks if one is not holding[one.rank]])


def round_of(run: SessionRun) -> Round | None:
    """The round that a workshop is at: one that waits for its places, else the last that it opened. One query."""
    rows = Round.objects.filter(rehearsal=run.rehearsal).exclude(state=Round.State.CANCELLED)
    is_its_own = Q(state__in=Round.PENDING) | Q(opened_on__gte=timezone.localdate(run.opened_at))
    return rows.filter(is_its_own).order_by("-number").first()


def voted(row: Round) -> int:
    """How many have voted in an open round, on screen or on paper. One query."""
    found = BallotBox.objects.filter(round=row).aggregate(people=Sum(F("ballots") + F("papers")))
    return found["people"] or 0


def has_voted(row: Round, voter_key: str) -> bool:
    return VoterMark.objects.filter(pk=mark_of(row.key, voter_key)).exists()


def done_by(user) -> frozenset[str]:
    """The keys of steps that this person has done: their vote in the open round. Two queries, one without a round."""
    row = Round.objects.filter(rehearsal=None, state=Round.State.OPEN).first()
    return frozenset({VOTE}) if row and has_voted(row, member_key(user)) else frozenset()


def people_in_session() -> int:
    """How many are on the list of Session 6. One query."""
    return Attendance.objects.filter(session_key=PEOPLE_SESSION, is_present=True).count()


def given_by_vote() -> set[int]:
    """The strategies whose place a vote gave. One query."""
    return set(
        Candidate.objects.filter(round__state=Round.State.ACCEPTED, place__isnull=False).values_list(
            "strategy_id", flat=True
        )
    )


def is_in_a_vote(strategy: Strategy) -> bool:
    """Whether a round that has not given its places yet, and will, asks about it. One query."""
    asking = Candidate.objects.filter(strategy=strategy, round__state__in=Round.PENDING)
    return asking.filter(round__rehearsal=None).exists()


def papers_of(row: Round) -> tuple[int, list[int]]:
    """The paper ballots counted so far, for whoever typed them: how many, and the votes of each candidate."""
    box = BallotBox.objects.filter(round=row).first()
    return (box.papers, box.paper_counts) if box else (0, [])
