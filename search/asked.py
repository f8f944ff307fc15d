"""The words of a query as the second stage of ranking reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.analysis import stem, stems
from search.columnar_postings import ColumnarPostings
from search.needed import loosened, required
from search.query import And, Query, Synonyms, TextLeaf, Word, all_of, text_leaves
from search.ranking import idf

MAX_STEMS = 12
"""The weightiest words of a long query whose places are looked up."""
_SPELT = 0.7
"""What a word that was guessed weighs beside one that was typed."""
_MIN_GUESSED = 5
"""Letters of a word whose spelling is guessed."""
_MAX_GUESSED = 2
_FAULTS = 2
"""A word that no more releases hold may be a fault that they share with the query,"""
_LIKELIER = 50
"""when a similar one stands so many times as often,"""
_SENTENCE = 3
"""in a query of so many words, of which the others say what is meant."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The distinct words of a query (the weightiest), their stems and idf, and which are pairs.

    ``content`` is the number of its words that count, ``terms`` are all of them in order, stop
    words too. ``corrected`` says for a word that no release holds which similar one was taken.
    """

    words: tuple[Word, ...]
    stems: tuple[str, ...]
    idfs: tuple[float, ...]
    pairs: tuple[tuple[int, int], ...]
    content: int
    terms: tuple[str, ...]
    corrected: dict[int, str] = field(default_factory=dict)

    @property
    def forms(self) -> tuple[tuple[str, str], ...]:
        """The stem of each word and the surface term that was typed, or meant."""
        typed = (self.corrected.get(at, word.terms[0]) for at, word in enumerate(self.words))
        return tuple(zip(self.stems, typed, strict=True))


def asked_of(
    words: Sequence[Word],
    query: Query,
    idfs: Mapping[TextLeaf, float],
    postings: ColumnarPostings,
) -> Asked:
    """Return the words of a query (``plain_words``), weighed.

    A word that no release holds weighs nothing, unless a similar one is held: then that was
    probably meant, and stands in its place. So does the usual spelling in that of a rare fault.
    """
    distinct = tuple(dict.fromkeys(words))
    values = [stem(w.joined) if w.joined else stems(w.terms[0])[0] for w in distinct]
    weights = [
        idfs.get(word) or _idf(postings, value)
        for word, value in zip(distinct, values, strict=True)
    ]
    spelt: dict[int, str] = {}
    for place, word in enumerate(distinct):
        held = postings.frequency(values[place])
        if held > (_FAULTS if len(distinct) >= _SENTENCE else 0):
            continue
        weights[place] = weights[place] if held else 0.0
        term = word.terms[0]
        if len(spelt) < _MAX_GUESSED and len(term) >= _MIN_GUESSED and term.isalpha():
            similar = postings.similar(term, held * _LIKELIER)
            if similar:
                spelt[place], values[place] = similar, stems(similar)[0]
                live = postings.columns.live.size
                weights[place] = _SPELT * idf(live, postings.frequency(values[place]))
    kept = sorted(sorted(range(len(distinct)), key=lambda place: -weights[place])[:MAX_STEMS])
    number = {distinct[place]: at for at, place in enumerate(kept)}
    pairs = dict.fromkeys(
        (number[left], number[right])
        for left, right in pairwise(words)
        if left in number and right in number and left != right
    )
    return Asked(
        words=tuple(distinct[place] for place in kept),
        stems=tuple(values[place] for place in kept),
        idfs=tuple(weights[place] for place in kept),
        pairs=tuple(pairs),
        content=len(words),
        terms=_terms(query, {distinct[p].terms[0]: meant for p, meant in spelt.items()}),
        corrected={at: spelt[place] for at, place in enumerate(kept) if place in spelt},
    )


def _idf(postings: ColumnarPostings, value: str) -> float:
    return idf(postings.columns.live.size, postings.frequency(value))


def plain_words(query: Query) -> tuple[Word, ...]:
    """Return the words of a query of words, in order as typed; none of any other query.

    Stop words are left out where they do not count; parts of hyphened words stand alone. Filters
    and what is left out (``-draft``) may stand beside the words; a quotation may not: what is
    quoted is wanted as it is.
    """
    query = as_typed(query)
    if isinstance(query, Word):
        return (query,) if _plain(query) else ()
    if not isinstance(query, And):
        return ()
    words = []
    for child in required(loosened(query)):
        if isinstance(child, Word):
            if not _plain(child):
                return ()
            words.append(child)
        elif any(True for _ in text_leaves(child)):
            return ()
    return tuple(words)


def as_typed(query: Query) -> Query:
    """Return a query without what was looked for as well."""
    if isinstance(query, Synonyms):
        return query.children[0]
    if isinstance(query, And):
        return all_of([as_typed(child) for child in query.children]) or query
    return query


def _plain(word: Word) -> bool:
    return len(word.terms) == 1 and not word.field


def _terms(query: Query, meant: Mapping[str, str]) -> tuple[str, ...]:
    """Return the surface terms of a query's words, misspelt ones as they were meant."""
    query = as_typed(query)
    children = query.children if isinstance(query, And) else (query,)
    terms = [term for child in children if isinstance(child, Word) for term in child.terms]
    return tuple(meant.get(term, term) for term in terms)
