"""Dates as people write them in a form: ``12 Sept 2019``, ``2019``, ``last month``; pure.

What is written becomes a period: the first and the last day, month or year it covers, each as
``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from index.errors import BadRequestError
from index.reading.dates import FIRST_YEAR, find_dates
from search.request import period_bounds

_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}\Z", re.ASCII)
_LOOSE = re.compile(r"(\d{4})\s?[-/. ]\s?(\d{1,2})(?:\s?[-/. ]\s?(\d{1,2}))?\Z", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{4})\Z", re.ASCII)
_QUARTER = re.compile(r"(?:q([1-4])\s*/?\s*(\d{4})|(\d{4})\s*/?\s*-?q([1-4]))\Z", re.ASCII)
_DECADE = re.compile(r"(?:the )?(\d{3})0['’]?s\Z", re.ASCII)
_AGO = re.compile(r"(\d{1,4}|a|an|one) (day|week|month|year)s? ago\Z", re.ASCII)
_PAST = re.compile(r"(?:the )?(?:last|past) (\d{1,4}) (day|week|month|year)s?\Z", re.ASCII)
_NAMED = re.compile(r"(this|last|previous|past) (week|month|year)\Z", re.ASCII)
_TO = re.compile(
    r"\s(?:to|until|till|through|and|–|—|-)\s|\s?(?:\.\.+|–|—)\s?|(?<=\d{4})-(?=\d{4}\Z)"
)
_BEFORE = re.compile(r"(?:in|on|from|since|between|the month of|the year)\s+")


class Period(NamedTuple):
    """First and last day, month or year of what was written, and how it was understood.

    ``note`` says what had to be decided, such as which number is the day, or is empty.
    """

    first: str
    last: str
    note: str = ""


def read_period(written: str, today: date) -> Period | None:
    """Return the period that a text means on a given day, or None when it is no date.

    Months may be named in English, in full or cut short. Of ``05/09/2019`` the day comes first,
    unless only the other reading exists.
    """
    text = " ".join(written.casefold().replace(",", " ").split()).rstrip(".;")
    text = _BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text
    if not text:
        return None
    one = _one(text, today)
    if one is not None:
        return one
    ends = [_one(part.strip(), today) for part in _TO.split(text)]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    if period_bounds(ends[0].first)[0] > period_bounds(ends[1].last)[1]:
        return None
    return Period(ends[0].first, ends[1].last, ends[0].note or ends[1].note)


def _one(text: str, today: date) -> Period | None:
    """Return the period of a text that is no range."""
    for read in (_plain, _written_out, _relative(today)):
        period = read(text)
        if period is not None and _exists(period):
            return period
    return None


def _plain(text: str) -> Period | None:
    """Read years, months and days in numbers, quarters and decades."""
    if _ISO.match(text):
        return Period(text, text)
    if match := _LOOSE.match(text):
        value = "-".join(part.zfill(2) for part in match.groups() if part)
        return Period(value, value)
    if match := _MONTH_YEAR.match(text):
        value = f"{match[2]}-{match[1].zfill(2)}"
        return Period(value, value)
    if match := _QUARTER.match(text):
        year, quarter = match[2] or match[3], int(match[1] or match[4])
        return Period(f"{year}-{quarter * 3 - 2:02d}", f"{year}-{quarter * 3:02d}")
    if match := _DECADE.match(text):
        return Period(f"{match[1]}0", f"{match[1]}9")
    return None


def _written_out(text: str) -> Period | None:
    """Read a date with a named month, or day, month and year in numbers."""
    found = find_dates(text)
    if not found or found[0].start or found[0].end < len(text):
        return None
    values = found[0].values
    value = values[-1]  # the day in front, as most of the world writes it
    note = "the day is taken to come first" if len(values) > 1 else ""
    return Period(value, value, note)


def _relative(today: date) -> Callable[[str], Period | None]:
    def read(text: str) -> Period | None:
        if text in ("today", "now"):
            return _days(today, today)
        if text == "yesterday":
            return _days(_back(today, 1, "day"), _back(today, 1, "day"))
        if match := _PAST.match(text):
            return _days(_back(today, int(match[1]), match[2]), today)
        if match := _AGO.match(text):
            count = int(match[1]) if match[1].isdigit() else 1
            return _around(_back(today, count, match[2]), match[2])
        if match := _NAMED.match(text):
            back = 0 if match[1] == "this" else 1
            return _around(_back(today, back, match[2]), match[2])
        return None

    return read


def _around(day: date, unit: str) -> Period:
    """Return the whole day, week (from Monday), month or year a day lies in."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return _days(monday, monday + timedelta(days=6))
    value = day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]
    return Period(value, value)


def _back(day: date, count: int, unit: str) -> date:
    """Return the day so many units before; of a shorter month its last day."""
    if unit in ("day", "week"):
        earliest = date(FIRST_YEAR, 1, 1)
        return max(
            earliest, day - timedelta(days=min(count * (7 if unit == "week" else 1), 36_500))
        )
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    year, month = max(FIRST_YEAR, months // 12), months % 12 + 1
    last = int(period_bounds(f"{year:04d}-{month:02d}")[1][8:])
    return date(year, month, min(day.day, last))


def _days(first: date, last: date) -> Period:
    return Period(first.isoformat(), last.isoformat())


def _exists(period: Period) -> bool:
    """Whether both ends are dates that exist."""
    for value in (period.first, period.last):
        try:
            period_bounds(value)
        except BadRequestError:
            return False
    return True
