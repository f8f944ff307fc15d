"""The engine protocol: what every engine answers, whatever it keeps its index in."""

from __future__ import annotations

from typing import Protocol

from index.generations import Generation, Generations
from index.settings import Settings
from search.facet_pages import ValuePage, ValuesAsked
from search.query import Query
from search.refining import RankingOptions
from search.request import SearchRequest
from search.stored import EngineAnswer, Spoken, StoredRelease
from search.whoosh_engine import WhooshEngine


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

    def values(
        self, request: SearchRequest, query: Query, facet: str, asked: ValuesAsked
    ) -> ValuePage:
        """Return a page of a facet's values under a search, the facet's own choice left out."""

    def frequency(self, stem: str) -> int:
        """Return how many releases hold a stem."""

    def row_frequency(self, terms: tuple[str, ...]) -> int:
        """Return how many releases hold surface terms in a row."""

    def spread(self, query: Query, digits: int) -> tuple[tuple[str, int], ...]:
        """Count the releases that match strictly by year (4 digits) or month (7), earliest first.

        Those without a date, or of no one month, are left out.
        """

    def together(self, facet: str, value: str, most: int) -> dict[str, tuple[tuple[str, int], ...]]:
        """Count the people and places of the releases with a value, that value left out."""

    def named(self, facet: str, text: str, most: int) -> list[tuple[str, int]]:
        """Return the most frequent values of a facet with words beginning as those of a text."""

    def completions(self, prefix: str, most: int) -> tuple[tuple[str, int], ...]:
        """Return the most frequent words that begin with a prefix, with their occurrences."""

    def mistyped(self, prefix: str, most: int) -> tuple[tuple[str, int], ...]:
        """Return frequent words that begin with a prefix but for one letter of it."""

    def similar_words(self, term: str, distance: int, most: int) -> tuple[tuple[str, int], ...]:
        """Return the most frequent words at most so many letters away, others than the word."""

    def speaks(self, terms: tuple[str, ...]) -> tuple[bool, bool]:
        """Return whether anybody has a name with these words in a row, and is quoted."""

    def said_by(self, name: str, start: int, count: int) -> Spoken:
        """Return releases that quote a person, newest first, from ``start`` on."""

    def languages(self) -> tuple[str, ...]:
        """Return the languages of at least one release in a hundred, the most frequent first."""

    def date_span(self) -> tuple[str, str]:
        """Return the first and the last date of the archive as they are known, or empty."""


def open_engine(settings: Settings, generation: Generation | None = None) -> Engine:
    """Open the engine on a generation, by default the serving one, and read it ahead.

    Raises IndexUnavailableError when there is none or it does not open.
    """
    options = RankingOptions(
        refined=settings.ranking == "full",
        recency=settings.recency,
        half_life=settings.recency_half_life,
    )
    engine = WhooshEngine(generation or Generations(settings.data).current(), options)
    engine.read_ahead()
    return engine
