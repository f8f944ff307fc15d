"""The date of publication that stands on the line of the headline: "17.12.2015 - Bridge opens"."""

from __future__ import annotations

import re

from index.reading.dates import find_dates

_DAY = len("YYYY-MM-DD")
_FIRST = 4
_LABEL = re.compile(r"\W{0,3}(?:date\W{1,3})?", re.IGNORECASE)
_AFTER = re.compile(r"\s*(?:[-–—|•]|//)\s+(?=[^\s\d])|\s*[|•]\s*(?=[^\s\d])")
_BEFORE = re.compile(r"\s+(?:[-–—|•]|//)\s*$|\s*[|•]\s*$")
_WORDS = 2


def dated_title(title: str, lang: str) -> tuple[str, str]:
    """Return a title without the day that a dash or bar parts from it, and that day as written.

    ("", "") when it has none. A day the headline speaks of has no dash ("9 November 1989: ...")
    or contradicts what else is known; the latter is for the caller to see.
    """
    dates = find_dates(title, lang) if any(map(str.isdigit, title)) else []
    for date in (dates[:1] + dates[-1:]) if dates else ():
        written = title[date.start : date.end]
        if len(date.values[0]) != _DAY:
            continue
        rest = ""
        if date.start <= _FIRST and _LABEL.fullmatch(title[: date.start]):
            parted = _AFTER.match(title, date.end)
            rest = title[parted.end() :] if parted else ""
        elif not title[date.end :].strip(" ."):
            parted = _BEFORE.search(title[: date.start])
            rest = title[: parted.start()] if parted else ""
        if rest.count(" ") >= _WORDS or (rest and not rest.isascii()):
            return rest.strip(), written
    return "", ""


def is_numeric(date: str) -> bool:
    """Whether a date is written in numbers alone, as templates and lists write it."""
    return not any(char.isalpha() for char in date)
