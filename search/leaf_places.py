"""Where what a query asks for stands in a segment: places of words, phrases, patterns.

A place is a global token position (int32), that of the first word of a phrase.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from index.analysis import stem, stems
from index.codec.integers import Ints, distinct
from index.codec.segment import Segment
from search.expansion import pattern_terms, places_of, similar_terms
from search.positions import common, in_a_row, near, united
from search.query import (
    ANY_WORD,
    Fuzzy,
    Near,
    NearPart,
    Pattern,
    Phrase,
    TextLeaf,
    is_wild,
    text_leaves,
)

_NONE = np.empty(0, np.int32)


def leaf_places(segment: Segment, leaf: TextLeaf) -> Ints:
    """Return where a phrase or pattern stands, or a word in any inflection; ascending."""
    return united(leaf_lists(segment, leaf))


def leaf_lists(segment: Segment, leaf: TextLeaf) -> list[Ints]:
    """Return the places of a leaf as ascending lists, one for each term it stands for."""
    surface = segment.surface
    if isinstance(leaf, Pattern):
        return places_of(surface, pattern_terms(surface.terms, leaf.pattern))
    if isinstance(leaf, Fuzzy):
        return places_of(surface, similar_terms(surface.terms, leaf.term, leaf.distance))
    if isinstance(leaf, Phrase) or len(leaf.terms) != 1:
        return [phrase_places(segment, leaf.terms)]
    value = stem(leaf.joined) if leaf.joined else stems(leaf.terms[0])[0]
    number = segment.text.terms.find(value)
    terms = segment.family(number).tolist() if number >= 0 else []
    return [surface.positions(term) for term in terms]


def phrase_places(segment: Segment, terms: Sequence[str]) -> Ints:
    """Return where surface terms stand in a row, patterns among them for any term of theirs."""
    fixed = [place for place, term in enumerate(terms) if not is_wild(term)]
    ids = [segment.surface.terms.find(terms[place]) for place in fixed]
    if not terms or any(number < 0 for number in ids):
        return _NONE
    if len(fixed) == len(terms):
        return in_a_row(ids, segment)
    return _row_with_patterns(segment, terms, dict(zip(fixed, ids, strict=True)))


def _row_with_patterns(segment: Segment, terms: Sequence[str], fixed: dict[int, int]) -> Ints:
    """Return where terms stand in a row; ``fixed`` are the numbers of those that are no patterns.

    The rarest of these first: most rows are ruled out before a pattern is looked up.
    """
    surface = segment.surface
    starts: Ints | None = None
    for place in sorted(fixed, key=lambda place: surface.frequency(fixed[place])):
        starts = _also(starts, surface.positions(fixed[place]), place)
    for place, term in enumerate(terms):
        if place in fixed or term == ANY_WORD or (starts is not None and not starts.size):
            continue
        lists = places_of(surface, pattern_terms(surface.terms, term))
        starts = _also(starts, united(lists), place)
    if starts is None or ANY_WORD not in terms:
        return _NONE if starts is None else starts
    # What is not looked up might be the free position between two passages.
    ends = segment.passage_base.take(segment.passage_base.searchsorted(starts, side="right"))
    return starts[(starts + np.int32(len(terms) - 1) < ends).nonzero()[0]]


def _also(starts: Ints | None, positions: Ints, place: int) -> Ints:
    """Return the starts of rows that have one of the positions at this place."""
    if starts is None:
        return positions - np.int32(place)
    return common(starts + np.int32(place), positions) - np.int32(place)


def near_places(segment: Segment, asked: Near) -> Ints:
    """Return the places of the left part of a ``Near`` that the right one is near to."""
    right = _by_length(segment, asked.right)
    begins = segment.sentences if asked.sentence else segment.passage_base
    found = [
        near(places, length, others, other_length, asked.within, begins)
        for length, places in _by_length(segment, asked.left).items()
        for other_length, others in right.items()
    ]
    return found[0] if len(found) == 1 else distinct(np.concatenate(found))


def _by_length(segment: Segment, part: NearPart) -> dict[int, Ints]:
    """Return the places of a part's alternatives by their number of words; ascending."""
    found: dict[int, list[Ints]] = defaultdict(list)
    for leaf in text_leaves(part):
        found[width_of(leaf)].append(leaf_places(segment, leaf))
    return {
        length: lists[0] if len(lists) == 1 else distinct(np.concatenate(lists))
        for length, lists in found.items()
    }


def places_of_leaf(segment: Segment, leaf: TextLeaf | Near) -> list[Ints]:
    """Return where anything that may be said stands, as ascending lists."""
    if isinstance(leaf, Near):
        return [near_places(segment, leaf)]
    return leaf_lists(segment, leaf)


def width_of(leaf: TextLeaf | Near) -> int:
    """Return how many words stand at each of those places, at least."""
    if isinstance(leaf, Near):
        return min(width_of(part) for part in text_leaves(leaf.left))
    return 1 if isinstance(leaf, Pattern | Fuzzy) else len(leaf.terms)
