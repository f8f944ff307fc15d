"""What a query is evaluated on: the releases that hold a term, and what an index must give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from search.columns import ReleaseColumns
from search.query import Near, Said
from search.ranking import Floats
from search.release_sets import Ordinals, found_in

_SEARCHED = 12
"""One binary search costs about as much as spreading this many weights,"""
_CLEARED = 8
"""spreading one as much as making room for this many."""


@dataclass(frozen=True, slots=True)
class TermHits:
    """Releases (ascending ordinals) and how often each has it (float32, above 0)."""

    releases: Ordinals
    weights: Floats

    def weights_at(self, ordinals: Ordinals, slots: int) -> Floats:
        """Return the weights of these releases (ascending), 0 where there is none."""
        size = self.releases.size
        if ordinals is self.releases or not size:
            return self.weights if size else np.zeros(ordinals.size, np.float32)
        if ordinals.size * _SEARCHED < size + slots // _CLEARED:
            places, found = found_in(ordinals, self.releases)
            return self.weights.take(places) * found
        spread = np.zeros(slots, np.float32)
        spread[self.releases] = self.weights
        return spread.take(ordinals)


class Postings(Protocol):
    """What the executor asks of an index."""

    @property
    def columns(self) -> ReleaseColumns:
        """The columns of the generation."""

    @property
    def norms(self) -> Floats:
        """The length norm of each release's text, float32 of shape (slots,)."""

    def stem(self, field: str, value: str) -> TermHits:
        """Releases with a stem in ``text`` or ``title``, with its weighted frequency."""

    def phrase(self, terms: tuple[str, ...], field: str) -> TermHits:
        """Releases with passages that hold the terms in a row, and how often."""

    def pattern(self, pattern: str, field: str) -> TermHits:
        """Releases that hold terms of the pattern (``*``, ``?``), and how often any of them."""

    def fuzzy(self, term: str, distance: int, field: str) -> TermHits:
        """Releases that hold terms at most so many letters away, and how often any of them."""

    def said(self, asked: Said) -> TermHits:
        """Releases that quote a person, saying what is asked, and how often they do."""

    def near(self, asked: Near) -> TermHits:
        """Releases with two words near each other, and how often the left one stands so."""
