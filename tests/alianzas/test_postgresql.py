"""The same project on PostgreSQL: migrate, load the demonstration, take a document out."""

import os
import subprocess
import sys

import pytest

from tests.apart import ROOT, own_database
from tests.waiting import PATIENCE

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]


@pytest.fixture
def database(tmp_path):
    """The address of an empty database on PostgreSQL."""
    if "TEST_DATABASE_URL" not in os.environ:
        pytest.skip("PostgreSQL: lo prueba make test-postgresql")
    with own_database(tmp_path) as address:
        yield address


def test_the_thread_works_on_postgresql(database, tmp_path):
    environment = os.environ | {
        "DATABASE_URL": database,
        "DATA_DIR": str(tmp_path),
        "DEBUG": "true",
        "DJANGO_SETTINGS_MODULE": "alianzas.settings",
    }

    def manage(*arguments):
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, done.stderr
        return done.stdout

    manage("migrate", "--verbosity", "0")
    manage("demo")
    manage("demo")
    manage("export", "tejiendo-barrios", "mapa", "svg", "-o", str(tmp_path / "mapa.svg"))
    assert (tmp_path / "mapa.svg").read_text("utf-8").count("data-actor=") == 12
