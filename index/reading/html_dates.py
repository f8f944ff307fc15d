"""The dates a page gives for its publication: stated in its head, marked, and shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.reading import date_choice
from index.reading.characters import tidy
from index.reading.date_lines import (
    bylined_date,
    date_line,
    embargo_clues,
    is_of_event,
    is_update,
    labelled_date,
)
from index.reading.dates import find_dates
from index.reading.draft import DateClue
from index.reading.html_headings import HEADINGS
from index.reading.html_metadata import Metadata, is_published_name, is_weak_name
from index.reading.html_title import Title
from index.reading.html_tree import Mark, Page, Unit
from index.reading.language import detect_language
from index.reading.titles import segments
from index.reading.traits import is_embargo, is_owned, opens_related

_NEAR = 8
_AFTER = 14
_FOOT = 3
_BELOW = 6
_LONGEST_PART = 30
_SAMPLE = 600
_LONGEST = 400
_CHANGED = re.compile(r"updat|modif|chang|revis", re.IGNORECASE)


def page_language(page: Page, metadata: Metadata) -> str:
    """Return the language of the page's running text, what it declares being evidence."""
    prose = [unit.text for unit in page.units if unit.prose and not unit.node.chrome]
    declared = metadata.lang.strip().lower()[:2]
    return detect_language(" ".join(prose[:5])[:_SAMPLE], declared) or declared


def date_clues(
    page: Page, title: Title, metadata: Metadata, numbers: Sequence[int], lang: str
) -> list[DateClue]:
    """Return the evidence in the page: what its head states, its marks, the date it shows.

    ``numbers`` are the units of the release. Dates elsewhere on the page (of events, of other
    releases, of today) are none of it.
    """
    clues = _stated_clues(metadata, lang)
    places = _places(page.units, title, numbers)
    known = {*metadata.published, *metadata.weak_dates}
    marks = [mark for mark in page.marks if not _CHANGED.search(mark.name)]
    for mark in marks:
        if mark.value in known and not mark.name.startswith("time "):
            continue  # a <meta> in the body, read already
        if is_published_name(mark.name) and _is_own(page.units, mark):
            weak = all(map(is_weak_name, mark.name.lower().split()))
            weight = date_choice.WEAK if weak else date_choice.METADATA
            clues.append(DateClue(mark.value, "metadata", weight))
            break
    around = set(places)
    headline = title.unit if title.whole else -1
    spoken_of = headline >= 0 and bool(find_dates(title.text, lang))
    for mark in marks:
        if mark.unit == headline and spoken_of:
            continue  # the day that the headline is about
        if mark.name.startswith("time ") and mark.unit in around and mark.value[:1].isdigit():
            clues.append(DateClue(mark.value, "metadata", date_choice.TIME_ELEMENT))
            break
    for number in places:
        unit = page.units[number]
        following = page.units[number + 1].text if number + 1 < len(page.units) else ""
        if is_of_event(unit.text, following):
            continue
        if number == headline or 2 * unit.links > len(unit.text):
            continue  # the day the headline is about, or that of another release, listed here
        if date := _shown_date(unit.raw, lang):
            clues.append(DateClue(date, "visible", date_choice.VISIBLE))
            return clues
    if below := _date_below(page.units, title, numbers, lang):
        return [*clues, DateClue(below, "visible", date_choice.VISIBLE)]
    return [*clues, *embargo_clues([page.units[number].text for number in places], lang)]


def _stated_clues(metadata: Metadata, lang: str) -> list[DateClue]:
    """Return what the page's head states: its fields, and a date that is a part of its title."""
    clues = [DateClue(text, "metadata", date_choice.METADATA) for text in metadata.published[:1]]
    clues += [DateClue(text, "metadata", date_choice.WEAK) for text in metadata.weak_dates[:1]]
    for title in dict.fromkeys([*metadata.titles, metadata.page_title]):
        parts = segments(title)
        dated = [part for part in parts if len(part) < _LONGEST_PART and date_line(part, lang)]
        if len(parts) > 1 and len(dated) == 1 and not is_update(dated[0]):
            clues.append(DateClue(dated[0], "metadata", date_choice.WEAK))
            break
    return clues


def _date_below(units: Sequence[Unit], title: Title, numbers: Sequence[int], lang: str) -> str:
    """Return the date that a label or a byline names right below the release.

    It may stand in the foot of the element that has title and text.
    """
    last = numbers[-1] if numbers else len(units)
    entry = units[title.unit].node.parent if title.unit >= 0 else None
    entry = entry.parent if entry else None
    for unit in units[last + 1 : last + 1 + _BELOW]:
        if unit.node.name in HEADINGS or opens_related(unit.text):
            break
        own = entry is not None and entry.parent is not None and unit.node.within(entry)
        if (own or not unit.node.chrome) and 2 * unit.links <= len(unit.text):
            date = labelled_date(unit.text, lang) or bylined_date(unit.text, lang)
            if date and not is_update(unit.text.split(date)[0]) and not is_of_event(unit.text):
                return date
    return ""


def _places(units: Sequence[Unit], title: Title, numbers: Sequence[int]) -> list[int]:
    """Return the units in which a date may be that of publication, the nearest first.

    They stand around the title and before the text, or close the release.
    """
    prose = [n for n in numbers if units[n].prose]
    # A lead may stand between the title and the date.
    text = prose[min(1, len(prose) - 1)] if prose else (numbers[-1] if numbers else -1)
    around: list[int] = []
    if title.unit >= 0:
        end = max(title.unit, min(text, title.unit + _AFTER))
        near = range(max(0, title.unit - _NEAR), end + 1)
        around = sorted(near, key=lambda number: (abs(number - title.unit), -number))
    head = [number for number in numbers[:_NEAR] if number <= text]
    foot = list(reversed(numbers[-_FOOT:]))
    found = dict.fromkeys([*around, *head, *foot])
    # What stands between title and text is about the release, whatever it is called.
    return [
        n
        for n in found
        if (not units[n].node.chrome or title.unit < n <= text) and not is_owned(units[n].text)
    ]


def _is_own(units: Sequence[Unit], mark: Mark) -> bool:
    """Whether a mark stands in no furniture, where those of other releases are."""
    return mark.unit >= len(units) or not units[mark.unit].node.chrome


def _shown_date(raw: str, lang: str) -> str:
    """Return the date that a line of a unit consists of, unless it is that of an update."""
    if len(raw) > _LONGEST or not any(map(str.isdigit, raw)):
        return ""
    return next(_dates_of(raw, lang), "")


def _dates_of(raw: str, lang: str) -> Iterator[str]:
    for line in map(tidy, raw.split("\n")):
        date = "" if is_embargo(line) else date_line(line, lang)
        if date and not is_update(line.split(date)[0]):
            yield date
