"""One segment, opened: everything of some thousand releases, mapped and read when asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.codec.container import Array, Section, SectionFile
from index.codec.facets import FacetField
from index.codec.folder import SegmentEntry, read_deleted, read_entries
from index.codec.integers import Ints
from index.codec.postings import StemField, SurfaceField
from index.codec.sketches import Marks
from index.codec.speech import Speech
from index.codec.stored import StoredReleases
from index.fields import FACETS
from index.model import BlockKind

KINDS = tuple(BlockKind)
"""What the numbers of ``Segment.kinds`` mean; a new kind goes to the end."""
POSITIONS_A_STEP = 32
"""Positions between two entries of ``release_at``: 4 bytes for each 32 tokens."""
_STEPS_BEFORE_SEARCH = 4

Mask = npt.NDArray[np.bool_]


class Segment:
    """A segment of an index: ``releases`` documents by ordinal and their passages.

    Parts are read when first used; each read may raise GenerationError when the file is damaged.
    """

    def __init__(self, folder: Path, entry: SegmentEntry) -> None:
        self.entry = entry
        self.name = entry.name
        self.releases = entry.releases
        self.passages = entry.passages
        self.positions = entry.positions
        self._folder = folder
        self._file = SectionFile(folder / entry.file)
        self.facets = {name: FacetField(self._file, name) for name in FACETS}

    @cached_property
    def deleted(self) -> Mask | None:
        """Which releases are deleted, bool of shape (R,), or None when none is."""
        return read_deleted(self._folder, self.entry)

    @cached_property
    def ids(self) -> npt.NDArray[np.bytes_]:
        """The ids of the releases, UTF-8 of one width, shape (R,)."""
        blob = self._file.array("ids")
        width = max(1, blob.size // max(1, self.releases))
        found: npt.NDArray[np.bytes_] = blob.view(f"S{width}")
        return found

    @cached_property
    def passage_start(self) -> npt.NDArray[np.uint32]:
        """The number of each release's first passage, uint32 of shape (R + 1,)."""
        return self._file.array("passage_start")

    @cached_property
    def passage_base(self) -> Ints:
        """The first position of each passage, int32 of shape (P + 1,)."""
        return self._file.array("passage_base")

    @cached_property
    def release_base(self) -> Ints:
        """The first position of each release, int32 of shape (R + 1,)."""
        return self._file.array("release_base")

    @cached_property
    def title_ends(self) -> Ints:
        """The position after each release's title, int32 of shape (R,)."""
        return self._file.array("title_ends")

    @cached_property
    def kinds(self) -> npt.NDArray[np.uint8]:
        """The kind of each passage as a number of ``KINDS``, shape (P,)."""
        return self._file.array("kinds")

    @cached_property
    def text_lengths(self) -> npt.NDArray[np.uint32]:
        """The sum of the weights of each release's stems, shape (R,)."""
        return self._file.array("text_lengths")

    def marks(self) -> Marks:
        """What shows that releases and paragraphs repeat each other."""
        array = self._file.array
        paragraphs, sketches = array("paragraph_start"), array("sketch.starts")
        return Marks(
            (paragraphs[1:] - paragraphs[:-1]).astype(np.int64),
            array("paragraph_words").astype(np.int64),
            array("paragraph_hashes"),
            array("title_hashes"),
            (sketches[1:] - sketches[:-1]).astype(np.int64),
            array("sketch"),
        )

    @cached_property
    def sentences(self) -> Ints:
        """The position of the first token of each sentence, int32, ascending."""
        return self._file.array("sentences")

    @cached_property
    def speech(self) -> Speech:
        """Sentences and quotations as positions; speakers as ids of the facet ``person``."""
        parts = ("quotes.begins", "quotes.ends", "quotes.speakers")
        return Speech(self.sentences, *(self._file.array(part) for part in parts))

    @cached_property
    def text(self) -> StemField:
        """The stems of the releases' whole text."""
        return StemField(self._file, "text")

    @cached_property
    def title(self) -> StemField:
        """The stems of the releases' titles."""
        return StemField(self._file, "title")

    @cached_property
    def surface(self) -> SurfaceField:
        """The surface terms of the passages."""
        return SurfaceField(self._file, "surface")

    @cached_property
    def stored(self) -> StoredReleases:
        """What is shown of the releases."""
        return StoredReleases(self._file)

    @cached_property
    def _family_starts(self) -> Section:
        return self._file.section("families.starts")

    @cached_property
    def _family_members(self) -> Section:
        return self._file.section("families.surface")

    @cached_property
    def _release_at(self) -> Ints:
        return self._file.array("release_at")

    @cached_property
    def _ids_order(self) -> npt.NDArray[np.uint32]:
        return self._file.array("ids.order")

    def find(self, release_id: str) -> int | None:
        """Return the ordinal of a release that is not deleted, or None."""
        wanted = release_id.encode("utf-8", "surrogatepass")
        low, high = 0, self.releases
        while low < high:
            middle = (low + high) >> 1
            if bytes(self.ids[self._ids_order[middle]]) < wanted:
                low = middle + 1
            else:
                high = middle
        while low < self.releases and bytes(self.ids[self._ids_order[low]]) == wanted:
            ordinal = int(self._ids_order[low])
            if self.deleted is None or not self.deleted[ordinal]:
                return ordinal
            low += 1
        return None

    def family(self, stem: int) -> Ints:
        """Return the ids of the surface terms that have a stem of ``text``, ascending, int32."""
        start, end = self._family_starts.read(stem, stem + 2).tolist()
        members: Ints = self._family_members.read(start, end).astype(np.int32)
        return members

    def releases_of(self, positions: Ints) -> Ints:
        """Return the ordinal of the release at each position (any order), int32.

        A table gives the release at every 32nd position; few positions need the next one.
        """
        # ``take`` is half again as fast as brackets, of indices of its own type.
        found: Ints = self._release_at.take(np.right_shift(positions, 5, dtype=np.intp))
        ends = self.release_base[1:]
        late = (positions >= ends.take(found)).nonzero()[0]
        for _ in range(_STEPS_BEFORE_SEARCH):
            if not late.size:
                return found
            found[late] += 1
            late = late[positions[late] >= ends[found[late]]]
        found[late] = np.searchsorted(self.release_base, positions[late], side="right") - 1
        return found

    def verify(self) -> None:
        """Check every byte of the segment's files by their checksums. Raises GenerationError."""
        self._file.verify()
        read_deleted(self._folder, self.entry)

    @property
    def bytes(self) -> int:
        """The size of the segment's file."""
        return self._file.size

    @property
    def checked(self) -> bool:
        """Whether everything was read and checked."""
        return self._file.checked

    def check_ahead(self) -> None:
        """Read and check everything (``SectionFile.check_ahead``)."""
        self._file.check_ahead()

    def array(self, name: str) -> Array:
        """Return a section of the file by its name (``docs/index-format.md``)."""
        return self._file.array(name)

    def unload(self) -> None:
        """Give back the memory of what was read; it stays valid (``SectionFile.unload``)."""
        self._file.unload()

    def close(self) -> None:
        """Let go of the file; what was read from it stays valid."""
        self._file.close()


def open_segments(folder: Path) -> list[Segment]:
    """Open the segments of an index. Raises GenerationError when one does not open."""
    return [Segment(folder, entry) for entry in read_entries(folder)]


def document_numbers(segment: Segment) -> npt.NDArray[np.int64]:
    """Return the number of each release among all documents of its segment, int64, (R + 1,).

    A release is one document and its passages are those after it.
    """
    numbers: npt.NDArray[Any] = segment.passage_start.astype(np.int64)
    return numbers + np.arange(numbers.size)
