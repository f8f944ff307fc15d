"""Where the words of a query stand in the best releases: in which kind of passage, how near.

Looked up for some hundred candidates only. Of each word the places of all its inflections are cut
down to those releases before anything else is done with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.codec.integers import Ints, spread
from index.codec.postings import SurfaceField
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
_TOGETHER = 2_048
"""Forms with no more places than this in a segment are read together and their places looked up
one by one; in others 128 releases are looked for, at some 25 µs a form."""
_LABEL_BITS = 8
_LABEL = (1 << _LABEL_BITS) - 1
_MOST_WORDS = 16
_NONE = np.empty(0, np.intp)
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
class _Passages:
    """The passages of the candidates one after the other: each one's number, first position, row.

    ``ends`` are the positions after each candidate, ``rows`` those of the candidates that have
    any passage and ``starts`` the first of theirs.
    """

    numbers: Ordinals
    begins: Ints
    row_of: Ordinals
    ends: Ints
    rows: Ordinals
    starts: Ordinals


@dataclass(frozen=True, slots=True)
class _Places:
    """The places of all words in the candidates, ascending by position.

    ``positions``, the number of the word there, whether in the form that was typed, and the
    passage, by its place among ``_Passages``. Where a term is a form of two words, its places are
    there twice.
    """

    positions: Ordinals
    words: Ordinals
    exact: npt.NDArray[np.bool_]
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
    begins, title_ends = segment.release_base.take(releases), segment.title_ends.take(releases)
    passages = _passages(segment, releases)
    at = _places(segment, releases, begins, passages, words)
    of_kind = kinds.take(passages.numbers)
    cells = at.passages * shape[1] + at.words
    counts = np.bincount(cells, minlength=of_kind.size * shape[1]).reshape(-1, shape[1])
    extra = np.zeros(shape, np.float32)
    changes = counts * _CHANGES.take(of_kind)[:, None]
    extra[passages.rows] = np.add.reduceat(changes, passages.starts) if of_kind.size else 0
    rows = passages.row_of.take(at.passages)
    titled = np.zeros(shape, np.float32)
    in_title = (at.positions < title_ends.take(rows)).nonzero()[0]
    cells = rows.take(in_title) * shape[1] + at.words.take(in_title)
    titled.flat[cells] = INFLECTED
    titled.flat[cells[at.exact.take(in_title)]] = 1
    together, headline = _together(at, rows, pairs, title_ends)
    return Evidence(
        extra,
        together,
        _best_passage(passages, of_kind, counts, idfs, shape[0]),
        titled,
        headline,
        (title_ends - begins).astype(np.int32),
    )


def _passages(segment: Segment, releases: Ordinals) -> _Passages:
    after = releases + 1
    firsts = segment.passage_start.take(releases).astype(np.intp)
    counts = segment.passage_start.take(after) - firsts
    before = counts.cumsum() - counts
    numbers = (firsts - before).repeat(counts)
    numbers += np.arange(numbers.size)
    rows = counts.nonzero()[0]
    return _Passages(
        numbers,
        segment.passage_base.take(numbers),
        np.arange(releases.size).repeat(counts),
        segment.release_base.take(after),
        rows,
        before.take(rows),
    )


def _places(
    segment: Segment,
    releases: Ordinals,
    begins: Ints,
    passages: _Passages,
    words: Sequence[tuple[str, str]],
) -> _Places:
    """Return where the words stand, in any form, in the candidates, which have these begins."""
    forms: list[int] = []
    labels: list[int] = []
    for word, (stem, typed) in enumerate(words):
        number, own = segment.text.terms.find(stem), segment.surface.terms.find(typed)
        for term in segment.family(number).tolist() if number >= 0 else ():
            forms.append(term)
            labels.append(word << 1 | (term == own))
    often = segment.surface.frequencies_of(np.array(forms, np.intp)).tolist()
    many = [at for at, count in enumerate(often) if _TOGETHER < count <= MOST_PLACES]
    few = [at for at, count in enumerate(often) if count <= _TOGETHER]
    chosen = [forms[at] for at in few], [labels[at] for at in few]
    parts = [_of_few(segment, releases, *chosen)] if few else []
    chosen = [forms[at] for at in many], [labels[at] for at in many]
    parts += _of_many(segment.surface, begins, passages.ends, *chosen) if many else []
    keys = np.concatenate([_NONE, *parts])
    keys.sort(kind="stable")  # ascending runs, which it merges
    positions = keys >> _LABEL_BITS
    firsts = positions.searchsorted(passages.begins)
    # All are in one of the passages, which are in order: those before the next one's begin.
    counts = np.empty_like(firsts)
    counts[:-1] = firsts[1:]
    counts[-1:] = keys.size
    counts -= firsts
    numbers = np.arange(firsts.size).repeat(counts)
    return _Places(positions, (keys & _LABEL) >> 1, (keys & 1).astype(np.bool_), numbers)


def _of_few(
    segment: Segment, releases: Ordinals, forms: Sequence[int], labels: Sequence[int]
) -> Ordinals:
    """Return the keys of the places of forms that have few: each place is looked at."""
    counts, everywhere = segment.surface.gathered(forms)
    wanted = np.zeros(segment.releases, np.bool_)
    wanted[releases] = True
    kept = wanted.take(segment.releases_of(everywhere)).nonzero()[0]
    return _keys(everywhere.take(kept), np.repeat(labels, counts).take(kept))


def _of_many(
    surface: SurfaceField, begins: Ints, ends: Ints, forms: Sequence[int], labels: Sequence[int]
) -> list[Ordinals]:
    """Return the keys of the places of forms that have many: the candidates are looked up."""
    bounds = np.empty(2 * begins.size, np.int32)
    bounds[0::2], bounds[1::2] = begins, ends
    found: list[Ordinals] = []
    for term, label in zip(forms, labels, strict=True):
        positions = surface.positions(term)
        places = positions.searchsorted(bounds)
        firsts = places[0::2]
        found.append(_keys(positions.take(spread(firsts, places[1::2] - firsts)), label))
    return found


def _keys(positions: Ints, labels: Ordinals | int) -> Ordinals:
    """Return a key of each place by which places are sorted, and what tells the word and form."""
    return (positions.astype(np.intp) << _LABEL_BITS) | labels


def _together(
    at: _Places, rows: Ordinals, pairs: Sequence[tuple[int, int]], title_ends: Ints
) -> tuple[Floats, Floats]:
    """Return how often each pair stands together, and which share of the pairs does in a title.

    Together are words that follow each other closely in one passage. ``rows`` are the candidates
    of the places.
    """
    shape = title_ends.size, len(pairs)
    if not pairs or not at.positions.size:
        return np.zeros(shape, np.float32), np.zeros(shape[0], np.float32)
    column = np.full(_MOST_WORDS * _MOST_WORDS, -1, np.intp)
    column[[left * _MOST_WORDS + right for left, right in pairs]] = np.arange(shape[1])
    held = np.zeros(at.positions.size * shape[1], np.bool_)
    apart = at.positions[1:] - at.positions[:-1]
    close, step = np.arange(apart.size), 1
    while True:
        # The next place is at least as near as any after it.
        near = (apart <= _APART).nonzero()[0]
        if not near.size:
            break
        close, apart = close.take(near), apart.take(near)
        other = close + step
        pair = column.take(at.words.take(close) * _MOST_WORDS + at.words.take(other))
        kept = ((pair >= 0) & (apart > 0)).nonzero()[0]
        kept = kept[at.passages.take(close.take(kept)) == at.passages.take(other.take(kept))]
        held[close.take(kept) * shape[1] + pair.take(kept)] = True
        step += 1
        close = close[: close.searchsorted(at.positions.size - step)]
        apart = at.positions.take(close + step) - at.positions.take(close)
    cells = held.nonzero()[0]
    places = cells // shape[1]
    rows = rows.take(places)
    cells += (rows - places) * shape[1]
    together = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    titled = cells[at.positions.take(places) < title_ends.take(rows)]
    headline = np.bincount(titled, minlength=shape[0] * shape[1]).reshape(shape) > 0
    return together.astype(np.float32), (headline.sum(axis=1) / shape[1]).astype(np.float32)


def _best_passage(
    passages: _Passages,
    of_kind: npt.NDArray[np.uint8],
    counts: npt.NDArray[np.intp],
    idfs: Sequence[float],
    size: int,
) -> Floats:
    """Return for each candidate the score of its best passage, 0 where none has a word.

    ``counts`` (passages, words) says how often each word stands in each. Titles are left out: they
    are no passage that answers. A passage's length is of no account, since most are of one size.
    """
    best = np.zeros(size, np.float32)
    if of_kind.size:
        scores = (counts / (counts + K1)) @ (np.array(idfs) * (K1 + 1))
        scores *= _SHOWN.take(of_kind)
        best[passages.rows] = np.maximum.reduceat(scores, passages.starts)
    return best
