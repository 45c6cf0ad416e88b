"""Local worker processes; one that dies or hangs costs its task, which is named, and is replaced."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures import TimeoutError as Late
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from itertools import chain
from typing import Any, ClassVar

from scanner.contracts import Lost
from scanner.engines.memory import Full, confine, within
from scanner.model import Kind

Task = tuple[Any, tuple[Any, ...], int]
"""Label, arguments, seconds."""

PATIENCE = 5
"""Pools that may break one after another without any result."""

STALLED = 60
"""Seconds in which a worker takes a task that waits for one, or a task ends whose time is up."""

LOOK = 5
"""Seconds without a result after which the workers are counted."""

AHEAD = 3
"""Tasks handed out per worker, so that none waits and the list of work is never held whole."""


class LocalEngine:
    """Runs a function over tasks in a pool that survives its workers."""

    name: ClassVar[str] = "local"

    def __init__(self, workers: int, memory: int = 0) -> None:
        self.workers = workers
        self.memory = memory
        """Bytes that a task may take beyond what its worker holds by then; 0 for no limit."""

    def run(self, function: Callable[..., Any], tasks: Iterable[Task | None]) -> Iterator[tuple[Any, Any]]:
        """For each task ``(label, arguments, seconds)``: its label with its result, or with ``Lost``.

        None among the tasks says that there is none until a result of one that was given comes.
        """
        context, queue = _context(), iter(tasks)
        waiting: dict[Future[Any], Task] = {}
        broken = 0
        while broken < PATIENCE:
            # A worker that dies at the wrong moment can take the pool with it: what was handed out is done again.
            queue, waiting = chain(list(waiting.values()), queue), {}
            try:
                with closing(self._pooled(function, queue, waiting, context)) as results:
                    for label, result in results:
                        broken = 0
                        yield label, result
                return
            except BrokenProcessPool:
                broken += 1
        raise ChildProcessError(errno.EAGAIN, "worker processes cannot be started")

    def _pooled(
        self, function: Callable[..., Any], queue: Iterator[Task | None], waiting: dict[Future[Any], Task], context: Any
    ) -> Generator[tuple[Any, Any], None, None]:
        """Results of one pool; ``waiting`` holds what it still owes, should it break."""
        from pebble import ProcessPool

        pool = ProcessPool(max_workers=self.workers, context=context, initializer=_prepare, initargs=[self.memory])
        workers, known = _workers(pool), frozenset[int]()
        try:
            while True:
                while len(waiting) < self.workers * AHEAD and (task := next(queue, None)) is not None:
                    waiting[_schedule(pool, function, task)] = task
                if not waiting:
                    return
                lost = set[Kind]()
                for future in _done(waiting, workers, known):
                    outcome = _outcome(future)
                    if isinstance(outcome, Full):
                        lost.add(Kind.LOST)
                        continue
                    lost |= {outcome.problem.kind} if isinstance(outcome, Lost) else set()
                    yield waiting.pop(future)[0], outcome
                # The worker of a task whose time is up is being replaced right now.
                known = frozenset() if Kind.TIMED_OUT in lost else workers()
                if Kind.LOST in lost:
                    # It may have held the lock by which workers take their tasks, and then no other gets one; or it
                    # has kept too much of what it read, and only a new one gives that back.
                    raise BrokenProcessPool
        finally:
            # A second Ctrl-C in the middle of this would leave workers that nobody ends, and wait for them for ever.
            with _deaf():
                pool.stop()
                pool.join()


def _workers(pool: Any) -> Callable[[], frozenset[int]]:
    """What gives the process numbers of the workers as they are now; the library keeps them to itself."""
    manager = pool._pool_manager.worker_manager
    return lambda: frozenset(manager.workers)


def _done(
    waiting: dict[Future[Any], Task], workers: Callable[[], frozenset[int]], known: frozenset[int]
) -> set[Future[Any]]:
    """The next results; a pool in which nothing moves any more is broken, though nobody says so.

    A worker that dies over its task is told. One that dies between two may hold the lock by which all take theirs, and
    shows only in being replaced: it was ``known`` and is no more.
    """
    started = time.monotonic()
    longest = max(task[2] for task in waiting.values())
    while True:
        done, _ = wait(waiting, timeout=LOOK, return_when=FIRST_COMPLETED)
        if done:
            return done
        known, before = workers(), known
        if before - known:
            raise BrokenProcessPool
        bound = longest if any(future.running() for future in waiting) else 0
        if time.monotonic() - started > STALLED + bound:
            raise BrokenProcessPool


def warm() -> None:
    """Start the process that workers fork from; it loads what they need while the scan is still being checked."""
    _context()


@contextmanager
def _deaf() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _schedule(pool: Any, function: Callable[..., Any], task: Task) -> Future[Any]:
    try:
        future: Future[Any] = pool.schedule(within, args=(function, *task[1]), timeout=task[2])
    except RuntimeError:
        failed: Future[Any] = Future()
        failed.set_exception(BrokenProcessPool())
        return failed
    return future


def _hush() -> None:
    """Libraries print what they stumble over, and a panic or a core file can quote it: workers speak by rows only."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.close(silence)
    no_core()


def no_core() -> None:
    """Neither this process nor those below it leave their memory on disk when they crash."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _prepare(memory: int) -> None:
    _hush()
    confine(memory)


def _context() -> Any:
    """Workers fork from a process that never had threads, and that Ctrl-C in the terminal does not reach."""
    no_core()
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["scanner.preloaded"])
    # It takes a moment until it ignores the signal by itself; a blocked one is inherited, and waits for us meanwhile.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with _silence():
            forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


@contextmanager
def _silence() -> Iterator[None]:
    """Processes started here print nowhere, even before ``_hush``: one that starts while we stop complains."""
    kept = [(number, os.dup(number)) for number in (1, 2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        for number, _ in kept:
            os.dup2(nowhere, number)
        yield
    finally:
        for number, copy in kept:
            os.dup2(copy, number)
            os.close(copy)
        os.close(nowhere)


def _outcome(future: Future[Any]) -> Any:
    from pebble import ProcessExpired

    try:
        return future.result()
    except Late:
        return Lost(Kind.TIMED_OUT, "over its time limit")
    except ProcessExpired as error:
        code = getattr(error, "exitcode", None)
        cause = f" of signal {-code}" if isinstance(code, int) and code < 0 else ""
        return Lost(Kind.LOST, f"the worker process died{cause}")
    except MemoryError:
        return Lost(Kind.TOO_LARGE, "not enough memory")
    except BrokenProcessPool:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a worker raises costs its task, and is named
        return Lost(Kind.READER_FAILED, type(error).__name__)
