"""The surface terms of a segment that a pattern or a misspelt word may mean."""

from __future__ import annotations

import numpy as np

from index.codec.dictionary import TermDictionary
from index.codec.integers import Ints
from index.codec.postings import SurfaceField
from search.distance import within_distance
from search.highlight import pattern_regex

MAX_EXPANSIONS = 2_000
"""Terms a pattern with inner wildcards or a misspelt word stands for at most."""
_LARGE = 8_192
"""A term of more places than this is read by itself: many at once cost more for each place."""


def pattern_terms(terms: TermDictionary, pattern: str) -> list[tuple[int, int]]:
    """Return the ids that a pattern (``*``, ``?``) matches as ranges, half open."""
    literal = pattern.split("*", 1)[0].split("?", 1)[0]
    first, last = terms.prefix(literal)
    if pattern == literal + "*":
        return [(first, last)] if first < last else []
    matches = pattern_regex(pattern).match
    if "*" not in pattern:
        # The letters there are, with one put in for each question mark.
        asked = pattern.replace("?", "")
        ids = terms.like(asked, pattern.count("?"), first, last).tolist()
        found = [number for number in ids if matches(terms.term(number))]
    else:
        found = [
            number for number, term in enumerate(terms.terms(first, last), first) if matches(term)
        ]
    return [(number, number + 1) for number in found[:MAX_EXPANSIONS]]


def similar_terms(terms: TermDictionary, term: str, distance: int) -> list[tuple[int, int]]:
    """Return the ids of the terms at most so many letters away, as ranges, half open.

    The first letter must be right: it rarely is not, and it bounds the search. Two letters
    swapped are one fault.
    """
    first, last = terms.prefix(term[0])
    ids = terms.like(term, distance, first, last).tolist()
    found = [number for number in ids if within_distance(term, terms.term(number), distance)]
    return [(number, number + 1) for number in found[:MAX_EXPANSIONS]]


def places_of(surface: SurfaceField, ranges: list[tuple[int, int]]) -> list[Ints]:
    """Return where the terms of ranges of ids stand, as ascending lists."""
    found = []
    for first, last in ranges:
        start = first
        for large in np.flatnonzero(surface.frequencies(first, last) > _LARGE).tolist():
            found += _run(surface, start, first + large)
            found.append(surface.positions(first + large))
            start = first + large + 1
        found += _run(surface, start, last)
    return found


def _run(surface: SurfaceField, first: int, last: int) -> list[Ints]:
    if last - first == 1:
        return [surface.positions(first)]
    # Many small lists make one: what there is to sort is little.
    return [np.sort(surface.slice(first, last)[1])] if first < last else []
