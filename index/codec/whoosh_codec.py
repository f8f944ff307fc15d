"""A codec with which plain Whoosh opens the index: ``whoosh.index.open_dir(folder)``.

It reads; Whoosh's table of contents, which names it, is written after each change of the index.
Dateline itself never opens that file: it is a pickle. Whoever opens an index with Whoosh trusts
whoever can write to its folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage, Storage
from whoosh.index import TOC

from index.codec.folder import SegmentEntry
from index.codec.segment import Segment
from index.codec.whoosh_fields import SegmentFields
from index.codec.whoosh_readers import DocumentsReader, TermsReader
from index.codec.whoosh_schema import refuse_writing, whoosh_schema
from index.errors import GenerationError

INDEX_NAME = "MAIN"
"""What Whoosh calls an index that is given no name."""
_TOC = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc\Z")


class ColumnarCodec(base.Codec):  # type: ignore[misc]
    """Reads one segment; Whoosh makes one for each segment it opens."""

    def __init__(self) -> None:
        self._opened: dict[ColumnarSegment, SegmentFields] = {}

    def terms_reader(self, storage: Storage, segment: ColumnarSegment) -> TermsReader:
        """Return the terms of a segment. Raises GenerationError when it does not open."""
        return TermsReader(self._open(storage, segment))

    def per_document_reader(self, storage: Storage, segment: ColumnarSegment) -> DocumentsReader:
        """Return the documents of a segment. Raises GenerationError when it does not open."""
        return DocumentsReader(self._open(storage, segment))

    def _open(self, storage: Storage, segment: ColumnarSegment) -> SegmentFields:
        if segment not in self._opened:
            if not isinstance(storage, FileStorage):
                raise GenerationError("Whoosh can only open this index from a folder")
            opened = Segment(Path(storage.folder), segment.entry())
            self._opened[segment] = SegmentFields(opened)
        return self._opened[segment]

    per_document_writer = refuse_writing
    field_writer = refuse_writing
    postings_writer = refuse_writing
    postings_reader = refuse_writing  # of postings that this codec's writer would write
    new_segment = refuse_writing


class ColumnarSegment(base.Segment):  # type: ignore[misc]
    """A segment in Whoosh's table of contents: names and counts, which is all that is pickled."""

    def __init__(self, entry: SegmentEntry) -> None:
        super().__init__(INDEX_NAME)
        self.segid = entry.name
        self._counts = (entry.releases, entry.passages, entry.positions)
        self._deletions = entry.deletions
        self._deleted = (entry.deleted_releases, entry.deleted_passages)

    def entry(self) -> SegmentEntry:
        """Return the line of the list of segments."""
        return SegmentEntry(self.segid, *self._counts, self._deletions, *self._deleted)

    def codec(self) -> ColumnarCodec:
        """Return what reads the segment."""
        return ColumnarCodec()

    def segment_id(self) -> str:
        """Return the segment's name."""
        return self.segid

    def list_files(self, storage: Storage) -> list[str]:
        """Return the names of the segment's files."""
        return [name for name in (f"{self.segid}.seg", self._deletions) if name]

    def doc_count_all(self) -> int:
        """Return the number of documents, deleted or not."""
        releases, passages, _ = self._counts
        return releases + passages

    def deleted_count(self) -> int:
        """Return the number of deleted documents."""
        return sum(self._deleted)

    def should_assemble(self) -> bool:
        """Return that the files are not to be put into one."""
        return False

    set_doc_count = refuse_writing
    delete_document = refuse_writing
    create_file = refuse_writing
    create_compound_file = refuse_writing
    deleted_docs = refuse_writing  # writers ask these two; readers ask the codec
    is_deleted = refuse_writing


def write_toc(folder: Path, entries: Sequence[SegmentEntry]) -> None:
    """Write Whoosh's table of contents of an index and remove the former one.

    The new one's number is the next, so that an open Whoosh index knows that it is out of date.
    """
    former = sorted(_tables(folder))
    number = former[-1][0] + 1 if former else 1
    segments = [ColumnarSegment(entry) for entry in entries]
    TOC(whoosh_schema(), segments, number).write(FileStorage(str(folder)), INDEX_NAME)
    for _, path in former:
        path.unlink(missing_ok=True)


def _tables(folder: Path) -> Iterator[tuple[int, Path]]:
    for path in folder.glob(f"_{INDEX_NAME}_*.toc"):
        match = _TOC.match(path.name)
        if match:
            yield int(match[1]), path
