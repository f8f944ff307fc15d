"""The most frequent of counted values, those of equal counts in the order of their strings."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from search.facet_parts import Counts
from search.ordering import kth_largest
from search.release_sets import Ordinals

_NUMBER_BITS = 32
_NUMBER = (1 << _NUMBER_BITS) - 1


def first_of_one(numbers: Ordinals, counts: Counts, most: int) -> tuple[list[int], list[int]]:
    """Return the numbers and counts of the first values of one segment, in order.

    Numbers are in the order of the strings there: one key for both. Values that do not occur are
    left out.
    """
    keys = (counts.astype(np.int64) << _NUMBER_BITS) - numbers
    if keys.size > most:
        keys = keys.take((keys >= kth_largest(keys, most)).nonzero()[0])
    keys.sort()
    first = keys[int(keys.searchsorted(0, side="right")) :][::-1]
    places = -first & _NUMBER
    return places.tolist(), (first + places >> _NUMBER_BITS).tolist()


def first_of_several(
    numbers: Ordinals, counts: Counts, most: int, owners: Ordinals
) -> tuple[list[int], list[int]]:
    """Return numbers and counts of values among which the first are, in no order.

    ``owners`` is where the numbers of each segment begin: they are in the order of the strings
    segment by segment only.
    """
    least = max(int(kth_largest(counts, most)), 1) if counts.size > most else 1
    above = (counts > least).nonzero()[0]
    tied = np.sort(numbers.take((counts == least).nonzero()[0]))
    bounds = tied.searchsorted(owners).tolist()
    tied = np.concatenate([tied[a : min(b, a + most - above.size)] for a, b in pairwise(bounds)])
    found = numbers[above].tolist() + tied.tolist()
    return found, counts[above].tolist() + [least] * tied.size
