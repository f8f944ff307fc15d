"""Which releases follow where few hold all of a query's words.

A short query is precise: its words must all be there. A long one is a description: what answers it
best seldom holds every word of it. So the more words a query has, the more releases must hold them
all before only those are shown, and the less of the query's weight one that follows must hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from search.ranking import Floats
from search.release_sets import Ordinals, ReleaseSet

RELAX_BELOW = 10
"""Fewer releases than this with all of up to three words let others follow."""
_GROWTH = 4
"""Each further word asks for so many times as many releases."""
FULL_FIRST = 3
"""Up to so many words, releases with all of them come first whatever their score."""
MOST_FOLLOWING = 1_000
"""Of long queries about so many releases follow: those that hold most of the query's weight.

On Cranfield, 300 of 1,400 releases lose nothing of nDCG@10, MAP or Recall@100."""
_CODED = 12
"""Words of a query that are weighed by the 4,096 patterns in which releases can hold them."""
_SHARES = {1: 1.0, 2: 1.0, 3: 0.35, 4: 0.1}
"""The least share of the query's weight that one must hold to follow, by number of words; 0 for
more. Asking for half of the words of long queries lost 0.36 of nDCG@10 on MED."""


def enough(words: int) -> int:
    """Return how many releases with all of so many words keep others from following."""
    return int(RELAX_BELOW * _GROWTH ** min(max(0, words - 3), 12))


def following(words: Sequence[tuple[Ordinals, float]], others: ReleaseSet) -> ReleaseSet:
    """Return the releases among ``others`` that hold enough of the weight of the words.

    Each word is the releases that hold it (ascending) and its idf. A word that no release holds is
    of no account. More than half of up to four words are always enough. When none holds
    enough, those that hold anything are given.
    """
    telling = [(releases, np.float32(weight)) for releases, weight in words if releases.size]
    patterns, frequency, held, number = _patterns(telling[:_CODED], others)
    if len(telling) > _CODED:  # every release is a pattern of its own
        held, number = held[patterns], number[patterns]
        for releases, weight in telling[_CODED:]:
            held[releases] += weight
            number[releases] += 1
        held *= others.mask
        frequency, patterns = np.ones(others.slots, np.intp), np.arange(others.slots)
    count, total = len(telling), float(sum(weight for _, weight in telling))
    least = max(_SHARES.get(count, 0.0) * total, _weight_of_best(held, frequency))
    # Sums of the same weights in another order may differ by a rounding error.
    wanted = held >= least * (1 - 1e-5) if least > 0 else held > 0
    if count in _SHARES:
        wanted |= (number > len(words) // 2) & (held > 0)
    if not (wanted & (frequency > 0)).any():
        wanted = held > 0
    return ReleaseSet(others.slots, mask=wanted.take(patterns))


def _patterns(
    words: Sequence[tuple[Ordinals, np.float32]], others: ReleaseSet
) -> tuple[npt.NDArray[Any], npt.NDArray[np.intp], Floats, npt.NDArray[np.intp]]:
    """Return which of the words each of the ``others`` holds, as bits of a number.

    Also, for each such pattern, how many releases have it, and the weight and number of its words:
    few patterns are weighed in a twentieth of the time that all releases take.
    """
    patterns = np.zeros(others.slots, np.uint16)
    for bit, (releases, _) in enumerate(words):
        patterns[releases] = patterns.take(releases) | np.uint16(1 << bit) if bit else 1
    if others.size < others.slots:
        patterns *= others.mask
    every = np.arange(1 << len(words))
    held, number = np.zeros(every.size, np.float32), np.zeros(every.size, np.intp)
    for bit, (_, weight) in enumerate(words):
        has = (every >> bit) & 1
        held += weight * has.astype(np.float32)
        number += has
    return patterns, np.bincount(patterns, minlength=every.size), held, number


def _weight_of_best(held: Floats, frequency: npt.NDArray[np.intp]) -> float:
    """Return the weight that about ``MOST_FOLLOWING`` releases hold at least.

    ``held`` is the weight of each pattern of words, ``frequency`` how many releases have it.
    """
    if int(frequency.sum()) <= MOST_FOLLOWING:
        return 0.0
    order = held.nonzero()[0]
    order = order[(-held[order]).argsort(kind="stable")]
    if int(frequency[order].sum()) < MOST_FOLLOWING:
        return 0.0
    reached = int(frequency[order].cumsum().searchsorted(MOST_FOLLOWING))
    return float(held[order[reached]])
