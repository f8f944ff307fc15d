"""The engine protocol: what every engine answers, whatever it keeps its index in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from index.generations import Generation
from index.model import BlockKind
from search.facets import FacetCounts
from search.query import Query
from search.request import SearchRequest


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as stored."""

    number: int
    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """A release as stored. ``people`` and ``places`` are (name, mentions), most mentioned first.

    ``passages`` is empty where only a line of the release was asked for.
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


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """An engine's answer to one search.

    ``hits`` are the releases of the page asked for with their scores, passages included.
    ``facets`` maps each facet to (value, number of releases), ``leaf_weights`` says what each
    text leaf of the query is worth (its idf), in the order of ``text_leaves``.
    """

    total: int
    hits: tuple[tuple[StoredRelease, float], ...]
    facets: FacetCounts
    relaxed: bool
    leaf_weights: tuple[float, ...]


class Engine(Protocol):
    """One opened generation. Safe for use by several threads."""

    @property
    def generation(self) -> Generation:
        """The generation that answers."""

    def search(self, request: SearchRequest, query: Query) -> EngineAnswer:
        """Answer a search; ``query`` is the parsed text of ``request``."""

    def release(self, release_id: str) -> StoredRelease | None:
        """Return a whole release, or None when there is none of that id."""

    def listing(self, start: int, count: int) -> tuple[StoredRelease, ...]:
        """Return releases newest first, undated last, from ``start`` on, without passages."""

    def date_span(self) -> tuple[str, str]:
        """Return the first and the last date of the archive as they are known, or empty."""
