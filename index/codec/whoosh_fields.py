"""The fields of a segment as Whoosh asks for them: sorted terms and the documents of each.

Stems, surface terms and facet values are read from the segment's own dictionaries. What follows
from the order of the documents (``level``, ``group``, ``id``, ``kind``) is made when asked for.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np

from index.codec.dictionary import TermDictionary
from index.codec.facets import FacetField
from index.codec.postings import StemField
from index.codec.segment import KINDS, Segment, document_numbers
from index.codec.whoosh_matcher import Numbers, PostingList
from index.fields import FACETS, Level

_TERMS_A_READ = 1024


class Documents:
    """The numbers of a segment's releases and passages among its documents."""

    def __init__(self, segment: Segment) -> None:
        self.releases: Numbers = document_numbers(segment)
        self._starts: Numbers = segment.passage_start.astype(np.int64)

    @property
    def count(self) -> int:
        """Number of all documents."""
        return int(self.releases[-1])

    def of_passages(self, passages: Numbers) -> Numbers:
        """Return the documents of passages given by their numbers in the segment, int64."""
        ordinals = np.searchsorted(self._starts, passages, side="right") - 1
        found: Numbers = passages + ordinals + 1
        return found

    def of_groups(self, ordinals: Numbers) -> Numbers:
        """Return the documents of releases and of their passages, for ascending ordinals."""
        starts, ends = self.releases[ordinals], self.releases[ordinals + 1]
        return np.concatenate([np.arange(s, e) for s, e in zip(starts, ends, strict=True)])

    def place(self, document: int) -> tuple[int, int]:
        """Return a document's release (ordinal) and which of its passages it is.

        Passages count from 0; -1 stands for the release itself.
        """
        ordinal = int(np.searchsorted(self.releases, document, side="right")) - 1
        return ordinal, document - int(self.releases[ordinal]) - 1

    def marked(self, releases: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Numbers:
        """Return the documents of the releases marked (bool of shape (R,)) and their passages."""
        return np.flatnonzero(np.repeat(releases, np.diff(self.releases)))


class FieldTerms(ABC):
    """The terms of one field: ``size`` of them, numbered in the order of their bytes."""

    size: int

    @abstractmethod
    def term(self, number: int) -> bytes:
        """Return a term, UTF-8."""

    @abstractmethod
    def postings(self, number: int) -> PostingList:
        """Return the documents that hold a term, those of deleted releases too."""

    def terms(self, start: int) -> Iterator[bytes]:
        """Yield the terms from a number on."""
        return map(self.term, range(start, self.size))

    def lower_bound(self, wanted: bytes) -> int:
        """Return the number of the first term not before ``wanted``."""
        return bisect_left(range(self.size), wanted, key=self.term)

    def find(self, wanted: bytes) -> int | None:
        """Return the number of a term, or None."""
        number = self.lower_bound(wanted)
        return number if number < self.size and self.term(number) == wanted else None

    def document_frequency(self, number: int) -> int:
        """Return how many documents hold a term."""
        return int(self.postings(number).documents.size)

    def frequency(self, number: int) -> float:
        """Return the sum of a term's weights."""
        return float(self.postings(number).info().weight())


class _DictionaryTerms(FieldTerms):
    """A field whose terms stand in a dictionary of the segment."""

    def __init__(self, dictionary: TermDictionary) -> None:
        self._dictionary = dictionary
        self.size = dictionary.size

    def term(self, number: int) -> bytes:
        return self._dictionary.term(number).encode("utf-8", "surrogatepass")

    def terms(self, start: int) -> Iterator[bytes]:
        for first in range(start, self.size, _TERMS_A_READ):
            for term in self._dictionary.terms(first, first + _TERMS_A_READ):
                yield term.encode("utf-8", "surrogatepass")


class _StemTerms(_DictionaryTerms):
    """Stems of the releases, with their weights. ``lengths``: see ``field_lengths``."""

    def __init__(
        self, documents: Documents, field: StemField, lengths: Callable[[], Numbers]
    ) -> None:
        super().__init__(field.terms)
        self._documents = documents
        self._field = field
        self._lengths = lengths

    def postings(self, number: int) -> PostingList:
        ordinals, weights = self._field.postings(number)
        return PostingList(
            self._documents.releases[ordinals],
            weights.astype(np.int64),
            lengths=self._lengths()[ordinals],
        )

    def document_frequency(self, number: int) -> int:
        return self._field.frequency(number)


class _SurfaceTerms(_DictionaryTerms):
    """Surface terms of the passages, with their positions."""

    def __init__(self, documents: Documents, segment: Segment) -> None:
        super().__init__(segment.surface.terms)
        self._documents = documents
        self._segment = segment

    def postings(self, number: int) -> PostingList:
        positions = self._segment.surface.positions(number)
        bases = self._segment.passage_base
        passages = np.searchsorted(bases, positions, side="right") - 1
        starts = np.flatnonzero(np.diff(passages, prepend=-1, append=-1))
        return PostingList(
            self._documents.of_passages(passages[starts[:-1]]),
            np.diff(starts),
            positions=positions - bases[passages],
            starts=starts,
        )

    def frequency(self, number: int) -> float:
        return float(self._segment.surface.frequency(number))


class _FacetTerms(_DictionaryTerms):
    """Values of one facet."""

    def __init__(self, documents: Documents, facet: FacetField) -> None:
        super().__init__(facet.values)
        self._documents = documents
        self._facet = facet

    def postings(self, number: int) -> PostingList:
        start, end = self._facet.value_starts[number : number + 2].tolist()
        return PostingList(self._documents.releases[self._facet.releases[start:end]])


class _IdTerms(FieldTerms):
    """The ids of the releases. ``groups``: on their passages too."""

    def __init__(self, documents: Documents, segment: Segment, *, groups: bool) -> None:
        self._documents = documents
        self._groups = groups
        self._order = segment.array("ids.order").astype(np.int64)
        self._sorted = segment.ids[self._order]
        # A release that was replaced can be in a segment beside the one that replaced it.
        new = np.concatenate(([True], self._sorted[1:] != self._sorted[:-1]))[: segment.releases]
        self._starts = np.append(np.flatnonzero(new), segment.releases)
        self.size = int(self._starts.size) - 1

    def term(self, number: int) -> bytes:
        return bytes(self._sorted[self._starts[number]])

    def postings(self, number: int) -> PostingList:
        start, end = self._starts[number : number + 2]
        ordinals = np.sort(self._order[start:end])
        of_groups = self._documents.of_groups
        return PostingList(of_groups(ordinals) if self._groups else self._releases(ordinals))

    def _releases(self, ordinals: Numbers) -> Numbers:
        return self._documents.releases[ordinals]


class _KindTerms(FieldTerms):
    """The kinds of the passages."""

    def __init__(self, documents: Documents, segment: Segment) -> None:
        self._documents = documents
        self._numbers = segment.kinds
        present = np.flatnonzero(np.bincount(self._numbers, minlength=len(KINDS)))
        self._kinds = sorted((KINDS[kind].value.encode(), int(kind)) for kind in present)
        self.size = len(self._kinds)

    def term(self, number: int) -> bytes:
        return self._kinds[number][0]

    def postings(self, number: int) -> PostingList:
        passages = np.flatnonzero(self._numbers == self._kinds[number][1])
        return PostingList(self._documents.of_passages(passages))


class _LevelTerms(FieldTerms):
    """The two levels: releases and passages."""

    def __init__(self, documents: Documents, segment: Segment) -> None:
        self._documents = documents
        self._passages = segment.passages
        counts = {Level.RELEASE: segment.releases, Level.PASSAGE: segment.passages}
        self._levels = sorted(level.value.encode() for level, count in counts.items() if count)
        self.size = len(self._levels)

    def term(self, number: int) -> bytes:
        return self._levels[number]

    def postings(self, number: int) -> PostingList:
        if self._levels[number] == Level.RELEASE.value.encode():
            return PostingList(self._documents.releases[:-1])
        return PostingList(self._documents.of_passages(np.arange(self._passages)))


class SegmentFields:
    """All fields of an opened segment, each made when first asked for."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.documents = Documents(segment)
        self._made: dict[str, FieldTerms] = {}
        documents = self.documents
        self._makers: dict[str, Callable[[], FieldTerms]] = {
            "group": lambda: _IdTerms(documents, segment, groups=True),
            "id": lambda: _IdTerms(documents, segment, groups=False),
            "kind": lambda: _KindTerms(documents, segment),
            "level": lambda: _LevelTerms(documents, segment),
            "surface": lambda: _SurfaceTerms(documents, segment),
            "text": lambda: _StemTerms(documents, segment.text, lambda: self.text_lengths),
            "title": lambda: _StemTerms(documents, segment.title, lambda: self.title_lengths),
        }
        for name in FACETS:
            self._makers[name] = self._facet(name)

    def names(self) -> list[str]:
        """Return the names of the fields that have terms, sorted."""
        return [name for name in sorted(self._makers) if self[name].size]

    def __contains__(self, name: str) -> bool:
        return name in self._makers

    def __getitem__(self, name: str) -> FieldTerms:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    @cached_property
    def text_lengths(self) -> Numbers:
        """The sum of each release's weights in ``text``, int64 of shape (R,)."""
        return self.segment.text_lengths.astype(np.int64)

    @cached_property
    def title_lengths(self) -> Numbers:
        """The sum of each release's weights in ``title``, int64 of shape (R,)."""
        _, ordinals, weights = self.segment.title.slice(0, self.segment.title.terms.size)
        sums = np.bincount(ordinals, weights, minlength=self.segment.releases)
        return sums.astype(np.int64)

    def lengths(self, name: str) -> Numbers | None:
        """Return the lengths of a field on the releases, or None when it is not ranked."""
        if name == "text":
            return self.text_lengths
        return self.title_lengths if name == "title" else None

    def _facet(self, name: str) -> Callable[[], FieldTerms]:
        return lambda: _FacetTerms(self.documents, self.segment.facets[name])
