"""Which values of a facet may hold given words: one look through all of them at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from index.charsets import fold
from index.codec.dictionary import TermDictionary

_END = b"\x1f"
"""Stands between two values; no value holds it."""
_LETTERS = re.compile(r"[^\W\d_\u0590-\u05ff]+")
"""Letters that stand in a term as in the folded value: not Hebrew ones, whose marks go."""


class FacetWords:
    """The folded values of a facet of one segment as one text, made at the first question.

    Takes as much memory as the values themselves.
    """

    def __init__(self, values: TermDictionary) -> None:
        self._values = values

    def candidates(self, terms: Sequence[str]) -> Sequence[int]:
        """Return the ids of the values that may hold the surface terms; none else does."""
        runs = _LETTERS.findall(" ".join(terms))
        if not runs:
            return range(self._values.size)
        needle = max(runs, key=len).encode("utf-8", "surrogatepass")
        text, ends = self._text
        places = []
        at = text.find(needle)
        while at >= 0:
            # The run is a whole one in the term, so it is one in the value.
            before, after = text[at - 1 : at], text[at + len(needle) : at + len(needle) + 1]
            if not (before.isalpha() or after.isalpha()):  # as bytes: ASCII letters
                places.append(at)
            at = text.find(needle, at + 1)
        ids: list[int] = np.unique(np.searchsorted(ends, places)).tolist()
        return ids

    @cached_property
    def _text(self) -> tuple[bytes, np.ndarray]:
        """The values folded, and where each ends."""
        folded = [
            value.lower() if value.isascii() else fold(value) for value in self._values.terms()
        ]
        text = _END.join(value.encode("utf-8", "surrogatepass") for value in folded)
        return text, np.flatnonzero(np.frombuffer(text, np.uint8) == _END[0])
