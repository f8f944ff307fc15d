"""A sorted dictionary of terms, searched in the mapped file; one in 32 of them is loaded.

Terms are UTF-8 and sorted by their bytes, which is the order of their code points. A term's id is
its place in that order, so that terms with one prefix are a range of ids.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from index.codec.container import Array, SectionFile, SectionWriter
from index.codec.integers import Ints

_OTHER_ASCII, _DIGIT, _NOT_ASCII = 26, 27, 28
_CONTINUATION = 0x80
_KEPT = 4_096
"""Terms whose ids are kept: one search asks for the same up to four times."""
_SAMPLED = 32
"""One in so many terms is kept in memory: some 2 bytes for each term."""


def _letter_bits() -> npt.NDArray[np.uint32]:
    """Return for each byte the bit of its kind of character in a letter mask."""
    bits = np.full(256, _NOT_ASCII)
    bits[:128] = _OTHER_ASCII
    bits[ord("0") : ord("9") + 1] = _DIGIT
    bits[ord("a") : ord("z") + 1] = np.arange(26)
    return (np.uint32(1) << bits.astype(np.uint32)).astype(np.uint32)


_BITS = _letter_bits()


class TermDictionary:
    """The terms of one field of a segment. ``size`` terms have the ids 0 to size - 1."""

    def __init__(self, file: SectionFile, name: str) -> None:
        self._file = file
        self._name = name
        self._ends: Array = file.array(f"{name}.ends")
        self._blob = file.array(f"{name}.terms").data
        self.size = int(self._ends.size)
        self._found: dict[str, int] = {}

    def find(self, term: str) -> int:
        """Return the id of a term, or -1."""
        known = self._found.get(term)
        if known is not None:
            return known
        wanted = term.encode("utf-8", "surrogatepass")
        at = self._lower_bound(wanted)
        found = at if at < self.size and self._bytes(at) == wanted else -1
        if len(self._found) >= _KEPT:
            self._found.clear()
        self._found[term] = found
        return found

    def term(self, number: int) -> str:
        """Return the term with an id."""
        end = self._ends.item(number)
        start = self._ends.item(number - 1) if number else 0
        return str(self._blob[start:end], "utf-8", "surrogatepass")

    def terms(self, start: int = 0, stop: int | None = None) -> list[str]:
        """Return the terms with ids from ``start`` to before ``stop``."""
        stop = self.size if stop is None else min(stop, self.size)
        if start >= stop:
            return []
        first = self._start(start)
        ends = self._ends[start:stop] - np.uint32(first)
        blob = bytes(self._blob[first : first + int(ends[-1])])
        text = blob.decode("utf-8", "surrogatepass")
        if len(text) < len(blob):  # in characters: all that are no later bytes of one
            begins = (np.frombuffer(blob, np.uint8) & 0xC0) != _CONTINUATION
            ends = np.concatenate(([0], np.cumsum(begins)))[ends]
        # One text is cut: a third of the time of cutting bytes and decoding each piece.
        return [text[left:right] for left, right in pairwise([0, *ends.tolist()])]

    def joined(self, separator: bytes) -> bytes:
        """Return all terms as bytes, with a separator of one byte between them."""
        if not self.size:
            return b""
        letters = np.frombuffer(self._blob, np.uint8)[: self._ends.item(-1)]
        joined = np.full(letters.size + self.size - 1, separator[0], np.uint8)
        inside = np.ones(joined.size, np.bool_)
        inside[self._ends[:-1] + np.arange(self.size - 1)] = False
        joined[inside] = letters
        return joined.tobytes()

    def prefix(self, prefix: str) -> tuple[int, int]:
        """Return the range of ids of the terms that begin with ``prefix``."""
        wanted = prefix.encode("utf-8", "surrogatepass")
        # No UTF-8 holds the byte 0xFF: it stands after everything with this prefix.
        return self._lower_bound(wanted), self._lower_bound(wanted + b"\xff")

    def lower_bound(self, term: str) -> int:
        """Return the id of the first term not before ``term``."""
        return self._lower_bound(term.encode("utf-8", "surrogatepass"))

    def like(self, term: str, distance: int, start: int, stop: int) -> Ints:
        """Return the ids in a range whose terms may be at most ``distance`` edits from ``term``.

        Some of them are further away, none that is near is missing: an edit changes the length by
        at most one character and the set of letters by at most two.
        """
        masks = self._file.section(f"{self._name}.letters").read(start, stop)
        lengths = self._file.section(f"{self._name}.lengths").read(start, stop)
        mask, length = letter_masks([term])
        near = np.abs(lengths.astype(np.int32) - int(length[0])) <= distance
        near &= np.bitwise_count(masks ^ mask[0]) <= 2 * distance
        return (near.nonzero()[0] + start).astype(np.int32)

    def _lower_bound(self, wanted: bytes) -> int:
        # Terms before this sampled one's place stand before the wanted one, those from the next
        # sampled one on do not.
        sample = bisect_left(self._sampled, wanted)
        low = max(sample - 1, 0) * _SAMPLED
        high = min(sample * _SAMPLED, self.size)
        # The few between are read at once: half the time of reading each that is looked at.
        bounds = [self._start(low), *self._ends[low:high].tolist()]
        base = bounds[0]
        terms = bytes(self._blob[base : bounds[-1]])
        first, last = 0, high - low
        while first < last:
            middle = (first + last) >> 1
            if terms[bounds[middle] - base : bounds[middle + 1] - base] < wanted:
                first = middle + 1
            else:
                last = middle
        return low + first

    @cached_property
    def _sampled(self) -> list[bytes]:
        """Every so many terms, made at the first question: four fifths of a search's steps."""
        ends = self._ends[::_SAMPLED].tolist()
        starts = [0, *self._ends[_SAMPLED - 1 :: _SAMPLED].tolist()]
        return [bytes(self._blob[start:end]) for start, end in zip(starts, ends, strict=False)]

    def _start(self, number: int) -> int:
        return int(self._ends.item(number - 1)) if number else 0

    def _bytes(self, number: int) -> bytes:
        return bytes(self._blob[self._start(number) : self._ends.item(number)])


class DictionaryWriter:
    """Writes the terms of one field, in order, piece by piece.

    ``masks``: with what ``TermDictionary.like`` needs.
    """

    def __init__(self, writer: SectionWriter, name: str, *, masks: bool = False) -> None:
        self._writer = writer
        self._ends = writer.open(f"{name}.ends", "u4")
        self._terms = writer.open(f"{name}.terms", "u1")
        self._masks = masks
        if masks:
            self._letters = writer.open(f"{name}.letters", "u4")
            self._lengths = writer.open(f"{name}.lengths", "u1")
        self._end = 0

    def add(self, terms: Sequence[str]) -> None:
        """Add terms, ascending, all after those added before."""
        if not terms:
            return
        blob, ends = _joined(terms)
        self._ends.write((ends + self._end).astype(np.uint32))
        self._terms.write(blob)
        self._end += int(ends[-1])
        if self._masks:
            letters, lengths = _masks(blob, ends)
            self._letters.write(letters)
            self._lengths.write(lengths)

    def close(self) -> None:
        """End the sections of the dictionary."""
        self._writer.finish(self._ends, self._terms)
        if self._masks:
            self._writer.finish(self._letters, self._lengths)


def letter_masks(terms: Sequence[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """Return for each term the set of its letters (bits) and its length in characters.

    One bit for each of a to z, one for digits, one for other ASCII, one for everything else; a
    length above 255 is given as 255. No term is empty.
    """
    return _masks(*_joined(terms))


def _joined(terms: Sequence[str]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Return terms as UTF-8 one after the other, and where each ends, int64.

    Encoded together, in a third of the time.
    """
    blob = np.frombuffer("".join(terms).encode("utf-8", "surrogatepass"), np.uint8)
    ends = np.cumsum(np.fromiter(map(len, terms), np.int64, len(terms)))
    if ends.size and ends[-1] < blob.size:  # those are characters: find the first byte of each
        begins = np.flatnonzero((blob & 0xC0) != _CONTINUATION)
        ends = np.append(begins, blob.size)[ends]
    return blob, ends


def _masks(
    blob: npt.NDArray[np.uint8], ends: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    starts = np.concatenate((np.zeros(1, np.int64), ends[:-1]))
    masks = np.bitwise_or.reduceat(_BITS[blob], starts)
    begins = (blob & 0xC0) != _CONTINUATION
    lengths = np.minimum(np.add.reduceat(begins, starts, dtype=np.int64), 255)
    return masks.astype(np.uint32), lengths.astype(np.uint8)
