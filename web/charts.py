"""Lines over time, drawn by the server: where each point stands and where it leads; pure."""

from __future__ import annotations

from dataclasses import dataclass

from search.request import make_request
from search.wording import Series, Wording
from web.present import date_words
from web.urls import search_path

WIDTH, HEIGHT = 900, 260
"""The drawing, in its own units; the lines keep this margin to its edges."""
_EDGE = 8
_TICKS = 8


@dataclass(frozen=True, slots=True)
class Point:
    """One period of one phrase: where it is drawn, what it says, the search it leads to."""

    x: float
    y: float
    label: str
    path: str
    count: int
    rate: float


@dataclass(frozen=True, slots=True)
class Line:
    """One phrase: its points, the corners of its line, the place of its first use if any."""

    series: Series
    points: tuple[Point, ...]
    corners: str
    first: Point | None
    path: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines with a common scale from 0 to ``top``; ``ticks`` are (label or nothing) per period."""

    lines: tuple[Line, ...]
    top: str
    ticks: tuple[str, ...]
    periods: tuple[str, ...]


def line_chart(compared: Wording, *, as_rates: bool) -> Chart:
    """Return the drawing of phrases over time, as releases or as releases in every 1,000."""
    values = [series.rates if as_rates else series.counts for series in compared.series]
    top = max((max(each, default=0) for each in values), default=0)
    periods = compared.periods
    lines = tuple(
        _line(series, shown, periods, float(top))
        for series, shown in zip(compared.series, values, strict=True)
    )
    step = -(-len(periods) // _TICKS) if len(periods) > 12 else 1
    ticks = tuple(p if place % step == 0 else "" for place, p in enumerate(periods))
    said = f"{top:,.1f} in 1,000" if as_rates else f"{top:,}"
    return Chart(lines, said, ticks, periods)


def _line(
    series: Series,
    values: tuple[int, ...] | tuple[float, ...],
    periods: tuple[str, ...],
    top: float,
) -> Line:
    step = (WIDTH - 2 * _EDGE) / max(1, len(periods) - 1)
    points = tuple(
        Point(
            round(_EDGE + place * step, 1),
            round(HEIGHT - _EDGE - (value / top if top else 0) * (HEIGHT - 2 * _EDGE), 1),
            date_words(period),
            search_path(make_request(series.query, date_from=period, date_to=period)),
            series.counts[place],
            series.rates[place],
        )
        for place, (period, value) in enumerate(zip(periods, values, strict=True))
    )
    corners = " ".join(f"{point.x:g},{point.y:g}" for point in points)
    begun = series.first.date[: len(periods[0])] if series.first and periods else ""
    first = points[periods.index(begun)] if begun in periods else None
    return Line(series, points, corners, first, search_path(make_request(series.query)))
