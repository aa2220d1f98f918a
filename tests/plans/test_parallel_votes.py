"""Votes that come at the same moment, on the databases that the product runs on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.alianzas.test_postgresql import database

ROOT = Path(__file__).resolve().parent.parent.parent

__all__ = ["database"]


def votes_at_once(folder, **environment):
    own = {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "alianzas.settings", **environment}
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.plans.parallel_votes"],
        env=inherited | own,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def check(found):
    """Twenty people once and one person twenty times: twenty-one ballots of two votes, and the rest refused."""
    assert found == {"again": 19, "ballots": 21, "counts": [11, 10, 0, 21], "marks": 21}


def test_forty_votes_at_once_count_each_person_once(tmp_path):
    check(votes_at_once(tmp_path))


@pytest.mark.slow
def test_forty_votes_at_once_count_each_person_once_on_postgresql(database, tmp_path):
    check(votes_at_once(tmp_path, DATABASE_URL=database))
