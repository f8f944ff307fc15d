"""The releases every engine builds from: one flat file, read as a stream.

A record is one ``marshal`` value, so that reading it costs next to nothing beside indexing it.
Standard library only: the Xapian worker runs on the system's Python, which has nothing else.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


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


class Part(NamedTuple):
    """``releases`` of the ``total`` in a flat file, evenly spread, the whole ``copies`` times."""

    flat: str
    total: int
    releases: int
    copies: int = 1

    def keeps(self, number: int) -> bool:
        """Whether the release of this number (from 0) belongs to the part."""
        return number * self.releases // self.total != (number + 1) * self.releases // self.total

    def read(self) -> Iterator[FlatRelease]:
        """Yield the releases, copy after copy; never more than one in memory."""
        for copy in range(self.copies):
            with open(self.flat, "rb") as file:
                for number in range(self.total):
                    record = marshal.load(file)
                    if self.keeps(number):
                        release = FlatRelease(*record)
                        yield release._replace(id=copied(release.id, copy)) if copy else release


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
        for release in releases:
            marshal.dump(tuple(release), file)
            count += 1
            passages += len(release.passages)
    return count, passages
