"""Pages of all values of a facet as URLs and back; pure."""

from __future__ import annotations

from dataclasses import replace

from search.facet_pages import ValueOrder, ValuesAsked
from search.request import SearchRequest, clean_text
from web.urls import MAX_LISTING_PAGE, Args, read_number, search_pairs, with_query

VALUES = ValuesAsked()


def facet_path(
    facet: str, request: SearchRequest, asked: ValuesAsked = VALUES, base: str = ""
) -> str:
    """Return the address of a page of all values of a facet under a search, or of a list of them.

    ``base`` is the address of the list where it is not that of the facet.
    """
    pairs = search_pairs(replace(request, page=1))
    pairs += [("find", asked.find)] if asked.find else []
    pairs += [("order", asked.order.value)] if asked.order is not VALUES.order else []
    pairs += [("page", str(asked.page))] if asked.page > 1 else []
    return with_query(base or f"/search/{facet}", pairs)


def values_path(
    facet: str,
    request: SearchRequest,
    asked: ValuesAsked,
    page: int,
    find: str | None = None,
    base: str = "",
) -> str:
    """Return the address of another page of a facet's values, or of those found otherwise."""
    found = asked.find if find is None else find
    return facet_path(facet, request, replace(asked, page=page, find=found), base)


def read_values(args: Args) -> ValuesAsked:
    """Return which values of a facet are asked for."""
    by_name = args.get("order", "").strip().lower() == ValueOrder.NAME
    page = min(max(1, read_number(args.get("page", ""), 1)), MAX_LISTING_PAGE)
    order = ValueOrder.NAME if by_name else ValueOrder.COUNT
    return ValuesAsked(order, clean_text(args.get("find", ""))[:100], page)
