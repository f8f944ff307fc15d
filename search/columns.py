"""What is known of every release at once, as arrays: facet values, dates, order.

A release is known here by its ordinal, 0 to ``slots`` - 1: the segments' releases one segment
after the other, deleted ones counted (they are in no set). Built when a generation is opened;
read-only afterwards and shared by all requests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from index.codec.repeats import Repeats
from index.codec.segment import Segment
from search.bit_rows import BitRows
from search.facet_columns import FacetColumn
from search.release_sets import Mask, ReleaseSet
from search.request import period_bounds
from search.versions import Versions

Ints = npt.NDArray[np.int32]

_MAX_YEAR_ROWS = 128
"""Archives of more years than this count them release by release."""
_FEW = 32
"""Sets of fewer than one in so many releases are counted release by release."""
_WHOLE_DAY = len("2019-09-12")
_YEAR = len("2019")
_NO_DAYS = np.empty(0, np.int32)


class DateColumn:
    """The period each release's date can mean, as numbers YYYYMMDD; 0 where there is none.

    ``first`` and ``last`` are int32 of shape (slots,). ``newest_first`` (int32) are all live
    releases, newest first, undated last, of one day by id; ``rank`` (int32, (slots,)) is the place
    of each among them and ``dated`` the number of those with a date.
    """

    def __init__(self, segments: Sequence[Segment], live: ReleaseSet) -> None:
        self._live = live
        self.first = np.zeros(live.slots, np.int32)
        self.last = np.zeros(live.slots, np.int32)
        periods = [_periods(segment.facets["date"].values.terms()) for segment in segments]
        firsts = np.concatenate([first for first, _ in periods]) if periods else _NO_DAYS
        days, self._years = np.unique(firsts), np.unique(firsts // 10_000)
        # Numbers of 16 bits are sorted by radix, in a tenth of the time.
        newness = np.full(live.slots, days.size, np.uint16 if days.size < 1 << 16 else np.uint32)
        self._year_of = np.zeros(live.slots, np.uint16)  # 1 + the place in _years, 0 for none
        offset = 0
        for segment, (first, last) in zip(segments, periods, strict=True):
            facet = segment.facets["date"]
            dated, counts = facet.releases + offset, np.diff(facet.value_starts)
            self.first[dated] = np.repeat(first, counts)
            self.last[dated] = np.repeat(last, counts)
            newness[dated] = np.repeat(days.size - 1 - days.searchsorted(first), counts)
            self._year_of[dated] = np.repeat(self._years.searchsorted(first // 10_000) + 1, counts)
            offset += segment.releases
        order = _in_order_of_ids(segments)
        order = order[np.argsort(newness[order], kind="stable")]
        if live.size < live.slots:
            order = order[live.mask[order]]
        self.newest_first = order.astype(np.int32)
        self.rank = np.zeros(live.slots, np.int32)
        self.rank[order] = np.arange(order.size, dtype=np.int32)
        self.dated = int(np.count_nonzero(self.first[order]))

    @property
    def undated(self) -> ReleaseSet:
        """The releases without a date."""
        return self._set(np.equal(self.first, 0))

    def within(self, first_day: str, last_day: str) -> ReleaseSet:
        """Return the releases that are certainly of the range: their whole period lies in it.

        Both ends are ISO days, inclusive, or empty for open. A release known only by its year is
        in no month of it; one without a date is in no range.
        """
        mask = self.first >= (day_number(first_day) if first_day else 1)
        if last_day:
            mask &= self.last <= day_number(last_day)
        return self._set(mask)

    def years(self, releases: ReleaseSet) -> list[tuple[int, int]]:
        """Return (year, number of the releases) for each year that has any, newest first."""
        if self._year_rows is None or releases.size * _FEW < releases.slots:
            places = self._year_of.take(releases.ordinals)
            counts = np.bincount(places, minlength=self._years.size + 1)[1:]
        else:
            counts = self._year_rows.counts(releases.bits)
        found = counts.nonzero()[0][::-1]
        return list(zip(self._years[found].tolist(), counts[found].tolist(), strict=True))

    def spread(self, releases: ReleaseSet, digits: int) -> tuple[tuple[str, int], ...]:
        """Count releases by year (``digits`` 4) or month (7), earliest first, as ISO periods.

        A release counts where its whole period lies; those without a date nowhere.
        """
        periods = self.periods(digits).take(releases.ordinals)
        found, counts = np.unique(periods[periods > 0], return_counts=True)
        return tuple(
            (f"{n:04d}" if digits == _YEAR else f"{n // 100:04d}-{n % 100:02d}", count)
            for n, count in zip(found.tolist(), counts.tolist(), strict=True)
        )

    def periods(self, digits: int) -> Ints:
        """Return the year or the month each release lies in as a number, 0 for none, (slots,)."""
        unit = 10_000 if digits == _YEAR else 100
        first = self.first // unit
        return np.where(first == self.last // unit, first, 0).astype(np.int32)

    def warm(self) -> None:
        """Make what the first search would make."""
        self._year_rows  # noqa: B018

    @cached_property
    def _year_rows(self) -> BitRows | None:
        if self._years.size > _MAX_YEAR_ROWS:
            return None
        places = range(1, self._years.size + 1)
        return BitRows(self._live.slots, (np.equal(self._year_of, place) for place in places))

    def _set(self, mask: Mask) -> ReleaseSet:
        if self._live.size < self._live.slots:
            mask &= self._live.mask
        return ReleaseSet(self._live.slots, mask=mask)


@dataclass(frozen=True, slots=True)
class ReleaseColumns:
    """All columns of a generation.

    ``live`` are the releases that are not deleted, ``newest`` those of them that no newer version
    stands for.
    """

    live: ReleaseSet
    newest: ReleaseSet
    dates: DateColumn
    facets: Mapping[str, FacetColumn]
    versions: Versions

    @classmethod
    def from_segments(cls, segments: Sequence[Segment], repeats: Repeats) -> ReleaseColumns:
        """Build from the segments of a generation, in document order."""
        slots = sum(segment.releases for segment in segments)
        mask = np.ones(slots, np.bool_)
        offset = 0
        for segment in segments:
            if segment.deleted is not None:
                mask[offset : offset + segment.releases] = ~segment.deleted
            offset += segment.releases
        live = ReleaseSet(slots, mask=mask)
        names = ("person", "place", "source", "lang")
        versions = Versions(repeats)
        newest = versions.newest_of(live)
        facets = {
            name: FacetColumn([s.facets[name] for s in segments], live, newest) for name in names
        }
        return cls(live, newest, DateColumn(segments, live), facets, versions)

    def with_every_version(self) -> ReleaseColumns:
        """Return the same columns for searches in which no version stands for another."""
        return replace(self, newest=self.live, versions=Versions())

    def warm(self) -> None:
        """Make what the first search would make."""
        self.dates.warm()
        for column in self.facets.values():
            column.warm()


def day_number(day: str) -> int:
    """Return an ISO day as the number YYYYMMDD."""
    return int(day.replace("-", ""))


def _periods(values: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the first and the last day each date value can mean, as numbers, int32."""
    days = np.empty((len(values), 2), np.int32)
    for place, value in enumerate(values):
        first, last = (value, value) if len(value) == _WHOLE_DAY else period_bounds(value)
        days[place] = day_number(first), day_number(last)
    return days[:, 0], days[:, 1]


def _in_order_of_ids(segments: Sequence[Segment]) -> npt.NDArray[np.int64]:
    """Return all ordinals in the order of their ids."""
    orders: list[npt.NDArray[np.int64]] = []
    offset = 0
    for segment in segments:
        orders.append(segment.array("ids.order").astype(np.int64) + offset)
        offset += segment.releases
    if len(segments) < 2:
        return orders[0] if orders else np.empty(0, np.int64)
    ids = np.concatenate([segment.ids[segment.array("ids.order")] for segment in segments])
    # The ids of each segment are in order already: a stable sort only merges them.
    return np.concatenate(orders)[np.argsort(ids, kind="stable")]
