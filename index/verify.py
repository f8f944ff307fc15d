"""Verifying a generation: that it opens, holds what its manifest says, and answers."""

from __future__ import annotations

from pathlib import Path

from whoosh import index as whoosh_files
from whoosh import query
from whoosh.index import FileIndex
from whoosh.searching import Searcher

from index.analysis import stems, tokenize
from index.errors import GenerationError
from index.generations import Generation, check_files

_CANARIES = 20
_HINT = "run: dateline reindex --full"


def verify_generation(generation: Generation) -> None:
    """Check a sealed generation: checksums of all files, counts, canary queries.

    Raises GenerationError at the first thing that is not as it should be.
    """
    check_files(generation)
    manifest = generation.manifest
    verify_index(generation.index_folder, manifest.releases, manifest.passages)


def verify_index(folder: Path, releases: int, passages: int) -> None:
    """Check that an index opens, has these counts, and finds its own releases again.

    Raises GenerationError otherwise.
    """
    try:
        files = whoosh_files.open_dir(str(folder))
    except Exception as error:
        raise GenerationError(f"does not open: {error}", where=str(folder), hint=_HINT) from error
    try:
        with files.searcher() as searcher:
            _check_counts(searcher, folder, releases, passages)
            _check_canaries(searcher, folder)
    finally:
        files.close()


def index_counts(folder: Path) -> tuple[int, int]:
    """Return the numbers of releases and of passages in an index."""
    files: FileIndex = whoosh_files.open_dir(str(folder))
    try:
        with files.searcher() as searcher:
            releases = sum(1 for _ in searcher.docs_for_query(query.Term("level", "release")))
            return releases, searcher.doc_count() - releases
    finally:
        files.close()


def _check_counts(searcher: Searcher, folder: Path, releases: int, passages: int) -> None:
    found = sum(1 for _ in searcher.docs_for_query(query.Term("level", "release")))
    if (found, searcher.doc_count() - found) != (releases, passages):
        raise GenerationError(
            f"holds {found} releases and {searcher.doc_count() - found} passages,"
            f" not {releases} and {passages}",
            where=str(folder),
            hint=_HINT,
        )


def _check_canaries(searcher: Searcher, folder: Path) -> None:
    """Look up releases spread over the index by a word of their title."""
    numbers = list(searcher.docs_for_query(query.Term("level", "release")))
    for number in numbers[:: max(1, len(numbers) // _CANARIES)]:
        stored = searcher.stored_fields(number)["stored"]
        words = [stems(token.term)[0] for token in tokenize(stored["title"])]
        asked = [query.Term("id", stored["id"])] + [query.Term("text", word) for word in words[:1]]
        if number not in set(searcher.docs_for_query(query.And(asked))):
            raise GenerationError(
                f"does not find its own release {stored['path']!r}", where=str(folder), hint=_HINT
            )
        count = sum(1 for _ in searcher.docs_for_query(query.Term("group", stored["id"])))
        if count != stored["passages"] + 1:
            raise GenerationError(
                f"has lost passages of {stored['path']!r}", where=str(folder), hint=_HINT
            )
