"""Posting lists of a segment as Whoosh's matchers: arrays that are stepped through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.formats import Format
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo
from whoosh.system import pack_uint

from index.codec.integers import Ints

Numbers = npt.NDArray[np.int64]

BLOCK = 128
"""Postings whose best score Whoosh is told together, so that it can leave them out."""


@dataclass(frozen=True, slots=True)
class PostingList:
    """The documents that hold one term, n of them.

    ``documents`` are their numbers in the segment, ascending, int64 of shape (n,); ``weights``
    int64 (n,), None where each is 1; ``lengths`` of the documents' fields int64 (n,), None for
    fields that are not ranked. ``positions`` (int32, in the passage) has those of document i from
    ``starts[i]`` to before ``starts[i + 1]``; both are None for fields without.
    """

    documents: Numbers
    weights: Numbers | None = None
    lengths: Numbers | None = None
    positions: Ints | None = None
    starts: Numbers | None = None

    def info(self) -> TermInfo:
        """Return the statistics of the term."""
        size = self.documents.size
        return TermInfo(
            weight=float(size if self.weights is None else self.weights.sum()),
            df=int(size),
            minlength=0 if self.lengths is None else int(self.lengths.min()),
            maxlength=0 if self.lengths is None else int(self.lengths.max()),
            maxweight=1.0 if self.weights is None else float(self.weights.max()),
            minid=int(self.documents[0]),
            maxid=int(self.documents[-1]),
        )


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """Steps through a posting list."""

    def __init__(
        self, postings: PostingList, format_: Format, term: tuple[str, bytes], scorer: Any = None
    ) -> None:
        self.postings = postings
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._documents = postings.documents
        self._at = 0

    def is_active(self) -> bool:
        """Whether there is a current posting."""
        return self._at < self._documents.size

    def reset(self) -> None:
        """Go back to the first posting."""
        self._at = 0

    def copy(self) -> ArrayMatcher:
        """Return a matcher that stands at the same posting."""
        other = ArrayMatcher(self.postings, self.format, self._term, self.scorer)
        other._at = self._at
        return other

    def id(self) -> int:
        """Return the number of the current document."""
        return int(self._documents[self._at])

    def all_ids(self) -> Iterator[int]:
        """Return the numbers of the documents from the current one on."""
        return iter(self._documents[self._at :].tolist())

    def next(self) -> bool:
        """Go to the next posting and return whether it is of another block."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return self._at % BLOCK == 0

    def skip_to(self, id: int) -> bool:
        """Go to the first posting from here on whose number is not below ``id``."""
        if not self.is_active():
            raise ReadTooFar
        before = self._at // BLOCK
        self._at += int(np.searchsorted(self._documents[self._at :], id))
        return self._at // BLOCK != before

    def weight(self) -> float:
        """Return the weight of the term in the current document."""
        weights = self.postings.weights
        return 1.0 if weights is None else float(weights[self._at])

    def value(self) -> bytes:
        """Return the current posting's value in Whoosh's own encoding of the format."""
        if self.postings.positions is not None:
            return bytes(self.format.encode(self._positions()))
        return b"" if self.postings.weights is None else bytes(pack_uint(int(self.weight())))

    def value_as(self, astype: str) -> Any:
        """Return the current posting's ``frequency``, ``weight``, ``positions`` ..."""
        if astype == "positions" and self.postings.positions is not None:
            return self._positions()
        if astype == "frequency":
            return int(self.weight())
        return super().value_as(astype)

    def _positions(self) -> list[int]:
        positions, starts = self.postings.positions, self.postings.starts
        assert positions is not None
        assert starts is not None
        found: list[int] = positions[starts[self._at] : starts[self._at + 1]].tolist()
        return found

    def skip_to_quality(self, minquality: float) -> int:
        """Skip blocks that hold nothing above a score and return how many."""
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._at = (self._at // BLOCK + 1) * BLOCK
            skipped += 1
        return skipped

    def block_min_length(self) -> int:
        """Return the shortest length of a field in the block."""
        lengths = self.postings.lengths
        return 0 if lengths is None else int(lengths[self._block()].min())

    def block_max_length(self) -> int:
        """Return the greatest length of a field in the block."""
        lengths = self.postings.lengths
        return 0 if lengths is None else int(lengths[self._block()].max())

    def block_max_weight(self) -> float:
        """Return the greatest weight in the block."""
        weights = self.postings.weights
        return 1.0 if weights is None else float(weights[self._block()].max())

    def _block(self) -> slice:
        start = self._at // BLOCK * BLOCK
        return slice(start, start + BLOCK)
