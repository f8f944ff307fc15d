"""Reading what the index stores of a release."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from index.model import BlockKind
from search.columnar_postings import ColumnarPostings
from search.request import Version
from search.stored import StoredPassage, StoredQuote, StoredRelease

_passage: Callable[[tuple[int, BlockKind, str]], StoredPassage] = partial(
    tuple.__new__, StoredPassage
)
"""Makes a named tuple of a tuple: a third of the time that naming its fields takes."""
_SAME = (BlockKind.CONTACT, BlockKind.BOILERPLATE)


class StoredReader:
    """Reads stored releases for one search, each of them once; not for several threads."""

    def __init__(self, postings: ColumnarPostings) -> None:
        self._postings = postings
        self._known: dict[int, StoredRelease] = {}

    def __call__(self, ordinal: int) -> StoredRelease:
        """Return a release as stored, with its passages."""
        found = self._known.get(ordinal)
        if found is None:
            found = self._known[ordinal] = read_stored(self._postings, ordinal, True)
        return found


def read_stored(postings: ColumnarPostings, ordinal: int, with_passages: bool) -> StoredRelease:
    """Return a release as stored, its passages only where they are asked for.

    Passages that stand in many releases are boilerplate. Raises GenerationError when what is read
    is damaged.
    """
    segment, local = postings.part_of(ordinal)
    if with_passages:
        value, rows = segment.stored.group(local)
    else:
        value, rows = segment.stored.header(local), []
    kinds = postings.kinds_of(ordinal) if rows else ()
    quotes, people = value.get("quotes", ()), value["people"]
    return StoredRelease(
        value["id"],
        value["path"],
        value["url"],
        value["title"],
        value["summary"],
        value["date"],
        value["date_source"],
        value["dateline"],
        value["source"],
        value["lang"],
        tuple(map(tuple, people)),
        tuple(map(tuple, value["places"])),
        value["passages"],
        tuple(
            [
                _passage((number, kind, text))
                for (number, _, text), kind in zip(rows, kinds, strict=True)
            ]
        ),
        tuple([_version(postings, other) for other in postings.columns.versions.others(ordinal)]),
        tuple(
            [
                StoredQuote(number, start, end, people[person][0], rule)
                for number, start, end, person, rule in quotes
            ]
        ),
    )


def _version(postings: ColumnarPostings, ordinal: int) -> Version:
    segment, local = postings.part_of(ordinal)
    header = segment.stored.header(local)
    return Version(header["id"], header["title"], header["date"])


def telling_text(stored: StoredRelease) -> str:
    """Return the text of a release, without what is the same under every release."""
    return "\n".join([p.text for p in stored.passages if p.kind not in _SAME])
