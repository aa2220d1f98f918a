"""The life of a drawing process: limits first, then typefaces, then one job after another until the pipe closes.

It imports nothing of Django, and WeasyPrint only inside the process itself.
"""

import gc
import resource
import shutil
import signal
import tempfile
from contextlib import suppress
from multiprocessing.connection import Connection

DONE, FAILED, NO_MEMORY, LAST = b"\x00", b"\x01", b"\x02", b"\x03"
SWOLLEN = 0.35  # a process that has once used this part of its memory gives its place to a fresh one
MESSAGE_LENGTH = 400


def serve(pipe: Connection, fonts: tuple[str, str], folder: str, memory_mb: int, cpu_seconds: float) -> None:
    """Answer jobs `(task, arguments)` with a status byte and the result. The first answer says that all is ready.

    `fonts` are the style sheets of typefaces and emoji. Temporary files go to `folder`, which the parent removes.
    `memory_mb` limits the address space of the process, `cpu_seconds` the processor time of one job: should the parent
    die while a hostile document is drawn, nobody else would stop it.
    """
    tempfile.tempdir = folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    renderer = None

    def prepare() -> bytes:
        nonlocal renderer
        from alianzas.exports.renderer import Renderer, log_briefly

        log_briefly()
        renderer = Renderer(*fonts)
        gc.freeze()
        return b""

    def work(task: str, arguments: tuple) -> bytes:
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime + cpu_seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        return getattr(renderer, task)(*arguments)

    def swollen() -> bool:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > SWOLLEN * memory_mb * 1024

    with suppress(EOFError, OSError):
        pipe.send_bytes(_answer(prepare))
        gc.disable()
        while True:
            answer = _answer(work, *pipe.recv())
            if answer[:1] == DONE and swollen():
                answer = LAST + answer[1:]
            pipe.send_bytes(answer)
            # Collecting between documents instead of during them saves about 8 % of the time that somebody waits.
            gc.collect()
    shutil.rmtree(folder, ignore_errors=True)


def _answer(function, *arguments) -> bytes:
    try:
        return DONE + function(*arguments)
    except MemoryError:
        return NO_MEMORY
    except Exception as error:
        return FAILED + f"{type(error).__name__}: {error}"[:MESSAGE_LENGTH].encode(errors="replace")
