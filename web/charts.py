"""Lines over time, drawn by the server: where each point stands and where it leads; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from search.request import make_request
from search.wording import Series, Wording
from web.present import date_words
from web.timeline import main_years
from web.urls import search_path

WIDTH, HEIGHT = 900, 260
"""The drawing, in its own units; the lines keep this margin to its edges."""
_EDGE = 8
_TICKS = 8
_FEW = 20
"""A rate among fewer releases says nothing; in small archives, among a tenth of the most."""


@dataclass(frozen=True, slots=True)
class Point:
    """One period of one phrase: where it is drawn, what it says, the search it leads to.

    ``x`` is -1 where it is not drawn: years far off with next to nothing, and rates among a few
    releases, are in the table only.
    """

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
    """Lines with a common scale from 0 to ``top``; ``ticks`` are labels (or none) as drawn."""

    lines: tuple[Line, ...]
    top: str
    ticks: tuple[str, ...]
    periods: tuple[str, ...]


def line_chart(compared: Wording, *, as_rates: bool) -> Chart:
    """Return the drawing of phrases over time, as releases or as releases in every 1,000."""
    of = {p[:4]: 0 for p in compared.periods}
    for period, releases in zip(compared.periods, compared.releases, strict=True):
        of[period[:4]] += releases
    years = set(main_years(of))
    least = min(_FEW, max(compared.releases, default=0) / 10) if as_rates else 0
    drawn = [place for place, period in enumerate(compared.periods) if period[:4] in years]
    told = {place for place in drawn if compared.releases[place] >= least}
    periods = tuple(compared.periods[place] for place in drawn)
    values = [
        [(series.rates if as_rates else series.counts)[place] for place in drawn]
        for series in compared.series
    ]
    top = max(
        (value for each in values for at, value in zip(drawn, each, strict=True) if at in told),
        default=0,
    )
    lines = tuple(
        _line(series, shown, compared.periods, drawn, told, float(top))
        for series, shown in zip(compared.series, values, strict=True)
    )
    step = -(-len(periods) // _TICKS) if len(periods) > 12 else 1
    ticks = tuple(p if place % step == 0 else "" for place, p in enumerate(periods))
    said = f"{top:,.1f} in 1,000" if as_rates else f"{top:,}"
    return Chart(lines, said, ticks, compared.periods)


def _line(
    series: Series,
    values: Sequence[float],
    periods: Sequence[str],
    drawn: Sequence[int],
    told: Collection[int],
    top: float,
) -> Line:
    """Return a phrase with a point for each period; only those drawn have a place of their own."""
    step = (WIDTH - 2 * _EDGE) / max(1, len(drawn) - 1)
    shown = dict(zip(drawn, values, strict=True))
    at = {place: _EDGE + n * step for n, place in enumerate(drawn) if place in told}
    points = tuple(
        Point(
            round(at.get(place, -1.0), 1),
            round(HEIGHT - _EDGE - (shown.get(place, 0) / (top or 1)) * (HEIGHT - 2 * _EDGE), 1),
            date_words(period),
            search_path(make_request(series.query, date_from=period, date_to=period)),
            series.counts[place],
            series.rates[place],
        )
        for place, period in enumerate(periods)
    )
    corners = " ".join(f"{p.x:g},{p.y:g}" for p in points if p.x >= 0)
    begun = series.first.date[: len(periods[0])] if series.first and periods else ""
    first = points[periods.index(begun)] if begun in periods else None
    return Line(series, points, corners, first, search_path(make_request(series.query)))
