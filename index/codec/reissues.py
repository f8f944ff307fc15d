"""Releases that were issued again: the same text corrected, or given out twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index.analysis import surface_terms
from index.codec.container import Array
from index.codec.segment import KINDS, Mask, Segment
from index.codec.sketches import Hashes, Marks
from index.model import BlockKind

_MOST_COMPARED = 20
"""Releases of one title that each is compared with: those next to it by date."""
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
_TITLE = KINDS.index(BlockKind.TITLE)
Longs = npt.NDArray[np.int64]


def find_versions(segments: Sequence[Segment], marks: Marks, live: Mask) -> tuple[Longs, Longs]:
    """Return the releases that are versions of one another, and the group of each.

    Those of a group are newest first; of one day by their ids, which no order of writing changes.
    Versions have one source, dates at most ``NEAR`` days apart, and either one title (but for a
    word such as *corrected*) and most of their words, or similar titles and all other words. What
    was given out more than ``_MOST_CORRECTED`` times with other words is a form letter: of it only
    those are versions that have all words in common.
    """
    titles, sizes = marks.titles, marks.counts
    ends = np.cumsum(sizes)
    days = np.concatenate([_days(segment) for segment in segments]) if segments else sizes
    sources = _sources(segments)
    bodies = _bodies(segments, marks)

    @lru_cache(maxsize=_KEPT)
    def sketch(release: int) -> frozenset[int]:
        return frozenset(marks.sketches[ends[release] - sizes[release] : ends[release]].tolist())

    @lru_cache(maxsize=_KEPT)
    def title(release: int) -> frozenset[str]:
        return frozenset(surface_terms(_title(segments, release)))

    same = [
        (left, right)
        for left, right in _near(live & (sizes >= _LEAST_SAME), bodies, days)
        if sources[left] == sources[right] and _similar(title(left), title(right))
    ]
    corrected = [
        (left, right)
        for left, right in _near(live & (sizes >= _LEAST_SHARED), titles, days)
        if sources[left] == sources[right] and _are_alike(sketch(left), sketch(right))
    ]
    joined = _united([*same, *corrected])
    members = Counter(joined.values())
    joined = _united(
        (left, right)
        for left, right in (*same, *corrected)
        if members[joined[left]] <= _MOST_CORRECTED or bodies[left] == bodies[right]
    )
    order = sorted(
        joined, key=lambda release: (joined[release], -days[release], _id(segments, release))
    )
    return _grouped(order, joined, days)


def _bodies(segments: Sequence[Segment], marks: Marks) -> Hashes:
    """Return a hash of all words of each release but its title and very short paragraphs."""
    kinds = [segment.kinds for segment in segments]
    shown = np.concatenate(kinds) != _TITLE if kinds else np.empty(0, np.bool_)
    hashes = np.where(np.repeat(shown, marks.paragraphs), marks.hashes, np.uint64(0))
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(hashes)))
    paragraphs = np.concatenate(([0], np.cumsum(marks.paragraphs)))
    counts = [segment.passage_start.astype(np.int64) for segment in segments]
    passages = np.cumsum(np.concatenate([[0], *map(np.diff, counts)]))
    of_releases = sums[paragraphs[passages.astype(np.int64)]]
    return np.asarray(of_releases[1:] - of_releases[:-1], np.uint64)


def _near(asked: Mask, keys: Hashes, days: Longs) -> Iterator[tuple[int, int]]:
    """Yield pairs of releases of one key whose days do not lie too far apart.

    Each with the ``_MOST_COMPARED`` next to it by day, those without a date first.
    """
    found = np.flatnonzero(asked & (keys != 0))
    order = found[np.lexsort((days[found], keys[found]))]
    bounds = np.append(np.flatnonzero(changes(keys[order])), order.size)
    several = np.flatnonzero(np.diff(bounds) > 1)
    for start, end in zip(bounds[several].tolist(), bounds[several + 1].tolist(), strict=True):
        group = order[start:end].tolist()
        when = days[order[start:end]].tolist()
        for at, left in enumerate(group):
            for other in range(at + 1, min(at + 1 + _MOST_COMPARED, len(group))):
                if when[at] and when[other] - when[at] > NEAR:
                    break
                yield left, group[other]


def _are_alike(sketch: frozenset[int], other: frozenset[int]) -> bool:
    if min(len(sketch), len(other)) < _ALIKE * max(len(sketch), len(other)):
        return False  # they cannot have enough in common
    shared = len(sketch & other)
    return shared >= _LEAST_SHARED and shared >= _ALIKE * (len(sketch) + len(other) - shared)


def _grouped(members: Sequence[int], joined: dict[int, int], days: Longs) -> tuple[Longs, Longs]:
    """Return the members of groups and the number of each one's group, ascending from 0.

    What is joined pair by pair may span years: a report given out each week in nearly the same
    words. From the newest on, what is more than ``NEAR`` days older begins another group.
    """
    groups: list[list[int]] = []
    for release in members:
        first = groups[-1][0] if groups else release
        apart = bool(days[release]) and days[first] - days[release] > NEAR
        if not groups or joined[first] != joined[release] or apart:
            groups.append([])
        groups[-1].append(release)
    groups = [group for group in groups if len(group) > 1]
    numbers = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    return np.array([r for group in groups for r in group], np.int64), numbers.astype(np.int64)


def _title(segments: Sequence[Segment], release: int) -> str:
    segment, ordinal = _placed(segments, release)
    return str(segment.stored.header(ordinal)["title"])


def _id(segments: Sequence[Segment], release: int) -> bytes:
    segment, ordinal = _placed(segments, release)
    return bytes(segment.ids[ordinal])


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


def _united(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return for each release of the pairs the least one it is joined with, by any of them."""
    least: dict[int, int] = {}

    def root(release: int) -> int:
        while least.setdefault(release, release) != release:
            release = least[release]
        return release

    for left, right in pairs:
        first, second = sorted((root(left), root(right)))
        least[second] = first
    return {release: root(release) for release in least}


def _sources(segments: Sequence[Segment]) -> list[str]:
    """Return the source of each release, empty without one."""
    found: list[str] = []
    for segment in segments:
        facet = segment.facets["source"]
        of_segment = [""] * segment.releases
        starts = facet.value_starts.tolist()
        for value, start, end in zip(facet.values.terms(), starts[:-1], starts[1:], strict=True):
            for release in facet.releases[start:end].tolist():
                of_segment[release] = value
        found += of_segment
    return found


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
