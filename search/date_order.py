"""The first releases by date."""

from __future__ import annotations

import numpy as np

from search.columns import DateColumn
from search.release_sets import Ordinals, ReleaseSet
from search.request import Sort

_AT_A_TIME = 4_096
"""Releases looked at in one step when walking them in the order of their dates."""


def by_date(dates: DateColumn, chosen: ReleaseSet, sort: Sort, stop: int) -> Ordinals:
    """Return the first releases by date, undated last; ties as in ``newest_first``.

    All of them where there are fewer than ``stop``.
    """
    stop = min(stop, chosen.size)
    order = dates.newest_first
    if sort is Sort.OLDEST:
        order = np.concatenate((order[: dates.dated][::-1], order[dates.dated :][::-1]))
    if chosen.size * _AT_A_TIME < chosen.slots * stop:
        ranks = np.sort(dates.rank[chosen.ordinals])
        if sort is Sort.OLDEST:
            split = int(ranks.searchsorted(dates.dated))
            ranks = np.concatenate((ranks[:split][::-1], ranks[split:][::-1]))
        return dates.newest_first[ranks[:stop]].astype(np.intp)
    found: list[Ordinals] = []
    size = at = 0
    while size < stop:
        step = order[at : at + _AT_A_TIME].astype(np.intp)
        found.append(step[chosen.mask.take(step).nonzero()[0]])
        size += found[-1].size
        at += _AT_A_TIME
    return np.concatenate(found)[:stop] if found else np.empty(0, np.intp)
