"""What an engine gives back: stored releases and passages, and its answer to a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from index.model import BlockKind
from search.facets import FacetCounts
from search.request import Version


class StoredPassage(NamedTuple):
    """A passage as stored."""

    number: int
    kind: BlockKind
    text: str


class StoredQuote(NamedTuple):
    """What somebody says in a passage (by number): characters of its text, and the rule."""

    number: int
    start: int
    end: int
    speaker: str
    rule: str


class StoredRelease(NamedTuple):
    """A release as stored. ``people`` and ``places`` are (name, mentions), most mentioned first.

    ``passages`` is empty where only a line of the release was asked for; those that stand in many
    releases are of the kind ``boilerplate``. ``versions`` are the other ones, newest first.
    """

    id: str
    path: str
    url: str
    title: str
    summary: str
    date: str
    date_source: str
    dateline: str
    source: str
    lang: str
    people: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]
    passages_total: int
    passages: tuple[StoredPassage, ...] = ()
    versions: tuple[Version, ...] = ()
    quotes: tuple[StoredQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """Some of the releases that quote a person, with passages; how many there are in all."""

    total: int
    releases: tuple[StoredRelease, ...]


Explanation = tuple[tuple[str, float], ...]
"""What the score of a release is the sum of: what each part is called, and what it adds."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What is worked out for a search, before anything stored is read.

    ``page`` are the ordinals of the releases of the page, ``scores`` theirs; the rest is as in
    ``EngineAnswer``.
    """

    total: int
    page: tuple[int, ...]
    scores: tuple[float, ...]
    facets: FacetCounts
    facet_sizes: Mapping[str, int]
    relaxed: bool
    leaf_weights: tuple[float, ...]
    explanations: tuple[Explanation, ...] = ()
    apart: tuple[bool, ...] = ()
    boilerplate: int = 0
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """An engine's answer to one search.

    ``hits`` are the releases of the page asked for with their scores, passages included.
    ``facets`` maps each facet to (value, number of releases), ``facet_sizes`` each named one to the
    number of its values, ``leaf_weights`` says what each text leaf of the query is worth (its
    idf), in the order of ``text_leaves``. ``explanations`` are those of the hits when the request
    asked for them, else empty. ``apart`` says of each hit whether it matches in boilerplate alone,
    empty when none does; ``boilerplate`` is the number of such among the ``total``, ``hidden`` of
    those that no page lists.
    """

    total: int
    hits: tuple[tuple[StoredRelease, float], ...]
    facets: FacetCounts
    facet_sizes: Mapping[str, int]
    relaxed: bool
    leaf_weights: tuple[float, ...]
    explanations: tuple[Explanation, ...] = ()
    apart: tuple[bool, ...] = ()
    boilerplate: int = 0
    hidden: int = 0

    @property
    def listed(self) -> int:
        """Number of results that the pages list."""
        return self.total - self.hidden
