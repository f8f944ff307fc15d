"""Building a segment in memory from batches of tokenized releases.

Nothing is done per token in Python: a batch brings numbers of its own distinct terms, which are
turned into the segment's numbers by one look each; the rest is sorting and writing by numpy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import count
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.codec.batch import Batch
from index.codec.container import Array
from index.codec.folder import SegmentEntry, write_deletions
from index.codec.sketches import Marks, joined_marks
from index.codec.speech import Speech
from index.codec.writer import SegmentWriter
from index.fields import FACETS

SLICE = 1 << 22
"""Postings encoded at a time: bounds the memory of writing."""

_RUN = 1 << 16
_EMPTY = np.empty(0, np.uint32)


class Vocabulary(defaultdict[str, int]):
    """Numbers for distinct strings, in the order they are first asked for."""

    def __init__(self) -> None:
        # Not its own length: it would be a cycle, and all its terms stay until one is looked for.
        super().__init__(count().__next__)

    def numbers(self, terms: Sequence[str]) -> npt.NDArray[np.uint32]:
        """Return the number of each term; new terms get the next ones."""
        return np.fromiter(map(self.__getitem__, terms), np.uint32, len(terms))

    def sorted(self) -> tuple[list[str], npt.NDArray[np.uint32]]:
        """Return the terms in order, and the place in it of each number."""
        by_number = list(self)
        order = sorted(range(len(by_number)), key=by_number.__getitem__)
        ranks = np.empty(len(order), np.uint32)
        ranks[order] = np.arange(len(order), dtype=np.uint32)
        return list(map(by_number.__getitem__, order)), ranks


class _StemPostings:
    """The postings of a field of stems, as they come: release by release."""

    def __init__(self) -> None:
        self.counts: list[Array] = []
        self.stems: list[Array] = []
        self.weights: list[Array] = []

    def add(self, counts: Array, stems: Array, weights: Array) -> None:
        self.counts.append(counts.astype(np.uint32))
        self.stems.append(stems)
        self.weights.append(weights.astype(np.uint32))

    def lengths(self) -> Array:
        """Return the sum of each release's weights."""
        counts, weights = _joined(self.counts), _joined(self.weights)
        sums = np.concatenate(([0], np.cumsum(weights, dtype=np.int64)))
        ends = np.cumsum(counts, dtype=np.int64)
        return sums[ends] - sums[ends - counts]


class SegmentBuilder:
    """Collects batches and writes them as one segment; ``plain`` as of ``SegmentWriter``."""

    def __init__(
        self, folder: Path, name: str, dictionary: bytes = b"", *, plain: bool = False
    ) -> None:
        self._plain = plain
        self.dictionary = dictionary
        """What stored releases are compressed with, once the segment is written."""
        self._folder = folder
        self._name = name
        self._ids: list[str] = []
        self._dropped: list[int] = []
        self._passages: list[Array] = []
        self._kinds: list[Array] = []
        self._lengths: list[Array] = []
        self._surface = Vocabulary()
        self._stems = Vocabulary()
        self._tokens: list[Array] = []
        self._families: list[Array] = []
        self._text, self._title = _StemPostings(), _StemPostings()
        self._values = {name: Vocabulary() for name in FACETS}
        self._value_counts: dict[str, list[int]] = {name: [] for name in FACETS}
        self._value_ids: dict[str, list[Array]] = {name: [] for name in FACETS}
        self._marks: list[Marks] = []
        self._sentences: list[Array] = []
        self._quotes: list[Array] = []
        self._speakers: list[Array] = []
        self._token_count = 0
        self._stored: list[bytes] = []

    @property
    def releases(self) -> int:
        """Releases added so far."""
        return len(self._ids)

    def add(self, batch: Batch, dropped: Collection[int] = ()) -> None:
        """Add the releases of a batch; those at the indexes ``dropped`` count as deleted."""
        self._dropped += [self.releases + index for index in sorted(dropped)]
        self._ids += batch.ids
        self._passages.append(batch.passages.astype(np.uint32))
        self._kinds.append(batch.kinds.astype(np.uint8))
        self._lengths.append(batch.lengths.astype(np.uint32))
        known = len(self._surface)
        surface, stems = self._surface.numbers(batch.surface), self._stems.numbers(batch.stems)
        self._tokens.append(surface[batch.tokens])
        family = np.stack((stems[batch.family_stem], surface[batch.family_surface]))
        self._families.append(family[:, family[1] >= known])
        self._text.add(batch.text_counts, stems[batch.text_stems], batch.text_weights)
        self._title.add(batch.title_counts, stems[batch.title_stems], batch.title_weights)
        for name in FACETS:
            values = batch.facets[name]
            flat = [value for of_release in values for value in of_release]
            self._value_counts[name] += map(len, values)
            self._value_ids[name].append(self._values[name].numbers(flat))
        self._marks.append(batch.marks)
        self._sentences.append(batch.sentences + np.uint32(self._token_count))
        self._quotes.append(batch.quotes + np.uint32(self._token_count))
        self._speakers.append(self._values["person"].numbers(batch.speakers))
        self._token_count += batch.tokens.size
        self._stored += batch.stored

    def finish(self) -> SegmentEntry:
        """Write the segment's files and return its entry."""
        text_lengths = self._text.lengths()
        path = self._folder / f"{self._name}.seg"
        with SegmentWriter(path, plain=self._plain) as writer:
            self._write_stored(writer)
            lengths, passages = _joined(self._lengths), _joined(self._passages)
            kinds = _joined(self._kinds)
            positions = writer.documents(self._ids, passages, kinds, lengths, text_lengths)
            writer.marks(joined_marks(self._marks))
            surface_ranks = self._write_surface(writer, lengths)
            terms, ranks = self._stems.sorted()
            _write_stems(writer, "title", terms, ranks, self._title)
            _write_stems(writer, "text", terms, ranks, self._text)
            self._write_families(writer, len(terms), ranks, surface_ranks)
            for name in FACETS:
                self._write_facet(writer, name)
            self._write_speech(writer, lengths)
        return self._entry(int(lengths.size), positions, passages)

    def _entry(self, passages: int, positions: int, passages_of: Array) -> SegmentEntry:
        if not self._dropped:
            return SegmentEntry(self._name, self.releases, passages, positions)
        deleted = np.zeros(self.releases, bool)
        deleted[self._dropped] = True
        deletions = f"{self._name}-1.del"
        write_deletions(self._folder / deletions, deleted)
        gone = int(passages_of[deleted].sum())
        counts = (self.releases, passages, positions)
        return SegmentEntry(self._name, *counts, deletions, len(self._dropped), gone)

    def _write_stored(self, writer: SegmentWriter) -> None:
        stored = writer.stored(self.dictionary)
        for blob in self._stored:
            stored.add(blob)
        stored.close()
        self.dictionary = stored.dictionary
        self._stored.clear()

    def _write_surface(self, writer: SegmentWriter, lengths: Array) -> Array:
        """Write the surface terms with their positions; return the place of each number."""
        terms, ranks = self._surface.sorted()
        keys = ranks[_joined(self._tokens)]
        self._tokens.clear()
        # Token n of the segment stands n positions from its start and one more for each passage.
        positions = np.repeat(np.arange(lengths.size, dtype=np.int32), lengths)
        positions += np.arange(positions.size, dtype=np.int32)
        field = writer.surface_field()
        for first, counts, order in by_term(keys, len(terms)):
            found = positions[order]
            for left, right, start, stop in slices(counts):
                field.add(
                    terms[first + left : first + right], counts[left:right], found[start:stop]
                )
        field.close()
        return ranks

    def _write_families(
        self, writer: SegmentWriter, stems: int, ranks: Array, surface_ranks: Array
    ) -> None:
        pairs = np.concatenate(self._families, axis=1) if self._families else np.empty((2, 0))
        owners, members = ranks[pairs[0].astype(np.int64)], surface_ranks[pairs[1].astype(np.int64)]
        order = np.lexsort((members, owners))
        counts = np.bincount(owners, minlength=stems)
        writer.families(np.concatenate(([0], np.cumsum(counts))), members[order])

    def _write_speech(self, writer: SegmentWriter, lengths: Array) -> None:
        ends = np.cumsum(lengths, dtype=np.int64)
        sentences, quotes = _joined(self._sentences), _joined(self._quotes).astype(np.int64)
        begins, last = quotes[0::2], quotes[1::2] - 1
        # As in ``_write_surface``: a token's position is one more for each passage before it.
        at, first, end = (
            tokens + ends.searchsorted(tokens, side="right") for tokens in (sentences, begins, last)
        )
        ranks = self._values["person"].sorted()[1]
        writer.speech(Speech(at, first, end + 1, ranks[_joined(self._speakers)]))

    def _write_facet(self, writer: SegmentWriter, name: str) -> None:
        values, ranks = self._values[name].sorted()
        starts = np.concatenate(([0], np.cumsum(self._value_counts[name], dtype=np.int64)))
        writer.facet(name, values, starts, ranks[_joined(self._value_ids[name])])


def _write_stems(
    writer: SegmentWriter, name: str, terms: list[str], ranks: Array, postings: _StemPostings
) -> None:
    """Write a field of stems; those that no release has in it are left out."""
    keys = ranks[_joined(postings.stems)]
    owners = _joined(postings.counts)
    ordinals = np.repeat(np.arange(owners.size, dtype=np.int32), owners)
    weights = _joined(postings.weights)
    field = writer.stem_field(name)
    for first, counts, order in by_term(keys, len(terms)):
        used = np.flatnonzero(counts)
        names, counts = [terms[first + number] for number in used.tolist()], counts[used]
        of_terms, theirs = ordinals[order], weights[order]
        for left, right, start, stop in slices(counts):
            postings_of = (of_terms[start:stop], theirs[start:stop])
            field.add(names[left:right], counts[left:right], *postings_of)
    field.close()


def by_term(keys: Array, terms: int) -> Iterator[tuple[int, Array, npt.NDArray[np.int64]]]:
    """Group postings by term, in order: ``keys`` are term numbers, below ``terms``.

    Yields for each run of 65,536 terms its first term, the number of postings of each, and the
    indexes of the postings term by term, those of one term as they stand. numpy sorts 16-bit
    keys by radix, in a sixth of the time of a sort of whole keys; a run at a time takes a
    fraction of the memory.
    """
    for first in range(0, terms, _RUN):
        last = min(first + _RUN, terms)
        if terms <= _RUN:
            low = keys.astype(np.uint16)
            order = np.argsort(low, kind="stable")
        else:
            at = np.flatnonzero((keys >= first) & (keys < last))
            low = (keys[at] - np.uint32(first)).astype(np.uint16)
            order = at[np.argsort(low, kind="stable")]
        yield first, np.bincount(low, minlength=last - first), order


def slices(counts: Array) -> list[tuple[int, int, int, int]]:
    """Cut terms into runs of about ``SLICE`` postings, one term at least.

    Returns for each run its first and last term and its first and last posting, half open.
    """
    ends = np.cumsum(counts, dtype=np.int64)
    runs: list[tuple[int, int, int, int]] = []
    first, start = 0, 0
    while first < counts.size:
        last = max(first + 1, int(np.searchsorted(ends, start + SLICE, side="right")))
        stop = int(ends[last - 1])
        runs.append((first, last, start, stop))
        first, start = last, stop
    return runs


def _joined(arrays: list[Array]) -> Array:
    return np.concatenate(arrays) if arrays else _EMPTY
