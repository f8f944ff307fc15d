"""Releases over time as bars: years, the months of one year, or the days of one month; pure."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.request import FacetValue, SearchPage, SearchRequest, period_bounds
from web.present import date_words
from web.urls import search_path, toggled, without_dates

HEIGHT = 48
"""Height of the tallest bar, in the units of the drawing; each bar has a column 10 wide."""
MAX_YEARS = 120
"""Of an archive that spans more only the last ones are drawn."""
_LONG = 25
"""Of spans longer than this, years at either end with next to nothing are not drawn."""
_NEXT_TO_NOTHING = 0.004
"""This share of all releases; so few, far from the rest, are mostly misread dates."""
_LABELS = 8
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One period: what it is, how many releases, the height drawn, where it leads."""

    value: str
    label: str
    short: str
    count: int
    height: int
    selected: bool
    path: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars of one kind of period. ``title`` says which; ``up`` leads to the wider one.

    ``outside`` releases are of years far off that are not drawn.
    """

    title: str
    bars: tuple[Bar, ...]
    peak: Bar
    undated: int
    up: str = ""
    up_label: str = ""
    outside: int = 0


def timeline(page: SearchPage) -> Timeline | None:
    """Return the bars for the dates of a page of results; None when there is nothing to compare.

    A chosen year shows its months, a chosen month its days; else there are years.
    """
    request, values = page.request, page.facets.get("date", ())
    counts = {value.value: value.count for value in values}
    undated = counts.pop("undated", 0)
    years = [value for value, count in counts.items() if len(value) == 4 and count]
    inside = max((len(value) for value in counts), default=0)
    if inside > 4:
        opened = max((v for v in counts if len(v) == inside), key=len)[: 4 if inside == 7 else 7]
        drawn = _draw(_periods_in(opened), counts, request)
        if drawn:
            wider = without_dates(request) if inside == 7 else _year(request, opened[:4])
            label = "All years" if inside == 7 else f"All of {opened[:4]}"
            title = f"Months of {opened}" if inside == 7 else f"Days of {date_words(opened)}"
            return Timeline(title, *drawn, undated, search_path(wider), label)
    if len(years) < 2:
        return None
    span = main_years(counts)
    drawn = _draw(span, counts, request)
    outside = sum(counts[year] for year in years if year not in span)
    return Timeline("Years", *drawn, undated, outside=outside) if drawn else None


def plain_bars(values: Sequence[FacetValue], request: SearchRequest) -> tuple[Bar, ...]:
    """Return bars by year for counts of any search, each leading to that search in that year."""
    counts = {value.value: value.count for value in values if len(value.value) == 4}
    if not counts:
        return ()
    drawn = _draw(main_years(counts), counts, request)
    return drawn[0] if drawn else ()


def main_years(counts: Mapping[str, int]) -> list[str]:
    """Return the years to draw, without gaps: all, or of a long span those that hold nearly all.

    ``counts`` may hold months and days as well, which do not count.
    """
    years = sorted(int(value) for value, count in counts.items() if len(value) == 4 and count)
    if not years:
        return []
    first, last = years[0], years[-1]
    spare = _NEXT_TO_NOTHING * sum(counts[f"{year:04d}"] for year in years)
    ends = [years, years[::-1]]
    while last - first > _LONG:
        # The end whose next year is further away goes first, as long as what goes is little.
        gaps = [abs(end[1] - end[0]) for end in ends]
        end = ends[gaps.index(max(gaps))]
        spare -= counts[f"{end[0]:04d}"]
        if spare < 0:
            break
        years.remove(end[0])
        ends = [years, years[::-1]]
        first, last = years[0], years[-1]
    return [f"{year:04d}" for year in range(first, last + 1)][-MAX_YEARS:]


def _year(request: SearchRequest, year: str) -> SearchRequest:
    return toggled(without_dates(request), "date", year)


def _periods_in(opened: str) -> list[str]:
    if len(opened) == 4:
        return [f"{opened}-{month:02d}" for month in range(1, 13)]
    days = calendar.monthrange(int(opened[:4]), int(opened[5:]))[1]
    return [f"{opened}-{day:02d}" for day in range(1, days + 1)]


def _draw(
    span: Sequence[str], counts: dict[str, int], request: SearchRequest
) -> tuple[tuple[Bar, ...], Bar] | None:
    most = max((counts.get(value, 0) for value in span), default=0)
    if not most:
        return None
    step = -(-len(span) // _LABELS) if len(span) > 12 else 1
    bars = tuple(
        Bar(
            value,
            date_words(value),
            _short(value) if place % step == 0 else "",
            counts.get(value, 0),
            max(2, round(counts[value] * HEIGHT / most)) if counts.get(value) else 0,
            _chosen(value, request),
            search_path(toggled(without_dates(request), "date", value)),
        )
        for place, value in enumerate(span)
    )
    return bars, max(bars, key=lambda bar: bar.count)


def _short(value: str) -> str:
    if len(value) == 7:
        return _MONTHS[int(value[5:]) - 1]
    return str(int(value[8:])) if len(value) == 10 else value


def _chosen(value: str, request: SearchRequest) -> bool:
    """Whether the dates asked for hold all of a period."""
    if not (request.date_from or request.date_to):
        return False
    first, last = period_bounds(value)
    return first >= request.first_day and (not request.last_day or last <= request.last_day)
