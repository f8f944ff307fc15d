"""What is asked and what is answered, as values: requests, pages, hits.

Limits are clamped here and nowhere else, by ``make_request``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from index.errors import BadRequestError
from index.model import BlockKind

MAX_QUERY_LENGTH = 2_000
MAX_PER_PAGE = 100
MAX_LISTING_PER_PAGE = 1_000
MAX_WINDOW = 10_000
"""Results past this one are not paged to; narrow instead, or use the listing."""
MAX_FACET_CHOICES = 50
DEFAULT_PER_PAGE = 10
NAMED_FACETS = ("person", "place", "source", "lang")
"""The facets whose values are names, not periods."""

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z", re.ASCII)
_UNUSABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")


class Sort(StrEnum):
    """The order of results. Releases without a date come last in both orders by date."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. Build it with ``make_request``, which clamps and cleans.

    ``date_from`` and ``date_to`` are ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, both inclusive, or
    empty. ``undated`` asks for the releases without a date only. Values inside one facet widen,
    facets together narrow. ``excluded`` are (facet, value): releases with any of them are left
    out, from every count as well. ``literal`` are words (in lower case) whose synonyms are not
    wanted; ``explain`` asks for what each score is made of, ``sizes`` for how many values each
    facet has, ``every_version`` for all versions of a release and not the newest alone.
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


@lru_cache(maxsize=4_096)
def period_bounds(value: str, where: str = "date") -> tuple[str, str]:
    """Return first and last day of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as ISO dates.

    Raises BadRequestError when it is not such a date or no such day exists.
    """
    match = _PARTIAL_DATE.match(value)
    if match:
        year, month, day = match.groups()
        if int(year) >= 1 and (month is None or 1 <= int(month) <= 12):
            if month is None:
                return f"{year}-01-01", f"{year}-12-31"
            days = calendar.monthrange(int(year), int(month))[1]
            if day is None:
                return f"{year}-{month}-01", f"{year}-{month}-{days:02d}"
            if 1 <= int(day) <= days:
                return value, value
    raise BadRequestError(
        f"{value!r} is not a date",
        where=where,
        hint="write a year, a month or a day: 2019, 2019-09 or 2019-09-12",
    )


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
    """

    text: str
    interpreted: str = ""
    warnings: tuple[QueryWarning, ...] = ()
    relaxed: bool = False
    synonyms: tuple[Also, ...] = ()


class HitPassage(NamedTuple):
    """A passage shown under a result. ``html`` is escaped text with ``<mark>`` only."""

    number: int
    kind: BlockKind
    text: str
    html: str
    score: float


class Version(NamedTuple):
    """Another version of a release: a reissue or a corrected text."""

    id: str
    title: str
    date: str


class Hit(NamedTuple):
    """One release among the results. ``title_html`` is escaped text with ``<mark>`` only.

    ``versions`` are other ones of the release, newest first; only the newest of those that match
    is among the results.
    ``explanation``, when asked for, names what the score is the sum of, and how much each adds.
    """

    id: str
    path: str
    url: str
    title: str
    title_html: str
    date: str
    date_precision: str
    source: str
    lang: str
    dateline: str
    score: float
    people: tuple[str, ...]
    places: tuple[str, ...]
    passages_total: int
    passages: tuple[HitPassage, ...]
    versions: tuple[Version, ...] = ()
    explanation: tuple[tuple[str, float], ...] = ()


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

    ``facet_sizes`` says how many values there are of person, place, source and lang in all.
    """

    request: SearchRequest
    query: QueryInfo
    total: int
    took_ms: float
    generation: str
    results: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    facet_sizes: Mapping[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """Number of pages that can be opened (at least 1)."""
        reachable = min(self.total, MAX_WINDOW)
        return max(1, -(-reachable // self.request.per_page))
