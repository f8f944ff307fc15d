"""What is asked and what is answered, as values: requests, pages, hits.

Limits are clamped here and nowhere else, by ``make_request``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from index.errors import BadRequestError
from search.hit import FoundWord as FoundWord
from search.hit import Hit as Hit
from search.hit import HitPassage as HitPassage
from search.hit import Version as Version
from search.periods import period_bounds as period_bounds

MAX_QUERY_LENGTH = 2_000
MAX_PER_PAGE = 100
MAX_LISTING_PER_PAGE = 1_000
MAX_WINDOW = 10_000
"""Results past this one are not paged to; narrow instead, or use the listing."""
MAX_FACET_CHOICES = 50
DEFAULT_PER_PAGE = 10
NAMED_FACETS = ("person", "place", "source", "lang")
"""The facets whose values are names, not periods."""

_UNUSABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")


class Sort(StrEnum):
    """The order of results. Releases without a date come last in both orders by date."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Boilerplate(StrEnum):
    """What is done with results that match in passages repeated under many releases alone."""

    LIKE_OTHERS = "like_others"
    LAST = "last"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. Build it with ``make_request``, which clamps and cleans.

    ``date_from`` and ``date_to`` are ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, both inclusive, or
    empty. ``undated`` asks for the releases without a date only. Values inside one facet widen,
    facets together narrow. ``excluded`` are (facet, value): releases with any of them are left
    out, from every count as well. ``literal`` are words (in lower case) whose synonyms are not
    wanted; ``explain`` asks for what each score is made of, ``sizes`` for how many values each
    facet has, ``every_version`` for all versions of a release and not the newest alone.
    ``boilerplate``: hidden results are counted all the same, in the total and in the facets; last
    is after all others by relevance, and where they belong by date.
    """

    text: str = ""
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    date_from: str = ""
    date_to: str = ""
    undated: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = DEFAULT_PER_PAGE
    literal: tuple[str, ...] = ()
    explain: bool = False
    sizes: bool = True
    every_version: bool = False
    excluded: tuple[tuple[str, str], ...] = ()
    boilerplate: Boilerplate = Boilerplate.LIKE_OTHERS

    @property
    def narrowed(self) -> bool:
        """Whether any facet or date narrows the search."""
        chosen = self.people or self.places or self.sources or self.langs or self.excluded
        return bool(chosen or self.date_from or self.date_to or self.undated)

    @property
    def first_day(self) -> str:
        """First day asked for as ``YYYY-MM-DD``, or empty when open."""
        return period_bounds(self.date_from)[0] if self.date_from else ""

    @property
    def last_day(self) -> str:
        """Last day asked for as ``YYYY-MM-DD``, or empty when open."""
        return period_bounds(self.date_to)[1] if self.date_to else ""

    def on_page(self, page: int) -> SearchRequest:
        """Return the same search on another page."""
        return replace(self, page=max(1, page))


def make_request(
    text: str = "",
    *,
    people: Iterable[str] = (),
    places: Iterable[str] = (),
    sources: Iterable[str] = (),
    langs: Iterable[str] = (),
    date_from: str = "",
    date_to: str = "",
    undated: bool = False,
    sort: str = "relevance",
    page: int = 1,
    per_page: int = DEFAULT_PER_PAGE,
    literal: Iterable[str] = (),
    explain: bool = False,
    excluded: Iterable[tuple[str, str]] = (),
) -> SearchRequest:
    """Build a request: text cleaned of control characters and cut, numbers clamped.

    Raises BadRequestError for a date that is not one, a range that ends before it begins, an
    unknown sort order, or a page past ``MAX_WINDOW`` results.
    """
    if sort not in set(Sort):
        raise BadRequestError(
            f"unknown sort order {sort!r}", where="sort", hint="use relevance, newest or oldest"
        )
    per_page = min(max(1, per_page), MAX_PER_PAGE)
    _check_window(page, per_page)
    date_from, date_to = date_from.strip(), date_to.strip()
    _check_range(date_from, date_to)
    return SearchRequest(
        text=clean_text(text),
        people=_choices(people),
        places=_choices(places),
        sources=_choices(sources),
        langs=_choices(langs),
        date_from=date_from,
        date_to=date_to,
        undated=undated,
        sort=Sort(sort),
        page=max(1, page),
        per_page=per_page,
        literal=tuple(word.casefold() for word in _choices(literal)),
        explain=explain,
        excluded=_exclusions(excluded),
    )


def _check_window(page: int, per_page: int) -> None:
    if (page - 1) * per_page >= MAX_WINDOW:
        raise BadRequestError(
            f"page {page} lies past the first {MAX_WINDOW:,} results",
            where="page",
            hint="narrow the search by date, place or person",
        )


def _check_range(date_from: str, date_to: str) -> None:
    first = period_bounds(date_from, "from")[0] if date_from else ""
    last = period_bounds(date_to, "to")[1] if date_to else ""
    if first and last and first > last:
        raise BadRequestError(
            f"{date_from} comes after {date_to}", where="from", hint="swap the two dates"
        )


def clean_text(text: str) -> str:
    """Return ``text`` without control characters, lone surrogates and outer blanks, cut to size."""
    return _UNUSABLE.sub(" ", text)[:MAX_QUERY_LENGTH].strip()


def _choices(values: Iterable[str]) -> tuple[str, ...]:
    cleaned = (clean_text(value) for value in values)
    return tuple(dict.fromkeys(value for value in cleaned if value))[:MAX_FACET_CHOICES]


def _exclusions(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    cleaned = ((facet, clean_text(value)) for facet, value in pairs if facet in NAMED_FACETS)
    return tuple(dict.fromkeys(pair for pair in cleaned if pair[1]))[:MAX_FACET_CHOICES]


@dataclass(frozen=True, slots=True)
class QueryWarning:
    """What in the query could not be understood, and where (character, counted from 0)."""

    message: str
    position: int


@dataclass(frozen=True, slots=True)
class Also:
    """Words of the query (``typed``) and what was looked for as well (``also``)."""

    typed: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryInfo:
    """How the text of the query was understood.

    ``relaxed``: fewer than ten releases hold all words, so those with most of them follow.
    ``words`` says it in words (``search.in_words``): pieces, and whether each was typed.
    """

    text: str
    interpreted: str = ""
    warnings: tuple[QueryWarning, ...] = ()
    relaxed: bool = False
    synonyms: tuple[Also, ...] = ()
    words: tuple[tuple[str, bool], ...] = ()


class FacetValue(NamedTuple):
    """A value of a facet with the number of releases that have it under the present search.

    For the facet ``date`` the value is ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or ``undated``; else
    it is what the URL parameter takes. ``label`` is what a person reads.
    """

    value: str
    label: str
    count: int  # type: ignore[assignment]  # instead of the method of tuples
    selected: bool = False


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results. ``facets`` maps person, place, date, source (and lang) to values.

    ``facet_sizes`` says how many values there are of person, place, source and lang in all,
    ``hidden`` how many of the ``total`` are not listed, since only their boilerplate matches;
    ``boilerplate`` how many such there are, listed or not.
    """

    request: SearchRequest
    query: QueryInfo
    total: int
    took_ms: float
    generation: str
    results: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    facet_sizes: Mapping[str, int] = field(default_factory=dict)
    boilerplate: int = 0
    hidden: int = 0

    @property
    def listed(self) -> int:
        """Number of results that the pages list."""
        return self.total - self.hidden

    @property
    def pages(self) -> int:
        """Number of pages that can be opened (at least 1)."""
        reachable = min(self.listed, MAX_WINDOW)
        return max(1, -(-reachable // self.request.per_page))
