"""The lists of words beside the code, read where they lie."""

from __future__ import annotations

from importlib import resources


def lines(name: str) -> tuple[str, ...]:
    """The lines of a data file that are neither empty nor comments, stripped."""
    file = resources.files("index.entities") / "data" / name
    found = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in found if line and not line.startswith("#"))
