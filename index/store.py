"""The store of parsed releases: so that no document is read twice.

One SQLite file in the data directory, keyed by path. It is a cache: what it holds follows from
the archive, and losing it costs time only. A row is used when the document's digest and the
version of the code that made it are both the same. Beside the rows it holds the claims of every
release on names, see ``index.names.claim_table``.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType

from index.errors import DatelineError
from index.model import Claim
from index.names.claim_table import TABLES, ClaimTable

_TABLE = """
create table if not exists parsed (
  path text primary key,
  sha256 text not null,
  reader text not null,
  release blob not null,
  deriver text not null,
  derived blob not null
) without rowid
"""


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A parsed release as kept: its JSON, and the versions of what made it."""

    path: str
    sha256: str
    reader: str
    release: str
    deriver: str
    derived: str
    release_id: str = ""
    claims: tuple[Claim, ...] = ()


class ParsedStore:
    """Opens (and makes) the store when it is first used; a context manager.

    One writer at a time: the holder of the writer's lock.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _db(self) -> sqlite3.Connection:
        try:
            return self._open()
        except sqlite3.OperationalError:
            raise  # a full disk, a folder that cannot be written: not the file's fault
        except sqlite3.DatabaseError:
            # Damaged: it is a cache, so it is thrown away and made again.
            for ending in ("", "-wal", "-shm"):
                Path(f"{self._path}{ending}").unlink(missing_ok=True)
            return self._open()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path)
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        db.execute(_TABLE)
        db.executescript(TABLES)
        return db

    @property
    def claims(self) -> ClaimTable:
        """The claims of all releases; what is changed through it is to be committed."""
        return ClaimTable(self._db)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what SQLite raises into an error for people."""
        try:
            yield
        except sqlite3.Error as error:
            raise DatelineError(
                f"the parsed releases cannot be kept: {error}",
                where=str(self._path),
                hint="if the disk is full make room; if the file is damaged remove it",
            ) from error

    def get(self, path: str, sha256: str, reader: str) -> ParsedRow | None:
        """Return the row of a document when its digest and reader version are these."""
        query = (
            "select release, deriver, derived from parsed where path=? and sha256=? and reader=?"
        )
        with self._told():
            row = self._db.execute(query, (path, sha256, reader)).fetchone()
        if row is None:
            return None
        release, deriver, derived = row
        return ParsedRow(path, sha256, reader, _unpack(release), deriver, _unpack(derived))

    def put(self, rows: Iterable[ParsedRow]) -> None:
        """Keep rows, replacing those of the same paths; committed before it returns.

        Nothing is opened or written for no rows.

        Raises DatelineError when the disk does not take them.
        """
        kept = list(rows)
        if not kept:
            return
        packed = [
            (r.path, r.sha256, r.reader, _pack(r.release), r.deriver, _pack(r.derived))
            for r in kept
        ]
        with self._told(), self._db:
            self._db.executemany("insert or replace into parsed values (?,?,?,?,?,?)", packed)
            claims = self.claims
            for row in kept:
                claims.put(row.path, row.sha256, row.deriver, row.release_id, row.claims)

    def forget(self, paths: Iterable[str]) -> None:
        """Drop the rows of documents that are gone."""
        gone = [(path,) for path in paths]
        if gone:
            with self._told(), self._db:
                self._db.executemany("delete from parsed where path=?", gone)
                for (path,) in gone:
                    self.claims.forget(path)

    def release_id(self, path: str, sha256: str, deriver: str) -> str:
        """Return the id of a document's release when all is known that follows from it, else ""."""
        with self._told():
            return self.claims.release_id(path, sha256, deriver)

    def known(self, deriver: str) -> dict[str, str]:
        """Return the paths of all documents of which all is known that follows, with digests.

        For a walk over most of them: asking for each took a third of the time of adding a few.
        """
        with self._told():
            return self.claims.known(deriver)

    def paths(self) -> list[str]:
        """Return the paths of all documents whose releases are kept."""
        with self._told():
            return list(self.claims.paths())

    def mark_decided(self, generation: str) -> None:
        """Say that all claims are decided for a generation; see ``index.names.table``."""
        with self._told(), self._db:
            self.claims.mark_decided(generation)

    def __enter__(self) -> ParsedStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if "_db" in self.__dict__:
            self._db.close()


def _pack(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def _unpack(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8", "surrogatepass")
