"""What people say in a release, passage by passage."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from index.model import IndexedRelease


class SpokenPiece(NamedTuple):
    """What stands of a quotation in one passage: characters of its text, half open."""

    number: int
    start: int
    end: int
    speaker: str
    rule: str


def spoken_pieces(indexed: IndexedRelease) -> list[SpokenPiece]:
    """Return the quotations whose speakers are known, cut at the edges of passages, in order.

    No two overlap: of two that do the first stands.
    """
    passages = indexed.passages
    firsts = [passage.start for passage in passages]
    pieces: list[SpokenPiece] = []
    reached = 0
    for quote in sorted(indexed.quotes, key=lambda one: one.start):
        start = max(quote.start, reached)
        if not quote.speaker or start >= quote.end:
            continue
        for passage in passages[max(0, bisect_right(firsts, start) - 1) :]:
            if passage.start >= quote.end:
                break
            begin, end = max(start, passage.start), min(quote.end, passage.end)
            if begin < end:
                inside = begin - passage.start, end - passage.start
                pieces.append(SpokenPiece(passage.number, *inside, quote.speaker, quote.rule))
        reached = quote.end
    return pieces
