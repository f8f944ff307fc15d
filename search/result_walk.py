"""The results before and after an opened one, in the order of the search it was found by."""

from __future__ import annotations

from dataclasses import dataclass

from search.engine import Engine
from search.query import Query
from search.request import MAX_WINDOW, SearchRequest


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A result beside the opened one, and the page of results it is on."""

    id: str
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a release stands among the results: ``rank`` of ``total``, counted from 1."""

    rank: int
    total: int
    previous: Neighbour | None
    next: Neighbour | None


def neighbours(
    engine: Engine, request: SearchRequest, query: Query, release_id: str
) -> Neighbours | None:
    """Return what stands beside a release on the page of results it was opened from.

    None when it is not on that page (the archive has changed, or the address was made by hand).
    """
    total, ids = _page(engine, request, query)
    place = next((n for n, (found, _) in enumerate(ids) if found == release_id), -1)
    if place < 0:
        return None
    rank = (request.page - 1) * request.per_page + place + 1
    return Neighbours(
        rank,
        total,
        _beside(engine, request, query, ids, place - 1, rank - 1),
        _beside(engine, request, query, ids, place + 1, rank + 1 if rank < total else 0),
    )


def _page(
    engine: Engine, request: SearchRequest, query: Query
) -> tuple[int, list[tuple[str, str]]]:
    answer = engine.search(request, query)
    return answer.listed, [(stored.id, stored.title) for stored, _ in answer.hits]


def _beside(
    engine: Engine,
    request: SearchRequest,
    query: Query,
    ids: list[tuple[str, str]],
    place: int,
    rank: int,
) -> Neighbour | None:
    """Return the result at a place of the page, or across its edge; None past either end."""
    if not 0 < rank <= MAX_WINDOW:
        return None
    page = (rank - 1) // request.per_page + 1
    if page != request.page:
        _, ids = _page(engine, request.on_page(page), query)
        place = (rank - 1) % request.per_page
    return Neighbour(*ids[place], page) if 0 <= place < len(ids) else None
