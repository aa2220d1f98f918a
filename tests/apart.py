"""What must happen in a process and a database of its own, outside the transaction of a test."""

import json
import os
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def own_database(folder):
    """The address of an empty database of the kind that the suite runs on (SQLite in `folder`, or PostgreSQL), for the
    DATABASE_URL of another process; gone after the block."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        yield f"sqlite:///{folder / 'alianzas.sqlite3'}"
        return
    import psycopg

    def at(name):
        return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))

    def tell(order):
        with psycopg.connect(at("postgres"), autocommit=True) as connection:
            connection.execute(order)

    name = f"alianzas_{uuid.uuid4().hex[:12]}"
    tell(f'CREATE DATABASE "{name}"')
    try:
        yield at(name)
    finally:
        tell(f'DROP DATABASE "{name}" WITH (FORCE)')


def run_apart(module, folder, **environment):
    """Run `module` with its data in `folder` and a database of its own; gives what it wrote as JSON."""
    with own_database(folder) as database:
        own = {"DATA_DIR": str(folder), "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "alianzas.settings"}
        done = subprocess.run(
            [sys.executable, "-m", module],
            env=os.environ | own | environment, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def together(organization, *jobs):
    """Do all `jobs` at the same moment, each with a connection of its own; gives what each returns."""
    from django.db import connection
    from django_scopes import scope

    def do(job):
        try:
            with scope(organization=organization):
                return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        return list(pool.map(do, jobs))
