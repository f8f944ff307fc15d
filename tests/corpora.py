"""Helpers of tests that read documents: the real corpora, and documents made on the spot."""

from __future__ import annotations

import hashlib
import os
import tarfile
import tempfile
from pathlib import Path

import pytest

from index.model import DocumentKind, RawDocument, Release
from index.reading import read_document

_KINDS = {
    "html": DocumentKind.HTML,
    "txt": DocumentKind.TEXT,
    "md": DocumentKind.MARKDOWN,
    "eml": DocumentKind.MAIL,
    "jsonl": DocumentKind.RECORD,
}


def corpora_folder() -> Path:
    """The folder of the packed corpora: DATELINE_CORPORA, or shared/corpora beside the checkout."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "corpora"
    return Path(os.environ.get("DATELINE_CORPORA") or beside)


def require_corpus(name: str) -> Path:
    """The unpacked folder of a corpus, or its file when it is packed in none.

    Unpacks ``NAME.tar.xz`` once for each machine. Without the corpus the test is skipped, and
    in CI it fails.
    """
    folder = corpora_folder()
    single = folder / name
    if single.is_file():
        return single
    packed = folder / f"{name}.tar.xz"
    if not packed.is_file():
        reason = f"the corpus {name} is not in {folder} (set DATELINE_CORPORA)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return _unpacked(packed)


def _unpacked(packed: Path) -> Path:
    stat = packed.stat()
    mark = hashlib.sha256(f"{packed}:{stat.st_size}:{stat.st_mtime_ns}".encode()).hexdigest()[:12]
    cache = Path(tempfile.gettempdir()) / f"dateline-corpora-{os.getuid()}"
    cache.mkdir(mode=0o700, exist_ok=True)
    target = cache / f"{packed.name.split('.')[0]}-{mark}"
    if not target.exists():
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            unpacking = Path(scratch) / "unpacking"
            with tarfile.open(packed) as archive:
                archive.extractall(unpacking, filter="data")
            try:
                unpacking.rename(target)
            except OSError:
                if not target.exists():  # otherwise another run was quicker
                    raise
    inside = [entry for entry in target.iterdir() if not entry.name.startswith(".")]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else target


def raw(data: str | bytes, path: str, sidecar: str | bytes | None = None) -> RawDocument:
    """A document of the kind its path says, as the walk would give it."""
    content = data.encode() if isinstance(data, str) else data
    beside = sidecar.encode() if isinstance(sidecar, str) else sidecar
    ending = path.split("#")[0].rsplit(".", 1)[-1]
    return RawDocument(path, _KINDS[ending], content, "", beside, path)


def read(data: str | bytes, path: str, sidecar: str | bytes | None = None) -> Release:
    """Read a document made on the spot."""
    return read_document(raw(data, path, sidecar))
