"""Names of the gazetteer as they stand in a run of capitalised words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from index.entities.cases import is_inflected, nominatives
from index.entities.gazetteer import Grade, Place, country_names, gazetteer, second_word
from index.entities.segments import Segment

_DATELINE_AFTER = re.compile(r"^(?:,| ?[(–—-]| ?/)")


class Word(NamedTuple):
    """A capitalised word: where it is in its segment, how it reads, how lists know it."""

    start: int
    end: int
    text: str
    key: str


class PlaceMatch(NamedTuple):
    """A known name: its place, its first word's number, how many words, its end in the segment.

    ``size`` counts only words of the run; the name may reach beyond ("District | of Columbia").
    """

    place: Place
    first: int
    size: int
    end: int


def match_places(segment: Segment, words: tuple[Word, ...]) -> tuple[PlaceMatch, ...]:
    """The known names in a run, longest first at each word, never overlapping."""
    found = []
    number = 0
    while number < len(words):
        match = _match(segment, words, number)
        if match is None:
            number += 1
        else:
            found.append(match)
            number += max(1, match.size)
    return tuple(found)


def _match(segment: Segment, words: tuple[Word, ...], number: int) -> PlaceMatch | None:
    places = gazetteer()
    word = words[number]
    upper = len(word.text) > 3 and word.text.isupper() and _in_capitals(segment, words, number)
    first = word.text.capitalize() if upper else word.text
    second = second_word(segment.text, word.end)
    if upper:
        second = second.capitalize()
    for name in places.longer.get((first, second), ()):
        end = word.start + len(name)
        same = segment.text.startswith(name, word.start) or (
            upper and segment.text[word.start : end] == name.upper()
        )
        if same and not segment.text[end : end + 1].isalnum():
            place = places.find(name)
            if place is not None:
                count = sum(1 for other in words[number:] if other.start < end)
                return PlaceMatch(place, number, count, end)
    place = places.find(first)
    if place is None and word.text.endswith("-based"):
        place = places.find(word.text[:-6])
    if place is None and is_inflected(segment.lang):
        place = _in_another_case(first, segment.lang)
    return PlaceMatch(place, number, 1, word.end) if place else None


@lru_cache(maxsize=4096)
def _in_another_case(word: str, lang: str) -> Place | None:
    """The place that a word names in another case than the nominative, or None."""
    places, countries = gazetteer(), country_names(lang)
    for name in (word, *nominatives(word, lang)):
        place = places.fixed.get(countries.get(name, "")) or places.find(name)
        if place is not None and place.grade is not Grade.DOUBTFUL:
            # "France" is a surname too, "Франции" is none.
            return place._replace(grade=Grade.SURE) if place.kind == "country" else place
    return None


def _in_capitals(segment: Segment, words: tuple[Word, ...], number: int) -> bool:
    """Whether a word in capitals is so for emphasis (a dateline, a headline), not an acronym."""
    word = words[number]
    text = segment.text
    if word.start < 4 and _DATELINE_AFTER.match(text[words[-1].end :]):
        return True
    around = text[max(0, word.start - 60) : word.end + 60]
    return sum(map(str.islower, around)) < 0.15 * len(around)
