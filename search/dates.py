"""The values of ``date:``, ``after:`` and ``before:`` as a range of days."""

from __future__ import annotations

import re
from datetime import date

from index.errors import BadRequestError
from search.lexer import Notes
from search.query import DateIn
from search.request import period_bounds
from search.written_dates import read_period

_PERIOD = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2}))?(?:[-/.]([0-9]{1,2}))?\Z")


_LONGEST = 60
"""Characters of a date in words; none is longer."""


def read_date_field(
    name: str, value: str, position: int, notes: Notes, today: date
) -> DateIn | None:
    """Return the days ``name:value`` asks for, or None and a warning when it is no date.

    ``date:`` takes a period (``2019``, ``2019-09``, ``2019-09-12``) or two with ``..`` between,
    either of which may be missing. ``after:2019`` begins with the first day of 2019 and
    ``before:2019`` ends with its last. A date may also be as people write it, with hyphens or in
    quotation marks: ``date:march-2019``, ``after:"last month"``, which ``today`` decides.
    """
    # A comma or full stop after the date is the sentence's, but ``2019..`` is an open range.
    for written in (value.strip(), value.strip().rstrip(".,;:!?")):
        ends = written.split("..") if name == "date" else [written]
        days = [_days(end) if end else ("", "") for end in ends]
        if len(days) > 2 or None in days or not any(ends):
            continue
        first, last = _span(name, [day for day in days if day is not None])
        if first and last and first > last:
            notes.add(f"“{written}” ends before it begins: the two dates were swapped", position)
            first, last = _span(name, [day for day in reversed(days) if day is not None])
        return DateIn(f"{name}:{written}", first, last)
    period = read_period(_in_words(value), today)
    if period:
        first, last = period_bounds(period.first)[0], period_bounds(period.last)[1]
        if period.note:
            notes.add(f"“{value}”: {period.note}", position)
        span = "..".join(dict.fromkeys((period.first, period.last)))
        written = {"after": period.first, "before": period.last}.get(name, span)
        return DateIn(f"{name}:{written}", *_span(name, [(first, last)]))
    notes.add(
        f"“{value}” is not a date and was searched as words: write a year, a month or a day"
        ' (2019, 2019-09, 2019-09-12, "12 Sept 2019")',
        position,
    )
    return None


def _in_words(value: str) -> str:
    """Write ``march-2019`` with blanks; hyphens between numbers are the date's own."""
    spaced = value.replace("_", " ")[:_LONGEST]
    return spaced.replace("-", " ") if any(char.isalpha() for char in spaced) else spaced


def _span(name: str, days: list[tuple[str, str]]) -> tuple[str, str]:
    first, last = days[0][0], days[-1][1]
    return ("" if name == "before" else first), ("" if name == "after" else last)


def _days(written: str) -> tuple[str, str] | None:
    """Return first and last day of a period, also of ``2019/9/2``; None when it is none."""
    match = _PERIOD.match(written)
    if match is None:
        return None
    parts = [part.zfill(2) for part in match.groups() if part]
    try:
        return period_bounds("-".join(parts))
    except BadRequestError:
        return None
