"""One facet of all releases: which have a value, and how many of a set have each.

Counting is exact and reads as little as will do: nothing for all releases, the values of the
releases for few, and for many the values that can be among the first at all, the most frequent
ones by 64 releases at a time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from index.codec.facets import FacetField
from search.bit_rows import BitRows
from search.facet_names import FacetNames
from search.facet_order import first_of_one, first_of_several
from search.facet_parts import Counts, facet_parts
from search.facet_words import FacetWords
from search.ordering import kth_largest
from search.release_sets import Ordinals, ReleaseSet, occurring, runs

_LEADING = 1_024
"""The most frequent values of a facet are known by rank; more are counted all at once."""
_FIRST_LOOK = 64
"""Values whose counts say what the others must reach."""
_ROW = 64
"""A value that more than one in so many releases have is kept as bits."""
_MAX_ROWS = 256
_LISTED = 4
"""Pairs of leading values kept as lists, for each release."""
_FEW = 16
"""Sets of fewer than one in so many releases are counted release by release."""
_SPARSE = 16
"""Fewer pairs than one in so many values are sorted, not counted into an array of all values."""
_MOST = 4
"""Where no release has two values, the same for sets of fewer than one in so many."""


class FacetColumn:
    """The values of one facet in all segments.

    Values are numbered in code-point order in the first segment, then those new in the second,
    and so on; ``totals`` (int64, one for each) says how many live releases have each.
    """

    def __init__(
        self, fields: Sequence[FacetField], live: ReleaseSet, whole: ReleaseSet | None = None
    ) -> None:
        """Build from the segments' columns.

        ``live`` are the releases not deleted, ``whole`` those that are found when nothing is asked
        for (default: all of them): their counts are worked out once.
        """
        self._live = live
        self._whole = live if whole is None else whole
        self._parts, self._owners = facet_parts(fields)
        self._firsts = self._owners[:-1].tolist()
        self._size = int(self._owners[-1])
        self._totals = self._all_counts(live)
        self._strings: dict[int, str] = {}
        self._none = ReleaseSet(live.slots, ordinals=np.empty(0, np.intp))

    def releases_with(self, values: Iterable[str]) -> ReleaseSet:
        """Return the releases that have at least one of the values."""
        wanted = set(values)
        found = [(part, part.values.find(value)) for part in self._parts for value in wanted]
        return self._set([part.releases(number) for part, number in found if number >= 0])

    def releases_with_words(self, terms: Sequence[str]) -> ReleaseSet:
        """Return the releases with a value that holds these surface terms in this order."""
        named = zip(self._parts, self.ids_with_words(terms), strict=True)
        return self._set([part.releases(number) for part, numbers in named for number in numbers])

    def ids_with_words(self, terms: Sequence[str]) -> list[list[int]]:
        """Return by segment the ids there of the values that hold these terms in this order."""
        return [words.with_terms(terms) for words in self._words]

    def releases_named(self, words: Sequence[str], least: int = 0) -> ReleaseSet:
        """Return the releases with a value that holds these words of letters in a row.

        As ``releases_with_words``, from an index of the values' words instead of the values. None
        where it is plain that fewer than ``least`` releases have one.
        """
        if len(words) == 1 and sum(w.reach(words[0]) for w in self._words) < max(least, 1):
            return self._none
        held = [
            (part, found)
            for part, index in zip(self._parts, self._words, strict=True)
            if (found := index.holding(words)).size
        ]
        if sum(part.size_of(found) for part, found in held) < max(least, 1):
            return self._none
        return self._set([part.releases_of(found) for part, found in held])

    def knows_word(self, word: str) -> bool:
        """Whether any value holds a word of letters (or another one with the same key)."""
        return any(index.knows(word) for index in self._words)

    def count(self, value: str, releases: ReleaseSet) -> int:
        """Return how many of the releases have a value."""
        found = [(part, part.values.find(value)) for part in self._parts]
        lists = [part.releases(number).astype(np.intp) for part, number in found if number >= 0]
        return sum(int(np.count_nonzero(releases.holds(ordinals))) for ordinals in lists)

    def top(self, releases: ReleaseSet, most: int) -> list[tuple[str, int]]:
        """Return the ``most`` most frequent values among the releases with their counts.

        Only values that occur; equal counts are in the code-point order of the values.
        """
        if not releases.size or not self._size:
            return []
        if releases is self._whole and most <= _LEADING:
            return self._whole_ranked[:most]
        if releases.size * _MOST < releases.slots and self._codes is not None:
            counts = np.bincount(self._codes.take(releases.ordinals), minlength=self._size + 1)
            return self._ranked(np.arange(self._size), counts[1:], most)
        if releases.size * _FEW < releases.slots:
            return self._ranked(*self._count_few(releases), most)
        return self._ranked(*self._count_many(releases, most), most)

    def distinct(self, releases: ReleaseSet) -> int:
        """Return how many values the releases have."""
        return int(self.present(releases)[0].size)

    def present(self, releases: ReleaseSet) -> tuple[Ordinals, Counts]:
        """Return the numbers of all values the releases have, ascending, and their counts."""
        if not releases.size or not self._size:
            return np.empty(0, np.intp), np.empty(0, np.int64)
        if releases.size * _FEW < releases.slots:
            return self._count_few(releases)
        return occurring(
            self._whole_counts if releases is self._whole else self._all_counts(releases)
        )

    def named(self, text: str, most: int) -> list[tuple[str, int]]:
        """Return the most frequent values with words beginning as those of a text."""
        numbers = self.names.holding(text)
        return self._ranked(numbers, self._totals[numbers], most) if numbers.size else []

    @cached_property
    def names(self) -> FacetNames:
        """The values by name, made at the first question."""
        strings = [""] * self._size
        for part in self._parts:
            for number, value in part.numbered():
                strings[number] = value
        return FacetNames(strings)

    def warm(self) -> None:
        """Make what the first search would make."""
        self._listed, self._codes  # noqa: B018
        for number in self._leading.tolist():
            self._string(number)

    @cached_property
    def _whole_counts(self) -> Counts:
        return self._totals if self._whole is self._live else self._all_counts(self._whole)

    @cached_property
    def _whole_ranked(self) -> list[tuple[str, int]]:
        return self._ranked(*occurring(self._whole_counts), _LEADING)

    @cached_property
    def _codes(self) -> npt.NDArray[np.uint16] | None:
        """1 + the number of each release's value, 0 for none; None where some have several."""
        if not 0 < self._size < np.iinfo(np.uint16).max or not all(p.single for p in self._parts):
            return None
        return np.concatenate([part.codes() for part in self._parts])

    @cached_property
    def _leading(self) -> Ordinals:
        """The most frequent values, most frequent first, equal ones by number; none without any."""
        least = 1
        if self._size > _LEADING:
            least = max(least, int(kth_largest(self._totals, _LEADING)))
        candidates = (self._totals >= least).nonzero()[0]
        return candidates[np.argsort(-self._totals[candidates], kind="stable")][:_LEADING]

    @cached_property
    def _falling(self) -> Counts:
        """The totals of the leading values, below zero so that they ascend."""
        return -self._totals[self._leading]

    @cached_property
    def _rows(self) -> tuple[int, BitRows]:
        """How many of the leading values are kept as bits, and their bits."""
        frequent = int(np.count_nonzero(self._totals[self._leading] * _ROW > self._live.slots))
        leading = self._leading[: min(frequent, _MAX_ROWS)]
        masks = (self._set(self._lists(leading[at : at + 1])).mask for at in range(leading.size))
        return leading.size, BitRows(self._live.slots, masks)

    @cached_property
    def _listed(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """The releases of the leading values after those kept as bits, and where each ends."""
        leading = self._leading[self._rows[0] :]
        ends = np.cumsum(self._totals[leading])
        leading = leading[: int(ends.searchsorted(_LISTED * self._live.slots))]
        lists: list[list[npt.NDArray[Any]]] = [[] for _ in leading]
        for part in self._parts:
            for place, value_id in zip(*part.ids(leading), strict=True):
                lists[place].append(part.releases(value_id))
        flat = [found for of_value in lists for found in of_value]
        releases = np.concatenate(flat) if flat else np.empty(0, np.int32)
        if self._live.size < self._live.slots:
            releases = releases[self._live.mask[releases]]
        return releases.astype(np.int32), ends[: leading.size]

    @cached_property
    def _words(self) -> list[FacetWords]:
        return [FacetWords(part.values, part.sizes) for part in self._parts]

    def _count_few(self, releases: ReleaseSet) -> tuple[Ordinals, Counts]:
        """Count by release: numbers of values (ascending) and their counts."""
        found = [part.values_of(releases.ordinals) for part in self._parts]
        values = found[0] if len(found) == 1 else np.concatenate(found)
        if values.size * _SPARSE < self._size:
            values.sort()
            return runs(values)
        return occurring(np.bincount(values))

    def _count_many(self, releases: ReleaseSet, most: int) -> tuple[Ordinals, Counts]:
        """Count the values that can be among the ``most`` first: numbers and counts."""
        kept, rows = self._rows
        leading = self._leading[: kept + self._listed[1].size]
        look = min(_FIRST_LOOK, leading.size)
        counts = rows.counts(releases.bits, 0, look)
        if look > kept:
            counts = np.concatenate((counts, self._count_listed(0, look - kept, releases)))
        least = max(int(kth_largest(counts, most)), 1) if counts.size > most else 1
        reach = int(self._falling[: leading.size].searchsorted(-least, side="right"))
        if reach == leading.size < self._size:
            counts = self._all_counts(releases)
            numbers = (counts >= least).nonzero()[0]
            return numbers, counts[numbers]
        if reach > look:
            more = rows.counts(releases.bits, look, min(reach, kept))
            listed = self._count_listed(max(look - kept, 0), reach - kept, releases)
            counts = np.concatenate((counts, more, listed))
        return leading[: counts.size], counts

    def _count_listed(self, start: int, stop: int, releases: ReleaseSet) -> Counts:
        """Count the values from the ``start``-th to before the ``stop``-th kept as lists."""
        if start >= stop:
            return np.empty(0, np.int64)
        listed, ends = self._listed
        begins = np.concatenate(([0], ends[: stop - 1]))[start:]
        flags = releases.mask.take(listed[begins[0] : ends[stop - 1]]).view(np.uint8)
        counts = np.add.reduceat(flags, begins - begins[0], dtype=np.int32)
        return np.asarray(counts, np.int64)

    def _all_counts(self, releases: ReleaseSet) -> Counts:
        """Count every value, shape (size,)."""
        counts = np.zeros(self._size, np.int64)
        for part in self._parts:
            if releases.size == releases.slots:
                part.add_totals(counts)
            else:
                part.add_counts(counts, releases.mask)
        return counts

    def _ranked(self, numbers: Ordinals, counts: Counts, most: int) -> list[tuple[str, int]]:
        """Return the first ``most`` of counted values, with their strings."""
        if len(self._parts) == 1:
            places, tallied = first_of_one(numbers, counts, most)
            term = self._parts[0].values.term
            known = [self._strings.get(place) or term(place) for place in places]
            return list(zip(known, tallied, strict=True))
        places, tallied = first_of_several(numbers, counts, most, self._owners)
        found = zip(map(self._string, places), tallied, strict=True)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]

    def _string(self, number: int) -> str:
        value = self._strings.get(number)
        if value is None:
            value = self._parts[bisect_right(self._firsts, number) - 1].term(number)
            if len(self._strings) < _LEADING:
                self._strings[number] = value
        return value

    def _lists(self, numbers: Ordinals) -> list[npt.NDArray[Any]]:
        """Return the releases that have the values, in lists."""
        found = ((part, part.ids(numbers)[1].tolist()) for part in self._parts)
        return [part.releases(number) for part, ids in found for number in ids]

    def _set(self, lists: Sequence[npt.NDArray[Any]]) -> ReleaseSet:
        mask = np.zeros(self._live.slots, np.bool_)
        for found in lists:
            mask[found] = True
        if self._live.size < self._live.slots:
            mask &= self._live.mask
        return ReleaseSet(self._live.slots, mask=mask)
