"""From raw documents to prepared releases, on several processes, reading nothing twice."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from index.entities import extract_entities
from index.errors import DatelineError, ReadingError
from index.model import IndexedRelease, RawDocument, Release, SkippedDocument
from index.passages import split_passages
from index.reading import read_document
from index.release_json import dump_derived, dump_release, load_derived, load_release
from index.store import ParsedRow, ParsedStore
from index.versions import DERIVER, READER
from index.whoosh_index import PreparedRelease, prepare_release

_BATCH = 16
"""Documents handed to a process at a time: enough to hide the hand-over, few enough to share."""
_BATCHES_AHEAD = 3
"""Batches in flight for each process; bounds memory while the writer is the slower side."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of one document: a prepared release, or the reason why not.

    ``row`` is what the store of parsed releases should keep, or None when it has it already.
    """

    document: tuple[str, str]
    """Path and digest of the document."""
    release: PreparedRelease | None
    row: ParsedRow | None = None
    skipped: SkippedDocument | None = None
    warnings: tuple[str, ...] = ()


def derive(release: Release) -> IndexedRelease:
    """Split a release into passages and find its people and places."""
    passages = split_passages(release)
    people, places = extract_entities(release, passages)
    return IndexedRelease(release, passages, people, places)


def prepare_document(document: RawDocument, known: ParsedRow | None = None) -> Prepared:
    """Read, split, extract and analyze one document, or as much of that as is not ``known``."""
    key = (document.path, document.sha256)
    try:
        return _prepare(document, key, known)
    except ReadingError as error:
        reason = f"{error.what} ({error.hint})" if error.hint else error.what
        return Prepared(key, None, skipped=SkippedDocument(document.path, "unreadable", reason))
    except Exception as error:
        # A fault of ours must cost one document, not the run; it is reported as what it is.
        reason = f"a fault in the reader: {type(error).__name__}: {error}"
        return Prepared(key, None, skipped=SkippedDocument(document.path, "fault", reason))


def _prepare(document: RawDocument, key: tuple[str, str], known: ParsedRow | None) -> Prepared:
    release = load_release(known.release) if known else read_document(document)
    if known and known.deriver == DERIVER:
        prepared = prepare_release(load_derived(release, known.derived))
        return Prepared(key, prepared, warnings=release.warnings)
    indexed = derive(release)
    row = ParsedRow(*key, READER, dump_release(release), DERIVER, dump_derived(indexed))
    return Prepared(key, prepare_release(indexed), row, warnings=release.warnings)


def prepare_all(
    documents: Iterable[RawDocument], store: ParsedStore, jobs: int
) -> Generator[Prepared, None, None]:
    """Prepare documents in order on ``jobs`` processes (0: one for each processor).

    With one job everything happens in this process. Closing the generator ends the processes.
    """
    jobs = jobs or len(os.sched_getaffinity(0))
    pairs = ((doc, store.get(doc.path, doc.sha256, READER)) for doc in documents)
    first = list(islice(pairs, 2 * _BATCH))
    if jobs == 1 or len(first) < 2 * _BATCH:
        for document, known in first:
            yield prepare_document(document, known)
        for document, known in pairs:
            yield prepare_document(document, known)
        return
    # Fork, so that the processes share what is loaded already; started before any thread is.
    pool = ProcessPoolExecutor(
        jobs, mp_context=get_context("fork"), initializer=_start_worker, initargs=(os.getpid(),)
    )
    try:
        yield from _in_order(pool, _batches(first, pairs), jobs * _BATCHES_AHEAD)
    except BrokenProcessPool as error:
        raise DatelineError(
            "a reading process died",
            hint="run again with --jobs 1",
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker(parent: int) -> None:
    """Leave interrupts to the parent, and do not outlive it when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()


def _die_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.25)
    os._exit(1)


_Pair = tuple[RawDocument, ParsedRow | None]


def _batches(first: list[_Pair], rest: Iterator[_Pair]) -> Iterator[list[_Pair]]:
    for start in range(0, len(first), _BATCH):
        yield first[start : start + _BATCH]
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _in_order(
    pool: ProcessPoolExecutor, batches: Iterator[list[_Pair]], ahead: int
) -> Iterator[Prepared]:
    waiting: deque[Future[list[Prepared]]] = deque()
    for batch in batches:
        waiting.append(pool.submit(_prepare_batch, batch))
        if len(waiting) >= ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def _prepare_batch(batch: list[_Pair]) -> list[Prepared]:
    return [prepare_document(document, known) for document, known in batch]
