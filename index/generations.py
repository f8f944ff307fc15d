"""Generations: complete, verified indexes side by side, one of them serving.

Layout of the data directory::

    CURRENT                        name of the serving generation, replaced atomically
    writer.lock                    held (flock) by the one writer
    parsed.sqlite                  the store of parsed releases
    generations/<utc>-<random>/
        index/                     the engine's files
        documents.jsonl            what was indexed: [path, sha256, release id, why not]
        manifest.json              written last: a folder without it never served

A generation is built beside the others, verified, flushed to disk and only then named in
``CURRENT``. A writer that dies leaves a folder without a manifest or without being named; the
next writer clears it away.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from index.errors import GenerationError, IndexUnavailableError

CURRENT = "CURRENT"
MANIFEST = "manifest.json"
DOCUMENTS = "documents.jsonl"
INDEX = "index"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself. ``files`` maps relative path to [bytes, sha256]."""

    name: str
    created: str
    fingerprint: str
    releases: int
    passages: int
    archive: str
    files: dict[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation on disk: its folder and its manifest."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """The name of its folder, as in ``CURRENT``."""
        return self.folder.name

    @property
    def index_folder(self) -> Path:
        """Where the engine's files are."""
        return self.folder / INDEX


class Generations:
    """The generations of one data directory."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.root = data / "generations"

    def current(self) -> Generation:
        """Return the serving generation.

        When ``CURRENT`` is missing or names none that is complete, the newest complete one
        serves. Raises IndexUnavailableError when there is none at all.
        """
        name = self.current_name()
        named = self._load(self.root / name) if name else None
        if named:
            return named
        complete = self.complete()
        if complete:
            return complete[-1]
        raise IndexUnavailableError(
            "nothing is indexed yet", where=str(self.data), hint="run: dateline reindex ARCHIVE"
        )

    def current_name(self) -> str:
        """Return what ``CURRENT`` holds, or an empty string."""
        try:
            name = (self.data / CURRENT).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return name if name and "/" not in name and not name.startswith(".") else ""

    def complete(self) -> list[Generation]:
        """Return the complete generations, oldest first."""
        if not self.root.is_dir():
            return []
        found = (self._load(folder) for folder in sorted(self.root.iterdir()))
        return [generation for generation in found if generation]

    def create(self) -> Path:
        """Make the folder of a new generation and return it; the caller holds the lock."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        folder = self.root / f"{stamp}-{secrets.token_hex(3)}"
        (folder / INDEX).mkdir(parents=True)
        return folder

    def copy_index(self, source: Generation, folder: Path) -> None:
        """Give a new generation the index files of another, to be extended.

        Files are linked, not copied, where the file system can: an engine never changes a file it
        has written, it adds files and removes some, so the source stays as it is.
        """
        for path in source.index_folder.iterdir():
            if path.is_file() and not path.name.endswith("LOCK"):
                target = folder / INDEX / path.name
                try:
                    os.link(path, target)
                except OSError:
                    shutil.copy2(path, target)

    def seal(self, folder: Path, manifest: Manifest, base: Generation | None = None) -> Generation:
        """Checksum and flush a finished generation's files and write its manifest.

        Checksums of files linked from ``base`` are taken over from it.
        """
        known = base.manifest.files if base else {}
        files: dict[str, tuple[int, str]] = {}
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            name = path.relative_to(folder).as_posix()
            if name in known and _same_file(path, base.folder / name if base else path):
                files[name] = known[name]
            else:
                files[name] = (path.stat().st_size, file_digest(path))
                _flush(path)
        sealed = Manifest(**{**asdict(manifest), "name": folder.name, "files": files})
        target = folder / MANIFEST
        target.write_text(json.dumps(asdict(sealed), indent=1, ensure_ascii=False), "utf-8")
        for path in (target, folder / INDEX, folder, self.root):
            _flush(path)
        return Generation(folder, sealed)

    def promote(self, generation: Generation) -> None:
        """Make a sealed generation the serving one, atomically and durably."""
        temporary = self.data / f"{CURRENT}.{secrets.token_hex(4)}"
        temporary.write_text(generation.name + "\n", "utf-8")
        _flush(temporary)
        os.replace(temporary, self.data / CURRENT)
        _flush(self.data)

    def previous(self) -> Generation:
        """Return the newest complete generation older than the serving one, for a rollback.

        Raises GenerationError when none was kept.
        """
        current = self.current()
        older = [g for g in self.complete() if g.name < current.name]
        if not older:
            raise GenerationError(
                "there is no older generation to go back to",
                where=str(self.root),
                hint="keep_generations says how many are kept",
            )
        return older[-1]

    def sweep(self) -> int:
        """Remove what dead writers left behind; the caller holds the lock. Return how many."""
        if not self.root.is_dir():
            return 0
        current = self.current_name()
        dead = [
            folder
            for folder in self.root.iterdir()
            if folder.name != current and not (folder / MANIFEST).exists()
        ]
        dead += list(self.data.glob(f"{CURRENT}.*"))
        for path in dead:
            discard(path)
        return len(dead)

    def prune(self, keep: int, replaced: str = "") -> None:
        """Remove complete generations but the newest ``keep``; never the serving one.

        ``replaced`` is the one that the serving one took the place of, empty if there was none.
        Those between the two had been rolled back from: they go first, so that the next
        rollback leads to what served before and not to what was refused.
        """
        current = self.current_name()
        complete = self.complete()
        good = [g for g in complete if not replaced or not replaced < g.name < current]
        kept = {generation.name for generation in good[-keep:]} | {current}
        for generation in complete:
            if generation.name not in kept:
                # The manifest goes first: a half-removed generation must not look complete.
                (generation.folder / MANIFEST).unlink(missing_ok=True)
                discard(generation.folder)

    def _load(self, folder: Path) -> Generation | None:
        try:
            value = json.loads((folder / MANIFEST).read_text("utf-8"))
            files = {name: (size, digest) for name, (size, digest) in value["files"].items()}
            return Generation(folder, Manifest(**{**value, "files": files}))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None


_DAMAGED = "run: dateline rollback, or: dateline reindex --full"


def check_sizes(generation: Generation) -> None:
    """Compare the sizes of a generation's files with its manifest: quick, sees what is cut off.

    Raises GenerationError naming the first file that is missing, longer or shorter.
    """
    for name, (size, _) in generation.manifest.files.items():
        path = generation.folder / name
        if not path.is_file():
            raise GenerationError("a file is missing", where=str(path), hint=_DAMAGED)
        found = path.stat().st_size
        if found != size:
            what = f"{found} bytes long, the manifest says {size}"
            raise GenerationError(what, where=str(path), hint=_DAMAGED)


def check_files(generation: Generation) -> None:
    """Compare a generation's files with its manifest, byte for byte by their checksums.

    Raises GenerationError naming the first file that is missing, longer, shorter or changed.
    """
    check_sizes(generation)
    for name, (_, digest) in generation.manifest.files.items():
        path = generation.folder / name
        if file_digest(path) != digest:
            what = "the content is not what was written (checksum)"
            raise GenerationError(what, where=str(path), hint=_DAMAGED)


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def discard(path: Path) -> None:
    """Remove a file or a folder with all it holds, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _same_file(path: Path, other: Path) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


def _flush(path: Path) -> None:
    """Make a file or folder durable (fsync)."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
