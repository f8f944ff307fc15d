"""Reading an opened index before anybody asks for what is in it."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress

from index.codec.segment import Segment
from index.errors import GenerationError
from search.positions import COMMON

LARGEST = 1 << 30
"""Bytes of an index that are read ahead,"""
_SHARE = 4
"""and at most one in so many of the machine's: of a larger one the system's cache may not hold all,
and what is searched would have to give way for what is not."""
_SOON = 0.2
"""Seconds after opening: the first answer comes before."""
_NICE = 10


def read_ahead(segments: Sequence[Segment]) -> threading.Thread | None:
    """Read and check all of some segments in a thread of low priority; None where they are large.

    Whoever reads a block of a file first waits for the system to map it (6 microseconds for 64
    kilobytes in a virtual machine) and for its checksum (5 for 16): a tenth of the time of searches
    that read what nobody has read before. In a thread 240 MB take 0.1 s. What is mapped is the
    system's cache, which processes share: no memory of their own. Tables for phrases of very common
    words (``index.codec.skips``) are made there too.
    """
    if sum(segment.bytes for segment in segments) > min(LARGEST, _memory() // _SHARE):
        return None
    thread = threading.Thread(target=_read, args=(segments,), name="read-ahead", daemon=True)
    thread.start()
    return thread


def _read(segments: Sequence[Segment]) -> None:
    time.sleep(_SOON)
    if sys.platform == "linux":  # where a thread has a priority of its own
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
    for segment in segments:
        segment.check_ahead()
        with suppress(GenerationError):  # what is damaged is told when it is asked for
            for term in segment.surface.commoner(COMMON):
                segment.surface.skips(term)


def _memory() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return LARGEST
