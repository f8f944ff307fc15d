"""The two date fields as people fill them in, and how they were understood; pure."""

from __future__ import annotations

from datetime import date

from search.written_dates import Period, read_period
from web.present import period_words

_LONGEST = 60
"""Characters looked at; no date is longer."""


def typed_range(first: str, last: str, today: date) -> tuple[str, str]:
    """Return both ends as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; what is no date as it came.

    A range in the first field ("2016 to 2018") gives both ends when the second is empty.
    """
    begin, end = _read(first, today), _read(last, today)
    if begin and not last.strip() and begin.first != begin.last:
        return begin.first, begin.last
    return begin.first if begin else first, end.last if end else last


def readings(first: str, last: str, today: date) -> list[str]:
    """Return what to say of each field that was not written as it is kept in addresses."""
    said = []
    for typed in dict.fromkeys((first.strip(), last.strip())):
        period = _read(typed, today)
        if period and typed != period.first:
            words = period_words(period.first, period.last)
            said.append(f"“{typed}” is read as {words}" + (f": {period.note}" * bool(period.note)))
    return said


def is_date(text: str, today: date) -> bool:
    """Whether a field is empty or can be understood."""
    return not text.strip() or _read(text, today) is not None


def _read(text: str, today: date) -> Period | None:
    return read_period(text[:_LONGEST], today)
