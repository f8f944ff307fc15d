"""Values for places found in a release, before they are joined into entities."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple


class Spot(NamedTuple):
    """A place found: canonical name, offsets in the release, the rule, whether it is certain.

    What is not certain counts only if the same place is certain elsewhere in the release.
    """

    name: str
    start: int
    end: int
    rule: str
    certain: bool


class Spans:
    """Stretches of text that do not overlap one another, for asking what overlaps them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._ends = [end for _, end in self._spans]

    def overlap(self, start: int, end: int) -> bool:
        """Whether any of the spans shares a character with ``[start, end)``."""
        number = bisect_left(self._ends, start + 1)
        return number < len(self._spans) and self._spans[number][0] < end

    def cover(self, start: int, end: int) -> bool:
        """Whether one of the spans holds all of ``[start, end)``."""
        number = bisect_left(self._ends, end)
        return number < len(self._spans) and self._spans[number][0] <= start
