"""The tools and the values of facets as JSON: quote check, wording over time, who and where."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from search.answers import FacetPage
from search.quote_check import QuoteCheck, QuotePart, Use
from search.request import SearchRequest, make_request
from search.wording import Series, Wording
from web.data import json_response
from web.facets import last_value_page
from web.site import current_site, local
from web.tools import asked_phrases, asked_quote, by_month
from web.urls import (
    Args,
    passage_path,
    read_usable,
    release_path,
    search_path,
    toggled,
)
from web.value_urls import read_values, values_path

tool_data = Blueprint("tool_data", __name__)


@tool_data.get("/quote.json")
def quote_json() -> Response:
    """Answer whether a quote stands in the archive."""
    text = asked_quote()
    return json_response(quote_shape(text, current_site().service.check_quote(text)))


@tool_data.get("/wording.json")
def wording_json() -> Response:
    """Answer how often wordings were used over time."""
    compared = current_site().service.wording(asked_phrases(), by_month=by_month())
    return json_response(wording_shape(compared))


@tool_data.get("/search/<facet>.json")
def values_json(facet: str) -> Response:
    """Answer a page of all values of a facet under a search."""
    args: Args = MultiDict(request.args)
    asked_values = read_values(args)
    args.pop("page", None)
    asked = read_usable(args)
    found = current_site().service.facet_values(asked, facet, asked_values)
    shape = values_shape(found, asked)
    last = last_value_page(found.total)
    address = f"/search/{facet}.json"
    beside = {"next": asked_values.page + 1, "prev": asked_values.page - 1}
    shape["page"] = asked_values.page
    shape["links"] = {
        name: local(values_path(facet, asked, asked_values, page, base=address))
        if 1 <= page <= last
        else None
        for name, page in beside.items()
    }
    return json_response(shape)


def quote_shape(text: str, found: QuoteCheck) -> dict[str, Any]:
    """Return a quote check in its documented shape."""
    return {"text": text, "parts": [_part_shape(part) for part in found.parts]}


def _part_shape(part: QuotePart) -> dict[str, Any]:
    return {
        "text": part.text,
        "verdict": part.verdict.value,
        "releases": part.releases,
        "first": _use_shape(part.first),
        "latest": _use_shape(part.latest),
        "difference": [{"side": p.side.value, "text": p.text} for p in part.difference],
    }


def _use_shape(use: Use | None) -> dict[str, Any] | None:
    if use is None:
        return None
    return {
        "id": use.id,
        "title": use.title,
        "date": use.date,
        "source": use.source,
        "passage": use.number,
        "text": use.text,
        "path": local(passage_path(use.id, use.key)),
    }


def wording_shape(compared: Wording) -> dict[str, Any]:
    """Return wordings over time in their documented shape."""
    return {
        "by": "month" if compared.by_month else "year",
        "periods": list(compared.periods),
        "releases": list(compared.releases),
        "series": [_series_shape(series) for series in compared.series],
    }


def _series_shape(series: Series) -> dict[str, Any]:
    first = series.first
    return {
        "phrase": series.phrase,
        "query": series.query,
        "total": series.total,
        "counts": list(series.counts),
        "rates": [round(rate, 3) for rate in series.rates],
        "first": {
            "id": first.id,
            "title": first.title,
            "date": first.date,
            "path": local(release_path(first.id, make_request(series.query))),
        }
        if first
        else None,
    }


def values_shape(found: FacetPage, asked: SearchRequest) -> dict[str, Any]:
    """Return values of a facet in their documented shape, but for page and links."""
    return {
        "facet": found.facet,
        "total": found.total,
        "of": found.of,
        "values": [
            {
                "value": value.value,
                "label": value.label,
                "count": value.count,
                "selected": value.selected,
                "path": local(search_path(toggled(asked, found.facet, value.value), "json")),
            }
            for value in found.values
        ],
    }
