"""Which values of a facet may hold given words: one look through all of them at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from index.analysis import surface_terms
from index.charsets import fold
from index.codec.dictionary import TermDictionary

_END = b"\x1f"
"""Stands between two values; no value holds it."""
_NOT_ASCII = 0x80
_WIDE = 8
_KEPT = 1_024
"""Words whose places among the keys are kept."""
_IN_WORD = np.zeros(256, np.bool_)
_IN_WORD[[*range(ord("0"), ord("9") + 1), *range(ord("a"), ord("z") + 1), *range(128, 256)]] = True
_WORDS = re.compile(rb"[0-9a-z\x80-\xff]+")
_LOW_BYTES = np.array([(1 << (8 * size)) - 1 for size in range(_WIDE + 1)], np.uint64)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_MIX_LAST = np.uint64(0xC2B2AE3D27D4EB4F)
_LETTERS = re.compile(r"[^\W\d_\u0590-\u05ff]+")
"""Letters that stand in a term as in the folded value: not Hebrew ones, whose marks go."""


class FacetWords:
    """The folded values of a facet of one segment as one text, made at the first question.

    Takes as much memory as the values themselves.
    """

    def __init__(self, values: TermDictionary, sizes: npt.NDArray[np.integer[Any]]) -> None:
        """Read ``values``; of each, ``sizes`` says how many releases have it."""
        self._values = values
        self._sizes = sizes
        self._ranges: dict[str, tuple[int, int]] = {}

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

    def with_terms(self, terms: Sequence[str]) -> list[int]:
        """Return the ids of the values that hold these surface terms in this order."""
        found = []
        for number in self.candidates(terms):
            words = iter(surface_terms(self._values.term(number)))
            if all(term in words for term in terms):
                found.append(number)
        return found

    def knows(self, word: str) -> bool:
        """Whether any value holds a word (folded, letters and digits), or one with its key."""
        first, last = self._range(word)
        return first < last

    def reach(self, word: str) -> int:
        """Return how many releases there are at most with a value that holds a word."""
        first, last = self._range(word)
        return int(self._reached[last] - self._reached[first]) if first < last else 0

    def holding(self, words: Sequence[str]) -> npt.NDArray[np.intp]:
        """Return the ids of the values that hold words (folded, letters and digits) in a row."""
        _, order, owners = self._index
        found: npt.NDArray[np.intp] | None = None
        for place, word in enumerate(words):
            first, last = self._range(word)
            if first == last:
                return np.empty(0, np.intp)
            starts = order[first:last] - place if place else order[first:last]
            if found is not None:
                kept = starts.take(starts.searchsorted(found), mode="clip") == found
                starts = found[kept]
            found = starts
        if found is None or not found.size:
            return np.empty(0, np.intp)
        ids = owners.take(found)
        if len(words) > 1:
            ids = ids[ids == owners.take(found + len(words) - 1, mode="clip")]
        return ids[np.diff(ids, prepend=-1).nonzero()[0]]

    def _range(self, word: str) -> tuple[int, int]:
        """Return where the keys of a word begin and end; a search asks several times."""
        known = self._ranges.get(word)
        if known is None:
            keys, key = self._index[0], _key_of(word)
            first = int(keys.searchsorted(key))
            known = first, int(keys.searchsorted(key, side="right"))
            if len(self._ranges) >= _KEPT:
                self._ranges.clear()
            self._ranges[word] = known
        return known

    @cached_property
    def _index(self) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """The words of all values: keys ascending, the number of each, and each one's value."""
        text, ends = self._text
        keys, starts = _keys(text)
        order = np.argsort(keys, kind="stable")
        return keys[order], order, ends.searchsorted(starts)

    @cached_property
    def _reached(self) -> npt.NDArray[np.int64]:
        """The sums of the sizes of the values of the words before each, and of all."""
        _, order, owners = self._index
        reached = np.zeros(order.size + 1, np.int64)
        np.cumsum(self._sizes.take(owners.take(order)), out=reached[1:])
        return reached

    @cached_property
    def _text(self) -> tuple[bytes, np.ndarray]:
        """The values folded, and where each ends."""
        text = self._values.joined(_END).lower()  # of ASCII letters, as ``fold`` does
        letters = np.frombuffer(text, np.uint8)
        ends = (letters == _END[0]).nonzero()[0]
        others = np.unique(ends.searchsorted((letters >= _NOT_ASCII).nonzero()[0])).tolist()
        if not others:
            return text, ends
        bounds = [-1, *ends.tolist(), len(text)]
        pieces: list[bytes] = []
        done = 0
        for number in others:  # few: the others are not made strings of
            folded = fold(self._values.term(number)).encode("utf-8", "surrogatepass")
            pieces += (text[done : bounds[number] + 1], folded)
            done = bounds[number + 1]
        text = b"".join((*pieces, text[done:]))
        return text, (np.frombuffer(text, np.uint8) == _END[0]).nonzero()[0]


@lru_cache(maxsize=4_096)
def _key_of(word: str) -> np.uint64:
    """Return the key of a word, as ``_keys``; of what is no single word one that none has."""
    words = _WORDS.findall(word.encode("utf-8", "surrogatepass"))
    if len(words) != 1:
        return np.uint64(0)
    written: bytes = words[0]
    key = int.from_bytes(written[:_WIDE], "little") * int(_MIX)
    if len(written) > _WIDE:
        key ^= int.from_bytes(written[-_WIDE:], "little") * int(_MIX_LAST)
    return np.uint64((key ^ len(written) << 56) & 0xFFFFFFFFFFFFFFFF)


def _keys(text: bytes) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.intp]]:
    """Return a key of each word of a folded text (64 bits, equal words alike), and its start.

    Made of the first and the last eight bytes and the length: names that agree in all three are
    as good as never different.
    """
    padded = np.frombuffer(bytes(_WIDE) + text + bytes(_WIDE), np.uint8)
    written = _IN_WORD[padded]
    edges = (written[1:] != written[:-1]).nonzero()[0] + 1
    starts, stops = edges[0::2], edges[1::2]
    sizes = stops - starts
    wide = np.ndarray((padded.size - _WIDE + 1,), "<u8", padded, 0, (1,))
    keys = wide[starts] & _LOW_BYTES[np.minimum(sizes, _WIDE)]
    long = (sizes > _WIDE).nonzero()[0]
    keys *= _MIX
    keys[long] ^= wide[stops[long] - _WIDE] * _MIX_LAST
    keys ^= sizes.astype(np.uint64) << np.uint64(56)
    return keys, starts - _WIDE
