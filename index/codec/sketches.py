"""What shows that paragraphs or releases repeat each other, worked out while they are analyzed.

A paragraph has a hash of its words, a release a *sketch*: of the hashes of all its runs of five
words those that are divisible by 16 (FracMinHash; Irber et al., 2022), so that the sketches of
two releases share what the releases share. ``index.codec.repeats`` compares those of an archive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from index.codec.integers import distinct

Hashes = npt.NDArray[np.uint64]
Array = npt.NDArray[Any]

_LEAST_WORDS = 6
"""A paragraph of fewer words has the hash 0: headings and short lines repeat by chance."""
_LEAST_TITLE_WORDS = 3
_ISSUED_AGAIN = """
    amended amendment corrected correction corrects reissue reissued replacement revised revision
    update updated updates
    """.split()  # noqa: SIM905 - a word list reads better as text
"""Words in a title that tell of another version, and are no part of what it says."""
_RUN = 5
_LOW_BITS = np.uint64(15)
"""Hashes that have none of these are divisible by 16."""
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(int(_MULTIPLIER), -1, 1 << 64))
_POWERS = 1 << 18
"""Powers of both that are kept: some 100,000 words come at a time."""
_MIX = np.uint64(0xC2B2AE3D27D4EB4F)
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """What shows that some releases repeat each other or others.

    They are n, with P passages of Q paragraphs.
    """

    paragraphs: npt.NDArray[np.int64]
    """int64 (P,) paragraphs of each passage."""
    words: npt.NDArray[np.int64]
    """int64 (Q,) words of each paragraph."""
    hashes: Hashes
    """uint64 (Q,) hash of the words of each paragraph, 0 for very short ones."""
    titles: Hashes
    """uint64 (n,) hash of each title without the words that tell of another version, or 0."""
    counts: npt.NDArray[np.int64]
    """int64 (n,) how many hashes the sketch of each release's body has."""
    sketches: npt.NDArray[np.uint32]
    """Those of all releases one after the other."""


def term_hash(term: str) -> int:
    """Return a hash of a surface term, 64 bits, the same on every machine."""
    digest = hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


_AGAIN = np.array([term_hash(term) for term in _ISSUED_AGAIN], np.uint64)


def marks(
    words: Hashes,
    in_title: npt.NDArray[np.bool_],
    title_owners: Array,
    bodies: npt.NDArray[np.int64],
    paragraphs: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
) -> Marks:
    """Work out the marks of some releases.

    ``words`` (T,) are the hashes of all tokens, ``in_title`` (T,) whether each stands in a title,
    ``title_owners`` the release of each of those that do, ``bodies`` (n,) how many others each
    release has; ``paragraphs`` (P,) are those of each passage, ``lengths`` (Q,) their tokens.
    """
    headlines = words[in_title]
    said = ~np.isin(headlines, _AGAIN)
    titles = np.bincount(title_owners[said], minlength=bodies.size)
    return Marks(
        paragraphs,
        lengths,
        _row_hashes(words, lengths, _LEAST_WORDS),
        _row_hashes(headlines[said], titles, _LEAST_TITLE_WORDS),
        *_sketches(words[~in_title], bodies),
    )


def joined_marks(each: Sequence[Marks]) -> Marks:
    """Return the marks of the same releases one after the other."""
    if len(each) == 1:
        return each[0]
    longs, hashes = np.empty(0, np.int64), np.empty(0, np.uint64)
    none = Marks(longs, longs, hashes, hashes, longs, np.empty(0, np.uint32))
    columns = ([getattr(marks, field.name) for marks in (none, *each)] for field in fields(Marks))
    return Marks(*map(np.concatenate, columns))


def _row_hashes(words: Hashes, lengths: Array, least: int) -> Hashes:
    """Return a hash of each row of words, uint64 (rows,), 0 for those of fewer than ``least``.

    ``words`` are the hashes of the words one row after the other, ``lengths`` how many each has.
    """
    lengths = lengths.astype(np.int64)
    ends = np.cumsum(lengths)
    starts = ends - lengths
    # Word n counts MULTIPLIER ** (1 + n - its row's start): first ** n, for all rows alike.
    powers, inverses = _powers(words.size)
    sums = np.zeros(words.size + 1, np.uint64)
    np.cumsum(words * powers[: words.size], out=sums[1:])
    hashes = _mixed((sums[ends] - sums[starts]) * inverses[starts] * _MULTIPLIER)
    hashes[lengths < least] = 0
    return hashes


def _powers(size: int) -> tuple[Hashes, Hashes]:
    """Return the powers of the multiplier and of its inverse, from 0 to at least ``size``."""
    kept = _kept_powers()
    if size < kept[0].size:
        return kept
    return _powers_of(_MULTIPLIER, size + 1), _powers_of(_INVERSE, size + 1)


@cache
def _kept_powers() -> tuple[Hashes, Hashes]:
    return _powers_of(_MULTIPLIER, _POWERS), _powers_of(_INVERSE, _POWERS)


def _powers_of(base: np.uint64, count: int) -> Hashes:
    factors = np.full(count, base)
    factors[0] = 1
    return np.cumprod(factors)


def _sketches(
    words: Hashes, lengths: Array
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]]:
    """Return the sketch of each release: how many hashes it has (n,), and all of them, uint32.

    ``lengths`` (n,) is how many of the ``words`` each release has. Those of one release are
    distinct and ascending.
    """
    mixed = words[: max(words.size - _RUN + 1, 0)].copy()
    for step in range(1, _RUN):
        mixed *= _MULTIPLIER
        mixed += words[step : step + mixed.size]
    mixed = _mixed(mixed)
    chosen = np.flatnonzero((mixed & _LOW_BITS) == 0)
    ends = np.cumsum(lengths, dtype=np.int64)
    owners = ends.searchsorted(chosen, side="right")
    inside = chosen + _RUN <= ends[owners]  # runs do not reach into the next release
    chosen, owners = chosen[inside], owners[inside]
    found = distinct((mixed[chosen] >> _HALF) | (owners.astype(np.uint64) << _HALF))
    counts = np.bincount((found >> _HALF).astype(np.int64), minlength=lengths.size)
    return counts, found.astype(np.uint32)


def _mixed(hashes: Hashes) -> Hashes:
    hashes = hashes ^ (hashes >> _HALF)
    hashes *= _MIX
    return hashes ^ (hashes >> np.uint64(29))
