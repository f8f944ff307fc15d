"""The postings of a generation's segments, as the executor asks for them.

A release is known by its ordinal among those of all segments in document order, deleted ones
counted; what is given never holds a deleted one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.codec.integers import Ints
from index.codec.repeats import Repeats
from index.codec.segment import KINDS, Segment, open_segments
from index.model import BlockKind
from search.byte_cache import ByteCache
from search.columns import ReleaseColumns
from search.expansion import pattern_terms, places_of, similar_terms
from search.leaf_places import (
    leaf_lists,
    near_places,
    phrase_places,
    places_of_leaf,
    width_of,
)
from search.positions import fold, said_within
from search.postings import TermHits
from search.query import TITLE, Near, Said, TextLeaf
from search.quotations import quotations_of, releases_quoting
from search.ranking import Floats, length_norms
from search.release_sets import Mask, Ordinals, ReleaseSet
from search.repeated_ranges import RepeatedRanges

CACHE_BYTES = 16 << 20
"""Memory for what was looked up in the passages, for each opened generation.

A phrase of two common words takes 4 ms among 35 million positions and nothing when it is kept (page
two, another facet). Stems are not kept: decoding one takes as long as making room for it."""
_KNOWN = 20_000
"""Stems whose frequencies are kept, about 100 bytes each."""
_BOILERPLATE = KINDS.index(BlockKind.BOILERPLATE)
_KEY_BYTES = 500
"""What an entry of the cache takes beside its arrays."""


Kinds = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment and the numbers of its first release and passage.

    Also the kinds of its passages, and which of its releases are deleted.
    """

    segment: Segment
    offset: int
    first_passage: int
    kinds: Kinds
    deleted: Mask | None
    repeated: RepeatedRanges

    def hits(self, releases: npt.NDArray[Any], weights: npt.NDArray[Any]) -> TermHits:
        """Return hits of the segment (its ordinals) as hits of the generation."""
        ordinals = releases.astype(np.intp, copy=False)
        if self.deleted is not None:
            kept = np.flatnonzero(~self.deleted[ordinals])
            ordinals, weights = ordinals[kept], weights[kept]
        if self.offset:
            ordinals += self.offset
        return TermHits(ordinals, weights.astype(np.float32, copy=False))


class ColumnarPostings:
    """The ``Postings`` of the executor on opened segments; safe for several threads.

    Raises GenerationError, when opened and whenever something is read, when a file is damaged.
    """

    def __init__(self, folder: Path) -> None:
        segments = open_segments(folder)
        self._repeats = Repeats(folder)
        self.columns = ReleaseColumns.from_segments(segments, self._repeats)
        self._parts: list[_Part] = []
        offset = first_passage = 0
        for segment in segments:
            kinds = self._kinds(segment, first_passage)
            repeated = RepeatedRanges(segment, np.flatnonzero(kinds == _BOILERPLATE))
            self._parts.append(
                _Part(segment, offset, first_passage, kinds, segment.deleted, repeated)
            )
            offset += segment.releases
            first_passage += segment.passages
        self.norms: Floats = self._norms()
        self._frequencies: dict[str, int] = {}
        self._cache: ByteCache[TermHits] = ByteCache(CACHE_BYTES, _weigh)

    def warm(self) -> None:
        """Read what the first search would have to read besides its own terms."""
        self.columns.warm()
        for part in self._parts:
            segment = part.segment
            segment.title, segment.stored  # noqa: B018
            for field in (segment.text, segment.surface):
                field.terms.find("")

    def find(self, release_id: str) -> int | None:
        """Return the ordinal of a release, or None."""
        for part in self._parts:
            found = part.segment.find(release_id)
            if found is not None:
                return found + part.offset
        return None

    def parts(self, ordinals: Ordinals) -> Iterator[tuple[Segment, Kinds, Ordinals]]:
        """Yield each segment that any of the releases (ascending) is in, with theirs there.

        Between them the kinds of its passages: those that stand in many releases are boilerplate.
        """
        for part in self._parts:
            bounds = (part.offset, part.offset + part.segment.releases)
            first, last = ordinals.searchsorted(bounds).tolist()
            if first < last:
                yield part.segment, part.kinds, ordinals[first:last] - part.offset

    def frequency(self, value: str) -> int:
        """Return how many releases hold a stem, deleted ones counted."""
        known = self._frequencies.get(value)
        if known is None:
            known = 0
            for part in self._parts:
                field = part.segment.text
                number = field.terms.find(value)
                known += field.frequency(number) if number >= 0 else 0
            if len(self._frequencies) < _KNOWN:
                self._frequencies[value] = known
        return known

    def similar(self, term: str, often: int) -> str:
        """Return the most frequent surface term one letter away that stands more often than so."""
        best, most = "", often
        for part in self._parts:
            surface = part.segment.surface
            for number, _ in similar_terms(surface.terms, term, 1):
                if surface.frequency(number) > most:
                    best, most = surface.terms.term(number), surface.frequency(number)
        return best

    @property
    def segments(self) -> list[Segment]:
        """The segments, in document order."""
        return [part.segment for part in self._parts]

    def part_of(self, ordinal: int) -> tuple[Segment, int]:
        """Return the segment of a release and its ordinal there."""
        part = self._part_of(ordinal)
        return part.segment, ordinal - part.offset

    def kinds_of(self, ordinal: int) -> list[BlockKind]:
        """Return the kinds of a release's passages; what stands in many others is boilerplate."""
        part = self._part_of(ordinal)
        local = ordinal - part.offset
        start, end = part.segment.passage_start[local : local + 2].tolist()
        return list(map(KINDS.__getitem__, part.kinds[start:end].tolist()))

    def _kinds(self, segment: Segment, first_passage: int) -> Kinds:
        packed = self._repeats.passages[first_passage >> 3 :]
        skipped = first_passage & 7
        bits = np.unpackbits(packed, count=skipped + segment.passages, bitorder="little")
        return np.where(bits[skipped:], np.uint8(_BOILERPLATE), segment.kinds)

    def _part_of(self, ordinal: int) -> _Part:
        if len(self._parts) == 1:
            return self._parts[0]
        return next(part for part in reversed(self._parts) if part.offset <= ordinal)

    def stem(self, field: str, value: str) -> TermHits:
        """Releases with a stem in ``text`` or ``title``, with its weighted frequency."""
        found = []
        for part in self._parts:
            asked = part.segment.title if field == TITLE else part.segment.text
            number = asked.terms.find(value)
            if number >= 0:
                found.append(part.hits(*asked.hits(number)))
        return _joined(found)

    def phrase(self, terms: tuple[str, ...], field: str) -> TermHits:
        """Releases with passages that hold the terms in a row, and how often."""
        return self._folded(
            ("phrase", terms, field), field, lambda segment: [phrase_places(segment, terms)]
        )

    def pattern(self, pattern: str, field: str) -> TermHits:
        """Releases that hold terms of the pattern (``*``, ``?``), and how often any of them."""

        def places(segment: Segment) -> list[Ints]:
            surface = segment.surface
            return places_of(surface, pattern_terms(surface.terms, pattern))

        return self._folded(("pattern", pattern, field), field, places)

    def fuzzy(self, term: str, distance: int, field: str) -> TermHits:
        """Releases that hold terms at most so many letters away, and how often any of them."""

        def places(segment: Segment) -> list[Ints]:
            surface = segment.surface
            return places_of(surface, similar_terms(surface.terms, term, distance))

        return self._folded(("fuzzy", term, distance, field), field, places)

    def near(self, asked: Near) -> TermHits:
        """Releases with two words near each other, and how often the left one stands so."""
        key = (asked.left, asked.right, asked.within, asked.sentence)
        return self._folded(key, asked.field, lambda segment: [near_places(segment, asked)])

    @property
    def boilerplate_passages(self) -> int:
        """How many passages stand in many releases."""
        return sum(part.repeated.size for part in self._parts)

    def repeated(self, leaf: TextLeaf) -> TermHits:
        """Releases that hold a word or phrase in boilerplate, and how often they do there."""
        key = ("repeated", leaf)
        hits = self._cache.get(key)
        if hits is None:
            found = []
            for part in self._parts if leaf.field != TITLE else ():
                if part.repeated.size:
                    lists = leaf_lists(part.segment, leaf)
                    found.append(part.hits(*part.repeated.counted(lists)))
            hits = _joined([each for each in found if each.releases.size])
            self._cache.put(key, hits)
        return hits

    def said(self, asked: Said) -> TermHits:
        """Releases that quote a person, saying what is asked, and how often they do."""
        people = dict(zip(self.segments, self._people_named(asked.terms), strict=True))
        leaf = asked.leaf

        def places(segment: Segment) -> list[Ints]:
            begins, ends = quotations_of(segment, people[segment])
            if leaf is None or not begins.size:
                return [begins]
            found = places_of_leaf(segment, leaf)
            return [said_within(each, width_of(leaf), begins, ends) for each in found]

        return self._folded(("said", asked.terms, leaf), "", places)

    def speaks(self, terms: tuple[str, ...]) -> tuple[bool, bool]:
        """Return whether anybody has a name with these words, and whether any such is quoted."""
        people = self._people_named(terms)
        quoted = any(
            quotations_of(s, p)[0].size for s, p in zip(self.segments, people, strict=True)
        )
        return any(people), quoted

    def quoting(self, name: str) -> ReleaseSet:
        """Return the releases that quote a person, by the value of the facet."""
        found: list[Ordinals] = []
        for part in self._parts:
            person = part.segment.facets["person"].values.find(name)
            if person >= 0:
                ordinals = releases_quoting(part.segment, person)
                found.append(part.hits(ordinals, np.ones(ordinals.size)).releases)
        ordinals = np.concatenate(found) if found else np.empty(0, np.intp)
        return ReleaseSet(self.columns.live.slots, ordinals=ordinals)

    def _people_named(self, terms: tuple[str, ...]) -> list[list[int]]:
        return self.columns.facets["person"].ids_with_words(terms)

    def _folded(
        self, key: tuple[Any, ...], field: str, places: Callable[[Segment], Sequence[Ints]]
    ) -> TermHits:
        """Fold the places found in each segment to their releases, or return what is kept."""
        hits = self._cache.get(key)
        if hits is not None:
            return hits
        found = []
        for part in self._parts:
            lists = [each for each in places(part.segment) if each.size]
            if lists:
                found.append(part.hits(*fold(lists, part.segment, title=field == TITLE)))
        hits = _joined(found)
        self._cache.put(key, hits)
        return hits

    def _norms(self) -> Floats:
        lengths = [part.segment.text_lengths for part in self._parts]
        found = np.concatenate(lengths) if lengths else np.empty(0, np.uint32)
        return length_norms(found, self.columns.live)


def _joined(found: list[TermHits]) -> TermHits:
    if len(found) == 1:
        return found[0]
    if not found:
        return TermHits(np.empty(0, np.intp), np.empty(0, np.float32))
    releases: Ordinals = np.concatenate([hits.releases for hits in found])
    return TermHits(releases, np.concatenate([hits.weights for hits in found]))


def _weigh(hits: TermHits) -> int:
    return hits.releases.nbytes + hits.weights.nbytes + _KEY_BYTES
