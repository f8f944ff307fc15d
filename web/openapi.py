"""The site's addresses described for programs: OpenAPI 3.1, held to the routes by a test."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from flask import Blueprint, Response, request

from search.request import (
    DEFAULT_PER_PAGE,
    MAX_LISTING_PER_PAGE,
    MAX_PER_PAGE,
    MAX_QUERY_LENGTH,
    NAMED_FACETS,
    Sort,
)
from web.data import LISTING_SIZE, json_response
from web.openapi_shapes import TEXT, WHOLE, Schema, schemas
from web.site import absolute, current_site
from web.urls import default_boilerplate, default_sort

describe = Blueprint("describe", __name__)

_PARTIAL_DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
_JSON = "application/json"
_ATOM = "application/atom+xml"
_XML = "application/xml"
_RIS = "application/x-research-info-systems"
_CSL = "application/vnd.citationstyles.csl+json"
_AS_TEXT = {_ATOM: "text/plain", "text/csv": "text/plain", _RIS: "text/plain", _CSL: _JSON}
"""Kinds of answers whose errors are plain text."""


@describe.get("/openapi.json")
def openapi() -> Response:
    """Answer the description."""
    title = current_site().settings.title
    return json_response(document(title, absolute("") or request.url_root))


def document(title: str, server: str) -> Schema:
    """Return the whole description for a site of this name at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{title}: press releases",
            "version": _version(),
            "description": "Search an archive of press releases. Every search is one address: "
            "the same path and parameters give a page, JSON, Atom or CSV.",
        },
        "servers": [{"url": server}],
        "paths": {**_search_paths(), **_release_paths(), **_other_paths()},
        "components": {"schemas": schemas()},
    }


def _version() -> str:
    try:
        return version("dateline")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0"


def _search_paths() -> Schema:
    forms = {
        "/search": ("A page of results", "text/html", None),
        "/search.json": ("Results as JSON", _JSON, "SearchPage"),
        "/search.atom": ("Results as an Atom feed", _ATOM, None),
        "/search.csv": ("Results as a table", "text/csv", None),
    }
    facet = {"type": "string", "enum": list(NAMED_FACETS)}
    values = [
        _parameter("facet", "Which facet.", facet, where="path"),
        *(p for p in _search_parameters() if p["name"] not in ("page", "per_page")),
        _parameter("find", "Only values with words beginning so.", TEXT),
        _parameter("order", "count (most releases first) or name.", TEXT),
        _parameter("page", "Page, counted from 1.", {**WHOLE, "minimum": 1, "default": 1}),
    ]
    listed = _get("All values of a facet under a search", "text/html", None, values, (404, 503))
    return {
        path: _get(summary, kind, schema, _search_parameters(path[len("/search.") :]), (400, 503))
        for path, (summary, kind, schema) in forms.items()
    } | {
        "/search/{facet}": listed,
        "/search/{facet}.json": _get(
            "All values of a facet as JSON", _JSON, "FacetValues", values, (404, 503)
        ),
    }


def _release_paths() -> Schema:
    named = [_parameter("id", "Identity of a release.", TEXT, where="path")]
    number = [_parameter("number", "From 1, the newest releases.", WHOLE, where="path")]
    page = [
        _parameter("page", "Page, counted from 1.", {**WHOLE, "minimum": 1, "default": 1}),
        _parameter("per_page", "Releases on a page.", _size(MAX_LISTING_PER_PAGE, LISTING_SIZE)),
    ]
    found_by = [*_search_parameters(), _parameter("hit", "Which marked place is meant.", WHOLE)]
    key = _parameter("key", "Key of a passage: number and hash.", TEXT, where="path")
    passage = [*named, key]
    return {
        "/releases": _get("All releases, newest first", "text/html", None, page, (503,)),
        "/releases.json": _get("All releases as JSON", _JSON, "Listing", page, (503,)),
        "/releases/{id}": _get(
            "A release to read; with the search it was found by, its words are marked",
            "text/html", None, [*named, *found_by], (404, 503),
        ),
        "/releases/{id}/passages/{key}": _get(
            "A passage to quote, wherever it stands now", "text/html", None, passage, (404, 503)
        ),
        "/releases/{id}/passages/{key}.ris": _get(
            "The citation of a passage in RIS", _RIS, None, passage, (404, 503)
        ),
        "/releases/{id}/passages/{key}.csl": _get(
            "The citation of a passage in CSL-JSON", _CSL, None, passage, (404, 503)
        ),
        "/releases/{id}/passages/{key}.txt": _get(
            "The citation of a passage in words", "text/plain", None, passage, (404, 503)
        ),
        "/releases/{id}.json": _get("A release as JSON", _JSON, "Release", named, (404, 503)),
        "/sitemap.xml": _get("The files that list all releases", _XML, None, [], (503,)),
        "/sitemaps/{number}.xml": _get("A thousand of them", _XML, None, number, (404, 503)),
    }  # fmt: skip


def _other_paths() -> Schema:
    opensearch = "application/opensearchdescription+xml"
    values = [
        _parameter(n, "As for all values of a facet.", TEXT) for n in ("find", "order", "page")
    ]
    name = [_parameter("name", "As the archive names it.", TEXT, where="path")]
    said = _parameter("said", "Page of what the person said.", WHOLE)
    period = [_parameter("period", "YYYY, YYYY-MM or YYYY-MM-DD.", TEXT, where="path")]
    quoted = [_parameter("text", "The words as quoted.", {**TEXT, "maxLength": MAX_QUERY_LENGTH})]
    typed = [
        _parameter("q", "What was typed so far.", TEXT),
        _parameter("form", "opensearch: as browsers take it.", TEXT),
    ]
    phrases = [
        _parameter("phrase", "A wording; up to five.", {"type": "array", "items": TEXT}),
        _parameter("by", "month, else by year.", TEXT),
        _parameter("as", "rate (in every 1,000 releases), else counts.", TEXT),
    ]
    return {
        "/": _get("The front page", "text/html", None, [], (503,)),
        "/people": _get("Everybody the archive names", "text/html", None, values, (503,)),
        "/places": _get("Every place the archive names", "text/html", None, values, (503,)),
        "/people/{name}": _get("One person", "text/html", None, [*name, said], (404, 503)),
        "/people/{name}.json": _get("One person", _JSON, "Person", [*name, said], (404, 503)),
        "/places/{name}": _get("One place", "text/html", None, name, (404, 503)),
        "/dates": _get("Years and months", "text/html", None, [], (503,)),
        "/dates/{period}": _get("Releases of a period", "text/html", None, period, (404, 503)),
        "/statistics": _get("The archive in figures", "text/html", None, [], (503,)),
        "/quote": _get("Whether a quote is in the archive", "text/html", None, quoted, (503,)),
        "/wording": _get("Wordings over time", "text/html", None, phrases, (503,)),
        "/quote.json": _get(
            "Whether a quote is in the archive, as JSON", _JSON, "QuoteCheck", quoted, (503,)
        ),
        "/wording.json": _get("Wordings over time as JSON", _JSON, "Wording", phrases[:2], (503,)),
        "/suggest.json": _get("What may be meant", _JSON, "Suggestions", typed, (503,)),
        "/help": _get("How to search", "text/html", None, [], (503,)),
        "/healthz": _get("Whether the process is alive", _JSON, "Health", [], ()),
        "/readyz": _get("Whether a generation serves", _JSON, "Ready", [], (503,)),
        "/metrics": _get("Counters of this worker for Prometheus", "text/plain", None, [], ()),
        "/openapi.json": _get("This description", _JSON, None, [], ()),
        "/opensearch.xml": _get("For the browser's search bar", opensearch, None, [], ()),
        "/favicon.ico": _get("The icon", "image/svg+xml", None, [], ()),
        "/robots.txt": _get("What robots may visit", "text/plain", None, [], ()),
    }


def _get(
    summary: str, kind: str, schema: str | None, parameters: list[Schema], errors: tuple[int, ...]
) -> Schema:
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"}} if schema else {}
    responses: Schema = {"200": {"description": summary, "content": {kind: content}}}
    for status in errors:
        refers = {"schema": {"$ref": "#/components/schemas/Error"}}
        shape = {_JSON: refers} if kind == _JSON else {_AS_TEXT.get(kind, "text/html"): {}}
        responses[str(status)] = {"description": _ERRORS[status], "content": shape}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


_ERRORS = {
    400: "A date, order or page that cannot be used",
    404: "No such release",
    503: "No generation serves yet",
}


def _parameter(name: str, text: str, schema: Schema, where: str = "query") -> Schema:
    found = {"name": name, "in": where, "description": text, "schema": schema}
    return {**found, "required": True} if where == "path" else found


def _search_parameters(form: str = "") -> list[Schema]:
    date = {"type": "string", "pattern": _PARTIAL_DATE}
    several = {"type": "array", "items": TEXT}
    order = {"type": "string", "enum": [sort.value for sort in Sort], "default": default_sort(form)}
    return [
        _parameter("q", "What to search for.", {**TEXT, "maxLength": MAX_QUERY_LENGTH}),
        _parameter("person", "Releases that name any of these people.", several),
        _parameter("place", "Releases about any of these places.", several),
        _parameter("source", "Releases from any of these sources.", several),
        _parameter("lang", "Releases in any of these languages (ISO 639-1).", several),
        *(
            _parameter(f"not_{name}", f"None of the releases with this {name}.", several)
            for name in NAMED_FACETS
        ),
        _parameter("from", "First year, month or day, inclusive.", date),
        _parameter("to", "Last year, month or day, inclusive.", date),
        _parameter("undated", "1: only releases without a date; from and to do not count.", TEXT),
        _parameter("sort", "Order of results.", order),
        _parameter("page", "Page, counted from 1.", {**WHOLE, "minimum": 1, "default": 1}),
        _parameter("per_page", "Releases on a page.", _size(MAX_PER_PAGE, DEFAULT_PER_PAGE)),
        _parameter("literal", "Words whose synonyms are not looked for.", several),
        _parameter(
            "boilerplate",
            "Results that match only in text repeated under many releases: 1 lists them after all"
            " others, 0 leaves them out of the list (never of the counts)."
            f" {default_boilerplate(form).value.capitalize()} unless told otherwise.",
            {"type": "string", "enum": ["0", "1"]},
        ),
        _parameter("explain", "1: say of each result what its score is the sum of.", TEXT),
    ]


def _size(most: int, default: int) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}
