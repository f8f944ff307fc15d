"""People and places of a release in one go: the release is analysed only once."""

from __future__ import annotations

from typing import NamedTuple

from index.entities.analysis import analyse
from index.entities.claims import claims_of
from index.entities.naming import join_people
from index.entities.pipeline import analyse_by_model
from index.entities.places import spots_of
from index.entities.quotes import find_quotes
from index.entities.titled_names import titled_names
from index.model import Claim, Entity, Passage, Quotation, Release

EXTRACTOR_VERSION: int = 8
"""Raised with every change of what is found, so that stored results are known to be old."""


class Extraction(NamedTuple):
    """The people and places of a release, each most mentioned first, and what the archive needs.

    Also what people say, by the mentions that tell who.
    """

    people: tuple[Entity, ...]
    places: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    quotes: tuple[Quotation, ...]


def extract(release: Release, ner: str = "") -> Extraction:
    """What a release alone says of people and places: by the rules, or by the pipeline set."""
    if ner:
        analysis, spots = analyse_by_model(release, ner)
    else:
        analysis = analyse(release)
        spots = spots_of(analysis)
    people = join_people(analysis.people)
    titled = titled_names(analysis.segments, release.lang)
    alone = {at: (end, who + len(people)) for at, (end, who) in titled.alone.items()}
    people += titled.people
    entities = tuple(person.entity for person in people)
    claims = claims_of(analysis, people, spots)
    quotes = find_quotes(release, entities, claims, alone)
    return Extraction(entities, spots.entities(), claims, quotes)


def extract_entities(
    release: Release, passages: tuple[Passage, ...]
) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    """The people and the places of a release, each most mentioned first."""
    found = extract(release)
    return found.people, found.places
