"""Pages that list releases instead of being one: dates, each beside a link, and little else."""

from __future__ import annotations

from collections.abc import Sequence

from index.reading.date_lines import date_line
from index.reading.dates import find_dates
from index.reading.generic import is_generic
from index.reading.html_title import Title
from index.reading.html_tree import Unit

_ROWS = 5
"""Dated links that a list has at least; a list of related releases is seldom longer."""
_DATES = 3
_BEFORE = 2
_AFTER = 4
_HEADLINE = 16
_LONGEST_ROW = 200
_LONGEST_ENTRY = 8
"""Units of text between two dates of a list, at most."""
_TEASERS = 2
_LONGEST_TEASER = 900
_MOST_TEXT = 200
_LINKED = 0.8


def listing(units: Sequence[Unit], title: Title, site: str, lang: str) -> str:
    """Say that a page lists releases, "" when it may be one.

    A page with a headline of its own is one, and so is one with running text beside the list,
    however long its list of other releases.
    """
    if _has_text(units):
        return ""
    rows = _rows(units, lang)
    run = _longest_run(units, rows)
    if len(run) < _ROWS or len({rows[number] for number in run}) < _DATES:
        return ""
    if not _names_no_release(units, title, site, run) or _beside(units, run) > _MOST_TEXT:
        return ""
    return f"the page lists {len(run)} releases instead of being one"


def _has_text(units: Sequence[Unit]) -> bool:
    """Whether a page has more running text in one place than an entry of a list: told quickly."""
    row = length = 0
    for unit in units:
        row = row + 1 if unit.prose and not unit.node.chrome else 0
        length = length + len(unit.text) if row else 0
        if length > _LONGEST_TEASER or (row > _TEASERS and length > _MOST_TEXT):
            return True
    return False


def _rows(units: Sequence[Unit], lang: str) -> dict[int, str]:
    """Return the units that date an entry of a list, each with its date.

    An entry has its date in its linked headline or the line of it, or on a line between such a
    headline or a link to the whole and the next date.
    """
    dated: dict[int, str] = {}
    for number, unit in enumerate(units):
        if len(unit.text) <= _LONGEST_ROW and any(map(str.isdigit, unit.text)):
            dates = find_dates(unit.text, lang) if unit.links else []
            date = unit.text[dates[0].start : dates[0].end] if dates else ""
            if date := date or date_line(unit.text, lang):
                dated[number] = date
    return {
        number: date
        for number, date in dated.items()
        if units[number].links >= _HEADLINE or _leads(units, number, dated)
    }


def _leads(units: Sequence[Unit], number: int, dated: dict[int, str]) -> bool:
    """Whether a line with a date has a link of its own: a headline above, or one below."""
    for place in range(number - 1, max(-1, number - 1 - _BEFORE), -1):
        if place in dated:
            break
        if _is_linked(units[place]) and len(units[place].text) >= _HEADLINE:
            return True
    for place in range(number + 1, min(len(units), number + _AFTER)):
        if place in dated:
            break
        if _is_linked(units[place]):
            return True
    return False


def _is_linked(unit: Unit) -> bool:
    return unit.links >= _LINKED * len(unit.text)


def _longest_run(units: Sequence[Unit], rows: dict[int, str]) -> list[int]:
    """Return the most rows that follow each other with no more than a teaser in between."""
    best: list[int] = []
    run: list[int] = []
    for number in sorted(rows):
        if run and not _is_entry(units[run[-1] + 1 : number]):
            run = []
        run.append(number)
        if len(run) > len(best):
            best = list(run)
    return best


def _is_entry(between: Sequence[Unit]) -> bool:
    prose = [len(unit.text) for unit in between if unit.prose]
    return (
        len(between) <= _LONGEST_ENTRY and len(prose) <= _TEASERS and sum(prose) < _LONGEST_TEASER
    )


def _beside(units: Sequence[Unit], run: Sequence[int]) -> int:
    """Count the characters of running text that stands in no entry of a list."""
    prose = [number for number, unit in enumerate(units) if unit.prose and not unit.node.chrome]
    inside = [len(units[number].text) for number in prose if run[0] < number < run[-1]]
    # The teaser of the first entry or the last stands before or after all the dates.
    teaser = max(inside) if 2 * len(inside) >= len(run) else 0
    beside = [len(units[n].text) for n in prose if not run[0] < n < run[-1]]
    return sum(beside) - teaser


def _names_no_release(units: Sequence[Unit], title: Title, site: str, run: Sequence[int]) -> bool:
    """Whether a headline names a section ("Press releases"), or is that of an entry."""
    if not title.text or is_generic(title.text, site):
        return True
    if title.unit < 0:
        return False
    own = units[title.unit]
    return _is_linked(own) or (run[0] < title.unit < run[-1] and own.node.name != "h1")
