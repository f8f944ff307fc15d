"""Entities: the people and places of a release, each with its evidence.

Pure but for word lists and the gazetteer, which are read from installed data on first use.
"""

from index.entities.extract import EXTRACTOR_VERSION, extract_entities
from index.entities.naming import normalise_name
from index.entities.people import find_people
from index.entities.places import find_places

__all__ = [
    "EXTRACTOR_VERSION",
    "extract_entities",
    "find_people",
    "find_places",
    "normalise_name",
]
