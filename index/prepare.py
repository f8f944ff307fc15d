"""From raw documents to batches for the index, on several processes, reading nothing twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from itertools import chain, islice

from index.codec.batch import make_batch
from index.columnar_index import AnyBatch, pack
from index.entities import extract_entities
from index.errors import ReadingError
from index.model import DocumentKind, IndexedRelease, RawDocument, Release, SkippedDocument
from index.passages import split_passages
from index.reading import read_document
from index.release_json import dump_derived, dump_release, load_derived, load_release
from index.store import ParsedRow, ParsedStore
from index.versions import DERIVER, READER
from index.workers import Workers, outcome

_FIRST_GROUP = 16
"""Documents handed over in the first group; each group may be twice as large as the one before."""
_GROUP = 256
"""Most documents of a group: a word is looked at once in each, so large ones cost much less."""
_GROUP_COST = 250_000
"""Text to be read in a group, about, in bytes: a third of a second's work."""
_HTML_SHARE = 4
"""A page of HTML holds about a quarter of its size in text."""
_KNOWN_SHARE = 4
"""What was read before costs this much less."""
_GROUPS_AHEAD = 4
"""Groups in flight for each process; bounds memory while the writer is the slower side."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of one document: a release in the batch, or the reason why not.

    ``row`` is what the store of parsed releases should keep, or None when it has it already.
    """

    document: tuple[str, str]
    """Path and digest of the document."""
    release_id: str = ""
    """The id of its release; empty when it could not be read."""
    row: ParsedRow | None = None
    skipped: SkippedDocument | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreparedGroup:
    """Documents prepared together. ``batch`` holds, in order, those that became a release."""

    documents: tuple[Prepared, ...]
    batch: AnyBatch


def derive(release: Release) -> IndexedRelease:
    """Split a release into passages and find its people and places."""
    passages = split_passages(release)
    people, places = extract_entities(release, passages)
    return IndexedRelease(release, passages, people, places)


_Pair = tuple[RawDocument, ParsedRow | None]
_Read = tuple[Prepared, IndexedRelease | None]


def prepare_group(pairs: Iterable[_Pair]) -> PreparedGroup:
    """Read, split, extract and analyze documents, or as much of that as is not known of each."""
    read = [_read(document, known) for document, known in pairs]
    releases = [release for _, release in read if release]
    try:
        batch = make_batch(releases)
    except Exception:
        # As in reading, a fault of ours must cost one document: find it, and go on without it.
        read = [_proved(*item) for item in read]
        batch = make_batch([release for _, release in read if release])
    return PreparedGroup(tuple(prepared for prepared, _ in read), batch)


def _read(document: RawDocument, known: ParsedRow | None) -> _Read:
    key = (document.path, document.sha256)
    try:
        return _read_or_load(document, key, known)
    except ReadingError as error:
        reason = f"{error.what} ({error.hint})" if error.hint else error.what
        return _skipped(Prepared(key), "unreadable", reason), None
    except Exception as error:
        return _faulty(Prepared(key), error), None


def _read_or_load(document: RawDocument, key: tuple[str, str], known: ParsedRow | None) -> _Read:
    release = load_release(known.release) if known else read_document(document)
    prepared = Prepared(key, release.id, warnings=release.warnings)
    if known and known.deriver == DERIVER:
        return prepared, load_derived(release, known.derived)
    indexed = derive(release)
    row = ParsedRow(*key, READER, dump_release(release), DERIVER, dump_derived(indexed))
    return replace(prepared, row=row), indexed


def _proved(prepared: Prepared, release: IndexedRelease | None) -> _Read:
    """Return the two as they are if the release can be analyzed, else as a fault."""
    if release:
        try:
            make_batch([release])
        except Exception as error:
            return _faulty(prepared, error), None
    return prepared, release


def _faulty(prepared: Prepared, error: Exception) -> Prepared:
    # A fault of ours must cost one document, not the run; it is reported as what it is.
    reason = f"a fault in the reader: {type(error).__name__}: {error}"
    return _skipped(prepared, "fault", reason)


def _skipped(prepared: Prepared, code: str, reason: str) -> Prepared:
    path = prepared.document[0]
    return Prepared(prepared.document, skipped=SkippedDocument(path, code, reason))


def prepare_all(
    documents: Iterable[RawDocument], store: ParsedStore, workers: Workers
) -> Iterator[PreparedGroup]:
    """Prepare documents in order; a handful of them in this process, more by the workers."""
    groups = _groups((doc, store.get(doc.path, doc.sha256, READER)) for doc in documents)
    first = list(islice(groups, 2))
    if not workers.processes or len(first) < 2:
        yield from map(prepare_group, first)
        yield from map(prepare_group, groups)
        return
    waiting: deque[Future[PreparedGroup]] = deque()
    for group in chain(first, groups):
        waiting.append(workers.submit(_prepare_packed, group))
        if len(waiting) >= workers.processes * _GROUPS_AHEAD:
            yield outcome(waiting.popleft())
    while waiting:
        yield outcome(waiting.popleft())


def _prepare_packed(pairs: Iterable[_Pair]) -> PreparedGroup:
    group = prepare_group(pairs)
    return replace(group, batch=pack(group.batch))


def _groups(pairs: Iterable[_Pair]) -> Iterator[list[_Pair]]:
    """Cut documents into groups, small enough to be shared well among the processes."""
    group: list[_Pair] = []
    cost, most = 0, _FIRST_GROUP
    for document, known in pairs:
        # The bytes of what is known already need not travel to another process.
        group.append((replace(document, data=b"", sidecar=None) if known else document, known))
        cost += _cost(document, known)
        if len(group) >= most or cost >= _GROUP_COST:
            yield group
            group, cost, most = [], 0, min(2 * most, _GROUP)
    if group:
        yield group


def _cost(document: RawDocument, known: ParsedRow | None) -> int:
    if known:
        return len(known.release) // _KNOWN_SHARE
    return len(document.data) // (_HTML_SHARE if document.kind is DocumentKind.HTML else 1)
