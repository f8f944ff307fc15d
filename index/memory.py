"""Memory of processes that search or build: less often given back, less often searched."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENAS = -1, -3, -8
MOST_ARENAS = 2
"""Pools of memory that the threads of a process share: each would keep freed memory of its own."""
KEPT_BYTES = 32 << 20
"""Freed memory a searching process keeps at most; also the largest piece that is taken from it:
glibc allows no larger one."""
KEPT_BYTES_BUILDING = 256 << 20
"""Freed memory a process keeps at most while an index is built; forked ones inherit it."""


def keep_freed_memory(most: int = KEPT_BYTES) -> None:
    """Let the C library keep up to ``most`` bytes of freed memory, where it is glibc.

    A search fills a few megabytes of arrays and frees them, a batch of a build tens of megabytes.
    Taking each from the system and giving it back costs a page fault for every 4 kB: a quarter of
    the time of a search, a tenth or less of a build's. What is kept is kept by each pool, and a
    server has dozens of threads: with two pools a site of 544 releases took 190 MB a process
    under load where it had taken 290 and grew, at the same speed.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):
        return
    mallopt(_TRIM_THRESHOLD, most)
    mallopt(_MMAP_THRESHOLD, KEPT_BYTES)
    mallopt(_ARENAS, MOST_ARENAS)


def give_back_freed_memory() -> None:
    """Give the system what was freed, where the C library is glibc: after much at once."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


@contextmanager
def cycles_collected_rarely() -> Iterator[None]:
    """Have Python look for dead cycles of objects once for each 50,000 new ones, not for each 700.

    A build makes millions of objects without cycles (passages, mentions, names); looking at them
    was 6% of its time. The trees of parsed pages are cycles, some megabytes in 50,000 objects.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
