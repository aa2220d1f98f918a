"""Writes of phones that come at the same moment, on the databases that the product runs on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.alianzas.test_postgresql import database

ROOT = Path(__file__).resolve().parent.parent.parent

__all__ = ["database"]


def at_once(folder, **environment):
    own = {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "alianzas.settings", **environment}
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.live.parallel_writes"],
        env=inherited | own,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


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
    check(at_once(tmp_path))


@pytest.mark.slow
def test_what_is_sent_twenty_times_at_once_is_applied_once_on_postgresql(database, tmp_path):
    check(at_once(tmp_path, DATABASE_URL=database))
