"""``make bench``: Dateline beside SQLite FTS5 on the same releases, in one run, as ratios.

Usage: ``python -m bench.measure [ARCHIVE]``. The answer measured is the whole one: ten
releases, their best passages marked (FTS5: ``snippet``), the counts of person, place and year. Each
query is timed on its first run after one warm-up of others, so that no cache of answers helps.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from index.errors import ReadingError
from index.generations import Generations
from index.model import IndexedRelease, RawDocument
from index.prepare import derive
from index.reading import read_document
from index.reindex import reindex
from index.settings import Settings
from index.sources import walk_archive
from search.request import make_request
from search.service import SearchService

QUERIES = {
    "rare word": ["veteran", "turbine", "harbour", "orbit", "pension"],
    "common word": ["new", "company", "year", "people", "minister"],
    "two words": ["new service", "water supply", "health care", "public safety", "energy market"],
    "phrase": ['"chief executive"', '"more information"', '"the first"', '"said the"', '"in the"'],
    "prefix": ["secur*", "develop*", "econom*", "nation*", "invest*"],
    "everything": ["", "", "", "", ""],
}
FTS = """
create virtual table passage using fts5(body, release unindexed, tokenize='porter unicode61');
create table facet(release text, name text, value text);
create index by_release on facet(release, name, value);
"""


def fts_build(folder: Path, archive: Path) -> tuple[sqlite3.Connection, float]:
    """Index the same passages with FTS5; return the connection and the seconds it took."""
    releases = list(readable(archive))
    began = time.perf_counter()
    db = sqlite3.connect(folder / "fts.sqlite")
    db.executescript(FTS)
    for r in releases:
        key = r.release.id
        db.executemany("insert into passage values (?,?)", [(p.text, key) for p in r.passages])
        values = [(key, "person", e.name) for e in r.people]
        values += [(key, "place", e.name) for e in r.places]
        values += [(key, "date", r.release.date.value[:4])] if r.release.date else []
        db.executemany("insert into facet values (?,?,?)", values)
    db.commit()
    return db, time.perf_counter() - began


def readable(archive: Path) -> Iterator[IndexedRelease]:
    """Yield each release of the archive that can be read, split and with its names."""
    for document in walk_archive(archive, 20 << 20):
        if isinstance(document, RawDocument):
            with suppress(ReadingError):
                yield derive(read_document(document))


def fts_answer(db: sqlite3.Connection, text: str) -> None:
    """Answer one query with FTS5: page, snippets and counts of three facets."""
    if text:
        rows = "select release, snippet(passage,0,'<mark>','</mark>','',40) from passage"
        found = "select distinct release from passage where passage match ?"
        page = f"{rows} where passage match ? order by rank limit 30"
        db.execute(page, (text,)).fetchall()
        arguments: tuple[str, ...] = (text,)
    else:
        db.execute("select release from facet group by release limit 10").fetchall()
        found, arguments = "select distinct release from facet", ()
    count = "select name, value, count(*) from facet where release in"
    db.execute(f"{count} ({found}) group by name, value", arguments).fetchall()


def timed(answer: Callable[[str], object], kind: str) -> float:
    """Return the median milliseconds of the first runs of five queries of a kind."""
    times = []
    for text in QUERIES[kind]:
        began = time.perf_counter()
        answer(text)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("archive", nargs="?", type=Path, default=Path("examples/archive"))
    archive = parser.parse_args().archive
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "var", archive=archive)
        report = reindex(settings)
        again = reindex(settings, full=True)
        size = sum(s for s, _ in Generations(settings.data).current().manifest.files.values())
        service = SearchService(settings)
        began = time.perf_counter()
        service.overview()
        opened = time.perf_counter() - began
        db, fts_seconds = fts_build(Path(folder), archive)
        fts_size = (Path(folder) / "fts.sqlite").stat().st_size
        print(f"{report.releases:,} releases, {report.passages:,} passages")
        print(f"read and index      {report.releases / report.seconds:8.1f} releases/s")
        print(f"index, already read {report.passages / again.seconds:8.0f} passages/s")
        print(f"FTS5, already read  {report.passages / fts_seconds:8.0f} passages/s")
        print(f"on disk             {size / 2**20:8.1f} MiB, FTS5 {fts_size / 2**20:.1f} MiB")
        print(f"cold open           {opened * 1000:8.0f} ms")
        print(f"{'kind':<14}{'Dateline ms':>12}{'FTS5 ms':>10}{'ratio':>8}")
        for kind in QUERIES:
            ours = timed(lambda text: service.search(make_request(text)), kind)
            theirs = timed(lambda text: fts_answer(db, text), kind)
            print(f"{kind:<14}{ours:>12.1f}{theirs:>10.1f}{ours / theirs:>8.2f}")


if __name__ == "__main__":
    main()
