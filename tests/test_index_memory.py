"""Memory: the threads of a server share few pools of it, and what is done with goes at once."""

from __future__ import annotations

import gc
import platform
import subprocess
import sys
import weakref

import pytest

from index.codec.builder import Numbers
from index.memory import MOST_ARENAS

_THREADS_THAT_ALLOCATE = """
import ctypes, os, sys, threading
from index.memory import keep_freed_memory

keep_freed_memory()
start = threading.Barrier(16)

def allocate():
    start.wait()
    kept = [bytearray(size) for size in range(1_000, 200_000, 1_000)]
    start.wait()

threads = [threading.Thread(target=allocate) for _ in range(16)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fdopen(os.dup(1), b"w"))
libc.malloc_info(0, out)
libc.fclose(out)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="pools are told by glibc alone")
def test_threads_share_few_pools() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _THREADS_THAT_ALLOCATE], capture_output=True, text=True, check=True
    )
    assert 1 <= done.stdout.count("<heap nr=") <= MOST_ARENAS


def test_the_terms_of_a_written_segment_go_without_a_search_for_cycles() -> None:
    terms = Numbers()
    assert terms.numbers(["quay", "crane", "quay"]).tolist() == [0, 1, 0]
    gone = weakref.ref(terms)
    gc.disable()
    try:
        del terms
        assert gone() is None
    finally:
        gc.enable()
