"""The writer's lock: one writer of a data directory at a time."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import WriterLockedError

_held: set[int] = set()


def _let_go_in_child() -> None:
    """Close the lock in a forked process: a reading process must not keep it when we die."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_let_go_in_child)


@contextmanager
def writer_lock(data: Path, wait: float) -> Iterator[None]:
    """Hold the lock of ``data``, waiting at most ``wait`` seconds for another writer.

    The operating system frees the lock when its holder dies, however it dies. Raises
    WriterLockedError, naming the holder's process where it is known.
    """
    data.mkdir(parents=True, exist_ok=True)
    path = data / "writer.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(descriptor, path, wait)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        _held.add(descriptor)
        yield
    finally:
        _held.discard(descriptor)
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, wait: float) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as error:
            if time.monotonic() >= deadline:
                holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
                who = f" (process {holder})" if holder else ""
                raise WriterLockedError(
                    f"another reindex is running{who}; waited {wait:g} s",
                    where=str(path),
                    hint="try again when it has finished",
                ) from error
        time.sleep(0.05)
