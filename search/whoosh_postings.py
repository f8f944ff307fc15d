"""Reading a Whoosh index as arrays: postings, columns and stored fields by release ordinal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index as whoosh_files
from whoosh import query
from whoosh.index import FileIndex
from whoosh.matching import Matcher
from whoosh.query import Prefix, Wildcard
from whoosh.reading import IndexReader, TermNotFound

from index.whoosh_index import FACET_SEPARATOR
from search.columns import DateColumn, FacetColumn, Ints, ReleaseColumns
from search.distance import within_distance
from search.executor import TermHits
from search.query import TITLE
from search.ranking import Floats, length_norms

_CACHED_TERMS = 64
"""Decoded terms kept for each generation; a term of every release takes 8 bytes a release."""
_MAX_EXPANSIONS = 2_000
"""Terms a pattern or misspelt word is expanded to at most."""


class WhooshPostings:
    """The ``Postings`` of the executor on an opened Whoosh index.

    Document numbers of Whoosh count releases and passages of all segments together; a release's
    passages follow it. ``_parents`` holds the releases' numbers in ascending order (int64), so
    that a binary search turns a document's number into its release's ordinal.
    """

    def __init__(self, folder: Path) -> None:
        self._index: FileIndex = whoosh_files.open_dir(str(folder))
        self._searcher = self._index.searcher()
        self._leaves: list[tuple[IndexReader, int]] = [
            (leaf.reader(), offset) for leaf, offset in self._searcher.leaf_searchers()
        ]
        self._parents = self._documents("level", "release")[0]
        total = self._parents.size
        self.columns = ReleaseColumns(
            total=total,
            dates=DateColumn.from_postings(self._facet_postings("date"), self._column("id")),
            facets={
                name: FacetColumn.from_postings(self._facet_postings(name), total)
                for name in ("person", "place", "source", "lang")
            },
        )
        self.norms: Floats = length_norms(self._lengths())
        self.stem = lru_cache(_CACHED_TERMS)(self._stem)
        self.phrase = lru_cache(_CACHED_TERMS)(self._phrase)
        self.pattern = lru_cache(_CACHED_TERMS)(self._pattern)
        self.fuzzy = lru_cache(_CACHED_TERMS)(self._fuzzy)

    def find(self, release_id: str) -> int | None:
        """Return the ordinal of a release, or None."""
        documents, _ = self._documents("id", release_id)
        return int(np.searchsorted(self._parents, documents[0])) if documents.size else None

    def stored_group(self, ordinal: int) -> Iterator[Any]:
        """Yield what is stored of a release and then of each of its passages."""
        number = int(self._parents[ordinal])
        reader, offset = next(
            (reader, offset) for reader, offset in reversed(self._leaves) if offset <= number
        )
        for local in range(number - offset, reader.doc_count_all()):
            yield reader.stored_fields(local)["stored"]

    def _stem(self, field: str, value: str) -> TermHits:
        """Releases with a stem in ``text`` or ``title``, with its weighted frequency."""
        documents, weights = self._documents(field, value)
        return TermHits(self._ordinals(documents), weights)

    def _phrase(self, terms: tuple[str, ...], field: str) -> TermHits:
        """Releases with passages that hold the terms in a row."""
        found = [
            [base + number for number in _phrase_documents(reader, terms)]
            for reader, base in self._leaves
        ]
        return self._fold([number for numbers in found for number in numbers], field)

    def _pattern(self, pattern: str, field: str) -> TermHits:
        """Releases with passages that hold a term of the pattern (``*``, ``?``)."""
        asked: query.MultiTerm = Wildcard("surface", pattern)
        if "?" not in pattern and pattern.find("*") == len(pattern) - 1:
            asked = Prefix("surface", pattern[:-1])
        return self._with_any(lambda reader: (t for _, t in asked.expanded_terms(reader)), field)

    def _fuzzy(self, term: str, distance: int, field: str) -> TermHits:
        """Releases with passages that hold a term at most so many letters away.

        The first letter must be right: it rarely is not, and it bounds the search. Whoosh's own
        expansion counts two letters swapped as two faults; here they are one.
        """

        def alike(reader: IndexReader) -> Iterator[bytes]:
            for found in reader.expand_prefix("surface", term[0]):
                if within_distance(term, found.decode(), distance):
                    yield found

        return self._with_any(alike, field)

    def _with_any(self, expand: Callable[[IndexReader], Iterable[bytes]], field: str) -> TermHits:
        """Fold the passages that hold any of the terms a segment's dictionary expands to."""
        numbers: set[int] = set()
        for reader, base in self._leaves:
            for term in islice(dict.fromkeys(expand(reader)), _MAX_EXPANSIONS):
                matcher = reader.postings("surface", term)
                numbers.update(base + number for number in matcher.all_ids())
        return self._fold(sorted(numbers), field)

    def _fold(self, passages: list[int], field: str) -> TermHits:
        """Fold passages to their releases; the weight is the number of passages."""
        documents = np.array(passages, dtype=np.int64)
        if field == TITLE:
            titles, _ = self._documents("kind", "title")
            documents = np.intersect1d(documents, titles)
        releases, counts = np.unique(self._ordinals(documents), return_counts=True)
        return TermHits(releases.astype(np.int32), counts.astype(np.float32))

    def _ordinals(self, documents: np.ndarray[Any, np.dtype[np.int64]]) -> Ints:
        return (np.searchsorted(self._parents, documents, side="right") - 1).astype(np.int32)

    def _documents(
        self, field: str, value: str | bytes
    ) -> tuple[np.ndarray[Any, np.dtype[np.int64]], Floats]:
        """Return the numbers (ascending) and weights of the documents with a term."""
        numbers: list[int] = []
        weights: list[float] = []
        for reader, base in self._leaves:
            matcher = _matcher(reader, field, value)
            while matcher and matcher.is_active():
                numbers.append(base + matcher.id())
                weights.append(matcher.weight())
                matcher.next()
        return np.array(numbers, dtype=np.int64), np.array(weights, dtype=np.float32)

    def _facet_postings(self, field: str) -> dict[str, Ints]:
        postings: dict[str, list[int]] = {}
        for ordinal, joined in enumerate(self._column(field)):
            for value in joined.decode().split(FACET_SEPARATOR) if joined else ():
                postings.setdefault(value, []).append(ordinal)
        return {value: np.array(found, dtype=np.int32) for value, found in postings.items()}

    def _column(self, field: str) -> list[bytes]:
        """Return the value of a column for each release."""
        values: list[bytes] = []
        for reader, numbers in self._local_parents():
            column = reader.column_reader(field, translate=False)
            values += [column[number] for number in numbers]
        return values

    def _lengths(self) -> Floats:
        lengths = [
            reader.doc_field_length(number, "text", 0) or 0
            for reader, numbers in self._local_parents()
            for number in numbers
        ]
        return np.array(lengths, dtype=np.float32)

    def _local_parents(self) -> Iterator[tuple[IndexReader, list[int]]]:
        """Yield each segment that has any releases with their document numbers in it."""
        for reader, base in self._leaves:
            first, last = np.searchsorted(self._parents, (base, base + reader.doc_count_all()))
            if first < last:
                yield reader, [int(number) - base for number in self._parents[first:last]]


def _matcher(reader: IndexReader, field: str, value: str | bytes) -> Matcher | None:
    try:
        return reader.postings(field, value)
    except TermNotFound:
        return None


def _phrase_documents(reader: IndexReader, terms: tuple[str, ...]) -> list[int]:
    """Return the documents of one segment that hold the surface terms in a row.

    Starts from the rarest term and only looks at the documents that are left, so that the cost
    is the rarest term's.
    """
    if not terms or any(("surface", term) not in reader for term in terms):
        return []
    places = sorted(enumerate(terms), key=lambda pair: reader.doc_frequency("surface", pair[1]))
    starts: dict[int, set[int]] = {}
    for order, (place, term) in enumerate(places):
        matcher = _matcher(reader, "surface", term)
        if matcher is None:
            return []
        starts = (
            _first_starts(matcher, place) if order == 0 else _kept_starts(matcher, place, starts)
        )
    return sorted(starts)


def _first_starts(matcher: Matcher, place: int) -> dict[int, set[int]]:
    starts = {}
    while matcher.is_active():
        begins = {at - place for at in matcher.value_as("positions") if at >= place}
        if begins:
            starts[matcher.id()] = begins
        matcher.next()
    return starts


def _kept_starts(matcher: Matcher, place: int, starts: dict[int, set[int]]) -> dict[int, set[int]]:
    kept = {}
    for number in sorted(starts):
        if matcher.is_active() and matcher.id() < number:
            matcher.skip_to(number)
        if not matcher.is_active():
            break
        if matcher.id() == number:
            begins = starts[number] & {at - place for at in matcher.value_as("positions")}
            if begins:
                kept[number] = begins
    return kept
