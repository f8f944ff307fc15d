"""Versions of one release: reissues and corrected texts, of which the newest stands for all."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from index.codec.repeats import Repeats
from search.release_sets import Ordinals, ReleaseSet

Numbers = npt.NDArray[np.intp]


class Versions:
    """Which releases are versions of one another, by ordinal. Read-only, shared by all requests."""

    def __init__(self, repeats: Repeats | None = None) -> None:
        """Take them from what the index says of repetition; without it there are none."""
        none = np.empty(0, np.intp)
        self._members: Numbers = repeats.members.astype(np.intp) if repeats else none
        self._groups: Numbers = repeats.groups.astype(np.intp) if repeats else none
        order = np.argsort(self._members)
        self._ascending: Ordinals = self._members[order]
        self._ranks = np.argsort(order)

    def newest_of(
        self, releases: ReleaseSet, periods: npt.NDArray[np.int32] | None = None
    ) -> ReleaseSet:
        """Return the releases without those of which a newer version is in the set too.

        With ``periods``, a number for each release (slots,): a newer one of the same period.
        """
        if not self._members.size:
            return releases
        held = releases.holds(self._ascending)[self._ranks].nonzero()[0]
        groups = self._groups[held]
        same = groups[1:] == groups[:-1]
        if periods is not None:
            of = periods[self._members[held]]
            same &= of[1:] == of[:-1]
        older = held[1:][same]
        if not older.size:
            return releases
        return releases.less(np.sort(self._members[older]))

    def others(self, ordinal: int) -> list[int]:
        """Return the other versions of a release, newest first."""
        place = int(self._ascending.searchsorted(ordinal))
        if place == self._ascending.size or self._ascending[place] != ordinal:
            return []
        group = self._groups[(self._members == ordinal).nonzero()[0][0]]
        members = self._members[slice(*self._groups.searchsorted((group, group + 1)))]
        return [other for other in members.tolist() if other != ordinal]
