"""A facet in one segment, and the numbers its values have among those of all segments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from index.codec.facets import FacetField
from index.codec.integers import spread
from search.release_sets import Mask, Ordinals, found_in

Counts = npt.NDArray[np.int64]


class FacetPart:
    """The values of one segment: ids there, *numbers* among the values of all segments.

    ``numbers`` is None where they are equal to the ids, as in the first segment. The segment's
    releases are those from ``offset`` to before ``stop``.
    """

    def __init__(self, field: FacetField, offset: int, numbers: Ordinals | None) -> None:
        self.offset = offset
        self._begins = field.starts
        self.stop = offset + self._begins.size - 1
        self.numbers = numbers
        self.values = field.values
        self._field = field
        self._starts = field.value_starts.astype(np.int64)
        self._by_number: Ordinals | None = None if numbers is None else numbers.argsort()

    def add_totals(self, totals: Counts) -> None:
        """Add to each value how many releases have it, deleted ones included."""
        totals[self._all()] += np.diff(self._starts)

    def add_counts(self, totals: Counts, mask: Mask) -> None:
        """Add to each value how many of the releases of a mask over all releases have it."""
        flags = mask[self.offset : self.stop].take(self._field.releases)
        used = np.diff(self._starts).nonzero()[0]
        if used.size:
            counts = np.add.reduceat(flags.view(np.uint8), self._starts[used], dtype=np.int32)
            totals[used if self.numbers is None else self.numbers[used]] += counts

    @property
    def sizes(self) -> Counts:
        """How many releases have each value, deleted ones counted."""
        return self._starts[1:] - self._starts[:-1]

    @property
    def single(self) -> bool:
        """Whether no release has more than one value."""
        return bool(np.all(np.diff(self._field.starts.astype(np.int64)) <= 1))

    def codes(self) -> npt.NDArray[np.uint16]:
        """Return 1 + the number of each release's only value, 0 where it has none, (R,)."""
        starts = self._field.starts
        codes = np.zeros(starts.size - 1, np.uint16)
        ids = self._field.value_ids
        numbers = ids if self.numbers is None else self.numbers.take(ids)
        codes[(starts[1:] > starts[:-1]).nonzero()[0]] = numbers + 1
        return codes

    def values_of(self, ordinals: Ordinals) -> npt.NDArray[Any]:
        """Return the numbers of the values of these releases (of all segments), pair by pair."""
        if self.offset or self.stop < int(ordinals[-1]) + 1:
            first, last = ordinals.searchsorted((self.offset, self.stop))
            ordinals = ordinals[first:last] - self.offset
        begins = self._begins.take(ordinals)
        counts = (self._begins.take(ordinals + 1) - begins).astype(np.intp)
        begins = begins.astype(np.intp)
        # 0, 1, 2 ... moved to where each release's values begin.
        begins[1:] -= counts.cumsum()[:-1]
        places = begins.repeat(counts)
        places += np.arange(places.size)
        ids = self._field.value_ids.take(places)
        return ids if self.numbers is None else self.numbers.take(ids)

    def ids(self, numbers: Ordinals) -> tuple[Ordinals, Ordinals]:
        """Return which of the numbers (places) have releases here, and their ids."""
        if self._by_number is None:
            places = (numbers < self._starts.size - 1).nonzero()[0]
            ids = numbers[places]
        else:
            assert self.numbers is not None
            at, found = found_in(numbers, self.numbers[self._by_number])
            places = found.nonzero()[0]
            ids = self._by_number[at[places]] if places.size else places
        used = (self._starts[ids + 1] > self._starts[ids]).nonzero()[0]
        return places[used], ids[used]

    def numbered(self) -> Iterable[tuple[int, str]]:
        """Return the values that are here with their numbers."""
        strings = self.values.terms()
        if self.numbers is None:
            return enumerate(strings)
        return zip(self.numbers.tolist(), strings, strict=True)

    def term(self, number: int) -> str:
        """Return the value with a number that is here."""
        if self._by_number is None:
            return self.values.term(number)
        return self.values.term(int(self.ids(np.array([number]))[1][0]))

    def releases(self, value_id: int) -> npt.NDArray[Any]:
        """Return the ordinals, among those of all segments, of the releases with a value."""
        found = self._field.releases[self._starts[value_id] : self._starts[value_id + 1]]
        return found + self.offset if self.offset else found

    def size_of(self, value_ids: Ordinals) -> int:
        """Return how many ``releases_of`` there are, one with several of the values repeated."""
        return int((self._starts.take(value_ids + 1) - self._starts.take(value_ids)).sum())

    def releases_of(self, value_ids: Ordinals) -> npt.NDArray[Any]:
        """Return the releases with any of the values, one value's after the other's."""
        begins = self._starts.take(value_ids)
        counts = self._starts.take(value_ids + 1) - begins
        return self._field.releases.take(spread(begins, counts)) + self.offset

    def _all(self) -> Ordinals | slice:
        return slice(0, self._starts.size - 1) if self.numbers is None else self.numbers


def facet_parts(fields: Sequence[FacetField]) -> tuple[list[FacetPart], Ordinals]:
    """Number the values of all segments and return where each segment's own numbers begin.

    First come the values of the first segment in their order, then those new in the second, and
    so on; the last of the beginnings (intp) is the end. Equal values are known by their hashes: no
    string is read.
    """
    sizes = [field.hashes.size for field in fields]
    owners = np.zeros(len(fields) + 1, np.intp)
    if len(fields) == 1:
        owners[1] = sizes[0]
        return [FacetPart(fields[0], 0, None)], owners
    if not any(sizes):
        inverse = firsts = np.empty(0, np.intp)
    else:
        hashes = np.concatenate([field.hashes for field in fields])
        _, firsts, inverse = np.unique(hashes, return_index=True, return_inverse=True)
    numbers = np.argsort(firsts).argsort()[inverse]
    ends = np.cumsum(sizes, dtype=np.intp)
    owners[1:] = np.searchsorted(np.sort(firsts), ends)
    parts: list[FacetPart] = []
    for field, end, size in zip(fields, ends.tolist(), sizes, strict=True):
        own = numbers[end - size : end] if parts else None
        parts.append(FacetPart(field, parts[-1].stop if parts else 0, own))
    return parts, owners
