"""Writing one segment's file: what the builder and the merger share."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import numpy as np

from index.codec.container import Array, SectionFile, SectionWriter
from index.codec.facets import write_facet
from index.codec.folder import MOST_POSITIONS
from index.codec.postings import StemFieldWriter, SurfaceFieldWriter
from index.codec.segment import KINDS, POSITIONS_A_STEP
from index.codec.sketches import Marks
from index.codec.speech import Speech
from index.codec.stored import StoredWriter
from index.errors import DatelineError
from index.model import BlockKind

_TITLE = KINDS.index(BlockKind.TITLE)
_PIECE = 1 << 18


class SegmentWriter:
    """Writes a segment's sections, in any order. A context manager: an error removes the file.

    ``plain``: postings take more bytes and less time; only for segments that are to be merged.
    """

    def __init__(self, path: Path, *, plain: bool = False) -> None:
        self._sections = SectionWriter(path)
        self._plain = plain

    def stem_field(self, name: str) -> StemFieldWriter:
        """Begin the field ``text`` or ``title``; its ``close`` ends it."""
        return StemFieldWriter(self._sections, name, plain=self._plain)

    def surface_field(self) -> SurfaceFieldWriter:
        """Begin the field ``surface``; its ``close`` ends it."""
        return SurfaceFieldWriter(self._sections, "surface", plain=self._plain)

    def families(self, starts: Array, surface_ids: Array) -> None:
        """Write which surface terms have each stem of ``text``: ``starts`` of shape (V + 1,)."""
        self._sections.add("families.starts", starts.astype(np.uint32))
        self._sections.add("families.surface", surface_ids.astype(np.uint32))

    def facet(self, name: str, values: list[str], starts: Array, value_ids: Array) -> None:
        """Write a facet: sorted ``values``, and where each release's ids of them begin."""
        write_facet(self._sections, name, values, starts, value_ids)

    def stored(self, dictionary: bytes = b"") -> StoredWriter:
        """Begin the stored releases, with a dictionary if there is one; its ``close`` ends them."""
        return StoredWriter(self._sections, dictionary)

    def section(self, name: str, items: Array) -> None:
        """Write a section as it is."""
        self._sections.add(name, items)

    def copy(self, file: SectionFile, name: str) -> None:
        """Write a section of another file as it is."""
        self._sections.copy(file, name)

    def documents(
        self, ids: list[str], passages: Array, kinds: Array, lengths: Array, text_lengths: Array
    ) -> int:
        """Write what is known of the documents themselves; return the number of positions.

        ``passages`` (R,) of each release, ``kinds`` and ``lengths`` in tokens (P,) of each
        passage, ``text_lengths`` (R,) the sum of the weights of each release's stems.
        """
        starts = _starts(passages)
        base = passage_bases(lengths)
        if base[-1] > MOST_POSITIONS:
            raise DatelineError(f"{base[-1]:,} positions are too many for one segment")
        release_base = base[starts]
        add = self._sections.add
        encoded = np.array([value.encode("utf-8", "surrogatepass") for value in ids], np.bytes_)
        add("ids", encoded.view(np.uint8) if ids else np.empty(0, np.uint8))
        add("ids.order", np.argsort(encoded, kind="stable").astype(np.uint32))
        add("passage_start", starts.astype(np.uint32))
        add("passage_base", base.astype(np.int32))
        add("release_base", release_base.astype(np.int32))
        add("release_at", _release_at(release_base))
        add("title_ends", _title_ends(starts, base, kinds, lengths).astype(np.int32))
        add("kinds", kinds.astype(np.uint8))
        add("text_lengths", text_lengths.astype(np.uint32))
        return int(base[-1])

    def marks(self, marks: Marks) -> None:
        """Write what shows repetition, of all releases in order."""
        add = self._sections.add
        add("paragraph_start", _starts(marks.paragraphs).astype(np.uint32))
        add("paragraph_words", marks.words.astype(np.uint32))
        add("paragraph_hashes", marks.hashes)
        add("title_hashes", marks.titles)
        add("sketch.starts", _starts(marks.counts).astype(np.uint32))
        add("sketch", marks.sketches)

    def speech(self, speech: Speech) -> None:
        """Write where sentences begin and who is quoted where, as positions."""
        add = self._sections.add
        add("sentences", speech.sentences.astype(np.int32))
        add("quotes.begins", speech.begins.astype(np.int32))
        add("quotes.ends", speech.ends.astype(np.int32))
        add("quotes.speakers", speech.speakers.astype(np.uint32))

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._sections.__exit__(kind, error, trace)


def passage_bases(lengths: Array) -> Array:
    """Return the first position of each passage and the end, int64 of shape (P + 1,).

    One position stays free after each passage, so that no phrase reaches over its end.
    """
    return np.concatenate(([0], np.cumsum(lengths.astype(np.int64) + 1)))


def _release_at(release_base: Array) -> Array:
    """Return the release at every ``POSITIONS_A_STEP``-th position, int32; the last past the end.

    In pieces: of numbers of 8 bytes for all positions a large merge would be full.
    """
    found = np.empty(int(release_base[-1]) // POSITIONS_A_STEP + 1, np.int32)
    for first in range(0, found.size, _PIECE):
        steps = np.arange(first, min(first + _PIECE, found.size)) * POSITIONS_A_STEP
        found[first : first + _PIECE] = release_base[1:].searchsorted(steps, side="right")
    return np.minimum(found, max(0, release_base.size - 2), out=found)


def _title_ends(starts: Array, base: Array, kinds: Array, lengths: Array) -> Array:
    """Return the position after the last token of each release's title passages (all first)."""
    ends = base[starts[:-1]].copy()
    titles = np.flatnonzero(kinds == _TITLE)
    owners = np.searchsorted(starts, titles, side="right") - 1
    np.maximum.at(ends, owners, base[titles] + lengths[titles].astype(np.int64))
    return ends


def _starts(counts: Array) -> Array:
    """Return where each of so many items begins, and the end."""
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
