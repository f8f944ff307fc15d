"""Where the words, phrases and patterns of a query stand in a segment."""

from __future__ import annotations

import numpy as np

from index.analysis import stem, stems
from index.codec.integers import Ints
from index.codec.segment import Segment
from search.expansion import pattern_terms, places_of, similar_terms
from search.positions import in_a_row, near, united
from search.query import Fuzzy, Near, Pattern, Phrase, Word


def places_of_leaf(segment: Segment, leaf: Word | Phrase | Pattern | Fuzzy | Near) -> list[Ints]:
    """Return where anything that may be said stands."""
    surface = segment.surface
    if isinstance(leaf, Pattern):
        return places_of(surface, pattern_terms(surface.terms, leaf.pattern))
    if isinstance(leaf, Fuzzy):
        return places_of(surface, similar_terms(surface.terms, leaf.term, leaf.distance))
    if isinstance(leaf, Near):
        return [near_places(segment, leaf)]
    return [leaf_places(segment, leaf)]


def width_of(leaf: Word | Phrase | Pattern | Fuzzy | Near) -> int:
    """Return how many words stand at each of those places."""
    if isinstance(leaf, Near):
        return len(leaf.left.terms)
    return len(leaf.terms) if isinstance(leaf, Word | Phrase) else 1


def near_places(segment: Segment, asked: Near) -> Ints:
    """Return where the left one of two stands near the other."""
    left, right = leaf_places(segment, asked.left), leaf_places(segment, asked.right)
    lengths = len(asked.left.terms), len(asked.right.terms)
    begins = segment.sentences if asked.sentence else segment.passage_base
    return near(left, lengths[0], right, lengths[1], asked.within, begins)


def phrase_places(segment: Segment, terms: tuple[str, ...]) -> Ints:
    """Return where surface terms stand in a row."""
    ids = [segment.surface.terms.find(term) for term in terms]
    return in_a_row(ids, segment) if ids and min(ids) >= 0 else np.empty(0, np.int32)


def leaf_places(segment: Segment, leaf: Word | Phrase) -> Ints:
    """Return where a phrase stands, or a word in any inflection."""
    if isinstance(leaf, Phrase) or len(leaf.terms) != 1:
        return phrase_places(segment, leaf.terms)
    value = stem(leaf.joined) if leaf.joined else stems(leaf.terms[0])[0]
    number = segment.text.terms.find(value)
    if number < 0:
        return np.empty(0, np.int32)
    surface = segment.surface
    return united([surface.positions(term) for term in segment.family(number).tolist()])
