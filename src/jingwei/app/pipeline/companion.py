"""A second process that computes beside this one, where work has parts that do not wait for each other.

Only a program of its own starts one (the command line): a process that is spawned runs the main
module again, which a notebook or a script of a user need not expect. What it is asked gives the same
answers here; without a companion, or where it dies, everything is done in this process.
"""

import atexit
import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

_Job = TypeVar("_Job")
_Answer = TypeVar("_Answer")

_SELDOM = (200_000, 20, 50)
_AHEAD = 2
"""Jobs given to the companion at a time: one at work, one that waits, so that it never idles."""


@contextmanager
def companion() -> Generator[Executor | None]:
    """A process for the time of the block; None where the machine has one processor only.

    It starts at once, and ends with the block or with this process, whatever ended it. Meanwhile both
    look for cycles of garbage rarely: nearly all that is read is kept, and to go through it again and
    again took a tenth of the time.
    """
    from multiprocessing import get_context

    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    pool = ProcessPoolExecutor(1, get_context("spawn"), _begin) if _processors() > 1 else None
    try:
        if pool is not None:
            pool.submit(_ready)
        yield pool
    finally:
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)
        gc.set_threshold(*usual)


def _processors() -> int:
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


def _begin() -> None:
    """In the companion: it leaves an interrupt to the first process, does not outlive it, and when it
    is let go, ends without taking all apart that it read, for which the first would wait."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    gc.set_threshold(*_SELDOM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    atexit.register(os._exit, 0)
    parent = parent_process()
    assert parent is not None

    def follow() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _ready() -> None:
    """What the companion will need is imported while the first process does something else."""
    import jingwei.app.pipeline.demonstration  # noqa: F401  # pyright: ignore[reportUnusedImport]


def shared(
    beside: Executor | None, work: Callable[[_Job], _Answer], jobs: Sequence[_Job]
) -> Iterator[tuple[int, _Answer]]:
    """The position and the answer of every job, as they are done, by this process and the companion.

    ``work`` and the jobs can be pickled, and ``work`` raises nothing. The first jobs are begun first:
    put the long ones there.
    """
    waiting = deque(range(len(jobs)))
    given: dict[Future[_Answer], int] = {}
    while waiting or given:
        while beside is not None and waiting and len(given) < _AHEAD:
            at = waiting.popleft()
            try:
                given[beside.submit(work, jobs[at])] = at
            except BrokenProcessPool:
                waiting.appendleft(at)
                beside = None
        if waiting:
            at = waiting.popleft()
            yield at, work(jobs[at])
        for future in [each for each in given if each.done() or not waiting]:
            at = given.pop(future)
            try:
                yield at, future.result()
            except BrokenProcessPool:
                yield at, work(jobs[at])
