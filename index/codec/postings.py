"""Posting lists: which releases hold a stem and how often, where each surface term stands.

The record of a stem is its ascending ordinals and after them its weights; the record of a surface
term is the ascending positions of all its occurrences in the segment. A position alone says the
passage and the release (``Segment.releases_of``), so phrases are intersected without either.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.codec.container import Array, SectionFile, SectionWriter
from index.codec.dictionary import DictionaryWriter, TermDictionary
from index.codec.integers import (
    DTYPES,
    EXCEPTION,
    WIDTHS,
    Ints,
    NumberLists,
    ascending,
    ascending_lists,
    decode_list,
    decode_lists,
    sum_lists,
)
from index.codec.skips import SkipTable

_COUNT_BITS = 28
"""Low bits of a term's head word: its number of postings; above them two width codes."""
_COUNT = (1 << _COUNT_BITS) - 1
_KEPT_BYTES = 4 << 20
"""Memory for tables of very common terms, for each segment."""
MAX_POSTINGS = _COUNT
"""Postings a term can have in one segment."""


class _Records:
    """The heads and record bytes of one field: what the two kinds of field share."""

    def __init__(self, file: SectionFile, name: str) -> None:
        self.terms = TermDictionary(file, name)
        self._heads: Array = file.array(f"{name}.heads")
        self._ends: Array = file.array(f"{name}.records")
        self._data = file.section(f"{name}.data")

    def frequency(self, number: int) -> int:
        """Return the number of postings of a term: releases of a stem, positions of a term."""
        return int(self._heads.item(number)) & _COUNT

    def frequencies(self, start: int, stop: int) -> Ints:
        """Return the number of postings of the terms of a range of ids, int32."""
        return (self._heads[start:stop] & _COUNT).astype(np.int32)

    def _record(self, number: int) -> tuple[Array, int, int, int]:
        """Return the bytes of a record, its number of postings and its two width codes."""
        head = int(self._heads.item(number))
        start = self._ends.item(number - 1) if number else 0
        data = self._data.read(start, self._ends.item(number))
        return data, head & _COUNT, head >> _COUNT_BITS & 3, head >> (_COUNT_BITS + 2)

    def _records(self, start: int, stop: int) -> tuple[Array, Array, Ints, Array, Array]:
        """Return the bytes of a range of records, where each begins, counts and both widths."""
        first = int(self._ends[start - 1]) if start else 0
        ends = self._ends[start:stop].astype(np.int64) - first
        data = self._data.read(first, first + int(ends[-1]))
        offsets = np.concatenate((np.zeros(1, np.int64), ends[:-1]))
        heads = self._heads[start:stop]
        counts = (heads & _COUNT).astype(np.int32)
        return data, offsets, counts, heads >> _COUNT_BITS & 3, heads >> (_COUNT_BITS + 2)


class StemField(_Records):
    """Stems of releases (``text``, ``title``)."""

    def postings(self, number: int) -> tuple[Ints, Ints]:
        """Return the releases that hold a stem (ordinals, ascending) and its weights, int32."""
        data, count, code, weight_code = self._record(number)
        differences, size = decode_list(data, count, code)
        weights, _ = decode_list(data[size:], count, weight_code)
        return ascending(differences), weights.astype(np.int32)

    def hits(self, number: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]]:
        """Return ``postings`` of the types that scores are computed with, in one step."""
        data, count, code, weight_code = self._record(number)
        size = count * WIDTHS[code]
        if data.size == size + count * WIDTHS[weight_code]:  # no exceptions to look for
            differences, weights = data[:size].view(DTYPES[code]), data[size:]
            weights = weights.view(DTYPES[weight_code])
        else:
            differences, size = decode_list(data, count, code)
            weights, _ = decode_list(data[size:], count, weight_code)
        return differences.cumsum(dtype=np.intp), weights.astype(np.float32)

    def slice(self, start: int, stop: int) -> tuple[Ints, Ints, Ints]:
        """Return counts (one a term), ordinals and weights (one after the other) of a range."""
        if start >= stop:
            return (np.empty(0, np.int32),) * 3
        data, offsets, counts, codes, weight_codes = self._records(start, stop)
        differences, sizes = decode_lists(data, offsets, counts, codes)
        weights, _ = decode_lists(data, offsets + sizes, counts, weight_codes)
        return counts, sum_lists(counts, differences), weights.astype(np.int32)


class SurfaceField(_Records):
    """Surface terms with their positions in the segment."""

    def __init__(self, file: SectionFile, name: str) -> None:
        super().__init__(file, name)
        self._tables: dict[int, SkipTable] = {}

    def positions(self, number: int) -> Ints:
        """Return where a term stands, ascending, int32."""
        data, count, code, _ = self._record(number)
        return ascending(_only_list(data, count, code))

    def commoner(self, least: int) -> list[int]:
        """Return the ids of the terms with more places than so many."""
        found: list[int] = ((self._heads & _COUNT) > least).nonzero()[0].tolist()
        return found

    def skips(self, number: int) -> SkipTable:
        """Return what finds places among those of a term that is very common; kept."""
        table = self._tables.get(number)
        if table is None:
            data, count, code, _ = self._record(number)
            size = count * WIDTHS[code]
            table = SkipTable(data[:size].view(DTYPES[code]), data[size:].view(EXCEPTION))
            if sum(known.nbytes for known in list(self._tables.values())) < _KEPT_BYTES:
                self._tables[number] = table
        return table

    def slice(self, start: int, stop: int) -> tuple[Ints, Ints]:
        """Return counts (one a term) and positions (one list after the other) of a range."""
        if start >= stop:
            return (np.empty(0, np.int32),) * 2
        data, offsets, counts, codes, _ = self._records(start, stop)
        return counts, sum_lists(counts, decode_lists(data, offsets, counts, codes)[0])

    def frequencies_of(self, numbers: Array) -> Ints:
        """Return the number of places of each of some terms, int32."""
        return (self._heads.take(numbers) & _COUNT).astype(np.int32)

    def gathered(self, numbers: Sequence[int]) -> tuple[Ints, Ints]:
        """Return counts (one a term) and places (one list after the other) of terms, at least one.

        For terms that stand in few places: ten are read in the time of two on their own.
        """
        ids = np.array(numbers, np.intp)
        heads = self._heads.take(ids)
        ends = self._ends.take(ids).tolist()
        starts = (self._ends.take(ids - 1, mode="clip") * (ids > 0)).tolist()
        parts = [self._data.read(start, end) for start, end in zip(starts, ends, strict=True)]
        counts = (heads & _COUNT).astype(np.int32)
        codes = (heads >> _COUNT_BITS & 3).tolist()
        lists = [
            _only_list(data, count, code)
            for data, count, code in zip(parts, counts.tolist(), codes, strict=True)
        ]
        return counts, sum_lists(counts, np.concatenate(lists))


def _only_list(data: Array, count: int, code: int) -> Array:
    """Return the numbers of a record that is one list (not yet summed).

    Its size says whether there are exceptions: where there are none, none are looked for.
    """
    if data.size == count * WIDTHS[code]:
        return data.view(DTYPES[code])
    return decode_list(data, count, code)[0]


class _RecordsWriter:
    """Writes one field in the order of its terms, piece by piece.

    ``plain``: every number in 4 bytes and nothing to find misspelt words by, for segments that
    are only written to be merged.
    """

    def __init__(self, writer: SectionWriter, name: str, *, masks: bool, plain: bool) -> None:
        self._writer = writer
        self._plain = plain
        self._terms = DictionaryWriter(writer, name, masks=masks)
        self._heads = writer.open(f"{name}.heads", "u4")
        self._ends = writer.open(f"{name}.records", "u8")
        self._data = writer.open(f"{name}.data", "u1")
        self._end = 0

    def _write(self, terms: list[str], heads: Array, sizes: Array, data: Array) -> None:
        self._terms.add(terms)
        self._heads.write(heads)
        ends = sizes.cumsum() + self._end
        self._ends.write(ends.astype(np.uint64))
        self._data.write(data)
        self._end = int(ends[-1])

    def close(self) -> None:
        """End the sections of the field."""
        self._terms.close()
        self._writer.finish(self._heads, self._ends, self._data)


class StemFieldWriter(_RecordsWriter):
    """Writes a field of stems."""

    def __init__(self, writer: SectionWriter, name: str, *, plain: bool = False) -> None:
        super().__init__(writer, name, masks=False, plain=plain)

    def add(self, terms: list[str], counts: Array, ordinals: Array, weights: Array) -> None:
        """Add stems in order, each with its postings (``counts`` of them, none zero)."""
        if not terms:
            return
        lists = ascending_lists(counts, ordinals, plain=self._plain)
        numbers = NumberLists(counts, weights, plain=self._plain)
        sizes = lists.sizes + numbers.sizes
        starts = sizes.cumsum() - sizes
        data = np.empty(int(sizes.sum()), np.uint8)
        lists.write(data, starts)
        numbers.write(data, starts + lists.sizes)
        self._write(terms, _heads(counts, lists.widths, numbers.widths), sizes, data)


class SurfaceFieldWriter(_RecordsWriter):
    """Writes a field of surface terms."""

    def __init__(self, writer: SectionWriter, name: str, *, plain: bool = False) -> None:
        super().__init__(writer, name, masks=not plain, plain=plain)

    def add(self, terms: list[str], counts: Array, positions: Array) -> None:
        """Add surface terms in order, each with its positions (``counts`` of them, none zero)."""
        if not terms:
            return
        lists = ascending_lists(counts, positions, plain=self._plain)
        data = np.empty(int(lists.sizes.sum()), np.uint8)
        lists.write(data, lists.sizes.cumsum() - lists.sizes)
        heads = _heads(counts, lists.widths, np.zeros(len(terms), np.uint8))
        self._write(terms, heads, lists.sizes, data)


def _heads(counts: Array, widths: Array, weight_widths: Array) -> npt.NDArray[np.uint32]:
    heads = counts.astype(np.uint32)
    heads |= widths.astype(np.uint32) << np.uint32(_COUNT_BITS)
    heads |= weight_widths.astype(np.uint32) << np.uint32(_COUNT_BITS + 2)
    return heads
