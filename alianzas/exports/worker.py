"""Documents are drawn by a few separate processes with limits of memory and time: one cell can hang the renderer.

A process is started when first needed, from a server that already holds WeasyPrint; it stays warm, is replaced after
some jobs, and is killed when it takes too long. Callers are threads of any kind of program; each waits for its turn.
Only plain data goes in, only bytes come out.
"""

import atexit
import multiprocessing
import os
import shutil
import tempfile
import threading
from dataclasses import dataclass
from time import monotonic

from django.conf import settings

from alianzas.exports import child
from alianzas.exports.errors import RenderError
from alianzas.exports.fonts import emoji_css, font_css

JOBS_PER_PROCESS = 200
START_SECONDS = 60

# Starting and reaping processes touches lists that multiprocessing does not guard.
_process_lock = threading.Lock()


def render_pdf(html: str, css: str) -> bytes:
    """A PDF of an HTML page and its style sheet; raises `RenderError` when it does not fit the limits."""
    return pool().run("pdf", html, css)


def render_png(svg: str, width_px: float, height_px: float, dpi: float) -> bytes:
    """A PNG of a drawing; raises `RenderError` when it does not fit the limits."""
    return pool().run("png", svg, width_px, height_px, dpi)


def warm_up() -> None:
    """Start a process now, so that the first document does not wait for it."""
    pool().run("ping")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use: megabytes of address space, seconds of clock for a job, jobs before it is replaced."""

    memory_mb: int = 1024
    seconds: float = 60
    jobs: int = JOBS_PER_PROCESS


class Pool:
    """A fixed number of places, each with a process or without one yet. Safe for threads."""

    def __init__(self, size: int, limits: Limits):
        self.limits = limits
        self._places = threading.BoundedSemaphore(max(1, size))
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()

    def run(self, task: str, *arguments: object) -> bytes:
        """The result of one job; waits its turn, but not for ever. Raises `RenderError`."""
        if not self._places.acquire(timeout=2 * self.limits.seconds):
            raise RenderError("Hay muchos documentos en preparación. Espera un momento y vuelve a intentarlo.")
        try:
            worker = self._take()
            try:
                result = worker.run(task, arguments)
            except BaseException:
                self._discard(worker)
                raise
            self._give_back(worker)
            return result
        finally:
            self._places.release()

    def pids(self) -> list[int]:
        """The ids of the processes started and not yet ended."""
        with self._lock:
            return [worker.pid for worker in self._all]

    def close(self) -> None:
        """End every process; the next job would start new ones."""
        with self._lock:
            workers, self._idle, self._all = list(self._all), [], set()
        for worker in workers:
            worker.end()

    def _take(self) -> "_Worker":
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                break
            if worker.is_alive():
                return worker
            self._discard(worker)
        worker = _Worker(self.limits)
        with self._lock:
            self._all.add(worker)
        return worker

    def _give_back(self, worker: "_Worker") -> None:
        with self._lock:
            keep = worker in self._all and worker.jobs < self.limits.jobs
            if keep:
                self._idle.append(worker)
        if not keep:
            self._discard(worker)

    def _discard(self, worker: "_Worker") -> None:
        with self._lock:
            self._all.discard(worker)
        worker.end()


class _Worker:
    """One process and our end of its pipe; used by one thread at a time."""

    def __init__(self, limits: Limits):
        self.limits, self.jobs = limits, 0
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["alianzas.exports.preload"])
        self._pipe, theirs = context.Pipe()
        self._folder = tempfile.mkdtemp(prefix="alianzas-exports-")
        arguments = (theirs, (font_css(), emoji_css()), self._folder, limits.memory_mb, 2 * limits.seconds)
        self._process = context.Process(target=child.serve, args=arguments, name="alianzas-exports", daemon=True)
        try:
            with _process_lock:
                self._process.start()
            self.pid = self._process.pid
            theirs.close()
            patience = max(START_SECONDS, limits.seconds)
            self._answer(monotonic() + patience, patience)
        except BaseException as error:
            theirs.close()
            self.end()
            if isinstance(error, OSError):
                raise RenderError(_CLOSED) from error
            raise

    def is_alive(self) -> bool:
        with _process_lock:
            return self._process.is_alive()

    def run(self, task: str, arguments: tuple) -> bytes:
        """Send a job and wait for its answer; `RenderError` says why there is none."""
        self.jobs += 1
        deadline = monotonic() + self.limits.seconds
        try:
            self._pipe.send((task, arguments))
        except OSError as error:
            raise RenderError(_CLOSED) from error
        return self._answer(deadline, self.limits.seconds)

    def _answer(self, deadline: float, seconds: float) -> bytes:
        try:
            if not self._pipe.poll(max(0.0, deadline - monotonic())):
                raise RenderError(
                    f"El documento tardó más de {seconds:g} segundos y se detuvo. "
                    "Quita imágenes o textos muy largos, o divídelo, y vuelve a intentarlo."
                )
            answer = self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            raise RenderError(_CLOSED) from error
        status, body = answer[:1], answer[1:]
        if status == child.NO_MEMORY:
            raise RenderError(
                f"El documento necesita más memoria de la permitida ({self.limits.memory_mb} MB). "
                "Quita imágenes o divídelo, y vuelve a intentarlo."
            )
        if status == child.LAST:
            self.jobs = self.limits.jobs
        elif status != child.DONE:
            reason = body.decode(errors="replace")
            if "cannot load library" in reason:
                reason = "falta la biblioteca Pango en el servidor; avisa a quien lo administra."
            raise RenderError(f"No se pudo preparar el documento: {reason}")
        return body

    def end(self) -> None:
        """Kill the process and wait for it: no zombie, no open pipe, no temporary file."""
        self._pipe.close()
        with _process_lock:
            if self._process.pid is not None:
                self._process.kill()
                self._process.join()
            self._process.close()
        shutil.rmtree(self._folder, ignore_errors=True)


_CLOSED = (
    "El proceso que prepara documentos se cerró de repente, quizá por falta de memoria. "
    "Vuelve a intentarlo; si se repite, quita imágenes o divide el documento."
)
_pool: Pool | None = None
_pool_lock = threading.Lock()


def pool() -> Pool:
    """The pool of this program, made on first use from EXPORT_WORKERS, EXPORT_MEMORY_MB and EXPORT_SECONDS."""
    global _pool
    with _pool_lock:
        if _pool is None:
            limits = Limits(
                memory_mb=getattr(settings, "EXPORT_MEMORY_MB", 1024),
                seconds=getattr(settings, "EXPORT_SECONDS", 60),
            )
            _pool = Pool(getattr(settings, "EXPORT_WORKERS", 1), limits)
            atexit.register(_pool.close)
        return _pool


def _forget() -> None:
    """A forked copy of this program must not talk to the processes of the original."""
    global _pool, _pool_lock, _process_lock
    _pool, _pool_lock, _process_lock = None, threading.Lock(), threading.Lock()


os.register_at_fork(after_in_child=_forget)
