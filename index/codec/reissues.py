"""Releases that were issued again: the same text corrected, or given out twice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index.analysis import surface_terms
from index.codec.container import Array
from index.codec.integers import spread
from index.codec.segment import KINDS, Mask, Segment
from index.codec.sketches import Hashes, Marks
from index.model import BlockKind

_MOST_COMPARED = 20
"""Releases of one title that each is compared with: those next to it by date."""
_PAIRS_COMPARED = 4_096
"""Pairs whose sketches are compared together: about 80 hashes each."""
_SUMMED = 1 << 14
"""Releases whose paragraphs are looked at together."""
_TITLES_LOADED = 256
"""Titles read before the pages they lay in are given back: a page or five for each."""
_KEPT = 4_096
_LEAST_SHARED = 4
_LEAST_SAME = 12
"""Hashes that the sketches must have in common, with one title and without: 64 and 190 words."""
_ALIKE = 0.8
"""Share of two sketches' hashes that must be common to both."""
_SIMILAR = 0.6
"""Share of two titles' words that must be common to both."""
NEAR = 31
"""Days between two versions, at most."""
_MOST_CORRECTED = 5
_ODD = 0x9E3779B97F4A7C15
_TITLE = KINDS.index(BlockKind.TITLE)
Longs = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.uint32]
"""Two releases in each row."""


def find_versions(segments: Sequence[Segment], marks: Marks, live: Mask) -> tuple[Longs, Longs]:
    """Return the releases that are versions of one another, and the group of each.

    Those of a group are newest first; of one day by their ids, which no order of writing changes.
    Versions have one source, dates at most ``NEAR`` days apart, and either one title (but for a
    word such as *corrected*) and most of their words, or similar titles and all other words. What
    was given out more than ``_MOST_CORRECTED`` times with other words is a form letter: of it only
    those are versions that have all words in common. Of short ones only copies are: one title,
    one day, all words.
    """
    sizes = marks.counts
    days = np.concatenate([_days(segment) for segment in segments]) if segments else sizes
    sources = _sources(segments)
    bodies = _bodies(segments, marks)
    titled = _near(live & (sizes >= _LEAST_SAME), bodies, days, sources)
    same = titled[_same_titles(segments, marks.titles, titled)]
    short = _near(live & (sizes < _LEAST_SHARED), bodies, days, sources)
    copies = short[_equal(marks.titles, short) & _equal(days + 1, short)]
    corrected = _near(live & (sizes >= _LEAST_SHARED), marks.titles, days, sources)
    pairs = np.concatenate((same, copies, corrected[_alike(marks, corrected)]))
    least = _united(pairs, live.size)
    members = np.bincount(least, minlength=1)
    left, right = pairs.T
    kept = (members[least[left]] <= _MOST_CORRECTED) | (bodies[left] == bodies[right])
    pairs = pairs[kept]
    least = _united(pairs, live.size)
    found = np.unique(pairs).astype(np.int64)
    order = np.lexsort((_ids(segments, found), -days[found], least[found]))
    return _grouped(found[order], least, days)


def counted_as(
    segments: Sequence[Segment], marks: Marks, live: Mask, members: Longs, groups: Longs
) -> Longs:
    """Return the release that each is one with where those that share a paragraph are counted.

    Besides versions (``members``, of ``groups``) these are copies, of whatever source: releases
    with all words of their text in common, or with one title on one day. An archive may hold a
    page under many addresses, and a joint statement of many offices: that is no boilerplate.
    """
    days = np.concatenate([_days(segment) for segment in segments]) if segments else marks.counts
    on_one_day = marks.titles * np.uint64(_ODD) + days.astype(np.uint64)
    on_one_day[(marks.titles == 0) | (days == 0)] = 0
    firsts = members[np.flatnonzero(changes(groups))] if members.size else members
    pairs = [np.stack((firsts[groups], members), axis=1)]
    for keys in (_bodies(segments, marks), on_one_day):
        found = np.flatnonzero(live & (keys != 0))
        order = found[np.argsort(keys[found], kind="stable")]
        same = keys[order[1:]] == keys[order[:-1]]
        pairs.append(np.stack((order[:-1][same], order[1:][same]), axis=1))
    return _united(np.concatenate(pairs).astype(np.uint32), live.size)


def _bodies(segments: Sequence[Segment], marks: Marks) -> Hashes:
    """Return a hash of all words of each release but its title and very short paragraphs."""
    kinds = [segment.kinds for segment in segments]
    shown = np.concatenate(kinds) != _TITLE if kinds else np.empty(0, np.bool_)
    many = [np.diff(segment.passage_start.astype(np.int64)) for segment in segments]
    passages = np.cumsum(np.concatenate([[0], *many]), dtype=np.int64)
    paragraphs = np.concatenate(([0], np.cumsum(marks.paragraphs)))
    found = np.zeros(passages.size - 1, np.uint64)
    for first in range(0, found.size, _SUMMED):
        of_releases = passages[first : first + _SUMMED + 1]
        start, stop = of_releases[0], of_releases[-1]
        edges = paragraphs[of_releases]
        counts = marks.paragraphs[start:stop]
        hashes = marks.hashes[edges[0] : edges[-1]] * np.repeat(shown[start:stop], counts)
        sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(hashes)))
        found[first : first + _SUMMED] = np.diff(sums[edges - edges[0]])
    return found


def _near(asked: Mask, keys: Hashes, days: Longs, sources: Array) -> Pairs:
    """Return pairs of releases of one key and one source whose days do not lie too far apart.

    Of each release with the ``_MOST_COMPARED`` next to it by day, those without a date first.
    """
    found = np.flatnonzero(asked & (keys != 0)).astype(np.uint32)
    order = found[np.lexsort((days[found], keys[found]))]
    left = np.arange(order.size)
    places, pairs = [left[:0]], [np.empty((0, 2), np.uint32)]
    for step in range(1, _MOST_COMPARED + 1):
        left = left[left + step < order.size]
        first, second = order[left], order[left + step]
        when = days[first]
        close = (keys[first] == keys[second]) & ((when == 0) | (days[second] - when <= NEAR))
        left, first, second = left[close], first[close], second[close]
        one_source = sources[first] == sources[second]
        places.append(left[one_source])
        pairs.append(np.stack((first[one_source], second[one_source]), axis=1))
    return np.concatenate(pairs)[np.argsort(np.concatenate(places), kind="stable")]


def _same_titles(segments: Sequence[Segment], titles: Hashes, pairs: Pairs) -> Mask:
    """Return of which pairs the titles are alike, bool (n,); read where the hashes do not tell."""

    @lru_cache(maxsize=_KEPT)
    def title(release: int) -> frozenset[str]:
        segment, ordinal = _placed(segments, release)
        if title.cache_info().misses % _TITLES_LOADED == 0:
            for each in segments:
                each.unload()
        return frozenset(surface_terms(str(segment.stored.header(ordinal)["title"])))

    alike = _equal(titles, pairs)
    for at in np.flatnonzero(~alike).tolist():
        alike[at] = _similar(*map(title, pairs[at].tolist()))
    return alike


def _equal(values: Array, pairs: Pairs) -> Mask:
    """Return of which pairs both have one value, and not 0, bool (n,)."""
    left, right = values[pairs].T
    equal: Mask = (left == right) & (left != 0)
    return equal


def _alike(marks: Marks, pairs: Pairs) -> Mask:
    """Return of which pairs the sketches have most of their hashes in common, bool (n,)."""
    starts = np.cumsum(marks.counts) - marks.counts
    alike = np.zeros(len(pairs), np.bool_)
    for first in range(0, len(pairs), _PAIRS_COMPARED):
        some = pairs[first : first + _PAIRS_COMPARED]
        sizes = marks.counts[some]
        owners = np.arange(len(some), dtype=np.uint64) << np.uint64(32)
        # Those of a pair one after the other: what both have stands there twice.
        hashes = marks.sketches[spread(starts[some].ravel(), sizes.ravel())]
        both = np.sort(np.repeat(owners, sizes.sum(axis=1)) | hashes)
        twice = both[1:][both[1:] == both[:-1]]
        shared = np.bincount((twice >> np.uint64(32)).astype(np.int64), minlength=len(some))
        enough = shared >= _ALIKE * (sizes.sum(axis=1) - shared)
        alike[first : first + len(some)] = enough & (shared >= _LEAST_SHARED)
    return alike


def _grouped(members: Longs, least: Longs, days: Longs) -> tuple[Longs, Longs]:
    """Return the members of groups and the number of each one's group, ascending from 0.

    What is joined pair by pair may span years: a report given out each week in nearly the same
    words. From the newest on, what is more than ``NEAR`` days older begins another group.
    """
    begins = changes(least[members])
    newest = 0
    for at, day in enumerate(days[members].tolist()):
        if begins[at] or (day and newest - day > NEAR):
            begins[at], newest = True, day
    numbers = np.cumsum(begins) - 1
    kept = np.bincount(numbers, minlength=1)[numbers] > 1
    return members[kept], np.cumsum(changes(numbers[kept])) - 1


def _ids(segments: Sequence[Segment], releases: Longs) -> npt.NDArray[np.bytes_]:
    """Return the ids of releases (ascending), bytes (n,)."""
    ends = np.cumsum([segment.releases for segment in segments], dtype=np.int64)
    bounds = [0, *releases.searchsorted(ends).tolist()]
    ids = [
        segment.ids[releases[start:stop] - (end - segment.releases)]
        for segment, end, start, stop in zip(segments, ends, bounds, bounds[1:], strict=False)
    ]
    return np.concatenate([np.empty(0, np.bytes_), *ids])


def _placed(segments: Sequence[Segment], release: int) -> tuple[Segment, int]:
    """Return the segment of a release of the index, and its ordinal there."""
    for segment in segments:
        if release < segment.releases:
            return segment, release
        release -= segment.releases
    raise IndexError(release)


def _similar(title: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two titles share most of their words and all of their numbers.

    Offices announce the same thing for one town after another in the same words.
    """
    numbers = {word for word in title ^ other if any(map(str.isdigit, word))}
    return not numbers and len(title & other) > _SIMILAR * len(title | other)


def _united(pairs: Pairs, size: int) -> Longs:
    """Return for each of ``size`` releases the least one it is joined with, by any of the pairs."""
    least = np.arange(size)
    left, right = pairs.T
    while (apart := least[left] != least[right]).any():
        first, second = least[left[apart]], least[right[apart]]
        np.minimum.at(least, np.maximum(first, second), np.minimum(first, second))
        while not np.array_equal(further := least[least], least):
            least = further
    return least


def _sources(segments: Sequence[Segment]) -> npt.NDArray[np.uint32]:
    """Return a number of the source of each release, 0 without one."""
    numbers = {"": 0}
    found = [np.empty(0, np.uint32)]
    for segment in segments:
        facet = segment.facets["source"]
        of_values = [numbers.setdefault(value, len(numbers)) for value in facet.values.terms()]
        of_segment = np.zeros(segment.releases, np.uint32)
        starts = facet.value_starts.astype(np.int64)
        many = starts[1:] - starts[:-1]
        of_segment[facet.releases] = np.repeat(np.array(of_values, np.uint32), many)
        found.append(of_segment)
    return np.concatenate(found)


def _days(segment: Segment) -> Longs:
    """Return the first day each release's date can mean, as a number of days; 0 without one."""
    facet = segment.facets["date"]
    written = [
        f"{value}-01-01"[:10] if len(value) < 10 else value for value in facet.values.terms()
    ]
    numbers: Longs = np.array(written, "datetime64[D]").astype(np.int64)
    days = np.zeros(segment.releases, np.int64)
    starts = facet.value_starts.astype(np.int64)
    days[facet.releases] = np.repeat(numbers, starts[1:] - starts[:-1])
    return days


def changes(values: Array) -> Mask:
    """Return where a value differs from the one before it, the first one included."""
    found: Mask = np.ones(values.size, np.bool_)
    found[1:] = values[1:] != values[:-1]
    return found
