"""The texts of a page of results as arrays: joined, in letter codes, cut into runs.

A *run* is a row of letters and digits between two signs or separators, a *chunk* what lies
between two separators (see ``search.letter_codes``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from search.letter_codes import FIRST_LETTER, ODD, SEPARATOR, letter_codes
from search.needles import LONGEST

Ints = npt.NDArray[np.intp]
Keys = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]

_GAP = bytes([SEPARATOR])
MASKS = np.array([(1 << 8 * size) - 1 for size in range(LONGEST + 1)], np.uint64)
"""By number of letters: the bits of a key that they take."""


class Page:
    """Texts joined, as letter codes and runs.

    ``starts`` and ``ends`` (intp, one item per run) are the runs' characters in ``text``, ``first``
    and ``second`` (uint8) the codes of their first two characters, ``bases`` (intp, one item per
    text) where each text begins. ``open`` (bool) tells of a run that what lies before it or after
    it may belong to the same token, or that it holds an odd letter.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        # Line ends are separators, and enough of them to read a whole key at the last run.
        self.text = "\n".join(("", *texts, "\n" * LONGEST))
        lengths = np.fromiter(map(len, texts), np.intp, len(texts))
        self.bases: Ints = (lengths + 1).cumsum() - lengths
        self.codes = letter_codes(self.text)
        self._bytes = np.frombuffer(self.codes, np.uint8)
        letters = self._bytes >= FIRST_LETTER
        bounds = (letters[1:] != letters[:-1]).nonzero()[0] + 1
        self.starts: Ints = np.ascontiguousarray(bounds[0::2])
        self.ends: Ints = np.ascontiguousarray(bounds[1::2])
        self.first = self._bytes.take(self.starts)
        self.second = self._bytes.take(self.starts + 1)
        self._keys = np.ndarray((len(self.codes) - 7,), "<u8", self.codes, strides=(1,))
        self._find_open()

    def _find_open(self) -> None:
        after = self._bytes.take(self.ends)
        # Nearly every run ends before a separator: what begins the next one is looked at for few.
        signed = (after[:-1] != SEPARATOR).nonzero()[0]
        before_next = self._bytes.take(self.starts.take(signed + 1) - 1)
        self.tied: Ints = signed[before_next != SEPARATOR]
        """Runs that may be one token with the next one."""
        self.open: Mask = np.zeros(self.starts.size, bool)
        self.open[self.tied] = self.open[self.tied + 1] = True
        if b"+" in self.codes or b"#" in self.codes:
            self.open |= (after == ord("+")) | (after == ord("#"))
        self.odd: Ints = np.zeros(0, np.intp)
        """Runs that hold an odd letter."""
        if ODD in self.codes:
            places = (self._bytes == ODD).nonzero()[0]
            self.odd = np.unique(self.starts.searchsorted(places, side="right") - 1)
            self.open[self.odd] = True

    def lengths(self, runs: Ints) -> Ints:
        """Return the number of letters of each of the runs."""
        return self.ends.take(runs) - self.starts.take(runs)

    def keys(self, runs: Ints, lengths: Ints | None = None) -> Keys:
        """Return the first 8 codes of each run as an integer, 0 for what is not there.

        ``lengths`` are those of the runs, when they are known.
        """
        sizes = np.minimum(self.lengths(runs) if lengths is None else lengths, LONGEST)
        found: Keys = self._keys[self.starts.take(runs)] & MASKS.take(sizes)
        return found

    def tails(self, runs: Ints) -> Keys:
        """Return the last 8 codes of each run, which must have as many, as an integer."""
        found: Keys = self._keys[self.ends.take(runs) - LONGEST]
        return found

    def text_of(self, places: Ints) -> Ints:
        """Return the number of the text that holds each of the characters."""
        return self.bases.searchsorted(places, side="right") - 1

    def chunk(self, first: int, last: int) -> tuple[int, int]:
        """Return where the chunks of two runs begin and end."""
        start = self.codes.rfind(_GAP, 0, int(self.starts[first])) + 1
        return start, self.codes.find(_GAP, int(self.ends[last]))


def flags(numbers: Collection[int], size: int) -> Mask:
    """Return an array of ``size`` that is True at the numbers."""
    found: Mask = np.zeros(size, bool)
    found[[*numbers]] = True
    return found
