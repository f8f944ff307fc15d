"""From a finished index to the serving generation: verify, seal, promote.

Also the shortest way from releases to a generation, which is what benchmarks measure.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from index.codec.batch import make_batch
from index.columnar_index import AnyBatch, IndexWriter, pack
from index.documents import IndexedDocument, write_documents
from index.generations import DOCUMENTS, INDEX, Generation, Generations, Manifest, discard
from index.lock import writer_lock
from index.model import IndexedRelease
from index.settings import Settings
from index.verify import verify_index
from index.versions import FINGERPRINT
from index.workers import Workers, outcome

_GROUP = 256
_GROUPS_AHEAD = 4


def publish(
    settings: Settings,
    folder: Path,
    documents: Collection[IndexedDocument],
    new_segments: Collection[str],
    base: Generation | None,
) -> Generation:
    """Verify the index in a generation's folder, seal the generation and make it serve.

    ``documents`` are what it was made from, in any order; ``new_segments`` names the segments
    that ``base`` does not have: they are asked for their own releases. Raises GenerationError
    when the index is not as it should be.
    """
    generations = Generations(settings.data)
    write_documents(folder / DOCUMENTS, sorted(documents, key=lambda document: document.path))
    releases = sum(1 for document in documents if document.release_id)
    passages = verify_index(folder / INDEX, releases, None, new_segments)
    manifest = Manifest(
        name=folder.name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        fingerprint=FINGERPRINT,
        releases=releases,
        passages=passages,
        archive=str(settings.archive.resolve()),
    )
    generation = generations.seal(folder, manifest, base)
    generations.promote(generation)
    return generation


def write_generation(
    settings: Settings, releases: Iterable[IndexedRelease], jobs: int = 1
) -> Generation:
    """Index releases anew and make them the serving generation, without archive or store.

    With more than one job, ``jobs`` forked processes analyze and write; the releases are then all
    held in memory. The documents have no digest: the next reindex takes each for new.
    """
    with writer_lock(settings.data, settings.lock_wait):
        folder = Generations(settings.data).create()
        documents: list[IndexedDocument] = []
        try:
            with (
                Workers(jobs if jobs > 1 else 0) as workers,
                IndexWriter(folder / INDEX, extend=False, workers=workers) as writer,
            ):
                for described, batch in _batches(releases, workers):
                    writer.add(batch)
                    documents += described
            return publish(settings, folder, documents, writer.new_segments, None)
        except BaseException:
            discard(folder)
            raise


_Analyzed = tuple[list[IndexedDocument], AnyBatch]
_shared: list[IndexedRelease] = []


def _batches(releases: Iterable[IndexedRelease], workers: Workers) -> Iterator[_Analyzed]:
    if not workers.processes:
        rest = iter(releases)
        while group := list(islice(rest, _GROUP)):
            yield _analyze(group)
        return
    # Forked processes see the releases where they are: nothing travels but the batches.
    _shared[:] = releases
    waiting: deque[Future[_Analyzed]] = deque()
    for start in range(0, len(_shared), _GROUP):
        waiting.append(workers.submit(_analyze_shared, start))
        if len(waiting) >= workers.processes * _GROUPS_AHEAD:
            yield outcome(waiting.popleft())
    while waiting:
        yield outcome(waiting.popleft())
    _shared.clear()


def _analyze_shared(start: int) -> _Analyzed:
    described, batch = _analyze(_shared[start : start + _GROUP])
    return described, pack(batch)


def _analyze(releases: Sequence[IndexedRelease]) -> _Analyzed:
    described = [IndexedDocument(r.release.path, "", r.release.id) for r in releases]
    return described, make_batch(releases)
