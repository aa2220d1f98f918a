"""The processes that draw: killed when slow, limited in memory, replaced, shared by threads, gone with the parent."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from alianzas.exports import worker
from alianzas.exports.errors import RenderError
from alianzas.exports.worker import Limits, Pool
from tests.waiting import PATIENCE, until

PAGE = "<!doctype html><html lang='es-MX'><head><title>t</title></head><body><p>{}</p></body></html>"
SLOW = PAGE.format("a" * 60_000)  # one word without end, that may be broken anywhere: minutes of layout
ANYWHERE = "p { overflow-wrap: anywhere }"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def make_pool(tmp_path, monkeypatch):
    """Pools that are closed at the end; their temporary files are in `tmp_path`."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pools = []

    def make(size=1, **limits):
        pools.append(Pool(size, Limits(**{"seconds": PATIENCE, **limits})))
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()


def alive(pid):
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_slow_document_is_stopped_and_the_next_one_works(make_pool, tmp_path):
    pool = make_pool()
    pool.run("ping")
    [first] = pool.pids()
    [process] = pool._all
    process.limits = Limits(seconds=1)  # the document, not the start: a busy machine may need longer for that
    with pytest.raises(RenderError, match="tardó más de 1 segundos"):
        pool.run("pdf", SLOW, ANYWHERE)
    assert not alive(first)
    assert pool.pids() == []
    assert list(tmp_path.glob("alianzas-exports-*")) == []
    assert pool.run("pdf", PAGE.format("hola"), "").startswith(b"%PDF-1.7")
    assert pool.pids() != [first]


def test_process_is_kept_warm_and_replaced_after_its_jobs(make_pool):
    pool = make_pool(jobs=3)
    seen = []
    for _ in range(4):
        pool.run("ping")
        seen.append(pool.pids())
    assert seen[0] == seen[1] != []
    assert seen[2] == []
    assert seen[3] not in ([], seen[0])


def test_memory_is_limited(make_pool):
    pool = make_pool(memory_mb=290)
    assert pool.run("pdf", PAGE.format("hola"), "").startswith(b"%PDF")
    with pytest.raises(RenderError, match="memoria"):
        pool.run("png", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 5400 5400'/>", 5400, 5400, 96)
    assert pool.run("pdf", PAGE.format("hola"), "").startswith(b"%PDF")


def test_killed_process_is_noticed(make_pool):
    pool = make_pool()
    pool.run("ping")
    [process] = pool._all
    os.kill(process.pid, signal.SIGKILL)
    assert until(lambda: not process.is_alive())
    assert pool.run("pdf", PAGE.format("hola"), "").startswith(b"%PDF")


def test_failure_inside_says_what_failed(make_pool):
    with pytest.raises(RenderError, match="No se pudo preparar el documento: ZeroDivisionError"):
        make_pool().run("png", "<svg xmlns='http://www.w3.org/2000/svg'/>", 0, 0, 96)


def test_threads_share_the_processes(make_pool):
    pool, results, errors = make_pool(size=2), [], []

    def work(number):
        try:
            for turn in range(3):
                text = f"hilo {number} vuelta {turn}"
                results.append((text, pool.run("pdf", PAGE.format(text), "")))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(results) == 12
    assert len(pool.pids()) <= 2


def test_closing_ends_every_process(make_pool, tmp_path):
    pool = make_pool()
    pool.run("ping")
    pids = pool.pids()
    pool.close()
    assert not any(alive(pid) for pid in pids)
    assert list(tmp_path.glob("alianzas-exports-*")) == []


def test_pool_follows_the_settings(settings, monkeypatch):
    settings.EXPORT_WORKERS, settings.EXPORT_SECONDS, settings.EXPORT_MEMORY_MB = 3, 7, 300
    monkeypatch.setattr(worker, "_pool", None)
    monkeypatch.setattr(worker.atexit, "register", lambda close: None)
    assert worker.pool().limits == Limits(memory_mb=300, seconds=7)
    assert worker.pool()._places._initial_value == 3


@pytest.mark.slow
@pytest.mark.parametrize("end", ["sys.exit()", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_processes_end_with_their_parent(end, tmp_path):
    script = (
        "import os, signal, sys\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\n"
        "from alianzas.exports import worker\n"
        "if __name__ == '__main__':\n"
        "    worker.warm_up()\n"
        "    print(*worker.pool().pids(), flush=True)\n"
        f"    {end}\n"
    )
    scratch = os.environ | {"TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=scratch, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.stderr == ""
    [pid] = map(int, done.stdout.split())
    assert until(lambda: not alive(pid))
    assert until(lambda: not list(tmp_path.glob("alianzas-exports-*")))
