"""The one flow: walk, read, split, extract, write, verify, promote, report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from index.documents import IndexedDocument, read_documents, write_documents
from index.errors import ArchiveError, DatelineError, GenerationError, IndexUnavailableError
from index.generations import (
    DOCUMENTS,
    INDEX,
    Generation,
    Generations,
    Manifest,
    check_sizes,
    discard,
)
from index.lock import writer_lock
from index.model import RawDocument, SkippedDocument
from index.prepare import Prepared, prepare_all
from index.report import ReindexReport
from index.settings import Settings
from index.sources import walk_archive
from index.store import ParsedRow, ParsedStore
from index.verify import index_counts, verify_index
from index.versions import FINGERPRINT
from index.whoosh_index import WhooshWriter

Progress = Callable[[str, int], None]
"""Told the phase (``reading``, ``writing``, ``verifying``) and the number of documents so far."""

_STORE_BATCH = 200


def reindex(
    settings: Settings,
    *,
    full: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ReindexReport:
    """Bring the index up to the archive and return the account of it.

    Incremental by the digest of each document; everything anew with ``full``, or when the
    serving generation was made by other code or from another archive. With ``dry_run`` only the
    comparison is made and nothing is written. Raises DatelineError (WriterLockedError,
    ArchiveError, GenerationError) when the run as a whole cannot succeed: the generation that
    served before then serves on, untouched.
    """
    began = time.monotonic()
    generations = Generations(settings.data)
    report = ReindexReport(archive=str(settings.archive), dry_run=dry_run)
    run = _Run(settings, generations, report, progress or (lambda phase, done: None))
    if dry_run:
        run.compare_only(full)
    else:
        try:
            with writer_lock(settings.data, settings.lock_wait):
                generations.sweep()
                run.build(full)
        except OSError as error:
            raise DatelineError(
                f"the index could not be written: {error.strerror or error}",
                where=str(error.filename or settings.data),
                hint="the previous index serves on; mend this and run reindex again, if need be --full",
            ) from error
        except DatelineError:
            raise
        except Exception as error:
            # What Whoosh raises on a damaged file is of many kinds; a rebuild mends them all.
            raise GenerationError(
                f"the index could not be extended: {type(error).__name__}: {error}",
                where=str(settings.data),
                hint="the previous index serves on; run: dateline reindex --full",
            ) from error
    report.seconds = round(time.monotonic() - began, 3)
    return report


class _Run:
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
        self.base: Generation | None = None

    def compare_only(self, full: bool) -> None:
        self._choose_base(full)
        for _ in self._changed_documents():
            pass
        self._find_removed()

    def build(self, full: bool) -> None:
        self._choose_base(full)
        self.settings.data.mkdir(parents=True, exist_ok=True)
        with ParsedStore(self.settings.data / "parsed.sqlite") as store:
            prepared = prepare_all(self._changed_documents(), store, self.settings.jobs)
            first = next(prepared, None)
            if first is None and self.base:
                self._refuse_emptied()
                self._find_removed()
                if not (self.report.removed or self._skipped_changed()):
                    self._report_standing(self.base)
                    return
            self._write(store, prepared, first)
            store.forget(self.report.removed)

    def _choose_base(self, full: bool) -> None:
        """Decide between extending the serving generation and building everything anew."""
        try:
            serving = self.generations.current()
        except IndexUnavailableError:
            self.report.rebuilt = "nothing was indexed yet"
            return
        try:
            check_sizes(serving)
            self.known = read_documents(serving.folder / DOCUMENTS)
        except GenerationError:
            self.report.rebuilt = "the serving generation is damaged"
            return
        if full:
            self.report.rebuilt = "--full was asked for"
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
        if not self.present and self.base and self.base.manifest.releases:
            raise ArchiveError(
                f"holds no documents, but {self.base.manifest.releases:,} releases are indexed",
                where=str(self.settings.archive),
                hint="is the folder mounted? If they are meant to go, run reindex --full",
            )

    def _skipped_changed(self) -> bool:
        """Whether the documents the walk itself refuses are others than last time."""
        before = {path for path, document in self.known.items() if not document.sha256}
        return before != {d.path for d in self.documents if not d.sha256}

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
                self.generations.copy_index(self.base, folder)
            self._write_index(folder / INDEX, store, prepared, first)
            self.documents.sort(key=lambda document: document.path)
            write_documents(folder / DOCUMENTS, self.documents)
            self.tell("verifying", len(self.documents))
            releases, passages = index_counts(folder / INDEX)
            self._check_count(releases)
            verify_index(folder / INDEX, releases, passages)
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

    def _check_count(self, releases: int) -> None:
        expected = sum(1 for document in self.documents if document.release_id)
        if releases != expected:
            raise GenerationError(
                f"{expected} releases were to be indexed and {releases} are",
                where=str(self.settings.data),
                hint="run: dateline reindex --full",
            )

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
