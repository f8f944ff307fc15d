"""Where sentences begin and who is quoted where: places in the tokens of a batch, a segment.

In a batch they count its tokens; in a segment they are positions (``docs/index-format.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.codec.spots import Spot
from index.model import BLOCK_SEPARATOR, IndexedRelease
from index.quotations import spoken_pieces

Places = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """Sentences and quotations, whole numbers in the order of the text.

    ``sentences``: the first token of each sentence. ``begins`` and ``ends`` (Q,): the first token
    of each quotation and the one after its last; no two overlap and none leaves its passage.
    ``speakers`` (Q,): the number of the person who is quoted, among the values of the facet.
    """

    sentences: Places
    begins: Places
    ends: Places
    speakers: Places


def quotation_spots(
    releases: Sequence[IndexedRelease], paragraphs: Sequence[Sequence[str]]
) -> tuple[list[Spot], list[str]]:
    """Return where quotations begin and end, in turn, among all paragraphs; and who speaks.

    ``paragraphs`` are those of each passage of all the releases.
    """
    spots: list[Spot] = []
    speakers: list[str] = []
    first_passage = first_text = at = 0
    for indexed in releases:
        for piece in spoken_pieces(indexed) if indexed.quotes else ():
            passage = first_passage + piece.number - 1
            while at < passage:
                first_text += len(paragraphs[at])
                at += 1
            spots.append(_spot(paragraphs[passage], first_text, piece.start))
            spots.append(_spot(paragraphs[passage], first_text, piece.end))
            speakers.append(piece.speaker)
        first_passage += len(indexed.passages)
    return spots, speakers


def _spot(paragraphs: Sequence[str], first: int, at: int) -> Spot:
    """Return a place in a passage as one in one of its paragraphs."""
    for number, text in enumerate(paragraphs):
        if at <= len(text):
            return first + number, max(0, at)
        at -= len(text) + len(BLOCK_SEPARATOR)
    return first + len(paragraphs) - 1, len(paragraphs[-1])
