"""Adding releases to an index with ``reindex``: what that takes beyond the walk.

The archive is one of stubs, a JSON Lines file for each copy of the corpus, and the store of parsed
releases beside it is full, their claims on names with them: so the index that is added to is made
without reading any document, and what is added can change how others' names are read.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bench.corpus import Corpus, parsed_json
from bench.flat import Part, copied
from bench.ours import settings
from index.model import RawDocument
from index.reindex import reindex
from index.release_json import load_derived, load_release
from index.sources import walk_archive
from index.store import ParsedRow, ParsedStore
from index.versions import DERIVER, READER

_MAX_BYTES = 20 << 20
_ROWS_AT_A_TIME = 1_000
_COUNTS = (10, 100, 1_000)


def measure_adding(folder: Path, corpus: Corpus, part: Part) -> dict[int, float]:
    """Index a part in this folder and add to it; return the seconds by the number added."""
    _prepare(folder, corpus, part)
    return {n: _add(folder, part, n) for n in _COUNTS if n <= part.releases}


def _prepare(folder: Path, corpus: Corpus, part: Part) -> None:
    """Write the archive of stubs, fill the store and index them."""
    shutil.rmtree(folder, ignore_errors=True)
    configured = settings(folder)
    configured.archive.mkdir(parents=True)
    configured.data.mkdir()
    with ParsedStore(configured.data / "parsed.sqlite") as store:
        for copy in range(part.copies):
            name = f"copy{copy}.jsonl"
            with (configured.archive / name).open("w", encoding="utf-8") as file:
                file.writelines(f'{{"id": "{copy}-{n}"}}\n' for n in range(part.releases))
            _fill(store, configured.archive, name, corpus, part, copy)
    reindex(configured)


def _fill(
    store: ParsedStore, archive: Path, name: str, corpus: Corpus, part: Part, copy: int
) -> None:
    """Put into the store what reading a copy's stubs would have given.

    Raises RuntimeError when the corpus's own store has no claims on names.
    """
    claims = 0
    documents = (d for d in _documents(archive) if d.path.startswith(f"{name}#"))
    rows: list[ParsedRow] = []
    for document, (text, derived) in zip(documents, _kept(corpus, part), strict=True):
        value = json.loads(text)
        value["id"], value["path"] = copied(value["id"], copy), document.path
        release = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        indexed = load_derived(load_release(release), derived)
        row = ParsedRow(document.path, document.sha256, READER, release, DERIVER, derived)
        rows.append(replace(row, release_id=value["id"], claims=indexed.claims))
        claims += len(indexed.claims)
        if len(rows) >= _ROWS_AT_A_TIME:
            store.put(rows)
            rows.clear()
    store.put(rows)
    if not claims:
        raise RuntimeError(f"{corpus.store} was made by an older reader: no claims on names")


def _kept(corpus: Corpus, part: Part) -> Iterator[tuple[str, str]]:
    for number, row in enumerate(parsed_json(corpus.store)):
        if part.keeps(number):
            yield row


def _walk_seconds(folder: Path) -> float:
    began = time.perf_counter()
    for _ in _documents(folder / "archive"):
        pass
    return time.perf_counter() - began


def _add(folder: Path, part: Part, count: int) -> float:
    """Add so many documents never seen before and reindex; return the seconds beyond the walk.

    These are real records: they are read and searched for names too.
    """
    configured = settings(folder)
    with (configured.archive / f"added-{count}.jsonl").open("w", encoding="utf-8") as file:
        for release in islice(part._replace(copies=1).read(), count):
            text = "\n\n".join(text for _, kind, text in release.passages if kind != "title")
            record = {"id": f"{release.id}-{count}", "title": release.title, "text": text}
            record |= {"date": release.date, "source": release.source}
            file.write(json.dumps(record) + "\n")
    walk = _walk_seconds(folder)
    began = time.perf_counter()
    report = reindex(configured)
    seconds = time.perf_counter() - began
    if len(report.new) != count or report.rebuilt:
        raise RuntimeError(f"{len(report.new)} of {count} releases added {report.rebuilt}")
    return seconds - walk


def _documents(archive: Path) -> Iterator[RawDocument]:
    return (d for d in walk_archive(archive, _MAX_BYTES) if isinstance(d, RawDocument))
