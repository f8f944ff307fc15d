"""Building a segment in memory from batches of tokenized releases.

Nothing is done per token in Python: batches bring numbers of terms, the rest is sorting and
writing by numpy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from concurrent.futures import Future
from itertools import count
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.codec.batch import Batch
from index.codec.container import Array
from index.codec.folder import SegmentEntry, write_deletions
from index.codec.frames import Frames
from index.codec.inversion import Texts
from index.codec.lexicon import Codes, Lexicon
from index.codec.sketches import Marks, joined_marks
from index.codec.speech import Speech
from index.codec.writer import SegmentWriter
from index.fields import FACETS

_EMPTY = np.empty(0, np.uint32)


class Numbers(defaultdict[str, int]):
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
        self._lexicon: Lexicon | None = None
        self._tokens: list[Codes] = []
        self._joined_at: list[Array] = []
        self._joined_stems: list[Codes] = []
        self._values = {name: Numbers() for name in FACETS}
        self._value_counts: dict[str, list[int]] = {name: [] for name in FACETS}
        self._value_ids: dict[str, list[Array]] = {name: [] for name in FACETS}
        self._marks: list[Marks] = []
        self._sentences: list[Array] = []
        self._quotes: list[Array] = []
        self._speakers: list[Array] = []
        self._token_count = 0
        self._stored: list[Future[Frames] | list[bytes]] = []

    @property
    def releases(self) -> int:
        """Releases added so far."""
        return len(self._ids)

    def add(
        self,
        batch: Batch,
        dropped: Collection[int] = (),
        frames: Future[Frames] | None = None,
    ) -> None:
        """Add the releases of a batch; those at the indexes ``dropped`` count as deleted.

        ``frames`` are what is stored of them, where that is being compressed already.
        """
        self._dropped += [self.releases + index for index in sorted(dropped)]
        self._ids += batch.ids
        self._passages.append(batch.passages.astype(np.uint32))
        self._kinds.append(batch.kinds.astype(np.uint8))
        self._lengths.append(batch.lengths.astype(np.uint32))
        self._add_tokens(batch)
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
        self._stored.append(frames or batch.stored)

    def _add_tokens(self, batch: Batch) -> None:
        tokens, joined_stems = batch.tokens, batch.joined_stems
        if self._lexicon is None:
            self._lexicon = batch.lexicon
        elif self._lexicon is not batch.lexicon:  # a vocabulary was spent within a segment
            tokens, joined_stems = self._lexicon.taken_over(batch.lexicon, tokens, joined_stems)
        self._tokens.append(tokens)
        self._joined_at.append(batch.joined_at + np.uint32(self._token_count))
        self._joined_stems.append(joined_stems)

    def finish(self) -> SegmentEntry:
        """Write the segment's files and return its entry."""
        lengths, passages, kinds = map(_joined, (self._lengths, self._passages, self._kinds))
        path = self._folder / f"{self._name}.seg"
        with SegmentWriter(path, plain=self._plain) as writer:
            self._write_stored(writer)
            texts = self._texts(passages, kinds, lengths)
            text_lengths = texts.text_lengths()
            positions = writer.documents(self._ids, passages, kinds, lengths, text_lengths)
            writer.marks(joined_marks(self._marks))
            texts.write_surface(writer)
            texts.write_stems(writer)
            texts.write_families(writer)
            for name in FACETS:
                self._write_facet(writer, name)
            self._write_speech(writer, lengths)
        return self._entry(int(lengths.size), positions, passages)

    def _texts(self, passages: Array, kinds: Array, lengths: Array) -> Texts:
        tokens = _joined(self._tokens)
        self._tokens.clear()
        joined = _joined(self._joined_at), _joined(self._joined_stems)
        return Texts(self._lexicon or Lexicon(), tokens, passages, kinds, lengths, *joined)

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
        for some in self._stored:
            if isinstance(some, Future):
                stored.add_frames(some.result())
            else:
                for release in some:
                    stored.add(release)
        stored.close()
        self.dictionary = stored.dictionary
        self._stored.clear()

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


def _joined(arrays: list[Array]) -> Array:
    return np.concatenate(arrays) if arrays else _EMPTY
