"""What repeats itself in an archive: passages under many releases, and releases issued again.

Worked out anew over all segments at each commit, from the hashes and sketches they hold, by
sorting: 0.3 s for 508,138 passages. Kept in a file of its own beside the segments, so that no
segment is written again because another release was added.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.codec.container import Array, SectionFile, SectionWriter
from index.codec.folder import REPEATS
from index.codec.reissues import changes, counted_as, find_versions
from index.codec.segment import KINDS, Mask, Segment
from index.codec.sketches import Marks, joined_marks
from index.model import BlockKind

LEAST_RELEASES = 5
"""A paragraph that stands in so many different releases is boilerplate, and so is a passage most of
whose words are of such paragraphs."""
_PARAGRAPHS = 1 << 18
"""Paragraphs, or passages, looked at together, about: bounds the memory it takes."""
_TITLE = KINDS.index(BlockKind.TITLE)

Longs = npt.NDArray[np.int64]


class Repeats:
    """What is known of repetition, over all segments of an index in document order.

    Releases are numbered one segment after the other, and so are passages, deleted ones counted.
    """

    def __init__(self, folder: Path) -> None:
        """Open the file. Raises GenerationError when it is damaged or missing."""
        self._file = SectionFile(folder / REPEATS)

    @cached_property
    def passages(self) -> npt.NDArray[np.uint8]:
        """Which passages are boilerplate, as bits, lowest first, uint8 (P / 8, rounded up)."""
        return self._file.array("passages")

    @cached_property
    def members(self) -> npt.NDArray[np.uint32]:
        """Releases that have other versions, those of one group together, newest first."""
        return self._file.array("members")

    @cached_property
    def groups(self) -> npt.NDArray[np.uint32]:
        """The number of the group of each of ``members``, ascending from 0."""
        return self._file.array("groups")

    def verify(self) -> None:
        """Check every byte. Raises GenerationError."""
        self._file.verify()


def write_repeats(folder: Path, segments: Sequence[Segment]) -> None:
    """Work out what repeats itself in an index and write its file, replacing another's."""
    marks = joined_marks([segment.marks() for segment in segments])
    live = _live(segments)
    members, groups = find_versions(segments, marks, live)
    once = counted_as(segments, marks, live, members, groups)
    for segment in segments:
        segment.unload()
    boilerplate = _boilerplate(segments, marks, live, once)
    path = folder / REPEATS
    path.unlink(missing_ok=True)  # it may be a link to the file of another generation
    with SectionWriter(path) as writer:
        writer.add("passages", np.packbits(boilerplate, bitorder="little"))
        writer.add("members", members.astype(np.uint32))
        writer.add("groups", groups.astype(np.uint32))


def _boilerplate(segments: Sequence[Segment], marks: Marks, live: Mask, once: Longs) -> Mask:
    """Return which passages are boilerplate, bool (all passages,).

    ``once`` (releases,): versions and copies of one release count once.
    """
    counts = [np.diff(segment.passage_start.astype(np.int64)) for segment in segments]
    passages = _joined(counts, np.int64)
    telling = np.repeat(live, passages)
    telling &= _joined([segment.kinds for segment in segments], np.uint8) != _TITLE
    asked = np.repeat(telling, marks.paragraphs) & (marks.hashes != 0)
    owners = np.repeat(np.repeat(once.astype(np.uint32), passages), marks.paragraphs)
    repeated = np.zeros(marks.hashes.size, np.bool_)
    # Equal hashes come into one part: sorting all at once would take 50 bytes for each.
    parts = min(1 + marks.hashes.size // _PARAGRAPHS, 255)
    part_of = marks.hashes.view(np.uint8)[:: marks.hashes.itemsize] % parts
    for part in range(parts):
        at = np.flatnonzero(asked & (part_of == part))
        hashes, of_releases = marks.hashes[at], owners[at]
        order = np.lexsort((of_releases, hashes))
        new_hash = changes(hashes[order])
        numbers = np.cumsum(new_hash) - 1
        releases = np.bincount(numbers[new_hash | changes(of_releases[order])], minlength=1)
        repeated[at[order[releases[numbers] >= LEAST_RELEASES]]] = True
    return _mostly(repeated, marks)


def _mostly(repeated: Mask, marks: Marks) -> Mask:
    """Return of which passages at least half of the words are of ``repeated`` paragraphs."""
    ends = np.cumsum(marks.paragraphs)
    found = np.zeros(ends.size, np.bool_)
    for first in range(0, ends.size, _PARAGRAPHS):
        of_passages = ends[first : first + _PARAGRAPHS]
        start = int(of_passages[0] - marks.paragraphs[first])
        stop = int(of_passages[-1])
        words = marks.words[start:stop]
        bounds = np.concatenate(([0], of_passages - start))
        every, common = (
            np.diff(np.concatenate(([0], np.cumsum(counted)))[bounds])
            for counted in (words, words * repeated[start:stop])
        )
        found[first : first + _PARAGRAPHS] = (common > 0) & (2 * common >= every)
    return found


def _live(segments: Sequence[Segment]) -> Mask:
    live = [
        np.ones(segment.releases, np.bool_) if segment.deleted is None else ~segment.deleted
        for segment in segments
    ]
    return np.concatenate(live) if live else np.empty(0, np.bool_)


def _joined(arrays: Sequence[Array], dtype: type) -> Array:
    return np.concatenate(arrays) if arrays else np.empty(0, dtype)
