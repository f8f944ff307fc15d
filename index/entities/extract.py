"""People and places of a release in one go: the release is analysed only once."""

from __future__ import annotations

from index.entities.analysis import analyse
from index.entities.people import people_of
from index.entities.places import places_of
from index.model import Entity, Passage, Release

EXTRACTOR_VERSION: int = 2
"""Raised with every change of what is found, so that stored results are known to be old."""


def extract_entities(
    release: Release, passages: tuple[Passage, ...]
) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    """The people and the places of a release, each most mentioned first."""
    analysis = analyse(release)
    return people_of(analysis), places_of(analysis)
