"""Processes beside this one: forked once, ending with it, and none at all where none is wanted."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from multiprocessing import get_context
from types import TracebackType
from typing import ParamSpec, TypeVar

from index.errors import DatelineError

P = ParamSpec("P")
T = TypeVar("T")


class Workers(AbstractContextManager["Workers"]):
    """A number of processes that call functions, in the order they are handed over.

    With 0 ``processes`` everything is called here and at once. They are forked at the first call,
    so that they share what is loaded by then (kept out of their searches for dead cycles, which
    would have each copy it): it must come before any thread is started. Leaving
    the context ends them; so does the end of this process, whatever ends it.
    """

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a function called; both arguments and result must be picklable.

        Raises DatelineError when a process died.
        """
        if not self.processes:
            return _called(call, *args, **kwargs)
        if self._pool is None:
            gc.freeze()
            self._pool = ProcessPoolExecutor(
                self.processes,
                mp_context=get_context("fork"),
                initializer=_start_worker,
                initargs=(os.getpid(),),
            )
        try:
            return self._pool.submit(call, *args, **kwargs)
        except BrokenProcessPool as error:
            raise _died() from error

    def close(self) -> None:
        """End the processes; what they were not yet asked is not done."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        self._pool = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def outcome(future: Future[T]) -> T:
    """Return what the function returned, or raise what it raised.

    Raises DatelineError when its process died.
    """
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise _died() from error


def _died() -> DatelineError:
    return DatelineError("a reading process died", hint="run again with --jobs 1")


def _called(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(call(*args, **kwargs))
    return future


def _start_worker(parent: int) -> None:
    """Leave interrupts to the parent, and do not outlive it when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()


def _die_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.25)
    os._exit(1)
