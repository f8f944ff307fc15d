"""The positions of a segment that lie in boilerplate, as ranges: one for each such passage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.codec.integers import Ints
from index.codec.segment import Segment

_BLOCK = 6
"""Positions are looked at in blocks of 64 first: few of these touch a range."""


class RepeatedRanges:
    """Ranges of global token positions, ascending; ``size`` is how many."""

    def __init__(self, segment: Segment, passages: npt.NDArray[np.intp]) -> None:
        """Take the numbers of the passages (ascending, of the segment) that are repeated."""
        self.size = passages.size
        self._begins = segment.passage_base.take(passages)
        self._ends = segment.passage_base.take(passages + 1)
        releases = segment.releases_of(self._begins) if passages.size else passages
        firsts = np.flatnonzero(np.diff(releases, prepend=-1))
        self._firsts = firsts
        self._releases = releases.take(firsts).astype(np.intp)
        self._touched = np.zeros((segment.positions >> _BLOCK) + 1, np.bool_)
        # A mark where a block is the first of a range, and one after the last: between them 1.
        edges = np.zeros(self._touched.size + 1, np.int32)
        np.add.at(edges, self._begins >> _BLOCK, 1)
        np.add.at(edges, ((self._ends - 1) >> _BLOCK) + 1, -1)
        np.greater(np.cumsum(edges[:-1]), 0, out=self._touched)

    def counted(self, lists: Sequence[Ints]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int64]]:
        """Return the releases (ascending ordinals) with any of the places in a range, how many.

        Each list of places is ascending.
        """
        counts = np.zeros(self.size, np.int64)
        for places in lists:
            near = places[np.flatnonzero(self._touched.take(places >> _BLOCK))]
            at = self._begins.searchsorted(near, side="right") - 1
            inside = (at >= 0) & (near < self._ends.take(np.maximum(at, 0)))
            counts += np.bincount(at[inside], minlength=self.size)
        each = np.add.reduceat(counts, self._firsts) if self.size else counts
        held = np.flatnonzero(each)
        return self._releases.take(held), each.take(held)
