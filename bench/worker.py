"""The process an engine runs in: one that builds, or one that answers line by line.

``python -m bench.worker ENGINE build FOLDER PART PROCESSES CORES`` builds and prints what it took.
``python -m bench.worker ENGINE serve FOLDER`` answers questions, one JSON value a line: to
``{"op": "open"}``, ``{"op": "ask", "query": ...}`` or ``{"op": "memory"}``. Times are taken here,
around the engine alone. Standard library only: the Xapian worker runs on the system's Python.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from bench.answer import Answer, Engine
from bench.flat import Part
from bench.queries import Query

MODULES = {
    "ours": "bench.ours",
    "tantivy": "bench.peers_tantivy",
    "fts5": "bench.peers_fts5",
    "xapian": "bench.peers_xapian",
    "whoosh": "bench.peers_whoosh",
}


def load(name: str) -> Engine:
    """Import an engine's module and make the engine."""
    engine: Engine = importlib.import_module(MODULES[name]).Engine()
    return engine


def build(name: str, folder: Path, part: Part, processes: int, cores: int) -> None:
    engine = load(name)
    if cores:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    began = time.perf_counter()
    engine.build(folder, part, processes)
    seconds = time.perf_counter() - began
    tell({"seconds": seconds, "peak_mb": peak_mb()})


def serve(name: str, folder: Path) -> None:
    began = time.perf_counter()
    engine = load(name)
    tell({"imported_ms": (time.perf_counter() - began) * 1000})
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["op"] == "open":
            began = time.perf_counter()
            engine.open(folder)
            tell({"ms": (time.perf_counter() - began) * 1000})
        elif asked["op"] == "ask":
            query = Query.from_json(asked["query"])
            began = time.perf_counter()
            answer = engine.answer(query)
            taken = (time.perf_counter() - began) * 1000
            tell({"ms": taken if answer else None, **summary(answer)})
        else:
            tell(memory())


def summary(answer: Answer | None) -> dict[str, Any]:
    """Return what a reader needs to see that the answers of two engines are of one kind."""
    if answer is None:
        return {}
    passages = [html for _, shown in answer.releases for html in shown]
    return {
        "total": answer.total,
        "releases": len(answer.releases),
        "passages": len(passages),
        "marked": sum("<mark" in html for html in passages),
        "values": {facet: len(counts) for facet, counts in answer.facets.items()},
        "top": {facet: list(counts[0]) for facet, counts in answer.facets.items() if counts},
    }


def memory() -> dict[str, float]:
    """Return this process's memory in MiB, by the kernel's own account."""
    wanted = ("Rss", "Private_Clean", "Private_Dirty", "Anonymous")
    rows = [line.split() for line in Path("/proc/self/smaps_rollup").read_text().splitlines()]
    return {row[0][:-1]: int(row[1]) / 1024 for row in rows if row[0][:-1] in wanted}


def peak_mb() -> float:
    """Return the most memory this process ever held, MiB.

    Not ``getrusage``: its figure begins with that of the process this one was forked from.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def tell(value: object) -> None:
    print(json.dumps(value), flush=True)


def main() -> None:
    name, what, folder, *rest = sys.argv[1:]
    if what == "build":
        part, processes, cores = rest
        build(name, Path(folder), Part(*json.loads(part)), int(processes), int(cores))
    else:
        serve(name, Path(folder))


if __name__ == "__main__":
    main()
