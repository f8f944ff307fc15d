"""The corpus of a run: the archive parsed once, then flattened for every engine alike.

Reading and finding names are the same work whatever indexes the result, and by far the longest:
they are done once, into the same store that ``dateline reindex`` keeps, and not measured here.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from bench.flat import FlatRelease, Part, write_flat
from index.errors import ReadingError
from index.model import IndexedRelease, RawDocument
from index.prepare import derive
from index.reading import read_document
from index.release_json import dump_derived, dump_release, load_derived, load_release
from index.sources import walk_archive
from index.store import ParsedRow, ParsedStore
from index.versions import DERIVER, READER

_MAX_BYTES = 20 << 20
_BATCH = 2_000
"""Documents read and kept at a time."""


@dataclass(frozen=True)
class Corpus:
    """A parsed store and the flat file made from it, with their sizes."""

    store: Path
    flat: Path
    releases: int
    passages: int

    def part(self, passages: int = 0) -> Part:
        """Return the part of about so many passages (0: all), several copies if it takes them."""
        copies = max(1, -(-passages // self.passages))
        share = passages / copies / self.passages if passages else 1.0
        releases = max(1, round(self.releases * share))
        return Part(str(self.flat), self.releases, releases, copies)


def parse_archive(archive: Path, store: Path, jobs: int) -> None:
    """Read every document of an archive on ``jobs`` processes into a store, in batches."""
    documents = (d for d in walk_archive(archive, _MAX_BYTES) if isinstance(d, RawDocument))
    with ParsedStore(store) as parsed, get_context("fork").Pool(jobs) as pool:
        while batch := list(islice(documents, _BATCH)):
            rows = pool.map(parse_document, batch, chunksize=16)
            parsed.put(row for row in rows if row)


def parse_document(document: RawDocument) -> ParsedRow | None:
    """Return the store's row of a document, None when it cannot be read."""
    try:
        release = read_document(document)
    except ReadingError:
        return None
    rows = (dump_release(release), DERIVER, dump_derived(derive(release)))
    return ParsedRow(document.path, document.sha256, READER, *rows)


def parsed_releases(store: Path) -> Iterator[IndexedRelease]:
    """Yield the releases of a store by path, whichever version of the reader made them."""
    for release, derived in parsed_json(store):
        yield load_derived(load_release(release), derived)


def parsed_json(store: Path) -> Iterator[tuple[str, str]]:
    """Yield the two JSON texts of each release of a store, by path; each id once."""
    db = sqlite3.connect(store)
    seen: set[str] = set()
    for release, derived in db.execute("select release, derived from parsed order by path"):
        text = zlib.decompress(release).decode("utf-8", "surrogatepass")
        identity = json.loads(text)["id"]
        if identity not in seen:
            seen.add(identity)
            yield text, zlib.decompress(derived).decode("utf-8", "surrogatepass")
    db.close()


def flatten(store: Path, flat: Path) -> Corpus:
    """Write the flat file of a store and return the corpus they make."""
    releases, passages = write_flat(flat, (_flat(r) for r in parsed_releases(store)))
    return Corpus(store, flat, releases, passages)


def _flat(indexed: IndexedRelease) -> FlatRelease:
    release = indexed.release
    date = release.date.value if release.date else ""
    header = {
        "path": release.path,
        "url": release.url,
        "summary": release.summary,
        "date": date,
        "dateline": release.dateline,
        "source": release.source,
        "lang": release.lang,
        "people": [[person.name, len(person.mentions)] for person in indexed.people],
        "places": [[place.name, len(place.mentions)] for place in indexed.places],
    }
    return FlatRelease(
        id=release.id,
        title=release.title,
        date=date,
        source=release.source,
        lang=release.lang,
        people=tuple(person.name for person in indexed.people),
        places=tuple(place.name for place in indexed.places),
        header=json.dumps(header, ensure_ascii=False, separators=(",", ":")),
        passages=tuple((p.number, p.kind.value, p.text) for p in indexed.passages),
    )
