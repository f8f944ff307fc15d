"""Facets: which releases the choices leave, and how many have each value under them.

Choices inside one facet widen, choices in several narrow, and a facet's own choice is left out of
its own counts, so that its other values show what choosing them too would add.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from search.columns import Mask, ReleaseColumns
from search.request import SearchRequest

UNDATED = "undated"
MAX_VALUES = 40
"""Values of a facet that are given; the chosen ones are always among them."""

FacetCounts = Mapping[str, tuple[tuple[str, int], ...]]


def facet_masks(columns: ReleaseColumns, request: SearchRequest) -> dict[str, Mask]:
    """Return for each facet with a choice which releases the choice leaves."""
    chosen = {
        "person": request.people,
        "place": request.places,
        "source": request.sources,
        "lang": request.langs,
    }
    masks = {name: columns.facets[name].mask(values) for name, values in chosen.items() if values}
    if request.undated:
        masks["date"] = columns.dates.undated
    elif request.date_from or request.date_to:
        masks["date"] = columns.dates.within(request.first_day, request.last_day)
    return masks


def narrow(matching: Mask, masks: Mapping[str, Mask], leave_out: str = "") -> Mask:
    """Return the matching releases that all choices leave, but for those of one facet."""
    for name, mask in masks.items():
        if name != leave_out:
            matching = matching & mask
    return matching


def count_facets(
    columns: ReleaseColumns, request: SearchRequest, matching: Mask, masks: Mapping[str, Mask]
) -> FacetCounts:
    """Count each facet's values over the releases that match the query and the other choices."""
    chosen = {"person": request.people, "place": request.places}
    chosen |= {"source": request.sources, "lang": request.langs}
    counts = {
        name: _top_values(columns, name, narrow(matching, masks, name), values)
        for name, values in chosen.items()
    }
    counts["date"] = _date_values(columns, request, narrow(matching, masks, "date"))
    return counts


def _top_values(
    columns: ReleaseColumns, name: str, matching: Mask, chosen: tuple[str, ...]
) -> tuple[tuple[str, int], ...]:
    column = columns.facets[name]
    counts = column.counts(matching)
    ranked = sorted(np.flatnonzero(counts), key=lambda i: (-counts[i], column.values[i]))
    top = {column.values[i]: int(counts[i]) for i in ranked[:MAX_VALUES]}
    missing = [value for value in chosen if value not in top]
    if missing:
        numbers = {value: number for number, value in enumerate(column.values)}
        for value in missing:
            top[value] = int(counts[numbers[value]]) if value in numbers else 0
    return tuple(top.items())


def _date_values(
    columns: ReleaseColumns, request: SearchRequest, matching: Mask
) -> tuple[tuple[str, int], ...]:
    """Count years, below a chosen year its months, below a chosen month its days.

    Newest first; releases without a date are a bucket of their own at the end.
    """
    dates = columns.dates
    year, month = _chosen_period(request)
    values: list[tuple[str, int]] = []
    for number, count in _buckets(dates.first[matching] // 10_000):
        values.append((f"{number:04d}", count))
        if number != year:
            continue
        known = matching & (dates.first // 100 == dates.last // 100)
        in_year = dates.first[known & (dates.first // 10_000 == year)]
        for month_number, month_count in _buckets(in_year // 100):
            values.append((f"{year:04d}-{month_number % 100:02d}", month_count))
            if month_number == month:
                values += _days(in_year[in_year // 100 == month])
    undated = int((matching & dates.undated).sum())
    if undated or request.undated:
        values.append((UNDATED, undated))
    return tuple(values)


def _days(firsts: np.ndarray) -> list[tuple[str, int]]:
    return [
        (f"{day // 10_000:04d}-{day // 100 % 100:02d}-{day % 100:02d}", count)
        for day, count in _buckets(firsts)
    ]


def _buckets(numbers: np.ndarray) -> list[tuple[int, int]]:
    found, counts = np.unique(numbers[numbers > 0], return_counts=True)
    return [(int(n), int(c)) for n, c in zip(found[::-1], counts[::-1], strict=True)]


def _chosen_period(request: SearchRequest) -> tuple[int, int]:
    """Return the year and the month (YYYYMM) that the chosen dates lie in, 0 when in no one."""
    first, last = request.first_day, request.last_day
    if not first or first[:4] != last[:4]:
        return 0, 0
    return int(first[:4]), int(first[:4] + first[5:7]) if first[:7] == last[:7] else 0
