"""Why a search finds nothing or next to nothing: what each part finds alone, what less would give.

Each way is a search of its own with the number of releases it finds, counted as that search counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from search.describe import describe
from search.facet_labels import facet_label
from search.in_words import facet_words, period_in_words
from search.parser import parse_query
from search.query import (
    And,
    Everything,
    FacetIs,
    Near,
    Not,
    Phrase,
    Query,
    Said,
    all_of,
    text_leaves,
)
from search.request import SearchRequest

FEW = 3
"""Up to so many results ways out are offered."""
_PARTS = 10
"""Parts of a query, and filters, that are tried, each."""


class Kind(StrEnum):
    """What is done to a search."""

    ALONE = "alone"
    WITHOUT_FILTER = "without_filter"
    WITHOUT_FILTERS = "without_filters"
    WITHOUT_WORDS = "without_words"
    WITHOUT_EMPTY = "without_empty"
    ANYWHERE = "anywhere"
    UNQUOTED = "unquoted"


@dataclass(frozen=True, slots=True)
class Way:
    """Another search: what it is (a part in words), and how many releases it finds.

    ``said`` is what stands alone or is left out, as typed or in words.
    """

    kind: Kind
    said: str
    request: SearchRequest
    total: int


def ways_out(
    request: SearchRequest, found: int, count: Callable[[SearchRequest], int]
) -> tuple[Way, ...]:
    """Return what else might be searched for instead of what found so many releases.

    First what each part of the query finds by itself, zeros too, since these tell why; then what
    finds more with a filter, a word, or quotation marks less, the most first.
    """
    query = parse_query(request.text).query
    first = replace(request, page=1, per_page=1, sizes=False, explain=False)
    tried = [(kind, said, other, count(other)) for kind, said, other in _tried(first, query)]
    alone = [way for way in tried if way[0] is Kind.ALONE]
    empty = [said for _, said, _, total in alone if not total]
    if empty and (fuller := _without(first, query, empty)) is not None:
        tried.append((Kind.WITHOUT_EMPTY, ", ".join(empty), fuller, count(fuller)))
    more = sorted(
        (way for way in tried if way[0] is not Kind.ALONE and way[3] > found),
        key=lambda way: -way[3],
    )
    shown = replace(request, page=1)
    return tuple(
        Way(kind, said, replace(other, per_page=shown.per_page, sizes=shown.sizes), total)
        for kind, said, other, total in (*alone, *more)
    )


def _without(request: SearchRequest, query: Query, empty: Sequence[str]) -> SearchRequest | None:
    """Return a search without all that finds nothing by itself; None where that is one part."""
    if len(empty) < 2:
        return None  # it is tried by itself
    children = query.children if isinstance(query, And) else (query,)
    rest = all_of([child for child in children if describe(child) not in empty])
    request = replace(request, text="" if rest is None else describe(rest))
    while less := next((other for said, other, _ in _less(request) if said in empty), None):
        request = less
    return request if request.text or request.narrowed else None


def _tried(request: SearchRequest, query: Query) -> Iterator[tuple[Kind, str, SearchRequest]]:
    children = query.children if isinstance(query, And) else (query,)
    bare = replace(request, people=(), places=(), sources=(), langs=(), excluded=())
    bare = replace(bare, date_from="", date_to="", undated=False)
    whole = len(children) == 1 and not request.narrowed  # it is what was counted already
    parts = dict.fromkeys(part for child in children for part in _parts(child, whole))
    if len(parts) > 1 or request.narrowed:
        for part in list(parts)[:_PARTS]:
            yield Kind.ALONE, describe(part), replace(bare, text=describe(part))
    for child in children[:_PARTS]:
        if apart := _apart(child):
            others = [other for other in children if other is not child]
            text = describe(And((*others, *apart)))
            yield Kind.ANYWHERE, describe(child), replace(request, text=text)
    if len(children) > 1:
        for child in children[:_PARTS]:
            rest = all_of([other for other in children if other is not child])
            if rest is not None:
                said = describe(child)
                yield Kind.WITHOUT_WORDS, said, replace(request, text=describe(rest))
    elif request.narrowed and not isinstance(query, Everything):
        yield Kind.WITHOUT_WORDS, describe(query), replace(request, text="")
    filters = [*_less(request)]
    for said, _, alone in filters[:_PARTS]:
        yield Kind.ALONE, said, replace(bare, text="", **alone)
    for said, less, _ in filters[:_PARTS]:
        yield Kind.WITHOUT_FILTER, said, less
    if len(filters) > 1:
        yield Kind.WITHOUT_FILTERS, "", bare
    if any(isinstance(leaf, Phrase) and len(leaf.terms) > 1 for leaf in text_leaves(query)):
        words = " ".join(request.text.replace('"', " ").split())
        if words != request.text:
            yield Kind.UNQUOTED, "", replace(request, text=words)


def _apart(query: Query) -> tuple[Query, ...]:
    """Return the words of a part of a query wherever they stand; the speaker is only named."""
    if isinstance(query, Near):
        return query.left, query.right
    if isinstance(query, Said) and query.leaf is not None:
        return query.leaf, FacetIs("person", query.text, query.terms)
    return ()


def _parts(query: Query, whole: bool) -> tuple[Query, ...]:
    """Return what of a part of a query may be asked for alone: of a nearness its two sides.

    Of words that somebody says: these (unless they are the ``whole`` query), the speaker, the
    words.
    """
    if isinstance(query, Near):
        return _apart(query)
    if isinstance(query, Said) and query.leaf is not None:
        return (*(() if whole else (query,)), replace(query, leaf=None, position=0), query.leaf)
    return () if isinstance(query, Not | Everything) else (query,)


def _less(request: SearchRequest) -> Iterator[tuple[str, SearchRequest, dict[str, Any]]]:
    """Yield each filter in words, the request without it, and what the filter alone is."""
    if request.undated:
        yield "without a date", replace(request, undated=False), {"undated": True}
    elif dates := period_in_words(request.date_from, request.date_to):
        both = {"date_from": request.date_from, "date_to": request.date_to}
        yield dates, replace(request, date_from="", date_to=""), both
    fields = {"person": "people", "place": "places", "source": "sources", "lang": "langs"}
    for facet, field in fields.items():
        values: tuple[str, ...] = getattr(request, field)
        for value in values:
            kept = tuple(other for other in values if other != value)
            changed: dict[str, Any] = {field: kept}
            said = f"{facet_words(facet)} {facet_label(facet, value)}"
            yield said, replace(request, **changed), {field: (value,)}
    for pair in request.excluded:
        rest = tuple(other for other in request.excluded if other != pair)
        said = f"not {facet_words(pair[0])} {facet_label(*pair)}"
        yield said, replace(request, excluded=rest), {"excluded": (pair,)}
