"""Walking the sorted dictionaries of several segments at once, a bounded slice at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.codec.dictionary import TermDictionary
from index.codec.integers import Ints, spread
from index.codec.postings import StemField, SurfaceField

OCCURRENCES = 1 << 20
"""Postings or positions of a slice, about: bounds the memory of a merge. A term is never cut."""
_TERMS = 1 << 18
"""Terms of all segments looked at together, about 60 bytes each."""

_Longs = npt.NDArray[np.int64]
Lists = tuple[Ints, tuple[Ints, ...]]
"""How many items each term has, and the items of all terms: one column or more of them."""


@dataclass(frozen=True, slots=True)
class MergedSlice:
    """A run of the distinct terms of all segments, in order.

    ``ranges`` are the ids (first, end) of each segment's terms among them and ``places`` where
    those stand in ``terms``, ascending.
    """

    terms: list[str]
    ranges: list[tuple[int, int]]
    places: list[_Longs]


class TermMaps:
    """The ids that the terms of each segment get in the merged field, -1 for vanished ones."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.ids: list[Ints] = [np.full(size, -1, np.int32) for size in sizes]
        self.size = 0

    def add(self, piece: MergedSlice, counts: _Longs) -> list[str]:
        """Give ids to the terms of the next slice that occur; return those terms."""
        held = counts > 0
        numbers = np.where(held, np.cumsum(held) - 1 + self.size, -1).astype(np.int32)
        for ids, (start, stop), places in zip(self.ids, piece.ranges, piece.places, strict=True):
            ids[start:stop] = numbers[places]
        self.size += int(held.sum())
        if held.all():
            return piece.terms
        return [piece.terms[place] for place in np.flatnonzero(held).tolist()]


def merged_slices(fields: Sequence[StemField | SurfaceField]) -> Iterator[MergedSlice]:
    """Yield all terms of the fields in order, as many at a time as memory allows."""
    for merged in _merged([field.terms for field in fields]):
        frequencies = np.zeros(len(merged.terms), np.int64)
        for field, bounds, places in zip(fields, merged.ranges, merged.places, strict=True):
            frequencies[places] += field.frequencies(*bounds)
        ends = np.cumsum(frequencies)
        first, before = 0, 0
        while first < ends.size:
            last = int(np.searchsorted(ends, before + OCCURRENCES, side="right"))
            last = max(first + 1, last)
            yield _part(merged, first, last)
            first, before = last, int(ends[last - 1])


def _part(merged: MergedSlice, first: int, last: int) -> MergedSlice:
    ranges: list[tuple[int, int]] = []
    parts: list[_Longs] = []
    for (start, _), places in zip(merged.ranges, merged.places, strict=True):
        low, high = np.searchsorted(places, (first, last)).tolist()
        ranges.append((start + low, start + high))
        parts.append(places[low:high] - first)
    return MergedSlice(merged.terms[first:last], ranges, parts)


def _merged(dictionaries: Sequence[TermDictionary]) -> Iterator[MergedSlice]:
    """Yield runs of terms that no later run has a part in."""
    at = [0] * len(dictionaries)
    many = max(1, _TERMS // max(1, len(dictionaries)))
    while any(start < d.size for start, d in zip(at, dictionaries, strict=True)):
        runs = [d.terms(start, start + many) for start, d in zip(at, dictionaries, strict=True)]
        # What comes after the last term of a run is unknown, unless the run ends its dictionary.
        bounds = [
            run[-1]
            for run, start, d in zip(runs, at, dictionaries, strict=True)
            if run and start + len(run) < d.size
        ]
        if bounds:
            bound = min(bounds)
            runs = [run[: bisect_right(run, bound)] for run in runs]
        terms = sorted(set().union(*runs))
        numbers = {term: number for number, term in enumerate(terms)}
        places = [np.fromiter(map(numbers.__getitem__, run), np.int64, len(run)) for run in runs]
        ends = [start + len(run) for start, run in zip(at, runs, strict=True)]
        yield MergedSlice(terms, list(zip(at, ends, strict=True)), places)
        at = ends


def in_term_order(piece: MergedSlice, lists: Sequence[Lists]) -> tuple[_Longs, tuple[Ints, ...]]:
    """Bring the lists of all segments, in their order, behind each other term by term.

    Returns how many items each term of the slice has, and the columns of all items.
    """
    totals = np.zeros(len(piece.terms), np.int64)
    for places, (counts, _) in zip(piece.places, lists, strict=True):
        totals[places] += counts
    if len(lists) == 1:
        return totals, lists[0][1]
    starts = np.cumsum(totals) - totals
    merged = tuple(np.empty(int(totals.sum()), np.int32) for _ in lists[0][1])
    for places, (counts, columns) in zip(piece.places, lists, strict=True):
        targets = spread(starts[places], counts)
        starts[places] += counts
        for target, column in zip(merged, columns, strict=True):
            target[targets] = column
    return totals, merged


def recount(counts: Ints, kept: npt.NDArray[np.bool_]) -> Ints:
    """Return how many of each list are kept."""
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(kept)))
    ends = np.cumsum(counts)
    return np.asarray(before[ends] - before[ends - counts], dtype=np.int32)
