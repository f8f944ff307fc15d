"""``make bench``: Dateline beside Tantivy, SQLite FTS5, Xapian and plain Whoosh, in one run.

The archive is read once into a store of parsed releases; every engine builds from the same
releases in a process of its own, then all are asked the same queries in turn. What is asked for is
the whole answer: ten releases, their three best passages marked, the counts of person, place and
year, each facet without its own choice. Every query of the mix is timed on its first run.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.corpus import Corpus, flatten, parse_archive
from bench.processes import missing
from bench.report import NAMES, build_table, promise_table, query_table
from bench.run import BUILDS, ONE_CORE, Run, measure
from bench.table import put_section

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
_MACHINE = "2 virtual cores of an AMD EPYC server, 24 GB"


def arguments(text: str | None) -> argparse.ArgumentParser:
    """Return the options that measuring and growing have in common."""
    parser = argparse.ArgumentParser(description=text)
    parser.add_argument("archive", nargs="?", type=Path, default=Path("examples/archive"))
    parser.add_argument("--store", type=Path, help="a parsed.sqlite, instead of an archive")
    parser.add_argument("--work", type=Path, help="folder for what is built (default: a new one)")
    parser.add_argument("--engines", default="ours,tantivy,fts5,xapian,whoosh")
    parser.add_argument("--markdown", action="store_true", help="write docs/performance.md too")
    parser.add_argument("--machine", default=_MACHINE, help="the machine, in words")
    return parser


@contextmanager
def workplace(folder: Path | None) -> Iterator[Path]:
    """Give the folder, or one that is gone afterwards."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    else:
        with tempfile.TemporaryDirectory() as temporary:
            yield Path(temporary)


def read_corpus(options: argparse.Namespace, work: Path) -> Corpus:
    """Return the corpus of the store that was named, or of the archive, read now."""
    store = options.store or work / "parsed.sqlite"
    if not options.store:
        print(f"reading {options.archive}", flush=True)
        store.unlink(missing_ok=True)
        parse_archive(options.archive, store, len(os.sched_getaffinity(0)))
    corpus = flatten(store, work / "releases.flat")
    print(f"{corpus.releases:,} releases, {corpus.passages:,} passages", flush=True)
    return corpus


def available(named: str) -> list[str]:
    """Return the engines that can be measured here; the others are said to be left out."""
    engines = []
    for engine in named.split(","):
        reason = missing(engine)
        if reason:
            print(f"{NAMES[engine]} is left out: {reason}")
        else:
            engines.append(engine)
    return engines


def sanity(run: Run) -> list[str]:
    """Return the totals of the engines for each query, to see that they answered the same."""
    lines = []
    for number, query in enumerate(run.queries):
        answers = {engine: result.answers[number] for engine, result in run.results.items()}
        seen = (f"{e} {a.get('total', '-')} ({a.get('marked', '-')})" for e, a in answers.items())
        filters = " ".join(filter(None, (query.person, query.place, query.first, query.last)))
        lines.append(f"{query.kind}: {query.typed} {filters}: " + ", ".join(seen))
    return lines


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--passages", type=int, default=0, help="about so many (default: all)")
    parser.add_argument("--whoosh", type=int, default=16_000, help="releases for plain Whoosh")
    parser.add_argument("--totals", action="store_true", help="print every query's totals")
    options = parser.parse_args()
    engines = available(options.engines)
    with workplace(options.work) as work:
        corpus = read_corpus(options, work)
        part = corpus.part(options.passages)
        fast = [engine for engine in engines if engine != "whoosh"]
        run = measure(corpus, part, fast, work / "all", ways=tuple(BUILDS))
        slow = None
        if "whoosh" in engines:
            few = part._replace(releases=min(part.releases, options.whoosh), copies=1)
            both = [engine for engine in engines if engine in ("ours", "whoosh")]
            slow = measure(corpus, few, both, work / "part", ways=(ONE_CORE,), adding=False)
    tables = [build_table(run), query_table(run)]
    if slow:
        tables += [build_table(slow), query_table(slow)]
    if "ours" in run.results:
        tables.append(promise_table(run, slow))
    if options.totals:
        print("\n".join(sanity(run) + (sanity(slow) if slow else [])), "\n")
    print(f"\nMachine: {options.machine}.\n")
    print("\n".join(table.text() for table in tables))
    if options.markdown:
        text = "\n".join(table.markdown() for table in tables)
        put_section(DOCUMENT, "results", f"Machine: {options.machine}.\n\n{text}")


if __name__ == "__main__":
    main()
