"""Masks over all releases as bits, to be counted against a set 64 releases at a time."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from search.facet_parts import Counts
from search.release_sets import Bits, Mask, pack_bits


class BitRows:
    """Some masks over all releases, as bits, to be counted against a set."""

    def __init__(self, slots: int, masks: Iterable[Mask]) -> None:
        rows = [pack_bits(mask) for mask in masks]
        self._rows = np.stack(rows) if rows else np.empty((0, -(-slots // 64)), np.uint64)

    def counts(self, bits: Bits, start: int = 0, stop: int | None = None) -> Counts:
        """Return how many releases of a set (``ReleaseSet.bits``) each mask has.

        Of the masks from ``start`` to before ``stop``, by default all.
        """
        counts = np.bitwise_count(self._rows[start:stop] & bits).sum(axis=1, dtype=np.uint32)
        return np.asarray(counts, np.int64)
