"""From raw documents to batches for the index, on several processes, reading nothing twice.

In two passes: ``read_all`` reads every new document into the store, ``prepare_all`` has written
what the store holds once the archive's names are decided (``index.names``).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from index.codec.batch import Batch, make_batch
from index.columnar_index import IndexWriter
from index.entities.extract import extract
from index.entities.pipeline import model_version
from index.errors import ReadingError
from index.model import DocumentKind, IndexedRelease, RawDocument, Release, SkippedDocument
from index.names.settle import settle
from index.names.table import NameTable, read_table
from index.passages import split_passages
from index.reading import read_document
from index.release_json import dump_derived, dump_release, load_derived, load_release
from index.store import ParsedRow, ParsedStore
from index.versions import DERIVER, READER
from index.workers import Workers, outcome

_SMALL_GROUP = 16
"""Documents handed over in the first group; each group may be twice as large as the one before."""
_GROUP = 256
"""Most documents of a group: a word is looked at once in each, so large ones cost much less."""
_PREPARING_COST = 250_000
"""Text of a group that is prepared, about, in bytes."""
_READING_COST = 80_000
"""The same for reading: a tenth of a second's work. A group that one process reads alone at the
end keeps the others waiting, and nothing is gained by larger ones."""
_HTML_SHARE = 4
"""A page of HTML holds about a quarter of its size in text."""
_KNOWN_SHARE = 4
"""What was read before costs this much less."""
_GROUPS_AHEAD = 12
"""Groups in flight for each process; bounds memory while the writer is the slower side."""


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one document in the first pass: a release, or the reason why not.

    ``row`` is what the store should keep, or None when it has it already.
    """

    document: tuple[str, str]
    """Path and digest of the document."""
    release_id: str = ""
    """The id of its release; empty when it could not be read."""
    row: ParsedRow | None = None
    skipped: SkippedDocument | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of one release in the second pass: it is in the batch, or why not."""

    document: tuple[str, str]
    skipped: SkippedDocument | None = None
    warnings: tuple[str, ...] = ()


def derive(release: Release, ner: str = "") -> IndexedRelease:
    """Split a release into passages and find its people and places, by itself alone."""
    return IndexedRelease(release, split_passages(release), *extract(release, ner))


class Deriver(NamedTuple):
    """How people and places are found: the version of it all, and the setting ``ner``."""

    version: str
    ner: str


def deriver(ner: str) -> Deriver:
    """How it is done under a setting. Raises SettingsError when that cannot be."""
    model = model_version(ner)
    return Deriver(f"{DERIVER}+{model}" if model else DERIVER, ner)


_Item = tuple[RawDocument, ParsedRow | None, str]
"""A document, what the store holds of it, and its release's id if nothing is left to be done."""
_Stored = tuple[tuple[str, str], ParsedRow | None]
_Loaded = tuple[Prepared, IndexedRelease | None]
G = TypeVar("G")
R = TypeVar("R")


def read_all(
    documents: Iterable[RawDocument], store: ParsedStore, workers: Workers, how: Deriver
) -> Iterator[Read]:
    """Read, split and extract documents, or as much of that as the store has not; in order."""
    items = (_item(document, store, how) for document in documents)
    costs = ((item, _reading_cost(item)) for item in items)
    groups = _groups(costs, _READING_COST)
    for group in _in_order(groups, partial(read_group, how=how), workers):
        yield from group


def _item(document: RawDocument, store: ParsedStore, how: Deriver) -> _Item:
    release_id = store.release_id(document.path, document.sha256, how.version)
    row = None if release_id else store.get(document.path, document.sha256, READER)
    # The bytes of what is known already need not travel to another process.
    stub = replace(document, data=b"", sidecar=None) if release_id or row else document
    return stub, row, release_id


def read_group(items: Iterable[_Item], how: Deriver) -> list[Read]:
    """Read documents; one that cannot be read costs only itself."""
    return [_read(*item, how) for item in items]


def _read(document: RawDocument, known: ParsedRow | None, release_id: str, how: Deriver) -> Read:
    key = (document.path, document.sha256)
    if release_id:
        return Read(key, release_id)
    try:
        release = load_release(known.release) if known else read_document(document)
        derived = known.derived if known and known.deriver == how.version else ""
        indexed = load_derived(release, derived) if derived else derive(release, how.ner)
        row = ParsedRow(*key, READER, dump_release(release), how.version, dump_derived(indexed))
        return Read(key, release.id, replace(row, release_id=release.id, claims=indexed.claims))
    except ReadingError as error:
        reason = f"{error.what} ({error.hint})" if error.hint else error.what
        return Read(key, skipped=SkippedDocument(document.path, "unreadable", reason))
    except Exception as error:
        return Read(key, skipped=_fault(document.path, error))


def prepare_all(
    documents: Sequence[tuple[str, str]], store: ParsedStore, writer: IndexWriter, names: Path
) -> Iterator[tuple[Prepared, ...]]:
    """Have releases that the store holds written, in order; yield what became of each group.

    ``names`` is the folder of the generation whose table of names settles them.
    """
    rows = ((key, store.get(*key, READER)) for key in documents)
    costs = ((item, len(item[1].release) // _KNOWN_SHARE if item[1] else 0) for item in rows)
    groups = ((group, len(group)) for group in _groups(costs, _PREPARING_COST))
    yield from writer.add_groups(groups, len(documents), partial(prepare_group, folder=names))


def prepare_group(rows: Iterable[_Stored], folder: Path) -> tuple[tuple[Prepared, ...], Batch]:
    """Load, settle and analyze releases; a fault costs only the release it is met in."""
    table = _table(folder)
    loaded = [_load(*row, table) for row in rows]
    releases = [release for _, release in loaded if release]
    try:
        batch = make_batch(releases)
    except Exception:
        # As in reading, a fault of ours must cost one document: find it, and go on without it.
        loaded = [_proved(*item) for item in loaded]
        batch = make_batch([release for _, release in loaded if release])
    return tuple(prepared for prepared, _ in loaded), batch


@lru_cache(maxsize=1)
def _table(folder: Path) -> NameTable:
    """Read the table of names once in each process: many megabytes where the archive is large."""
    return read_table(folder)


def _load(key: tuple[str, str], row: ParsedRow | None, table: NameTable) -> _Loaded:
    try:
        if row is None:
            raise LookupError("its row is not in the store")
        release = load_release(row.release)
        indexed = settle(load_derived(release, row.derived), table)
        return Prepared(key, warnings=release.warnings), indexed
    except Exception as error:
        return Prepared(key, _fault(key[0], error)), None


def _proved(prepared: Prepared, release: IndexedRelease | None) -> _Loaded:
    """Return the two as they are if the release can be analyzed, else as a fault."""
    if release:
        try:
            make_batch([release])
        except Exception as error:
            return replace(prepared, skipped=_fault(prepared.document[0], error)), None
    return prepared, release


def _fault(path: str, error: Exception) -> SkippedDocument:
    # A fault of ours must cost one document, not the run; it is reported as what it is.
    reason = f"a fault in the reader: {type(error).__name__}: {error}"
    return SkippedDocument(path, "fault", reason)


def _in_order(
    groups: Iterator[list[G]], call: Callable[[list[G]], R], workers: Workers
) -> Iterator[R]:
    """Call for each group, in order; a handful of them in this process, more by the workers.

    For the first in any case: what that loads (word lists, places, patterns) the processes forked
    after it share.
    """
    first = list(islice(groups, 3))
    alone = len(first) if not workers.processes or len(first) < 3 else 1
    yield from map(call, first[:alone])
    if alone != 1:
        yield from map(call, groups)
        return
    waiting: deque[Future[R]] = deque()
    for group in chain(first[1:], groups):
        waiting.append(workers.submit(call, group))
        if len(waiting) >= workers.processes * _GROUPS_AHEAD:
            yield outcome(waiting.popleft())
    while waiting:
        yield outcome(waiting.popleft())


def _groups(items: Iterable[tuple[G, int]], enough: int) -> Iterator[list[G]]:
    """Cut items with their costs into groups, small enough to be shared well by the processes.

    The first has one item, see ``_in_order``; ``enough`` is what a group costs at most, about.
    """
    group: list[G] = []
    cost, most = 0, 1
    for item, its_cost in items:
        group.append(item)
        cost += its_cost
        if len(group) >= most or cost >= enough:
            yield group
            group, cost, most = [], 0, min(max(2 * most, _SMALL_GROUP), _GROUP)
    if group:
        yield group


def _reading_cost(item: _Item) -> int:
    document, known, release_id = item
    if release_id or known:
        return len(known.release) // _KNOWN_SHARE if known else 0
    return len(document.data) // (_HTML_SHARE if document.kind is DocumentKind.HTML else 1)
