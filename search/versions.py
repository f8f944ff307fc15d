"""Versions of one release: reissues and corrected texts, of which the newest stands for all."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from index.codec.repeats import Repeats
from search.release_sets import Ordinals, ReleaseSet

Numbers = npt.NDArray[np.intp]


class Versions:
    """Which releases are versions of one another, by ordinal. Read-only, shared by all requests."""

    def __init__(self, repeats: Repeats) -> None:
        self._members: Numbers = repeats.members.astype(np.intp)
        self._groups: Numbers = repeats.groups.astype(np.intp)
        order = np.argsort(self._members)
        self._ascending: Ordinals = self._members[order]
        self._ranks = np.argsort(order)

    def newest_of(self, releases: ReleaseSet) -> ReleaseSet:
        """Return the releases without those of which a newer version is in the set too."""
        if not self._members.size:
            return releases
        held = np.flatnonzero(releases.holds(self._ascending)[self._ranks])
        groups = self._groups[held]
        older = held[1:][groups[1:] == groups[:-1]]
        if not older.size:
            return releases
        gone = np.sort(self._members[older])
        return releases.without(ReleaseSet(releases.slots, ordinals=gone))

    def others(self, ordinal: int) -> list[int]:
        """Return the other versions of a release, newest first."""
        place = int(self._ascending.searchsorted(ordinal))
        if place == self._ascending.size or self._ascending[place] != ordinal:
            return []
        group = self._groups[np.flatnonzero(self._members == ordinal)[0]]
        members = self._members[slice(*self._groups.searchsorted((group, group + 1)))]
        return [other for other in members.tolist() if other != ordinal]
