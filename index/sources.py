"""Walking an archive: every document in it, in a fixed order, with its bytes and digest.

The only input and output of reading. What cannot be used is reported, not raised, so that one
bad file never stops a run.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from index.errors import ArchiveError
from index.model import DocumentKind, RawDocument, SkippedDocument
from index.reading.fields import FIELD_NAMES, plain_name
from index.reading.sniff import unusable
from index.record_files import document_digest, loose_records, records, too_large

KINDS: dict[str, DocumentKind] = {
    ".html": DocumentKind.HTML,
    ".htm": DocumentKind.HTML,
    ".xhtml": DocumentKind.HTML,
    ".txt": DocumentKind.TEXT,
    ".md": DocumentKind.MARKDOWN,
    ".markdown": DocumentKind.MARKDOWN,
    ".eml": DocumentKind.MAIL,
    ".jsonl": DocumentKind.RECORD,
    ".ndjson": DocumentKind.RECORD,
}
"""The file name endings that are read (in any case), and as what."""

_SIDECAR_LIMIT = 1 << 20
_HEAD = 2_048
"""Bytes at the beginning of a file of another type that are looked at."""
_PAGE = re.compile(
    rb"(?:\s|\xef\xbb\xbf|<\?xml[^>]*>|<!--.*?-->)*(?:<!doctype html|<html)\b", re.I | re.S
)
_COPIES = (".bak", ".orig", ".old", ".tmp", ".part", ".swp", "~")
"""Endings of names that editors and browsers give to copies and halves of files."""
_PARTS_OF_PAGES = ("_files", "_fichiers", "_archivos", "-Dateien", "_bestanden", "_file", "_elemei")
"""What browsers add to a saved page's name for the folder of its pictures and frames."""


class ArchiveWalk(Iterator[RawDocument | SkippedDocument]):
    """The documents of an archive, one after another.

    ``ignored`` counts the files met so far that are not read and nobody's sidecar, by the ending
    of their names; it is complete once the walk is exhausted.
    """

    def __init__(self, root: Path, max_bytes: int) -> None:
        self.ignored: Counter[str] = Counter()
        self._real_root = os.path.realpath(root)
        self._max_bytes = max_bytes
        self._items = self._walk(_listing(root))

    def __next__(self) -> RawDocument | SkippedDocument:
        return next(self._items)

    def _walk(self, top: list[os.DirEntry[str]]) -> Iterator[RawDocument | SkippedDocument]:
        # An explicit stack: an archive nested thousands deep must not end in a RecursionError.
        stack: list[tuple[str, Iterator[os.DirEntry[str]], _Folder]] = []
        stack.append(("", iter(top), _Folder(top, self._max_bytes)))
        while stack:
            prefix, entries, folder = stack[-1]
            entry = next(entries, None)
            if entry is None:
                stack.pop()
                self.ignored += Counter({".json": len(folder.unused)})
                continue
            path = _printable(prefix + entry.name)
            if entry.is_symlink() and not self._inside(entry):
                reason = "a symbolic link that is broken or leads out of the archive"
                yield SkippedDocument(path, "symlink", reason)
            elif not entry.is_dir():
                yield from self._file(path, entry, folder)
            elif folder.is_part_of_a_page(entry.name):
                self.ignored["_files/"] += 1
            else:
                below = self._below(entry)
                if isinstance(below, str):
                    yield SkippedDocument(path, "unreadable", below)
                else:
                    inner = _Folder(below, self._max_bytes)
                    stack.append((f"{prefix}{entry.name}/", iter(below), inner))

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
        self, path: str, entry: os.DirEntry[str], folder: _Folder
    ) -> Iterator[RawDocument | SkippedDocument]:
        stem, ending = os.path.splitext(entry.name)
        kind = KINDS.get(ending.lower())
        try:
            if kind is None:
                yield from self._of_another_type(path, entry, folder)
            elif not entry.is_file():
                yield SkippedDocument(path, "unreadable", "not a regular file")
            elif kind is DocumentKind.RECORD:
                with open(entry.path, "rb") as lines:
                    yield from records(path, lines, self._max_bytes)
            else:
                yield self._document(path, entry, kind, folder.sidecar(stem))
        except OSError as error:
            yield SkippedDocument(path, "unreadable", _words(error))

    def _of_another_type(
        self, path: str, entry: os.DirEntry[str], folder: _Folder
    ) -> Iterator[RawDocument | SkippedDocument]:
        """Read pages whatever their names (``view.php``, ``index.html?page=2``), loose records."""
        ending = os.path.splitext(entry.name)[1].lower()
        if ending == ".json" and entry.name[:-5] in folder.stems:
            return  # counted with the folder, unless it is taken as a sidecar
        if entry.name.lower().endswith(_COPIES):
            self.ignored[ending] += 1
            return
        found: list[RawDocument | SkippedDocument] = []
        # What is of no type that is read need not be readable.
        with suppress(OSError):
            if entry.is_file() and ending == ".json":
                data = _beginning(entry, self._max_bytes + 1)
                found += loose_records(path, data) if len(data) <= self._max_bytes else []
            elif entry.is_file() and _PAGE.match(_beginning(entry, _HEAD)):
                found.append(self._document(path, entry, DocumentKind.HTML, None))
        self.ignored[ending or entry.name] += not found
        yield from found

    def _document(
        self, path: str, entry: os.DirEntry[str], kind: DocumentKind, sidecar: bytes | None
    ) -> RawDocument | SkippedDocument:
        # One byte more than allowed is read, so that a file growing meanwhile is noticed too.
        data = _beginning(entry, self._max_bytes + 1)
        if len(data) > self._max_bytes:
            size = max(entry.stat().st_size, len(data))
            return SkippedDocument(path, "too_large", too_large(size, self._max_bytes))
        trouble = unusable(data)
        if trouble:
            return SkippedDocument(path, *trouble)
        digest = document_digest(kind, path, data, sidecar)
        return RawDocument(path, kind, data, digest, sidecar, path)


def walk_archive(root: Path, max_bytes: int) -> ArchiveWalk:
    """Walk the archive under ``root`` in a fixed order (by name, folder by folder).

    Yields a RawDocument for every file that can be read (for ``.jsonl``: for every line that is
    not blank, streamed) and a SkippedDocument, with a code and a reason in words, for every one
    that cannot: ``empty``, ``binary``, ``too_large`` (over ``max_bytes``), ``unreadable``,
    ``symlink``, ``bad_record``. Hidden files and folders (a leading dot) are passed over.
    Of files of other types those that begin as a page of HTML are read as one, ``.json`` files
    that are nobody's sidecar when they hold records with a text, and the others are only
    counted, in ``.ignored`` of what is returned. So is the folder that a browser saved beside
    a page (``News_files`` beside ``News.html``).
    Raises ArchiveError when ``root`` is not a readable folder.
    """
    return ArchiveWalk(root, max_bytes)


class _Folder:
    """What one folder holds besides documents: the JSON files that may describe them."""

    def __init__(self, entries: list[os.DirEntry[str]], limit: int) -> None:
        names = (os.path.splitext(entry.name) for entry in entries)
        self.stems = {stem for stem, ending in names if ending.lower() in KINDS}
        self.unused = {
            entry.name[:-5]: entry.path
            for entry in entries
            if entry.name.lower().endswith(".json")
            and entry.name[:-5] in self.stems
            and not entry.is_symlink()
            and entry.is_file()
        }
        self._files = dict(self.unused)
        self._limit = min(limit, _SIDECAR_LIMIT)

    def sidecar(self, stem: str) -> bytes | None:
        """Return the bytes of the JSON file beside a document, when it says something of one."""
        path = self._files.get(stem)
        if path is None:
            return None
        with open(path, "rb") as file:
            data = file.read(self._limit + 1)
        if len(data) > self._limit or not _describes(data):
            return None
        self.unused.pop(stem, None)
        return data

    def is_part_of_a_page(self, name: str) -> bool:
        """Whether a folder holds the pictures and frames of a page that a browser saved."""
        return any(
            name.endswith(ending) and name.removesuffix(ending) in self.stems
            for ending in _PARTS_OF_PAGES
        )


def _beginning(entry: os.DirEntry[str], size: int) -> bytes:
    with open(entry.path, "rb", buffering=0) as file:
        return file.read(size) or b""


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


def _words(error: OSError) -> str:
    return (error.strerror or str(error) or "it cannot be read").lower()


def _printable(name: str) -> str:
    r"""Write bytes of a file name that are not UTF-8 as ``\xff``: printable and still apart."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
