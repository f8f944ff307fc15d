"""The list of an index's segments: ``segments.json``, deletions, and what is to be merged.

Segment files are immutable and shared by generations through hard links. A release is deleted by
a new file of deletions beside its segment; the list names the one that counts.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.codec.container import SectionFile, SectionWriter
from index.errors import GenerationError

SEGMENTS = "segments.json"
REPEATS = "repeats.sec"
"""What repeats itself in the index (``index.codec.repeats``)."""
FORMAT = 3
"""Of the list and of the segment files: raise it when either changes, and indexes are rebuilt."""

MOST_POSITIONS = 2**31 - 2**16
"""A segment stays below this many positions, which are signed 32-bit numbers."""

_TIER = 8
"""Segments of one size class that are merged, and the ratio of a class to the one below."""
_HINT = "run: dateline rollback, or: dateline reindex --full"
_NAME = re.compile(r"s[0-9a-f]{12}\Z")


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """One line of the list. Counts include what is deleted.

    ``deletions`` is the name of the file of deletions, or empty when nothing is deleted.
    """

    name: str
    releases: int
    passages: int
    positions: int
    deletions: str = ""
    deleted_releases: int = 0
    deleted_passages: int = 0

    @property
    def live_releases(self) -> int:
        """Number of releases that are not deleted."""
        return self.releases - self.deleted_releases

    @property
    def live_passages(self) -> int:
        """Number of passages of releases that are not deleted."""
        return self.passages - self.deleted_passages

    @property
    def file(self) -> str:
        """Name of the segment file."""
        return f"{self.name}.seg"


def new_name() -> str:
    """Return a name for a new segment."""
    return f"s{secrets.token_hex(6)}"


def read_entries(folder: Path) -> list[SegmentEntry]:
    """Read the list of segments, in document order.

    Raises GenerationError when it is missing or is not what was written.
    """
    path = folder / SEGMENTS
    try:
        value = json.loads(path.read_bytes())
        entries = [_entry(item) for item in value["segments"]]
        if value["format"] != FORMAT:
            raise ValueError(f"it is of format {value['format']!r}, not {FORMAT}")
        if value["digest"] != _digest(entries):
            raise ValueError("its content is not what was written (checksum)")
    except FileNotFoundError as error:
        raise _missing(folder, path) from error
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        what = f"the list of segments cannot be used: {error}"
        raise GenerationError(what, where=str(path), hint=_HINT) from error
    return entries


def write_entries(folder: Path, entries: Sequence[SegmentEntry]) -> None:
    """Write the list of segments, replacing a former one atomically."""
    value = {
        "format": FORMAT,
        "segments": [asdict(entry) for entry in entries],
        "digest": _digest(entries),
    }
    temporary = folder / f"{SEGMENTS}.new"
    temporary.write_text(json.dumps(value, indent=1) + "\n", "utf-8")
    os.replace(temporary, folder / SEGMENTS)


def read_deleted(folder: Path, entry: SegmentEntry) -> npt.NDArray[np.bool_] | None:
    """Return which releases of a segment are deleted, bool (releases,), or None when none is.

    Raises GenerationError when the file of deletions does not fit its entry.
    """
    if not entry.deletions:
        return None
    path = folder / entry.deletions
    bits = SectionFile(path).array("deleted")
    if bits.size != -(-entry.releases // 8):
        raise GenerationError("is of another segment", where=str(path), hint=_HINT)
    deleted = np.unpackbits(bits, count=entry.releases, bitorder="little").astype(np.bool_)
    if int(deleted.sum()) != entry.deleted_releases:
        what = f"deletes {int(deleted.sum())} releases, not {entry.deleted_releases}"
        raise GenerationError(what, where=str(path), hint=_HINT)
    return deleted


def mark_deleted(folder: Path, entry: SegmentEntry, ordinals: Iterable[int]) -> SegmentEntry:
    """Delete releases of a segment by their ordinals and return its new entry.

    What was deleted before stays so. The former file of deletions is removed from this folder;
    other generations that share it keep it. Raises GenerationError on damaged files.
    """
    deleted = read_deleted(folder, entry)
    if deleted is None:
        deleted = np.zeros(entry.releases, dtype=np.bool_)
    deleted[np.fromiter(ordinals, dtype=np.int64)] = True
    passages = np.diff(SectionFile(folder / entry.file).array("passage_start"))
    lost = int(passages[deleted].sum())
    number = _deletion_number(entry) + 1
    name = f"{entry.name}-{number}.del"
    write_deletions(folder / name, deleted)
    if entry.deletions:
        (folder / entry.deletions).unlink(missing_ok=True)
    return replace(
        entry,
        deletions=name,
        deleted_releases=int(deleted.sum()),
        deleted_passages=lost,
    )


def write_deletions(path: Path, deleted: npt.NDArray[np.bool_]) -> None:
    """Write a file of deletions; ``deleted`` is bool (releases,)."""
    with SectionWriter(path) as writer:
        writer.add("deleted", np.packbits(deleted, bitorder="little"))


def tiers(entries: Sequence[SegmentEntry]) -> list[list[SegmentEntry]]:
    """Return the groups of segments that are to be merged into one each, in document order.

    Eight segments of one size class (powers of eight in positions) make one of the next, so that
    each release is written again only as often as the classes above it. A segment with more than
    half its releases deleted is written again, alone if nothing else is.
    """
    classes: defaultdict[int, list[SegmentEntry]] = defaultdict(list)
    for entry in entries:
        classes[_size_class(entry)].append(entry)
    groups: list[list[SegmentEntry]] = []
    for members in classes.values():
        if len(members) >= _TIER:
            groups += [group for group in fitting(members) if len(group) > 1]
    merged = {entry.name for group in groups for entry in group}
    groups += [
        [entry]
        for entry in entries
        if entry.name not in merged and 2 * entry.deleted_releases > entry.releases
    ]
    return groups


def fitting(entries: Iterable[SegmentEntry]) -> list[list[SegmentEntry]]:
    """Cut a run of segments into as few groups as fit into one segment each."""
    groups: list[list[SegmentEntry]] = []
    room = 0
    for entry in entries:
        if not groups or entry.positions > room:
            groups.append([])
            room = MOST_POSITIONS
        groups[-1].append(entry)
        room -= entry.positions
    return groups


def referenced(entries: Iterable[SegmentEntry]) -> set[str]:
    """Return the names of all files that a list of segments needs, its own included."""
    names = {SEGMENTS, REPEATS}
    for entry in entries:
        names |= {entry.file, entry.deletions} - {""}
    return names


def _size_class(entry: SegmentEntry) -> int:
    size, number = max(entry.positions, 1), 0
    while size >= _TIER:
        size //= _TIER
        number += 1
    return number


def _deletion_number(entry: SegmentEntry) -> int:
    return int(entry.deletions.rsplit("-", 1)[1].removesuffix(".del")) if entry.deletions else 0


def _entry(item: dict[str, Any]) -> SegmentEntry:
    """Build an entry from its JSON. Raises ValueError, KeyError or TypeError on anything odd."""
    entry = SegmentEntry(**item)
    for field in fields(SegmentEntry):
        value = getattr(entry, field.name)
        if field.name in ("name", "deletions"):
            if not isinstance(value, str):
                raise TypeError(f"{field.name} is no text")
        elif type(value) is not int or value < 0:
            raise ValueError(f"{field.name} is {value!r}")
    if not _NAME.match(entry.name):
        raise ValueError(f"{entry.name!r} is no name of a segment")
    if entry.deletions and not re.fullmatch(rf"{entry.name}-[1-9]\d*\.del", entry.deletions):
        raise ValueError(f"{entry.deletions!r} is no file of deletions of {entry.name}")
    return entry


def _digest(entries: Iterable[SegmentEntry]) -> str:
    text = json.dumps([asdict(entry) for entry in entries], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _missing(folder: Path, path: Path) -> GenerationError:
    if any(folder.glob("_MAIN_*.toc")):
        what = "the index was written by an older version of Dateline"
        return GenerationError(what, where=str(folder), hint="run: dateline reindex")
    return GenerationError("the list of segments is missing", where=str(path), hint=_HINT)
