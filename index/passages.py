"""Passages: the paragraph-sized pieces of a release that are searched and linked to.

Every passage is a slice of the release's text. Between two passages there is white space only,
so the passages with what lies between them are the text again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.model import BLOCK_SEPARATOR, BlockKind, Passage, Release
from index.sentences import sentence_starts

PASSAGES_VERSION = 2
"""Raise it when the same release would be split in another way."""

MIN_WORDS = 60
"""Pieces of fewer words are joined with a neighbour of the same kind."""
MAX_WORDS = 160
"""Pieces of more words are split, at sentence ends where there are any."""

_JOINABLE = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST, BlockKind.CONTACT}
    | {BlockKind.BOILERPLATE}
)
_WORD = re.compile(r"\S+")
_Piece = tuple[int, int, int]
"""Start, end, number of words."""


def split_passages(release: Release) -> tuple[Passage, ...]:
    """Cut a release into passages numbered from 1, in reading order.

    Neighbouring short blocks of one kind share a passage and long ones are cut, so that most hold
    60 to 160 words; a passage never holds two kinds. Titles, summaries, headings and captions
    stand alone.
    """
    passages: list[Passage] = []
    for kind, pieces in _runs(release):
        joined = _join_short(pieces) if kind in _JOINABLE else pieces
        for start, end, _ in joined:
            text = release.text[start:end]
            passages.append(Passage(len(passages) + 1, kind, start, end, text))
    return tuple(passages)


def _runs(release: Release) -> Iterator[tuple[BlockKind, list[_Piece]]]:
    """Yield each run of blocks of one kind as pieces of at most MAX_WORDS words."""
    run: list[_Piece] = []
    kind: BlockKind | None = None
    offset = 0
    for block in release.blocks:
        if kind is not None and block.kind != kind:
            yield kind, run
            run = []
        kind = block.kind
        run.extend(_pieces(block.text, offset))
        offset += len(block.text) + len(BLOCK_SEPARATOR)
    if kind is not None:
        yield kind, run


def _pieces(text: str, offset: int) -> Iterator[_Piece]:
    words = [match.span() for match in _WORD.finditer(text)]
    begins = frozenset(sentence_starts(text)) if len(words) > MAX_WORDS else frozenset()
    first = 0
    while first < len(words):
        count = _piece_length(words, first, begins)
        start, end = words[first][0], words[first + count - 1][1]
        yield offset + start, offset + end, count
        first += count


def _piece_length(words: list[tuple[int, int]], first: int, begins: frozenset[int]) -> int:
    """Return how many words from ``first`` on make the next piece of a block.

    A long rest is cut at the sentence or line end nearest to an even share of it, or at the word
    bound there when it has no such end within the limits. ``begins``: where sentences begin.
    """
    left = len(words) - first
    if left <= MAX_WORDS:
        return left
    share = -(-left // -(-left // MAX_WORDS))
    ends = [
        count
        for count in range(MIN_WORDS, MAX_WORDS + 1)
        if left - count >= MIN_WORDS // 2 and words[first + count][0] in begins
    ]
    return min(ends, key=lambda count: abs(count - share)) if ends else share


def _join_short(pieces: list[_Piece]) -> list[_Piece]:
    """Join each piece that is too short with the one after it, a short last one with the last."""
    joined: list[_Piece] = []
    for index, (start, end, count) in enumerate(pieces):
        if joined:
            before_start, _, before = joined[-1]
            tail = index == len(pieces) - 1 and count < MIN_WORDS // 2
            if (before < MIN_WORDS or tail) and before + count <= MAX_WORDS:
                joined[-1] = (before_start, end, before + count)
                continue
        joined.append((start, end, count))
    return joined
