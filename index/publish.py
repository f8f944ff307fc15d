"""From a finished index to the serving generation: verify, seal, promote.

Also the shortest way from releases to a generation, which is what benchmarks measure.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import TypeVar

from index.codec.batch import Batch, make_batch
from index.columnar_index import IndexWriter
from index.documents import IndexedDocument, write_documents
from index.generations import DOCUMENTS, INDEX, Generation, Generations, Manifest, discard
from index.lock import writer_lock
from index.memory import KEPT_BYTES_BUILDING, cycles_collected_rarely, keep_freed_memory
from index.model import IndexedRelease
from index.settings import Settings
from index.verify import verify_index
from index.versions import FINGERPRINT
from index.workers import Workers

_GROUP = 256
"""Releases of a group, about."""
G = TypeVar("G")


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
    settings: Settings,
    groups: Iterable[G],
    load: Callable[[G], Sequence[IndexedRelease]],
    jobs: int = 1,
) -> Generation:
    """Index releases anew and make them the serving generation, without archive or store.

    ``load`` makes the releases of a group, about 256 of them, where they are analyzed: with more
    than one job that is in ``jobs`` forked processes, and both it and the groups must be
    picklable. The releases of a few groups are in memory at a time, however many there are. Ids and
    paths must be distinct. The documents have no digest: the next reindex takes each for new.
    """
    keep_freed_memory(KEPT_BYTES_BUILDING)
    with writer_lock(settings.data, settings.lock_wait), cycles_collected_rarely():
        folder = Generations(settings.data).create()
        try:
            with TemporaryFile(dir=folder) as aside:
                with (
                    Workers(jobs if jobs > 1 else 0) as workers,
                    IndexWriter(folder / INDEX, extend=False, workers=workers) as writer,
                ):
                    listed = [(group, _GROUP) for group in groups]
                    total = _GROUP * len(listed)
                    for described in writer.add_groups(listed, total, partial(_analyze, load)):
                        # In memory they would be .25 kB for each release, all the while.
                        aside.write(described)
                aside.seek(0)
                each = (pair for _ in listed for pair in marshal.load(aside))
                documents = [IndexedDocument(path, "", release_id) for path, release_id in each]
            return publish(settings, folder, documents, writer.new_segments, None)
        except BaseException:
            discard(folder)
            raise


def _analyze(load: Callable[[G], Sequence[IndexedRelease]], group: G) -> tuple[bytes, Batch]:
    """Return the paths and ids of the releases of a group, marshalled, and their batch."""
    releases = load(group)
    described = [(indexed.release.path, indexed.release.id) for indexed in releases]
    return marshal.dumps(described), make_batch(releases)
