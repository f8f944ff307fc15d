"""One run: engines built on the same part of a corpus and asked the same queries in turn."""

from __future__ import annotations

import os
import shutil
import statistics
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import ours
from bench.adding import measure_adding
from bench.corpus import Corpus
from bench.flat import Part, written_out
from bench.processes import Asked, Built, build
from bench.queries import KINDS, How, Query, mixed, queries_for

ONE_CORE, ONE_PROCESS, TWO_PROCESSES = "one core", "one process", "two processes"
BUILDS = {ONE_CORE: (1, 1), ONE_PROCESS: (1, 0), TWO_PROCESSES: (2, 0)}
"""Ways to build: processes (or writer threads), and cores it may use (0: all)."""
_ALONE = ("fts5", "xapian", "whoosh")
"""Engines with one writer, or too slow to be built three times: built on one core only."""
_COLD_STARTS = 3
_WARM_UP = Query("none", How.ALL, ("letter",), "letter")
"""Not of the mix: it lets every engine load what it loads once."""


@dataclass
class Result:
    """What was measured of one engine. Times in milliseconds, by kind of query."""

    builds: dict[str, Built] = field(default_factory=dict)
    bytes: int = 0
    first: dict[str, list[float]] = field(default_factory=dict)
    warm: dict[str, list[float]] = field(default_factory=dict)
    cold_ms: float = 0.0
    import_ms: float = 0.0
    memory: dict[str, float] = field(default_factory=dict)
    answers: list[dict[str, Any]] = field(default_factory=list)

    def kinds(self) -> set[str]:
        """The kinds of query the engine offers."""
        return set(self.first)

    def all_times(self) -> list[float]:
        """The times of every query of the mix on its first run."""
        return [time for times in self.first.values() for time in times]


@dataclass
class Run:
    """The results of several engines on one part, and what only Dateline is measured for."""

    part: Part
    releases: int
    passages: int
    results: dict[str, Result] = field(default_factory=dict)
    queries: list[Query] = field(default_factory=list)
    added: dict[int, float] = field(default_factory=dict)


def measure(
    corpus: Corpus,
    part: Part,
    engines: list[str],
    work: Path,
    *,
    ways: tuple[str, ...],
    adding: bool = True,
) -> Run:
    """Build every engine on the part and ask all of them; ``work`` is emptied first.

    ``adding``: Dateline is measured adding releases too.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    whole, part = part, written_out(part, work / "releases.flat")
    run = Run(part, part.releases * part.copies, _passages(corpus, part))
    for engine in engines:
        run.results[engine] = _build(engine, part, work / engine, ways)
        print(f"built {engine}", flush=True)
    run.queries = mixed(queries_for(part))
    _ask_all(run, work)
    for engine, result in run.results.items():
        _cold(engine, work / engine, run.queries[0], result)
    if adding and "ours" in engines:
        run.added = measure_adding(work / "adding", corpus, whole)
    return run


def _passages(corpus: Corpus, part: Part) -> int:
    if part.releases == corpus.releases:
        return corpus.passages * part.copies  # without reading them all again
    once = part._replace(copies=1)
    return part.copies * sum(len(release.passages) for release in once.read())


def _build(engine: str, part: Part, folder: Path, ways: tuple[str, ...]) -> Result:
    """Build in each of the ways in turn; the last one built is the one that answers."""
    result = Result()
    for way in ways[:1] if engine in _ALONE else ways:
        shutil.rmtree(folder, ignore_errors=True)
        result.builds[way] = build(engine, folder, part, *BUILDS[way])
    kept = ours.index_folder(folder) if engine == "ours" else folder
    result.bytes = sum(path.stat().st_size for path in kept.rglob("*") if path.is_file())
    return result


def _ask_all(run: Run, work: Path) -> None:
    """Ask every query of all engines in turn, then all of them once more for the warm figures."""
    for engine in run.results:
        _read_once(work / engine)
    with ExitStack() as stack:
        asked = {e: stack.enter_context(Asked(e, work / e)) for e in run.results}
        for process in asked.values():
            process.open()
            process.ask(_WARM_UP)
        for number, query in enumerate(run.queries):
            for engine in _from(number, list(asked)):
                answer = asked[engine].ask(query)
                run.results[engine].answers.append(answer)
                _keep(run.results[engine].first, query.kind, answer["ms"])
        for number, query in enumerate(run.queries):
            for engine in _from(number, list(asked)):
                _keep(run.results[engine].warm, query.kind, asked[engine].ask(query)["ms"])
        for engine, process in asked.items():
            run.results[engine].memory = process.memory()


def _read_once(folder: Path) -> None:
    """Have an engine's files in the system's cache, and nothing left to be written to the disk.

    Otherwise the first queries measure the disk, and whichever engine was built last is at home.
    """
    os.sync()
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                while file.read(1 << 24):
                    pass


def _from(turn: int, names: list[str]) -> list[str]:
    """Return the names beginning with another one each turn."""
    start = turn % len(names)
    return names[start:] + names[:start]


def _keep(times: dict[str, list[float]], kind: str, taken: float | None) -> None:
    if taken is not None:
        times.setdefault(kind, []).append(taken)


def _cold(engine: str, folder: Path, query: Query, result: Result) -> None:
    """Time opening and the first answer in new processes; imports apart."""
    opened, imported = [], []
    for _ in range(_COLD_STARTS):
        with Asked(engine, folder) as process:
            opened.append(process.open() + process.ask(query)["ms"])
            imported.append(process.imported_ms)
    result.cold_ms = statistics.median(opened)
    result.import_ms = statistics.median(imported)


def mean_ratio(result: Result, other: Result) -> tuple[float, int]:
    """Return the geometric mean over the kinds both offer of the ratio of their medians."""
    kinds = [kind for kind in KINDS if kind in result.kinds() & other.kinds()]
    ratios = [
        statistics.median(result.first[kind]) / statistics.median(other.first[kind])
        for kind in kinds
    ]
    return statistics.geometric_mean(ratios), len(kinds)


def mean_ms(result: Result, times: str = "first") -> float:
    """Return the geometric mean over the kinds of their median milliseconds."""
    by_kind = getattr(result, times)
    return statistics.geometric_mean([statistics.median(t) for t in by_kind.values() if t])


def percentile(times: list[float], share: float = 0.95) -> float:
    """Return the value that so large a share of the times does not exceed (interpolated)."""
    ordered = sorted(times)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
