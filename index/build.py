"""One run of reindex: the comparison with the serving generation, and the build beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from index.documents import IndexedDocument, read_documents, write_documents
from index.errors import ArchiveError, GenerationError, IndexUnavailableError
from index.generations import (
    DOCUMENTS,
    INDEX,
    Generation,
    Generations,
    Manifest,
    check_files,
    check_sizes,
    discard,
)
from index.model import RawDocument, SkippedDocument
from index.prepare import Prepared, prepare_all
from index.report import ReindexReport
from index.settings import Settings
from index.sources import walk_archive
from index.store import ParsedRow, ParsedStore
from index.verify import verify_index
from index.versions import FINGERPRINT
from index.whoosh_index import WhooshWriter

Progress = Callable[[str, int], None]
"""Told the phase (``reading``, ``writing``, ``verifying``) and the number of documents so far."""

_STORE_BATCH = 200
DAMAGED = "the serving generation is damaged"
ASKED = "--full was asked for"


class DamagedBaseError(GenerationError):
    """The serving generation's files are not what was written: nothing is built on it."""


class Build:
    """One reindex: the comparison with the serving generation, and the build beside it."""

    def __init__(
        self, settings: Settings, generations: Generations, report: ReindexReport, tell: Progress
    ) -> None:
        self.settings = settings
        self.generations = generations
        self.report = report
        self.tell = tell
        self.documents: list[IndexedDocument] = []
        self.present: set[str] = set()
        self.taken: set[str] = set()
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

        Raises DamagedBaseError before anything is built on a serving generation that is not
        sound, other DatelineErrors and OSErrors when the build fails.
        """
        self._choose_base(full, reason)
        self.settings.data.mkdir(parents=True, exist_ok=True)
        store = ParsedStore(self.settings.data / "parsed.sqlite")
        # Closed on every way out: a second build must not fork beside the threads of this pool.
        prepared = prepare_all(self._changed_documents(), store, self.settings.jobs)
        with store, closing(prepared):
            first = next(prepared, None)
            if first is None and not full:
                self._refuse_emptied()
            if first is None and self.base:
                self._find_removed()
                if not (self.report.removed or self._skipped_changed()):
                    self._stand_by(self.base)
                    return
            self._write(store, prepared, first)
            store.forget(self.report.removed)

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
        else:
            self.base = serving

    def _changed_documents(self) -> Iterator[RawDocument]:
        """Walk the archive, sort each document by what it is, and yield those to be indexed."""
        walk = walk_archive(self.settings.archive, int(self.settings.max_file_mb * 2**20))
        for number, document in enumerate(walk, start=1):
            self.tell("reading", number)
            self.present.add(document.path)
            before = self.known.get(document.path)
            if isinstance(document, SkippedDocument):
                if before and before.release_id:
                    self.report.changed.append(document.path)  # could be read before
                self._skip(document, "")
                continue
            if before and before.sha256 == document.sha256:
                self.report.unchanged += 1
                if self.base:
                    self._carry_over(before)
                    continue
            elif before and before.sha256:
                self.report.changed.append(document.path)
            else:
                self.report.new.append(document.path)
            yield document
        self.report.ignored = walk.ignored

    def _carry_over(self, before: IndexedDocument) -> None:
        if before.release_id:
            self._keep(before)
        else:
            self._skip(SkippedDocument(before.path, *before.why_not), before.sha256)

    def _keep(self, document: IndexedDocument) -> None:
        self.documents.append(document)
        self.taken.add(document.release_id)

    def _skip(self, skipped: SkippedDocument, digest: str) -> None:
        self.report.skipped.append(skipped)
        self.documents.append(
            IndexedDocument(skipped.path, digest, "", (skipped.code, skipped.reason))
        )

    def _find_removed(self) -> None:
        """List what the serving generation holds and the archive no longer does."""
        self.report.removed = [
            path
            for path, before in self.known.items()
            if before.sha256 and path not in self.present
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
        """Whether the documents the walk itself refuses are others than last time."""
        before = {path for path, document in self.known.items() if not document.sha256}
        return before != {d.path for d in self.documents if not d.sha256}

    def _stand_by(self, serving: Generation) -> None:
        """Leave all as it is, but for a ``CURRENT`` that does not name what serves."""
        if self.generations.current_name() != serving.name:
            self.generations.promote(serving)
        self._report_standing(serving)

    def _report_standing(self, serving: Generation) -> None:
        self.report.generation = serving.name
        self.report.releases = serving.manifest.releases
        self.report.passages = serving.manifest.passages

    def _write(
        self, store: ParsedStore, prepared: Iterator[Prepared], first: Prepared | None
    ) -> None:
        """Build a generation beside the others, verify, seal and promote it."""
        folder = self.generations.create()
        try:
            if self.base:
                self._extend_base(self.base, folder)
            self._write_index(folder / INDEX, store, prepared, first)
            self.documents.sort(key=lambda document: document.path)
            write_documents(folder / DOCUMENTS, self.documents)
            self.tell("verifying", len(self.documents))
            releases = sum(1 for document in self.documents if document.release_id)
            passages = verify_index(folder / INDEX, releases)
            manifest = Manifest(
                name=folder.name,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                fingerprint=FINGERPRINT,
                releases=releases,
                passages=passages,
                archive=str(self.settings.archive.resolve()),
            )
            generation = self.generations.seal(folder, manifest, self.base)
            self.generations.promote(generation)
        except BaseException:
            # Whatever it was, an interrupt included: the attempt goes, the old one serves on.
            discard(folder)
            raise
        self.report.written = True
        self._report_standing(generation)
        self.generations.prune(self.settings.keep_generations)

    def _extend_base(self, base: Generation, folder: Path) -> None:
        """Start from the serving generation's files, once they are known to be sound.

        A damaged file would be linked into every generation after it, checksum and all.
        """
        try:
            check_files(base)
        except GenerationError as error:
            raise DamagedBaseError(error.what, where=error.where, hint=error.hint) from error
        self.generations.copy_index(base, folder)

    def _write_index(
        self,
        folder: Path,
        store: ParsedStore,
        prepared: Iterator[Prepared],
        first: Prepared | None,
    ) -> None:
        rows: list[ParsedRow] = []
        with WhooshWriter(folder, extend=self.base is not None) as writer:
            item = first
            while item is not None:
                self._add(writer, item)
                if item.row:
                    rows.append(item.row)
                if len(rows) >= _STORE_BATCH:
                    store.put(rows)
                    rows.clear()
                item = next(prepared, None)
            store.put(rows)
            self._find_removed()
            if self.base:
                self._delete_old(writer)
            self.tell("writing", len(self.documents))

    def _add(self, writer: WhooshWriter, item: Prepared) -> None:
        path, digest = item.document
        self.report.parsed += item.row is not None
        self.report.warnings += [(path, warning) for warning in item.warnings]
        skipped, release = item.skipped, item.release
        if release and release.id in self.taken:
            reason = f"another document has the id {release.id}"
            skipped = SkippedDocument(path, "duplicate", reason)
        if skipped:
            self._skip(skipped, digest)
        elif release:
            writer.add(release)
            self._keep(IndexedDocument(path, digest, release.id))

    def _delete_old(self, writer: WhooshWriter) -> None:
        """Delete what changed or went, as it was before: the writer's own additions stay."""
        for path in (*self.report.changed, *self.report.removed):
            if self.known[path].release_id:
                writer.delete(self.known[path].release_id)
