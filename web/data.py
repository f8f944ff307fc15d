"""The archive as JSON: the same searches and releases as the pages, in the documented shapes."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from index.errors import NotFoundError
from search.answers import Listing, NamedCount, Quote, ReleaseView, SaidPage
from search.in_words import search_in_words
from search.request import FacetValue, Hit, SearchPage, Version, clean_text, make_request
from search.suggest import Suggestion
from search.ways_out import Way
from web.also_named import name_of
from web.headers import tag
from web.site import absolute, current_site, local
from web.urls import (
    as_typed,
    ignored_dates,
    last_page,
    name_path,
    passage_path,
    previous_page,
    read_listing,
    read_number,
    read_request,
    release_path,
    search_path,
)

data = Blueprint("data", __name__)

ALWAYS_FACETS = ("person", "place", "date", "source")
LISTING_SIZE = 100
TOGETHER = 12
"""People and places named with a person."""


@data.get("/search.json")
def search_json() -> Response:
    """Answer a page of results."""
    service = current_site().service
    page = service.search(read_request(request.args, "json"))
    # Not the body's hash: the time taken differs from one answer to the next.
    shape = search_shape(page)
    if ways := service.ways_out(page):
        shape["ways_out"] = [_way_shape(way) for way in ways]
    ignored = ignored_dates(request.args)
    if ignored:  # not about a word of the query: it points behind the last
        warning = {"message": ignored, "position": len(page.query.text)}
        shape["query"]["warnings"].append(warning)
    return tag(json_response(shape), page.generation)


@data.get("/releases.json")
def listing_json() -> Response:
    """Answer a page of the listing of all releases."""
    number, size = read_listing(request.args, LISTING_SIZE)
    return json_response(listing_shape(current_site().service.listing(number, size)))


@data.get("/releases/<release_id>.json")
def release_json(release_id: str) -> Response:
    """Answer one release with its passages."""
    return json_response(release_shape(current_site().service.release(release_id)))


@data.get("/suggest.json")
def suggest_json() -> Response:
    """Answer what may be about to be typed, for the box of a page or that of a browser."""
    typed = clean_text(request.args.get("q", ""))
    found = [(one, _suggested(one)) for one in current_site().service.suggest(typed)]
    if request.args.get("form", "") == "opensearch":
        kinds = [one.kind for one, _ in found]
        paths = [absolute(path) for _, path in found]
        return json_response([typed, [one.text for one, _ in found], kinds, paths])
    shapes = [
        {"kind": one.kind, "text": one.text, "count": one.count, "path": local(path)}
        for one, path in found
    ]
    return json_response({"query": typed, "suggestions": shapes})


def _suggested(one: Suggestion) -> str:
    """Return where a suggestion leads."""
    if one.kind == "title":
        return release_path(one.id)
    if one.kind == "word":
        return search_path(make_request(one.text))
    return name_path({"person": "people", "place": "places"}[one.kind], one.text)


@data.get("/people/<path:name>.json")
def person_json(name: str) -> Response | BaseResponse:
    """Answer one person: what they said, a page of it, and who and where they appear with."""
    service = current_site().service
    page = read_number(request.args.get("said", ""), 1)
    found = service.search(make_request(people=[name], per_page=1))
    if not found.total:
        if other := name_of("person", name):
            return redirect(local(name_path("people", other, "json")))
        raise NotFoundError(
            f"the archive names no person {name!r}", hint="look through /people for the name"
        )
    return json_response(person_shape(found, service.said(name, page), _together(name)))


def _together(name: str) -> dict[str, tuple[tuple[str, int], ...]]:
    return current_site().service.together("person", name, TOGETHER)


def person_shape(
    found: SearchPage, said: SaidPage, together: dict[str, tuple[tuple[str, int], ...]]
) -> dict[str, Any]:
    """Return a person in the documented shape."""
    return {
        "name": said.name,
        "releases": found.total,
        "years": [{"value": v.value, "count": v.count} for v in found.facets["date"]],
        "people": [{"name": n, "releases": count} for n, count in together["person"]],
        "places": [{"name": n, "releases": count} for n, count in together["place"]],
        "said": {
            "total": said.total,
            "page": said.page,
            "pages": said.last,
            "results": [
                {
                    "id": one.id,
                    "title": one.title,
                    "date": one.date,
                    "quotes": [_quote_shape(one.id, quote) for quote in one.quotes],
                }
                for one in said.releases
            ],
        },
    }


def _quote_shape(release_id: str, quote: Quote) -> dict[str, Any]:
    return {
        "speaker": quote.speaker,
        "text": quote.text,
        "rule": quote.rule,
        "passage": quote.number,
        "start": quote.start,
        "end": quote.end,
        "path": local(passage_path(release_id, quote.key)),
    }


def json_response(value: dict[str, Any] | list[Any], status: int = 200) -> Response:
    """Return a JSON answer in UTF-8, readable in any script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    body = text.encode("utf-8", "replace")  # a lone surrogate in a text must not break the answer
    return Response(body + b"\n", status=status, mimetype="application/json")


def search_shape(page: SearchPage) -> dict[str, Any]:
    """Return a page of results in its documented shape."""
    asked, query = page.request, page.query
    last = last_page(asked, page.listed)
    following = local(search_path(asked.on_page(asked.page + 1), "json"))
    previous = previous_page(asked.page, last, page.listed)
    before = local(search_path(asked.on_page(previous), "json"))
    return {
        "query": {
            "text": query.text,
            "interpreted": query.interpreted,
            "in_words": search_in_words(query.words, asked, query.relaxed),
            "warnings": [{"message": w.message, "position": w.position} for w in query.warnings],
            "relaxed": query.relaxed,
            "synonyms": [
                {
                    "typed": also.typed,
                    "also": list(also.also),
                    "without": local(search_path(as_typed(asked, also.typed), "json")),
                }
                for also in query.synonyms
            ],
        },
        "total": page.total,
        "boilerplate": {"total": page.boilerplate, "hidden": page.hidden},
        "page": asked.page,
        "per_page": asked.per_page,
        "took_ms": round(page.took_ms, 2),
        "generation": page.generation,
        "results": [_hit_shape(hit) for hit in page.results],
        "facets": _facets_shape(page.facets),
        "links": {
            "self": local(search_path(asked, "json")),
            "next": following if asked.page < last else None,
            "prev": before if previous else None,
        },
    }


def _hit_shape(hit: Hit) -> dict[str, Any]:
    parts = [{"part": name, "adds": round(adds, 4)} for name, adds in hit.explanation]
    return {
        "id": hit.id,
        "path": hit.path,
        "url": hit.url,
        "title": hit.title,
        "date": hit.date,
        "date_precision": hit.date_precision,
        "source": hit.source,
        "lang": hit.lang,
        "dateline": hit.dateline,
        "score": round(hit.score, 4),
        "people": list(hit.people),
        "places": list(hit.places),
        "passages_total": hit.passages_total,
        "passages": [
            {
                "number": p.number,
                "kind": p.kind.value,
                "text": p.text,
                "html": p.html,
                "score": round(p.score, 4),
                "speaker": p.speaker,
                "rule": p.rule,
            }
            for p in hit.passages
        ],
        "boilerplate": hit.boilerplate,
        "found": [found._asdict() for found in hit.found],
        "versions": _versions_shape(hit.versions),
        **({"explanation": parts} if parts else {}),
    }


def _way_shape(way: Way) -> dict[str, Any]:
    return {
        "kind": way.kind.value,
        "said": way.said,
        "total": way.total,
        "path": local(search_path(way.request, "json")),
    }


def _facets_shape(facets: dict[str, tuple[FacetValue, ...]]) -> dict[str, Any]:
    names = [*ALWAYS_FACETS, *(["lang"] if len(facets.get("lang", ())) > 1 else [])]
    return {
        name: [
            {"value": v.value, "label": v.label, "count": v.count, "selected": v.selected}
            for v in facets.get(name, ())
        ]
        for name in names
    }


def listing_shape(listing: Listing) -> dict[str, Any]:
    """Return a page of the listing in its documented shape."""
    return {
        "total": listing.total,
        "results": [
            {"id": r.id, "path": r.path, "title": r.title, "date": r.date} for r in listing.results
        ],
    }


def release_shape(release: ReleaseView) -> dict[str, Any]:
    """Return one release in its documented shape."""
    return {
        "id": release.id,
        "path": release.path,
        "url": release.url,
        "title": release.title,
        "summary": release.summary,
        "date": release.date,
        "date_precision": release.date_precision,
        "date_source": release.date_source,
        "dateline": release.dateline,
        "source": release.source,
        "lang": release.lang,
        "people": _names_shape(release.people),
        "places": _names_shape(release.places),
        "passages": [
            {"number": p.number, "kind": p.kind.value, "text": p.text} for p in release.passages
        ],
        "versions": _versions_shape(release.versions),
        "quotes": [_quote_shape(release.id, quote) for quote in release.quotes],
    }


def _versions_shape(versions: tuple[Version, ...]) -> list[dict[str, Any]]:
    return [version._asdict() for version in versions]


def _names_shape(names: tuple[NamedCount, ...]) -> list[dict[str, Any]]:
    return [{"name": n.name, "mentions": n.mentions} for n in names]
