"""The values of a facet by name: in alphabetical order, and found by pieces of their words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from index.charsets import fold
from search.release_sets import Ordinals

_END = "\x1f"
"""Stands between two names; no name holds it."""


class FacetNames:
    """The values of one facet, by number; made once for each generation, read-only."""

    def __init__(self, values: Sequence[str]) -> None:
        self.values = values
        self._folded = [fold(value) for value in values]

    @cached_property
    def rank(self) -> npt.NDArray[np.int32]:
        """The place of each value in alphabetical order, case and accents aside, int32, (V,)."""
        order = sorted(range(len(self.values)), key=lambda n: (self._folded[n], self.values[n]))
        rank = np.empty(len(order), np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        return rank

    @cached_property
    def initials(self) -> npt.NDArray[np.str_]:
        """The letter each value stands under: its first, folded, or ``#``, (V,)."""
        firsts = (name[:1] for name in self._folded)
        return np.array([first.upper() if first.isalpha() else "#" for first in firsts], "U2")

    def holding(self, text: str) -> Ordinals:
        """Return the numbers (ascending) of the values in which all words of a text begin a word.

        ``benj net`` finds ``Benjamin Netanyahu``; case and accents do not matter.
        """
        found: set[int] | None = None
        for word in fold(text).split():
            places = _beginnings(self._text, word)
            numbers = set(np.searchsorted(self._ends, places, side="left").tolist())
            found = numbers if found is None else found & numbers
        if found is None:
            return np.arange(len(self.values))
        return np.array(sorted(found), np.intp)

    @cached_property
    def _text(self) -> str:
        return _END.join(self._folded)

    @cached_property
    def _ends(self) -> npt.NDArray[np.int64]:
        """Where each name ends in the text of all."""
        return np.cumsum([len(name) + 1 for name in self._folded], dtype=np.int64) - 1


def _beginnings(text: str, word: str) -> list[int]:
    """Return where a word of a text begins so. Many times quicker than a pattern is."""
    places = []
    at = text.find(word)
    while at >= 0:
        if not text[at - 1 : at].isalnum():
            places.append(at)
        at = text.find(word, at + 1)
    return places
