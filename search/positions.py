"""Places of words in a segment: which stand in a row, which stand near each other.

A place is a global token position (int32). Between two passages one position stays free, so that
neighbouring positions are always in one passage.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.codec.integers import Ints
from index.codec.segment import Segment
from search.release_sets import occurring, runs

_SEARCHED = 7
"""One binary search costs about as much as merging this many numbers."""
COMMON = 1 << 17
"""Of terms with more places than this, and"""
_ROWS = 128
"""so many times more than the rows that are left, only those near these are summed up."""
_WINDOW = 1 << 19
"""Positions looked at together where two words are both very common."""
_NONE = np.empty(0, np.int32)
_ANY = np.iinfo(np.int32).max
_CROWDED = 8
"""With more places than this for each release, releases are looked up among the places."""


def in_a_row(terms: Sequence[int], segment: Segment) -> Ints:
    """Return where the surface terms (ids) stand one after the other: places of the first."""
    frequency, positions = segment.surface.frequency, segment.surface.positions
    places = sorted(range(len(terms)), key=lambda place: frequency(terms[place]))
    first = places[0]
    starts = positions(terms[first]) - np.int32(first)
    known: dict[int, Ints] = {}
    for place in places[1:]:
        if not starts.size:
            break
        term = terms[place]
        if COMMON < frequency(term) > starts.size * _ROWS:
            held = segment.surface.skips(term).holds(starts + np.int32(place))
            starts = starts[held.nonzero()[0]]
            continue
        if term not in known:
            known[term] = positions(term)
        starts = common(starts + np.int32(place), known[term]) - np.int32(place)
    return starts


def common(few: Ints, many: Ints) -> Ints:
    """Return what two ascending arrays without repetitions have in common."""
    if few.size > many.size:
        few, many = many, few
    if not few.size:
        return few
    if few.size * _SEARCHED < many.size:
        at = many.searchsorted(few)
        np.minimum(at, many.size - 1, out=at)
        found: Ints = few[(many.take(at) == few).nonzero()[0]]
        return found
    if many.size > _WINDOW:
        return _common_by_windows(few, many)
    # Two ascending runs: the stable sort finds and merges them in one pass.
    merged = np.sort(np.concatenate((few, many)), kind="stable")
    twice: Ints = merged.take((merged[1:] == merged[:-1]).nonzero()[0])
    return twice


def _common_by_windows(few: Ints, many: Ints) -> Ints:
    """Return what two long arrays have in common: half the time of merging them.

    One flag for each position of a window that stays in the cache: set by the one array, asked
    for by the other.
    """
    flags = np.empty(_WINDOW, np.bool_)
    edges = np.arange(int(few[0]), int(few[-1]) + _WINDOW, _WINDOW)
    found: list[Ints] = []
    pieces = zip(np.split(few, few.searchsorted(edges[1:])), edges.tolist(), strict=True)
    many_at = many.searchsorted([*edges, edges[-1] + _WINDOW]).tolist()
    for number, (wanted, base) in enumerate(pieces):
        there = many[many_at[number] : many_at[number + 1]]
        flags.fill(False)
        # As intp: an index of another type is converted first, which costs as much again.
        flags[np.subtract(there, base, dtype=np.intp)] = True
        held = flags.take(np.subtract(wanted, base, dtype=np.intp))
        found.append(wanted[held.nonzero()[0]])
    return np.concatenate(found)


def near(
    left: Ints, left_length: int, right: Ints, right_length: int, within: int, begins: Ints
) -> Ints:
    """Return the places of ``left`` with one of ``right`` near, in the same passage or sentence.

    Both are places of the first of so many words; ``begins`` (ascending) is where the passages, or
    the sentences, begin. ``within`` is the largest difference between their nearest ends (1: side
    by side), 0 for any. The nearest one on either side decides.
    """
    if not left.size or not right.size:
        return left[:0]
    most = within or _ANY
    after = right.searchsorted(left + np.int32(left_length))
    before = after - 1
    overlapping = ((before >= 0) & (right[before] > left - right_length)).nonzero()[0]
    while overlapping.size:  # at most as often as the two have words
        before[overlapping] -= 1
        steps = before[overlapping]
        overlapping = overlapping[(steps >= 0) & (right[steps] > left[overlapping] - right_length)]
    follows = (after < right.size) & (right.take(after, mode="clip") - left < most + left_length)
    precedes = (before >= 0) & (left - right.take(before, mode="clip") < most + right_length)
    at = (follows | precedes).nonzero()[0]
    # The passages of the places that are left, and whether the other stands in the same.
    inside = begins.searchsorted(left[at], side="right")
    end = np.where(inside < begins.size, begins.take(inside, mode="clip"), _ANY)
    found = follows[at] & (right.take(after[at], mode="clip") < end)
    found |= precedes[at] & (right.take(before[at], mode="clip") >= begins[inside - 1])
    return left[at[found.nonzero()[0]]]


def said_within(places: Ints, length: int, begins: Ints, ends: Ints) -> Ints:
    """Return the places, each of the first of so many words, that lie within quotations.

    These are ascending, begin at ``begins`` and end before ``ends``; none overlap.
    """
    if not places.size or not begins.size:
        return places[:0]
    quotation = begins.searchsorted(places, side="right") - 1
    inside = (quotation >= 0) & (places + np.int32(length) <= ends.take(quotation, mode="clip"))
    return places[inside.nonzero()[0]]


def united(lists: Sequence[Ints]) -> Ints:
    """Return the ascending union of ascending lists that have nothing in common."""
    if len(lists) == 1:
        return lists[0]
    return np.sort(np.concatenate(lists), kind="stable") if lists else _NONE


def fold(
    lists: Sequence[Ints], segment: Segment, *, title: bool
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int64]]:
    """Return the releases (ascending ordinals) that places lie in, and how many lie in each.

    Each list of places is ascending; ``title`` leaves only places in titles.
    """
    crowded = [places for places in lists if places.size > _CROWDED * segment.releases]
    others = [places for places in lists if places.size <= _CROWDED * segment.releases]
    if not crowded:
        releases = _releases_of(np.concatenate(others), segment, title) if others else _NONE
        if len(lists) == 1:
            return runs(releases)
        if releases.size * _CROWDED < segment.releases:
            return runs(np.sort(releases))
        counts = np.bincount(releases, minlength=segment.releases)
    else:
        counts = np.sum([_counted(places, segment, title) for places in crowded], axis=0)
        if others:
            releases = _releases_of(np.concatenate(others), segment, title)
            counts += np.bincount(releases, minlength=segment.releases)
    return occurring(counts)


def _releases_of(places: Ints, segment: Segment, title: bool) -> Ints:
    releases = segment.releases_of(places)
    if title:
        releases = releases[(places < segment.title_ends.take(releases)).nonzero()[0]]
    return releases


def _counted(places: Ints, segment: Segment, title: bool) -> npt.NDArray[np.int64]:
    """Count the places in each release, shape (R,), looking the releases up."""
    begins, ends = segment.release_base[:-1], segment.release_base[1:]
    firsts = places.searchsorted(begins)
    if title:
        return np.asarray(places.searchsorted(segment.title_ends) - firsts, np.int64)
    return np.asarray(places.searchsorted(ends) - firsts, np.int64)
