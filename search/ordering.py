"""The first results of many, in order, without sorting the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[Any]
Places = npt.NDArray[np.intp]
Key = Callable[[Places | slice], Values]
"""Gives the numbers of the results at these places; larger numbers come first."""

_GROUPS = 8
_FEW = 64
_MANY = 4_096
_SOME = 16


def first_places(size: int, keys: Sequence[Key], count: int) -> Places:
    """Return the places of the first ``count`` of ``size`` results, in order, shape (<= count,).

    The first key counts first, the following ones where it is equal. Results that are equal in
    all keys come in the order of their places.
    """
    return _first(np.arange(size), keys, count, whole=True)


def _first(places: Places, keys: Sequence[Key], count: int, *, whole: bool = False) -> Places:
    if places.size <= max(_FEW, count) or not keys:
        order = np.lexsort([-key(places) for key in reversed(keys)]) if keys else slice(None)
        return places[order][:count]
    values = keys[0](slice(None) if whole else places)
    least = kth_largest(values, count)
    above = places.take((values > least).nonzero()[0])
    tied = places.take((values == least).nonzero()[0])
    ordered = above[np.lexsort([-key(above) for key in reversed(keys)])]
    return np.concatenate((ordered, _first(tied, keys[1:], count - above.size)))


def kth_largest(values: Values, count: int) -> Any:
    """Return the ``count``-th largest of the values, which are at least as many.

    The maxima of groups give a bound that few values reach: numpy finds a maximum twenty times
    faster than it partitions. Where many are wanted the bound is that of some of the values.
    """
    groups = _GROUPS * count
    rows = values.size // groups
    if rows > _GROUPS:
        maxima = values[: rows * groups].reshape(rows, groups).max(axis=0)
        bound = np.partition(maxima, groups - count)[groups - count]
        values = values.take((values >= bound).nonzero()[0])
    elif values.size > _MANY and 4 * count < values.size:
        some = values[::_SOME]
        rank = min(some.size, 3 * count // (2 * _SOME) + _GROUPS)
        bound = np.partition(some, some.size - rank)[some.size - rank]
        above = values.take((values >= bound).nonzero()[0])
        values = above if above.size >= count else values
    return np.partition(values, values.size - count)[values.size - count]
