"""Whether what ``/5``, ``/s`` or ``/p`` joins stands near each other in a passage, word by word.

The index finds such passages by arrays of positions; here the few that are shown are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.analysis import stem, stems, surface_terms
from index.sentences import split_sentences
from search.leaf_table import is_like, pattern_regex
from search.query import And, Fuzzy, Near, NearPart, Or, Pattern, Query, TextLeaf, Word, text_leaves
from search.query import is_wild as is_pattern

Accepts = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Nearness:
    """A ``Near`` of a query; its parts' leaves by their numbers in ``text_leaves(query)``.

    ``within`` 0: anywhere in a passage, or with ``sentence`` in one sentence.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    within: int
    sentence: bool
    rows: tuple[tuple[tuple[Accepts, ...], ...], tuple[tuple[Accepts, ...], ...]]

    def holds(self, text: str) -> bool:
        """Whether the two stand near each other in a passage of this text."""
        units = split_sentences(text) if self.sentence else (text,)
        return any(self._near(surface_terms(unit)) for unit in units)

    def _near(self, terms: Sequence[str]) -> bool:
        most = self.within or len(terms)
        left, right = ([*_places(rows, terms)] for rows in self.rows)
        return any(
            1 <= max(begin - other_end, other_begin - end) <= most
            for begin, end in left
            for other_begin, other_end in right
        )


def nearnesses(query: Query) -> tuple[Nearness, ...]:
    """Return the nearnesses a query asks for, left to right; none below a Not."""
    return tuple(_found(query, [0]))


def _found(query: Query, before: list[int]) -> Iterator[Nearness]:
    """Yield nearnesses; ``before`` counts the text leaves that were passed."""
    if isinstance(query, And | Or):
        for child in query.children:
            yield from _found(child, before)
        return
    parts = (query.left, query.right) if isinstance(query, Near) else (query,)
    numbers: list[tuple[int, ...]] = []
    for part in parts:
        size = sum(1 for _ in text_leaves(part))
        numbers.append(tuple(range(before[0], before[0] + size)))
        before[0] += size
    if isinstance(query, Near):
        rows = (_rows(query.left), _rows(query.right))
        yield Nearness(numbers[0], numbers[1], query.within, query.sentence, rows)


def _rows(part: NearPart) -> tuple[tuple[Accepts, ...], ...]:
    return tuple(_accepts(leaf) for leaf in text_leaves(part))


def _accepts(leaf: TextLeaf) -> tuple[Accepts, ...]:
    """Return for each word of a leaf what says whether a surface term answers it."""
    if isinstance(leaf, Pattern):
        return (pattern_regex(leaf.pattern).match,)
    if isinstance(leaf, Fuzzy):
        return (lambda term: is_like(term, leaf),)
    if isinstance(leaf, Word) and len(leaf.terms) == 1:
        value = stem(leaf.joined) if leaf.joined else stems(leaf.terms[0])[0]
        return (lambda term: value in stems(term),)
    return tuple(
        pattern_regex(term).match if is_pattern(term) else term.__eq__ for term in leaf.terms
    )


def _places(rows: Sequence[Sequence[Accepts]], terms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield first and last word of every place of any of the rows."""
    distinct = set(terms)
    for row in rows:
        # Each distinct word is decided once.
        begins = {term for term in distinct if row[0](term)}
        for at, term in enumerate(terms):
            if term in begins and len(terms) - at >= len(row):
                rest = zip(row[1:], terms[at + 1 :], strict=False)
                if all(accepts(other) for accepts, other in rest):
                    yield at, at + len(row) - 1
