"""The claims of all releases, kept beside the parsed releases in the store's SQLite file.

Claims of a document are replaced together with its row, in one transaction, and the keys they
have or had are marked: whatever happens between two runs, the next one knows which keys to
decide again. See ``index.names.table``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from index.model import Claim

TABLES = """
create table if not exists document (
  number integer primary key,
  path text unique not null,
  sha256 text not null,
  deriver text not null,
  release_id text not null
);
create table if not exists claim (
  key text not null,
  number integer not null,
  line text not null,
  primary key (key, number, line)
) without rowid;
create index if not exists claim_number on claim (number);
create table if not exists undecided (key text primary key) without rowid;
create table if not exists decided (generation text not null);
"""
_AT_ONCE = 400
"""Variables in one query."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Said(NamedTuple):
    """What ``releases`` releases say alike of a key: see ``index.model.Claim``."""

    state: str
    form: str
    details: tuple[str, ...]
    releases: int


class ClaimTable:
    """The tables in a connection of the store; committing is the store's."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(
        self, path: str, sha256: str, deriver: str, release_id: str, claims: Iterable[Claim]
    ) -> None:
        """Replace what is known of a document."""
        row = self._db.execute("select number from document where path = ?", (path,)).fetchone()
        if row:
            self._drop(row[0])
        cursor = self._db.execute(
            "insert into document (path, sha256, deriver, release_id) values (?, ?, ?, ?)",
            (path, sha256, deriver, release_id),
        )
        lines = {
            (f"{claim.facet}:{claim.key}", _encode([claim.state, claim.form, *claim.details]))
            for claim in claims
        }
        number = cursor.lastrowid
        self._db.executemany(
            "insert into claim values (?, ?, ?)", ((key, number, line) for key, line in lines)
        )
        self._db.executemany(
            "insert or ignore into undecided values (?)", {(key,) for key, _ in lines}
        )

    def forget(self, path: str) -> None:
        """Drop what is known of a document."""
        row = self._db.execute("select number from document where path = ?", (path,)).fetchone()
        if row:
            self._drop(row[0])

    def _drop(self, number: int) -> None:
        self._db.execute(
            "insert or ignore into undecided select distinct key from claim where number = ?",
            (number,),
        )
        self._db.execute("delete from claim where number = ?", (number,))
        self._db.execute("delete from document where number = ?", (number,))

    def release_id(self, path: str, sha256: str, deriver: str) -> str:
        """The id of a document's release, or "" when its claims are not known in this version."""
        row = self._db.execute(
            "select release_id from document where path = ? and sha256 = ? and deriver = ?",
            (path, sha256, deriver),
        ).fetchone()
        return str(row[0]) if row else ""

    def known(self, deriver: str) -> dict[str, str]:
        """The digests of the documents whose claims are known in this version, by path."""
        query = "select path, sha256 from document where deriver = ? and release_id != ''"
        return dict(self._db.execute(query, (deriver,)))

    def paths(self) -> Iterator[str]:
        """The paths of all documents that are known."""
        for (path,) in self._db.execute("select path from document"):
            yield path

    def undecided(self) -> list[str]:
        """The keys whose claims changed since ``mark_decided``."""
        return [key for (key,) in self._db.execute("select key from undecided order by key")]

    def decided_for(self) -> str:
        """The generation that the claims, but for the undecided keys, were decided for."""
        row = self._db.execute("select generation from decided").fetchone()
        return str(row[0]) if row else ""

    def mark_decided(self, generation: str) -> None:
        """Say that every key is decided, and in which generation that can be read."""
        self._db.execute("delete from undecided")
        self._db.execute("delete from decided")
        self._db.execute("insert into decided values (?)", (generation,))

    def said(self, keys: Sequence[str] | None = None) -> Iterator[tuple[str, list[Said]]]:
        """What is said of each key, of those given or of all; one without claims is left out."""
        if keys is None:
            yield from _grouped(
                self._db.execute(
                    "select key, line, count(*) from claim group by key, line order by key, line"
                )
            )
            return
        for begin in range(0, len(keys), _AT_ONCE):
            some = keys[begin : begin + _AT_ONCE]
            yield from _grouped(
                self._db.execute(
                    "select key, line, count(*) from claim"
                    f" where key in ({_marks(some)}) group by key, line order by key, line",
                    some,
                )
            )

    def documents_with(self, keys: Sequence[str]) -> list[str]:
        """The paths of the documents with a claim on any of the keys, in order."""
        found: set[str] = set()
        for begin in range(0, len(keys), _AT_ONCE):
            some = keys[begin : begin + _AT_ONCE]
            found.update(
                path
                for (path,) in self._db.execute(
                    "select distinct path from claim join document using (number)"
                    f" where key in ({_marks(some)})",
                    some,
                )
            )
        return sorted(found)


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def _grouped(rows: Iterable[tuple[str, str, int]]) -> Iterator[tuple[str, list[Said]]]:
    for key, group in groupby(rows, key=lambda row: row[0]):
        yield key, [_said(line, releases) for _, line, releases in group]


def _said(line: str, releases: int) -> Said:
    state, form, *details = json.loads(line)
    return Said(state, form, tuple(details), releases)
