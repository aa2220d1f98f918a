"""Counting of votes, on its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.ballots import tally

counts = st.lists(st.integers(0, 12), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("votes", "expected"),
    [([4, 4, 2], [1, 1, 3]), ([1, 5, 3], [3, 1, 2]), ([0, 0, 0], [1, 1, 1]), ([2], [1]), ([3, 7, 3, 7], [3, 1, 3, 1])],
)
def test_equal_votes_share_their_rank(votes, expected):
    assert tally.ranks(votes) == expected


@given(counts)
def test_a_rank_says_how_many_have_more_votes(votes):
    for own, rank in zip(votes, tally.ranks(votes), strict=True):
        assert rank - 1 == len([other for other in votes if other > own])


@given(counts)
def test_ties_are_exactly_the_ranks_that_more_than_one_share(votes):
    ranks = tally.ranks(votes)
    assert tally.ties(votes) == {
        rank: [place for place, own in enumerate(ranks) if own == rank]
        for rank in sorted(set(ranks))
        if ranks.count(rank) > 1
    }


@given(counts, st.randoms())
def test_the_order_keeps_everybody_and_never_puts_fewer_votes_first(votes, random):
    breaks = {rank: random.sample(tied, len(tied)) for rank, tied in tally.ties(votes).items()}
    order = tally.order(votes, breaks)
    assert sorted(order) == list(range(len(votes)))
    assert [votes[position] for position in order] == sorted(votes, reverse=True)
    for tied in breaks.values():
        assert [position for position in order if position in tied] == tied


@given(counts, st.lists(st.integers(-2, 12), max_size=4))
def test_a_decision_about_others_changes_nothing(votes, nonsense):
    breaks = {rank: nonsense for rank, tied in tally.ties(votes).items() if sorted(nonsense) != tied}
    assert tally.order(votes, breaks) == tally.order(votes, {})


@given(counts, st.integers(1, 4))
def test_once_every_tie_is_settled_nothing_waits(votes, places):
    assert tally.to_settle(votes, places, tally.ties(votes)) == {}


@pytest.mark.parametrize(
    ("votes", "places", "worked", "waits"),
    [
        ([11, 9, 6, 4, 6], 3, 3, [3]),  # the third place is shared
        ([5, 5, 3, 1], 3, 3, [1]),
        ([5, 4, 3, 1, 1], 3, 3, []),  # below the places nobody has to decide
        ([5, 0, 0, 0], 3, 1, []),  # who got no vote gets no place
        ([3, 0], 3, 2, []),  # fewer candidates than places: all of them (K-29)
        ([0, 0], 3, 2, [1]),
    ],
)
def test_places_and_the_ties_that_touch_them(votes, places, worked, waits):
    assert tally.worked(votes, places) == worked
    assert list(tally.to_settle(votes, places, {})) == waits


@given(counts, st.data())
def test_one_ballot_adds_one_vote_to_each_choice(votes, data):
    choices = data.draw(st.lists(st.integers(0, len(votes) - 1), unique=True))
    after = tally.added(votes, choices)
    assert [now - was for was, now in zip(votes, after, strict=True)] == [
        int(place in choices) for place in range(len(votes))
    ]


@pytest.mark.parametrize(
    ("choices", "said"),
    [([], "al menos una"), ([0, 0], "distinta"), ([5], "no está"), ([-1], "no está"), ([0, 1, 2, 3], "quita 1")],
)
def test_what_is_no_ballot_is_said(choices, said):
    assert said in tally.wrong_with(choices, 5, 3)


@given(st.integers(1, 9), st.integers(1, 4), st.data())
def test_papers_that_people_cast_are_accepted(candidates, votes_each, data):
    ballot = st.lists(st.integers(0, candidates - 1), unique=True, min_size=1, max_size=votes_each)
    papers = data.draw(st.lists(ballot, max_size=12))
    votes = [0] * candidates
    for choices in papers:
        assert tally.wrong_with(choices, candidates, votes_each) == ""
        votes = tally.added(votes, choices)
    assert tally.wrong_with_papers(votes, len(papers), votes_each) == ""


@pytest.mark.parametrize(
    ("counts", "people", "said"),
    [([4, 0], 3, "más votos que papeletas"), ([3, 3, 3, 3], 3, "Suman 12"), ([1, 0], 3, "al menos uno")],
)
def test_papers_that_nobody_can_have_cast_are_said(counts, people, said):
    assert said in tally.wrong_with_papers(counts, people, 3)
