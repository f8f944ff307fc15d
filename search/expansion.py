"""The surface terms of a segment that a pattern or a misspelt word may mean."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from index.codec.dictionary import TermDictionary
from index.codec.integers import Ints
from index.codec.postings import SurfaceField
from search.distance import within_distance
from search.highlight import pattern_regex

MAX_EXPANSIONS = 2_000
"""Terms a pattern with inner wildcards or a misspelt word stands for at most."""
_LARGE = 512
"""A term of more places than this is read by itself: many at once cost more for each place."""
_FEW = 64
"""So many others are read one after the other; more of them, which lie side by side, at once."""


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
    found: list[Ints] = []
    rare: list[int] = []
    for first, last in ranges:
        large = (np.flatnonzero(surface.frequencies(first, last) > _LARGE) + first).tolist()
        found += [surface.positions(term) for term in large]
        gaps = pairwise((first - 1, *large, last))
        runs = [(start + 1, stop) for start, stop in gaps if start + 1 < stop]
        if last - first - len(large) <= _FEW:
            rare += [term for run in runs for term in range(*run)]
        else:
            found += [np.sort(surface.slice(*run)[1]) for run in runs]
    if rare:  # many small lists make one: what there is to sort is little
        found.append(np.sort(surface.gathered(rare)[1]))
    return found
