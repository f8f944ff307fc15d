"""The positions of a segment that lie in boilerplate, as ranges: one for each such passage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.codec.integers import Ints
from index.codec.segment import Segment

_SEARCHED = 6
"""Fewer places than one in so many ranges are looked up among the ranges, not the reverse."""


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

    def counted(self, lists: Sequence[Ints]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int64]]:
        """Return the releases (ascending ordinals) with any of the places in a range, how many.

        Each list of places is ascending.
        """
        counts = np.zeros(self.size, np.int64)
        for places in lists:
            if places.size * _SEARCHED < self.size:
                at = self._begins.searchsorted(places, side="right") - 1
                inside = (at >= 0) & (places < self._ends.take(np.maximum(at, 0)))
                counts += np.bincount(at[inside], minlength=self.size)
            else:
                counts += places.searchsorted(self._ends) - places.searchsorted(self._begins)
        each = np.add.reduceat(counts, self._firsts) if self.size else counts
        held = np.flatnonzero(each)
        return self._releases.take(held), each.take(held)
