"""The tokens of a segment turned over: from texts in order to the places of each term and stem.

Tokens bring the numbers that a lexicon gave their terms. Nothing is done for each in Python: they
are sorted twice by numpy, by term and by stem, with what they belong to read in that order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from index.codec.container import Array
from index.codec.lexicon import Codes, Lexicon, Ordered
from index.codec.postings import StemFieldWriter
from index.codec.segment import KINDS
from index.codec.writer import SegmentWriter
from index.fields import TITLE_WEIGHT
from index.model import BlockKind

SLICE = 1 << 22
"""Postings encoded at a time: bounds the memory of writing."""

_RUN = 1 << 16
_TITLE = KINDS.index(BlockKind.TITLE)
Longs = npt.NDArray[np.int64]


class _Named:
    """Those of the strings of a lexicon that a segment has, in order."""

    def __init__(self, ordered: Ordered, present: npt.NDArray[np.bool_]) -> None:
        self.numbers = ordered.chosen(present)
        """int32 (names,) the number of each in the lexicon."""
        self.names = list(map(ordered.strings.__getitem__, self.numbers.tolist()))
        self.ranks = np.zeros(present.size, np.uint32)
        """By number: the place in ``names``, 0 for those the segment has not."""
        self.ranks[self.numbers] = np.arange(self.numbers.size, dtype=np.uint32)


@dataclass(frozen=True)
class Texts:
    """The texts of a segment: R releases with P passages of T tokens."""

    lexicon: Lexicon
    tokens: Codes
    """(T,) the term of each token, in order."""
    passages: Array
    """(R,) passages of each release."""
    kinds: Array
    """(P,) kind of each passage: number of ``KINDS``."""
    lengths: Array
    """(P,) tokens of each passage."""
    joined_at: Array
    """Tokens that carry the closed spelling of a hyphened word, ascending."""
    joined_stems: Codes
    """The stem of each of those spellings."""

    @cached_property
    def terms(self) -> _Named:
        """The surface terms."""
        return _Named(self.lexicon.terms_in_order, self._occurrences > 0)

    @cached_property
    def _occurrences(self) -> Longs:
        """How often each term of the lexicon occurs."""
        return np.bincount(self.tokens, minlength=len(self.lexicon.terms))

    @cached_property
    def _own_stems(self) -> Codes:
        return np.array(self.lexicon.own_stems, np.int32)

    @cached_property
    def _more_stems(self) -> tuple[Codes, Codes]:
        """Pairs of one of the terms, ascending, and a stem that it has beside its own."""
        terms, stems = self.lexicon.more_stems()
        occur = self._occurrences[terms] > 0
        return terms[occur], stems[occur]

    @cached_property
    def stems(self) -> _Named:
        """The stems: those of the terms, and of closed spellings."""
        present = np.zeros(len(self.lexicon.stems), np.bool_)
        own = self._own_stems[self.terms.numbers]
        for some in (own, self._more_stems[1], self.joined_stems):
            present[some] = True
        return _Named(self.lexicon.stems_in_order, present)

    @cached_property
    def _extra(self) -> tuple[Longs, Codes]:
        """Further stems of tokens: the index of the token, ascending, and the stem."""
        terms, stems = self._more_stems
        counts = np.bincount(terms, minlength=len(self.lexicon.terms))
        at = np.flatnonzero((counts > 0).take(self.tokens))
        found = self.tokens[at]
        repeats = counts[found]
        # A token's places in ``stems`` count up from where its term's begin.
        begins = (np.cumsum(counts) - counts)[found] - (np.cumsum(repeats) - repeats)
        places = np.repeat(begins, repeats) + np.arange(repeats.sum())
        at = np.concatenate((np.repeat(at, repeats), self.joined_at))
        order = np.argsort(at, kind="stable")
        return at[order], np.concatenate((stems[places], self.joined_stems))[order]

    @cached_property
    def _stem_lengths(self) -> Longs:
        """int64 (P,) stems of each passage: one for each token, and the further ones."""
        ends = np.cumsum(self.lengths, dtype=np.int64)
        owners = ends.searchsorted(self._extra[0], side="right")
        return self.lengths + np.bincount(owners, minlength=ends.size)

    def text_lengths(self) -> Longs:
        """Return the sum of the weights of each release's stems, int64 (R,)."""
        weights = np.where(self.kinds == _TITLE, TITLE_WEIGHT, 1) * self._stem_lengths
        sums = np.concatenate(([0], np.cumsum(weights)))
        ends = np.cumsum(self.passages, dtype=np.int64)
        return np.asarray(sums[ends] - sums[ends - self.passages], dtype=np.int64)

    def write_surface(self, writer: SegmentWriter) -> None:
        """Write the surface terms with their positions."""
        names = self.terms.names
        keys = self.terms.ranks.take(self.tokens)
        # Token n of the segment stands n positions from its start and one more for each passage.
        positions = np.repeat(np.arange(self.lengths.size, dtype=np.int32), self.lengths)
        positions += np.arange(positions.size, dtype=np.int32)
        field = writer.surface_field()
        for first, counts, order in by_term(keys, self._occurrences[self.terms.numbers]):
            found = positions.take(order)
            del order  # as large as all else here together
            for left, right, start, stop in slices(counts):
                some = names[first + left : first + right]
                field.add(some, counts[left:right], found[start:stop])
        field.close()

    def write_stems(self, writer: SegmentWriter) -> None:
        """Write the fields of stems: of the titles, and of the whole text."""
        names = self.stems.names
        title, text = writer.stem_field("title"), writer.stem_field("text")
        kind = np.uint16 if self.passages.size < 1 << 16 else np.int32
        releases = np.repeat(np.arange(self.passages.size, dtype=kind), self.passages)
        releases = np.repeat(releases, self._stem_lengths)
        in_title = np.repeat(self.kinds == _TITLE, self._stem_lengths)
        keys = self._stem_keys()
        for first, counts, order in by_term(keys, np.bincount(keys, minlength=len(names))):
            some = names[first : first + counts.size]
            taken = releases.take(order), in_title.take(order)
            del order
            _write_run(title, text, some, counts, *taken)
        title.close()
        text.close()

    def _stem_keys(self) -> Array:
        """Return the place among the stems of each stem of each token, tokens in order."""
        ranks = self.stems.ranks
        own = ranks.take(self._own_stems).take(self.tokens)
        at, extra = self._extra
        if not at.size:
            return own
        keys = np.empty(own.size + at.size, np.uint32)
        places = at + np.arange(1, at.size + 1)  # after the own stem, and those before
        is_own = np.ones(keys.size, np.bool_)
        is_own[places] = False
        keys[is_own] = own
        keys[places] = ranks.take(extra)
        return keys

    def write_families(self, writer: SegmentWriter) -> None:
        """Write which surface terms have each stem."""
        terms, stems = self._more_stems
        own = self._own_stems[self.terms.numbers]
        owners = self.stems.ranks[np.concatenate((own, stems))].astype(np.int64)
        members = self.terms.ranks[np.concatenate((self.terms.numbers, terms))]
        pairs = np.sort(owners << 32 | members)
        counts = np.bincount(pairs >> 32, minlength=len(self.stems.names))
        writer.families(np.concatenate(([0], np.cumsum(counts))), pairs.astype(np.uint32))


def _write_run(
    title: StemFieldWriter,
    text: StemFieldWriter,
    names: list[str],
    counts: Array,
    releases: Array,
    in_title: Array,
) -> None:
    """Write stems, each with ``counts`` occurrences, none zero: in which releases, how often.

    ``releases`` and ``in_title`` are those of the occurrences, stem by stem.
    """
    ends = np.cumsum(counts)
    starts = ends - counts
    new = np.empty(releases.size, np.bool_)
    np.not_equal(releases[1:], releases[:-1], out=new[1:])
    new[starts] = True
    begins = np.flatnonzero(new)
    ordinals = releases[begins].astype(np.int32)
    weights = np.diff(begins, append=releases.size)
    bounds = begins.searchsorted(starts)  # where each stem's postings begin
    at = begins.searchsorted(np.flatnonzero(in_title), side="right") - 1
    entitled = np.flatnonzero(np.diff(at, prepend=-1))
    times = np.diff(entitled, append=at.size)
    at = at[entitled]
    weights[at] += times * (TITLE_WEIGHT - 1)
    _write_stems(text, names, np.diff(bounds, append=begins.size), ordinals, weights)
    of_stems = np.bincount(bounds.searchsorted(at, side="right") - 1, minlength=counts.size)
    used = np.flatnonzero(of_stems)
    some = [names[number] for number in used.tolist()]
    _write_stems(title, some, of_stems[used], ordinals[at], times)


def _write_stems(
    field: StemFieldWriter, names: list[str], counts: Array, ordinals: Array, weights: Array
) -> None:
    for left, right, start, stop in slices(counts):
        postings = ordinals[start:stop], weights[start:stop]
        field.add(names[left:right], counts[left:right], *postings)


def by_term(keys: Array, counts: Array) -> Iterator[tuple[int, Array, Longs]]:
    """Group postings by term, in order: ``keys`` are term numbers, ``counts`` those of each term.

    Yields for each run of 65,536 terms its first term, the number of postings of each, and the
    indexes of the postings term by term, those of one term as they stand. numpy sorts 16-bit
    keys by radix, in a sixth of the time of a sort of whole keys; a run at a time takes a
    fraction of the memory.
    """
    for first in range(0, counts.size, _RUN):
        of_run = counts[first : first + _RUN]
        # Whoever asks lets go of the indexes before the next: they are not kept here.
        if counts.size <= _RUN:
            yield first, of_run, np.argsort(keys.astype(np.uint16), kind="stable")
        else:
            at = np.flatnonzero((keys >= first) & (keys < first + _RUN))
            low = (keys[at] - np.uint32(first)).astype(np.uint16)
            yield first, of_run, at[np.argsort(low, kind="stable")]


def slices(counts: Array) -> list[tuple[int, int, int, int]]:
    """Cut terms into runs of about ``SLICE`` postings, one term at least.

    Returns for each run its first and last term and its first and last posting, half open.
    """
    ends = np.cumsum(counts, dtype=np.int64)
    runs: list[tuple[int, int, int, int]] = []
    first, start = 0, 0
    while first < counts.size:
        last = max(first + 1, int(np.searchsorted(ends, start + SLICE, side="right")))
        stop = int(ends[last - 1])
        runs.append((first, last, start, stop))
        first, start = last, stop
    return runs
