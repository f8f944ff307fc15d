"""The words of the archive: which begin so, which are nearly so, each with its occurrences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from index.codec.segment import Segment
from search.distance import within_distance
from search.expansion import similar_terms

_LOOKED_AT = 400
"""Most frequent words with the same first letters among which a half-typed one is looked for."""
_STEM = 3
"""First letters that must be right of a word that is half typed and mistyped."""

Counted = tuple[tuple[str, int], ...]


def completions(segments: Iterable[Segment], prefix: str, most: int) -> Counted:
    """Return the most frequent surface terms that begin with a prefix, with their occurrences."""
    return _first(_beginning(segments, prefix, most), most)


def similar(segments: Iterable[Segment], term: str, distance: int, most: int) -> Counted:
    """Return the most frequent terms at most so many letters away, the term itself left out."""
    counts: Counter[str] = Counter()
    for segment in segments:
        surface = segment.surface
        for first, last in similar_terms(surface.terms, term, distance):
            counts[surface.terms.term(first)] += int(surface.frequencies(first, last)[0])
    counts.pop(term, None)
    return _first(counts, most)


def mistyped(segments: Iterable[Segment], prefix: str, most: int) -> Counted:
    """Return frequent terms that begin with a prefix but for one letter of it."""
    counts = _beginning(segments, prefix[:_STEM], _LOOKED_AT)
    size = len(prefix)
    near = {
        term: count
        for term, count in counts.items()
        if any(within_distance(prefix, term[:cut], 1) for cut in (size, size - 1, size + 1))
    }
    return _first(Counter(near), most)


def _beginning(segments: Iterable[Segment], prefix: str, most: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for segment in segments:
        surface = segment.surface
        first, last = surface.terms.prefix(prefix)
        if first >= last:
            continue
        frequencies = surface.frequencies(first, last)
        best = np.argsort(-frequencies.astype(np.int64), kind="stable")[:most]
        for place in best.tolist():
            counts[surface.terms.term(first + place)] += int(frequencies[place])
    return counts


def _first(counts: Counter[str], most: int) -> Counted:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most])
