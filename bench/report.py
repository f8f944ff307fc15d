"""From measurements to tables: builds, queries, and what was asked for beside what came out."""

from __future__ import annotations

import statistics

from bench.queries import KINDS
from bench.run import (
    ONE_CORE,
    ONE_PROCESS,
    TWO_PROCESSES,
    Result,
    Run,
    mean_ms,
    mean_ratio,
    percentile,
)
from bench.table import Table, number

NAMES = {
    "ours": "Dateline",
    "tantivy": "Tantivy",
    "fts5": "FTS5",
    "xapian": "Xapian",
    "whoosh": "plain Whoosh",
}
MIB = 2**20
ADDED = 100
"""The change whose cost is promised, in releases."""
_PEER_LIMITS = {"tantivy": 1.0, "fts5": 1 / 30, "whoosh": 1 / 100}


def build_table(run: Run) -> Table:
    """Building, disk, memory and opening, an engine a row."""
    ways = [ONE_CORE, ONE_PROCESS, TWO_PROCESSES]
    rows = []
    for engine, result in run.results.items():
        built = [result.builds.get(way) for way in ways]
        peak = max(b.peak_mb for b in result.builds.values())
        rows.append(
            [
                NAMES[engine],
                *(number(run.passages / b.seconds if b else None) for b in built),
                number(peak),
                number(result.bytes / MIB),
                number(result.cold_ms),
                number(result.memory["Private_Dirty"]),
                number(result.memory["Private_Dirty"] + result.memory["Private_Clean"]),
            ]
        )
    columns = ["engine", *(f"{way}, passages/s" for way in ways), "peak MiB", "disk MiB"]
    columns += ["cold open ms", "private dirty MiB", "private MiB"]
    title = f"Building, {run.releases:,} releases, {run.passages:,} passages"
    return Table(title, columns, rows)


def query_table(run: Run) -> Table:
    """The whole answer, a kind of query a row: median (95th percentile) of first runs."""
    engines = list(run.results)
    peers = [engine for engine in engines if engine != "ours"]
    rows = []
    for kind in KINDS:
        cells = [_cell(run.results[engine], kind) for engine in engines]
        rows.append([kind, *cells, *(_ratio(run, peer, kind) for peer in peers)])
    means = [number(mean_ms(run.results[engine])) for engine in engines]
    rows.append(["geometric mean", *means, *(_mean_ratio(run, peer) for peer in peers)])
    warm = [number(mean_ms(run.results[engine], "warm")) for engine in engines]
    rows.append(["the same asked again", *warm, *("" for _ in peers)])
    all_95 = [number(percentile(run.results[engine].all_times())) for engine in engines]
    rows.append(["95th percentile of all", *all_95, *("" for _ in peers)])
    columns = ["whole answer, ms", *(NAMES[engine] for engine in engines)]
    columns += [f"/ {NAMES[peer]}" for peer in peers]
    note = "The means are over the kinds an engine offers, a ratio's over those both offer."
    return Table(f"Queries, {run.passages:,} passages", columns, rows, note)


def growth_table(runs: list[Run], engine: str) -> Table:
    """One engine at growing sizes, a figure a row."""
    results = [run.results[engine] for run in runs]
    last = [list(result.builds.values())[-1] for result in results]
    rows = [
        ["releases", *(f"{run.releases:,}" for run in runs)],
        [
            "build, passages/s",
            *(number(r.passages / b.seconds) for r, b in zip(runs, last, strict=True)),
        ],
        ["peak memory of the build, MiB", *(number(b.peak_mb) for b in last)],
        [
            "disk, bytes a passage",
            *(number(x.bytes / r.passages) for r, x in zip(runs, results, strict=True)),
        ],
        ["cold open, ms", *(number(x.cold_ms) for x in results)],
        [
            "private dirty memory serving, MiB",
            *(number(x.memory["Private_Dirty"]) for x in results),
        ],
        ["geometric mean of the mix, ms", *(number(mean_ms(x)) for x in results)],
        ["95th percentile, ms", *(number(percentile(x.all_times())) for x in results)],
        *([kind, *(_cell(x, kind) for x in results)] for kind in KINDS),
    ]
    if engine == "ours":
        counts = sorted({count for run in runs for count in run.added})
        for count in counts:
            taken = [number(run.added.get(count)) for run in runs]
            rows.append([f"adding {count:,} releases, s beyond the walk", *taken])
    columns = [NAMES[engine], *(f"{run.passages:,} passages" for run in runs)]
    return Table(f"Growth: {NAMES[engine]}", columns, rows)


def promise_table(run: Run, part: Run | None) -> Table:
    """What was promised beside what this run gave; only for the engines that were in it."""
    ours, rows = run.results["ours"], []
    for peer, limit in _PEER_LIMITS.items():
        there = part if peer == "whoosh" else run
        if there and peer in there.results:
            ratio, _ = mean_ratio(there.results["ours"], there.results[peer])
            rows.append(_promise(f"whole answer / {NAMES[peer]}'s", ratio, limit, 4))
    if "tantivy" in run.results:
        rows += _beside_tantivy(ours, run.results["tantivy"])
    peak = max(built.peak_mb for built in ours.builds.values())
    rows.append(_promise("peak memory of a build, MiB", peak, 1.5 * 1024))
    rows.append(_promise("95th percentile of the mix, ms", percentile(ours.all_times()), 60))
    rows.append(_promise("cold open, ms", ours.cold_ms, 300))
    rows.append(_promise("private dirty memory, MiB", ours.memory["Private_Dirty"], 250))
    if ADDED in run.added:
        rows.append(_promise("adding 100 releases, s beyond the walk", run.added[ADDED], 5))
    return Table("Promised and measured", ["what", "measured", "promised", ""], rows)


def _beside_tantivy(ours: Result, tantivy: Result) -> list[list[str]]:
    slowest = max(
        statistics.median(ours.first[kind]) / statistics.median(tantivy.first[kind])
        for kind in ours.first
    )
    rows = [_promise("slowest kind / Tantivy's", slowest, 3)]
    for way in (ONE_CORE, ONE_PROCESS):
        if way in ours.builds:
            rate = tantivy.builds[way].seconds / ours.builds[way].seconds
            rows.append(_promise(f"build rate / Tantivy's, {way}", rate, 0.6, at_least=True))
    if ONE_PROCESS in ours.builds and TWO_PROCESSES in ours.builds:
        gain = ours.builds[ONE_PROCESS].seconds / ours.builds[TWO_PROCESSES].seconds
        rows.append(_promise("build rate, two processes / one", gain, 1.6, at_least=True))
        rate = tantivy.builds[TWO_PROCESSES].seconds / ours.builds[TWO_PROCESSES].seconds
        rows.append([f"build rate / Tantivy's, {TWO_PROCESSES}", f"{rate:.2f}", "", ""])
    return [*rows, _promise("disk / Tantivy's", ours.bytes / tantivy.bytes, 1.5)]


def _promise(
    what: str, found: float, limit: float, digits: int = 2, *, at_least: bool = False
) -> list[str]:
    kept = found >= limit if at_least else found <= limit
    sign = "at least" if at_least else "at most"
    wanted = f"{limit:,.{0 if limit >= 100 else digits}f}"
    return [what, f"{found:,.{digits}f}", f"{sign} {wanted}", "yes" if kept else "no"]


def _cell(result: Result, kind: str) -> str:
    times = result.first.get(kind)
    if not times:
        return "not offered"
    return f"{number(statistics.median(times))} ({number(percentile(times))})"


def _ratio(run: Run, peer: str, kind: str) -> str:
    theirs = run.results[peer].first.get(kind)
    if not theirs or "ours" not in run.results:
        return "-"
    return f"{statistics.median(run.results['ours'].first[kind]) / statistics.median(theirs):.3f}"


def _mean_ratio(run: Run, peer: str) -> str:
    if "ours" not in run.results:
        return "-"
    return f"{mean_ratio(run.results['ours'], run.results[peer])[0]:.3f}"
