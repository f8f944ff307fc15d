"""The write side of the index: batches of releases in, a folder of segments out."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from index.codec.batch import Batch
from index.codec.builder import SegmentBuilder
from index.codec.folder import (
    SegmentEntry,
    fitting,
    mark_deleted,
    new_name,
    read_entries,
    referenced,
    tiers,
    write_entries,
)
from index.codec.merge import merge_segments
from index.codec.repeats import write_repeats
from index.codec.segment import Segment
from index.codec.whoosh_codec import write_toc
from index.errors import GenerationError
from index.workers import Workers, outcome

FLUSH_POSITIONS = 2_000_000
"""Token positions collected before a segment is written, which takes about 60 bytes for each.

More would be merged a little faster, but written slower: their arrays leave the caches (508,138
passages take 26.1 s in all with this, 28.2 with twice and 28.9 with four times as much).
"""


@dataclass(frozen=True, slots=True)
class PackedBatch:
    """A batch on its way between processes, which only the one that needs it unpacks."""

    data: bytes
    releases: int
    positions: int


AnyBatch = Batch | PackedBatch


class DamagedBaseError(GenerationError):
    """The serving generation's files are not what was written: nothing is built on it."""


class IndexWriter(AbstractContextManager["IndexWriter"]):
    """Writes one generation's index; leaving it normally commits.

    ``extend``: the folder holds (links to) the files of an index, which is added to; else a new
    one is made there. Left by an error it leaves files that no list names: the folder is to be
    discarded. Whatever is found damaged of an index that is extended raises DamagedBaseError.
    ``workers`` write the segments; they are closed before what is written is merged.
    """

    def __init__(self, folder: Path, *, extend: bool, workers: Workers) -> None:
        self._folder = folder
        self._extend = extend
        self._workers = workers
        self._waiting: list[tuple[AnyBatch, Collection[int]]] = []
        self._positions = 0
        self._written: list[Future[tuple[SegmentEntry, bytes]]] = []
        self._dictionary = b""
        self._plain = False  # whether segments were written that have to be merged
        self._deleted: defaultdict[str, set[int]] = defaultdict(set)
        self.new_segments: frozenset[str] = frozenset()
        """Names of the segments that the index had not before; known after the commit."""
        folder.mkdir(parents=True, exist_ok=True)
        with self._damage_told():
            self._base = read_entries(folder) if extend else []
            self._segments = [Segment(folder, entry) for entry in self._base]

    def add(self, batch: AnyBatch, dropped: Collection[int] = ()) -> None:
        """Add the releases of a batch but those at the indexes ``dropped``."""
        releases, positions = _size(batch)
        if len(dropped) == releases:
            return
        self._waiting.append((batch, dropped))
        self._positions += positions
        if self._positions >= FLUSH_POSITIONS:
            self._flush()

    def delete(self, release_id: str) -> None:
        """Remove a release, with its passages, from the index that is extended.

        What this writer added itself stays, also under the same id.
        """
        with self._damage_told():
            for segment in self._segments:
                ordinal = segment.find(release_id)
                if ordinal is not None:
                    self._deleted[segment.name].add(ordinal)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._commit()

    def _commit(self) -> None:
        """Write what was added and deleted, merge what is to be merged, and list the segments."""
        self._flush(last=True)
        written = [outcome(future)[0] for future in self._written]
        self._workers.close()
        with self._damage_told():
            entries = [self._without_deleted(entry) for entry in self._base] + written
            entries = self._merged(entries)
        kept = referenced(entries)
        for path in self._folder.iterdir():
            if path.name not in kept and path.suffix != ".toc":
                path.unlink()
        write_repeats(self._folder, [Segment(self._folder, entry) for entry in entries])
        write_entries(self._folder, entries)
        write_toc(self._folder, entries)  # counts on from the one it removes
        old = {entry.name for entry in self._base}
        self.new_segments = frozenset(entry.name for entry in entries if entry.name not in old)

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        """Say of damage found while an index is extended that it is the base's."""
        try:
            yield
        except GenerationError as error:
            if not self._extend:
                raise
            raise DamagedBaseError(error.what, where=error.where, hint=error.hint) from error

    def _flush(self, *, last: bool = False) -> None:
        """Have what was collected written as a segment."""
        if not self._waiting:
            return
        # Of a new index all segments are merged, unless there is only one.
        self._plain = not self._extend and not (last and not self._written)
        if len(self._written) > self._workers.processes:
            # So many in memory are enough; and an error is told soon.
            # The dictionary of the first segment serves all, and they are merged as they are.
            _, self._dictionary = outcome(self._written[-1 - self._workers.processes])
        segment = (self._folder, new_name(), self._waiting, self._dictionary, self._plain)
        future = self._workers.submit(_build_segment, *segment)
        self._written.append(future)
        self._waiting, self._positions = [], 0

    def _without_deleted(self, entry: SegmentEntry) -> SegmentEntry:
        ordinals = self._deleted[entry.name]
        return mark_deleted(self._folder, entry, ordinals) if ordinals else entry

    def _merged(self, entries: Sequence[SegmentEntry]) -> list[SegmentEntry]:
        """Return the segments after merging those that are to be merged, in document order."""
        groups = tiers(entries) if self._extend else fitting(entries)
        merged = {entry.name: entry for entry in entries if entry.live_releases}
        for group in groups:
            if not self._extend and not self._plain and not group[0].deletions:
                continue
            live = [entry for entry in group if entry.live_releases]
            for entry in group:
                merged.pop(entry.name, None)
            if live:
                merged[group[0].name] = merge_segments(
                    self._folder, live, new_name(), processes=min(self._workers.processes, 2)
                )
        order = {entry.name: number for number, entry in enumerate(entries)}
        return [merged[name] for name in sorted(merged, key=order.__getitem__)]


def pack(batch: AnyBatch) -> PackedBatch:
    """Pack a batch for the way to another process."""
    if isinstance(batch, PackedBatch):
        return batch
    return PackedBatch(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL), *_size(batch))


def _size(batch: AnyBatch) -> tuple[int, int]:
    """Return how many releases and positions a batch has."""
    if isinstance(batch, PackedBatch):
        return batch.releases, batch.positions
    return len(batch.ids), int(batch.lengths.sum(dtype="i8")) + batch.lengths.size


def _build_segment(
    folder: Path,
    name: str,
    batches: Sequence[tuple[AnyBatch, Collection[int]]],
    dictionary: bytes,
    plain: bool,
) -> tuple[SegmentEntry, bytes]:
    builder = SegmentBuilder(folder, name, dictionary, plain=plain)
    for batch, dropped in batches:
        unpacked = pickle.loads(batch.data) if isinstance(batch, PackedBatch) else batch
        builder.add(unpacked, dropped)
    return builder.finish(), builder.dictionary
