"""`with_postgresql.py COMMAND…`: run a command with a PostgreSQL server for its tests, and give back how it ended.

The command finds in TEST_DATABASE_URL a database that does not exist yet, on the server of TEST_POSTGRES_URL if that is
set. Else on a cluster of its own, which is made for it in a folder of its own, as a user without privileges (PostgreSQL
refuses root), on loopback and a free port, with a password that nobody else knows; it is gone afterwards, however the
command ends.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
ROLE = "alianzas"
# Nothing here outlives the run: nothing has to reach the disk.
HURRIED = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "100"}


def main():
    command = sys.argv[1:]
    if not command:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        sys.exit(_run(command, given))
    with own_cluster() as server:
        ended = _run(command, server)
    sys.exit(ended)


def _run(command, server):
    """How `command` ended; Ctrl+C reaches it by itself, and we wait for what it still has to say."""
    place = urlsplit(server)._replace(path=f"/{ROLE}_{secrets.token_hex(4)}")
    process = subprocess.Popen(command, env=os.environ | {"TEST_DATABASE_URL": urlunsplit(place)})  # noqa: S603 (ours)
    try:
        return _wait(process)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _wait(process):
    while True:
        try:
            ended = process.wait()
            return ended if ended >= 0 else 128 - ended  # what a shell says of a signal
        except KeyboardInterrupt:
            continue


@contextmanager
def own_cluster():
    """The address of a server that lives as long as the block."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="alianzas-postgresql-"))
    data, log, word, password = folder / "data", folder / "log", folder / "word", secrets.token_urlsafe(24)
    who = _without_privileges(folder)
    word.write_text(password)
    word.chmod(0o600)
    if who:
        os.chown(word, who["user"], who["group"])
    initdb = [programs / "initdb", "-D", data, "-U", ROLE, "-A", "scram-sha-256", f"--pwfile={word}"]
    try:
        _do([*initdb, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"], folder, who)
        port = _free_port()
        settings = HURRIED | {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder}
        chosen = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with log.open("w") as said:
            # A session of its own: Ctrl+C is for the command, and the server must still be there while that one tidies.
            server = subprocess.Popen(  # noqa: S603 (a program of the system)
                [programs / "postgres", "-D", data, *chosen],
                stdout=said, stderr=said, cwd=folder, start_new_session=True, **who,
            )  # fmt: skip
        try:
            _wait_until_ready(programs, port, server, log)
            yield f"postgres://{ROLE}:{password}@127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGINT)  # «fast»: whoever is connected is sent away
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs():
    """Where the programs of the newest PostgreSQL of this machine are; installs Debian's when there is none."""
    for attempt in ("look", "install"):
        if attempt == "install":
            subprocess.run([ROOT / "scripts" / "system-packages", "postgresql"], check=True)  # noqa: S603 (ours)
        on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
        debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: float(one.parent.name), reverse=True)
        for folder in [*debian, *on_path]:
            if (folder / "initdb").exists() and (folder / "postgres").exists():
                return folder
    sys.exit("No hay PostgreSQL en esta máquina. Instálalo, o di en TEST_POSTGRES_URL dónde hay un servidor.")


def _without_privileges(folder):
    """How to start a process as somebody who is not root, and `folder` theirs; {} when we are nobody special."""
    if os.geteuid() != 0:
        return {}
    known = {one.pw_name: one for one in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _do(command, folder, who):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **who)  # noqa: S603 (as above)
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr}")


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_until_ready(programs, port, server, log):
    asks = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(asks, check=False).returncode:  # noqa: S603 (a program of the system)
        if server.poll() is not None:
            sys.exit(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.1)


if __name__ == "__main__":
    main()
