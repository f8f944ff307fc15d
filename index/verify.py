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


def verify_index(folder: Path, releases: int, passages: int | None = None) -> int:
    """Check that an index opens, holds this many releases, and finds its own releases again.

    With ``passages`` their number is checked too. Returns the number of passages. Raises
    GenerationError when anything is not as it should be.
    """
    try:
        files: FileIndex = whoosh_files.open_dir(str(folder))
    except Exception as error:
        raise GenerationError(f"does not open: {error}", where=str(folder), hint=_HINT) from error
    try:
        with files.searcher() as searcher:
            numbers = list(searcher.docs_for_query(query.Term("level", "release")))
            held = int(searcher.doc_count()) - len(numbers)
            _check_counts(folder, (len(numbers), held), (releases, passages))
            _check_canaries(searcher, folder, numbers)
            return held
    finally:
        files.close()


def _check_counts(folder: Path, found: tuple[int, int], wanted: tuple[int, int | None]) -> None:
    for count, expected, noun in zip(found, wanted, ("releases", "passages"), strict=True):
        if expected is not None and count != expected:
            what = f"holds {count} {noun}, not {expected}"
            raise GenerationError(what, where=str(folder), hint=_HINT)


def _check_canaries(searcher: Searcher, folder: Path, numbers: list[int]) -> None:
    """Look up releases spread over the index by a word of their title."""
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
