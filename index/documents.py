"""The list of documents a generation was made from, and its comparison with the archive."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.errors import GenerationError


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """One document of the archive as a generation knows it.

    ``release_id`` is empty when it could not be read; ``why_not`` is then (code, reason).
    """

    path: str
    sha256: str
    release_id: str
    why_not: tuple[str, str] = ("", "")


def write_documents(path: Path, documents: Iterable[IndexedDocument]) -> None:
    """Write the list, one JSON array a line."""
    with path.open("w", encoding="utf-8") as file:
        for d in documents:
            line = [d.path, d.sha256, d.release_id, *d.why_not]
            file.write(json.dumps(line) + "\n")


def read_documents(path: Path) -> dict[str, IndexedDocument]:
    """Read the list back by path. Raises GenerationError when it is damaged."""
    documents: dict[str, IndexedDocument] = {}
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                name, digest, release_id, code, reason = json.loads(line)
                documents[name] = IndexedDocument(name, digest, release_id, (code, reason))
    except (OSError, ValueError) as error:
        raise GenerationError(
            f"the list of documents cannot be read: {error}",
            where=str(path),
            hint="run: dateline reindex --full",
        ) from error
    return documents
