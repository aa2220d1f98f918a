"""Writes of phones that come at the same moment, on the databases that the product runs on."""

import pytest

from tests.apart import run_apart

pytestmark = pytest.mark.postgresql
MODULE = "tests.live.parallel_writes"


def check(found):
    """Of what is sent twenty times there is one, and each change was counted: asked, came, notes, mended, began."""
    assert found == {
        "people": 1,
        "notes": 21,
        "places": 21,
        "text": "Dos",
        "blocks": 1,
        "version": 1 + 1 + 1 + 21 + 1 + 1,
    }


def test_what_is_sent_twenty_times_at_once_is_applied_once(tmp_path):
    check(run_apart(MODULE, tmp_path))
