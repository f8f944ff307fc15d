"""Many ascending lists of integers, and small counts beside them, as bytes.

A list is its differences, each in 1, 2 or 4 bytes, whichever makes the list shortest. The largest
number of that width means "too large for it": the difference itself stands among the list's
*exceptions*, 4 bytes each, in order. Everything is encoded and decoded by numpy for many lists at
once; decoding one list of 155,000 numbers takes 0.1 ms. ``docs/index-format.md`` has the bytes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Longs = npt.NDArray[np.int64]
Array = npt.NDArray[Any]

WIDTHS = (1, 2, 4)
"""Bytes of a number in a list of width code 0, 1, 2."""
_ESCAPE = (0xFF, 0xFFFF, None)
DTYPES = (np.dtype("u1"), np.dtype("<u2"), np.dtype("<u4"))
EXCEPTION = np.dtype("<u4")
_LONG = 256
"""Numbers from which on a list is worth a step of its own (some 10 µs)."""


class NumberLists:
    """Lists of numbers from 0 to 2**32 - 1 about to be written as they are.

    ``counts`` numbers of each list (none empty), ``numbers`` one list after the other; ``sizes``
    (int64) is the bytes each will take, ``widths`` (uint8) the width codes chosen. ``plain``: 4
    bytes for each number, which takes a tenth of the time to write and to read again.
    """

    def __init__(self, counts: Array, numbers: Array, *, plain: bool = False) -> None:
        self._counts = counts.astype(np.int64)
        self._numbers = numbers
        self._starts = _starts(self._counts)
        self._plain = plain
        if plain:
            self.widths = np.full(counts.size, len(WIDTHS) - 1, np.uint8)
            self.sizes: Longs = 4 * self._counts
            return
        large = [np.add.reduceat(numbers >= escape, self._starts) for escape in (0xFF, 0xFFFF)]
        counts = self._counts
        costs = np.stack([counts + 4 * large[0], 2 * counts + 4 * large[1], 4 * counts])
        self.widths = np.argmin(costs, axis=0).astype(np.uint8)
        self.sizes = np.take_along_axis(costs, self.widths[None].astype(np.intp), 0)[0]

    def write(self, data: Bytes, offsets: Array) -> None:
        """Write each list to its offset in ``data``.

        A list of many numbers is written on its own, at about 2 ns a number; the many short ones
        are written together, at about 30.
        """
        if self._plain:
            words = data.view(EXCEPTION)
            words[_places(offsets, self._starts, self._counts)] = self._numbers
            return
        long = self._counts >= _LONG
        bounds = zip(
            self.widths[long].tolist(),
            offsets[long].tolist(),
            self._starts[long].tolist(),
            self._counts[long].tolist(),
            strict=True,
        )
        for code, offset, start, count in bounds:
            _write_list(data, offset, self._numbers[start : start + count], code)
        for code in range(len(WIDTHS)):
            short = (self.widths == code) & ~long
            if short.any():
                chosen = self._numbers[short.repeat(self._counts)]
                _write_class(code, data, offsets[short], self._counts[short], chosen)


def ascending_lists(counts: Array, values: Array, *, plain: bool = False) -> NumberLists:
    """Return ascending lists as what is written of them: the first value, then differences.

    ``values`` are from 0 to 2**31 - 1, ascending inside a list.
    """
    return NumberLists(counts, _differences(counts, values), plain=plain)


def _places(offsets: Array, starts: Longs, counts: Longs) -> slice | Longs:
    """Return where the numbers of plain lists stand, counted in numbers.

    ``offsets`` (bytes, multiples of 4) is where each list begins, ``starts`` where it would if
    nothing stood between them: then they are one slice.
    """
    if np.array_equal(offsets, 4 * starts):
        return slice(0, int(counts.sum()))
    return spread(offsets >> 2, counts)


def _write_list(data: Bytes, offset: int, numbers: Array, code: int) -> None:
    """Write one list."""
    escape = _ESCAPE[code]
    size = numbers.size * WIDTHS[code]
    if escape is None:
        data[offset : offset + size] = numbers.astype(DTYPES[code]).view(np.uint8)
        return
    above = numbers >= escape
    small = np.where(above, escape, numbers).astype(DTYPES[code])
    data[offset : offset + size] = small.view(np.uint8)
    exceptions = numbers[above].astype(EXCEPTION).view(np.uint8)
    data[offset + size : offset + size + exceptions.size] = exceptions


def _write_class(code: int, data: Bytes, offsets: Array, counts: Array, chosen: Array) -> None:
    """Write the short lists of one width, whose numbers are ``chosen``."""
    width, escape = WIDTHS[code], _ESCAPE[code]
    small = chosen if escape is None else np.minimum(chosen, escape)
    _scatter(data, spread(offsets, counts, width), small.astype(DTYPES[code]))
    if escape is None:
        return
    above = (chosen >= escape).nonzero()[0]
    if above.size:
        owner = np.arange(counts.size).repeat(counts)[above]
        per_list = np.bincount(owner, minlength=counts.size)
        at = spread(offsets + counts * width, per_list, 4)
        _scatter(data, at, chosen[above].astype(EXCEPTION))


def _scatter(data: Bytes, at: Array, items: Array) -> None:
    """Put each item's bytes at its place."""
    width = items.itemsize
    columns = items.view(np.uint8).reshape(-1, width)
    for byte in range(width):
        data[at + byte] = columns[:, byte]


def decode_list(data: Bytes, count: int, code: int) -> tuple[Array, int]:
    """Return the ``count`` numbers of one list (not yet summed) and the bytes it takes.

    ``data`` begins with the list and may go on after it. The numbers are of a small unsigned
    type when none was an exception, else int32.
    """
    width, escape = WIDTHS[code], _ESCAPE[code]
    size = count * width
    numbers: Array = data[:size].view(DTYPES[code])
    if escape is None:
        return numbers.astype(np.int32), size
    above = (numbers == escape).nonzero()[0]
    if not above.size:
        return numbers, size
    full = numbers.astype(np.int32)
    end = size + 4 * above.size
    full[above] = data[size:end].view(EXCEPTION)
    return full, end


def ascending(numbers: Array) -> Ints:
    """Sum the differences of one list up to its values, int32."""
    return numbers.cumsum(dtype=np.int32)


def decode_lists(data: Bytes, offsets: Array, counts: Array, codes: Array) -> tuple[Ints, Longs]:
    """Return the numbers of many lists one after the other (int32), and the bytes of each.

    ``offsets`` says where in ``data`` each list begins. Long lists are read on their own, short
    ones together, as they are written.
    """
    counts = counts.astype(np.int64)
    targets = _starts(counts)
    if (codes == len(WIDTHS) - 1).all() and not (offsets & 3).any():
        words = data[: data.size & ~3].view("<i4")
        return words[_places(offsets, targets, counts)], 4 * counts
    numbers = np.empty(int(counts.sum()), np.int32)
    sizes = np.empty(counts.size, np.int64)
    long = (counts >= _LONG).nonzero()[0]
    for number in long.tolist():
        offset, count, target = int(offsets[number]), int(counts[number]), int(targets[number])
        found, size = decode_list(data[offset:], count, int(codes[number]))
        numbers[target : target + count] = found
        sizes[number] = size
    for code in range(len(WIDTHS)):
        lists = ((codes == code) & (counts < _LONG)).nonzero()[0]
        if lists.size:
            many = counts[lists]
            found, sizes[lists] = _decode_class(data, offsets[lists], many, code)
            numbers[spread(targets[lists], many)] = found
    return numbers, sizes


def _decode_class(data: Bytes, offsets: Array, counts: Array, code: int) -> tuple[Array, Array]:
    """Return the numbers of the short lists of one width, and the bytes of each list."""
    width, escape = WIDTHS[code], _ESCAPE[code]
    found = _gather(data, spread(offsets, counts, width), width)
    sizes = counts * width
    if escape is not None and (above := (found == escape).nonzero()[0]).size:
        owner = np.arange(counts.size).repeat(counts)[above]
        per_list = np.bincount(owner, minlength=counts.size)
        found[above] = _gather(data, spread(offsets + sizes, per_list, 4), 4)
        sizes = sizes + 4 * per_list
    return found, sizes


def sum_lists(counts: Array, numbers: Array) -> Ints:
    """Sum the differences of many lists up to their values, int32."""
    if not numbers.size:
        return np.empty(0, np.int32)
    starts = _starts(counts)
    total = numbers.cumsum(dtype=np.int64)
    before = total[starts] - numbers[starts]
    values: Ints = (total - before.repeat(counts)).astype(np.int32)
    return values


def spread(starts: Array, counts: Array, step: int = 1) -> npt.NDArray[np.int64]:
    """Return start, start + step, ... (``count`` of them) for each start, one after the other."""
    counts = counts.astype(np.int64, copy=False)
    before = counts.cumsum() - counts
    found: Longs = (starts.astype(np.int64, copy=False) - before * step).repeat(counts)
    found += np.arange(found.size) * step if step > 1 else np.arange(found.size)
    return found


def distinct(numbers: Array) -> Array:
    """Return the distinct ones of integers, ascending.

    As ``np.unique``, which sorts what it found in a table: four to ten times as long.
    """
    ordered = np.sort(numbers)
    new = np.ones(ordered.size, np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[np.flatnonzero(new)]


def _gather(data: Bytes, at: Array, width: int) -> Array:
    found = data[at].astype(np.int64)
    for byte in range(1, width):
        found |= data[at + byte].astype(np.int64) << (8 * byte)
    return found


def _starts(counts: Array) -> npt.NDArray[np.int64]:
    return counts.cumsum(dtype=np.int64) - counts


def _differences(counts: Array, values: Array) -> Ints:
    values = np.ascontiguousarray(values, np.int32)
    numbers = np.empty_like(values)
    np.subtract(values[1:], values[:-1], out=numbers[1:])
    starts = _starts(counts)
    numbers[starts] = values[starts]
    return numbers
