"""Numbers of terms and stems that last from text to segment: no term is looked up twice."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from index.analysis import stem, stems
from index.codec.sketches import term_hash

Codes = npt.NDArray[np.int32]


class Ordered:
    """The order of strings in a list that grows."""

    def __init__(self, strings: list[str]) -> None:
        self.strings = strings
        self._known = np.empty(0, np.int32)

    def chosen(self, present: npt.NDArray[np.bool_]) -> Codes:
        """Return the numbers of strings that are ``present``, bool (strings,), in their order.

        What was in order once is a run that sorting finds: most of the strings, in a third of the
        time. All are put in order whenever a quarter has come to them.
        """
        of = self.strings.__getitem__
        size = self._known.size
        if 4 * size < 3 * present.size:
            everything = [*self._known.tolist(), *range(size, present.size)]
            self._known = np.array(sorted(everything, key=of), np.int32)
            return self._known[present[self._known]]
        known = self._known[present[self._known]]
        new = np.flatnonzero(present[size:]) + size
        return np.array(sorted([*known.tolist(), *new.tolist()], key=of), np.int32)


class Lexicon:
    """Numbers for surface terms and stems, counted from 0 as they are first met.

    Not for several threads at once. It only grows.
    """

    def __init__(self) -> None:
        self.terms: list[str] = []
        """Surface terms by number."""
        self.stems: list[str] = []
        """Stems by number."""
        self.hashes = array("Q")
        """By surface term: its ``term_hash``."""
        self.own_stems = array("i")
        """By surface term: the number of its own stem."""
        self.terms_in_order, self.stems_in_order = Ordered(self.terms), Ordered(self.stems)
        self._with_more = array("i")  # with the next: pairs of a term and another stem of it
        self._more_stems = array("i")
        self._term_numbers: dict[str, int] = {}
        self._stem_numbers: dict[str, int] = {}

    def more_stems(self) -> tuple[Codes, Codes]:
        """Return the stems that terms have beside their own: pairs of both, terms ascending."""
        return np.array(self._with_more, np.int32), np.array(self._more_stems, np.int32)

    def term(self, term: str) -> int:
        """Return the number of a surface term."""
        number = self._term_numbers.get(term)
        if number is None:
            number = self._term_numbers[term] = len(self.terms)
            self.terms.append(term)
            self.hashes.append(term_hash(term))
            # Past the cache of ``stems``: the answer is kept here.
            own, *more = stems.__wrapped__(term)
            self.own_stems.append(self._stem(own))
            for other in more:
                self._with_more.append(number)
                self._more_stems.append(self._stem(other))
        return number

    def stem_of(self, word: str) -> int:
        """Return the number of the stem of a word that is no term itself."""
        return self._stem(stem(word))

    def _stem(self, value: str) -> int:
        number = self._stem_numbers.get(value)
        if number is None:
            number = self._stem_numbers[value] = len(self.stems)
            self.stems.append(value)
        return number

    def taken_over(self, other: Lexicon, terms: Codes, stems: Codes) -> tuple[Codes, Codes]:
        """Return terms and stems, numbers of another lexicon, by the numbers they have here."""
        return (
            _renumbered(terms, other.terms, self.term),
            _renumbered(stems, other.stems, self._stem),
        )


def _renumbered(numbers: Codes, names: Sequence[str], number_of: Callable[[str], int]) -> Codes:
    distinct, places = np.unique(numbers, return_inverse=True)
    found = np.fromiter((number_of(names[n]) for n in distinct.tolist()), np.int32, distinct.size)
    return found[places]
