"""Verifying a generation: that it opens, holds what its manifest says, and answers."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np

from index.analysis import stems, tokenize
from index.codec.repeats import Repeats
from index.codec.segment import Segment, open_segments
from index.errors import GenerationError
from index.generations import Generation, check_files

_CANARIES = 20
_HINT = "run: dateline reindex --full"


def verify_generation(generation: Generation) -> None:
    """Check a sealed generation: checksums of all files and their blocks, counts, canary queries.

    Raises GenerationError at the first thing that is not as it should be.
    """
    check_files(generation)
    for segment in open_segments(generation.index_folder):
        segment.verify()
    Repeats(generation.index_folder).verify()
    manifest = generation.manifest
    verify_index(generation.index_folder, manifest.releases, manifest.passages)


def verify_index(
    folder: Path,
    releases: int,
    passages: int | None = None,
    only: Collection[str] | None = None,
) -> int:
    """Check that an index opens, holds this many releases, and finds its own releases again.

    With ``passages`` their number is checked too; with ``only`` (names of segments) the others
    are opened and counted, but not asked for their releases. Returns the number of passages.
    Raises GenerationError when anything is not as it should be.
    """
    segments = open_segments(folder)
    held = [segment.entry.live_passages for segment in segments]
    found = sum(segment.entry.live_releases for segment in segments), sum(held)
    _check_counts(folder, found, (releases, passages))
    asked = [segment for segment in segments if only is None or segment.name in only]
    for segment in asked:
        _check_canaries(segment, folder, -(-_CANARIES // len(asked)))
    return sum(held)


def _check_counts(folder: Path, found: tuple[int, int], wanted: tuple[int, int | None]) -> None:
    for count, expected, noun in zip(found, wanted, ("releases", "passages"), strict=True):
        if expected is not None and count != expected:
            what = f"holds {count} {noun}, not {expected}"
            raise GenerationError(what, where=str(folder), hint=_HINT)


def _check_canaries(segment: Segment, folder: Path, count: int) -> None:
    """Look up live releases spread over a segment by their id and a word of their title."""
    deleted = segment.deleted
    live = np.arange(segment.releases) if deleted is None else np.flatnonzero(~deleted)
    for ordinal in live[:: max(1, live.size // count)].tolist():
        header, passages = segment.stored.group(ordinal)
        path = header["path"]
        if segment.find(header["id"]) is None or not _finds_by_title(segment, ordinal, header):
            what = f"does not find its own release {path!r}"
            raise GenerationError(what, where=str(folder), hint=_HINT)
        begin, end = segment.passage_start[ordinal : ordinal + 2].tolist()
        if not end - begin == header["passages"] == len(passages):
            what = f"has lost passages of {path!r}"
            raise GenerationError(what, where=str(folder), hint=_HINT)


def _finds_by_title(segment: Segment, ordinal: int, header: dict[str, Any]) -> bool:
    tokens = tokenize(header["title"])
    if not tokens:
        return True
    stem = segment.text.terms.find(stems(tokens[0].term)[0])
    return stem >= 0 and ordinal in segment.text.postings(stem)[0]
