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
_TITLE = KINDS.index(BlockKind.TITLE)
MOST_PLACES = 1 << 18
"""Inflections with more places than this in a segment are not looked at: such words say little,
and decoding their places would take longer than the search."""
INFLECTED = 0.9
"""What a word of a title is worth in another form than typed."""
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
    """The places of one word in the candidates: position, row of the candidate, passage.

    ``exact`` are the positions of the form that was typed.
    """

    positions: Ints
    exact: Ints
    rows: npt.NDArray[np.intp]
    passages: npt.NDArray[np.intp]


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
    size = releases.size
    begins, ends = segment.release_base[releases], segment.release_base[releases + 1]
    places = [_places(segment, begins, ends, stem, term) for stem, term in words]
    extra = np.zeros((size, len(words)), np.float32)
    titled = np.zeros((size, len(words)), np.float32)
    title_ends = segment.title_ends[releases]
    for word, at in enumerate(places):
        changes = (_WEIGHTS - _COUNTED)[kinds[at.passages]]
        extra[:, word] = np.bincount(at.rows, changes, size)
        in_title = at.positions < title_ends.take(at.rows)
        titled[at.rows[in_title], word] = INFLECTED
        rows = begins.searchsorted(at.exact, side="right") - 1
        titled[rows[at.exact < title_ends.take(rows)], word] = 1
    together = np.zeros((size, len(pairs)), np.float32)
    headline = np.zeros(size, np.float32)
    for column, (left, right) in enumerate(pairs):
        stand = _together(places[left], places[right])
        rows = places[left].rows[stand]
        together[:, column] = np.bincount(rows, minlength=size)
        in_title = places[left].positions[stand] < title_ends.take(rows)
        headline += np.bincount(rows[in_title], minlength=size) > 0
    headline /= max(len(pairs), 1)
    best = _best_passage(kinds, places, idfs, size)
    return Evidence(extra, together, best, titled, headline, (title_ends - begins).astype(np.int32))


def _places(segment: Segment, begins: Ints, ends: Ints, stem: str, typed: str) -> _Places:
    surface = segment.surface
    number, own = segment.text.terms.find(stem), surface.terms.find(typed)
    found: list[Ints] = []
    exact = np.empty(0, np.int32)
    for term in segment.family(number).tolist() if number >= 0 else ():
        if surface.frequency(term) <= MOST_PLACES:
            found.append(_within(surface.positions(term), begins, ends))
            if term == own:
                exact = found[-1]
    positions = np.concatenate(found) if found else exact
    if len(found) > 1:
        positions.sort(kind="stable")
    rows = begins.searchsorted(positions, side="right") - 1
    passages = segment.passage_base.searchsorted(positions, side="right") - 1
    return _Places(positions, exact, rows, passages)


def _within(positions: Ints, begins: Ints, ends: Ints) -> Ints:
    """Return the positions (ascending) that lie in any of the ascending ranges."""
    firsts, lasts = positions.searchsorted(begins), positions.searchsorted(ends)
    counts = lasts - firsts
    total = int(counts.sum())
    if not total:
        return positions[:0]
    # 0, 1, 2 ... within each range, moved to where the range begins.
    moved = np.repeat(firsts - (np.cumsum(counts) - counts), counts)
    return positions.take(moved + np.arange(total))


def _together(left: _Places, right: _Places) -> npt.NDArray[np.intp]:
    """Return which places of the left word the right one follows closely, in one passage."""
    if not left.positions.size or not right.positions.size:
        return np.empty(0, np.intp)
    after = right.positions.searchsorted(left.positions, side="right")
    there = np.minimum(after, right.positions.size - 1)
    follows = (after < right.positions.size) & (right.positions[there] - left.positions <= _APART)
    return np.flatnonzero(follows & (right.passages[there] == left.passages))


def _best_passage(
    kinds: npt.NDArray[np.uint8], places: Sequence[_Places], idfs: Sequence[float], size: int
) -> Floats:
    """Return for each candidate the score of its best passage, 0 where none has a word.

    Titles are left out: they are no passage that answers. A passage's length is of no account,
    since most are of one size.
    """
    best = np.zeros(size, np.float32)
    passages = np.concatenate([at.passages for at in places]) if places else np.empty(0, np.intp)
    if not passages.size:
        return best
    distinct, slots = np.unique(passages, return_inverse=True)
    scores = np.zeros(distinct.size, np.float32)
    first = 0
    for at, idf in zip(places, idfs, strict=True):
        counts = np.bincount(slots[first : first + at.passages.size], minlength=distinct.size)
        scores += idf * (K1 + 1) * (counts / (counts + K1))
        first += at.passages.size
    found = kinds[distinct]
    scores *= np.where(found == _TITLE, 0, _WEIGHTS[found])
    rows = np.concatenate([at.rows for at in places])
    rows_of = np.zeros(distinct.size, np.intp)
    rows_of[slots] = rows
    np.maximum.at(best, rows_of, scores)
    return best
