"""Facets: which releases the choices leave, and how many have each value under them.

Choices inside one facet widen, choices in several narrow, and a facet's own choice is left out of
its own counts, so that its other values show what choosing them too would add.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from search.columns import ReleaseColumns
from search.release_sets import ReleaseSet, intersection
from search.request import NAMED_FACETS, SearchRequest

UNDATED = "undated"
MAX_VALUES = 40
"""Values of a facet that are given; the chosen ones are always among them."""

_EXCLUDED = "excluded"
"""What exclusions leave, among what the choices leave: no facet is counted without it."""

FacetCounts = Mapping[str, tuple[tuple[str, int], ...]]


def facet_choices(columns: ReleaseColumns, request: SearchRequest) -> dict[str, ReleaseSet]:
    """Return for each facet with a choice which releases the choice leaves."""
    left = {
        name: columns.facets[name].releases_with(values)
        for name, values in _chosen(request).items()
        if values
    }
    if request.undated:
        left["date"] = columns.dates.undated
    elif request.date_from or request.date_to:
        left["date"] = columns.dates.within(request.first_day, request.last_day)
    if request.excluded:
        left[_EXCLUDED] = _without(columns, request.excluded)
    return left


def _without(columns: ReleaseColumns, excluded: Iterable[tuple[str, str]]) -> ReleaseSet:
    """Return the releases that have none of the values."""
    left = columns.live
    for name, value in excluded:
        left = left.without(columns.facets[name].releases_with([value]))
    return left


def narrow(
    columns: ReleaseColumns,
    matching: ReleaseSet,
    left: Mapping[str, ReleaseSet],
    leave_out: str = "",
) -> ReleaseSet:
    """Return the matching releases that all choices leave, but for those of one facet.

    Of several versions of one release among them only the newest.
    """
    found = intersection([matching, *(left[name] for name in left if name != leave_out)])
    return columns.newest if found is columns.live else columns.versions.newest_of(found)


def count_facets(
    columns: ReleaseColumns,
    request: SearchRequest,
    matching: ReleaseSet,
    left: Mapping[str, ReleaseSet],
    chosen: ReleaseSet,
) -> FacetCounts:
    """Count each facet's values over the releases that match the query and the other choices.

    ``chosen`` is what all choices leave (``narrow``).
    """
    counts = {
        name: _top_values(
            columns, name, narrow(columns, matching, left, name) if values else chosen, values
        )
        for name, values in _chosen(request).items()
    }
    dated = narrow(columns, matching, left, "date") if "date" in left else chosen
    counts["date"] = _date_values(columns, request, dated)
    return counts


def facet_sizes(
    columns: ReleaseColumns, matching: ReleaseSet, left: Mapping[str, ReleaseSet]
) -> dict[str, int]:
    """Return how many values each named facet has over the same releases as its counts."""
    chosen = narrow(columns, matching, left)
    return {
        name: columns.facets[name].distinct(
            narrow(columns, matching, left, name) if name in left else chosen
        )
        for name in NAMED_FACETS
    }


def _chosen(request: SearchRequest) -> dict[str, tuple[str, ...]]:
    chosen = {"person": request.people, "place": request.places}
    return chosen | {"source": request.sources, "lang": request.langs}


def _top_values(
    columns: ReleaseColumns, name: str, matching: ReleaseSet, chosen: tuple[str, ...]
) -> tuple[tuple[str, int], ...]:
    column = columns.facets[name]
    top = column.top(matching, MAX_VALUES)
    given = {value for value, _ in top} if chosen else ()
    return (
        *top,
        *((value, column.count(value, matching)) for value in chosen if value not in given),
    )


def _date_values(
    columns: ReleaseColumns, request: SearchRequest, matching: ReleaseSet
) -> tuple[tuple[str, int], ...]:
    """Count years, below a chosen year its months, below a chosen month its days.

    Newest first; releases without a date are a bucket of their own at the end.
    """
    years = columns.dates.years(matching)
    chosen_year, month = _chosen_period(request)
    values: list[tuple[str, int]] = []
    for year, count in years:
        values.append((f"{year:04d}", count))
        if year == chosen_year:
            values += _months(columns, matching, year, month)
    undated = matching.size - sum(count for _, count in years)
    if undated or request.undated:
        values.append((UNDATED, undated))
    return tuple(values)


def _months(
    columns: ReleaseColumns, matching: ReleaseSet, year: int, chosen_month: int
) -> list[tuple[str, int]]:
    """Count the months of a year, below the chosen one its days."""
    first = columns.dates.first.take(matching.ordinals)
    of_year = ((first >= year * 10_000) & (first < (year + 1) * 10_000)).nonzero()[0]
    first = first.take(of_year)
    last = columns.dates.last.take(matching.ordinals.take(of_year))
    in_year = first[first // 100 == last // 100]
    values: list[tuple[str, int]] = []
    for month, count in _buckets(in_year // 100):
        values.append((f"{year:04d}-{month % 100:02d}", count))
        if month == chosen_month:
            values += _days(in_year[in_year // 100 == month])
    return values


def _days(firsts: npt.NDArray[Any]) -> list[tuple[str, int]]:
    return [
        (f"{day // 10_000:04d}-{day // 100 % 100:02d}-{day % 100:02d}", count)
        for day, count in _buckets(firsts)
    ]


def _buckets(numbers: npt.NDArray[Any]) -> list[tuple[int, int]]:
    """Count each of the numbers, largest first; all lie near each other (months, days)."""
    if not numbers.size:
        return []
    least = int(numbers.min())
    counts = np.bincount(numbers - least)
    found = counts.nonzero()[0][::-1]
    return list(zip((found + least).tolist(), counts[found].tolist(), strict=True))


def _chosen_period(request: SearchRequest) -> tuple[int, int]:
    """Return the year and the month (YYYYMM) that the chosen dates lie in, 0 when in no one."""
    first, last = request.first_day, request.last_day
    if not first or first[:4] != last[:4]:
        return 0, 0
    return int(first[:4]), int(first[:4] + first[5:7]) if first[:7] == last[:7] else 0
