"""The one flow: walk, read, split, extract, write, verify, promote, report."""

from __future__ import annotations

import time
from contextlib import suppress

from index.build import DAMAGED, Build, Progress
from index.columnar_index import DamagedBaseError
from index.errors import DatelineError, GenerationError
from index.generations import Generations
from index.lock import writer_lock
from index.report import ReindexReport
from index.settings import Settings


def reindex(
    settings: Settings,
    *,
    full: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ReindexReport:
    """Bring the index up to the archive and return the account of it.

    Incremental by the digest of each document; everything anew with ``full``, or when the
    serving generation is damaged or was made by other code or from another archive. With
    ``dry_run`` only the comparison is made and nothing is written. Raises DatelineError
    (WriterLockedError, ArchiveError, GenerationError) when the run as a whole cannot succeed:
    the generation that served before then serves on, untouched.
    """
    began = time.monotonic()
    tell = progress or (lambda phase, done: None)
    try:
        report = _compare(settings, full, tell) if dry_run else _build(settings, full, tell)
    except OSError as error:
        raise DatelineError(
            f"the index could not be written: {error.strerror or error}",
            where=str(error.filename or settings.data),
            hint="nothing was replaced; mend this and run reindex again",
        ) from error
    except DatelineError:
        raise
    except Exception as error:
        # A fault of ours, or a damage no checksum saw: a rebuild mends what can be mended.
        raise GenerationError(
            f"the index could not be extended: {type(error).__name__}: {error}",
            where=str(settings.data),
            hint="nothing was replaced; run: dateline reindex --full",
        ) from error
    report.seconds = round(time.monotonic() - began, 3)
    return report


def _compare(settings: Settings, full: bool, tell: Progress) -> ReindexReport:
    report = ReindexReport(archive=str(settings.archive), dry_run=True)
    Build(settings, Generations(settings.data), report, tell).compare_only(full)
    return report


def _build(settings: Settings, full: bool, tell: Progress) -> ReindexReport:
    generations = Generations(settings.data)
    report = ReindexReport(archive=str(settings.archive))
    with writer_lock(settings.data, settings.lock_wait):
        generations.sweep()
        with suppress(DamagedBaseError):
            Build(settings, generations, report, tell).build(full)
            return report
        report = ReindexReport(archive=str(settings.archive))
        Build(settings, generations, report, tell).build(True, DAMAGED)
    return report
