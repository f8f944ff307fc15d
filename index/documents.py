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
    encode = json.JSONEncoder().encode  # as json.dumps, without its look at nine arguments
    with path.open("w", encoding="utf-8") as file:
        file.writelines(
            encode([d.path, d.sha256, d.release_id, *d.why_not]) + "\n" for d in documents
        )


def read_documents(path: Path) -> dict[str, IndexedDocument]:
    """Read the list back by path. Raises GenerationError when it is damaged."""
    try:
        lines = path.read_text("utf-8").splitlines()
        # All lines as one list: one call of the JSON reader instead of one for each document.
        return {
            name: IndexedDocument(name, digest, release_id, (code, reason))
            for name, digest, release_id, code, reason in json.loads(f"[{','.join(lines)}]")
        }
    except (OSError, ValueError, TypeError) as error:
        raise GenerationError(
            f"the list of documents cannot be read: {error}",
            where=str(path),
            hint="run: dateline reindex --full",
        ) from error
