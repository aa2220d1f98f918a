"""The same project on PostgreSQL: migrate, load the demonstration, take a document out."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SERVER = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432")

pytestmark = pytest.mark.slow


@pytest.fixture
def database():
    psycopg = pytest.importorskip("psycopg")
    name = f"alianzas_{uuid.uuid4().hex[:12]}"
    try:
        server = psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        pytest.skip(f"No hay PostgreSQL en {SERVER}: {error}")
    with server:
        server.execute(f'CREATE DATABASE "{name}"')
    yield f"{SERVER}/{name}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_the_thread_works_on_postgresql(database, tmp_path):
    environment = os.environ | {
        "DATABASE_URL": database,
        "DATA_DIR": str(tmp_path),
        "DEBUG": "true",
        "DJANGO_SETTINGS_MODULE": "alianzas.settings",
    }

    def manage(*arguments):
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    manage("migrate", "--verbosity", "0")
    manage("demo")
    manage("demo")
    manage("export", "tejiendo-barrios", "mapa", "svg", "-o", str(tmp_path / "mapa.svg"))
    assert (tmp_path / "mapa.svg").read_text("utf-8").count("data-actor=") == 12
