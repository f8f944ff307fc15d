"""Releases that were issued again: the same text corrected, or given out twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from index.analysis import surface_terms
from index.codec.container import Array
from index.codec.segment import Mask, Segment
from index.codec.sketches import Hashes, Marks

_MOST_COMPARED = 20
"""Releases of one title that are compared with each other."""
_LEAST_SHARED = 4
_LEAST_SAME = 12
"""Hashes that two sketches must have in common, with one title and without: 64 and 190 words."""
_ALIKE = 0.8
"""Share of two sketches' hashes that must be common to both."""
_SIMILAR = 0.6
"""Share of two titles' words that must be common to both."""
_NEAR = 31
"""Days between two versions, at most."""
Longs = npt.NDArray[np.int64]


def find_versions(segments: Sequence[Segment], marks: Marks, live: Mask) -> tuple[Longs, Longs]:
    """Return the releases that are versions of one another, and the group of each.

    Those of a group are newest first; of one day by their ids, which no order of writing changes.
    Versions have one source, dates at most ``_NEAR`` days apart, and either one title (but for a
    word such as *corrected*) and most of their words, or similar titles and all other words.
    """
    titles, sizes, sketch = marks.titles, marks.counts, marks.sketches
    bodies = _sums(sketch, sizes)
    days = np.concatenate([_days(segment) for segment in segments]) if segments else sizes
    sources = _sources(segments)
    pairs = [
        (left, right)
        for keys, least in ((titles, _LEAST_SHARED), (bodies, _LEAST_SAME))
        for left, right, shared in _pairs(live, keys, sketch, sizes)
        if shared >= least
        and sources[left] == sources[right]
        and shared >= _ALIKE * (sizes[left] + sizes[right] - shared)
        and (not days[left] or not days[right] or abs(days[left] - days[right]) <= _NEAR)
        and (keys is titles or _similar(_title(segments, left), _title(segments, right)))
    ]
    joined = _united(pairs)
    members = sorted(
        joined, key=lambda release: (joined[release], -days[release], _id(segments, release))
    )
    roots = np.array([joined[release] for release in members], np.int64)
    return np.array(members, np.int64), np.cumsum(changes(roots)) - 1 if members else roots


def _pairs(
    live: Mask, keys: Hashes, sketch: npt.NDArray[np.uint32], sizes: Longs
) -> Iterator[tuple[int, int, int]]:
    """Yield two releases of one key and how many hashes their sketches share."""
    asked = np.flatnonzero(live & (keys != 0) & (sizes >= _LEAST_SHARED))
    order = asked[np.argsort(keys[asked], kind="stable")]
    ends = np.cumsum(sizes)
    bounds = np.append(np.flatnonzero(changes(keys[order])), order.size)
    several = np.flatnonzero(np.diff(bounds) > 1)
    for start, end in zip(bounds[several].tolist(), bounds[several + 1].tolist(), strict=True):
        group = order[start:end].tolist()[:_MOST_COMPARED]
        found = [sketch[ends[release] - sizes[release] : ends[release]] for release in group]
        for at, left in enumerate(group):
            for other in range(at + 1, len(group)):
                shared = np.intersect1d(found[at], found[other], assume_unique=True).size
                yield left, group[other], shared


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


def _similar(title: str, other: str) -> bool:
    """Whether two titles share most of their words and all of their numbers.

    Offices announce the same thing for one town after another in the same words.
    """
    words, others = set(surface_terms(title)), set(surface_terms(other))
    numbers = {word for word in words ^ others if any(map(str.isdigit, word))}
    return not numbers and len(words & others) > _SIMILAR * len(words | others)


def _sums(sketch: npt.NDArray[np.uint32], sizes: Longs) -> Hashes:
    """Return the sum of each sketch: equal ones have equal sums, and others hardly ever."""
    sums = np.concatenate(([0], np.cumsum(sketch, dtype=np.uint64)))
    ends = np.cumsum(sizes)
    return np.asarray(sums[ends] - sums[ends - sizes], np.uint64)


def _united(pairs: Sequence[tuple[int, int]]) -> dict[int, int]:
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
