"""A cache bounded by the bytes of what it keeps."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")

_LARGEST = 4
"""A value of more than one in so many of the cache's bytes is not kept."""


class ByteCache(Generic[Value]):
    """Keeps what was used last, up to ``limit`` bytes together; safe for several threads.

    ``weigh`` says how many bytes a value takes.
    """

    def __init__(self, limit: int, weigh: Callable[[Value], int]) -> None:
        self._limit = limit
        self._weigh = weigh
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = threading.Lock()
        self.size = 0

    def get(self, key: Hashable) -> Value | None:
        """Return what is kept under a key, or None."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value, dropping what was used longest ago."""
        size = self._weigh(value)
        if size * _LARGEST > self._limit:
            return
        with self._lock:
            if key in self._values:
                return
            self._values[key] = value
            self.size += size
            while self.size > self._limit:
                _, dropped = self._values.popitem(last=False)
                self.size -= self._weigh(dropped)
