"""The write side of the index: groups of releases in, a folder of segments out."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TypeVar

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
from index.codec.frames import Frames, FramesBeside
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


_GROUPS_A_RUN = 12
"""Groups, of about 256 releases, that a process makes a segment of: one about as large."""
_FEW = 1_000
"""Releases that are sooner written here than by several processes whose segments are merged."""
_RUNS_AHEAD = 2
"""Runs handed over for each process; bounds memory while the groups are what is waited for."""

G = TypeVar("G")
D = TypeVar("D")
Make = Callable[[G], tuple[D, Batch]]
"""Makes the batch of a group, and what the caller wants to know of it."""


class DamagedBaseError(GenerationError):
    """The serving generation's files are not what was written: nothing is built on it."""


class IndexWriter(AbstractContextManager["IndexWriter"]):
    """Writes one generation's index; leaving it normally commits.

    ``extend``: the folder holds (links to) the files of an index, which is added to; else a new
    one is made there. Left by an error it leaves files that no list names: the folder is to be
    discarded. Whatever is found damaged of an index that is extended raises DamagedBaseError.
    ``workers`` analyze and write segments; they are closed before those are merged.
    """

    def __init__(self, folder: Path, *, extend: bool, workers: Workers) -> None:
        self._folder = folder
        self._extend = extend
        self._workers = workers
        self._waiting: list[tuple[Batch, Future[Frames] | None]] = []
        # Not beside processes: their cores are busy, and they may not be forked beside a thread.
        self._frames = FramesBeside(not workers.processes)
        self._positions = 0
        self._written: list[SegmentEntry] = []
        self._dictionary = b""
        self._plain = False  # whether segments were written that have to be merged
        self._deleted: defaultdict[str, set[int]] = defaultdict(set)
        self.new_segments: frozenset[str] = frozenset()
        """Names of the segments that the index had not before; known after the commit."""
        folder.mkdir(parents=True, exist_ok=True)
        with self._damage_told():
            self._base = read_entries(folder) if extend else []
            self._segments = [Segment(folder, entry) for entry in self._base]

    def add_groups(
        self, groups: Iterable[tuple[G, int]], total: int, make: Make[G, D]
    ) -> Iterator[D]:
        """Add the releases of groups in order; yield what ``make`` tells of each group.

        Each comes with its size in releases; ``total`` is about the sum of these. Where there are
        processes and more than a few releases, ``make`` is called there (it and they must be
        picklable): a run of groups becomes a segment where it is made, so that hardly anything
        travels.
        """
        if not self._workers.processes or total < _FEW:
            for group, _ in groups:
                told, batch = make(group)
                self._add(batch)
                yield told
            return
        self._plain = True
        waiting: deque[Future[tuple[list[D], SegmentEntry | None, bytes]]] = deque()
        for run in runs(groups, total, 2 * self._workers.processes):
            if len(waiting) >= _RUNS_AHEAD * self._workers.processes:
                yield from self._finished(waiting.popleft())
            call = partial(_build_run, run, make, self._folder, new_name(), self._dictionary)
            waiting.append(self._workers.submit(call))
        while waiting:
            yield from self._finished(waiting.popleft())

    def _finished(self, run: Future[tuple[list[D], SegmentEntry | None, bytes]]) -> list[D]:
        told, entry, dictionary = outcome(run)
        if entry:
            self._written.append(entry)
            # The dictionary of the first segment serves all, and they are merged as they are.
            self._dictionary = self._dictionary or dictionary
        return told

    def _add(self, batch: Batch) -> None:
        if batch.ids:
            frames = self._frames.submit(batch.stored, self._dictionary)
            self._waiting.append((batch, frames))
            self._positions += int(batch.lengths.sum(dtype="i8")) + batch.lengths.size
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
        with closing(self._frames):
            if kind is None:
                self._commit()

    def _commit(self) -> None:
        """Write what was added and deleted, merge what is to be merged, and list the segments."""
        self._flush(last=True)
        self._workers.close()
        with self._damage_told():
            written = self._written
            if self._plain:
                written = [self._merge(group) for group in fitting(written)]
            base = [self._without_deleted(entry) for entry in self._base]
            entries = self._merged(base + written)
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
        builder = SegmentBuilder(self._folder, new_name(), self._dictionary, plain=self._plain)
        for batch, frames in self._waiting:
            builder.add(batch, frames=frames)
        self._waiting, self._positions = [], 0
        self._written.append(builder.finish())
        self._dictionary = self._dictionary or builder.dictionary

    def _without_deleted(self, entry: SegmentEntry) -> SegmentEntry:
        ordinals = self._deleted[entry.name]
        return mark_deleted(self._folder, entry, ordinals) if ordinals else entry

    def _merged(self, entries: Sequence[SegmentEntry]) -> list[SegmentEntry]:
        """Return the segments after merging those that are to be merged, in document order."""
        merged = {entry.name: entry for entry in entries if entry.live_releases}
        for group in tiers(entries) if self._extend else []:
            live = [entry for entry in group if entry.live_releases]
            for entry in group:
                merged.pop(entry.name, None)
            if live:
                merged[group[0].name] = self._merge(live)
        order = {entry.name: number for number, entry in enumerate(entries)}
        return [merged[name] for name in sorted(merged, key=order.__getitem__)]

    def _merge(self, entries: Sequence[SegmentEntry]) -> SegmentEntry:
        processes = min(self._workers.processes, 2)
        return merge_segments(self._folder, entries, new_name(), processes=processes)


def runs(groups: Iterable[tuple[G, int]], total: int, shares: int) -> Iterator[list[G]]:
    """Cut groups with their sizes into runs that get smaller towards the end.

    No run is larger than what is left of the ``total`` divided by ``shares``, or one group: so
    several processes come to the end together.
    """
    run: list[G] = []
    size, left = 0, total
    for group, its_size in groups:
        run.append(group)
        size += its_size
        if len(run) >= _GROUPS_A_RUN or size * shares >= left:
            yield run
            run, size, left = [], 0, left - size
    if run:
        yield run


def _build_run(
    groups: Sequence[G], make: Make[G, D], folder: Path, name: str, dictionary: bytes
) -> tuple[list[D], SegmentEntry | None, bytes]:
    """Make a segment, to be merged, of groups; none when no release is in them."""
    builder = SegmentBuilder(folder, name, dictionary, plain=True)
    told = []
    for group in groups:
        of_group, batch = make(group)
        told.append(of_group)
        builder.add(batch)
    return told, builder.finish() if builder.releases else None, builder.dictionary
