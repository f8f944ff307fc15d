"""Starting engines in processes of their own, asking them, and watching their memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.flat import Part
from bench.queries import Query

_ROOT = Path(__file__).resolve().parent.parent
_PYTHONS = {"xapian": "/usr/bin/python3"}
_NEEDS = {"tantivy": "tantivy", "xapian": "xapian"}
_EVERY = 0.2
"""Seconds between two looks at a build's memory: a look costs some milliseconds of a core."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Built:
    """What a build took: seconds, and the highest memory of all its processes together, MiB."""

    seconds: float
    peak_mb: float


def missing(engine: str) -> str:
    """Return why an engine cannot be measured here, empty when it can."""
    module, python = _NEEDS.get(engine), _python(engine)
    if not module:
        return ""
    if not shutil.which(python):
        return f"{python} is not there"
    found = subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False)
    return f"{python} has no module {module}" if found.returncode else ""


def build(engine: str, folder: Path, part: Part, processes: int, cores: int = 0) -> Built:
    """Build in a fresh process, on so many cores (0: all there are); return what it took.

    Raises RuntimeError with the engine's own words when it fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    arguments = ["build", str(folder), json.dumps(part), str(processes), str(cores)]
    process = _start(engine, arguments)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _tree_mb(process.pid))
        time.sleep(_EVERY)
    out, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{engine} could not be built")
    told = json.loads(out.splitlines()[-1])
    return Built(told["seconds"], max(peak, told["peak_mb"]))


class Asked:
    """A process that answers for one engine; a context manager that ends it."""

    def __init__(self, engine: str, folder: Path) -> None:
        self._process = _start(engine, ["serve", str(folder)])
        self.imported_ms: float = self._read()["imported_ms"]

    def open(self) -> float:
        """Open the index; return milliseconds."""
        return float(self._tell({"op": "open"})["ms"])

    def ask(self, query: Query) -> dict[str, Any]:
        """Ask; return ``ms`` (None: not offered) and a summary of the answer."""
        return self._tell({"op": "ask", "query": query.as_json()})

    def memory(self) -> dict[str, float]:
        """Return the process's memory in MiB as ``worker.memory`` tells it."""
        return self._tell({"op": "memory"})

    def _tell(self, value: object) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(value) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("an engine's process ended by itself")
        value: dict[str, Any] = json.loads(line)
        return value

    def __enter__(self) -> Asked:
        return self

    def __exit__(self, *error: object) -> None:
        self._process.communicate()


def _python(engine: str) -> str:
    return _PYTHONS.get(engine, sys.executable)


def _start(engine: str, arguments: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [_python(engine), "-m", "bench.worker", engine, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
    )


def _tree_mb(pid: int) -> float:
    """Return the resident memory of a process and all below it, MiB.

    What forked processes share is counted in each of them, so this is an upper bound.
    """
    below: dict[int, list[int]] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            below.setdefault(_parent(entry.name), []).append(int(entry.name))
    total, waiting = 0, [pid]
    while waiting:
        current = waiting.pop()
        waiting += below.get(current, [])
        total += _resident(current)
    return total / 2**20


def _parent(pid: str) -> int:
    try:
        return int(Path("/proc", pid, "stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return 0


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
