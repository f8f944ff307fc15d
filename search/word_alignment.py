"""Where in a passage a sentence stands almost, and word by word how the two differ; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from index.analysis import Token

_Op = tuple[str, int, int]
"""A step: what it is, and the places in the quote and the passage (-1 where there is none)."""


class Side(StrEnum):
    """Who has a run of words: both, only the quote that was asked about, only the archive."""

    BOTH = "both"
    QUOTE = "quote"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that both have, or one of them alone; as the archive writes it if it can."""

    side: Side
    text: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """The stretch of a passage (first and last token) that is nearest to a quote.

    ``distance`` counts words put in, left out or exchanged.
    """

    distance: int
    first: int
    last: int
    steps: tuple[_Op, ...]


def align(quote: Sequence[str], passage: Sequence[str]) -> Alignment | None:
    """Return the stretch of the passage with the least edit distance to the whole quote.

    Both are surface terms. What stands before and after the stretch costs nothing. None when no
    word is shared. Sellers, "The theory and computation of evolutionary distances", 1980.
    """
    width = len(passage)
    rows = [[0] * (width + 1)]
    for place, wanted in enumerate(quote, 1):
        above = rows[-1]
        row = [place]
        for column, term in enumerate(passage, 1):
            swap = above[column - 1] + (term != wanted)
            row.append(min(swap, above[column] + 1, row[column - 1] + 1))
        rows.append(row)
    last = rows[-1]
    end = min(range(width + 1), key=last.__getitem__)
    while end < width and last[end + 1] == last[end]:  # a word exchanged, not one left out
        end += 1
    steps = _trace(rows, quote, passage, end)
    if all(side != Side.BOTH for side, _, _ in steps):
        return None
    places = [at for _, _, at in steps if at >= 0]
    return Alignment(last[end], min(places), max(places), tuple(steps))


def _trace(
    rows: Sequence[Sequence[int]], quote: Sequence[str], passage: Sequence[str], end: int
) -> list[_Op]:
    """Walk back from the end of the best stretch to where the quote begins."""
    steps: list[_Op] = []
    at, column = len(quote), end
    while at:
        here = rows[at][column]
        same = column > 0 and quote[at - 1] == passage[column - 1]
        if column and here == rows[at - 1][column - 1] + (not same):
            at, column = at - 1, column - 1
            if same:
                steps.append((Side.BOTH, at, column))
            else:
                steps += [(Side.ARCHIVE, -1, column), (Side.QUOTE, at, -1)]
        elif here == rows[at - 1][column] + 1:
            at -= 1
            steps.append((Side.QUOTE, at, -1))
        else:
            column -= 1
            steps.append((Side.ARCHIVE, -1, column))
    return steps[::-1]


def pieces(
    found: Alignment,
    quote: tuple[str, Sequence[Token]],
    passage: tuple[str, Sequence[Token]],
) -> tuple[Piece, ...]:
    """Return the difference as runs of words, each with the text as it is written."""
    runs: list[Piece] = []
    for side, group in groupby(_gathered(found.steps), key=lambda step: step[0]):
        steps = list(group)
        text, tokens = quote if side == Side.QUOTE else passage
        places = [step[1] if side == Side.QUOTE else step[2] for step in steps]
        runs.append(Piece(Side(side), text[tokens[places[0]].start : tokens[places[-1]].end]))
    return tuple(runs)


def _gathered(steps: Sequence[_Op]) -> list[_Op]:
    """Put words exchanged one by one together: first all of the quote's, then the archive's."""
    order = {Side.QUOTE: 0, Side.ARCHIVE: 1}
    gathered: list[_Op] = []
    for both, group in groupby(steps, key=lambda step: step[0] == Side.BOTH):
        run = list(group)
        gathered += run if both else sorted(run, key=lambda step: order[Side(step[0])])
    return gathered
