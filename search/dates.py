"""The values of ``date:``, ``after:`` and ``before:`` as a range of days."""

from __future__ import annotations

import re

from index.errors import BadRequestError
from search.lexer import Notes
from search.query import DateIn
from search.request import period_bounds

_PERIOD = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2}))?(?:[-/.]([0-9]{1,2}))?\Z")


def read_date_field(name: str, value: str, position: int, notes: Notes) -> DateIn | None:
    """Return the days ``name:value`` asks for, or None and a warning when it is no date.

    ``date:`` takes a period (``2019``, ``2019-09``, ``2019-09-12``) or two with ``..`` between,
    either of which may be missing. ``after:2019`` begins with the first day of 2019 and
    ``before:2019`` ends with its last.
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
    notes.add(
        f"“{value}” is not a date and was searched as words: "
        "write a year, a month or a day (2019, 2019-09, 2019-09-12)",
        position,
    )
    return None


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
