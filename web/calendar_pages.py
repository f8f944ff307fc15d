"""Years as rows of months, and the periods beside one; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year, its releases, and (name, period, releases) of its months."""

    year: str
    count: int
    months: tuple[tuple[str, str, int], ...]


def month_rows(years: Mapping[str, int], months: Mapping[str, int]) -> list[YearRow]:
    """Return a row for each year, the latest first."""
    return [
        YearRow(
            year,
            years[year],
            tuple(
                (name, f"{year}-{number:02d}", months.get(f"{year}-{number:02d}", 0))
                for number, name in enumerate(_MONTHS, 1)
            ),
        )
        for year in sorted(years, reverse=True)
    ]


def beside(period: str, known: Mapping[str, int]) -> tuple[str, str]:
    """Return the nearest earlier and later period with releases, of the same kind, or empty.

    A day is taken for its month: the months beside it are offered.
    """
    own = period[:7]
    earlier = [other for other in known if other < own]
    later = [other for other in known if other > own]
    return max(earlier, default=""), min(later, default="")
