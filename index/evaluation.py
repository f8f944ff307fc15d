"""Measuring the reader on an operator's own pages: the files of a gold list, read and scored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import ArchiveError, ReadingError
from index.model import RawDocument, Release
from index.reading import read_document
from index.reading.score import Gold, PageScore, score_page
from index.sources import KINDS

_JUDGED = ("body", "title", "date", "place")


def evaluate_reading(gold_file: Path, pages: Path | None = None) -> Iterator[PageScore]:
    """Read every page a gold list names and yield its score.

    ``gold_file`` has a JSON object in each line: ``file``, relative to ``pages`` (default: the
    folder of the list), and any of ``body``, ``title``, ``date``, ``place``; what is left out is
    not judged, null or "" says that the page has none. Raises ArchiveError, naming the line,
    when the list or a file it names cannot be used.
    """
    root = pages or gold_file.parent
    for gold in read_gold(gold_file):
        yield score_page(gold, _read(root, gold.file))


def read_gold(gold_file: Path) -> list[Gold]:
    """Read a gold list. Raises ArchiveError, naming file and line, when it is not one."""
    try:
        lines = gold_file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ArchiveError(
            f"the gold list cannot be read: {error}", where=str(gold_file), hint=_HINT
        ) from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            found.append(_gold(line, f"{gold_file}:{number}"))
    if not found:
        raise ArchiveError("the gold list is empty", where=str(gold_file), hint=_HINT)
    return found


_HINT = 'each line a JSON object with "file" and any of "body", "title", "date", "place"'


def _gold(line: str, where: str) -> Gold:
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ArchiveError(f"not valid JSON: {error}", where=where, hint=_HINT) from error
    if not isinstance(value, dict) or not isinstance(value.get("file"), str):
        raise ArchiveError('the line has no "file"', where=where, hint=_HINT)
    judged: dict[str, str] = {}
    for name in _JUDGED:
        if name in value:
            text = value[name] if value[name] is not None else ""
            if not isinstance(text, str):
                raise ArchiveError(f'"{name}" is not a text', where=where, hint=_HINT)
            judged[name] = text
    return Gold(value["file"], **judged)


def _read(root: Path, name: str) -> Release | None:
    path = root / name
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        known = " ".join(KINDS)
        raise ArchiveError("a file of a type that is not read", where=name, hint=f"read: {known}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArchiveError(
            f"the page cannot be read: {error.strerror}",
            where=str(path),
            hint='"file" is relative to the gold list, or to the folder given with --pages',
        ) from error
    # No sidecar and no digest: what is measured is what the reader makes of the page alone.
    try:
        return read_document(RawDocument(name, kind, data, "", None, name))
    except ReadingError:
        return None
