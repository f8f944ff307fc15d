"""Walking an archive: every document in it, in a fixed order, with its bytes and digest.

The only input and output of reading. What cannot be used is reported, not raised, so that one
bad file never stops a run.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import ArchiveError
from index.model import DocumentKind, RawDocument, SkippedDocument
from index.reading.fields import FIELD_NAMES, plain_name
from index.reading.sniff import unusable

KINDS: dict[str, DocumentKind] = {
    ".html": DocumentKind.HTML,
    ".htm": DocumentKind.HTML,
    ".xhtml": DocumentKind.HTML,
    ".txt": DocumentKind.TEXT,
    ".md": DocumentKind.MARKDOWN,
    ".markdown": DocumentKind.MARKDOWN,
    ".jsonl": DocumentKind.RECORD,
    ".ndjson": DocumentKind.RECORD,
}
"""The file name endings that are read (in any case), and as what."""

_SIDECAR_LIMIT = 1 << 20
_LONGEST_KEY = 500


class ArchiveWalk(Iterator[RawDocument | SkippedDocument]):
    """The documents of an archive, one after another.

    ``ignored`` counts the files met so far whose ending is not read and that are nobody's
    sidecar; it is complete once the walk is exhausted.
    """

    def __init__(self, root: Path, max_bytes: int) -> None:
        self.ignored = 0
        self._real_root = os.path.realpath(root)
        self._max_bytes = max_bytes
        self._items = self._walk(_listing(root))

    def __next__(self) -> RawDocument | SkippedDocument:
        return next(self._items)

    def _walk(self, top: list[os.DirEntry[str]]) -> Iterator[RawDocument | SkippedDocument]:
        # An explicit stack: an archive nested thousands deep must not end in a RecursionError.
        stack: list[tuple[str, Iterator[os.DirEntry[str]], _Sidecars]] = []
        stack.append(("", iter(top), _Sidecars(top, self._max_bytes)))
        while stack:
            prefix, entries, sidecars = stack[-1]
            entry = next(entries, None)
            if entry is None:
                stack.pop()
                self.ignored += sidecars.unused
                continue
            path = _printable(prefix + entry.name)
            if entry.is_symlink() and not self._inside(entry):
                reason = "a symbolic link that is broken or leads out of the archive"
                yield SkippedDocument(path, "symlink", reason)
            elif entry.is_dir():
                below = self._below(entry)
                if isinstance(below, str):
                    yield SkippedDocument(path, "unreadable", below)
                else:
                    sidecar_files = _Sidecars(below, self._max_bytes)
                    stack.append((f"{prefix}{entry.name}/", iter(below), sidecar_files))
            else:
                yield from self._file(path, entry, sidecars)

    def _below(self, entry: os.DirEntry[str]) -> list[os.DirEntry[str]] | str:
        """Return the entries of a folder, or the reason why there are none."""
        if entry.is_symlink():
            # Its real place is inside the archive and is walked there; following the link too
            # would read every document twice and could go round in circles.
            return "a symbolic link to a folder that is read at its own place"
        try:
            return _entries(entry.path)
        except OSError as error:
            return _words(error)

    def _inside(self, entry: os.DirEntry[str]) -> bool:
        real = os.path.realpath(entry.path)
        return os.path.exists(real) and os.path.commonpath([real, self._real_root]) == (
            self._real_root
        )

    def _file(
        self, path: str, entry: os.DirEntry[str], sidecars: _Sidecars
    ) -> Iterator[RawDocument | SkippedDocument]:
        stem, ending = os.path.splitext(entry.name)
        kind = KINDS.get(ending.lower())
        if kind is None:
            self.ignored += ending.lower() != ".json"
            return
        try:
            if not entry.is_file():
                yield SkippedDocument(path, "unreadable", "not a regular file")
            elif kind is DocumentKind.RECORD:
                with open(entry.path, "rb") as lines:
                    yield from _records(path, lines.readline, self._max_bytes)
            else:
                yield self._document(path, entry, kind, sidecars.take(stem))
        except OSError as error:
            yield SkippedDocument(path, "unreadable", _words(error))

    def _document(
        self, path: str, entry: os.DirEntry[str], kind: DocumentKind, sidecar: bytes | None
    ) -> RawDocument | SkippedDocument:
        # One byte more than allowed is read, so that a file growing meanwhile is noticed too.
        with open(entry.path, "rb", buffering=0) as file:
            data = file.read(self._max_bytes + 1) or b""
        if len(data) > self._max_bytes:
            size = max(entry.stat().st_size, len(data))
            return SkippedDocument(path, "too_large", _too_large(size, self._max_bytes))
        trouble = unusable(data)
        if trouble:
            return SkippedDocument(path, *trouble)
        return RawDocument(path, kind, data, _digest(kind, path, data, sidecar), sidecar, path)


def walk_archive(root: Path, max_bytes: int) -> ArchiveWalk:
    """Walk the archive under ``root`` in a fixed order (by name, folder by folder).

    Yields a RawDocument for every file that can be read (for ``.jsonl``: for every line that is
    not blank, streamed) and a SkippedDocument, with a code and a reason in words, for every one
    that cannot: ``empty``, ``binary``, ``too_large`` (over ``max_bytes``), ``unreadable``,
    ``symlink``, ``bad_record``. Hidden files and folders (a leading dot) are passed over.
    Files of other types are only counted, in ``.ignored`` of what is returned.
    Raises ArchiveError when ``root`` is not a readable folder.
    """
    return ArchiveWalk(root, max_bytes)


@dataclass(slots=True)
class _Sidecars:
    """The JSON files of one folder, and how many turned out to be nobody's sidecar."""

    files: dict[str, str]
    limit: int
    unused: int

    def __init__(self, entries: list[os.DirEntry[str]], limit: int) -> None:
        self.files = {
            entry.name[:-5]: entry.path
            for entry in entries
            if entry.name.lower().endswith(".json") and not entry.is_symlink() and entry.is_file()
        }
        self.limit = min(limit, _SIDECAR_LIMIT)
        self.unused = len(self.files)

    def take(self, stem: str) -> bytes | None:
        path = self.files.get(stem)
        if path is None:
            return None
        with open(path, "rb") as file:
            data = file.read(self.limit + 1)
        if len(data) > self.limit or not _describes(data):
            return None
        self.unused -= 1
        return data


def _describes(data: bytes) -> bool:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and not FIELD_NAMES.isdisjoint(map(plain_name, value))


def _listing(root: Path) -> list[os.DirEntry[str]]:
    try:
        return _entries(os.fspath(root))
    except OSError as error:
        raise ArchiveError(
            f"the archive cannot be read: {_words(error)}",
            where=str(root),
            hint="name a folder of releases",
        ) from error


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        shown = [entry for entry in found if not entry.name.startswith(".")]
    return sorted(shown, key=lambda entry: os.fsencode(entry.name))


def _records(
    path: str, readline: Callable[[int], bytes], max_bytes: int
) -> Iterator[RawDocument | SkippedDocument]:
    seen: set[str] = set()
    number = 0
    any_record = False
    while line := readline(max_bytes + 1):
        number += 1
        where = f"{path}#{number}"
        if len(line) > max_bytes:
            size = len(line)
            while not line.endswith(b"\n") and (line := readline(1 << 20)):
                size += len(line)
            any_record = True
            yield SkippedDocument(where, "too_large", _too_large(size, max_bytes))
            continue
        line = line.strip(b"\xef\xbb\xbf \t\r\n") if number == 1 else line.strip()
        if not line:
            continue
        any_record = True
        yield _record(path, where, line, seen)
    if not any_record:
        yield SkippedDocument(path, "empty", "the file holds no records")


def _record(path: str, where: str, line: bytes, seen: set[str]) -> RawDocument | SkippedDocument:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 at byte {error.start + 1} of the line"
        return SkippedDocument(where, "bad_record", reason)
    except json.JSONDecodeError as error:
        reason = f"not valid JSON at column {error.colno}: {error.msg}"
        return SkippedDocument(where, "bad_record", reason)
    except (ValueError, RecursionError):
        # A number of thousands of digits, or brackets nested without end.
        return SkippedDocument(where, "bad_record", "JSON that is beyond reasonable limits")
    if not isinstance(value, dict):
        reason = f"the line is not a JSON object but a {_json_type(value)}"
        return SkippedDocument(where, "bad_record", reason)
    key = _record_key(path, where, value, seen)
    digest = _digest(DocumentKind.RECORD, where, line, None)
    return RawDocument(where, DocumentKind.RECORD, line, digest, None, key)


def _record_key(path: str, where: str, value: dict[str, object], seen: set[str]) -> str:
    """Return what a record's identity is made from: its id, its address, its title, its place.

    The title comes before the line so that a record put in above leaves those below alone.
    """
    keys = {plain_name(name): name for name in reversed(list(value))}
    for name in ("id", "url", "title", "headline"):
        part = value.get(keys.get(name, name))
        if isinstance(part, (str, int)) and not isinstance(part, bool) and str(part).strip():
            key = f"{path}#{str(part).strip()[:_LONGEST_KEY]}"
            if key not in seen:
                seen.add(key)
                return key
    line = where.rsplit("#", 1)[1]
    return f"{path}#line {line}"


def _digest(kind: DocumentKind, path: str, data: bytes, sidecar: bytes | None) -> str:
    # The path is read too (dates and sources may come from it), so it belongs to the digest.
    # Lengths before the parts keep two different splits from giving one digest.
    digest = hashlib.sha256()
    parts = [kind.encode(), path.encode("utf-8", "surrogatepass"), data]
    for part in parts if sidecar is None else [*parts, sidecar]:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def _too_large(size: int, limit: int) -> str:
    return f"{size / 2**20:.1f} MiB, over the limit of {limit / 2**20:.1f} MiB"


def _words(error: OSError) -> str:
    return (error.strerror or str(error) or "it cannot be read").lower()


def _printable(name: str) -> str:
    r"""Write bytes of a file name that are not UTF-8 as ``\xff``: printable and still apart."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _json_type(value: object) -> str:
    names = {list: "list", str: "text", bool: "truth value", int: "number", float: "number"}
    return names.get(type(value), "null")
