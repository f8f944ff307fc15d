"""Releases compressed, each to a frame of its own, on another core where there is one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import zstandard

LEVEL = 3


class Frames(NamedTuple):
    """Frames one after the other, ``data`` (uint8), and where each ends in it (int64)."""

    data: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.int64]


def compressor(dictionary: bytes = b"") -> zstandard.ZstdCompressor:
    """Return what compresses with a dictionary, or without; for one thread at a time."""
    if not dictionary:
        return zstandard.ZstdCompressor(level=LEVEL)
    prepared = zstandard.ZstdCompressionDict(dictionary)
    prepared.precompute_compress(level=LEVEL)
    return zstandard.ZstdCompressor(level=LEVEL, dict_data=prepared)


def compressed(by: zstandard.ZstdCompressor, releases: Sequence[bytes]) -> Frames:
    """Compress releases, at least one."""
    # One call for all: the interpreter's lock is let go once, and not to be waited for each time.
    found = by.multi_compress_to_buffer(list(releases), threads=1)
    frames = [found[number].tobytes() for number in range(len(found))]
    ends = np.cumsum(np.fromiter(map(len, frames), np.int64, len(frames)))
    return Frames(np.frombuffer(b"".join(frames), np.uint8), ends)


class FramesBeside:
    """Compresses in a thread, which takes a tenth of the time of a build off this one.

    It holds the interpreter's lock for next to nothing. ``wanted`` says whether at all; with one
    core nothing would be gained. Nothing may be forked until it is closed.
    """

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted and len(os.sched_getaffinity(0)) > 1
        self._thread: ThreadPoolExecutor | None = None
        self._dictionary = b""

    def submit(self, releases: Sequence[bytes], dictionary: bytes) -> Future[Frames] | None:
        """Have releases compressed; None when that is not done here, or without a dictionary."""
        if not (self._wanted and releases and dictionary):
            return None
        if dictionary != self._dictionary:
            self._compressor, self._dictionary = compressor(dictionary), dictionary
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1)
        return self._thread.submit(compressed, self._compressor, releases)

    def close(self) -> None:
        """End the thread; what it was not yet asked is not done."""
        if self._thread:
            self._thread.shutdown(cancel_futures=True)
        self._thread = None
