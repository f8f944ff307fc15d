"""Releases over time as bars: years, the months of one year, or the days of one month; pure."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass

from search.request import FacetValue, SearchPage, SearchRequest, period_bounds
from web.present import date_words
from web.urls import search_path, toggled, without_dates

HEIGHT = 48
"""Height of the tallest bar, in the units of the drawing; each bar has a column 10 wide."""
MAX_YEARS = 120
"""Of an archive that spans more only the last ones are drawn."""
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
    """Bars of one kind of period. ``title`` says which; ``up`` leads to the wider one."""

    title: str
    bars: tuple[Bar, ...]
    peak: Bar
    undated: int
    up: str = ""
    up_label: str = ""


def timeline(page: SearchPage) -> Timeline | None:
    """Return the bars for the dates of a page of results; None when there is nothing to compare.

    A chosen year shows its months, a chosen month its days; else there are years.
    """
    request, values = page.request, page.facets.get("date", ())
    counts = {value.value: value.count for value in values}
    undated = counts.pop("undated", 0)
    years = [value for value in counts if len(value) == 4]
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
    span = [f"{year:04d}" for year in range(int(min(years)), int(max(years)) + 1)][-MAX_YEARS:]
    drawn = _draw(span, counts, request)
    return Timeline("Years", *drawn, undated) if drawn else None


def plain_bars(values: Sequence[FacetValue], request: SearchRequest) -> tuple[Bar, ...]:
    """Return bars by year for counts of any search, each leading to that search in that year."""
    counts = {value.value: value.count for value in values if len(value.value) == 4}
    if not counts:
        return ()
    span = [f"{year:04d}" for year in range(int(min(counts)), int(max(counts)) + 1)][-MAX_YEARS:]
    drawn = _draw(span, counts, request)
    return drawn[0] if drawn else ()


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
