"""One run of reindex: the comparison with the serving generation, and the build beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from index.columnar_index import IndexWriter
from index.documents import IndexedDocument, read_documents
from index.errors import ArchiveError, GenerationError, IndexUnavailableError
from index.generations import DOCUMENTS, INDEX, Generation, Generations, check_sizes, discard
from index.memory import KEPT_BYTES_BUILDING, cycles_collected_rarely, keep_freed_memory
from index.model import RawDocument, SkippedDocument
from index.names.alias_file import load_aliases
from index.names.second_pass import affected
from index.names.table import NameTable, decide, read_table, write_table
from index.prepare import Read, deriver, prepare_all, read_all
from index.publish import publish
from index.report import ReindexReport
from index.settings import Settings
from index.sources import walk_archive
from index.store import ParsedRow, ParsedStore
from index.versions import FINGERPRINT
from index.workers import Workers

Progress = Callable[[str, int], None]
"""Told the phase (``reading``, ``writing``, ``verifying``) and the number of documents so far."""

_STORE_BATCH = 200
DAMAGED = "the serving generation is damaged"
ASKED = "--full was asked for"
_HAS_ID = "another document has the id "


class Build:
    """One reindex: the comparison with the serving generation, and the build beside it."""

    def __init__(
        self, settings: Settings, generations: Generations, report: ReindexReport, tell: Progress
    ) -> None:
        self.settings = settings
        self.generations = generations
        self.report = report
        self.tell = tell
        self.documents: dict[str, IndexedDocument] = {}
        """What is decided of each document so far, by path."""
        self.present: dict[str, int] = {}
        """The place of each path in the walk."""
        self.holders: dict[str, str] = {}
        """Which path each release id belongs to: the first in the walk, as in a full build."""
        self.replaced: list[str] = []
        """Paths that were carried over and gave way to an earlier one of the same id."""
        self.how = deriver(settings.ner)
        self.names = NameTable({}, load_aliases(settings.aliases), self.how.version)
        self.known: dict[str, IndexedDocument] = {}
        self.serving: Generation | None = None
        self.base: Generation | None = None

    def compare_only(self, full: bool) -> None:
        """Sort every document by what would be done with it; nothing is written."""
        self._choose_base(full)
        for _ in self._changed_documents():
            pass
        self._find_removed()

    def build(self, full: bool, reason: str = ASKED) -> None:
        """Build, verify and promote a generation if anything changed; the lock is held.

        Raises DamagedBaseError when what is needed of the serving generation is not sound, other
        DatelineErrors and OSErrors when the build fails. Nothing is replaced then.
        """
        keep_freed_memory(KEPT_BYTES_BUILDING)
        self._choose_base(full, reason)
        self.settings.data.mkdir(parents=True, exist_ok=True)
        store = ParsedStore(self.settings.data / "parsed.sqlite")
        jobs = self.settings.jobs or len(os.sched_getaffinity(0))
        # Closed on every way out: a second build must not fork beside the threads of this one.
        with cycles_collected_rarely(), store, Workers(jobs if jobs > 1 else 0) as workers:
            read = self._read(store, workers)
            if not read and not full:
                self._refuse_emptied()
            self._find_removed()
            if not read and self.base and not (self.report.removed or self._skipped_changed()):
                self._stand_by(self.base)
                return
            self._forget_missing(store)
            self._write(store, workers)

    def _choose_base(self, full: bool, reason: str = ASKED) -> None:
        """Decide between extending the serving generation and building everything anew."""
        try:
            serving = self.serving = self.generations.current()
        except IndexUnavailableError:
            self.report.rebuilt = "nothing was indexed yet"
            return
        try:
            check_sizes(serving)
            self.known = read_documents(serving.folder / DOCUMENTS)
        except GenerationError:
            self.report.rebuilt = DAMAGED
            return
        if full:
            self.report.rebuilt = reason
        elif serving.manifest.fingerprint != FINGERPRINT:
            self.report.rebuilt = "the schema or the reader changed"
        elif serving.manifest.archive != str(self.settings.archive.resolve()):
            self.report.rebuilt = "the archive is another folder"
        elif read_table(serving.folder).reader != self.how.version:
            self.report.rebuilt = "another model reads the names"
        elif read_table(serving.folder).aliases != self.names.aliases:
            self.report.rebuilt = "the aliases changed"
        else:
            self.base = serving

    def _changed_documents(self, store: ParsedStore | None = None) -> Iterator[RawDocument]:
        """Walk the archive, sort each document by what it is, and yield those to be indexed."""
        walk = walk_archive(self.settings.archive, int(self.settings.max_file_mb * 2**20))
        stored = store.known(self.how.version) if store and self.base else {}
        for number, document in enumerate(walk, start=1):
            self.tell("reading", number)
            self.present[document.path] = number
            before = self.known.get(document.path)
            was_read = bool(before and before.release_id)
            if isinstance(document, SkippedDocument):
                if was_read:
                    self.report.changed.append(document.path)
                self._skip(document, "")
                continue
            if before and before.sha256 == document.sha256:
                self.report.unchanged += was_read
                if self.base and self._stands(before):
                    known = stored.get(before.path) == before.sha256
                    if not store or not before.release_id or known:
                        self._carry_over(before)
                        continue
                    self.report.renewed.append(document.path)
            elif was_read:
                self.report.changed.append(document.path)
            if not was_read:
                self.report.new.append(document.path)  # until it proves not readable
            yield document
        self.report.left_alone(walk.ignored)

    def _stands(self, before: IndexedDocument) -> bool:
        """Whether what was decided of an unchanged document is decided still.

        A duplicate stays one while the document that had its id before is unchanged too.
        """
        code, reason = before.why_not
        holder = self.holders.get(reason.removeprefix(_HAS_ID), "")
        return code != "duplicate" or self._is_carried_over(holder)

    def _is_carried_over(self, path: str) -> bool:
        """Whether the release of this path is the one of the serving generation."""
        before = self.known.get(path)
        return self.base is not None and before is not None and self.documents.get(path) is before

    def _carry_over(self, before: IndexedDocument) -> None:
        if before.release_id in self.holders:
            self._replace(before)
        elif before.release_id:
            self._keep(before)
        else:
            self._skip(SkippedDocument(before.path, *before.why_not), before.sha256)

    def _replace(self, before: IndexedDocument) -> None:
        """Drop an unchanged release: a new document before it has its id."""
        self.replaced.append(before.path)
        self._skip(_duplicate(before.path, before.release_id), before.sha256)

    def _keep(self, document: IndexedDocument) -> None:
        self.documents[document.path] = document
        self.holders[document.release_id] = document.path

    def _skip(self, skipped: SkippedDocument, digest: str) -> None:
        self.report.skipped.append(skipped)
        self.documents[skipped.path] = IndexedDocument(
            skipped.path, digest, "", (skipped.code, skipped.reason)
        )

    def _find_removed(self) -> None:
        """List what the serving generation holds and the archive no longer does."""
        self.report.removed = [
            path
            for path, before in self.known.items()
            if before.release_id and path not in self.present
        ]

    def _refuse_emptied(self) -> None:
        """Refuse to drop everything: an archive that is suddenly empty is rarely meant to be."""
        indexed = self.serving.manifest.releases if self.serving else 0
        if indexed and not self.present:
            raise ArchiveError(
                f"holds no documents, but {indexed:,} releases are indexed",
                where=str(self.settings.archive),
                hint="is the folder mounted? If they are meant to go, run reindex --full",
            )

    def _skipped_changed(self) -> bool:
        """Whether the documents that cannot be read are others than last time."""
        before = {path for path, document in self.known.items() if not document.release_id}
        return before != {d.path for d in self.documents.values() if not d.release_id}

    def _stand_by(self, serving: Generation) -> None:
        """Leave all as it is, but for a ``CURRENT`` that does not name what serves."""
        if self.generations.current_name() != serving.name:
            self.generations.promote(serving)
        self.report.served_by(serving)

    def _read(self, store: ParsedStore, workers: Workers) -> int:
        """Read what is new or changed into the store; return how many documents that were."""
        rows: list[ParsedRow] = []
        count = 0
        for read in read_all(self._changed_documents(store), store, workers, self.how):
            count += 1
            self._account(read)
            if read.row:
                rows.append(read.row)
            if len(rows) >= _STORE_BATCH:
                store.put(rows)
                rows.clear()
        store.put(rows)
        # What cannot be read counts as that alone: nothing of it is new in the index.
        self.report.new = [p for p in self.report.new if self.documents[p].release_id]
        return count

    def _account(self, read: Read) -> None:
        path, digest = read.document
        self.report.parsed += read.row is not None
        if read.skipped:
            self._skip(read.skipped, digest)
        elif self._is_taken(read.release_id, path):
            self._skip(_duplicate(path, read.release_id), digest)
        else:
            self._keep(IndexedDocument(path, digest, read.release_id))

    def _forget_missing(self, store: ParsedStore) -> None:
        """Drop from the store what the archive no longer holds, whichever run put it there."""
        store.forget(path for path in store.paths() if path not in self.present)

    def _write(self, store: ParsedStore, workers: Workers) -> None:
        """Decide on names; build a generation beside the others, verify, seal and promote it."""
        before = read_table(self.base.folder) if self.base else None
        names = decide(store.claims, self.names, before, self.base.name if self.base else "")
        if before:
            unchanged = (d for d in self.documents.values() if self._is_carried_over(d.path))
            self.report.renewed += affected(store, before, names, unchanged)
        folder = self.generations.create()
        try:
            write_table(folder, names)
            if self.base:
                self.generations.copy_index(self.base, folder)
            extend = bool(self.base)
            with IndexWriter(folder / INDEX, extend=extend, workers=workers) as writer:
                self._write_index(writer, store, folder)
            self.tell("verifying", len(self.documents))
            generation = publish(
                self.settings, folder, self.documents.values(), writer.new_segments, self.base
            )
        except BaseException:
            # Whatever it was, an interrupt included: the attempt goes, the old one serves on.
            workers.close()
            discard(folder)
            raise
        store.mark_decided(generation.name)
        self.report.written = True
        self.report.served_by(generation)
        replaced = self.serving.name if self.serving else ""
        self.generations.prune(self.settings.keep_generations, replaced)

    def _write_index(self, writer: IndexWriter, store: ParsedStore, folder: Path) -> None:
        again = set(self.report.renewed)
        documents = [
            (d.path, d.sha256)
            for d in sorted(self.documents.values(), key=lambda d: self.present[d.path])
            if d.release_id and (d.path in again or not self._is_carried_over(d.path))
        ]
        for group in prepare_all(documents, store, writer, folder):
            for item in group:
                self.report.warnings += [(item.document[0], text) for text in item.warnings]
                if item.skipped:
                    self._skip(item.skipped, item.document[1])
        if self.base:
            self._delete_old(writer)
        self.tell("writing", len(self.documents))

    def _is_taken(self, release_id: str, path: str) -> bool:
        """Whether an earlier document has this id; a later one that was carried over gives way."""
        holder = self.holders.get(release_id)
        if holder is None:
            return False
        if self.present[holder] > self.present[path] and self._is_carried_over(holder):
            self._replace(self.known[holder])
            return False
        return True

    def _delete_old(self, writer: IndexWriter) -> None:
        """Delete what changed or went, as it was before: the writer's own additions stay."""
        gone = (*self.report.changed, *self.report.removed, *self.replaced, *self.report.renewed)
        for path in gone:
            if self.known[path].release_id:
                writer.delete(self.known[path].release_id)


def _duplicate(path: str, release_id: str) -> SkippedDocument:
    return SkippedDocument(path, "duplicate", f"{_HAS_ID}{release_id}")
