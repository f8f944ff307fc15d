"""Dateline itself: ``reindex`` on releases already parsed, and ``SearchService``.

The archive it is given is one of stubs, a JSON Lines file for each copy of the corpus, and the
store of parsed releases beside it is full: so what a build does is walk, take each parsed release
from the store, analyze, write, verify, seal and promote. No document is read, no name extracted.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench.answer import PAGE, Answer
from bench.corpus import Corpus, parsed_json
from bench.flat import FlatRelease, Part, copied
from bench.queries import How, Query
from index.generations import Generations
from index.model import RawDocument
from index.reindex import reindex
from index.release_json import load_derived, load_release
from index.settings import Settings
from index.sources import walk_archive
from index.store import ParsedRow, ParsedStore
from index.versions import DERIVER, READER
from search.request import make_request
from search.service import SearchService

_MAX_BYTES = 20 << 20
_ROWS_AT_A_TIME = 1_000


class Engine:
    """Dateline as ``answer.Engine``, in a folder that ``prepare`` filled."""

    def build(self, folder: Path, releases: Iterator[FlatRelease], processes: int) -> None:
        """Build everything anew and promote it; the releases are those of the folder's store."""
        reindex(_settings(folder, processes), full=True)

    def open(self, folder: Path) -> None:
        """Open the serving generation."""
        self._service = SearchService(_settings(folder))

    def answer(self, query: Query) -> Answer:
        """Ask the one door; the answer has two facets more than is asked of the peers."""
        page = self._service.search(
            make_request(
                query.typed,
                people=[query.person],
                places=[query.place],
                date_from=query.first,
                date_to=query.last,
                sort="newest" if query.how is How.EVERYTHING else "relevance",
                page=query.page,
                per_page=PAGE,
            )
        )
        releases = [(hit.title_html, [p.html for p in hit.passages]) for hit in page.results]
        names = {"person": "person", "place": "place", "year": "date"}
        facets = {ours: [(v.value, v.count) for v in page.facets[n]] for ours, n in names.items()}
        return Answer(page.total, releases, facets)


def prepare(folder: Path, corpus: Corpus, part: Part) -> None:
    """Write the archive of stubs and fill the store of parsed releases; not measured."""
    shutil.rmtree(folder, ignore_errors=True)
    settings = _settings(folder)
    settings.archive.mkdir(parents=True)
    settings.data.mkdir()
    with ParsedStore(settings.data / "parsed.sqlite") as store:
        for copy in range(part.copies):
            name = f"copy{copy}.jsonl"
            with (settings.archive / name).open("w", encoding="utf-8") as file:
                file.writelines(f'{{"id": "{copy}-{n}"}}\n' for n in range(part.releases))
            _fill(store, settings.archive, name, corpus, part, copy)


def _fill(
    store: ParsedStore, archive: Path, name: str, corpus: Corpus, part: Part, copy: int
) -> None:
    """Put into the store what reading a copy's stubs would have given."""
    documents = (d for d in _documents(archive) if d.path.startswith(f"{name}#"))
    rows: list[ParsedRow] = []
    for document, (text, derived) in zip(documents, _kept(corpus, part), strict=True):
        value = json.loads(text)
        value["id"], value["path"] = copied(value["id"], copy), document.path
        release = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        rows.append(ParsedRow(document.path, document.sha256, READER, release, DERIVER, derived))
        if len(rows) >= _ROWS_AT_A_TIME:
            store.put(rows)
            rows.clear()
    store.put(rows)


def _kept(corpus: Corpus, part: Part) -> Iterator[tuple[str, str]]:
    for number, row in enumerate(parsed_json(corpus.store)):
        if part.keeps(number):
            yield row


def index_folder(folder: Path) -> Path:
    """Return the folder of the serving generation."""
    return Generations(folder / "var").current().folder


def walk_seconds(folder: Path) -> float:
    """Return how long it takes just to walk the archive."""
    began = time.perf_counter()
    for _ in _documents(folder / "archive"):
        pass
    return time.perf_counter() - began


def decode_seconds(folder: Path) -> float:
    """Return how long walking takes with making each parsed release from the store again."""
    began = time.perf_counter()
    with ParsedStore(folder / "var" / "parsed.sqlite") as store:
        for document in _documents(folder / "archive"):
            row = store.get(document.path, document.sha256, READER)
            if row:
                load_derived(load_release(row.release), row.derived)
    return time.perf_counter() - began


def add_releases(folder: Path, part: Part, count: int) -> float:
    """Add so many documents never seen before and reindex; return the seconds beyond the walk.

    These are real records: they are read and searched for names too.
    """
    settings = _settings(folder)
    with (settings.archive / f"added-{count}.jsonl").open("w", encoding="utf-8") as file:
        for release in islice(part._replace(copies=1).read(), count):
            text = "\n\n".join(text for _, kind, text in release.passages if kind != "title")
            record = {"id": f"{release.id}-{count}", "title": release.title, "text": text}
            record |= {"date": release.date, "source": release.source}
            file.write(json.dumps(record) + "\n")
    walk = walk_seconds(folder)
    began = time.perf_counter()
    report = reindex(settings)
    seconds = time.perf_counter() - began
    if len(report.new) != count or report.rebuilt:
        raise RuntimeError(f"{len(report.new)} of {count} releases added {report.rebuilt}")
    return seconds - walk


def _documents(archive: Path) -> Iterator[RawDocument]:
    return (d for d in walk_archive(archive, _MAX_BYTES) if isinstance(d, RawDocument))


def _settings(folder: Path, jobs: int = 0) -> Settings:
    return Settings(data=folder / "var", archive=folder / "archive", jobs=jobs, keep_generations=1)
