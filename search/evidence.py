"""Where the words of a query stand in the best releases: in which kind of passage, how near.

Looked up for some hundred candidates only. Of each word the places of all its inflections are cut
down to those releases before anything else is done with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.codec.integers import Ints
from index.codec.segment import KINDS, Segment
from index.fields import TITLE_WEIGHT
from index.model import BlockKind
from search.ranking import K1, Floats
from search.release_sets import Ordinals

KIND_WEIGHTS = {
    BlockKind.TITLE: 3.0,
    BlockKind.SUMMARY: 1.5,
    BlockKind.CONTACT: 0.3,
    BlockKind.BOILERPLATE: 0.3,
}
"""What a word in such a passage counts; 1 in others. Title 3 and body 1 is BM25F as measured on
Cranfield (nDCG@10 +.006 over 2); contacts and boilerplate are the same under every release."""
_WEIGHTS = np.array([KIND_WEIGHTS.get(kind, 1.0) for kind in KINDS], np.float32)
_COUNTED = np.array([TITLE_WEIGHT if kind is BlockKind.TITLE else 1 for kind in KINDS], np.float32)
"""What the index has counted it."""
_CHANGES = _WEIGHTS - _COUNTED
_SHOWN = np.where(np.array(KINDS) == BlockKind.TITLE, 0, _WEIGHTS)
"""What a word counts where the best passage is looked for, which no title is."""
MOST_PLACES = 1 << 18
"""Inflections with more places than this in a segment are not looked at: such words say little,
and decoding their places would take longer than the search."""
INFLECTED = 0.9
"""What a word of a title is worth in another form than typed."""
_TOGETHER = 255
"""Forms with no more places than this in a segment are looked up together."""
_LABEL_BITS = 8
_LABEL = (1 << _LABEL_BITS) - 1
_APART = 2
"""Words of a pair stand side by side or with one word between them."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the places of the words say of each candidate (rows) and word or pair (columns).

    All float32. ``extra`` (n, words): by how much kinds of passages change the word's weighted
    frequency in ``text``. ``pairs`` (n, pairs): how often a pair stands together. ``passage`` (n,):
    the score of the best passage. ``titled`` (n, words): 1 where the title holds the word as typed,
    ``INFLECTED`` where in another form, else 0. ``headline`` (n,): the share of the pairs that
    stand together in the title. ``title_lengths`` (n,), int32: its words in all.
    """

    extra: Floats
    pairs: Floats
    passage: Floats
    titled: Floats
    headline: Floats
    title_lengths: Ints

    @staticmethod
    def joined(found: Sequence[Evidence]) -> Evidence:
        """Return the evidence of several segments as that of all their candidates."""
        if len(found) == 1:
            return found[0]
        return Evidence(
            np.concatenate([each.extra for each in found]),
            np.concatenate([each.pairs for each in found]),
            np.concatenate([each.passage for each in found]),
            np.concatenate([each.titled for each in found]),
            np.concatenate([each.headline for each in found]),
            np.concatenate([each.title_lengths for each in found]),
        )


@dataclass(frozen=True, slots=True)
class _Places:
    """The places of all words in the candidates, ascending by position.

    ``positions``, the number of the word there, whether in the form that was typed, the row of the
    candidate and the passage. Where a term is a form of two words, its places are there twice.
    """

    positions: Ordinals
    words: Ordinals
    exact: npt.NDArray[np.bool_]
    rows: Ordinals
    passages: Ordinals


def find_evidence(
    segment: Segment,
    kinds: npt.NDArray[np.uint8],
    releases: Ordinals,
    words: Sequence[tuple[str, str]],
    idfs: Sequence[float],
    pairs: Sequence[tuple[int, int]],
) -> Evidence:
    """Return the evidence for releases of a segment (its ordinals, ascending).

    ``kinds`` (passages,) are those of the segment's passages, as numbers of ``KINDS``. ``words``
    are the stem and the surface term of each, ``pairs`` the numbers of two of them that the query
    has one after the other.
    """
    shape = releases.size, len(words)
    begins, ends = segment.release_base.take(releases), segment.release_base.take(releases + 1)
    title_ends = segment.title_ends.take(releases)
    at = _places(segment, begins, ends, words)
    cells = at.rows * len(words) + at.words
    extra = np.bincount(cells, _CHANGES.take(kinds.take(at.passages)), shape[0] * shape[1])
    titled = np.zeros(shape, np.float32)
    in_title = np.flatnonzero(at.positions < title_ends.take(at.rows))
    titled.flat[cells.take(in_title)] = INFLECTED
    titled.flat[cells.take(in_title[at.exact.take(in_title)])] = 1
    together, headline = _together(at, pairs, title_ends)
    return Evidence(
        extra.reshape(shape).astype(np.float32),
        together,
        _best_passage(kinds, at, idfs, shape[0]),
        titled,
        headline,
        (title_ends - begins).astype(np.int32),
    )


def _places(
    segment: Segment, begins: Ints, ends: Ints, words: Sequence[tuple[str, str]]
) -> _Places:
    """Return where the words stand, in any form, between ``begins`` and ``ends``."""
    surface = segment.surface
    forms: list[int] = []
    labels: list[int] = []
    for word, (stem, typed) in enumerate(words):
        number, own = segment.text.terms.find(stem), surface.terms.find(typed)
        for term in segment.family(number).tolist() if number >= 0 else ():
            forms.append(term)
            labels.append(word << 1 | (term == own))
    frequencies = surface.frequencies_of(np.array(forms, np.intp)).tolist()
    rare = [place for place, often in enumerate(frequencies) if often <= _TOGETHER]
    found = [np.empty(0, np.intp)]
    if rare:
        counts, everywhere = surface.gathered([forms[place] for place in rare])
        found.append(_keys(everywhere, np.repeat([labels[place] for place in rare], counts)))
    for term, label, often in zip(forms, labels, frequencies, strict=True):
        if _TOGETHER < often <= MOST_PLACES:
            found.append(_keys(_within(surface.positions(term), begins, ends), label))
    keys = np.concatenate(found)
    keys.sort()
    positions: Ordinals = keys >> _LABEL_BITS
    rows = begins.searchsorted(positions, side="right") - 1
    if rare:  # these may lie anywhere
        kept = np.flatnonzero((rows >= 0) & (positions < ends.take(rows)))
        keys, positions, rows = keys.take(kept), positions.take(kept), rows.take(kept)
    passages = segment.passage_base.searchsorted(positions, side="right") - 1
    return _Places(positions, (keys & _LABEL) >> 1, (keys & 1).astype(np.bool_), rows, passages)


def _keys(positions: Ints, labels: Ordinals | int) -> Ordinals:
    """Return a key of each place by which places are sorted, and what tells the word and form."""
    return (positions.astype(np.intp) << _LABEL_BITS) | labels


def _within(positions: Ints, begins: Ints, ends: Ints) -> Ints:
    """Return the positions (ascending) that lie in any of the ascending ranges."""
    firsts, lasts = positions.searchsorted(begins), positions.searchsorted(ends)
    counts = lasts - firsts
    # 0, 1, 2 ... within each range, moved to where the range begins.
    firsts[1:] -= np.cumsum(counts)[:-1]
    moved = np.repeat(firsts, counts)
    moved += np.arange(moved.size)
    return positions.take(moved)


def _together(
    at: _Places, pairs: Sequence[tuple[int, int]], title_ends: Ints
) -> tuple[Floats, Floats]:
    """Return how often each pair stands together, and which share of the pairs does in a title.

    Together are words that follow each other closely in one passage.
    """
    shape = title_ends.size, len(pairs)
    if not pairs or at.positions.size < 2:
        return np.zeros(shape, np.float32), np.zeros(shape[0], np.float32)
    starts = np.flatnonzero(np.concatenate(([True], at.positions[1:] != at.positions[:-1])))
    positions, passages = at.positions.take(starts), at.passages.take(starts)
    here = np.bitwise_or.reduceat(np.left_shift(1, at.words), starts)
    after = np.zeros_like(here)
    for step in range(1, _APART + 1):
        near = positions[step:] - positions[:-step] <= _APART
        near &= passages[step:] == passages[:-step]
        after[: -step or None] |= here[step:] * near
    held = np.flatnonzero(after)
    lefts, rights = np.array(pairs, np.intp).T
    follow = (here.take(held)[:, None] >> lefts) & (after.take(held)[:, None] >> rights) & 1
    places, columns = np.nonzero(follow)
    places = held.take(places)
    rows = at.rows.take(starts.take(places))
    cells = rows * shape[1] + columns
    together = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    titled = cells[positions.take(places) < title_ends.take(rows)]
    headline = np.bincount(titled, minlength=shape[0] * shape[1]).reshape(shape) > 0
    return together.astype(np.float32), np.float32(1 / shape[1]) * headline.sum(
        axis=1, dtype=np.float32
    )


def _best_passage(
    kinds: npt.NDArray[np.uint8], at: _Places, idfs: Sequence[float], size: int
) -> Floats:
    """Return for each candidate the score of its best passage, 0 where none has a word.

    Titles are left out: they are no passage that answers. A passage's length is of no account,
    since most are of one size.
    """
    best = np.zeros(size, np.float32)
    if not at.passages.size:
        return best
    new = np.concatenate(([False], at.passages[1:] != at.passages[:-1]))
    slots = np.cumsum(new)
    starts = np.concatenate(([0], np.flatnonzero(new)))
    cells = slots * len(idfs) + at.words
    counts = np.bincount(cells, minlength=starts.size * len(idfs)).reshape(-1, len(idfs))
    scores = (counts / (counts + K1)) @ (np.array(idfs) * (K1 + 1))
    scores *= _SHOWN.take(kinds.take(at.passages.take(starts)))
    rows, places = at.rows.take(starts), np.arange(starts.size)
    firsts = places[np.concatenate(([True], rows[1:] != rows[:-1]))]
    best[rows.take(firsts)] = np.maximum.reduceat(scores, firsts)
    return best
