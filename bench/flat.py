"""The releases every engine builds from: one flat file, read as a stream.

Records are ``marshal`` values, read a group at a time, so that reading them costs next to nothing
beside indexing them (reading each by itself from a file takes ten times as long). A group is its
length in bytes (8, little endian) and the list of its records.
Standard library only: the Xapian worker runs on the system's Python, which has nothing else.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

_GROUP = 256
_LENGTH = 8


class FlatRelease(NamedTuple):
    """A release as an engine is given it; people and places by name, most mentioned first.

    ``date`` is ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or empty. ``header`` is the JSON an engine
    has to store beside the passages, ``passages`` are (number, kind, text), the title's first.
    """

    id: str
    title: str
    date: str
    source: str
    lang: str
    people: tuple[str, ...]
    places: tuple[str, ...]
    header: str
    passages: tuple[tuple[int, str, str], ...]

    @property
    def day(self) -> int:
        """The first day the date can mean as the number YYYYMMDD; 0 without a date."""
        return int((self.date + "0000-01-01"[len(self.date) :]).replace("-", "") or 0)

    @property
    def year(self) -> int:
        """The year, 0 without a date."""
        return int(self.date[:4] or 0)


class Group(NamedTuple):
    """Records that lie together in a flat file, of ``size`` bytes, taken for this copy."""

    flat: str
    offset: int
    size: int
    copy: int

    def read(self) -> list[FlatRelease]:
        """Return the releases, with the ids of the copy."""
        with open(self.flat, "rb") as file:
            file.seek(self.offset)
            releases = [FlatRelease(*record) for record in marshal.loads(file.read(self.size))]
        if not self.copy:
            return releases
        return [r._replace(id=copied(r.id, self.copy)) for r in releases]


class Part(NamedTuple):
    """``releases`` of the ``total`` in a flat file, evenly spread, the whole ``copies`` times."""

    flat: str
    total: int
    releases: int
    copies: int = 1

    def keeps(self, number: int) -> bool:
        """Whether the release of this number (from 0) belongs to the part."""
        return number * self.releases // self.total != (number + 1) * self.releases // self.total

    def groups(self) -> Iterator[Group]:
        """Yield where the file's groups lie, copy after copy, without reading them.

        Together they are all releases of the file, so the part has to be all of it.
        """
        for copy in range(self.copies):
            with open(self.flat, "rb") as file:
                while length := file.read(_LENGTH):
                    group = Group(self.flat, file.tell(), int.from_bytes(length, "little"), copy)
                    file.seek(group.size, os.SEEK_CUR)
                    yield group

    def read(self) -> Iterator[FlatRelease]:
        """Yield the releases, copy after copy; never more than a group in memory."""
        everything = self.releases == self.total
        number = 0
        for group in self.groups():
            for release in group.read():
                if everything or self.keeps(number % self.total):
                    yield release
                number += 1


def written_out(part: Part, path: Path) -> Part:
    """Write a flat file of a part alone: reading it must not cost skipping all the others."""
    if part.releases == part.total:
        return part
    write_flat(path, part._replace(copies=1).read())
    return Part(str(path), part.releases, part.releases, part.copies)


def copied(text: str, copy: int) -> str:
    """Return the id or path that a copy of a release has; copy 0 is the original."""
    return f"{text}-{copy}" if copy else text


def write_flat(path: Path, releases: Iterator[FlatRelease]) -> tuple[int, int]:
    """Write a flat file; return the numbers of releases and of passages."""
    count = passages = 0
    with path.open("wb") as file:
        while group := [tuple(release) for release in islice(releases, _GROUP)]:
            data = marshal.dumps(group)
            file.write(len(data).to_bytes(_LENGTH, "little") + data)
            count += len(group)
            passages += sum(len(release[-1]) for release in group)
    return count, passages
