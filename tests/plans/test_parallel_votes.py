"""Votes that come at the same moment, on the databases that the product runs on."""

import pytest

from tests.apart import run_apart

pytestmark = pytest.mark.postgresql
MODULE = "tests.plans.parallel_votes"


def check(found):
    """Twenty people once and one person twenty times: twenty-one ballots of two votes, and the rest refused. In a room
    of twenty phones each vote counts once though it is sent twice."""
    assert found["desk"] == {"again": 19, "ballots": 21, "counts": [11, 10, 0, 21], "marks": 21}
    assert found["room"] == {"ballots": 20, "votes": [10, 10, 0, 20], "votes sent": 20, "notes": 20}


def test_forty_votes_at_once_count_each_person_once(tmp_path):
    check(run_apart(MODULE, tmp_path))
