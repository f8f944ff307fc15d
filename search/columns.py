"""What is known of every release at once, as arrays: facet values, dates, order.

A release is known here by its ordinal, 0 to N - 1, in the order of the index. Built once for a
generation, from the engine's own index; read-only afterwards and shared by all requests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.request import period_bounds

Ints = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """The values of one facet: pairs of release and value.

    ``releases`` and ``value_of`` are int32 of shape (pairs,): pair i says that release
    ``releases[i]`` has the value ``values[value_of[i]]``.
    """

    values: tuple[str, ...]
    releases: Ints
    value_of: Ints
    total: int

    @classmethod
    def from_postings(cls, postings: Mapping[str, Ints], total: int) -> FacetColumn:
        """Build from the ordinals of each value; ``total`` is the number of releases."""
        values = tuple(postings)
        arrays = list(postings.values())
        sizes = [array.size for array in arrays]
        releases = np.concatenate(arrays) if arrays else np.empty(0, np.int32)
        value_of = np.repeat(np.arange(len(values), dtype=np.int32), sizes)
        return cls(values, releases.astype(np.int32), value_of, total)

    def mask(self, chosen: Iterable[str]) -> Mask:
        """Return which releases have at least one of the chosen values, bool of shape (N,)."""
        wanted = set(chosen)
        return self.mask_of([i for i, value in enumerate(self.values) if value in wanted])

    def mask_of(self, numbers: Sequence[int]) -> Mask:
        """Return which releases have at least one of the values with these numbers."""
        mask = np.zeros(self.total, dtype=bool)
        if numbers:
            mask[self.releases[np.isin(self.value_of, numbers)]] = True
        return mask

    def counts(self, matching: Mask) -> Ints:
        """Return for each value how many of the matching releases have it, shape (values,)."""
        pairs = self.value_of[matching[self.releases]]
        return np.bincount(pairs, minlength=len(self.values)).astype(np.int32)


@dataclass(frozen=True, slots=True)
class DateColumn:
    """The period each release's date can mean, as numbers YYYYMMDD; 0 where there is none.

    ``first``, ``last`` and ``rank`` are int32 of shape (N,). ``rank`` orders the releases newest
    first, those without a date last.
    """

    first: Ints
    last: Ints
    rank: Ints

    @classmethod
    def from_postings(cls, postings: Mapping[str, Ints], ids: Sequence[bytes]) -> DateColumn:
        """Build from the ordinals of each date value (``2019``, ``2019-09``, ``2019-09-12``).

        ``ids`` are the identities of all releases: they order releases of one day, the same way
        in every index of the same archive.
        """
        total = len(ids)
        first, last = np.zeros(total, np.int32), np.zeros(total, np.int32)
        for value, ordinals in postings.items():
            begins, ends = period_bounds(value)
            first[ordinals], last[ordinals] = day_number(begins), day_number(ends)
        order = np.lexsort((np.array(ids, dtype=bytes), -first.astype(np.int64)))
        rank = np.empty(total, np.int32)
        rank[order] = np.arange(total, dtype=np.int32)
        return cls(first, last, rank)

    @property
    def undated(self) -> Mask:
        """Which releases have no date."""
        return np.equal(self.first, 0)

    def within(self, first_day: str, last_day: str) -> Mask:
        """Return which releases are certainly of the range: their whole period lies in it.

        Both ends are ISO days, inclusive, or empty for open. A release known only by its year is
        in no month of it; one without a date is in no range.
        """
        mask = self.first > 0
        if first_day:
            mask &= self.first >= day_number(first_day)
        if last_day:
            mask &= self.last <= day_number(last_day)
        return mask


@dataclass(frozen=True, slots=True)
class ReleaseColumns:
    """All columns of a generation."""

    total: int
    dates: DateColumn
    facets: Mapping[str, FacetColumn]


def day_number(day: str) -> int:
    """Return an ISO day as the number YYYYMMDD."""
    return int(day.replace("-", ""))
