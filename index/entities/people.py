"""The people a release names: by titles, by the shape of names, and by what stands beside them."""

from __future__ import annotations

from index.entities.analysis import Analysis, analyse
from index.entities.naming import join_people
from index.model import Entity, Passage, Release


def find_people(release: Release, passages: tuple[Passage, ...]) -> tuple[Entity, ...]:
    """The people of a release, most mentioned first; surnames are joined with full names.

    ``passages`` are not needed by these rules; they are part of the door for extractors that do.
    """
    return people_of(analyse(release))


def people_of(analysis: Analysis) -> tuple[Entity, ...]:
    """The people in an analysis already made."""
    return tuple(person.entity for person in join_people(analysis.people))
