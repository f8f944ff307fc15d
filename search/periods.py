"""Dates as addresses have them: a year, a month or a day, and the days that each is."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

from index.errors import BadRequestError

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z", re.ASCII)


@lru_cache(maxsize=4_096)
def period_bounds(value: str, where: str = "date") -> tuple[str, str]:
    """Return first and last day of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as ISO dates.

    Raises BadRequestError when it is not such a date or no such day exists.
    """
    match = _PARTIAL_DATE.match(value)
    if match:
        year, month, day = match.groups()
        if int(year) >= 1 and (month is None or 1 <= int(month) <= 12):
            if month is None:
                return f"{year}-01-01", f"{year}-12-31"
            days = calendar.monthrange(int(year), int(month))[1]
            if day is None:
                return f"{year}-{month}-01", f"{year}-{month}-{days:02d}"
            if 1 <= int(day) <= days:
                return value, value
    raise BadRequestError(
        f"{value!r} is not a date",
        where=where,
        hint="write a year, a month or a day: 2019, 2019-09 or 2019-09-12",
    )
