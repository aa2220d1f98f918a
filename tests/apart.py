"""What must happen in a process and a database of its own, outside the transaction of a test."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run_apart(module, folder, **environment):
    """Run `module` with its data in `folder`; gives what it wrote as JSON."""
    own = {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "alianzas.settings", **environment}
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", module], env=inherited | own, cwd=ROOT, capture_output=True, text=True, timeout=180
    )
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
