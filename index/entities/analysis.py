"""What is known about a release before people and places are told: runs, and names in them."""

from __future__ import annotations

from dataclasses import dataclass

from index.entities.candidates import PersonMention, persons_in
from index.entities.runs import Run, find_runs
from index.entities.segments import Segment, segments_of
from index.model import Release


@dataclass(frozen=True, slots=True)
class Analysis:
    """A release's segments, its runs of capitalised words, and where people are named or may be."""

    release: Release
    segments: tuple[Segment, ...]
    runs: tuple[Run, ...]
    people: tuple[PersonMention, ...]
    doubtful: tuple[PersonMention, ...]


def analyse(release: Release) -> Analysis:
    """Split the release into runs and find the people in them."""
    segments = segments_of(release)
    runs = tuple(run for segment in segments for run in find_runs(segment))
    return Analysis(release, segments, runs, *persons_in(runs, release.lang))
