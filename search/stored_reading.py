"""Reading what the index stores of a release."""

from __future__ import annotations

from index.model import BlockKind
from search.columnar_postings import ColumnarPostings
from search.request import Version
from search.stored import StoredPassage, StoredQuote, StoredRelease

_KINDS = {kind.value: kind for kind in BlockKind}


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
    repeated = postings.repeated_passages(ordinal) if with_passages else ()
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
        people=tuple(map(tuple, value["people"])),
        places=tuple(map(tuple, value["places"])),
        passages_total=value["passages"],
        passages=tuple(
            [
                StoredPassage(n, BlockKind.BOILERPLATE if n in repeated else _KINDS[kind], text)
                for n, kind, text in rows
            ]
        ),
        versions=tuple(
            [_version(postings, other) for other in postings.columns.versions.others(ordinal)]
        ),
        quotes=tuple(
            [
                StoredQuote(number, start, end, value["people"][person][0], rule)
                for number, start, end, person, rule in value.get("quotes", ())
            ]
        ),
    )


def _version(postings: ColumnarPostings, ordinal: int) -> Version:
    segment, local = postings.part_of(ordinal)
    header = segment.stored.header(local)
    return Version(header["id"], header["title"], header["date"])
